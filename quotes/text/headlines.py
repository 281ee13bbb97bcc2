"""Tells the headlines above a story from its first paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from quotes.lexicon import words
from quotes.text.normalization import CAPITAL

_MOST_HEADLINES = 4
"""A headline, a standfirst and two cross-lines at most."""

_LONGEST = 200
_FULL_STOP = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_TURN_LABEL = re.compile(
    rf"(?:{CAPITAL}(?:{CAPITAL}|[ .'’-]){{0,38}}|{CAPITAL}[\w.'’-]+(?: {CAPITAL}[\w.'’-]+){{0,3}}):"
)
_TIMED_LABEL = re.compile(rf"{CAPITAL}[\w .'’-]{{1,40}} [\[(]\d{{1,2}}:\d\d(?::\d\d)?[\])]")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_SMALL_WORD = 4
_TITLE_CASE = 0.8


def headline_count(lines: Sequence[str], title: str | None) -> int:
    """Return how many of the first lines of a story are headlines.

    A headline is short and ends without a full stop. Where an archive put a
    full stop after it, it must be the given title, or have Capitals in the
    Manner of Titles, or leave out what prose cannot ("Council calls on owners
    to wait."), with longer paragraphs below. The lines are the paragraphs
    without boilerplate; the title is what the caller gave.
    """
    labels = Counter(found.group() for line in lines if (found := _TURN_LABEL.match(line)))
    count = 0
    for line in lines[:_MOST_HEADLINES]:
        label = _TURN_LABEL.match(line)
        turn = _TIMED_LABEL.fullmatch(line) or (label is not None and labels[label.group()] > 1)
        if turn or not _is_headline(line, lines[count + 1 :], title, first=count == 0):
            break
        count += 1
    return count


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _is_headline(line: str, below: Sequence[str], title: str | None, *, first: bool) -> bool:
    if len(line) > _LONGEST:
        return False
    if title is not None and first and _letters(line) == _letters(title):
        return True
    if _FULL_STOP.search(line) is None:
        return not line.endswith("," if first else (",", ";"))
    if not first or line.endswith(":") or len(below) < 2:
        return False
    found = _WORD.findall(line)
    long = [word for word in found if len(word) >= _SMALL_WORD]
    if len(long) >= 4 and sum(word[0].isupper() for word in long) >= _TITLE_CASE * len(long):
        return True
    leaves_gaps = 4 <= len(found) <= 14 and words("headline_gaps").isdisjoint(map(str.lower, found))
    return leaves_gaps and len(below[0]) > 2 * len(line)
