"""Who speaks on a page, in what order, and with which colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

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

Found by a search for the largest least distance (OKLab) between any two of them
as seen with normal sight, protanopia, deuteranopia and tritanopia. Speakers
beyond these take them again; what is never told by colour alone is told by
number, name and line.
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One speaker on the page.

    Attributes:
        name: The name shown; `UNNAMED` for all speakers without one.
        statements: How many statements are theirs.
        colour: Index into `COLOURS`; None for speakers that are not named.
    """

    name: str
    statements: int
    colour: int | None


@dataclass(frozen=True, slots=True)
class Cast:
    """All speakers of a page.

    Attributes:
        parts: Those with the most statements first, those not named last.
        index: Place in ``parts`` by name.
    """

    parts: tuple[Part, ...]
    index: dict[str, int]

    def place(self, statement: Statement) -> int:
        """Return the place in ``parts`` of a statement's speaker."""
        return self.index[speaker_name(statement)]

    def colour(self, statement: Statement) -> int | None:
        """Return the colour of a statement's speaker."""
        return self.parts[self.place(statement)].colour


def speaker_name(statement: Statement) -> str:
    """Return the name under which a statement's speaker is listed."""
    speaker = statement.speaker
    return UNNAMED if speaker is None or not speaker.name else speaker.name


def cast_of(statements: Iterable[Statement]) -> Cast:
    """Return the speakers of statements; each name has one colour on the whole page."""
    counts = Counter(speaker_name(statement) for statement in statements)
    unnamed = counts.pop(UNNAMED, 0)
    parts = [
        Part(name, number, place % len(COLOURS)) for place, (name, number) in enumerate(counts.most_common())
    ]
    if unnamed:
        parts.append(Part(UNNAMED, unnamed, None))
    return Cast(tuple(parts), {part.name: place for place, part in enumerate(parts)})
