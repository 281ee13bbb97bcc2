"""Colours of speakers: which there are, and who gets which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

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


def ranked(names: Iterable[str], unnamed: str) -> list[tuple[str, int, int | None]]:
    """Return each name with how often it comes and its colour, the commonest first and ``unnamed`` last.

    The colour is an index into `COLOURS`; None for ``unnamed`` and beyond the last colour: they are grey.

    >>> ranked(["Bo", "Ann", "?", "Ann"], "?")
    [('Ann', 2, 0), ('Bo', 1, 1), ('?', 1, None)]
    """
    counts = Counter(names)
    last = counts.pop(unnamed, 0)
    found = [
        (name, number, colour if colour < len(COLOURS) else None)
        for colour, (name, number) in enumerate(counts.most_common())
    ]
    return [*found, (unnamed, last, None)] if last else found
