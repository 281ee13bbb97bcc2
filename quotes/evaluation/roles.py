"""Role scores: sources, cues and contents apart, on labelled sentence segments.

Published sequence labellers are scored one sentence segment at a time: exact
spans of tokens, and the mean overlap of each gold span with the best predicted
one. Whether source, cue and content belong together is not scored here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from quotes.errors import DataError
from quotes.evaluation.bootstrap import Array, Estimate, estimate, ratio, resampled_totals
from quotes.evaluation.corpus import GoldArticle, Relation
from quotes.evaluation.segments import ROLES, Reading, Run, align, labelled, runs
from quotes.text.spans import Span


@dataclass(frozen=True, slots=True)
class RoleScore:
    """How well one role's spans are found.

    Attributes:
        role: source, cue or content.
        gold: Labelled spans.
        predicted: Predicted spans, cut at the segments' ends.
        exact_f1: F1 of spans with the very same tokens.
        overlap: Mean, over gold spans, of the token overlap with the best
            predicted span; a predicted span that touches no gold adds a zero.
    """

    role: str
    gold: int
    predicted: int
    exact_f1: Estimate
    overlap: Estimate


@dataclass(frozen=True, slots=True)
class RoleScores:
    """The role scores of a segments file.

    Attributes:
        readings: Annotators' readings of the corpus' articles that were scored.
        tokens: Their tokens.
        unaligned: Tokens that were not found in the article.
        roles: A score for each role.
    """

    readings: int
    tokens: int
    unaligned: int
    roles: tuple[RoleScore, ...]


class _Count(IntEnum):
    EXACT = 0
    GOLD = 1
    PREDICTED = 2
    OVERLAP = 3
    COMPARED = 4


def role_scores(
    corpus: Sequence[GoldArticle],
    predictions: Mapping[str, Sequence[Relation]],
    readings: Sequence[Reading],
) -> RoleScores:
    """Score predicted relations against labelled segments.

    Args:
        corpus: The articles that the segments come from.
        predictions: Relations by article; an article without any may be left out.
        readings: The segments; those of articles outside the corpus are passed over.

    Returns:
        The scores, with intervals from drawing articles.

    Raises:
        DataError: No reading belongs to an article of the corpus.
    """
    texts = {article.doc_id: article.text for article in corpus}
    inside = [reading for reading in readings if reading.doc_id in texts]
    if not inside:
        raise DataError("no segment belongs to an article of the corpus; give the segments of the same split")
    counts: dict[str, Array] = {}
    tokens = unaligned = 0
    for reading in inside:
        places = align(texts[reading.doc_id], reading)
        added = _reading_counts(reading, places, predictions.get(reading.doc_id, ()))
        # An article with two annotators' readings is still one article to draw.
        before = counts.get(reading.doc_id)
        counts[reading.doc_id] = added if before is None else before + added
        tokens += len(places)
        unaligned += places.count(None)
    totals = resampled_totals(np.stack(list(counts.values())))
    scores = tuple(_role_score(role, totals[:, index]) for index, role in enumerate(ROLES))
    return RoleScores(len(inside), tokens, unaligned, scores)


def _role_score(role: str, totals: Array) -> RoleScore:
    spans = totals[:, _Count.GOLD] + totals[:, _Count.PREDICTED]
    return RoleScore(
        role=role,
        gold=int(totals[0, _Count.GOLD]),
        predicted=int(totals[0, _Count.PREDICTED]),
        exact_f1=estimate(ratio(2 * totals[:, _Count.EXACT], spans)),
        overlap=estimate(ratio(totals[:, _Count.OVERLAP], totals[:, _Count.COMPARED])),
    )


def _reading_counts(reading: Reading, places: Sequence[Span | None], relations: Sequence[Relation]) -> Array:
    counts = np.zeros((len(ROLES), len(_Count)))
    predicted_labels = labelled(reading, places, relations)
    for segment, labels in zip(reading.segments, predicted_labels, strict=True):
        gold, predicted = runs(segment.labels), runs(labels)
        for index, role in enumerate(ROLES):
            counts[index] += _segment_counts(gold[role], predicted[role])
    return counts


def _segment_counts(gold: Sequence[Run], predicted: Sequence[Run]) -> Array:
    best = [max((_overlap(one, other) for other in predicted), default=0.0) for one in gold]
    stray = sum(not any(_overlap(one, other) for other in gold) for one in predicted)
    exact = len(set(gold) & set(predicted))
    return np.array([exact, len(gold), len(predicted), sum(best), len(gold) + stray], dtype=np.float64)


def _overlap(one: Run, other: Run) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))
