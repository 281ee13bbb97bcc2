"""Fits the scorer from an annotated corpus: ``quotes train CORPUS.jsonl``.

Needs the extra ``quotes-attribution[train]`` (scipy); running the weights does
not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from quotes.evaluation import evaluate, evaluate_relations
from quotes.evaluation.corpus import GoldArticle, read_corpus
from quotes.evaluation.projection import PredictedRelation
from quotes.evaluation.report import Report
from quotes.extractor import Extractor
from quotes.scoring.scorer import Scorer
from quotes.syntax.pipeline import load_pipeline
from quotes.training.calibration import fit_calibration, last_near_best
from quotes.training.examples import Example, settings_of
from quotes.training.predictions import reader_of, relations_of
from quotes.training.stacking import (
    OutOfFold,
    cross_validate,
    first_scores,
    fit_flat,
    fit_reading,
    fit_second,
    fold_of,
    sift,
    stacked,
)
from quotes.training.weights import write_weights

WORTH_PRECISION = 0.0005
"""What a higher threshold may cost in the sum of the two F1 scores."""
THRESHOLDS = tuple(round(0.20 + 0.02 * step, 2) for step in range(21))

__all__ = ["train"]


def train(
    corpus: Path,
    *,
    model: str,
    folds: int,
    output: Path,
    dev: Path | None,
    report: Callable[[str], None],
) -> dict[str, Any]:
    """Fit a scorer and write its weights.

    The first sight and the first look are fitted out of fold, the second look and the readings on
    top of it; calibration and threshold come from cross-validation, never from
    articles that the networks saw. The same inputs give the same bytes.

    Args:
        corpus: Annotated articles, see `quotes.evaluation.corpus.read_corpus`.
        model: The spaCy pipeline whose parses the weights are for.
        folds: Folds of the cross-validation, at least 2.
        output: The weights file to write.
        dev: Further annotated articles, only measured on; None for none.
        report: Called with a line on each step.

    Returns:
        The metadata written into the file: corpus, hashes, pipeline, figures.

    Raises:
        DataError: A corpus has the wrong form.
        ModelError: The pipeline is missing or lacks a component.
    """
    articles = read_corpus(corpus)
    report(f"parsing {len(articles)} articles")
    sifted = sift(list(settings_of(articles, model)), folds, report)
    examples = sifted.examples
    scores = first_scores(examples, folds, report)
    second_examples = [stacked(e, s.tolist()) for e, s in zip(examples, scores, strict=True)]
    first_look = fit_flat(examples)
    known = tuple(first_look.index)
    held_out = cross_validate(examples, second_examples, known, folds, report)
    calibration = _calibration(second_examples, held_out)
    threshold, validated = _threshold(articles, examples, held_out, calibration, folds)
    report(f"cross-validation: {_line(validated)} at threshold {threshold}")
    nlp = load_pipeline(model)
    metadata: dict[str, Any] = {
        "corpus": corpus.name,
        "corpus_sha256": hashlib.sha256(corpus.read_bytes()).hexdigest(),
        "articles": len(articles),
        "model": f"{nlp.meta['lang']}_{nlp.meta['name']}",
        "model_version": nlp.meta["version"],
        "folds": folds,
        "cross_validation": _figures(validated),
    }
    scorer = Scorer(
        sifted.sight,
        first_look,
        fit_second(second_examples, known),
        fit_reading(examples),
        calibration,
        threshold,
        metadata,
    )
    write_weights(output, scorer)
    if dev is not None:
        metadata["dev"] = _measured(dev, model, output)
        report(f"{dev.name}: {metadata['dev']}")
        write_weights(output, scorer)
    return metadata


def _calibration(articles: Sequence[Any], held_out: OutOfFold) -> tuple[float, float]:
    scores = [held_out.second[i][k] for i, article in enumerate(articles) for k in article.indices]
    answers = [answer for article in articles for answer in article.answers]
    return fit_calibration(np.array(scores), np.array(answers))


def _threshold(
    articles: Sequence[GoldArticle],
    examples: Sequence[Example],
    held_out: OutOfFold,
    calibration: tuple[float, float],
    folds: int,
) -> tuple[float, Report]:
    """Return a threshold by the sum of quote and quote+source F1 out of fold, and its figures.

    Of those that come within `WORTH_PRECISION` of the best sum it is the highest: a wrong
    attribution costs more than a missed one.
    """
    measured: list[tuple[float, float, Report]] = []
    readers = [reader_of(e.setting, held_out.readings[fold_of(i, folds)]) for i, e in enumerate(examples)]
    for threshold in THRESHOLDS:
        found: Mapping[str, Sequence[PredictedRelation]] = {
            example.article.doc_id: relations_of(example, scores, read, calibration, threshold)
            for example, scores, read in zip(examples, held_out.second, readers, strict=True)
        }
        report = evaluate_relations(articles, found)
        measured.append((report.quotes.f1.value + report.quotes_with_source.f1.value, threshold, report))
    _, threshold, report = measured[last_near_best([each[0] for each in measured], WORTH_PRECISION)]
    return threshold, report


def _measured(dev: Path, model: str, weights: Path) -> dict[str, float]:
    from quotes.scoring.scorer import load_scorer
    from quotes.text.document import make_document

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


def _line(report: Report) -> str:
    return ", ".join(f"{name} {100 * value:.1f}" for name, value in _figures(report).items())
