"""Folds, and decisions about articles that nothing was fitted on."""

from __future__ import annotations

import pytest

pytest.importorskip("sklearn", reason="needs the extra quotes-attribution[train]")

from quotes.training.cross_fitting import cross_fit, in_folds
from tests.training.articles import example

EXAMPLES = [example("say", said=True), example("wish", said=False)] * 24


def test_folds_part_adjacent_articles() -> None:
    """Adjacent articles are in different folds, and every fold has its share."""
    parts = [held_out for _, held_out in in_folds(20, 5)]
    assert all(index + 1 not in held_out for held_out in parts for index in held_out)
    assert [len(held_out) for held_out in parts] == [4] * 5


def test_every_article_is_held_out_once() -> None:
    """Each fold leaves out articles that no other leaves out, and is fitted on all the rest."""
    parts = list(in_folds(7, 3))
    assert sorted(index for _, held_out in parts for index in held_out) == list(range(7))
    assert all(sorted([*others, *held_out]) == list(range(7)) for others, held_out in parts)


def test_every_candidate_is_judged_out_of_fold() -> None:
    """Each candidate has a score of its own, and one in context unless it is refused outright."""
    held_out = cross_fit(EXAMPLES, 3)
    assert [len(own) for own in held_out.own] == [len(each.candidates) for each in EXAMPLES]
    assert [sorted(scores) for scores in held_out.scores] == [sorted(each) for each in held_out.context]
    assert len(held_out.extent) == len(EXAMPLES)
    said, wished = (max(held_out.own[index]) for index in (0, 1))
    assert said > wished


def test_a_corpus_with_nothing_right() -> None:
    """A corpus without a right candidate teaches that nothing is right."""
    wrong = [one for one in EXAMPLES if one.article.doc_id == "wish"]
    held_out = cross_fit(wrong, 3)
    assert all(score < 0 for own in held_out.own for score in own)
    assert held_out.extent == ({},) * len(wrong)


def test_extents_are_learned_from_right_candidates() -> None:
    """Only extents of right candidates that differ in how good they are teach anything."""
    said, wished = EXAMPLES[:2]
    assert wished.choices == ()
    ((_, items, best),) = said.choices
    assert sum(best) == 1
    assert "extent+cue=without_prep|say" in items[best.index(True)]
