"""Token ranges as contents: cutting out, trimming, snapping to quotation marks."""

from __future__ import annotations

from collections.abc import Iterable

from quotes.syntax.article import Article
from quotes.syntax.mention import Range
from quotes.syntax.parse import Parse
from quotes.text.quotations import Quotation
from quotes.text.spans import Span

COMPLEMENTISERS = frozenset({"that"})
_DASHES = frozenset({"-", "–", "—", "--"})
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
    while last >= first and _hangs(parse, last):
        last -= 1
    return (first, last) if first <= last else None


def _loose(parse: Parse, token: int) -> bool:
    dep = parse.deps[token]
    if dep == "mark":
        return parse.lemmas[token] in COMPLEMENTISERS
    if dep == "cc":
        return parse.heads[token] >= token
    word = parse.words[token]
    if parse.pos[token] in ("PUNCT", "SPACE"):
        return word not in _OPENING or word in _MARKS
    return word in _DASHES


def _hangs(parse: Parse, token: int) -> bool:
    """Return whether the last token of a range is no part of it: a stop, or an "and" that leads on."""
    if parse.pos[token] in ("PUNCT", "SPACE"):
        return parse.words[token] not in "%)]…?!"
    return parse.deps[token] == "cc" and parse.lemmas[token] in ("and", "but", "or")


def trimmed_pieces(parse: Parse, pieces: Iterable[Range]) -> tuple[Range, ...]:
    """Trim every range and leave out the empty ones."""
    return tuple([kept for piece in pieces if (kept := trim(parse, piece)) is not None])


def content_of(article: Article, pieces: Iterable[Range]) -> tuple[Span, ...]:
    """Return the code points of a content, marks at its edges left out."""
    return tuple(
        to_span(article.parse, piece, [article.quotations[i] for i in _outermost_at(article, piece)])
        for piece in pieces
    )


def _outermost_at(article: Article, piece: Range) -> list[int]:
    """Return the outermost quotations at or in a token range."""
    first, last = piece
    return sorted(set(article.quotation_at[first : last + 1]) - {-1})


def to_span(parse: Parse, piece: Range, quotations: Iterable[Quotation]) -> Span:
    """Return the code points of a token range without quotation marks around the whole.

    A mark that belongs to a quotation inside the content stays, with the stop
    inside it: "the breakwater was “a very expensive hammock.”" ends behind the
    closing mark.

    Args:
        parse: The parse.
        piece: The token range.
        quotations: The outermost quotations that the range touches.
    """
    text = parse.text
    span = parse.span(*piece)
    for quotation in quotations:
        inner, outer = quotation.inner, quotation.outer
        if outer.contains(span) or _only_marks(text, span, quotation):
            start = inner.start if _bare(text, inner.start, span.start) else max(span.start, inner.start)
            end = inner.end if _bare(text, span.end, inner.end) else min(span.end, inner.end)
            span = Span(min(start, end), end)
            continue
        start, end = span.start, span.end
        if start < inner.start and end > inner.start and (end >= inner.end or _bare(text, end, inner.end)):
            end = max(end, outer.end)
        if end > inner.end and outer.start < start and _bare(text, inner.start, start):
            start = outer.start
        span = Span(start, end)
    return span


def _bare(text: str, start: int, end: int) -> bool:
    """Return whether nothing but punctuation stands between two places."""
    return not any(c.isalnum() for c in text[start:end]) if start < end else True


def _only_marks(text: str, span: Span, quotation: Quotation) -> bool:
    """Return whether a span holds a quotation and adds nothing but punctuation to it."""
    inner = quotation.inner
    if not span.overlaps(inner):
        return False
    return _bare(text, span.start, inner.start) and _bare(text, inner.end, span.end)
