"""``quotes evaluate``: how well the extractor does on an annotated corpus."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import exit_codes, options
from quotes.cli.messages import complain
from quotes.cli.outputs import output_stream

if TYPE_CHECKING:
    from quotes.evaluation import Diagnosis, GoldArticle, PredictedRelation, Reading, Report

EXAMPLE = "Example: quotes evaluate dev.jsonl --baselines --floor quotes=73 --floor direct.recall=94"
WIDTH = 120
"""Columns of the tables where the output is no terminal."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that one run of the command found.

    Attributes:
        corpus: The corpus file.
        corpus_sha256: Of its bytes.
        model: Name and version of the spaCy pipeline.
        report: The extractor's figures.
        baselines: The baselines' figures, when asked for.
        errors: The extractor's errors, when asked for.
    """

    corpus: str
    corpus_sha256: str
    model: str
    report: Report
    baselines: tuple[Report, ...] = field(default=())
    errors: tuple[Diagnosis, ...] = field(default=())


def evaluate(
    corpus: options.CorpusArgument,
    *,
    model: options.ModelOption = None,
    segments: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Labelled sentence segments of the same articles: role scores too."
        ),
    ] = None,
    baselines: Annotated[
        bool, typer.Option("--baselines", help="Score textacy and a that-clause baseline too.")
    ] = False,
    errors: Annotated[
        bool, typer.Option("--errors", help="List every error by cue and construction.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON instead of tables.")] = False,
    limit: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Use only the first N articles.", show_default=False),
    ] = None,
    floor: Annotated[
        list[str] | None,
        typer.Option(metavar="FIGURE=P", help="Fail when the figure is below P percent; may be repeated."),
    ] = None,
    floor_quotes: Annotated[
        float | None,
        typer.Option("--floor-quotes", metavar="P", min=0, max=100, help="Short for --floor quotes=P."),
    ] = None,
    ceiling_calibration: Annotated[
        float | None,
        typer.Option(
            "--ceiling-calibration",
            metavar="E",
            min=0,
            max=1,
            help="Fail when the expected calibration error is above E.",
        ),
    ] = None,
) -> int:
    """Score the extractor, every attitude, against an annotated corpus."""
    from quotes.evaluation import read_corpus, read_segments
    from quotes.evaluation.floors import parsed_floors

    short = [] if floor_quotes is None else [f"quotes={floor_quotes}"]
    floors = parsed_floors([*short, *(floor or ())], with_roles=segments is not None)
    articles = read_corpus(corpus, limit)
    readings = read_segments(segments) if segments else ()
    done = _run(corpus, articles, readings, model=model, with_baselines=baselines, with_errors=errors)
    if as_json:
        _write_json(done)
    else:
        _write_tables(done, list_errors=errors)
    return _gate(done.report, floors, ceiling_calibration)


def _run(
    path: Path,
    articles: Sequence[GoldArticle],
    readings: Sequence[Reading],
    *,
    model: str | None,
    with_baselines: bool,
    with_errors: bool,
) -> Evaluation:
    import hashlib

    from quotes.evaluation import evaluate_relations
    from quotes.syntax.pipeline import DEFAULT_MODEL, load_pipeline

    nlp = load_pipeline(model or DEFAULT_MODEL)
    predictions = _predictions(articles, model)
    report = evaluate_relations(articles, predictions, readings=readings)
    baselines: tuple[Report, ...] = ()
    if with_baselines:
        from quotes.evaluation.baselines import baseline_reports

        baselines = baseline_reports(nlp, articles, readings)
    return Evaluation(
        corpus=str(path),
        corpus_sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        model=f"{nlp.lang}_{nlp.meta['name']} {nlp.meta['version']}",
        report=report,
        baselines=baselines,
        errors=_errors(model, articles, predictions) if with_errors else (),
    )


def _predictions(
    articles: Sequence[GoldArticle], model: str | None
) -> dict[str, tuple[PredictedRelation, ...]]:
    """Run the extractor on the bare texts, as a user's files would reach it."""
    from quotes.evaluation import predicted_relations
    from quotes.text.document import make_document

    extractor = options.make_extractor(model, "all", 0.0)
    documents = (make_document(article.text, document_id=article.doc_id) for article in articles)
    return {
        article.doc_id: predicted_relations(article.text, statements)
        for article, statements in zip(articles, extractor.pipe(documents), strict=True)
    }


def _errors(
    model: str | None,
    articles: Sequence[GoldArticle],
    predictions: dict[str, tuple[PredictedRelation, ...]],
) -> tuple[Diagnosis, ...]:
    """List the errors; the parse tells how an annotated content hangs on its cue."""
    from quotes.evaluation import diagnose
    from quotes.syntax.pipeline import DEFAULT_MODEL, load_pipeline, parse_document
    from quotes.text.document import make_document

    nlp = load_pipeline(model or DEFAULT_MODEL)
    parses = {
        article.doc_id: parse_document(nlp, make_document(article.text, document_id=article.doc_id))
        for article in articles
    }
    return diagnose(articles, predictions, parses)


def _write_json(done: Evaluation) -> None:
    from quotes.io.json import json_text

    with output_stream(None) as stream:
        stream.write(json_text(asdict(done), indent=2) + "\n")


def _write_tables(done: Evaluation, *, list_errors: bool) -> None:
    from rich.console import Console

    from quotes.evaluation.tables import baselines_table, error_listing, report_tables

    with output_stream(None) as stream:
        width = None if stream.isatty() else WIDTH
        console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
        console.print(f"{done.corpus} (sha256 {done.corpus_sha256[:12]}), {done.model}\n")
        for table in report_tables(done.report):
            console.print(table)
        if done.baselines:
            console.print(baselines_table((done.report, *done.baselines)))
        if list_errors:
            for part in error_listing(done.errors):
                console.print(part, soft_wrap=True)


def _gate(report: Report, floors: dict[str, float], ceiling: float | None) -> int:
    """Say on standard error what is not reached, and return the exit code."""
    from quotes.evaluation.floors import shortfalls

    missed = shortfalls(report, floors)
    if ceiling is not None and report.calibration and report.calibration.expected_error > ceiling:
        missed.append(f"calibration error {report.calibration.expected_error:.3f} is above {ceiling:g}")
    for line in missed:
        complain(line)
    sys.stderr.flush()
    return exit_codes.DIFFERENCES if missed else exit_codes.OK
