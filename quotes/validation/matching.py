"""Finds which found statement answers which expected one: by the words of the contents."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.text.overlap import SAME_CONTENT, one_to_one, overlapping

WORD = re.compile(r"\w+(?:['’]\w+)*")
_LEVELS = (1.0, 0.9, 0.8, 0.7, 0.6, SAME_CONTENT)
_NEAREST = 20
"""Found contents, on each side, with which one of the same words is compared at first."""
_ANY = "\n"
"""Key for the contents of every document; no id is a line break."""
Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Said:
    """The pieces of a content for matching; start and document are None where they are unknown.

    Contents of a lower rank are served first where the overlap is the same.
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
    return frozenset(WORD.findall(joined)) or frozenset({joined.strip()})


def matched(expected: Sequence[Said], found: Sequence[Said]) -> dict[int, int]:
    """Pair expected with found contents, one to one, the best overlaps first.

    Where overlaps are the same the nearer offset wins, so that the first "No
    comment" answers the first and the second the second. Returned are indices; an
    expected content without a partner of at least `SAME_CONTENT` is left out.
    """
    wanted, given = ([content_words(said.pieces) for said in each] for each in (expected, found))
    pairs: dict[int, int] = {}
    # The best pairs of all are served first anyway. Looking for those alone, and
    # for the rest only among what they leave, keeps thousands of like contents
    # ("the road was closed on day 7", "... day 8") from meeting each other.
    for least in _LEVELS:
        left = [index for index in range(len(expected)) if index not in pairs]
        free = sorted(set(range(len(found))) - set(pairs.values()))
        if not left or not free:
            break
        if least == 1.0:
            meeting = _identical(expected, found, wanted, given)
        else:
            some, others = [wanted[index] for index in left], [given[other] for other in free]
            meeting = ((left[i], free[j], overlap) for i, j, overlap in overlapping(some, others, least))
        candidates = [
            (-overlap, expected[index].rank, _distance(expected[index], found[other]), index, other)
            for index, other, overlap in meeting
            if _same_document(expected[index], found[other])
        ]
        pairs |= one_to_one((index, other) for _, _, _, index, other in sorted(candidates))
    return pairs


def _identical(
    expected: Sequence[Said], found: Sequence[Said], wanted: Sequence[Words], given: Sequence[Words]
) -> Iterator[tuple[int, int, float]]:
    """Yield (expected, found, 1.0) for contents of the same words, each with the nearest found ones.

    "No comment" may occur a thousand times; what is farther away than
    `_NEAREST` others is left to the next level.
    """
    pools: defaultdict[tuple[Words, str | None], list[tuple[int, int]]] = defaultdict(list)
    for other, (said, words) in enumerate(zip(found, given, strict=True)):
        place = (said.start or 0, other)
        pools[words, said.document].append(place)
        if said.document is not None:
            pools[words, _ANY].append(place)
    for pool in pools.values():
        pool.sort()
    for index, (said, words) in enumerate(zip(expected, wanted, strict=True)):
        for document in (None, _ANY if said.document is None else said.document):
            pool = pools.get((words, document), [])
            at = min(index, len(pool)) if said.start is None else bisect_left(pool, (said.start, 0))
            for _, other in pool[max(0, at - _NEAREST) : at + _NEAREST]:
                yield index, other, 1.0


def _distance(one: Said, other: Said) -> int:
    return 0 if one.start is None or other.start is None else abs(one.start - other.start)


def _same_document(one: Said, other: Said) -> bool:
    return one.document is None or other.document is None or one.document == other.document
