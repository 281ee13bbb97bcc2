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
COVERAGE = 95.0
"""Share of the resamples, in percent, that an interval holds."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval, each 0 to 1.

    Attributes:
        value: On the corpus itself.
        low: Lower end of the interval.
        high: Upper end of the interval.
    """

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
    """Add up the articles' counts: as they are, then for every resample.

    Args:
        counts: Counts with the articles along the first axis.

    Returns:
        Totals; row 0 is the corpus itself, the others are resamples.
    """
    articles = len(counts)
    generator = np.random.default_rng(SEED)
    drawn = generator.multinomial(articles, np.full(articles, 1 / articles), size=RESAMPLES)
    weights = np.vstack([np.ones(articles), drawn])
    totals: Array = np.tensordot(weights, counts, axes=1)
    return totals


def ratio(hits: Array, total: Array) -> Array:
    """Divide, giving 0 where there is nothing to divide by."""
    return np.divide(hits, total, out=np.zeros_like(hits, dtype=np.float64), where=total > 0)


def estimate(values: Array) -> Estimate:
    """Return the figure of row 0 with the interval of the other rows."""
    tail = (100 - COVERAGE) / 2
    low, high = np.percentile(values[1:], [tail, 100 - tail])
    return Estimate(float(values[0]), float(low), float(high))


def score(precision: Array, recall: Array) -> Score:
    """Return precision, recall and F1 with their intervals."""
    f1 = ratio(2 * precision * recall, precision + recall)
    return Score(estimate(precision), estimate(recall), estimate(f1))
