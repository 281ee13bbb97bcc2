"""How far the words of contents overlap, and which pairs overlap best."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from math import ceil
from typing import TypeVar

Word = TypeVar("Word", int, str)

SAME_CONTENT = 0.5
"""Least Jaccard index of their words at which two contents are the same content."""
_ROUNDING = 1e-9
"""0.9 * 10 is a little more than 9: without this, a pair at the very edge would be lost."""


def jaccard(one: Set[object], other: Set[object]) -> float:
    """Return the share of common members, 0 to 1; 0 for two empty sets."""
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0


def overlapping(
    some: Sequence[Set[Word]], others: Sequence[Set[Word]], least: float = 0.0
) -> Iterator[tuple[int, int, float]]:
    """Yield (index, other index, Jaccard index) of each pair that shares a word and overlaps by ``least``.

    Two sets that overlap by half share one of the rarer words of the first:
    looking only those up keeps the work far from every pair with every other.
    """
    frequency = Counter(word for words in others for word in words)
    holders: defaultdict[Word, list[int]] = defaultdict(list)
    for other, words in enumerate(others):
        for word in words:
            holders[word].append(other)
    for index, words in enumerate(some):
        enough = len(words) - ceil(least * len(words) - _ROUNDING) + 1
        rare = sorted(words, key=lambda word: (frequency[word], word))[:enough]
        for other in sorted({other for word in rare for other in holders.get(word, ())}):
            overlap = jaccard(words, others[other])
            if overlap >= least:
                yield index, other, overlap


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
