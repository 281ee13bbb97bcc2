"""The scores of a system on a corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from quotes.errors import DataError
from quotes.evaluation.bootstrap import Array, Estimate, Score, resampled_totals, score, share
from quotes.evaluation.comparison import KINDS, Comparison, compare, right_source
from quotes.evaluation.corpus import GoldArticle
from quotes.evaluation.projection import (
    PredictedRelation,
    as_corpus_marks,
    predicted_relations,
    with_complementizer,
)
from quotes.evaluation.roles import Reading, RoleScores, role_scores
from quotes.models import Kind, Statement

BINS = 10


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


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions whose confidence is from ``low`` to ``high``, which only the last bin includes.

    Their mean confidence, and the share that matched a gold content (``right``),
    are 0 in an empty bin.
    """

    low: float
    high: float
    predictions: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether a confidence of 0.8 is right four times in five, from the least to the most confident.

    The expected error is the mean distance between confidence and share right,
    weighted by the predictions in each bin.
    """

    bins: tuple[Bin, ...]
    expected_error: float


@dataclass(frozen=True, slots=True)
class KindReport:
    """The scores of direct, indirect or mixed contents, as in `Report`.

    Precision is over predictions of the kind, recall over gold of the kind; ``exact``
    is the share of the gold of the kind that was found with the very same words.
    """

    kind: Kind
    gold: int
    predicted: int
    quotes: Score
    exact: Estimate
    source_accuracy: Estimate
    cue_accuracy: Estimate


@dataclass(frozen=True, slots=True)
class Report:
    """What a system gets right on a corpus; every score with a 95 % interval.

    Attributes:
        articles: Number in the corpus, as are words, gold and predicted contents.
        content_words: Words inside contents, whatever the contents' borders.
        quotes: Contents that match at a Jaccard overlap of 0.5.
        quotes_with_source: Of these, those with the right source.
        exact: Contents with the very same words.
        exact_with_complementizer: The same when every predicted content takes
            in a "that" directly before it, as the corpus does.
        source_accuracy: Of the matched contents with a source, those with the right one.
        cue_accuracy: Of the matched contents with a cue, those with the right one.
        calibration: None for a system without confidences.
        roles: None where no segments were given.
        roles_in_corpus_conventions: The same with what the corpus marks in place of
            what the contract has, see `as_corpus_marks`.
        failed: Articles that the system could not read; they count as empty.
    """

    system: str
    articles: int
    words: int
    gold: int
    predicted: int
    content_words: Score
    quotes: Score
    quotes_with_source: Score
    exact: Score
    exact_with_complementizer: Score
    source_accuracy: Estimate
    cue_accuracy: Estimate
    kinds: tuple[KindReport, ...]
    calibration: Calibration | None
    roles: RoleScores | None
    roles_in_corpus_conventions: RoleScores | None
    failed: tuple[str, ...] = ()


def evaluate(
    corpus: Sequence[GoldArticle], predictions: Mapping[str, Sequence[Statement]], *, readings: Sequence[Reading] = ()
) -> Report:
    """Score statements of every attitude, by ``doc_id`` and in text order, against a corpus.

    An article without any may be left out; labelled segments of the same articles give the role scores.

    Raises:
        DataError: There is no article, a prediction is for none of them, or the
            segments are of other articles.
    """
    _check(corpus, predictions)
    relations = {
        article.doc_id: predicted_relations(article.text, predictions.get(article.doc_id, ())) for article in corpus
    }
    return evaluate_relations(corpus, relations, readings=readings)


def evaluate_relations(
    corpus: Sequence[GoldArticle],
    predictions: Mapping[str, Sequence[PredictedRelation]],
    *,
    system: str = "quotes",
    readings: Sequence[Reading] = (),
    failed: Sequence[str] = (),
) -> Report:
    """Score relations by ``doc_id`` that any system found, as `evaluate` does statements."""
    _check(corpus, predictions)
    found = {article.doc_id: predictions.get(article.doc_id, ()) for article in corpus}
    comparisons = [compare(article, found[article.doc_id]) for article in corpus]
    totals = _totals(comparisons)
    overall = totals.sum(axis=2)
    gold, predicted = overall[Count.GOLD], overall[Count.PREDICTED]
    widened = {a.doc_id: [with_complementizer(a.text, each) for each in found[a.doc_id]] for a in corpus}
    with_that = _totals([compare(article, widened[article.doc_id]) for article in corpus]).sum(axis=2)
    conventional = {a.doc_id: as_corpus_marks(a.text, found[a.doc_id]) for a in corpus}
    return Report(
        system=system,
        articles=len(corpus),
        words=sum(len(comparison.wording.starts) for comparison in comparisons),
        gold=int(gold[0]),
        predicted=int(predicted[0]),
        content_words=_content_words(comparisons),
        quotes=score(overall[Count.MATCHED], predicted, gold),
        quotes_with_source=score(overall[Count.WITH_SOURCE], predicted, gold),
        exact=score(overall[Count.EXACT], predicted, gold),
        exact_with_complementizer=score(with_that[Count.EXACT], with_that[Count.PREDICTED], gold),
        source_accuracy=share(overall[Count.SOURCE_RIGHT], overall[Count.SOURCED]),
        cue_accuracy=share(overall[Count.CUE_RIGHT], overall[Count.CUED]),
        kinds=tuple(_kind_report(kind, totals[:, :, index]) for index, kind in enumerate(KINDS)),
        calibration=calibration(judged(comparisons)),
        roles=role_scores(corpus, found, readings) if readings else None,
        roles_in_corpus_conventions=role_scores(corpus, conventional, readings) if readings else None,
        failed=tuple(failed),
    )


def _check(corpus: Sequence[GoldArticle], predictions: Mapping[str, object]) -> None:
    if not corpus:
        raise DataError("the corpus has no article; there is nothing to score against")
    strangers = sorted(predictions.keys() - {article.doc_id for article in corpus})
    if strangers:
        more = f" and {len(strangers) - 1} more articles" if len(strangers) > 1 else ""
        raise DataError(f"predictions for {strangers[0]!r}{more}, not in the corpus; score those of its own articles")


def _totals(comparisons: Sequence[Comparison]) -> Array:
    """Return the counts of a corpus and its resamples: by `Count`, resample and kind."""
    return np.moveaxis(resampled_totals(np.stack(list(map(_counts, comparisons)))), -1, 0)


def _counts(comparison: Comparison) -> Array:
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


def _content_words(comparisons: Sequence[Comparison]) -> Score:
    """Score the words inside contents, over all contents of an article together."""
    rows: list[tuple[int, int, int]] = []
    for comparison in comparisons:
        gold = frozenset[int]().union(*(unit.content for unit in comparison.gold))
        predicted = frozenset[int]().union(*(unit.content for unit in comparison.predicted))
        rows.append((len(gold & predicted), len(predicted), len(gold)))
    return score(*resampled_totals(np.array(rows, dtype=np.float64)).T)


def _kind_report(kind: Kind, totals: Array) -> KindReport:
    gold, predicted, matched = totals[Count.GOLD], totals[Count.PREDICTED], totals[Count.MATCHED]
    return KindReport(
        kind=kind,
        gold=int(gold[0]),
        predicted=int(predicted[0]),
        quotes=score(totals[Count.MATCHED_PREDICTED], predicted, gold, hits_in_gold=matched),
        exact=share(totals[Count.EXACT], gold),
        source_accuracy=share(totals[Count.SOURCE_RIGHT], totals[Count.SOURCED]),
        cue_accuracy=share(totals[Count.CUE_RIGHT], totals[Count.CUED]),
    )


def judged(
    comparisons: Iterable[Comparison], counts: Callable[[PredictedRelation], bool] = lambda _: True
) -> list[tuple[float, bool]]:
    """Return the confidence of each prediction that counts, and whether it matched a gold content."""
    return [
        (unit.prediction.confidence, any(match.predicted == index for match in comparison.matches))
        for comparison in comparisons
        for index, unit in enumerate(comparison.predicted)
        if unit.prediction and unit.prediction.confidence is not None and counts(unit.prediction)
    ]


def calibration(outcomes: Sequence[tuple[float, bool]]) -> Calibration | None:
    """Sort predictions, each a confidence and whether it was right, into ten bins; None without any."""
    if not outcomes:
        return None
    confidence, right = np.array(outcomes, dtype=np.float64).T
    of_bin = np.minimum((confidence * BINS).astype(int), BINS - 1)
    sizes = np.bincount(of_bin, minlength=BINS)
    means = [np.bincount(of_bin, values, BINS) / np.maximum(sizes, 1) for values in (confidence, right)]
    bins = tuple(
        Bin(index / BINS, (index + 1) / BINS, int(size), float(mean), float(share_right))
        for index, (size, mean, share_right) in enumerate(zip(sizes, *means, strict=True))
    )
    return Calibration(bins, float((sizes * abs(means[0] - means[1])).sum()) / len(outcomes))
