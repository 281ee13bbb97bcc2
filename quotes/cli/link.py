"""``quotes link``: which reports report the same utterance."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from quotes.cli import options
from quotes.cli.messages import report, speak, visible
from quotes.cli.outputs import chosen_form, console_on, output_stream
from quotes.cli.tally import counted
from quotes.errors import InputError, UsageError

if TYPE_CHECKING:
    from quotes.models import Family

EXAMPLE = "Example: quotes link statements.parquet -o families.json"
WIDTH = 160
"""Columns of the table where the output is no terminal."""
AT_ONCE = 20_000
"""Statements up to which everything is held in memory."""
_WORDING = 80


class Format(StrEnum):
    """Forms of output."""

    JSON = "json"
    CSV = "csv"
    TABLE = "table"


SUFFIXES = {".json": (Format.JSON,), ".csv": (Format.CSV,), ".txt": (Format.TABLE, Format.JSON, Format.CSV)}


def link(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="STATEMENTS...",
            help="What 'quotes extract' or 'quotes corpus' wrote: *.json, *.jsonl, *.parquet or *.duckdb files.",
            show_default=False,
        ),
    ],
    *,
    output: Annotated[Path | None, options.output_option(help="File to write.")] = None,
    form: Annotated[
        Format | None,
        typer.Option("--format", help="Format; when not given, that of the file's suffix, or a table on a terminal."),
    ] = None,
    people: options.PeopleOption = None,
    min_confidence: Annotated[
        float,
        typer.Option(metavar="P", help="Least mean probability of the pairs of a family; higher is fewer and surer."),
    ] = 0.29,
    restart: Annotated[bool, typer.Option("--restart", help="Discard the unfinished work of an earlier run.")] = False,
    quiet: options.QuietOption = False,
) -> None:
    """Group the statements that report one utterance, and show what each report makes of its fullest wording."""
    speak(quiet=quiet)
    if not 0.0 < min_confidence <= 1.0:
        raise UsageError(f"--min-confidence {min_confidence}: give a probability above 0, up to 1")
    known = read_aliases(people)
    chosen = chosen_form(form, output, SUFFIXES, standard=Format.JSON, terminal=Format.TABLE)
    sizes: list[int] = []
    with output_stream(output) as stream:
        found = _families(paths, output, known, min_confidence, restart=restart)
        _WRITERS[chosen](_measured(found, sizes), stream)
    if output is not None and str(output) != "-":
        families = f"{len(sizes):,} {'family' if len(sizes) == 1 else 'families'}"
        report(f"Wrote {families} of {counted(sum(sizes), 'statement')} to {output}")


def _measured(families: Iterable[Family], sizes: list[int]) -> Iterator[Family]:
    """Yield families, and note how many members each has."""
    for family in families:
        sizes.append(len(family.members))
        yield family


def read_aliases(path: Path | None) -> dict[str, str]:
    """Return the id of each name that a table of people gives, none without a table.

    Raises:
        InputError: The table cannot be read.
        UsageError: It has no column of names.
    """
    from quotes.linking.archive import read_people

    return read_people(people_rows(path)) if path is not None else {}


def known_names(path: Path) -> dict[str, str]:
    """Return the ``name`` of each person in a table of people by all their names; see `read_aliases`."""
    from quotes.linking.archive import read_people

    return read_people({**row, "id": row.get("name", "")} for row in people_rows(path))


def people_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table of people, all its columns kept; see `read_aliases`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            rows = [{key: value or "" for key, value in row.items() if key} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read as a CSV table in UTF-8: {error}") from error
    if not {"name", "alias", "aliases"} & set(reader.fieldnames or ()):
        raise UsageError(
            f"{path}: it needs a column 'name', and may have 'id' and 'aliases' (several, separated by ';')"
        )
    return rows


def _families(
    paths: list[Path], output: Path | None, people: Mapping[str, str], min_confidence: float, *, restart: bool
) -> Iterator[Family]:
    """Yield the families; of an archive too large for memory block by block, beside the output."""
    from quotes.linking.families import linked
    from quotes.linking.reading import statement_records

    def records() -> Iterator[Mapping[str, Any]]:
        return chain.from_iterable(map(statement_records, paths))

    held = list(islice(records(), AT_ONCE + 1))
    if len(held) <= AT_ONCE:
        yield from linked(held, people, min_confidence)
        return
    if output is None or str(output) == "-":
        raise UsageError(f"more than {AT_ONCE:,} statements are linked beside their output; give a file with -o")
    from quotes.linking.archive import LinkRun, linked_archive

    del held
    made_from = {str(path.resolve()): [path.stat().st_size, path.stat().st_mtime_ns] for path in paths}
    run = LinkRun(records, output, people, min_confidence, {"inputs": made_from}, restart)
    yield from linked_archive(run)


def _write_json(families: Iterable[Family], stream: TextIO) -> None:
    from quotes.io.families import write_families_json

    write_families_json(families, stream)


def _write_csv(families: Iterable[Family], stream: TextIO) -> None:
    from quotes.io.families import write_families_csv

    write_families_csv(families, stream)


def _write_table(families: Iterable[Family], stream: TextIO) -> None:
    from rich.table import Column, Table

    numbers = (Column(title, justify="right") for title in ("reports", "outlets", "copies"))
    table = Table(
        "first", "speaker", *numbers, "wording or relation", "confidence", box=None, header_style="bold", pad_edge=False
    )
    for family in families:
        first = next(member for member in family.members if member.statement == family.first)
        wording = " ".join((family.wording or "(paraphrases only)").split())
        table.add_row(
            visible(f"{first.published or 'undated'} {first.publisher or first.document}"),
            visible(family.speaker.name or "(no name)"),
            str(len(family.members)),
            str(len({member.publisher or member.document for member in family.members})),
            str(len({member.document for member in family.members if member.copy_of is not None})),
            visible(wording if len(wording) <= _WORDING else f"{wording[: _WORDING - 1]}…"),
            f"{family.confidence:.2f}",
        )
    console = console_on(stream, WIDTH)
    console.print(table if table.row_count else "No two statements report one utterance.")


_WRITERS: dict[Format, Callable[[Iterable[Family], TextIO], None]] = {
    Format.JSON: _write_json,
    Format.CSV: _write_csv,
    Format.TABLE: _write_table,
}
