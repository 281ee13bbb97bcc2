"""How far the words of two contents overlap, and which pairs overlap best."""

from __future__ import annotations

from collections.abc import Iterable, Set

SAME_CONTENT = 0.5
"""Least Jaccard index of their words at which two contents are the same content."""


def jaccard(one: Set[object], other: Set[object]) -> float:
    """Return the share of common members, 0 to 1; 0 for two empty sets."""
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0


def one_to_one(ranked: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Choose pairs, the first ones first, so that nothing is in two of them.

    >>> one_to_one([(0, 1), (0, 0), (1, 1), (1, 0)])
    {0: 1, 1: 0}
    """
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for one, other in ranked:
        if one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs
