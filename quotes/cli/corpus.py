"""``quotes corpus``: an archive in, a table of statements out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import exit_codes, options
from quotes.cli.messages import tell, warn
from quotes.cli.progress import bar_wanted

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
            help="Folders (every *.txt below them), *.jsonl, *.jsonl.gz and *.parquet files.",
            show_default=False,
        ),
    ],
    *,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="OUT", help="Table to write: *.parquet, *.jsonl or *.duckdb."),
    ],
    workers: Annotated[
        int, typer.Option(metavar="N", min=1, help="Processes, each with a pipeline of its own.")
    ] = 1,
    id_column: Annotated[str, typer.Option(metavar="NAME", help="Column of the document's id.")] = "id",
    text_column: Annotated[str, typer.Option(metavar="NAME", help="Column of the text.")] = "text",
    published_column: Annotated[
        str, typer.Option(metavar="NAME", help="Column of the day of publication.")
    ] = "published",
    publisher_column: Annotated[
        str, typer.Option(metavar="NAME", help="Column of the publisher.")
    ] = "publisher",
    title_column: Annotated[str, typer.Option(metavar="NAME", help="Column of the title.")] = "title",
    encoding: options.EncodingOption = "utf-8",
    attitudes: options.AttitudesOption = "statement",
    min_confidence: options.ConfidenceOption = 0.0,
    model: options.ModelOption = None,
    extractor: Annotated[
        str | None,
        typer.Option(
            metavar="MODULE:FUNCTION", help="Your own function that makes the extractor of a worker."
        ),
    ] = None,
    batch: Annotated[
        int, typer.Option(metavar="N", min=1, help="Documents of a batch: what a kill can cost.")
    ] = 32,
    restart: Annotated[
        bool, typer.Option("--restart", help="Throw away the unfinished work of an earlier run.")
    ] = False,
    engine: Annotated[
        Engine, typer.Option(help="Processes on this machine, or actors on a Ray cluster.")
    ] = Engine.PROCESSES,
    ray_address: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="The Ray cluster; one on this machine when not given."),
    ] = None,
) -> int:
    """Extract the statements of an archive; killed and started again it goes on where it was."""
    from quotes.corpus.arrow import require_arrow

    require_arrow()
    from quotes.corpus.readers import Archive, total_size
    from quotes.corpus.records import Columns
    from quotes.corpus.run import CorpusRun, run_corpus
    from quotes.corpus.settings import DEFAULT_FACTORY, Settings
    from quotes.syntax.pipeline import DEFAULT_MODEL

    columns = Columns(id_column, text_column, published_column, publisher_column, title_column)
    run = CorpusRun(
        archive=Archive(tuple(inputs), columns, options.checked_encoding(encoding)),
        output=output,
        settings=Settings(
            model=model or DEFAULT_MODEL,
            attitudes=options.parsed_attitudes(attitudes),
            min_confidence=min_confidence,
            factory=extractor or DEFAULT_FACTORY,
        ),
        workers=workers,
        engine=engine.value,
        ray_address=ray_address,
        batch_documents=batch,
        restart=restart,
    )
    run.archive.check()
    with _progress_bar(lambda: total_size(inputs), wanted=bar_wanted(output_is_file=True)) as show:
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


@contextmanager
def _progress_bar(total: Callable[[], int], *, wanted: bool) -> Iterator[Callable[[Progress], None] | None]:
    """Show how much of the archive is done, at what rate, and how long the rest takes."""
    if not wanted:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"))
    console = Console(stderr=True)
    size, begun = total(), time.monotonic()
    documents, done_here, size_here = 0, 0, 0.0
    with Bar(*columns, console=console, transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("starting", total=size)

        def show(progress: Progress) -> None:
            nonlocal documents, done_here, size_here
            documents += progress.documents
            if not progress.resumed:
                done_here += progress.documents
                size_here += progress.size
            bar.update(task, advance=progress.size)
            left = size - bar.tasks[0].completed
            said = progress_line(documents, done_here, size_here, left, time.monotonic() - begun)
            bar.update(task, description=said)

        yield show


def progress_line(documents: int, done: int, size: float, left: float, seconds: float) -> str:
    """Return what stands behind the bar.

    >>> progress_line(900, 300, 600_000, 1_200_000, 60.0)
    '900 documents, 5.0/s, 0:02:00 left'

    Args:
        documents: Documents done, those of an earlier run included.
        done: Documents that this run has done.
        size: Bytes of the archive that this run has done.
        left: Bytes that are to be done.
        seconds: What this run has taken so far.
    """
    if not done or not seconds:
        return f"{documents} documents"
    rest = round(max(left, 0.0) * seconds / size) if size else 0
    clock = f"{rest // 3600}:{rest % 3600 // 60:02d}:{rest % 60:02d}"
    return f"{documents} documents, {done / seconds:.1f}/s, {clock} left"
