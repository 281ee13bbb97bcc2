"""Pairs become groups."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes.linking.clusters import clusters

PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from([0.0, 0.1, 0.4, 0.6, 0.9, 1.0]),
)


def test_a_chain_is_no_family() -> None:
    """Each pair is likely, but the ends of the chain are not."""
    chain = {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.05}
    assert clusters(chain, 0.6) == [[0, 1]]


def test_a_conflict_keeps_groups_apart() -> None:
    """However likely all other pairs are."""
    assert clusters({(0, 1): 1.0, (1, 2): 1.0, (0, 2): 0.0}, 0.3) == [[0, 1]]
    assert clusters({(0, 1): 1.0, (1, 2): 1.0, (0, 2): 0.3}, 0.3) == [[0, 1, 2]]


def test_two_parts_of_what_a_third_report_has_as_one() -> None:
    """They are of one document, and tell nothing about each other; alone they make no group."""
    parts = {(0, 1): 0.9, (0, 2): 0.9, (1, 2): 0.1}
    documents = ["tide", "bay", "bay"]
    assert clusters(parts, 0.7) == [[0, 1]]
    assert clusters(parts, 0.7, documents) == [[0, 1, 2]]
    assert clusters({(0, 1): 0.9, (0, 2): 0.9}, 0.7, documents) == [[0, 1, 2]]
    assert clusters({**parts, (1, 2): 0.0}, 0.7, documents) == [[0, 1]]
    assert clusters({(1, 2): 0.1}, 0.05, documents) == []


@given(PAIRS)
def test_groups_are_apart_and_free_of_conflicts(edges: dict[tuple[int, int], float]) -> None:
    """No report is in two groups, and no two in conflict are in one."""
    groups = clusters(edges, 0.5)
    members = [member for group in groups for member in group]
    assert len(members) == len(set(members))
    assert all(len(group) > 1 for group in groups)
    assert not [pair for pair, value in edges.items() if value == 0.0 for group in groups if {*pair} <= {*group}]


@given(PAIRS)
def test_the_order_of_pairs_does_not_matter(edges: dict[tuple[int, int], float]) -> None:
    """The same pairs give the same groups."""
    assert clusters(edges, 0.5) == clusters(dict(reversed(edges.items())), 0.5)
