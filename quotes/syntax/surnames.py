"""Finds surnames that are words of bodies, outlets or months too: "Amy Church said. Church added ..."."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from quotes.lexicon import table, words
from quotes.lexicon.entries import WEEKDAYS_AND_MONTHS, first_name_gender, honorific, word_class

_WORD_BEFORE = re.compile(r"(?:^|(?<=\s)|(?<=[^\w\s]))([\w.’'-]+)\s+$")
_NEARBY = 40
"""Code points around a word within which the words beside it are looked for."""


@cache
def _pattern() -> re.Pattern[str]:
    every = "|".join(sorted(map(str.capitalize, words("surname_words"))))
    # "House of Commons" and "Press Gazette" are no people; "Grace House MP" is one.
    return re.compile(rf"(?<![\w-])(?:{every})(?![\w-])(?!\s+of\b)(?!\s+(?:[A-Z][a-z]|\d|&))")


@lru_cache(maxsize=8)
def surname_starts(text: str) -> frozenset[int]:
    """Return where the words of a text start that look like other words and are surnames.

    A word is a surname where it follows a first name or a courtesy title, and then, alone, in the
    rest of the text: "Felix March", "March said", but "in March", "the Post", "High Court".
    """
    found = [(match.start(), match[0], _word_before(text, match.start())) for match in _pattern().finditer(text)]
    full = {start: word for start, word, before in found if _opens_name(text, start, before)}
    named = frozenset(full.values())
    alone = [start for start, word, before in found if word in named and _is_alone(text, start, word, before)]
    return frozenset((*full, *alone))


def with_everyday_surnames(text: str, piece: str, offset: int) -> str:
    """Return a piece of a text, of the same length, in which these surnames read like any other.

    Taggers trained on news take "March added" for a month and "House said" for a parliament.
    """
    kept, end = [], 0
    for start in sorted(s - offset for s in surname_starts(text) if 0 <= s - offset < len(piece)):
        word = _pattern().match(piece, start)
        if word is not None:
            kept += [piece[end:start], table("surname_words")[word[0].lower()][0]]
            end = word.end()
    return "".join((*kept, piece[end:]))


def _word_before(text: str, start: int) -> str:
    """Return the word right before a place on its line, "" after a mark or a line break."""
    found = _WORD_BEFORE.search(text[max(0, start - _NEARBY) : start])
    return found[1] if found is not None else ""


def _opens_name(text: str, start: int, before: str) -> bool:
    """Return whether the word before a surname is a first name, an initial after one, or a courtesy title."""
    if not before[:1].isupper() or before.lower() in WEEKDAYS_AND_MONTHS:
        return False
    title = honorific(before)
    if title is not None and title.office == "-":
        return True
    at = text.rindex(before, 0, start)
    further = _word_before(text, at)
    if len(before.rstrip(".")) == 1:
        return first_name_gender(further) is not None
    is_building = further.lower() in word_class("building_opener")
    return first_name_gender(before) is not None and not is_building


def _is_alone(text: str, start: int, word: str, before: str) -> bool:
    """Return whether a word that is somebody's surname means that person here, no body and no month."""
    small = before.lower()
    if word.lower() in WEEKDAYS_AND_MONTHS:
        after = text[start + len(word) :][:_NEARBY].split(maxsplit=1)[:1]
        if small in word_class("month_opener") or small.isdigit() or small[:-2].isdigit():
            return False
        if after and after[0].lower() in word_class("wishing_may_subject"):
            return False
    if small in word_class("name_determiner") or small in word_class("building_opener"):
        return False
    capital = before[:1].isupper()
    return not capital or small in word_class("sentence_opener") or small in WEEKDAYS_AND_MONTHS
