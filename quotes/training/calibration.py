"""Turns scores into probabilities that mean what they say, and chooses a threshold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression


def fit_calibration(scores: Sequence[float], answers: Sequence[bool]) -> tuple[float, float]:
    """Return slope and intercept of the log-odds (Platt scaling).

    Args:
        scores: Scores of examples that the weights were not fitted on.
        answers: Whether each is right.
    """
    if len(set(answers)) < 2:
        return 1.0, 0.0
    model = LogisticRegression(C=1e4).fit(np.array(scores)[:, None], np.array(answers))
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def last_near_best(values: Sequence[float], slack: float) -> int:
    """Return the place of the last value that is less than ``slack`` below the best.

    >>> last_near_best([0.70, 0.75, 0.748, 0.73], 0.005)
    2
    """
    best = max(values)
    return max(place for place, value in enumerate(values) if value >= best - slack)
