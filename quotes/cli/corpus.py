"""``quotes corpus``: an archive in, a table of statements out."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import exit_codes, options
from quotes.cli.messages import is_verbose, report, speak, warn
from quotes.cli.progress import archive_bar
from quotes.cli.tally import counted
from quotes.files import DOCUMENT_SECONDS, MOST_BYTES

if TYPE_CHECKING:
    from quotes.corpus.run import Progress, Summary

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
            help="Folders (every *.txt in them, at any depth), *.jsonl, *.jsonl.gz, *.parquet, *.csv and *.tsv files.",
            show_default=False,
        ),
    ],
    *,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="OUT", help="Table to write: *.parquet, *.jsonl or *.duckdb.")
    ],
    workers: Annotated[int, options.count_option(help="Worker processes; each loads a pipeline of its own.")] = 1,
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
    provider: options.ProviderOption = None,
    extractor: Annotated[
        str | None,
        typer.Option(metavar="MODULE:FUNCTION", help="Your own function that makes the extractor of each worker."),
    ] = None,
    batch: Annotated[int, options.count_option(help="Documents per batch: what a worker loses if it is killed.")] = 32,
    document_seconds: Annotated[
        float,
        typer.Option(metavar="S", min=0.001, help="Seconds allowed per document; one that takes longer is bad."),
    ] = DOCUMENT_SECONDS,
    restart: Annotated[bool, typer.Option("--restart", help="Discard the unfinished work of an earlier run.")] = False,
    engine: Annotated[
        Engine, typer.Option(help="Where workers run: as processes on this machine, or as actors on a Ray cluster.")
    ] = Engine.PROCESSES,
    ray_address: options.RayAddressOption = None,
    quiet: options.QuietOption = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Also report each batch, and what is wrong with each bad document.")
    ] = False,
) -> int:
    """Extract the statements of a whole archive.

    A run that was stopped continues where it left off when you give the same command again.
    """
    speak(quiet=quiet, verbose=verbose)
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
        settings=Settings(
            model or DEFAULT_MODEL, chosen, min_confidence, quality, provider, extractor or DEFAULT_FACTORY
        ),
        workers=workers,
        engine=engine.value,
        ray_address=ray_address,
        batch_documents=batch,
        document_seconds=document_seconds,
        restart=restart,
    )
    run.archive.check()
    with archive_bar(lambda: total_size(inputs)) as show:
        summary = run_corpus(run, _watching(show))
    _tell(summary, output)
    return exit_codes.SKIPPED if summary.bad else exit_codes.OK


def _watching(show: Callable[[Progress], None] | None) -> Callable[[Progress], None]:
    """Return what is called for each batch: it moves the bar, and with --verbose tells of the batch."""

    def watch(progress: Progress) -> None:
        if show is not None:
            show(progress)
        if is_verbose():
            earlier = " (done by an earlier run)" if progress.resumed else ""
            documents = counted(progress.documents, "document")
            report(f"{documents}: {counted(progress.statements, 'statement')}{earlier}")
            for bad in progress.bad:
                report(f"{bad.id or bad.path}: {bad.reason}")

    return watch


def _tell(summary: Summary, output: Path) -> None:
    done = summary.documents - summary.resumed
    rate = done / summary.seconds if summary.seconds else 0.0
    resumed = f" ({summary.resumed:,} of them by an earlier run)" if summary.resumed else ""
    report(
        f"Wrote {counted(summary.statements, 'statement')} from {counted(summary.documents, 'document')}{resumed} "
        f"to {output} in {summary.seconds:.1f} s, {rate:.1f} documents a second"
    )
    if summary.bad:
        warn(f"left out {counted(summary.bad, 'bad document')}; ids and reasons are in {summary.errors}")
    if summary.doubtful:
        do = "does" if summary.doubtful == 1 else "do"
        warn(f"{counted(summary.doubtful, 'document')} {do} not read as English, see {summary.errors}")
