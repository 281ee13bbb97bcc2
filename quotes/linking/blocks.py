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


def place_order(place: Place) -> tuple[int, str, int, int]:
    """Return by what reports are ordered: day of publication (the undated first), document, position."""
    return place.published or _NO_DAY, place.key, place.start, place.end


def ordered(reports: Sequence[Report]) -> list[int]:
    """Return the indices of reports in their order."""
    return sorted(range(len(reports)), key=lambda at: (place_order(reports[at].place), reports[at].statement))


def blocks(reports: Sequence[Report]) -> Iterator[Block]:
    """Yield the blocks of reports that are in order."""
    return cut([(report.place.published, report.place.key) for report in reports])


def cut(places: Sequence[tuple[int | None, str]]) -> Iterator[Block]:
    """Yield the blocks of reports, given the day and the document of each, in order; no document is cut.

    The undated, which come first, are left behind like the earliest days when there are too many.
    """
    start = window = 0
    while start < len(places):
        end = _after_document(places, min(start + BLOCK, len(places)))
        window = max(window, _after_document(places, max(start - MOST_BEFORE, 0)))
        yield Block(window, start, end)
        start = end


def _after_document(places: Sequence[tuple[int | None, str]], at: int) -> int:
    """Return where the next document begins, at a place or after it."""
    while 0 < at < len(places) and places[at][1] == places[at - 1][1]:
        at += 1
    return at
