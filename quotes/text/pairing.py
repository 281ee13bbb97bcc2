"""Pairs the quotation marks of one paragraph, and finds where one without a partner ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from quotes.lexicon import words
from quotes.text.marks import Direction, Family, Mark, find_marks, may_be_inches
from quotes.text.spans import Span

_LONGEST_POSSESSIVE_QUOTATION = 80
SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bSen)(?<!\bRep)(?<!\bGov)"
    r"[.!?…](?=\s+[A-Z\"“‘'])"
)
"""The last mark of a sentence that another one follows."""


@dataclass(slots=True)
class OpenMark:
    """An opening mark that waits for its closing one."""

    mark: Mark
    end: int
    """Where the words begin, after the mark and a doubled one."""


class Pairing:
    """The quotation marks of one paragraph, matched with a stack of opening marks.

    Attributes:
        pairs: (start, end of the opening mark, start and end of the closing mark).
        unclosed: Opening marks without a closing one, in order.
        first_stray: The first mark, when it is a closing mark that closes nothing.
        opener: The mark that the paragraph begins with, when it opens.
    """

    def __init__(self, text: str, body: Span) -> None:
        marks = find_marks(text, body)
        self.pairs: list[tuple[int, int, int, int]] = []
        self.unclosed: list[OpenMark] = []
        self.first_stray: Mark | None = None
        self._text = text
        self._next_closes = _next_closings(marks)
        self._places: dict[Family, list[int]] = {family: [] for family in Family}
        for index, mark in enumerate(marks):
            self._add(index, mark)
        opened = {pair[0] for pair in self.pairs} | {waiting.mark.span.start for waiting in self.unclosed}
        starts = bool(marks) and not text[body.start : marks[0].span.start].strip()
        self.opener = marks[0] if starts and marks[0].span.start in opened else None

    def _add(self, index: int, mark: Mark) -> None:
        """Take the next mark: open, close or pass over."""
        places = self._places[mark.family]
        if mark.direction is Direction.OPENS or (mark.direction is Direction.MAY_OPEN and not self._inverted(mark)):
            self._open(mark)
        elif mark.direction is Direction.POSSESSIVE:
            if places and self._ends_at_possessive(index, mark):
                self._close(mark)
        elif places:
            if not (self._next_closes[index] and may_be_inches(self._text, mark)):
                self._close(mark)
        elif mark.direction is Direction.EITHER or mark.glyph in ("“", "»", "›"):
            self._open_if_text_follows(mark)
        elif not self.pairs and mark.family is not Family.SINGLE and not may_be_inches(self._text, mark):
            self.first_stray = self.first_stray or mark

    def _inverted(self, mark: Mark) -> bool:
        """Close with a mark that opens by its shape, as in »so«."""
        places = self._places[mark.family]
        if mark.glyph == "”" or not places or self.unclosed[places[-1]].mark.glyph not in ("»", "›"):
            return False
        self._close(mark)
        return True

    def _open(self, mark: Mark) -> None:
        top = self.unclosed[-1] if self.unclosed else None
        if top and top.end == mark.span.start and top.mark.family is mark.family:
            # ““We never knew” has one quotation and a slip of the keyboard.
            top.end = mark.span.end
            return
        self._places[mark.family].append(len(self.unclosed))
        self.unclosed.append(OpenMark(mark, mark.span.end))

    def _open_if_text_follows(self, mark: Mark) -> None:
        following = self._text[mark.span.end : mark.span.end + 2].strip()
        inside_word = self._text[max(0, mark.span.start - 1) : mark.span.start].isalnum()
        if following and not (inside_word and mark.glyph in "»›"):
            self._open(mark)

    def _close(self, mark: Mark) -> None:
        place = self._places[mark.family][-1]
        if mark.direction is Direction.POSSESSIVE and place != len(self.unclosed) - 1:
            return
        opened = self.unclosed[place]
        for dropped in self.unclosed[place:]:
            self._places[dropped.mark.family].pop()
        del self.unclosed[place:]
        if self._text[opened.end : mark.span.start].strip():
            self.pairs.append((opened.mark.span.start, opened.end, mark.span.start, mark.span.end))

    def _ends_at_possessive(self, index: int, mark: Mark) -> bool:
        """Return whether a mark after a plural s closes what is open.

        In 'It isn't the councils' money,' a plain closing mark comes later: it is
        an apostrophe. In the 'ghosts' of the past it is what closes.
        """
        if self._next_closes[index]:
            return False
        opened = self.unclosed[self._places[mark.family][-1]]
        inner = self._text[opened.end : min(mark.span.start, opened.end + _LONGEST_POSSESSIVE_QUOTATION + 1)]
        return len(inner) <= _LONGEST_POSSESSIVE_QUOTATION and SENTENCE_END.search(inner) is None


def _next_closings(marks: Sequence[Mark]) -> tuple[bool, ...]:
    """Return of each mark whether the next of its family closes, rather than opens."""
    after: dict[Family, bool] = {}
    closings: list[bool] = []
    for mark in reversed(marks):
        closings.append(after.get(mark.family, False))
        if mark.direction is not Direction.POSSESSIVE:
            after[mark.family] = mark.direction in (Direction.CLOSES, Direction.MAY_CLOSE)
    return tuple(reversed(closings))


@cache
def _lost_mark_cue() -> re.Pattern[str]:
    """Return the pattern of a comma and a cue clause that no longer belong to a quotation."""
    verb = f"(?:{'|'.join(sorted(words('plain_cues')))})"
    name = r"(?:[a-z][\w-]*\s){0,2}(?:[A-Z][\w.'’-]*\s){1,4}"
    described = r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Oo]ne)\s(?:[\w'’-]+\s){1,4}"
    no_speaker = "to|that|so|it|if|in|on|at|of|by|for|yes|no|nothing|me|us|him|them|you|what|when|where|why"
    inverted = rf"{verb}\s(?!(?:{no_speaker})\b)[\w“‘]"
    spoke = rf"(?:{verb}(?=[.,;:]|\s(?:on|in|at|after|during|as)\b)|told\s(?!(?:{no_speaker}|her)\b)\w)"
    upright = rf"(?:(?:he|she|they)\s|{name}|{described}){spoke}"
    return re.compile(rf"[,?!—–]\s{{1,3}}(?:{inverted}|{upright})")


def end_before_cue(text: str, start: int, end: int) -> int | None:
    """Return where a plain cue clause begins after a quotation whose closing mark was lost.

    In '"The brakes were checked on the Monday, said X.' that is right after the
    comma. The quotation begins at ``start``; None without a plain cue.
    """
    found = _lost_mark_cue().search(text, start, end)
    return None if found is None else found.start() + 1
