"""Cuts an article at every boundary of every mark, so that overlapping marks can be shown.

Statements overlap: "Ann said Bob had told her the bridge was <closed>" holds one
statement within another, and a statement may have several pieces. The text
between two boundaries has the same marks throughout; such a segment can be
shown with one style for each of its marks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from quotes.models import Entity, Medium, Statement
from quotes.text.spans import Span

CONTENT = "content"
ROLES = ("speaker", "cue", "addressee", "medium", "when")
"""What is marked beside the content; each is the statement's field of the same name."""
_CLOSING = re.compile(r"""(?:[.,;:!?…]*[”’»›"']+(?!\w))+[.,;:!?…]*|[.,;:!?…]+""")


class Mark(NamedTuple):
    """A range of text that means something."""

    span: Span
    role: str
    """"content", one of `ROLES`, or what else is marked."""
    statements: tuple[int, ...]
    """Numbers of its statements: one of a content; all that share a speaker ("said that A and that B")."""
    piece: int = 0
    """Which piece of the content it is, counted from 0; 0 for roles."""


class Segment(NamedTuple):
    """A range of text with the same marks throughout."""

    span: Span
    marks: Sequence[Mark]
    """Those that cover it, the longest first."""
    ends: Sequence[Mark]
    """The contents whose number is written where it ends, in order of their numbers."""


def marks_of(numbered: Iterable[tuple[int, Statement]]) -> tuple[Mark, ...]:
    """Return the marks of the statements of one document, each with its number, in text order.

    A medium that is carried over from an earlier statement is marked there only.
    """
    contents: list[Mark] = []
    shared: dict[tuple[Span, str], list[int]] = {}
    for number, statement in numbered:
        for piece, span in enumerate(statement.content.spans):
            contents.append(Mark(Span(span.start, span.end), CONTENT, (number,), piece))
        for role in ROLES:
            value = getattr(statement, role)
            at = value.mention if isinstance(value, Entity) else value
            if at is not None and not (isinstance(value, Medium) and value.inherited):
                shared.setdefault((Span(at.start, at.end), role), []).append(number)
    roles = (Mark(span, role, tuple(numbers)) for (span, role), numbers in shared.items())
    return in_order([*contents, *roles])


def in_order(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return marks in text order, the longer of two that begin together first, without empty ones."""
    found = (mark for mark in marks if len(mark.span))
    return tuple(sorted(found, key=lambda mark: (mark.span.start, -mark.span.end, mark.statements)))


def paragraph_segments(marks: Sequence[Mark], paragraphs: Iterable[Span], text: str) -> Iterator[list[Segment]]:
    """Yield the segments of each paragraph; together they cover it without a gap.

    A mark that runs over several paragraphs goes on in each of them. Both marks
    and paragraphs are sorted by their start.
    """
    ends: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        if mark.role == CONTENT:
            ends[place_of_number(text, mark.span.end)].append(mark)
    boundaries = sorted({*ends, *(at for mark in marks for at in (mark.span.start, mark.span.end))})
    upcoming = list(reversed(marks))
    open_marks: list[Mark] = []
    for paragraph in paragraphs:
        inner = boundaries[bisect_right(boundaries, paragraph.start) : bisect_left(boundaries, paragraph.end)]
        segments = []
        for start, end in pairwise((paragraph.start, *inner, paragraph.end)):
            while upcoming and upcoming[-1].span.start <= start:
                open_marks.append(upcoming.pop())
            open_marks = [mark for mark in open_marks if mark.span.end > start]
            # At the same place the content is the outer one: the roles inside show through it.
            covering = sorted(open_marks, key=lambda m: (-len(m.span), m.role != CONTENT, m.statements))
            segments.append(Segment(Span(start, end), covering, sorted(ends[end], key=lambda m: m.statements)))
        yield segments


def place_of_number(text: str, end: int) -> int:
    """Return where the number of a content that ends at ``end`` is written: after closing marks and punctuation.

    >>> place_of_number("“Never,” she said", 6), place_of_number("the board's", 9), place_of_number("He won’t.", 8)
    (8, 9, 9)
    """
    found = _CLOSING.match(text, end)
    return found.end() if found else end


def nesting(marks: Sequence[Mark]) -> dict[int, int]:
    """Return how many levels of other statements each statement of a document holds, by its number.

    The underline of a statement is drawn that many steps lower, so that it is
    one straight line wherever it holds others.
    """
    levels: dict[int, int] = {}
    stack: list[Mark] = []
    for mark in (mark for mark in marks if mark.role == CONTENT):
        levels.setdefault(mark.statements[0], 0)
        stack = [outer for outer in stack if outer.span.end > mark.span.start]
        stack.append(mark)
        # Outermost first: each one must lie below all that it holds here.
        for depth, outer in enumerate(reversed(stack)):
            number = outer.statements[0]
            levels[number] = max(levels[number], depth)
    return levels
