"""Whether a confidence of 0.8 is right four times in five."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotes.evaluation.comparison import Comparison

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions whose confidence lies in one tenth of the scale.

    Attributes:
        low: Least confidence in the bin.
        high: Upper end; only the last bin includes it.
        predictions: How many there are.
        confidence: Their mean confidence, 0 in an empty bin.
        right: Share of them that matched a gold content, 0 in an empty bin.
    """

    low: float
    high: float
    predictions: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Reliability in ten bins.

    Attributes:
        bins: From the least to the most confident.
        expected_error: Mean distance between confidence and share right,
            weighted by the predictions in each bin.
    """

    bins: tuple[Bin, ...]
    expected_error: float


def judged(comparisons: Iterable[Comparison]) -> list[tuple[float, bool]]:
    """Return each prediction's confidence and whether it matched a gold content."""
    out: list[tuple[float, bool]] = []
    for comparison in comparisons:
        matched = {match.predicted for match in comparison.matches}
        for index, unit in enumerate(comparison.predicted):
            confidence = comparison.predictions[unit.origin].confidence
            if confidence is not None:
                out.append((confidence, index in matched))
    return out


def calibration(outcomes: Sequence[tuple[float, bool]]) -> Calibration | None:
    """Sort predictions into ten bins of confidence.

    Args:
        outcomes: Confidence and whether the prediction was right.

    Returns:
        The reliability, None when no prediction has a confidence.
    """
    if not outcomes:
        return None
    members: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in outcomes:
        members[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    bins = tuple(_bin(index, inside) for index, inside in enumerate(members))
    off = sum(part.predictions * abs(part.confidence - part.right) for part in bins)
    return Calibration(bins, off / len(outcomes))


def _bin(index: int, inside: Sequence[tuple[float, bool]]) -> Bin:
    count = len(inside)
    return Bin(
        low=index / BINS,
        high=(index + 1) / BINS,
        predictions=count,
        confidence=sum(confidence for confidence, _ in inside) / count if count else 0.0,
        right=sum(right for _, right in inside) / count if count else 0.0,
    )
