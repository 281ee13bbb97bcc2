"""Makes stretches of text that may overlap into pieces that nest, as XML wants them."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quotes.text.spans import Span


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """A part of a stretch; the order is that in which elements open.

    Attributes:
        start: First code point.
        minus_end: One past the last code point, negative, so that the longer
            of two that start together opens first.
        owner: Whose stretch it is; the smaller opens first.
    """

    start: int
    minus_end: int
    owner: int

    @property
    def end(self) -> int:
        """One past the last code point."""
        return -self.minus_end


def nested(stretches: Iterable[tuple[Span, int]], containers: Sequence[Span]) -> list[list[Piece]]:
    """Cut stretches so that of any two pieces one holds the other or they are apart.

    Args:
        stretches: Each with its owner's number.
        containers: Ranges that no piece may cross, in text order and apart.

    Returns:
        For each container its pieces, in the order in which they open. What
        lies outside of all containers is left out.
    """
    result: list[list[Piece]] = [[] for _ in containers]
    for span, owner in stretches:
        for index in _touched(span, containers):
            start = max(span.start, containers[index].start)
            end = min(span.end, containers[index].end)
            if start < end:
                result[index].append(Piece(start, -end, owner))
    return [list(_uncrossed(pieces)) for pieces in result]


def _touched(span: Span, containers: Sequence[Span]) -> Iterator[int]:
    """Yield the containers that a stretch shares code points with, found by bisection."""
    low, high = 0, len(containers)
    while low < high:
        middle = (low + high) // 2
        if containers[middle].end <= span.start:
            low = middle + 1
        else:
            high = middle
    while low < len(containers) and containers[low].start < span.end:
        yield low
        low += 1


def _uncrossed(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield the pieces, those that cross the end of an open one cut there."""
    heapq.heapify(pieces)
    open_ends: list[int] = []
    while pieces:
        piece = heapq.heappop(pieces)
        while open_ends and open_ends[-1] <= piece.start:
            open_ends.pop()
        if open_ends and piece.end > open_ends[-1]:
            heapq.heappush(pieces, Piece(open_ends[-1], piece.minus_end, piece.owner))
            piece = Piece(piece.start, -open_ends[-1], piece.owner)
        open_ends.append(piece.end)
        yield piece
