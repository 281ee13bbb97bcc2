"""Who speaks on a page, in what order, and in which colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain, repeat
from typing import NamedTuple

from quotes.models import Statement

UNNAMED = "Speaker not named"
COLOURS = (
    ("#1e4dc5", "#5ad6ff"),
    ("#d13000", "#ff8b0c"),
    ("#095d47", "#3cc478"),
    ("#bc3487", "#ffa4bf"),
    ("#5c7223", "#ffdb4a"),
    ("#1e0460", "#a375f9"),
    ("#710028", "#c07193"),
    ("#1a74aa", "#c2f4cd"),
)
"""Colours on a light and on a dark page.

Found by a search for the largest minimum distance (OKLab) between any two of
them as seen with normal sight, protanopia, deuteranopia and tritanopia. They go
to the most quoted speakers and no colour to two; nothing is told by colour
alone, but also by number, name and line.
"""


class Speaker(NamedTuple):
    """A speaker on the page; all those without a name are one, `UNNAMED`."""

    name: str
    statements: int
    """How many are theirs."""
    colour: int | None
    """Index into `COLOURS`; None for those without a name and beyond the most quoted: they are grey."""


class Speakers:
    """All speakers of some statements, ``listed``: the most quoted first, those without a name last."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        counts = Counter(speaker_name(statement) for statement in statements)
        unnamed = counts.pop(UNNAMED, 0)
        colours = chain(range(len(COLOURS)), repeat(None))
        ranked = zip(counts.most_common(), colours, strict=False)
        self.listed = [Speaker(name, number, colour) for (name, number), colour in ranked]
        if unnamed:
            self.listed.append(Speaker(UNNAMED, unnamed, None))
        self._places = {speaker.name: place for place, speaker in enumerate(self.listed)}

    def place(self, statement: Statement) -> int:
        """Return the place of a statement's speaker in the list."""
        return self._places[speaker_name(statement)]

    def hue(self, statement: Statement) -> str:
        """Return the CSS class that gives a statement its speaker's colour."""
        colour = self.colour(statement)
        return "unnamed" if colour is None else f"c{colour}"

    def colour(self, statement: Statement) -> int | None:
        """Return the colour of a statement's speaker; None for grey."""
        return self.listed[self.place(statement)].colour


def speaker_name(statement: Statement) -> str:
    """Return the name under which a statement's speaker is listed."""
    speaker = statement.speaker
    return speaker.name if speaker and speaker.name else UNNAMED
