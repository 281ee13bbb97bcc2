"""Pairs the predicted contents of an article with its annotated ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotes.evaluation.corpus import GoldArticle, Relation
from quotes.evaluation.projection import PredictedRelation
from quotes.evaluation.wording import Wording, wording
from quotes.models import Kind

MATCHING_OVERLAP = 0.5
"""Least Jaccard overlap of words at which two contents are the same content."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A relation as sets of words.

    Attributes:
        origin: Index of the relation in the list that it comes from.
        content: Words of the content, at least one.
        source: Words of the source without articles; empty when unnamed.
        cue: Words of the cue; empty when there is none.
        kind: How much of the content is quoted.
    """

    origin: int
    content: frozenset[int]
    source: frozenset[int]
    cue: frozenset[int]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Match:
    """A gold and a predicted relation with the same content.

    Attributes:
        gold: Index in the comparison's gold.
        predicted: Index in the comparison's predicted.
        overlap: Jaccard overlap of the contents' words; 1.0 is exact.
    """

    gold: int
    predicted: int
    overlap: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """One article's gold beside what was predicted for it.

    Attributes:
        article: The article.
        predictions: All the predictions for it.
        wording: The article's words.
        gold: Its relations that have words in their content.
        predicted: Predictions that have words in their content.
        matches: One-to-one pairs, best overlap first.
    """

    article: GoldArticle
    predictions: tuple[PredictedRelation, ...]
    wording: Wording
    gold: tuple[Worded, ...]
    predicted: tuple[Worded, ...]
    matches: tuple[Match, ...]


def compare(article: GoldArticle, predictions: Sequence[PredictedRelation]) -> Comparison:
    """Pair one article's predictions with its gold relations."""
    words = wording(article.text)
    gold = _worded(words, article.relations)
    predicted = _worded(words, (prediction.relation for prediction in predictions))
    matches = one_to_one(gold, predicted)
    return Comparison(article, tuple(predictions), words, gold, predicted, matches)


def _worded(words: Wording, relations: Iterable[Relation]) -> tuple[Worded, ...]:
    contents = [(relation, words.words_in(relation.content)) for relation in relations]
    return tuple(
        Worded(
            origin=origin,
            content=content,
            source=words.words_in(relation.source) - words.articles,
            cue=words.words_in(relation.cue),
            kind=words.kind(content),
        )
        for origin, (relation, content) in enumerate(contents)
        if content
    )


def overlaps(gold: Sequence[Worded], predicted: Sequence[Worded]) -> tuple[Match, ...]:
    """Return every pair whose contents share a word, best first, ties in text order.

    Pairs are found through an index from words to gold contents, so the work
    grows with the overlap and not with the product of the two lists.
    """
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for index, unit in enumerate(gold):
        for word in unit.content:
            holders[word].append(index)
    pairs: list[Match] = []
    for index, unit in enumerate(predicted):
        shared = Counter(holder for word in unit.content for holder in holders.get(word, ()))
        for holder, count in shared.items():
            union = len(gold[holder].content) + len(unit.content) - count
            pairs.append(Match(holder, index, count / union))
    return tuple(sorted(pairs, key=lambda pair: (-pair.overlap, pair.gold, pair.predicted)))


def one_to_one(gold: Sequence[Worded], predicted: Sequence[Worded]) -> tuple[Match, ...]:
    """Choose pairs at or above the matching overlap, best first, each side used once."""
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    chosen: list[Match] = []
    for pair in overlaps(gold, predicted):
        free = pair.gold not in used_gold and pair.predicted not in used_predicted
        if free and pair.overlap >= MATCHING_OVERLAP:
            used_gold.add(pair.gold)
            used_predicted.add(pair.predicted)
            chosen.append(pair)
    return tuple(chosen)


def right_source(gold: Worded, predicted: Worded) -> bool:
    """Return whether a prediction names the source that the gold names, or none as it does."""
    return bool(gold.source & predicted.source) if gold.source else not predicted.source
