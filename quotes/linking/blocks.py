"""Cuts reports, by their days, into blocks that are compared one after the other.

What is held at once is a block and those before it that are near enough in time; an archive of any length takes
no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quotes.linking.reports import Place, Report

BLOCK = 4000
"""Reports of a block, cut between documents."""
MOST_BEFORE = 40_000
"""Most reports before a block that it is compared with: the latest ones."""
_NO_DAY = 0


class Block(NamedTuple):
    """Reports ``start`` to ``end`` are compared with each other and with those from ``window`` on."""

    window: int
    start: int
    end: int

    @property
    def size(self) -> int:
        """How many reports are in it."""
        return self.end - self.start


def place_order(place: Place) -> tuple[int, str, int, int]:
    """Return by what reports are ordered: day of publication (the undated first), document, position."""
    return place.published or _NO_DAY, place.key, place.start, place.end


def ordered(reports: Sequence[Report]) -> list[int]:
    """Return the indices of reports in their order."""
    return sorted(range(len(reports)), key=lambda at: (place_order(reports[at].place), reports[at].statement))


def blocks(reports: Sequence[Report]) -> Iterator[Block]:
    """Yield the blocks of reports that are in order."""
    return cut([report.place.key for report in reports])


def cut(documents: Sequence[object]) -> Iterator[Block]:
    """Yield the blocks of reports, given the document of each, in order; no document is cut.

    The undated, which come first, are left behind like the earliest days when there are too many.
    """
    start = window = 0
    while start < len(documents):
        end = _after_document(documents, min(start + BLOCK, len(documents)))
        window = max(window, _after_document(documents, max(start - MOST_BEFORE, 0)))
        yield Block(window, start, end)
        start = end


def _after_document(documents: Sequence[object], at: int) -> int:
    """Return where the next document begins, at a place or after it."""
    while 0 < at < len(documents) and documents[at] == documents[at - 1]:
        at += 1
    return at
