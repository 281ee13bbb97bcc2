"""Token ranges as contents: cutting out, trimming, fitting to quotation marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quotes.syntax.article import Article
from quotes.syntax.mention import Range
from quotes.syntax.parse import Parse
from quotes.text.quotations import Quotation
from quotes.text.spans import Span

_OPENS_CONTENT = "([{$£€#@"
_CLOSES_CONTENT = "%)]…?!"
_LONG_WORD = 4


def without(piece: Range, cut: Range) -> tuple[Range, ...]:
    """Cut a token range out of another.

    >>> without((3, 12), (5, 7))
    ((3, 4), (8, 12))
    """
    first, last = piece
    sides = (first, min(last, cut[0] - 1)), (max(first, cut[1] + 1), last)
    return tuple([side for side in sides if side[0] <= side[1]])


def beside_cue(parse: Parse, cue: Sequence[int], head: int) -> Range | None:
    """Return the run of tokens of a cue and the noun phrase next to it, None where more lies between."""
    left, right = parse.left[head], parse.right[head]
    if head < cue[0] <= right + 2:
        return left, cue[-1]
    if cue[-1] < head and left <= cue[-1] + 2:
        return cue[0], right
    return None


def trim(parse: Parse, piece: Range) -> Range | None:
    """Drop punctuation, conjunctions and "that" at the edges of a token range; None where nothing is left."""
    first, last = piece
    while first <= last and _is_loose_start(parse, first):
        first += 1
    while last >= first and _is_loose_end(parse, last):
        last -= 1
    return (first, last) if first <= last else None


def _is_loose_start(parse: Parse, token: int) -> bool:
    dep = parse.deps[token]
    if dep == "mark":
        return parse.lemmas[token] == "that"
    if dep == "cc":
        return parse.heads[token] >= token
    if parse.is_word(token):
        return parse.words[token] == "-"
    return parse.words[token] not in _OPENS_CONTENT


def _is_loose_end(parse: Parse, token: int) -> bool:
    if not parse.is_word(token):
        return parse.words[token] not in _CLOSES_CONTENT
    return parse.deps[token] == "cc" and parse.pos[token] == "CCONJ"  # not the last word of "as well as"


def trimmed_pieces(parse: Parse, pieces: Iterable[Range]) -> tuple[Range, ...]:
    """Trim every range and leave out the empty ones."""
    return tuple([kept for piece in pieces if (kept := trim(parse, piece)) is not None])


def content_of(article: Article, pieces: Iterable[Range]) -> tuple[Span, ...]:
    """Return the code points of a content, marks at its edges left out."""
    spans = []
    for first, last in pieces:
        touched = sorted({*article.quotation_at[first : last + 1]} - {-1})
        spans.append(to_span(article.parse, (first, last), [article.quotations[i] for i in touched]))
    return tuple(spans)


def to_span(parse: Parse, piece: Range, touched: Iterable[Quotation]) -> Span:
    """Return the code points of a token range without quotation marks around the whole.

    A mark that belongs to a quotation inside the content stays, with the stop
    inside it: "the breakwater was “a very expensive hammock.”" ends after the
    closing mark.
    """
    text = parse.text
    whole = parse.span(*piece)
    start, end = whole.start, whole.end
    for quotation in touched:
        inner, outer = quotation.inner, quotation.outer
        opens = _is_bare(text, inner.start, start)
        only_marks_around = _is_bare(text, start, inner.start) and _is_bare(text, inner.end, end)
        if outer.contains(Span(start, end)) or only_marks_around:
            start = inner.start if opens else max(start, inner.start)
            end = inner.end if _is_bare(text, end, inner.end) else min(end, inner.end)
            start = min(start, end)
            continue
        if start < inner.start and _is_bare(text, end, inner.end):
            end = max(end, outer.end)
        if outer.start < start and opens:
            start = outer.start
    return Span(start, end)


def _is_bare(text: str, start: int, end: int) -> bool:
    """Return whether nothing but punctuation is between two places, in this order."""
    return not any(c.isalnum() for c in text[start:end])


def is_title(text: str) -> bool:
    """Return whether every longer word has a capital ("The Weaver's Bride")."""
    return all(word[0].isupper() for word in text.split() if len(word) >= _LONG_WORD)
