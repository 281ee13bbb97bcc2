"""The words of an article that are compared: what its statements have in quotation marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from quotes.models import Statement
from quotes.text.document import Document, as_read, make_document
from quotes.text.quotations import find_quotations
from quotes.text.reading import Reading, reading_of
from quotes.text.spans import Span
from quotes.verification.words import Words, words_of


@dataclass(frozen=True)
class Reported:
    """A statement and its words that are compared.

    Attributes:
        statement: The statement.
        pieces: What stands in quotation marks, piece by piece; for indirect speech all of it. Their
            places are those of the article's text as it is read.
    """

    statement: Statement
    pieces: tuple[Words, ...]

    @property
    def runs_on(self) -> bool:
        """Whether the pieces are given as one speech, only interrupted by "she said"."""
        return self.statement.kind == "direct"

    @property
    def is_quoted(self) -> bool:
        """Whether any words are given as the speaker's own."""
        return self.statement.kind != "indirect"


@dataclass(frozen=True)
class ArticleText:
    """The article that statements come from.

    Attributes:
        document: The article; where only its statements are known, their words at their places.
    """

    document: Document

    @classmethod
    def around(cls, statements: Iterable[Statement]) -> ArticleText:
        """Return an article that has nothing but the words of some statements, at their places."""
        spans = [span for statement in statements for span in statement.content.spans]
        text = [" "] * max((span.end for span in spans), default=0)
        for span in spans:
            text[span.start : span.end] = span.text
        return cls(make_document("".join(text)))

    @cached_property
    def reading(self) -> Reading:
        """The text as it is read, and the way back to the text as it was given."""
        return reading_of(self.document.text)

    @cached_property
    def quotations(self) -> tuple[Span, ...]:
        """What stands between outer quotation marks, in places of the text as it is read."""
        read = as_read(self.document)
        return tuple(each.inner for each in find_quotations(read.text, read.paragraphs) if each.depth == 0)

    def reported(self, statement: Statement) -> Reported:
        """Return a statement with the words that are compared."""
        spans = [self.reading.read(Span(span.start, span.end)) for span in statement.content.spans]
        if statement.kind == "mixed":
            spans = list(_common(spans, self.quotations)) or spans
        pieces = (words_of(self.reading.text, [span]) for span in spans)
        return Reported(statement, tuple(words for words in pieces if len(words)))


def _common(some: Sequence[Span], others: Iterable[Span]) -> Iterator[Span]:
    """Yield the stretches that are in a span of both."""
    for other in others:
        for one in some:
            if one.overlaps(other):
                yield Span(max(one.start, other.start), min(one.end, other.end))
