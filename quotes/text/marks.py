"""Reads every quotation mark of a paragraph for what it looks like on its own.

A mark is judged by its shape and by the characters beside it only: ``"`` with white space
before it and a word after it opens, one after a word or a full stop closes.
Apostrophes ("isn't", "the councils' money", "'98") and measurements (6'2", a 12"
hinge) look like marks and are told apart here; what a mark's own surroundings
leave open is for the pairing, in `quotes.text.quotations`, to decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from quotes.lexicon import table
from quotes.text.spans import Span


class Family(Enum):
    """Marks that can close each other."""

    DOUBLE = "double"
    SINGLE = "single"
    GUILLEMET = "guillemet"
    SINGLE_GUILLEMET = "single guillemet"


class Direction(Enum):
    """What a mark looks like on its own.

    ``OPENS`` and ``CLOSES`` are plain. ``MAY_OPEN`` and ``MAY_CLOSE`` say what
    the mark does unless the marks before it speak against it. ``EITHER`` closes
    what is open and opens otherwise. ``POSSESSIVE`` closes, or is the apostrophe
    of a plural ("the councils' money") or a dropped letter ("goin' home").
    """

    OPENS = "opens"
    CLOSES = "closes"
    MAY_OPEN = "may open"
    MAY_CLOSE = "may close"
    EITHER = "either"
    POSSESSIVE = "possessive"


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark in the text.

    Attributes:
        span: Its code points; two for TeX marks (````, '').
        family: The marks it can pair with.
        direction: What it looks like.
        glyph: The mark as written.
    """

    span: Span
    family: Family
    direction: Direction
    glyph: str


_MARK = re.compile(r"``|(?<=\S)'(?='')(?!''')|''|‘‘|’’|[\"“”„‟＂«»‹›'‘’‚‛`]")
"""``'''`` after a word is ``'`` and then ``''``."""
_RUN = re.compile(rf"(?:{_MARK.pattern})+")
_MEASUREMENT = re.compile(r"\d\s?['’]\s?\d{1,2}(?:½|¼|¾|\.\d)?\s?(?:''|’’|[\"”])")
"""Feet and inches or minutes and seconds: 6'2", 51°30'12"."""
_AND = re.compile(r"(?<!\w)['‘’]n['’](?!\w)")
"""The "and" of "rock 'n' roll"."""
_INCHES = re.compile(r"(?<![\d.,])(?!(?:1[5-9]|20)\d\d(?!\d))\d[\d.,/]*$")
"""A number that ends right before a mark, other than a year."""
_WORD = re.compile(r"[^\W\d_]+|\d+")
_PLURAL_S = re.compile(r"s\b")
"""What follows the apostrophe of "the M.P.'s vote"."""
_DROPPED_LETTER = re.compile(r"(?:s|in|\bo|\bol|\ban|z|x)$", re.IGNORECASE)

_SINGLE = frozenset("'‘’‚‛`")
_OPENING_BRACKETS = frozenset("([{<")
_DASHES = frozenset("-—–―‒/|>*_•")
_CLOSING = frozenset(")]},.;:!?…")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\x00")


def find_marks(text: str, span: Span) -> tuple[Mark, ...]:
    """Return the quotation marks of a paragraph in order, without apostrophes and measurements."""
    skipped = {
        at
        for pattern in (_MEASUREMENT, _AND)
        for found in pattern.finditer(text, span.start, span.end)
        for at in range(found.start(), found.end())
    }
    marks = (
        _judged(text, Span(*found.span()), span, *around)
        for run in _RUN.finditer(text, span.start, span.end)  # marks that touch share what is around them
        for around in (_context(text, span, *run.span()),)
        for found in _MARK.finditer(text, *run.span())
        if found.start() not in skipped
    )
    return tuple(mark for mark in marks if mark is not None)


def _context(text: str, span: Span, start: int, end: int) -> tuple[str, str]:
    """Return the visible characters around a run of marks, "" at a paragraph's edge."""
    start -= 1
    while start >= span.start and text[start] in _INVISIBLE:
        start -= 1
    while end < span.end and text[end] in _INVISIBLE:
        end += 1
    return text[start] if start >= span.start else "", text[end] if end < span.end else ""


