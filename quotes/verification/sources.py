"""Sources that quotations are compared with: their words, and who says them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, Protocol, runtime_checkable

from quotes.errors import UsageError
from quotes.lexicon.entries import word_class
from quotes.text.document import Document, as_read, check_text, make_document
from quotes.text.frontmatter import full_date
from quotes.text.language import LEAST_ENGLISH
from quotes.text.reading import Reading, reading_of
from quotes.text.spans import Span
from quotes.text.turns import Turn, turns_of, unspoken
from quotes.verification.words import Words, words_of

_FEWEST_WORDS = 20
"""From here on a text shows which language it is in."""
_OPENING = 5
"""Paragraphs at the start that may say when and where something was said."""
_LONGEST_OPENING = 300
"""Of such a paragraph, in code points; a longer one is speech."""


@runtime_checkable
class SourceIndex(Protocol):
    """Many documents that are looked up instead of being read one by one."""

    def documents_with(self, words: str) -> Iterable[Document]:
        """Return the documents that share most with some words, the best ones first."""


@dataclass(frozen=True)
class Source:
    """A document that quotations are compared with.

    Attributes:
        document: The document as it was given; all spans that are handed out are of its text.
    """

    document: Document

    @cached_property
    def reading(self) -> Reading:
        """The text as it is read, and the way back to the text as it was given."""
        return reading_of(self.document.text)

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The turns, none in a text that is no transcript, in places of the text as it is read."""
        return tuple(turns_of(as_read(self.document)))

    @cached_property
    def words(self) -> Words:
        """The words that are spoken, in places of the text as it is read: no labels, no "(applause)"."""
        text = self.reading.text
        left_out = sorted([*(turn.label for turn in self.turns), *unspoken(text)], key=lambda span: span.start)
        return words_of(text, _between(left_out, len(text)))

    @cached_property
    def lack(self) -> Literal["no_text", "other_language"] | None:
        """Why nothing can be compared with it, None where it can."""
        if not len(self.words):
            return "no_text"
        common = sum(len(self.words.places.get(word, ())) for word in word_class("commonest_words"))
        is_english = len(self.words) < _FEWEST_WORDS or common >= LEAST_ENGLISH * len(self.words)
        return None if is_english else "other_language"

    @cached_property
    def opening(self) -> str:
        """What names the occasion: id, title, and the short paragraphs before the first turn."""
        first = self.turns[0].label.start if self.turns else len(self.reading.text)
        paragraphs = as_read(self.document).paragraphs[:_OPENING]
        head = (p.span.of(self.reading.text) for p in paragraphs if p.span.end <= first)
        short = (line for line in head if len(line) <= _LONGEST_OPENING)
        return "\n".join([self.document.id.replace("_", " "), self.document.title or "", *short])

    @cached_property
    def held(self) -> date | None:
        """The day of the occasion, as its id, opening or date of publication tells."""
        return full_date(self.opening) or self.document.published

    def turn_at(self, word: int) -> Turn | None:
        """Return the turn that a word belongs to, None before the first one."""
        index = bisect_right(self._starts, self.words.starts[word]) - 1
        return self.turns[index] if index >= 0 else None

    def speaker_at(self, word: int) -> str | None:
        """Return who says a word, as the labels have it, None where no label tells."""
        turn = self.turn_at(word)
        return None if turn is None else turn.speaker

    def worth(self, stretch: range) -> float:
        """Return how much some words tell: the rarer they are in the source, the more."""
        return sum(1.0 / len(self.words.places[self.words.forms[word]]) for word in stretch)

    def span(self, words: range) -> Span:
        """Return the code points of the document from the first to the last of some words."""
        return self.reading.original(self.words.span(words))

    @cached_property
    def _starts(self) -> list[int]:
        return [turn.label.start for turn in self.turns]


def sources_of(given: object) -> tuple[list[Source], list[SourceIndex]]:
    """Return sources and indexes from a text, a document, an index, or a list of them.

    Raises:
        UsageError: One of them is nothing of this.
    """
    single = isinstance(given, str | Document | Source | SourceIndex)
    if not single and not isinstance(given, Iterable):
        raise UsageError("sources: a text, a document, an index, or a list of them is needed")
    every = [given] if single else list(given)  # type: ignore[call-overload]  # an iterable
    indexes = [each for each in every if isinstance(each, SourceIndex)]
    return [_source(each, index) for index, each in enumerate(every) if not isinstance(each, SourceIndex)], indexes


def _source(given: object, index: int) -> Source:
    if isinstance(given, Source):
        return given
    if isinstance(given, Document):
        return Source(given)
    check_text(given, f"what is at index {index} of the sources, where a document or a text should be,")
    return Source(make_document(str(given)))


def _between(left_out: Iterable[Span], end: int) -> Iterator[Span]:
    """Yield what is not left out, in order."""
    start = 0
    for span in left_out:
        if span.start > start:
            yield Span(start, span.start)
        start = max(start, span.end)
    yield Span(start, end)
