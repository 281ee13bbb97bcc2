"""The figures of a system on a corpus."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from quotes.errors import DataError
from quotes.evaluation.bootstrap import Array, Estimate, Score, estimate, ratio, resampled_totals, score
from quotes.evaluation.calibration import Calibration, calibration, judged
from quotes.evaluation.comparison import compare
from quotes.evaluation.corpus import GoldArticle
from quotes.evaluation.projection import (
    PredictedRelation,
    in_corpus_conventions,
    predicted_relations,
    with_complementiser,
)
from quotes.evaluation.roles import RoleScores, role_scores
from quotes.evaluation.segments import Reading
from quotes.evaluation.tally import Count, WordCount, relation_counts, word_counts
from quotes.evaluation.wording import KINDS
from quotes.models import Kind, Statement


@dataclass(frozen=True, slots=True)
class KindReport:
    """The figures of direct, indirect or mixed contents.

    Attributes:
        kind: Which.
        gold: Annotated contents of the kind.
        predicted: Predicted contents of the kind.
        quotes: Precision over predictions of the kind, recall over gold of the kind.
        exact: Share of the gold of the kind that was found with the very same words.
        source_accuracy: Of the found ones with a source, those with the right one.
        cue_accuracy: Of the found ones with a cue, those with the right one.
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
    """What a system gets right on a corpus; every figure with a 95 % interval.

    Attributes:
        system: Its name.
        articles: Articles in the corpus.
        words: Words in them.
        gold: Annotated contents.
        predicted: Predicted contents.
        content_words: Words inside contents, whatever the contents' borders.
        quotes: Contents that match at a Jaccard overlap of 0.5.
        quotes_with_source: Of these, those with the right source.
        exact: Contents with the very same words.
        exact_with_complementiser: The same when every predicted content takes
            in a "that" directly before it, as the corpus does.
        source_accuracy: Of the matched contents with a source, those with the right one.
        cue_accuracy: Of the matched contents with a cue, those with the right one.
        kinds: The same by kind.
        calibration: Reliability, None for a system without confidences.
        roles: Role scores, None where no segments were given.
        roles_in_corpus_conventions: The same with every relation widened to what
            the corpus marks, see `in_corpus_conventions`.
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
    exact_with_complementiser: Score
    source_accuracy: Estimate
    cue_accuracy: Estimate
    kinds: tuple[KindReport, ...]
    calibration: Calibration | None
    roles: RoleScores | None
    roles_in_corpus_conventions: RoleScores | None
    failed: tuple[str, ...] = ()


def evaluate(
    corpus: Sequence[GoldArticle],
    predictions: Mapping[str, Sequence[Statement]],
    *,
    readings: Sequence[Reading] = (),
) -> Report:
    """Score extracted statements against a corpus.

    Args:
        corpus: Annotated articles.
        predictions: Statements of every attitude by ``doc_id``, in text order;
            an article without any may be left out.
        readings: Labelled segments of the same articles, for the role scores.

    Returns:
        The figures.

    Raises:
        DataError: There is no article, a prediction is for none of them, or the
            segments are of other articles.
    """
    _check(corpus, predictions)
    relations = {
        article.doc_id: predicted_relations(article.text, predictions.get(article.doc_id, ()))
        for article in corpus
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
    """Score relations that any system found against a corpus.

    Args:
        corpus: Annotated articles.
        predictions: Relations by ``doc_id``; an article without any may be left out.
        system: The system's name in the report.
        readings: Labelled segments of the same articles, for the role scores.
        failed: Articles that the system could not read.

    Returns:
        The figures.

    Raises:
        DataError: As `evaluate`.
    """
    _check(corpus, predictions)
    comparisons = [compare(article, predictions.get(article.doc_id, ())) for article in corpus]
    totals = resampled_totals(np.stack([relation_counts(comparison) for comparison in comparisons]))
    words = resampled_totals(np.stack([word_counts(comparison) for comparison in comparisons]))
    overall = totals.sum(axis=1)
    with_that = _widened(corpus, predictions, with_complementiser)
    conventional = _widened(corpus, predictions, in_corpus_conventions)
    return Report(
        system=system,
        articles=len(corpus),
        words=int(words[0, WordCount.TEXT]),
        gold=int(overall[0, Count.GOLD]),
        predicted=int(overall[0, Count.PREDICTED]),
        content_words=score(
            ratio(words[:, WordCount.SHARED], words[:, WordCount.PREDICTED]),
            ratio(words[:, WordCount.SHARED], words[:, WordCount.GOLD]),
        ),
        quotes=_score(overall, Count.MATCHED),
        quotes_with_source=_score(overall, Count.WITH_SOURCE),
        exact=_score(overall, Count.EXACT),
        exact_with_complementiser=_score(_overall(corpus, with_that), Count.EXACT),
        source_accuracy=_share(overall, Count.SOURCE_RIGHT, Count.SOURCED),
        cue_accuracy=_share(overall, Count.CUE_RIGHT, Count.CUED),
        kinds=tuple(_kind_report(kind, totals[:, index]) for index, kind in enumerate(KINDS)),
        calibration=calibration(judged(comparisons)),
        roles=_roles(corpus, predictions, readings) if readings else None,
        roles_in_corpus_conventions=_roles(corpus, conventional, readings) if readings else None,
        failed=tuple(failed),
    )


def _check(corpus: Sequence[GoldArticle], predictions: Mapping[str, object]) -> None:
    if not corpus:
        raise DataError("the corpus has no article; there is nothing to score against")
    strangers = sorted(predictions.keys() - {article.doc_id for article in corpus})
    if strangers:
        more = f" and {len(strangers) - 1} more articles" if len(strangers) > 1 else ""
        raise DataError(
            f"predictions for {strangers[0]!r}{more}, not in the corpus; score those of its own articles"
        )


def _widened(
    corpus: Sequence[GoldArticle],
    predictions: Mapping[str, Sequence[PredictedRelation]],
    widen: Callable[[str, PredictedRelation], PredictedRelation],
) -> dict[str, tuple[PredictedRelation, ...]]:
    """Give every relation the extents that ``widen`` gives it in its article's text."""
    return {
        article.doc_id: tuple(
            widen(article.text, prediction) for prediction in predictions.get(article.doc_id, ())
        )
        for article in corpus
    }


