"""Finds which found statement answers which expected one: by the words of the contents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

LEAST_OVERLAP = 0.5
"""Jaccard index of the words, from which two contents are the same statement."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class Said:
    """A content, for matching.

    Attributes:
        pieces: Its pieces of text.
        start: First code point, None where it is unknown.
        document: Id of its document, None where it is unknown.
        rank: Contents of a lower rank are served first where the overlap is the same.
    """

    pieces: tuple[str, ...]
    start: int | None = None
    document: str | None = None
    rank: int = 0


def content_words(pieces: Sequence[str]) -> frozenset[str]:
    """Return the distinct words of a content, in lower case.

    >>> sorted(content_words(["It’s late,", "late!"]))
    ['it’s', 'late']
    """
    joined = " ".join(pieces).casefold()
    return frozenset(_WORD.findall(joined)) or frozenset({joined.strip()})


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Jaccard index of two sets of words, 0 to 1."""
    return len(one & other) / len(one | other)


def matched(expected: Sequence[Said], found: Sequence[Said]) -> dict[int, int]:
    """Pair expected with found contents, one to one, the best overlaps first.

    Where overlaps are the same the nearer offset wins, so that the first "No
    comment" answers the first and the second the second.

    Args:
        expected: Expected contents.
        found: Found contents.

    Returns:
        Index of an expected content to the index of its found one; a content
        without a partner of at least `LEAST_OVERLAP` is not in it.
    """
    candidates: list[tuple[float, int, int, int, int]] = []
    for index, other, score in _overlapping(expected, found):
        wanted, given = expected[index], found[other]
        far = 0 if wanted.start is None or given.start is None else abs(wanted.start - given.start)
        candidates.append((-score, wanted.rank, far, index, other))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, _, index, other in sorted(candidates):
        if index not in pairs and other not in taken:
            pairs[index] = other
            taken.add(other)
    return pairs


def _overlapping(expected: Sequence[Said], found: Sequence[Said]) -> Iterator[tuple[int, int, float]]:
    """Yield (expected, found, overlap) for every pair that overlaps enough.

    Two sets that overlap by half share one of the rarer words of the first:
    looking only those up keeps the work far from every pair with every other.
    """
    words = [content_words(said.pieces) for said in found]
    frequency = Counter(word for each in words for word in each)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for other, each in enumerate(words):
        for word in each:
            holders[word].append(other)
    for index, said in enumerate(expected):
        wanted = content_words(said.pieces)
        enough = len(wanted) - ceil(LEAST_OVERLAP * len(wanted)) + 1
        rare = sorted(wanted, key=lambda word: (frequency[word], word))[:enough]
        for other in sorted({other for word in rare for other in holders[word]}):
            score = overlap(wanted, words[other])
            if score >= LEAST_OVERLAP and _same_document(said, found[other]):
                yield index, other, score


def _same_document(one: Said, other: Said) -> bool:
    return one.document is None or other.document is None or one.document == other.document
