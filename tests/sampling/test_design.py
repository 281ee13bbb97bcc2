"""How many statements each stratum gives."""

from __future__ import annotations

from math import ceil, floor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import DataError, UsageError
from quotes.sampling import Design, Stratum, allocation, chosen_fields, read_design, write_design


@pytest.mark.parametrize(
    ("sizes", "number", "given_"),
    [
        ([600, 300, 100], 10, [6, 3, 1]),  # quotas that are whole
        ([50, 30, 20], 7, [4, 2, 1]),  # 3.5, 2.1, 1.4: the largest remainder is the first one's
        ([10, 10, 10], 4, [2, 1, 1]),  # equal remainders: the first one's
        ([997, 1, 1, 1], 10, [7, 1, 1, 1]),  # below one: one each, the rest to the others
        ([5, 5, 90], 3, [1, 1, 1]),  # as many as strata
        ([2, 1, 4], 100, [2, 1, 4]),  # no more than there are
        ([7], 3, [3]),
    ],
)
def test_cases_by_hand(sizes: list[int], number: int, given_: list[int]) -> None:
    """Allocations that were reckoned by hand."""
    assert allocation(sizes, number) == given_


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=30), st.integers(0, 2_000))
def test_any_allocation(sizes: list[int], more: int) -> None:
    """All are given that are asked for or there; each stratum has one, none more than it has, or than its share."""
    number = len(sizes) + more
    result = allocation(sizes, number)
    assert sum(result) == min(number, sum(sizes))
    assert all(1 <= each <= size for each, size in zip(result, sizes, strict=True))
    quotas = [size * sum(result) / sum(sizes) for size in sizes]
    assert all(each <= max(1, ceil(quota)) for each, quota in zip(result, quotas, strict=True))
    if min(quotas) >= 1:  # the largest remainders, and nothing else, make quotas whole
        assert all(each >= floor(quota) for each, quota in zip(result, quotas, strict=True))
    larger = sorted(zip(sizes, result, strict=True))
    assert [each for _, each in larger] == sorted(result)


@pytest.mark.parametrize(
    ("names", "fields"), [("", ()), (" outlet , kind", ("publisher", "kind")), ("rule", ("rule",))]
)
def test_fields(names: str, fields: tuple[str, ...]) -> None:
    """An outlet is a publisher; without a name there is one stratum."""
    assert chosen_fields(names) == fields


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("speaker", "choose from publisher, kind, attitude, rule, document, outlet"),
        ("kind,kind", "names a field twice"),
        ("outlet,publisher", "names a field twice"),
    ],
)
def test_fields_that_make_no_strata(names: str, said: str) -> None:
    """What is unknown is refused with the choices."""
    with pytest.raises(UsageError, match=said):
        chosen_fields(names)


def test_a_design_is_kept(tmp_path: Path) -> None:
    """What is written is read again; other JSON is no design."""
    design = Design(
        ("publisher", "kind"),
        7,
        (Stratum((None, "direct"), 10, 2), Stratum(("Zürich 😀", "mixed"), 5, 1), Stratum(None, 9, 1)),
    )
    path = tmp_path / "sample.json.design.json"
    write_design(design, path)
    assert read_design(path) == design
    path.write_text('{"by": ["mood"], "seed": 1, "strata": []}', "utf-8")
    with pytest.raises(DataError, match="no design of a sample"):
        read_design(path)
