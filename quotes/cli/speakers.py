"""``quotes speakers``: a table of who is quoted."""

from __future__ import annotations

import csv
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from quotes.cli import exit_codes, options
from quotes.cli.inputs import TextRun
from quotes.cli.link import read_people
from quotes.cli.messages import report, speak, visible
from quotes.cli.outputs import chosen_form, console_on, output_stream, write_record
from quotes.cli.sources import Settings, extracted_or_saved
from quotes.cli.tally import Tally, counted
from quotes.errors import UsageError
from quotes.files import MOST_BYTES
from quotes.io.families import PERSON
from quotes.io.readable import UNNAMED

if TYPE_CHECKING:
    from quotes.linking.people import People
    from quotes.models import Statement
    from quotes.speakers import QuotedSpeaker

EXAMPLE = "Example: quotes speakers news/ --csv > speakers.csv"
WIDTH = 100
"""Columns of the table where the output is no terminal."""
EXAMPLE_LENGTH = 160
"""Characters of the example in the table."""
COLUMNS = (
    *("name", "type", "roles", "represents", "statements", "direct", "indirect", "mixed", "words", "media"),
    *("documents", "first_document", "first_paragraph", "first_start"),
    *("last_document", "last_paragraph", "last_start", "example"),
)
_BETWEEN = "; "


class Form(StrEnum):
    """A form of the output."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


SUFFIXES = {".json": (Form.JSON,), ".csv": (Form.CSV,), ".txt": tuple(Form)}


def speakers(
    paths: options.SourcesArgument,
    *,
    by_document: Annotated[bool, typer.Option("--by-document", help="Count each document separately.")] = False,
    people: options.PeopleOption = None,
    fold_copies: Annotated[
        bool, typer.Option("--fold-copies", help="Count a report only once if several documents carry it.")
    ] = False,
    as_json: options.JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    output: Annotated[Path | None, options.output_option(help="File to write: .csv, .json or .txt.")] = None,
    speaker: options.SpeakerOption = None,
    kind: options.KindOption = None,
    contains: options.ContainsOption = None,
    since: options.SinceOption = None,
    until: options.UntilOption = None,
    named_only: options.NamedOnlyOption = False,
    attitudes: options.AttitudesOption = "statement",
    min_confidence: options.ConfidenceOption = 0.0,
    model: options.ModelOption = None,
    quality: options.QualityOption = options.Quality.fast,
    provider: options.ProviderOption = None,
    published: options.PublishedOption = None,
    encoding: options.EncodingOption = "utf-8",
    max_bytes: options.MaxBytesOption = MOST_BYTES,
    on_error: options.OnErrorOption = options.OnError.STOP,
    quiet: options.QuietOption = False,
    verbose: options.VerboseOption = False,
) -> int:
    """List who is quoted, how often and where.

    With the number of words, the media, and an example of each speaker.
    """
    from quotes.filters import StatementFilter

    speak(quiet=quiet, verbose=verbose)
    if as_json and as_csv:
        raise UsageError("--json and --csv together; give one of them")
    known = read_people(people)
    given = Form.JSON if as_json else Form.CSV if as_csv else None
    form = chosen_form(given, output, SUFFIXES, standard=Form.TABLE, terminal=Form.TABLE)
    wanted = StatementFilter(speaker or (), kind or (), contains or (), since, until, named_only)
    tally = Tally()
    with output_stream(output) as stream:
        run = TextRun(encoding, published, max_bytes=max_bytes, skip_errors=on_error is options.OnError.SKIP)
        extracted = extracted_or_saved(
            run, paths, output, wanted, Settings(model, attitudes, min_confidence, quality, provider)
        )
        import quotes.speakers as counting
        from quotes.linking.copies import without_copies
        from quotes.linking.people import with_known_name

        count = counting.speakers_by_document if by_document else counting.speakers
        documents: Iterable[Sequence[Statement]] = (statements for _, statements in tally.counted(extracted))
        if fold_copies:
            documents = without_copies(documents)
        if known.rows:
            documents = [[with_known_name(each, known) for each in statements] for statements in documents]
        found = count(documents)
        if form is Form.JSON:
            records = [asdict(each) for each in found]
            if known.rows:
                records = [{**each, "person": known.named(each["name"])} for each in records]
            write_record(records, stream)
        elif form is Form.CSV:
            _write_csv(found, stream, known)
        else:
            _write_table(found, stream)
    if output is not None and str(output) != "-":
        named = sum(each.name is not None for each in found)
        report(
            f"Wrote {counted(named, 'speaker')} of {counted(tally.statements, 'statement')} "
            f"from {counted(tally.texts, 'text')} to {output}"
        )
    return exit_codes.SKIPPED if run.skipped else exit_codes.OK


def _write_csv(found: Sequence[QuotedSpeaker], stream: TextIO, people: People) -> None:
    """Write a row for each speaker; the columns of the table of people come last."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow((*COLUMNS, *(f"{PERSON}{name}" for name in people.columns)))
    for each in found:
        person = people.named(each.name) or {}
        cells = (*_row(each), *(person.get(name, "") for name in people.columns))
        # A lone surrogate, which no UTF-8 file can hold, is written as an escape.
        writer.writerow(str(cell).encode("utf-8", "backslashreplace").decode() for cell in cells)


def _row(each: QuotedSpeaker) -> Iterator[object]:
    yield from (each.name or "", each.type, _BETWEEN.join(each.roles), _BETWEEN.join(each.represents))
    yield each.statements
    yield from each.kinds.values()
    yield from (each.words, _BETWEEN.join(each.media), _BETWEEN.join(each.documents))
    for position in (each.first, each.last):
        yield from (position.document, position.paragraph, position.start)
    yield each.example


def _write_table(found: Sequence[QuotedSpeaker], stream: TextIO) -> None:
    """Print a row for each speaker, with what is known of them and an example of their words."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    console = console_on(stream, WIDTH)
    if not found:
        console.print("Nobody is quoted.")
        return
    many = len({document for each in found for document in each.documents}) > 1
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True, leading=1)
    table.add_column("Speaker", ratio=2)
    for title in ("Said", "Words", *(["Texts"] if many else [])):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("For example", ratio=3)
    for each in found:
        name = Text(visible(each.name or UNNAMED), "bold" if each.name else "dim")
        cells = (each.statements, each.words, *([len(each.documents)] if many else []))
        end = " …”" if each.example.startswith("“") else " …"
        example = visible(textwrap.shorten(each.example, EXAMPLE_LENGTH, placeholder=end))
        about = f"\n{visible(_about(each))}"
        table.add_row(Text.assemble(name, (about, "dim")), *(Text(str(cell)) for cell in cells), Text(example))
    console.print(table)


def _about(each: QuotedSpeaker) -> str:
    """Return what is known of a speaker in a line: "harbour master, for the port, through Radio Harbour; 2 direct"."""
    known = [*(each.roles[:1] or ([each.type] if each.name and each.type != "unknown" else []))]
    known += [f"for {name}" for name in each.represents[:1]]
    known += [f"through {name}" for name in each.media[:1]]
    kinds = ", ".join(f"{number} {kind}" for kind, number in each.kinds.items() if number)
    return "; ".join(filter(None, (", ".join(known), kinds)))
