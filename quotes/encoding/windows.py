"""Cuts a document into the windows that the encoder reads.

A window holds as many whole paragraphs as fit; a paragraph that is longer than a window is cut between
tokens. Each token of the parse is represented by its first word piece.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotes.syntax.parse import Parse

MOST_PIECES = 320
"""Word pieces of the longest window, without the two marks at its ends."""


@dataclass(frozen=True, slots=True)
class Windows:
    """A document as the encoder reads it.

    Attributes:
        pieces: Numbers of the word pieces of each window, without the marks at its ends.
        place_of: For each token of the parse the place of its first piece among those of all
            windows; that of the token before where it has none.
    """

    pieces: tuple[tuple[int, ...], ...]
    place_of: tuple[int, ...]


def windows_of(parse: Parse, pieces_of: Callable[[Sequence[str]], Sequence[Sequence[int]]]) -> Windows:
    """Return the windows of a document.

    ``pieces_of`` gives the numbers of the word pieces of each of some words.
    """
    each = pieces_of(parse.words)
    bounds = _bounds([len(pieces) for pieces in each], parse.paragraphs)
    place_of: list[int] = []
    place = 0
    for pieces in each:
        place_of.append(place if pieces else max(0, place - 1))
        place += len(pieces)
    return Windows(
        tuple(tuple(piece for pieces in each[first:end] for piece in pieces) for first, end in bounds),
        tuple(place_of),
    )


def _bounds(lengths: Sequence[int], paragraphs: Sequence[int]) -> list[tuple[int, int]]:
    """Return first token and end of each window."""
    starts = [0, *(t for t in range(1, len(lengths)) if paragraphs[t] != paragraphs[t - 1]), len(lengths)]
    out: list[tuple[int, int]] = []
    begin = used = 0
    for first, end in pairwise(starts):
        size = sum(lengths[first:end])
        if used and used + size > MOST_PIECES:
            out.append((begin, first))
            begin, used = first, 0
        if size <= MOST_PIECES:
            used += size
            continue
        for token in range(first, end):
            if used and used + lengths[token] > MOST_PIECES:
                out.append((begin, token))
                begin, used = token, 0
            used += lengths[token]
    return [*out, (begin, len(lengths))] if used else out
