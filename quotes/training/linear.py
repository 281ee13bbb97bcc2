"""Fits tables of weights, and the probabilities of their sums, by logistic regression (scikit-learn).

The penalty is on squared weights. One on absolute weights leaves a tenth of the features and does as
well on the corpus, but not on other news: a table that knows few words has nothing to say of new ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

Item = Mapping[str, float]
"""The value of each named feature that an example has."""
STRENGTH = 0.1
"""How much the examples count against the penalty (scikit-learn's ``C``); chosen by cross-validation."""
LEAST_WEIGHT = 0.02
"""Smaller weights are left out: a quarter of the table, and no measurable loss."""
CONSTANT = "bias"
"""The feature that every candidate has."""


def item(features: Iterable[str]) -> dict[str, float]:
    """Return an example that has each of some features once."""
    return dict.fromkeys(features, 1.0)


def fit_weights(
    items: Iterable[Item], answers: Sequence[bool], *, least: int, strength: float = STRENGTH
) -> dict[str, float]:
    """Return the weights that part right from wrong examples, of features that ``least`` of them have."""
    right = sum(answers)
    if right in (0, len(answers)):  # nothing to tell apart
        return {CONSTANT: log((right + 1) / (len(answers) - right + 1))}
    names, matrix = _matrix(items, least)
    return _fitted(names, matrix, np.array(answers), strength)


def fit_preferences(
    choices: Sequence[tuple[Sequence[Item], Sequence[bool]]], *, least: int, strength: float = STRENGTH
) -> dict[str, float]:
    """Return the weights that rank those of each group of examples that are the best above the others.

    Each best example is compared with each other one of its group: the model sees the difference of
    their features (Herbrich, Graepel and Obermayer, "Large margin rank boundaries for ordinal
    regression", 2000).
    """
    better: list[int] = []
    worse: list[int] = []
    start = 0
    for _, best in choices:
        for one, is_best in enumerate(best):
            others = [other for other, too in enumerate(best) if is_best and not too]
            better += [start + one] * len(others)
            worse += [start + other for other in others]
        start += len(best)
    if not better:
        return {}
    names, matrix = _matrix((each for items, _ in choices for each in items), least)
    signs = np.where(np.arange(len(better)) % 2, 1.0, -1.0)  # half of the comparisons the other way round
    differences = (matrix[better] - matrix[worse]).multiply(signs[:, None]).tocsr()
    return _fitted(names, differences, signs > 0, strength)


def _matrix(items: Iterable[Item], least: int) -> tuple[list[str], Any]:
    """Return the features that are frequent enough, and their values: one row an example."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(items)
    names = vectorizer.feature_names_
    kept = [c for c, n in enumerate(matrix.getnnz(axis=0)) if n >= least and names[c].isprintable()]
    return [names[column] for column in kept], matrix[:, kept]


def _fitted(names: Sequence[str], matrix: Any, answers: Any, strength: float) -> dict[str, float]:
    if len(set(answers.tolist())) < 2 or not names:
        return {}
    model = LogisticRegression(C=strength, solver="liblinear", fit_intercept=False, tol=1e-2)
    weights = model.fit(matrix, answers).coef_[0].tolist()
    return {name: weight for name, weight in zip(names, weights, strict=True) if abs(weight) >= LEAST_WEIGHT}


def fit_calibration(scores: Sequence[float], answers: Sequence[bool]) -> tuple[float, float]:
    """Return slope and intercept of the log-odds (Platt scaling), from scores out of fold."""
    if len(set(answers)) < 2:
        return 1.0, 0.0
    model = LogisticRegression(C=1e4).fit(np.array(scores)[:, None], np.array(answers))
    return float(model.coef_[0, 0]), float(model.intercept_[0])
