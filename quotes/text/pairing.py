"""Pairs the quotation marks of one paragraph, and finds where one without a partner ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from quotes.lexicon import words
from quotes.text.marks import Family, Lean, Sign, may_be_inches, read_signs
from quotes.text.spans import Span

_LONGEST_POSSESSIVE_QUOTATION = 80
SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bSen)(?<!\bRep)(?<!\bGov)"
    r"[.!?…](?=\s+[A-Z\"“‘'])"
)
"""The last mark of a sentence that another one follows."""


@dataclass(slots=True)
class OpenMark:
    """An opening mark that waits for its closing one.

    Attributes:
        sign: The mark.
        end: Where the words begin, behind the mark and a doubled one.
    """

    sign: Sign
    end: int


@dataclass(frozen=True, slots=True)
class Paired:
    """The signs of one paragraph after pairing.

    Attributes:
        pairs: (start, end of the opening mark, start and end of the closing mark).
        unclosed: Opening marks without a closing one, in order.
        first_stray: The first sign, when it is a closing mark that closes nothing.
        opener: The sign that the paragraph begins with, when it opens.
    """

    pairs: tuple[tuple[int, int, int, int], ...]
    unclosed: tuple[OpenMark, ...]
    first_stray: Sign | None
    opener: Sign | None


UNMARKED = Paired((), (), None, None)
"""What a paragraph without quotation marks gives."""


def pair(text: str, body: Span) -> Paired:
    """Pair the quotation marks of one paragraph.

    Args:
        text: The document's text.
        body: The paragraph, or what of it is article text.

    Returns:
        The pairs, and what found no partner.
    """
    signs = read_signs(text, body)
    if not signs:
        return UNMARKED
    pairing = _Pairing(text, _next_closings(signs))
    for index, sign in enumerate(signs):
        pairing.add(index, sign)
    first = signs[0]
    starts = not text[body.start : first.span.start].strip()
    opener = first if starts and pairing.opened_at(first.span.start) else None
    return Paired(tuple(pairing.pairs), tuple(pairing.stack), pairing.first_stray, opener)


def _next_closings(signs: Sequence[Sign]) -> tuple[bool, ...]:
    """Return of each sign whether the next of its family closes, rather than opens."""
    after: dict[Family, bool] = {}
    closings: list[bool] = []
    for sign in reversed(signs):
        closings.append(after.get(sign.family, False))
        if sign.lean is not Lean.POSSESSIVE:
            after[sign.family] = sign.lean in (Lean.CLOSES, Lean.MAY_CLOSE)
    return tuple(reversed(closings))


class _Pairing:
    """Matches the signs of a paragraph with a stack of opening marks."""

    def __init__(self, text: str, next_closes: tuple[bool, ...]) -> None:
        self.text = text
        self.next_closes = next_closes
        self.stack: list[OpenMark] = []
        self.places: dict[Family, list[int]] = {family: [] for family in Family}
        self.pairs: list[tuple[int, int, int, int]] = []
        self.first_stray: Sign | None = None

    def add(self, index: int, sign: Sign) -> None:
        """Take the next sign: open, close or pass over."""
        places = self.places[sign.family]
        if sign.lean is Lean.OPENS or (sign.lean is Lean.MAY_OPEN and not self._inverted(sign)):
            self._open(sign)
        elif sign.lean is Lean.POSSESSIVE:
            if places and self._ends_at_possessive(index, sign):
                self._close(sign)
        elif places:
            if not (self.next_closes[index] and may_be_inches(self.text, sign)):
                self._close(sign)
        elif sign.lean is Lean.EITHER or sign.glyph in ("“", "»", "›"):
            self._open_if_text_follows(sign)
        elif not self.pairs and sign.family is not Family.SINGLE and not may_be_inches(self.text, sign):
            self.first_stray = self.first_stray or sign

    def opened_at(self, start: int) -> bool:
        """Return whether the sign at a place opened a quotation."""
        paired = any(pair[0] == start for pair in self.pairs)
        return paired or any(waiting.sign.span.start == start for waiting in self.stack)

    def _inverted(self, sign: Sign) -> bool:
        """Close with a mark that opens by its shape, as in »so«."""
        places = self.places[sign.family]
        if sign.glyph == "”" or not places or self.stack[places[-1]].sign.glyph not in ("»", "›"):
            return False
        self._close(sign)
        return True

    def _open(self, sign: Sign) -> None:
        top = self.stack[-1] if self.stack else None
        if top and top.end == sign.span.start and top.sign.family is sign.family:
            # ““We never knew” has one quotation and a slip of the keyboard.
            top.end = sign.span.end
            return
        self.places[sign.family].append(len(self.stack))
        self.stack.append(OpenMark(sign, sign.span.end))

    def _open_if_text_follows(self, sign: Sign) -> None:
        following = self.text[sign.span.end : sign.span.end + 2].strip()
        inside_word = self.text[max(0, sign.span.start - 1) : sign.span.start].isalnum()
        if following and not (inside_word and sign.glyph in "»›"):
            self._open(sign)

    def _close(self, sign: Sign) -> None:
        place = self.places[sign.family][-1]
        if sign.lean is Lean.POSSESSIVE and place != len(self.stack) - 1:
            return
        opened = self.stack[place]
        for dropped in self.stack[place:]:
            self.places[dropped.sign.family].pop()
        del self.stack[place:]
        if self.text[opened.end : sign.span.start].strip():
            self.pairs.append((opened.sign.span.start, opened.end, sign.span.start, sign.span.end))

    def _ends_at_possessive(self, index: int, sign: Sign) -> bool:
        """Return whether a mark behind a plural s closes what is open.

        In 'It isn't the councils' money,' a plain closing mark comes later: it is
        an apostrophe. In the 'ghosts' of the past it is what closes.
        """
        opened = self.stack[self.places[sign.family][-1]]
        if self.next_closes[index]:
            return False
        inner = self.text[opened.end : min(sign.span.start, opened.end + _LONGEST_POSSESSIVE_QUOTATION + 1)]
        return len(inner) <= _LONGEST_POSSESSIVE_QUOTATION and SENTENCE_END.search(inner) is None


@cache
def _plain_cue() -> re.Pattern[str]:
    """Return the pattern of a comma and a cue clause that no longer belong to a quotation."""
    verb = f"(?:{'|'.join(sorted(words('plain_cues')))})"
    name = r"(?:[A-Z][\w.'’-]*\s){1,4}"
    described = r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Oo]ne)\s(?:[\w'’-]+\s){1,4}"
    no_speaker = "to|that|so|it|if|in|on|at|of|by|for|yes|no|nothing|me|us|him|them|you|what|when|where|why"
    inverted = rf"{verb}\s(?!(?:{no_speaker})\b)[\w“‘]"
    spoke = rf"(?:{verb}(?=[.,;:]|\s(?:on|in|at|after|during|as)\b)|told\s(?!(?:{no_speaker}|her)\b)\w)"
    upright = rf"(?:(?:he|she|they)\s|{name}|{described}){spoke}"
    return re.compile(rf"[,?!—–]\s{{1,3}}(?:{inverted}|{upright})")


def end_before_cue(text: str, start: int, end: int) -> int | None:
    """Return where a plain cue clause begins behind a quotation whose closing mark was lost.

    In '"The brakes were checked on the Monday, said X.' that is right behind the comma.

    Args:
        text: The document's text.
        start: First code point of the quotation.
        end: Where to stop looking.

    Returns:
        The end of the quotation, its comma included; None without a plain cue.
    """
    found = _plain_cue().search(text, start, end)
    return None if found is None else found.start() + 1
