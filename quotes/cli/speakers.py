"""``quotes speakers``: a table of who is quoted."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from quotes.cli import exit_codes, options
from quotes.cli.extract import ExtractionRun, protect_inputs
from quotes.cli.inputs import Reading, check_arguments
from quotes.cli.messages import visible
from quotes.cli.outputs import output_stream
from quotes.cli.progress import bar_wanted
from quotes.errors import UsageError

if TYPE_CHECKING:
    from quotes.speakers import Position, QuotedSpeaker

EXAMPLE = "Example: quotes speakers news/ --csv > speakers.csv"
NOBODY = "(no name)"
WIDTH = 10_000
"""Columns where the output is no terminal: wide enough for a line a speaker."""
_BETWEEN = "; "


def speakers(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Text files, folders (every *.txt below them), or '-' for standard input.",
            show_default=False,
        ),
    ],
    *,
    by_document: Annotated[
        bool, typer.Option("--by-document", help="Count each document alone, nobody merged over several.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON instead of a table.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write CSV instead of a table.")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="File to write.")
    ] = None,
    attitudes: options.AttitudesOption = "statement",
    min_confidence: options.ConfidenceOption = 0.0,
    model: options.ModelOption = None,
    encoding: options.EncodingOption = "utf-8",
    on_error: Annotated[
        options.OnError, typer.Option("--on-error", help="What a text that cannot be read does.")
    ] = options.OnError.STOP,
) -> int:
    """List who is quoted: how often, in how many words, through what media, from where to where."""
    if as_json and as_csv:
        raise UsageError("--json and --csv together; give one of them")
    check_arguments(paths)
    with output_stream(output) as stream:
        run = ExtractionRun(
            Reading(options.checked_encoding(encoding)), skip_errors=on_error is options.OnError.SKIP
        )
        names = run.find(paths)
        protect_inputs(output, names)
        extractor = options.make_extractor(model, attitudes, min_confidence)
        wanted = bar_wanted(output_is_file=output is not None)
        from quotes.speakers import speakers as merged
        from quotes.speakers import speakers_by_document

        count = speakers_by_document if by_document else merged
        extracted = run.results(names, extractor, show_progress=wanted)
        found = count(statements for _, statements in extracted)
        write = _write_json if as_json else _write_csv if as_csv else _write_table
        write(found, stream)
    return exit_codes.SKIPPED if run.skipped else exit_codes.OK


def _write_json(found: Sequence[QuotedSpeaker], stream: TextIO) -> None:
    from quotes.io.json import json_text

    stream.write(json_text([asdict(each) for each in found], indent=2) + "\n")


def _write_csv(found: Sequence[QuotedSpeaker], stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(
        ["name", "type", "represents", "statements", "direct", "indirect", "mixed", "words", "media"]
        + ["documents"]
        + [f"{which}_{what}" for which in ("first", "last") for what in ("document", "paragraph", "start")]
    )
    for each in found:
        row = [
            each.name or "",
            each.type,
            _BETWEEN.join(each.represents),
            each.statements,
            *(each.kinds[kind] for kind in ("direct", "indirect", "mixed")),
            each.words,
            _BETWEEN.join(each.media),
            _BETWEEN.join(each.documents),
            *(part for at in (each.first, each.last) for part in (at.document, at.paragraph, at.start)),
        ]
        writer.writerow([_cell(value) for value in row])


def _cell(value: str | int) -> str | int:
    """Return a value of the CSV; a lone surrogate, which no UTF-8 file can hold, as an escape."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _write_table(found: Sequence[QuotedSpeaker], stream: TextIO) -> None:
    from rich.console import Console
    from rich.table import Table

    many = len({document for each in found for document in each.documents}) > 1
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("speaker", "type"):
        table.add_column(title)
    for title in ("statements", "direct", "indirect", "mixed", "words"):
        table.add_column(title, justify="right")
    for title in ("media", *(["documents"] if many else []), "first", "last"):
        table.add_column(title)
    for each in found:
        table.add_row(
            visible(_who(each)),
            each.type,
            *map(str, (each.statements, *each.kinds.values(), each.words)),
            visible(_BETWEEN.join(each.media)),
            *([str(len(each.documents))] if many else []),
            visible(_place(each.first, many=many)),
            visible(_place(each.last, many=many)),
        )
    width = None if stream.isatty() else WIDTH
    console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
    if found:
        console.print(table)
    else:
        console.print("Nobody is quoted.")


def _who(each: QuotedSpeaker) -> str:
    name = each.name or NOBODY
    return f"{name} (for {_BETWEEN.join(each.represents)})" if each.represents else name


def _place(at: Position, *, many: bool) -> str:
    """Return paragraph and offset, both counted from 0 as in the statements."""
    where = f"{at.document} " if many else ""
    return f"{where}¶{at.paragraph} @{at.start}"
