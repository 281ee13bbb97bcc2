"""Collects, where somebody asks, why each decision was taken, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from quotes.syntax.mention import Range

Key = tuple[object, ...]
"""What tells a candidate from all others; see `Candidate.key`."""


class Note(NamedTuple):
    """Why one decision was taken.

    Attributes:
        kind: What was decided: "pronoun", "inherited medium", "refused" ...
        tokens: First and last token of the words it is about, None for the whole document.
        message: The reason, a sentence.
        candidate: The candidate it is about, empty where it is about a mention.
    """

    kind: str
    tokens: Range | None
    message: str
    candidate: Key = ()


@dataclass(slots=True)
class Trace:
    """The notes that the stages leave on their way through an article, in order.

    Attributes:
        notes: The notes.
        offset: Gives for a place of the article its place in the text as it was given.
    """

    notes: list[Note] = field(default_factory=list)
    offset: Callable[[int], int] = int

    def note(self, kind: str, tokens: Range | None, message: str, candidate: Key = ()) -> None:
        """Record why one decision was taken; see `Note`."""
        self.notes.append(Note(kind, tokens, message, candidate))
