"""The paragraphs of a text as a template writes them: runs of text, each with its marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from quotes.io.records import SYMBOLS
from quotes.text.document import Document, Paragraph
from quotes.text.spans import Span
from quotes.view.segments import Mark, Segment, paragraph_segments

DEEPEST = 3
"""Steps by which an underline is lowered at most, however deeply statements are nested."""
_SHOWN_AS = {**SYMBOLS, 0x0D: 0x0D, **dict.fromkeys((*range(0x80, 0xA0), 0xFFFE, 0xFFFF), 0xFFFD)}


class ShownMark(NamedTuple):
    """A mark as an element of the page."""

    classes: str
    numbers: str = ""
    """The numbers of its statements, with spaces between them."""
    target: str | None = None
    """An id to jump to."""
    tag: str | None = None
    """What is said above the words when the statement is chosen."""


class Run(NamedTuple):
    """Text with the same marks throughout."""

    text: str
    marks: Sequence[ShownMark]
    """The outermost first."""
    ends: Sequence[tuple[int, int, int]] = ()
    """Of each content whose number follows it: number, piece, number of pieces."""


class Block(NamedTuple):
    """A paragraph."""

    kind: str
    """"text", "headline" or "boilerplate"."""
    runs: Sequence[Run]

    @property
    def is_marked(self) -> bool:
        """Whether anything in it has a mark that means a statement."""
        return any(mark.numbers for run in self.runs for mark in run.marks)


def visible(text: str) -> str:
    r"""Return a text with what HTML cannot hold shown in its place, one character for one.

    A control character is shown by its symbol ("␀"); a lone surrogate, which no
    UTF-8 file can hold, by the replacement character.

    >>> visible("a\x00b\ud800")
    'a␀b\ufffd'
    """
    return text.translate(_SHOWN_AS)


def blocks(
    document: Document, marks: Sequence[Mark], pieces: Mapping[int, int], shown_mark: Callable[[Mark, int], ShownMark]
) -> Iterator[Block]:
    """Yield each paragraph of a document as runs: its text cut at each boundary of a mark.

    Args:
        document: The document.
        marks: Sorted as `quotes.view.segments.in_order` sorts them.
        pieces: How many pieces the content of each statement has, by its number.
        shown_mark: Makes an element of a mark and of the place where the run begins.
    """

    def runs(paragraph: Paragraph, segment: Segment) -> Iterator[Run]:
        span, at = segment.span, paragraph.body.start
        # An unmarked segment is split where the dateline ends: "LONDON (Reuters) – | Ann Kord said ...".
        if paragraph.kind == "text" and not segment.marks and span.start < at <= span.end:
            yield Run(visible(document.text[span.start : at]), [ShownMark("front")])
            span = Span(at, span.end)
        shown = [shown_mark(mark, span.start) for mark in segment.marks]
        ends = [(mark.statements[0], mark.piece, pieces[mark.statements[0]]) for mark in segment.ends]
        yield Run(visible(span.of(document.text)), shown, ends)

    segments = paragraph_segments(marks, (paragraph.span for paragraph in document.paragraphs), document.text)
    for paragraph, inside in zip(document.paragraphs, segments, strict=True):
        yield Block(paragraph.kind, [run for each in inside for run in runs(paragraph, each)])


def with_headline(document: Document, found: Sequence[Block]) -> tuple[Block | None, Sequence[Block]]:
    """Return the headline, if the text has one, and the other paragraphs.

    The headline is part of the text and may have marks: a page shows it once, as the title.
    """
    kinds = [paragraph.kind for paragraph in document.paragraphs]
    first = next((place for place, kind in enumerate(kinds) if kind != "boilerplate"), 0)
    if kinds[first : first + 1] != ["headline"]:
        return None, found
    return found[first], [*found[:first], *found[first + 1 :]]
