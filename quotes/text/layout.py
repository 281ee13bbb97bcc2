"""Finds the paragraphs of a text by its line breaks, hard-wrapped or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quotes.lexicon import words
from quotes.text.spans import Span, trimmed

_LINE = re.compile("[^\n\r\u2028\u2029]+")
_BREAK = "(?>\r\n|[\n\r\u2028\u2029])"
_BLANK_LINES = re.compile(f"{_BREAK}[^\\S\n\r\u2028\u2029]*{_BREAK}")
_INVISIBLE = (
    "\x00\x01\x02\x03\x04\x05\x06\x07\x08\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
)
"""Characters that, at the ends of a line, are no part of its text."""

_LONGEST_WRAPPED_LINE = 110
_NARROWEST_COLUMN = 22
_FULL_LINES = 0.6
_RUNNING_ON = 0.4
_ALL_FULL = 0.8
_FEWEST_PAIRS = 6
"""Line breaks inside blocks that show how a whole text is wrapped."""
_PROSE_LINE = 40
"""Fewest code points of a line that is plainly prose, not part of a list or a title."""
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")


def line_spans(text: str) -> tuple[Span, ...]:
    """Return the lines of a text that are not blank, without white space at their ends."""
    lines = (trimmed(text, Span(*found.span()), _INVISIBLE) for found in _LINE.finditer(text))
    return tuple(filter(len, lines))


def paragraph_spans(text: str) -> tuple[Span, ...]:
    r"""Return the paragraphs of a text.

    A line is a paragraph, except in hard-wrapped text, where a block of full
    lines between blank lines is one, and where every line of a block but the first goes
    on in lower case ("The" / "mayor said ...").

    Line breaks are ``\n``, ``\r\n``, ``\r``, U+2028 and U+2029. Blank paragraphs
    and white space at the ends are left out.
    """
    spans: list[Span] = []
    blocks = tuple(_blocks(text))
    column = _column(text, blocks)
    for block in blocks:
        if column is not None:
            spans.extend(_filled(text, block, column))
            continue
        first = _first_wrapped_line(text, block)
        spans.extend(block[:first])
        if first < len(block):
            spans.append(Span(block[first].start, block[-1].end))
    return tuple(spans)


def _column(text: str, blocks: Sequence[Sequence[Span]]) -> int | None:
    """Return the column at which a whole text is wrapped, None where its lines are paragraphs."""
    width = max((len(line) for block in blocks for line in block), default=0)
    pairs = [pair for block in blocks for pair in pairwise(block)]
    if len(pairs) < _FEWEST_PAIRS or not _NARROWEST_COLUMN <= width <= _LONGEST_WRAPPED_LINE:
        return None
    full = sum(_is_full(text, line, below, width) for line, below in pairs)
    running = sum(_goes_on_in_lower_case(text, line, below) for line, below in pairs)
    return width if full >= _ALL_FULL * len(pairs) and running >= _RUNNING_ON * len(pairs) else None


def _filled(text: str, block: Sequence[Span], column: int) -> Iterator[Span]:
    """Yield the paragraphs of a block in a text wrapped at a column; a line with room left ends one."""
    start = block[0].start
    for line, below in pairwise(block):
        if not _is_full(text, line, below, column):
            yield Span(start, line.end)
            start = below.start
    yield Span(start, block[-1].end)


def _blocks(text: str) -> Iterator[list[Span]]:
    """Yield the lines between blank lines."""
    block: list[Span] = []
    for found in _LINE.finditer(text):
        line = trimmed(text, Span(*found.span()), _INVISIBLE)
        if block and (not len(line) or _BLANK_LINES.search(text, block[-1].end, found.start())):
            yield block
            block = []
        if len(line):
            block.append(line)
    if block:
        yield block


def _first_wrapped_line(text: str, block: Sequence[Span]) -> int:
    """Return from which line on a block is hard-wrapped; its length when it is not.

    A byline or a headline may stand right above the wrapped lines.
    """
    if len(block) < 2:
        return len(block)
    pairs, ended = list(pairwise(block)), _ends_sentence(text, block[-1])
    if ended and all(_goes_on_in_lower_case(text, line, below) for line, below in pairs):
        return 0
    width = max(map(len, block))
    if width > _LONGEST_WRAPPED_LINE or width < _NARROWEST_COLUMN:
        return len(block)
    full_lines = [_is_full(text, line, below, width) for line, below in pairs]
    broken = (i for i, full in enumerate(full_lines) if full and not _ends_sentence(text, block[i]))
    first = next(broken, len(pairs))
    if first == len(pairs):
        return len(block)
    pairs, full = pairs[first:], sum(full_lines[first:])
    running = sum(
        _goes_on_in_lower_case(text, line, below) or (ended and _is_broken_prose(text, line)) for line, below in pairs
    )
    ending = sum(_ends_sentence(text, line) for line, _ in pairs)
    wrapped = full >= _FULL_LINES * len(pairs) and running >= _RUNNING_ON * len(pairs) and ending <= len(pairs) / 2
    return first if wrapped else len(block)


def _goes_on_in_lower_case(text: str, line: Span, below: Span) -> bool:
    return text[below.start].islower() and not _ends_sentence(text, line)


def _is_broken_prose(text: str, line: Span) -> bool:
    """Return whether a long line has words that headlines leave out, and no end."""
    found = map(str.lower, line.of(text).split())
    return len(line) >= _PROSE_LINE and not _ends_sentence(text, line) and not words("headline_gaps").isdisjoint(found)


def _is_full(text: str, line: Span, below: Span, width: int) -> bool:
    """Return whether the next line's first word would not have fitted, or hardly."""
    word = text[below.start : below.start + width].split(maxsplit=1)[0]
    return len(line) + 1 + len(word) > width * 0.95


def _ends_sentence(text: str, line: Span) -> bool:
    return _SENTENCE_END.search(text, max(line.start, line.end - 5), line.end) is not None
