"""``quotes speakers``: a table of who is quoted."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from quotes.cli import exit_codes, options
from quotes.cli.inputs import TextRun
from quotes.cli.link import known_names
from quotes.cli.messages import visible
from quotes.cli.outputs import console_on, output_stream, write_record
from quotes.errors import UsageError
from quotes.files import MOST_BYTES

if TYPE_CHECKING:
    from quotes.models import Statement
    from quotes.speakers import QuotedSpeaker

EXAMPLE = "Example: quotes speakers news/ --csv > speakers.csv"
WIDTH = 10_000
"""Columns where the output is no terminal: wide enough for one line per speaker."""
COLUMNS = (
    *("name", "type", "roles", "represents", "statements", "direct", "indirect", "mixed", "words", "media"),
    *("documents", "first_document", "first_paragraph", "first_start"),
    *("last_document", "last_paragraph", "last_start"),
)
_BETWEEN = "; "


def speakers(
    paths: options.PathsArgument,
    *,
    by_document: Annotated[bool, typer.Option("--by-document", help="Count each document separately.")] = False,
    people: options.PeopleOption = None,
    fold_copies: Annotated[
        bool, typer.Option("--fold-copies", help="Count a report that several documents copy only once.")
    ] = False,
    as_json: options.JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write CSV.")] = False,
    output: Annotated[Path | None, options.output_option(help="File to write.")] = None,
    attitudes: options.AttitudesOption = "statement",
    min_confidence: options.ConfidenceOption = 0.0,
    model: options.ModelOption = None,
    encoding: options.EncodingOption = "utf-8",
    max_bytes: options.MaxBytesOption = MOST_BYTES,
    on_error: options.OnErrorOption = options.OnError.STOP,
) -> int:
    """List who is quoted: how often, in how many words, through which media, and where."""
    if as_json and as_csv:
        raise UsageError("--json and --csv together; give one of them")
    names_known = known_names(people) if people is not None else {}
    with output_stream(output) as stream:
        run = TextRun(encoding, max_bytes=max_bytes, skip_errors=on_error is options.OnError.SKIP)
        names = run.find(paths, output)
        extractor = options.make_extractor(model, attitudes, min_confidence)
        import quotes.speakers as counting
        from quotes.linking.copies import without_copies
        from quotes.linking.people import with_known_names

        extracted = run.results(names, extractor.extract_document, output_is_file=output is not None)
        count = counting.speakers_by_document if by_document else counting.speakers
        documents: Iterable[Sequence[Statement]] = (statements for _, statements in extracted)
        if fold_copies:
            documents = without_copies(documents)
        if people is not None:
            documents = [[with_known_names(each, names_known) for each in statements] for statements in documents]
        found = count(documents)
        if as_json:
            write_record([asdict(each) for each in found], stream)
        else:
            (_write_csv if as_csv else _write_table)(found, stream)
    return exit_codes.SKIPPED if run.skipped else exit_codes.OK


def _write_csv(found: Sequence[QuotedSpeaker], stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in found:
        # A lone surrogate, which no UTF-8 file can hold, is written as an escape.
        writer.writerow(str(cell).encode("utf-8", "backslashreplace").decode() for cell in _row(each))


def _row(each: QuotedSpeaker) -> Iterator[object]:
    yield from (each.name or "", each.type, _BETWEEN.join(each.roles), _BETWEEN.join(each.represents))
    yield each.statements
    yield from each.kinds.values()
    yield from (each.words, _BETWEEN.join(each.media), _BETWEEN.join(each.documents))
    for position in (each.first, each.last):
        yield from (position.document, position.paragraph, position.start)


def _write_table(found: Sequence[QuotedSpeaker], stream: TextIO) -> None:
    from rich.table import Column, Table

    console = console_on(stream, WIDTH)
    if not found:
        console.print("Nobody is quoted.")
        return
    many = len({document for each in found for document in each.documents}) > 1
    counts = (Column(title, justify="right") for title in ("statements", "direct", "indirect", "mixed", "words"))
    texts = ("media", *(["documents"] if many else []), "first", "last")
    table = Table("speaker", "type", *counts, *texts, box=None, header_style="bold", pad_edge=False)
    for each in found:
        # Paragraph and offset are counted from 0, as in the statements.
        places = (f"{at.document} " * many + f"¶{at.paragraph} @{at.start}" for at in (each.first, each.last))
        spoken_for = f" (for {_BETWEEN.join(each.represents)})" if each.represents else ""
        table.add_row(
            visible(f"{each.name or '(no name)'}{spoken_for}"),
            each.type,
            *map(str, (each.statements, *each.kinds.values(), each.words)),
            visible(_BETWEEN.join(each.media)),
            *([str(len(each.documents))] if many else []),
            *map(visible, places),
        )
    console.print(table)
