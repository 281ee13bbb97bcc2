"""Turning scores into probabilities."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="needs the extra quotes-attribution[train]")

from quotes.evaluation.corpus import GoldArticle, Relation
from quotes.evaluation.projection import PredictedRelation
from quotes.scoring.scorer import log_odds, probability
from quotes.text.spans import Span
from quotes.training import last_near_best, other_attitudes_of
from quotes.training.linear import fit_calibration


@pytest.mark.parametrize(("slope", "intercept"), [(0.5, -1.0), (2.0, 0.5), (1.0, 0.0)])
def test_a_known_slope_is_recovered(slope: float, intercept: float) -> None:
    """From answers drawn with a slope and an intercept, both come out again."""
    random = np.random.default_rng(7)
    scores = random.normal(0, 2, 40_000)
    answers = random.random(40_000) < 1 / (1 + np.exp(-(slope * scores + intercept)))
    assert fit_calibration(scores.tolist(), answers.tolist()) == pytest.approx((slope, intercept), abs=0.08)


def test_certain_answers_do_not_break_it() -> None:
    """Answers that the scores part without a fault give a rising slope and no overflow."""
    slope, intercept = fit_calibration([-2.0, -1.0, 1.0, 2.0], [False, False, True, True])
    assert slope > 1
    assert np.isfinite(intercept)


def test_statements_calibrate_nothing_else() -> None:
    """Only relations of the other attitudes count: two of three beliefs that pass for likely are wrong."""
    text = "Kord said it. Dorn hopes so."
    said, hopes = Relation((Span(0, 4),), (Span(5, 9),), (Span(10, 12),)), Relation((), (), (Span(25, 27),))
    articles = [GoldArticle(str(place), text, (said, hopes)[: 1 + (place % 3 == 0)]) for place in range(30)]
    found = [
        PredictedRelation(said, "rule", confidence=0.2, attitude="statement"),
        PredictedRelation(hopes, "rule", confidence=0.9, attitude="belief"),
    ]
    others = other_attitudes_of(articles, {article.doc_id: found for article in articles})
    assert probability(others, log_odds(0.9)) == pytest.approx(1 / 3, abs=0.01)


def test_nothing_right() -> None:
    """Where every answer is the same, scores are taken as they are."""
    assert fit_calibration([0.5, 1.5], [False, False]) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("values", "place"),
    [([0.70, 0.75, 0.748, 0.73], 2), ([0.70, 0.75, 0.73], 1), ([0.75, 0.75], 1), ([0.5], 0)],
)
def test_the_last_of_the_best(values: list[float], place: int) -> None:
    """Of thresholds that are hardly worse than the best the highest is taken."""
    assert last_near_best(values, 0.005) == place
