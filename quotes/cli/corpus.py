"""``quotes corpus``: an archive in, a table of statements out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import exit_codes, options
from quotes.cli.messages import tell, warn
from quotes.cli.progress import archive_bar
from quotes.files import DOCUMENT_SECONDS, MOST_BYTES

if TYPE_CHECKING:
    from quotes.corpus.run import Summary

EXAMPLE = "Example: quotes corpus archive.jsonl.gz -o statements.parquet --workers 4"


class Engine(StrEnum):
    """What runs the workers."""

    PROCESSES = "processes"
    RAY = "ray"


def corpus(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="IN...",
            help="Folders (every *.txt in them at any depth), *.jsonl, *.jsonl.gz, *.parquet, *.csv and *.tsv files.",
            show_default=False,
        ),
    ],
    *,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="OUT", help="Table to write: *.parquet, *.jsonl or *.duckdb.")
    ],
    workers: Annotated[int, options.count_option(help="Worker processes, each with its own pipeline.")] = 1,
    id_column: Annotated[str, options.column_option("the document's id")] = "id",
    text_column: Annotated[str, options.column_option("the text")] = "text",
    published_column: Annotated[str, options.column_option("the date of publication")] = "published",
    publisher_column: Annotated[str, options.column_option("the publisher")] = "publisher",
    title_column: Annotated[str, options.column_option("the title")] = "title",
    encoding: options.EncodingOption = "utf-8",
    max_bytes: options.MaxBytesOption = MOST_BYTES,
    attitudes: options.AttitudesOption = "statement",
    min_confidence: options.ConfidenceOption = 0.0,
    model: options.ModelOption = None,
    quality: options.QualityOption = options.Quality.fast,
    extractor: Annotated[
        str | None,
        typer.Option(metavar="MODULE:FUNCTION", help="Function of your own that makes each worker's extractor."),
    ] = None,
    batch: Annotated[int, options.count_option(help="Documents in a batch: what a kill can cost.")] = 32,
    document_seconds: Annotated[
        float,
        typer.Option(metavar="S", min=0.001, help="Seconds a document may take; one that takes longer is bad."),
    ] = DOCUMENT_SECONDS,
    restart: Annotated[bool, typer.Option("--restart", help="Discard the unfinished work of an earlier run.")] = False,
    engine: Annotated[
        Engine, typer.Option(help="Processes on this machine, or actors on a Ray cluster.")
    ] = Engine.PROCESSES,
    ray_address: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Address of the Ray cluster; without it, one is started on this machine."),
    ] = None,
) -> int:
    """Extract the statements of an archive; started again, a run that was killed goes on where it was."""
    from quotes.corpus.arrow import require_arrow

    require_arrow()
    from quotes.corpus import Archive, Columns, CorpusRun, Settings, run_corpus
    from quotes.corpus.readers import total_size
    from quotes.corpus.settings import DEFAULT_FACTORY
    from quotes.extractor import chosen_attitudes
    from quotes.syntax.pipeline import DEFAULT_MODEL

    columns = Columns(id_column, text_column, published_column, publisher_column, title_column)
    chosen = tuple(sorted(chosen_attitudes(attitudes)))
    run = CorpusRun(
        archive=Archive(tuple(inputs), columns, encoding, max_bytes),
        output=output,
        settings=Settings(model or DEFAULT_MODEL, chosen, min_confidence, quality, extractor or DEFAULT_FACTORY),
        workers=workers,
        engine=engine.value,
        ray_address=ray_address,
        batch_documents=batch,
        document_seconds=document_seconds,
        restart=restart,
    )
    run.archive.check()
    with archive_bar(lambda: total_size(inputs)) as show:
        summary = run_corpus(run, show)
    _tell(summary, output)
    return exit_codes.SKIPPED if summary.bad else exit_codes.OK


def _tell(summary: Summary, output: Path) -> None:
    done = summary.documents - summary.resumed
    rate = done / summary.seconds if summary.seconds else 0.0
    resumed = f" ({summary.resumed} of them by an earlier run)" if summary.resumed else ""
    tell(
        f"{summary.documents} documents{resumed}, {summary.statements} statements in {output}; "
        f"{summary.seconds:.1f} s, {rate:.1f} documents a second"
    )
    if summary.bad:
        warn(f"{summary.bad} bad documents, left out; their ids and reasons are in {summary.errors}")
