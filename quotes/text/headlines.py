"""Tells the headlines above a story from its first paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from quotes.lexicon import words

MOST_HEADLINES = 4
"""A headline, a standfirst and two cross-lines at most."""

_LONGEST = 200
_FULL_STOP = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_TURN_LABEL = re.compile(r"(?:[A-Z][A-Z .'’-]{0,38}|Q|A|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}):")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_SMALL_WORD = 4
_TITLE_CASE = 0.8


def headline_count(lines: Sequence[str], title: str | None) -> int:
    """Return how many of the first lines of a story are headlines.

    A headline is short and ends without a full stop. Where an archive put a
    full stop after it, it must be the given title, or have Capitals in the
    Manner of Titles, or leave out what prose cannot ("Council calls on owners
    to wait."), with longer paragraphs below.

    Args:
        lines: The paragraphs without boilerplate, datelines included.
        title: The title that the caller gave, None without one.

    Returns:
        The count; 0 when the story begins at once.
    """
    labels = Counter(found.group() for line in lines if (found := _TURN_LABEL.match(line)))
    count = 0
    for line in lines[:MOST_HEADLINES]:
        label = _TURN_LABEL.match(line)
        turn = label is not None and labels[label.group()] > 1
        if turn or not _is_headline(line, lines[count + 1 :], title, first=count == 0):
            break
        count += 1
    return count


def same_title(line: str, title: str) -> bool:
    """Return whether a line is the title, letters and figures compared only."""
    return _letters(line) == _letters(title)


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _is_headline(line: str, below: Sequence[str], title: str | None, *, first: bool) -> bool:
    if len(line) > _LONGEST:
        return False
    if title is not None and first and same_title(line, title):
        return True
    if _FULL_STOP.search(line) is None:
        return line[-1] not in ",;" or (first and line[-1] == ";")
    if not first or line.endswith(":") or len(below) < 2:
        return False
    found = _WORD.findall(line)
    return _is_title_case(found) or (_leaves_gaps(found) and len(below[0]) > 2 * len(line))


def _is_title_case(found: Sequence[str]) -> bool:
    long = [word for word in found if len(word) >= _SMALL_WORD]
    return len(long) >= 4 and sum(word[0].isupper() for word in long) >= _TITLE_CASE * len(long)


def _leaves_gaps(found: Sequence[str]) -> bool:
    """Return whether a line has the length of a headline and none of prose's small words."""
    return 4 <= len(found) <= 14 and not any(word.lower() in words("headline_gaps") for word in found)
