"""Cuts an article at every boundary of every mark, so that overlapping marks can be shown.

Statements overlap: "Ann said Bob had told her the bridge was <closed>" holds one
statement within another, and a statement may have several pieces. The text
between two boundaries has the same marks throughout; such a segment can be
shown with one style for each of its marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotes.models import Medium, Statement, TextSpan
from quotes.text.document import Document
from quotes.text.spans import Span

CONTENT = "content"
ROLES = ("speaker", "cue", "addressee", "medium", "when")
"""What is marked beside the content; each is the statement's field of the same name."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of text that means something.

    Attributes:
        span: Where it is.
        role: "content", or one of `ROLES`.
        statements: Numbers of the statements it belongs to. A content has one; a
            speaker that two statements share ("said that A and that B") has both.
        piece: Which piece of the content it is, counted from 0; 0 for roles.
    """

    span: Span
    role: str
    statements: tuple[int, ...]
    piece: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A range of text with the same marks throughout.

    Attributes:
        span: Where it is.
        marks: The marks that cover it, the longest first.
        ends: The contents that end where it ends, in order of their numbers.
    """

    span: Span
    marks: tuple[Mark, ...]
    ends: tuple[Mark, ...]


def marks_of(numbered: Iterable[tuple[int, Statement]]) -> tuple[Mark, ...]:
    """Return the marks of the statements of one document, each with its number, in text order.

    A medium that is carried over from an earlier statement is marked there only.
    """
    contents: list[Mark] = []
    shared: dict[tuple[Span, str], list[int]] = {}
    for number, statement in numbered:
        for piece, span in enumerate(statement.content.spans):
            contents.append(Mark(Span(span.start, span.end), CONTENT, (number,), piece))
        for span, role in _roles(statement):
            shared.setdefault((Span(span.start, span.end), role), []).append(number)
    roles = (Mark(span, role, tuple(numbers)) for (span, role), numbers in shared.items())
    found = (mark for mark in (*contents, *roles) if len(mark.span))
    return tuple(sorted(found, key=lambda mark: (mark.span.start, -mark.span.end, mark.statements)))


def document_segments(document: Document, marks: Sequence[Mark]) -> Iterator[tuple[Segment, ...]]:
    """Yield the segments of each paragraph of a document; see `paragraph_segments`."""
    return paragraph_segments(marks, [paragraph.span for paragraph in document.paragraphs])


def paragraph_segments(marks: Sequence[Mark], paragraphs: Sequence[Span]) -> Iterator[tuple[Segment, ...]]:
    """Yield the segments of each paragraph; together they cover it without a gap.

    A mark that runs over several paragraphs goes on in each of them. Both marks
    and paragraphs are sorted by their start.
    """
    upcoming = list(reversed(marks))
    active: list[Mark] = []
    for paragraph in paragraphs:
        while upcoming and upcoming[-1].span.start < paragraph.end:
            active.append(upcoming.pop())
        active = [mark for mark in active if mark.span.end > paragraph.start]
        yield tuple(_segments(active, paragraph))


def _segments(active: Sequence[Mark], paragraph: Span) -> Iterator[Segment]:
    """Sweep over one paragraph, holding only the marks that are open; they are sorted by their start."""
    inner = range(paragraph.start + 1, paragraph.end)
    boundaries = {at for mark in active for at in (mark.span.start, mark.span.end) if at in inner}
    open_marks: list[Mark] = []
    upcoming = list(reversed(active))
    for start, end in pairwise(sorted({paragraph.start, paragraph.end, *boundaries})):
        while upcoming and upcoming[-1].span.start <= start:
            open_marks.append(upcoming.pop())
        open_marks = [mark for mark in open_marks if mark.span.end > start]
        covering = sorted(open_marks, key=_outermost_first)
        ending = (mark for mark in covering if mark.role == CONTENT and mark.span.end == end)
        yield Segment(Span(start, end), tuple(covering), tuple(sorted(ending, key=lambda m: m.statements)))


def _outermost_first(mark: Mark) -> tuple[int, bool, tuple[int, ...]]:
    # At the same place the content is the outer one: the roles inside show through it.
    return (-len(mark.span), mark.role != CONTENT, mark.statements)


def _roles(statement: Statement) -> Iterator[tuple[TextSpan, str]]:
    for role in ROLES:
        value = getattr(statement, role)
        if value is None or (isinstance(value, Medium) and value.inherited):
            continue
        span = value if isinstance(value, TextSpan) else value.mention
        if span is not None:
            yield span, role


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
