"""Counts of one article, laid out so that articles can be added and drawn."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from quotes.evaluation.bootstrap import Array
from quotes.evaluation.comparison import Comparison, right_source
from quotes.evaluation.wording import KINDS


class Count(IntEnum):
    """What is counted of each kind; gold's kind decides unless PREDICTED is in the name."""

    GOLD = 0
    PREDICTED = 1
    MATCHED = 2
    MATCHED_PREDICTED = 3
    EXACT = 4
    SOURCED = 5
    """Matched contents whose gold names a source."""
    SOURCE_RIGHT = 6
    """Of those, the ones whose predicted source shares a word with it."""
    WITH_SOURCE = 7
    """Matched contents with the right source, or with none where gold has none."""
    CUED = 8
    CUE_RIGHT = 9


class WordCount(IntEnum):
    """What is counted in words, over all contents of an article together."""

    TEXT = 0
    GOLD = 1
    PREDICTED = 2
    SHARED = 3


def relation_counts(comparison: Comparison) -> Array:
    """Count an article's relations: one row a kind, one column a `Count`."""
    counts = np.zeros((len(KINDS), len(Count)))
    for gold in comparison.gold:
        counts[KINDS.index(gold.kind), Count.GOLD] += 1
    for predicted in comparison.predicted:
        counts[KINDS.index(predicted.kind), Count.PREDICTED] += 1
    for match in comparison.matches:
        gold, predicted = comparison.gold[match.gold], comparison.predicted[match.predicted]
        counts[KINDS.index(predicted.kind), Count.MATCHED_PREDICTED] += 1
        row = counts[KINDS.index(gold.kind)]
        row[Count.MATCHED] += 1
        row[Count.EXACT] += match.overlap == 1.0
        row[Count.SOURCED] += bool(gold.source)
        row[Count.SOURCE_RIGHT] += bool(gold.source & predicted.source)
        row[Count.WITH_SOURCE] += right_source(gold, predicted)
        row[Count.CUED] += bool(gold.cue)
        row[Count.CUE_RIGHT] += bool(gold.cue & predicted.cue)
    return counts


def word_counts(comparison: Comparison) -> Array:
    """Count an article's words: one column a `WordCount`."""
    gold = frozenset[int]().union(*(unit.content for unit in comparison.gold))
    predicted = frozenset[int]().union(*(unit.content for unit in comparison.predicted))
    sizes = (len(comparison.wording), len(gold), len(predicted), len(gold & predicted))
    return np.array(sizes, dtype=np.float64)
