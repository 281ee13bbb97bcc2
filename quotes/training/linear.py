"""Fits a logistic regression over named features."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from quotes.training.network import matrix, vocabulary


def fit_linear(
    items: Sequence[Sequence[str]], answers: Sequence[bool], *, penalty: float, least: int
) -> tuple[dict[str, float], float]:
    """Return the weight of each feature, and what is added to every sum, by L-BFGS.

    Args:
        items: Feature names of each item.
        answers: Whether each is right.
        penalty: Of half the sum of squared weights, against the sum of losses.
        least: Fewest items that a feature must occur in.
    """
    index = vocabulary(items, least)
    rows = matrix(items, index).astype(np.float64)
    rows_by_feature = rows.T.tocsr()
    signs = np.where(np.array(answers), 1.0, -1.0)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = signs * (rows @ weights[:-1] + weights[-1])
        errors = -signs / (1 + np.exp(np.clip(margins, -500, 500)))
        gradient = np.append(rows_by_feature @ errors + penalty * weights[:-1], errors.sum())
        value = np.logaddexp(0, -margins).sum() + penalty / 2 * weights[:-1] @ weights[:-1]
        return float(value), gradient

    fitted = minimize(
        loss, np.zeros(len(index) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 100, "ftol": 1e-6}
    ).x.tolist()
    return {feature: fitted[column] for feature, column in index.items()}, fitted[-1]
