"""The body of a TEI text: every character of the document, and ``<said>`` around contents.

The characters of ``<body>`` are those of the document, one for one, so that
offsets into the text are offsets into the body. A paragraph is a ``<p>``; a
headline and boilerplate are an ``<ab>``, since a ``<head>`` may only stand
first. Pieces of one statement are chained with ``next`` and ``prev``; a
statement that crosses another is cut at the end of the one that began first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.io.nesting import nested
from quotes.io.xml_text import escaped
from quotes.text.spans import Span

if TYPE_CHECKING:
    from quotes.models import Statement
    from quotes.text.document import Document

_WHITE_SPACE_OF_XML = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Block:
    """An element of the body.

    Attributes:
        span: Its text.
        tag: Its start tag without the brackets.
    """

    span: Span
    tag: str


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A ``<said>`` element.

    Attributes:
        span: Its text.
        owner: Index of its statement.
        name: Its id.
        before: Id of the statement's piece before it, None for the first.
        after: Id of the statement's piece behind it, None for the last.
    """

    span: Span
    owner: int
    name: str
    before: str | None
    after: str | None


def marked_pieces(
    document: Document, statements: Sequence[Statement], prefix: str
) -> tuple[list[Block], list[list[MarkedPiece]]]:
    """Return the blocks of a document, and the pieces in each in the order in which they open.

    Args:
        document: The document.
        statements: Its statements.
        prefix: What every id begins with.
    """
    blocks = list(_blocks(document))
    stretches = [
        (Span(span.start, span.end), owner)
        for owner, statement in enumerate(statements)
        for span in statement.content.spans
    ]
    cut = [
        [piece for piece in pieces if document.text[piece.start : piece.end].strip()]
        for pieces in nested(stretches, [block.span for block in blocks])
    ]
    counts = [0] * len(statements)
    for pieces in cut:
        for piece in pieces:
            counts[piece.owner] += 1
    seen = [0] * len(statements)

    def name(owner: int, ordinal: int) -> str | None:
        if not 0 < ordinal <= counts[owner]:
            return None
        single = f"{prefix}.s{owner + 1}"
        return single if counts[owner] == 1 else f"{single}.{ordinal}"

    def marked(span: Span, owner: int) -> MarkedPiece:
        seen[owner] += 1
        at = seen[owner]
        return MarkedPiece(span, owner, name(owner, at) or "", name(owner, at - 1), name(owner, at + 1))

    return blocks, [[marked(Span(each.start, each.end), each.owner) for each in pieces] for pieces in cut]


def _blocks(document: Document) -> Iterator[Block]:
    """Yield an element for each paragraph, and for what XML does not take for white space between."""
    at = 0
    for paragraph in document.paragraphs:
        yield from _gap(document.text, at, paragraph.span.start)
        yield Block(paragraph.span, "p" if paragraph.kind == "text" else f'ab type="{paragraph.kind}"')
        at = paragraph.span.end
    yield from _gap(document.text, at, len(document.text))


def _gap(text: str, start: int, end: int) -> Iterator[Block]:
    odd = text[start:end].strip(_WHITE_SPACE_OF_XML)
    if odd:
        first = text.index(odd, start, end)
        yield Block(Span(first, first + len(odd)), 'ab type="gap"')


def body_element(
    text: str, blocks: Sequence[Block], pieces: Sequence[Sequence[MarkedPiece]], attributes: Sequence[str]
) -> Iterator[str]:
    """Yield the body.

    Args:
        text: The document's text.
        blocks: Its elements, in text order.
        pieces: The pieces in each block.
        attributes: Of each statement's pieces.
    """
    yield "<body>"
    at = 0
    for block, marked in zip(blocks, pieces, strict=True):
        yield escaped(text[at : block.span.start])
        yield f"<{block.tag}>"
        yield from _marked_text(text, block.span, marked, attributes)
        yield f"</{block.tag.split()[0]}>"
        at = block.span.end
    if not blocks:
        yield "<p/>"
    yield escaped(text[at:])
    yield "</body>"


def _marked_text(
    text: str, span: Span, pieces: Sequence[MarkedPiece], attributes: Sequence[str]
) -> Iterator[str]:
    at = span.start
    open_ends: list[int] = []
    for piece in pieces:
        while open_ends and open_ends[-1] <= piece.span.start:
            yield escaped(text[at : open_ends[-1]]) + "</said>"
            at = open_ends.pop()
        yield escaped(text[at : piece.span.start])
        at = piece.span.start
        before = f' prev="#{piece.before}"' if piece.before else ""
        after = f' next="#{piece.after}"' if piece.after else ""
        yield f'<said xml:id="{piece.name}"{attributes[piece.owner]}{before}{after}>'
        open_ends.append(piece.span.end)
    while open_ends:
        yield escaped(text[at : open_ends[-1]]) + "</said>"
        at = open_ends.pop()
    yield escaped(text[at : span.end])
