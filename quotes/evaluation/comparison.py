r"""Pairs the predicted contents of an article with its annotated ones, by their words.

A word is a run of ``\w`` characters, so quotation marks, commas and full stops
at the edges of a content never count for or against a prediction.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from quotes.evaluation.corpus import GoldArticle, Relation
from quotes.evaluation.projection import PredictedRelation
from quotes.models import Kind
from quotes.text.overlap import SAME_CONTENT, one_to_one, overlapping
from quotes.text.spans import Span

KINDS: tuple[Kind, ...] = get_args(Kind)

_WORD = re.compile(r"\w+")
_PARAGRAPH = re.compile(r"[^\n]+")
_DOUBLE_MARK = re.compile('["“”]')
_ARTICLE = re.compile("an?|the", re.IGNORECASE)


class Wording:
    """The words of a text, each known by its index; those that are articles, or in double marks.

    >>> words = Wording("He said “no” twice.")
    >>> [words.kind(frozenset(content)) for content in ({2}, {2, 3}, {3})]
    ['direct', 'mixed', 'indirect']
    """

    def __init__(self, text: str) -> None:
        found = tuple(_WORD.finditer(text))
        self.starts = [word.start() for word in found]
        self.ends = [word.end() for word in found]
        self.articles = frozenset(i for i, word in enumerate(found) if _ARTICLE.fullmatch(word.group()))
        self.quoted = self.words_in(quoted_regions(text))

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


def quoted_regions(text: str) -> Iterator[Span]:
    """Yield what is between double quotation marks, marks included.

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


@dataclass(frozen=True, slots=True)
class Worded:
    """A relation as sets of words; the source is without articles.

    ``prediction`` is None for an annotated relation.
    """

    relation: Relation
    prediction: PredictedRelation | None
    content: frozenset[int]
    source: frozenset[int]
    cue: frozenset[int]
    kind: Kind


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """A gold and a predicted relation, by index, and the Jaccard index of their words (1.0 is exact)."""

    gold: int
    predicted: int
    overlap: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """One article's gold and what was predicted for it, as far as there are words in the content.

    Attributes:
        overlaps: Every pair whose contents share a word, best first, ties in text order.
        matches: One-to-one pairs that overlap enough to be the same content, best first.
    """

    article: GoldArticle
    wording: Wording
    gold: tuple[Worded, ...]
    predicted: tuple[Worded, ...]
    overlaps: tuple[Match, ...]
    matches: tuple[Match, ...]


def compare(article: GoldArticle, predictions: Sequence[PredictedRelation]) -> Comparison:
    """Pair one article's predictions with its gold relations."""
    words = Wording(article.text)
    gold = _worded(words, ((relation, None) for relation in article.relations))
    predicted = _worded(words, ((each.relation, each) for each in predictions))
    found = overlapping([unit.content for unit in gold], [unit.content for unit in predicted])
    overlaps = tuple(sorted((Match(*pair) for pair in found), key=lambda pair: (-pair.overlap, pair)))
    pairs = one_to_one((pair.gold, pair.predicted) for pair in overlaps if pair.overlap >= SAME_CONTENT)
    matches = tuple(pair for pair in overlaps if pairs.get(pair.gold) == pair.predicted)
    return Comparison(article, words, gold, predicted, overlaps, matches)


def _worded(words: Wording, relations: Iterable[tuple[Relation, PredictedRelation | None]]) -> tuple[Worded, ...]:
    return tuple(
        Worded(
            relation=relation,
            prediction=prediction,
            content=content,
            source=words.words_in(relation.source) - words.articles,
            cue=words.words_in(relation.cue),
            kind=words.kind(content),
        )
        for relation, prediction in relations
        if (content := words.words_in(relation.content))
    )


def right_source(gold: Worded, predicted: Worded) -> bool:
    """Return whether a prediction names the source that the gold names, or none as it does."""
    return bool(gold.source & predicted.source) if gold.source else not predicted.source
