"""Reports as the rows of matrices: a window that moves holds what one made at once holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.linking.candidates import candidate_pairs
from quotes.linking.conflicts import conflicts
from quotes.linking.features import Comparer
from quotes.linking.model import load_model
from quotes.linking.pairs import edges_of
from quotes.linking.reports import Report, reports_of
from quotes.linking.terms import rarity_of
from quotes.linking.window import Window, dots, window_of
from tests.linking.reports_of_a_visit import said, visit

WORDS = ("ferry", "channel", "roof", "Skarholm", "October", "not", "three", "the", "herring", "“dredge”")
STATEMENTS = st.lists(
    st.tuples(st.lists(st.sampled_from(WORDS), max_size=8), st.sampled_from(["tide", "bay", "echo"])),
    min_size=2,
    max_size=8,
)


def reports(made: list[tuple[list[str], str]]) -> list[Report]:
    """Reports of some words each, of some documents."""
    statements = [
        said(
            " ".join(words),
            document=name,
            at=100 * at,
            sentence=at,
            kind="mixed",
            speaker=("Ann", None, "Kord")[at % 3],
        )
        for at, (words, name) in enumerate(sorted(made, key=lambda each: each[1]))
    ]
    return reports_of([each.model_dump() for each in statements])


def pairs_in(window: Window) -> list[tuple[int, int]]:
    """The pairs of a window that are compared."""
    return list(zip(*(column.tolist() for column in candidate_pairs(window)), strict=True))


def windows(found: list[Report], first: int) -> tuple[Window, Window]:
    """A window that moved past the first report, and one made of the others at once."""
    rarity = rarity_of([report.terms for report in found])
    moved = Window(rarity, rarity.terms)
    moved.move(0, found[:first])
    moved.move(1, found[first:])
    return moved, window_of(found[1:], rarity)


@settings(deadline=None)  # the first example loads what linking needs
@given(STATEMENTS)
def test_a_window_that_moved_is_like_one_made_at_once(made: list[tuple[list[str], str]]) -> None:
    """Its matrices, its columns and the pairs in it, of which the moved one has those with a new report."""
    found = reports(made)
    moved, whole = windows(found, len(found) // 2)
    for name, rows in whole.rows.items():
        assert np.array_equal(np.sort(rows.data), np.sort(moved.rows[name].data)), name
        assert rows.shape[0] == moved.rows[name].shape[0] == len(found) - 1
    for name, column in whole.columns.items():
        assert np.array_equal(column, moved.columns[name], equal_nan=column.dtype == np.float64), name
    new = {pair for pair in pairs_in(whole) if pair[1] >= moved.first_new}
    assert set(pairs_in(moved)) == new


@settings(deadline=None)  # the first example loads what linking needs
@given(STATEMENTS)
def test_the_order_of_a_pair_makes_no_difference(made: list[tuple[list[str], str]]) -> None:
    """To its features, or to whether it is in conflict."""
    window = window_of(reports(made), rarity_of([]))
    ones, others = np.triu_indices(len(window.reports), 1)
    comparer = Comparer(window)
    there, back = comparer.features(ones, others), comparer.features(others, ones)
    for name, column in there.items():
        assert column == pytest.approx(back[name]), name
    assert np.array_equal(conflicts(window, ones, others), conflicts(window, others, ones))
    assert load_model().scores(there) == pytest.approx(load_model().scores(back))


def test_features_have_their_meaning() -> None:
    """Of a quotation and a paraphrase of one day, in another order of words."""
    statements = visit()
    window = window_of(reports_of([each.model_dump() for each in statements]), rarity_of([]))
    found = {name: float(column[0]) for name, column in Comparer(window).features(np.array([0]), np.array([2])).items()}
    assert found["bias"] == found["same person"] == found["outlet named"] == found["both statements"] == 1.0
    assert found["quoted words"] == found["shared words"] == found["told around"] == pytest.approx(1.0)
    assert found["both direct"] == found["whole fragment"] == found["speaker unknown"] == found["same document"] == 0.0
    assert found["likeness"] == pytest.approx(1.0, abs=0.1)
    assert found["documents"] == pytest.approx(1.0, abs=0.1)
    assert found["rarest word"] >= found["second rarest word"] > 0.5
    assert found["talkative"] == pytest.approx(np.log1p(4) / 5)  # "Emil Vasarai" and "Vasarai", twice each
    assert found["unsure"] == pytest.approx(0.5)


def test_the_rarest_words_in_common() -> None:
    """The two that weigh most, of those that both have; nothing where there are fewer."""
    made = [(["ferry", "roof", "Skarholm"], "tide"), (["Skarholm", "roof", "herring"], "bay"), (["October"], "echo")]
    window = window_of(reports(made), rarity_of([]))
    first, second = window.rarest(np.array([0, 0, 1]), np.array([1, 2, 2]))
    weights = {
        frozenset(report.terms): [window.rarity(term) for term in ("skarholm", "roof")] for report in window.reports
    }
    expected = sorted(next(iter(weights.values())), reverse=True)
    shared = [place for place in range(3) if first[place] > 0]
    assert len(shared) == 1
    assert [first[shared[0]], second[shared[0]]] == pytest.approx(expected)


def test_pieces_in_quotation_marks() -> None:
    """Both quote the same piece in full, or one of them quotes a part of the other's."""
    pair = [
        said("the plan was “beneath the dignity of the harbour”", kind="mixed"),
        said("it was “beneath the dignity of the harbour,” she wrote", kind="mixed", document="courier"),
        said("whoever sails “beneath the bridge”", kind="mixed", document="echo"),
    ]
    window = window_of(reports_of([each.model_dump() for each in pair]), rarity_of([]))
    found = Comparer(window).features(np.array([0, 0]), np.array([1, 2]))
    assert found["whole quotation"][0] == found["whole fragment"][0] == pytest.approx(1.0)
    assert 0.0 < found["whole quotation"][1] < 1.0
    assert found["quoted run"][0] > found["quoted run"][1] > 0.0


def test_products_of_rows() -> None:
    """Each row by its partner, whatever the order."""
    window = window_of(reports_of([each.model_dump() for each in visit()]), rarity_of([]))
    rows = window.rows["own"]
    ones, others = np.array([0, 3, 4]), np.array([2, 1, 4])
    expected = [(rows[[one]] @ rows[[other]].T).sum() for one, other in zip(ones, others, strict=True)]
    assert dots(rows, rows, ones, others) == pytest.approx(expected)
    assert len(dots(rows, rows, ones[:0], others[:0])) == 0


def test_no_pair_gives_no_edge() -> None:
    """A window of one report, and an empty one."""
    for found in (reports_of([visit()[0].model_dump()]), []):
        assert [len(column) for column in edges_of(window_of(found, rarity_of([])), load_model())] == [0, 0, 0]
