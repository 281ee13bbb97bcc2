"""Who speaks on a page, in what order, and in which colour."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from quotes.colours import COLOURS, ranked
from quotes.models import UNNAMED, Statement

__all__ = ["COLOURS", "UNNAMED", "Speaker", "Speakers", "speaker_name"]


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
        self.listed = [Speaker(*each) for each in ranked(map(speaker_name, statements), UNNAMED)]
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
    return statement.speaker_name or UNNAMED
