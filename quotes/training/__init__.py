"""Fits the scorer from an annotated corpus: ``quotes train CORPUS.jsonl``.

Needs the extra ``quotes-attribution[train]`` (scikit-learn); running the weights
does not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from quotes.evaluation import evaluate, evaluate_relations
from quotes.evaluation.comparison import compare
from quotes.evaluation.corpus import GoldArticle, read_corpus
from quotes.evaluation.projection import PredictedRelation
from quotes.evaluation.report import Report, judged
from quotes.extractor import Extractor
from quotes.scoring.scorer import Scorer, load_scorer, log_odds, save_scorer
from quotes.syntax.pipeline import load_pipeline
from quotes.text.document import make_document
from quotes.training.cross_fitting import (
    OutOfFold,
    calibration_of,
    cross_fit,
    fit_candidate,
    fit_extent,
    fit_in_context,
)
from quotes.training.examples import Example, examples_of
from quotes.training.linear import fit_calibration
from quotes.training.predictions import reader_of, relations_of

WORTH_PRECISION = 0.005
"""What a higher threshold may cost in the sum of the two F1 scores."""
THRESHOLDS = tuple(round(0.30 + 0.02 * step, 2) for step in range(16))

__all__ = ["train"]


def train(
    corpus: Path,
    *,
    model: str,
    folds: int,
    output: Path,
    dev: Path | None,
    report: Callable[[str], None],
    encoder: Path | None = None,
    teacher: Path | None = None,
    work: Path | None = None,
    epochs: int | None = None,
) -> dict[str, Any]:
    """Fit a scorer and write its weights.

    Own scores, context features, calibration and threshold come from cross-fitting, never from articles
    that the weights saw. The same inputs give the same bytes.

    Args:
        corpus: Annotated articles, see `quotes.evaluation.corpus.read_corpus`.
        model: The spaCy pipeline whose parses the weights are for.
        folds: Folds of the cross-validation, at least 2.
        output: The table of weights to write; its settings go beside it.
        dev: Further annotated articles, only measured on; None for none.
        report: Called with a line on each step.
        encoder: Folder of an encoder to fine-tune, whose scores get weights too; it is written to a folder beside
            the table. None for none.
        teacher: Folder of a larger encoder to fine-tune first, which the encoder then learns from; None for none.
        work: Folder for what its fine-tuning needs and leaves, which another run with the same inputs goes on from;
            None for one beside the table.
        epochs: How often the encoder sees each article; None for the usual number.

    Returns:
        The metadata written beside the weights: corpus, hashes, pipeline, figures.

    Raises:
        DataError: A corpus, or the encoder, has the wrong form; the working folder is for other inputs.
        ModelError: The pipeline is missing or lacks a component.
    """
    if encoder is not None:
        from quotes.training.encoder import check_base, fine_tuned

        for base in filter(None, (encoder, teacher)):
            check_base(base)
    articles = read_corpus(corpus)
    report(f"parsing {len(articles)} articles")
    examples = examples_of(articles, model)
    made: dict[str, Any] = {}
    if encoder is not None:
        examples, made["encoder"] = fine_tuned(
            examples,
            examples_of(read_corpus(dev), model) if dev else [],
            base=encoder,
            folder=work or output.with_name(f"{output.stem}-work"),
            output=output.with_name(f"{output.stem}-encoder"),
            folds=folds,
            epochs=epochs,
            teacher=teacher,
            report=report,
        )
    report(f"cross-fitting on {sum(len(e.candidates) for e in examples)} candidates")
    held_out = cross_fit(examples, folds)
    calibration = calibration_of(examples, held_out.scores)
    threshold, figures, others = _threshold(articles, examples, held_out, calibration)
    shown = ", ".join(f"{name} {100 * value:.1f}" for name, value in figures.items())
    report(f"cross-validation: {shown} at threshold {threshold}")
    nlp = load_pipeline(model)
    metadata: dict[str, Any] = {
        "corpus": corpus.name,
        "corpus_sha256": hashlib.sha256(corpus.read_bytes()).hexdigest(),
        "articles": len(articles),
        "model": f"{nlp.meta['lang']}_{nlp.meta['name']}",
        "model_version": nlp.meta["version"],
        "folds": folds,
        "cross_validation": figures,
        **made,
    }
    scorer = Scorer(
        fit_candidate(examples),
        fit_in_context(examples, held_out.own, held_out.context),
        fit_extent(examples),
        calibration,
        threshold,
        metadata,
        other_attitudes=others,
    )
    save_scorer(output, scorer)
    if dev is not None:
        metadata["dev"] = _measured(dev, model, output)
        report(f"{dev.name}: {metadata['dev']}")
        save_scorer(output, scorer)
    return metadata


def _threshold(
    articles: Sequence[GoldArticle], examples: Sequence[Example], held_out: OutOfFold, calibration: tuple[float, float]
) -> tuple[float, dict[str, float], tuple[float, float]]:
    """Return a threshold by the sum of quote and quote+source F1 out of fold, its figures, and a calibration.

    The calibration is `Scorer.other_attitudes`.

    Of the thresholds that come within `WORTH_PRECISION` of the best sum it is the highest: a wrong
    attribution costs more than a missed one.
    """
    readers = [reader_of(e, extent) for e, extent in zip(examples, held_out.extent, strict=True)]

    def found(threshold: float, *, attitudes: bool = False) -> dict[str, tuple[PredictedRelation, ...]]:
        return {
            example.article.doc_id: relations_of(example, scores, read, calibration, threshold, attitudes=attitudes)
            for example, scores, read in zip(examples, held_out.scores, readers, strict=True)
        }

    reports = [evaluate_relations(articles, found(threshold)) for threshold in THRESHOLDS]
    sums = [report.quotes.f1.value + report.quotes_with_source.f1.value for report in reports]
    chosen = last_near_best(sums, WORTH_PRECISION)
    others = other_attitudes_of(articles, found(THRESHOLDS[chosen], attitudes=True))
    return THRESHOLDS[chosen], _figures(reports[chosen]), others


def other_attitudes_of(
    articles: Sequence[GoldArticle], found: Mapping[str, Sequence[PredictedRelation]]
) -> tuple[float, float]:
    """Return `Scorer.other_attitudes` for what was found in articles."""
    comparisons = [compare(article, found[article.doc_id]) for article in articles]
    outcomes = judged(comparisons, lambda each: each.attitude != "statement")
    return fit_calibration([log_odds(each) for each, _ in outcomes], [right for _, right in outcomes])


def last_near_best(values: Sequence[float], slack: float) -> int:
    """Return the place of the last value that is less than ``slack`` below the best.

    >>> last_near_best([0.70, 0.75, 0.748, 0.73], 0.005)
    2
    """
    best = max(values)
    return max(place for place, value in enumerate(values) if value >= best - slack)


def _measured(dev: Path, model: str, weights: Path) -> dict[str, float]:
    articles = read_corpus(dev)
    extractor = Extractor(model, attitudes="all", scorer=load_scorer(weights))
    documents = [make_document(a.text, document_id=a.doc_id, published=a.published) for a in articles]
    found = dict(zip((a.doc_id for a in articles), extractor.pipe(documents), strict=True))
    return _figures(evaluate(articles, found))


def _figures(report: Report) -> dict[str, float]:
    return {
        "quotes_f1": round(report.quotes.f1.value, 4),
        "quotes_with_source_f1": round(report.quotes_with_source.f1.value, 4),
        "exact_f1": round(report.exact.f1.value, 4),
    }
