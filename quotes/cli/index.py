"""``quotes index``: an archive made ready to be searched."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import exit_codes, options
from quotes.cli.messages import report, speak, warn
from quotes.cli.tally import counted
from quotes.errors import UsageError
from quotes.files import MOST_BYTES, kind_of

if TYPE_CHECKING:
    from quotes.corpus.search import ArchiveIndex

EXAMPLE = "Example: quotes index archive.jsonl"


def index(
    archive: Annotated[
        Path,
        typer.Argument(
            metavar="ARCHIVE",
            help="A *.jsonl, *.jsonl.gz or *.parquet file, or a folder (every *.txt in it, at any depth).",
            show_default=False,
        ),
    ],
    *,
    output: Annotated[
        Path | None, options.output_option(help="Index to write; ARCHIVE.quotes-index by default.")
    ] = None,
    id_column: Annotated[str, options.column_option("the document's id")] = "id",
    text_column: Annotated[str, options.column_option("the text")] = "text",
    published_column: Annotated[str, options.column_option("the date of publication")] = "published",
    publisher_column: Annotated[str, options.column_option("the publisher")] = "publisher",
    title_column: Annotated[str, options.column_option("the title")] = "title",
    encoding: options.EncodingOption = "utf-8",
    max_bytes: options.MaxBytesOption = MOST_BYTES,
    quiet: options.QuietOption = False,
) -> int:
    """Index an archive, so that 'quotes verify' can search it."""
    speak(quiet=quiet)
    from quotes.corpus import Archive, Columns
    from quotes.corpus.search import SUFFIX, build_index

    columns = Columns(id_column, text_column, published_column, publisher_column, title_column)
    target = output or archive.with_name(archive.name + SUFFIX)
    if not target.name.endswith(SUFFIX):
        raise UsageError(f"{target}: the name of an index ends with {SUFFIX}; that is how 'quotes verify' knows one")
    indexed = build_index(Archive((str(archive),), columns, encoding, max_bytes), target)
    report(f"Wrote an index of {counted(indexed.documents, 'document')} to {target}")
    for bad in indexed.bad:
        warn(f"left out {bad.id or bad.path}: {bad.reason}")
    return exit_codes.SKIPPED if indexed.bad else exit_codes.OK


def opened(path: Path, encoding: str, max_bytes: int) -> ArchiveIndex:
    """Open an index, or that of an archive, which is made first where it is not there."""
    from quotes.corpus import Archive
    from quotes.corpus.search import SUFFIX, ArchiveIndex, index_beside

    if path.name.endswith(SUFFIX):
        return ArchiveIndex(path)
    if kind_of(path.with_name(path.name + SUFFIX)) != "file":
        report(f"Indexing {path}, once; 'quotes index' can do it beforehand.")
    return index_beside(Archive((str(path),), encoding=encoding, max_bytes=max_bytes))
