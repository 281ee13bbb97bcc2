"""``quotes evaluate``: how well the extractor does on an annotated corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import exit_codes, options
from quotes.cli.messages import complain
from quotes.cli.outputs import console_on, write_record

if TYPE_CHECKING:
    from quotes.evaluation import Diagnosis, Report

EXAMPLE = "Example: quotes evaluate dev.jsonl --baselines --floor quotes=73 --floor direct.recall=94"
WIDTH = 120
"""Columns of the tables where the output is no terminal."""


def evaluate(
    corpus: options.CorpusArgument,
    *,
    model: options.ModelOption = None,
    quality: options.QualityOption = options.Quality.fast,
    provider: options.ProviderOption = None,
    segments: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Labelled segments of the articles; roles are then scored too."),
    ] = None,
    baselines: Annotated[
        bool, typer.Option("--baselines", "--rivals", help="Also score textacy and a that-clause baseline.")
    ] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List every error by cue and construction.")] = False,
    as_json: options.JsonOption = False,
    limit: options.LimitOption = None,
    floor: Annotated[
        list[str] | None,
        typer.Option(metavar="FIGURE=P", help="Fail if the figure is below P percent. Repeatable."),
    ] = None,
    floor_quotes: Annotated[
        float | None, typer.Option(metavar="P", min=0, max=100, help="Short for --floor quotes=P.")
    ] = None,
    ceiling_calibration: Annotated[
        float | None, typer.Option(metavar="E", min=0, max=1, help="Fail if the calibration error is above E.")
    ] = None,
) -> int:
    """Score the extractor on an annotated corpus.

    Statements of every attitude are scored.
    """
    import hashlib

    from quotes import evaluation
    from quotes.evaluation.baselines import baseline_reports
    from quotes.evaluation.floors import parsed_floors, shortfalls
    from quotes.syntax.pipeline import DEFAULT_MODEL, load_pipeline, parse_document
    from quotes.text.document import make_document

    short = [] if floor_quotes is None else [f"quotes={floor_quotes}"]
    floors = parsed_floors([*short, *(floor or ())], with_roles=segments is not None)
    articles = evaluation.read_corpus(corpus, limit)
    labelled = evaluation.read_segments(segments) if segments else ()
    nlp = load_pipeline(model or DEFAULT_MODEL)
    # The extractor gets the bare texts, as a user's files would reach it.
    documents = [make_document(article.text, document_id=article.doc_id) for article in articles]
    found = options.make_extractor(model, "all", 0.0, quality, provider).pipe(documents)
    predictions = {
        article.doc_id: evaluation.predicted_relations(article.text, statements)
        for article, statements in zip(articles, found, strict=True)
    }
    report = evaluation.evaluate_relations(articles, predictions, readings=labelled)
    others = baseline_reports(nlp, articles, labelled) if baselines else ()
    # The parse tells how an annotated content hangs on its cue.
    parses = {each.id: parse_document(nlp, each) for each in documents} if errors else {}
    diagnoses = evaluation.diagnose(articles, predictions, parses) if errors else ()
    digest = hashlib.sha256(corpus.read_bytes()).hexdigest()
    pipeline = f"{nlp.lang}_{nlp.meta['name']} {nlp.meta['version']}"
    if as_json:
        write_record({
            "corpus": str(corpus),
            "corpus_sha256": digest,
            "model": pipeline,
            "report": asdict(report),
            "baselines": [asdict(each) for each in others],
            "errors": [asdict(each) for each in diagnoses],
        })  # fmt: skip
    else:
        heading = f"{corpus} (sha256 {digest[:12]}), {pipeline}\n"
        _print_tables(heading, report, others, diagnoses if errors else None)
    missed = shortfalls(report, floors)
    off = report.calibration.expected_error if report.calibration else 0.0
    if ceiling_calibration is not None and off > ceiling_calibration:
        missed.append(f"calibration error {off:.3f} is above {ceiling_calibration:g}")
    for line in missed:
        complain(line)
    return exit_codes.DIFFERENCES if missed else exit_codes.OK


def _print_tables(
    heading: str, report: Report, baselines: Sequence[Report], errors: Sequence[Diagnosis] | None
) -> None:
    from quotes.evaluation.tables import baselines_table, error_listing, report_tables

    console = console_on(None, WIDTH)
    console.print(heading)
    for table in report_tables(report):
        console.print(table)
    if baselines:
        console.print(baselines_table((report, *baselines)))
    for each in () if errors is None else error_listing(errors):
        console.print(each, soft_wrap=True)
