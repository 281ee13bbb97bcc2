"""Half-open ranges of code points in the text exactly as the caller gave it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The code points ``text[start:end]`` of a document.

    Attributes:
        start: First code point, counted from 0.
        end: One past the last code point.
    """

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the covered text."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Return whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


def trimmed(text: str, span: Span, edges: str = "") -> Span:
    """Return the span without white space (and characters of ``edges``) at its ends.

    When nothing is left it is empty, at the original start.
    """
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in edges):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in edges):
        end -= 1
    return Span(start, end) if start < end else Span(span.start, span.start)


def covering(spans: Iterable[Span]) -> Span:
    """Return the smallest span that holds all of ``spans`` (at least one)."""
    every = tuple(spans)
    return Span(min(s.start for s in every), max(s.end for s in every))