def _overall(corpus: Sequence[GoldArticle], predictions: Mapping[str, Sequence[PredictedRelation]]) -> Array:
    counts = [relation_counts(compare(article, predictions[article.doc_id])) for article in corpus]
    totals: Array = resampled_totals(np.stack(counts)).sum(axis=1)
    return totals


def _kind_report(kind: Kind, totals: Array) -> KindReport:
    return KindReport(
        kind=kind,
        gold=int(totals[0, Count.GOLD]),
        predicted=int(totals[0, Count.PREDICTED]),
        quotes=score(
            ratio(totals[:, Count.MATCHED_PREDICTED], totals[:, Count.PREDICTED]),
            ratio(totals[:, Count.MATCHED], totals[:, Count.GOLD]),
        ),
        exact=_share(totals, Count.EXACT, Count.GOLD),
        source_accuracy=_share(totals, Count.SOURCE_RIGHT, Count.SOURCED),
        cue_accuracy=_share(totals, Count.CUE_RIGHT, Count.CUED),
    )


def _score(totals: Array, hits: Count) -> Score:
    found = totals[:, hits]
    return score(ratio(found, totals[:, Count.PREDICTED]), ratio(found, totals[:, Count.GOLD]))


def _share(totals: Array, hits: Count, of: Count) -> Estimate:
    return estimate(ratio(totals[:, hits], totals[:, of]))


def _roles(
    corpus: Sequence[GoldArticle],
    predictions: Mapping[str, Sequence[PredictedRelation]],
    readings: Sequence[Reading],
) -> RoleScores:
    relations = {
        doc_id: tuple(prediction.relation for prediction in found) for doc_id, found in predictions.items()
    }
    return role_scores(corpus, relations, readings)
