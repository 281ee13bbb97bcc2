"""Collects, where somebody asks, why each decision was taken, in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from quotes.syntax.mention import Range


class Note(NamedTuple):
    """Why one decision was taken.

    Attributes:
        kind: What was decided: "pronoun", "description", "inherited medium" ...
        tokens: First and last token of the words it is about, None for the whole document.
        message: The reason, a sentence.
    """

    kind: str
    tokens: Range | None
    message: str


@dataclass(slots=True)
class Trace:
    """The notes that the stages leave on their way through an article, in order."""

    notes: list[Note] = field(default_factory=list)

    def note(self, kind: str, tokens: Range | None, message: str) -> None:
        """Record why one decision was taken; see `Note`."""
        self.notes.append(Note(kind, tokens, message))
