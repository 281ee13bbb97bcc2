"""Token ranges as contents: cutting out, trimming, snapping to quotation marks."""

from __future__ import annotations

from collections.abc import Iterable

from quotes.frames.proposal import Range
from quotes.marks import Quotation
from quotes.parse import Parse
from quotes.spans import Span

COMPLEMENTISERS = frozenset({"that"})
_EDGE_DEPS = ("punct", "cc")
_MARKS = "\"'“”‘’„‚«»‹›`"
_OPENING = "\"'“‘„‚«»‹›`([{$£€#@"


def without(piece: Range, hole: Range) -> tuple[Range, ...]:
    """Cut a token range out of another.

    >>> without((3, 12), (5, 7))
    ((3, 4), (8, 12))
    """
    first, last = piece
    if hole[1] < first or hole[0] > last:
        return (piece,)
    left = ((first, hole[0] - 1),) if hole[0] > first else ()
    right = ((hole[1] + 1, last),) if hole[1] < last else ()
    return left + right


def trim(parse: Parse, piece: Range) -> Range | None:
    """Drop punctuation, conjunctions and "that" at the edges of a token range.

    Args:
        parse: The parse.
        piece: The range.

    Returns:
        The trimmed range, None when nothing is left.
    """
    first, last = piece
    while first <= last and _loose(parse, first):
        first += 1
    while last >= first and parse.pos[last] in ("PUNCT", "SPACE") and parse.words[last] not in "%)]…?!":
        last -= 1
    return (first, last) if first <= last else None


def _loose(parse: Parse, token: int) -> bool:
    if parse.words[token] in ("-", "–", "—", "--"):
        return True
    if parse.pos[token] in ("PUNCT", "SPACE"):
        return parse.words[token] not in _OPENING or parse.words[token] in _MARKS
    if parse.deps[token] == "mark" and parse.lemmas[token] in COMPLEMENTISERS:
        return True
    return parse.deps[token] == "cc" and parse.heads[token] >= token


def trimmed_pieces(parse: Parse, pieces: Iterable[Range]) -> tuple[Range, ...]:
    """Trim every range and leave out the empty ones."""
    return tuple(kept for piece in pieces if (kept := trim(parse, piece)) is not None)


def to_span(parse: Parse, piece: Range, quotations: Iterable[Quotation]) -> Span:
    """Return the code points of a token range without quotation marks around the whole.

    A mark that belongs to a quotation inside the content stays: "the breakwater
    was “a very expensive hammock”" keeps its closing mark.

    Args:
        parse: The parse.
        piece: The token range.
        quotations: The quotations that overlap the range.
    """
    span = parse.span(*piece)
    for quotation in quotations:
        if quotation.outer.contains(span) or span.contains(quotation.inner) and _only_marks(parse.text, span, quotation):
            return Span(max(span.start, quotation.inner.start), min(span.end, quotation.inner.end))
        if span.overlaps(quotation.outer) and quotation.inner.start <= span.start < quotation.outer.end:
            continue
        if quotation.inner.end <= span.end < quotation.outer.end:
            span = Span(span.start, quotation.outer.end)
        if quotation.outer.start < span.start <= quotation.inner.start and quotation.inner.end <= span.end:
            span = Span(quotation.outer.start, span.end)
    return span


def _only_marks(text: str, span: Span, quotation: Quotation) -> bool:
    """Return whether a span adds nothing but punctuation to what is quoted."""
    around = text[span.start : quotation.inner.start] + text[quotation.inner.end : span.end]
    return not any(c.isalnum() for c in around)
