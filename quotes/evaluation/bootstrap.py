"""Confidence intervals by drawing whole articles with replacement.

Statements of one article share its style and its parse errors, so they are not
independent: the article is what is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

RESAMPLES = 1000
SEED = 20160927
INTERVAL = (2.5, 97.5)
"""Percentiles of the resamples between which an interval lies."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A score on the corpus itself and the ends of its 95 % interval, each 0 to 1."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean."""

    precision: Estimate
    recall: Estimate
    f1: Estimate


def resampled_totals(counts: Array) -> Array:
    """Add up counts whose first axis is the articles; row 0 is the corpus itself, the others resamples."""
    articles = len(counts)
    generator = np.random.default_rng(SEED)
    drawn = generator.multinomial(articles, np.full(articles, 1 / articles), size=RESAMPLES)
    weights = np.vstack([np.ones(articles), drawn])
    totals: Array = np.tensordot(weights, counts, axes=1)
    return totals


def share(hits: Array, total: Array) -> Estimate:
    """Return hits / total of row 0 with the interval of the other rows; 0 where the total is 0."""
    return _estimate(_ratio(hits, total))


def score(hits: Array, predicted: Array, gold: Array, hits_in_gold: Array | None = None) -> Score:
    """Return precision (hits / predicted), recall (hits / gold) and F1.

    ``hits_in_gold`` are the hits that recall counts, where those of precision are others.
    """
    precision = _ratio(hits, predicted)
    recall = _ratio(hits if hits_in_gold is None else hits_in_gold, gold)
    f1 = _ratio(2 * precision * recall, precision + recall)
    return Score(_estimate(precision), _estimate(recall), _estimate(f1))


def _ratio(hits: Array, total: Array) -> Array:
    return np.divide(hits, total, out=np.zeros_like(hits, dtype=np.float64), where=total > 0)


def _estimate(values: Array) -> Estimate:
    low, high = np.percentile(values[1:], INTERVAL)
    return Estimate(float(values[0]), float(low), float(high))
