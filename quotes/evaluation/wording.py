r"""Texts as sequences of words, the unit in which contents are compared.

A word is a run of ``\w`` characters, so quotation marks, commas and full stops
at the edges of a content never count for or against a prediction.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quotes.models import Kind
from quotes.text.spans import Span

KINDS: tuple[Kind, ...] = ("direct", "indirect", "mixed")

_WORD = re.compile(r"\w+")
_PARAGRAPH = re.compile(r"[^\n]+")
_DOUBLE_MARK = re.compile('["“”]')
_ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a text, each known by its index.

    Attributes:
        starts: First code point of each word.
        ends: One past the last code point of each word.
        articles: Words that are "a", "an" or "the".
        quoted: Words inside double quotation marks.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    articles: frozenset[int]
    quoted: frozenset[int]

    def __len__(self) -> int:
        return len(self.starts)

    def words_in(self, spans: Iterable[Span]) -> frozenset[int]:
        """Return the words that share a code point with any of the spans."""
        return frozenset(
            word
            for span in spans
            for word in range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end))
        )

    def kind(self, content: frozenset[int]) -> Kind:
        """Return whether all, some or none of a content's words are quoted."""
        if content <= self.quoted:
            return "direct"
        return "mixed" if content & self.quoted else "indirect"


def wording(text: str) -> Wording:
    """Divide a text into words.

    >>> words = wording("He said “no” twice.")
    >>> [words.kind(frozenset(content)) for content in ({2}, {2, 3}, {3})]
    ['direct', 'mixed', 'indirect']
    """
    found = tuple(_WORD.finditer(text))
    plain = Wording(
        starts=tuple(word.start() for word in found),
        ends=tuple(word.end() for word in found),
        articles=frozenset(i for i, word in enumerate(found) if word.group().lower() in _ARTICLES),
        quoted=frozenset(),
    )
    return Wording(plain.starts, plain.ends, plain.articles, plain.words_in(quoted_regions(text)))


def quoted_regions(text: str) -> Iterator[Span]:
    """Yield what stands between double quotation marks, marks included.

    A region never leaves its paragraph: the convention of reopening a long
    quotation at each paragraph leaves the marks before it unclosed, and a lost
    mark would otherwise turn the rest of the article inside out.
    """
    for paragraph in _PARAGRAPH.finditer(text):
        opened: int | None = None
        for mark in _DOUBLE_MARK.finditer(text, *paragraph.span()):
            if opened is None:
                opened = mark.start() if mark.group() != "”" else None
            elif mark.group() != "“":
                yield Span(opened, mark.end())
                opened = None
        if opened is not None:
            yield Span(opened, paragraph.end())
