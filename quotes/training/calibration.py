"""Turns the second look's scores into probabilities that mean what they say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def fit_calibration(scores: NDArray[np.float64], answers: NDArray[np.float64]) -> tuple[float, float]:
    """Fit slope and intercept of the log-odds.

    Platt, "Probabilistic outputs for support vector machines", 1999; by
    Newton's method on the logistic loss of two parameters.

    Args:
        scores: Log-odds of items that the network was not fitted on, shape (items,).
        answers: 0 or 1, shape (items,).

    Returns:
        Slope and intercept.
    """
    inputs = np.column_stack([scores, np.ones_like(scores)])
    weights = np.array([1.0, 0.0])
    for _ in range(25):
        probability = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        gradient = inputs.T @ (probability - answers)
        curvature = (inputs * (probability * (1 - probability))[:, None]).T @ inputs + 1e-9 * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if float(np.abs(step).max()) < 1e-8:
            break
    return float(weights[0]), float(weights[1])


def last_near_best(values: Sequence[float], slack: float) -> int:
    """Return the place of the last value that is less than ``slack`` below the best.

    >>> last_near_best([0.70, 0.75, 0.748, 0.73], 0.005)
    2
    """
    best = max(values)
    return max(place for place, value in enumerate(values) if value >= best - slack)