def _judged(text: str, mark: Span, paragraph: Span, before: str, after: str) -> Mark | None:
    """Return the mark with its direction, None for an apostrophe."""
    glyph = mark.of(text)
    if glyph in "«»‹›":
        family = Family.GUILLEMET if glyph in "«»" else Family.SINGLE_GUILLEMET
        return Mark(mark, family, _guillemet_direction(glyph, before, after), glyph)
    direction = _direction_by_context(text, mark, before, after)
    if glyph not in _SINGLE:
        return Mark(mark, Family.DOUBLE, _double_direction(glyph, direction, before, after), glyph)
    single = _single_direction(text, mark, paragraph, direction, before, after)
    return None if single is None else Mark(mark, Family.SINGLE, single, glyph)


def _direction_by_context(text: str, mark: Span, before: str, after: str) -> Direction:
    opens = not before or before.isspace() or before in _OPENING_BRACKETS or before in _DASHES
    closes = not after or after.isspace() or after in _CLOSING or after in _DASHES
    leading_dots = after == "…" or text.startswith("..", mark.end)
    if opens and after and leading_dots and before not in _DASHES:
        # He said: "...and that was all." opens, although a full stop follows the mark.
        closes = False
    if opens == closes:
        return Direction.EITHER
    return Direction.OPENS if opens else Direction.CLOSES


def _guillemet_direction(glyph: str, before: str, after: str) -> Direction:
    """French marks point outwards (« x »), German ones inwards (»x«)."""
    touches_left = bool(before) and not before.isspace() and before not in _OPENING_BRACKETS
    touches_right = bool(after) and not after.isspace() and after not in _CLOSING
    if glyph in "«‹":
        return Direction.MAY_CLOSE if touches_left and not touches_right else Direction.MAY_OPEN
    return Direction.MAY_OPEN if touches_right and not touches_left else Direction.MAY_CLOSE


def _double_direction(glyph: str, direction: Direction, before: str, after: str) -> Direction:
    """Let the shape decide, unless the characters beside it plainly say the opposite."""
    if glyph in ("„", "‟", "``", "‘‘"):
        return Direction.OPENS
    if glyph == "“":
        # "an “expedited review“ of the wells": a closing mark in the wrong shape.
        return Direction.MAY_CLOSE if direction is Direction.CLOSES or not after else Direction.OPENS
    if glyph in ("”", "’’"):
        # "so ”appeared to be": an opening mark in the wrong shape.
        return Direction.MAY_OPEN if direction is Direction.OPENS else Direction.CLOSES
    if before == "=" or (direction is Direction.EITHER and before.isalnum()):
        # Inside a word (12"x14") or in markup (href="...") a mark never opens.
        return Direction.CLOSES
    return direction


def _single_direction(
    text: str, mark: Span, paragraph: Span, direction: Direction, before: str, after: str
) -> Direction | None:
    """Return the direction of a single mark, None for an apostrophe."""
    glyph = mark.of(text)
    if before.isalnum() and after.isalnum():
        return None
    if glyph in "‚`":
        return Direction.OPENS if after and not after.isspace() else None
    if direction is Direction.EITHER:
        touches = bool(after) and not after.isspace()
        if glyph == "‘":
            return Direction.OPENS if touches else None
        if before == "." and _PLURAL_S.match(text, mark.end):
            return None
        return Direction.EITHER if touches and glyph == "'" else Direction.CLOSES
    if direction is Direction.CLOSES:
        # The apostrophe after a plural or a dropped letter looks the same.
        stem = text[max(paragraph.start, mark.start - 4) : mark.start]
        goes_on = after.isspace() and text[mark.end + 1 : mark.end + 2].isalnum()
        dropped = before.isalpha() and goes_on and _DROPPED_LETTER.search(stem)
        return Direction.POSSESSIVE if dropped else Direction.CLOSES
    if _is_elision(text, mark.end):
        return None
    # A lone ’ before a word is an apostrophe ("’til"); only "he said, ’Never ..." opens.
    return None if glyph == "’" and not after.isupper() else Direction.OPENS


def _is_elision(text: str, at: int) -> bool:
    """Return whether the word at a place is one that begins with an apostrophe ('tis, '98)."""
    word = _WORD.match(text, at)
    if word is None:
        return False
    if word.group().isdigit():
        return len(word.group()) == 2
    fields = table("elisions").get(word.group().lower())
    return fields is not None and (not fields or word.group().islower())


def may_be_inches(text: str, mark: Mark) -> bool:
    """Return whether a double mark follows a number that is no year (a 12" hinge)."""
    start = mark.span.start
    if mark.glyph not in ('"', "”", "''") or not text[max(0, start - 1) : start].isdigit():
        return False
    return _INCHES.search(text[max(0, start - 12) : start]) is not None
