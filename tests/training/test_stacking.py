"""Folds, and what the second look is fitted on."""

from __future__ import annotations

from itertools import pairwise

import pytest

pytest.importorskip("scipy", reason="needs the extra quotes-attribution[train]")

from quotes.candidates import article_of
from quotes.evaluation import GoldArticle, Relation
from quotes.text.document import make_document
from quotes.training.examples import Example, example_of, flat, reading_examples
from quotes.training.stacking import cross_validate, first_scores, fold_of, in_folds, sift, stacked
from tests.builders import parse_from_rows

ROWS = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    said say VERB VBD ROOT 1
    rain rain NOUN NN nsubj 3
    fell fall VERB VBD ccomp 1
    on on ADP IN prep 3
    boats boat NOUN NNS pobj 4
    +. . PUNCT . punct 1
"""


def example(verb: str, *, said: bool) -> Example:
    """An article of one sentence, annotated when something is said in it."""
    parse = parse_from_rows(ROWS.replace("said say", f"{verb} {verb}"))
    setting = article_of(make_document(parse.text), parse, ())
    relation = Relation((parse.span(0, 0),), (parse.span(1, 1),), (parse.span(2, 3),))
    article = GoldArticle(verb, parse.text, (relation,) if said else ())
    return example_of(article, setting)


EXAMPLES = [example("say", said=True), example("wish", said=False)] * 12


def test_folds_part_neighbours() -> None:
    """Articles that stand beside each other are in different folds, and every fold has its share."""
    folds = [fold_of(index, 5) for index in range(20)]
    assert all(one != other for one, other in pairwise(folds))
    assert {folds.count(fold) for fold in range(5)} == {4}


def test_every_article_is_held_out_once() -> None:
    """Each fold leaves out articles that no other leaves out, and is fitted on all the rest."""
    parts = list(in_folds(7, 3))
    assert sorted(index for _, held_out in parts for index in held_out) == list(range(7))
    assert all(sorted(others + held_out) == list(range(7)) for others, held_out in parts)


def test_what_is_clearly_nothing_is_sifted_out() -> None:
    """The first sight lets the right candidates through, and refuses cues that are never right."""
    told: list[str] = []
    sifted = sift([(one.article, one.setting) for one in EXAMPLES], 3, told.append)
    found = sum(label.found for one in sifted.examples for label in one.labels)
    assert found == sum(label.found for one in EXAMPLES for label in one.labels)
    assert sum(len(one.candidates) for one in sifted.examples) < sum(len(one.candidates) for one in EXAMPLES)
    for one in sifted.examples:
        assert len(one.candidates) == len(one.features) == len(one.labels)
    assert told == ["first sight: 25 % of the candidates with a cue are worth a look"]


def test_nothing_is_refused_where_nothing_is_right() -> None:
    """A corpus without a right candidate teaches no refusing."""
    wrong = [one for one in EXAMPLES if one.article.doc_id == "wish"]
    sifted = sift([(one.article, one.setting) for one in wrong], 3, print)
    assert [len(one.candidates) for one in sifted.examples] == [len(one.candidates) for one in wrong]


def test_every_article_is_scored_out_of_fold() -> None:
    """Each candidate has a score from networks that did not see its article."""
    told: list[str] = []
    scores = first_scores(EXAMPLES, 3, told.append)
    assert [len(each) for each in scores] == [len(each.candidates) for each in EXAMPLES]
    assert len(told) == 3
    articles = [stacked(each, some.tolist()) for each, some in zip(EXAMPLES, scores, strict=True)]
    held_out = cross_validate(EXAMPLES, articles, (), 3, told.append)
    assert len(held_out.readings) == 3
    assert [sorted(second) for second in held_out.second] == [sorted(each.indices) for each in articles]


def test_the_second_look_sees_both() -> None:
    """An example of the second look has a candidate's own features, its neighbours', and its answer."""
    one = EXAMPLES[0]
    seen = stacked(one, [1.0] * len(one.candidates))
    assert set(one.features[0]) < set(seen.features[0])
    assert "first look=1.0" in seen.features[0]
    assert seen.answers == tuple(float(each.found) for each in one.labels)


def test_answers_of_all_proposals() -> None:
    """The first look learns from every candidate, right or wrong."""
    items, answers = flat(EXAMPLES[:2])
    assert len(items) == len(answers) == sum(len(each.candidates) for each in EXAMPLES[:2])
    assert set(answers) == {0.0, 1.0}


def test_readings_are_learned_from_right_proposals() -> None:
    """Only readings of right candidates that differ in how good they are teach anything."""
    items, best = reading_examples(EXAMPLES[:2])
    assert len(items) == len(best) >= 2
    assert sum(best) == 1
    (winner,) = [features for features, is_best in zip(items, best, strict=True) if is_best]
    assert "reading+cue=without_prep|say" in winner
