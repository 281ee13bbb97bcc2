"""Turning scores into probabilities."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="needs the extra quotes-attribution[train]")

from quotes.training import last_near_best
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
