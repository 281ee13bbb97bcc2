"""``quotes link``: which reports report the same utterance."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TextIO
from urllib.parse import quote

import typer

from quotes.cli import options
from quotes.cli.configuration import configured_people
from quotes.cli.messages import report, speak, visible
from quotes.cli.outputs import (
    PAGE_SUFFIXES,
    PageForm,
    check_opening,
    chosen_form,
    console_on,
    open_in_browser,
    output_stream,
)
from quotes.cli.tally import counted
from quotes.errors import InputError, UsageError

if TYPE_CHECKING:
    from quotes.linking.people import People
    from quotes.models import Family, Statement

EXAMPLE = "Example: quotes link statements.parquet -o families.json"
WIDTH = 120
"""Columns of the table where the output is no terminal."""
AT_ONCE = 20_000
"""Statements up to which everything is held in memory."""
_HEADER = 60
"""Code points of the first line of a table that an error shows."""
_WORDING = 120
"""Code points of a wording that the table shows."""


Key = tuple[str, str]
"""Ids of a document and of a statement in it."""


class Engine(StrEnum):
    """What compares the blocks of an archive."""

    LOCAL = "local"
    RAY = "ray"


class _Asked(NamedTuple):
    """What is asked of linking, by the names of `quotes.linking.archive.LinkRun`."""

    people: People
    min_confidence: float
    restart: bool
    engine: str
    workers: int
    ray_address: str | None


def link(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="STATEMENTS...",
            help="Files that 'quotes extract' or 'quotes corpus' wrote: *.json, *.jsonl, *.parquet, *.duckdb.",
            show_default=False,
        ),
    ],
    *,
    output: Annotated[Path | None, options.output_option(help="File to write.")] = None,
    form: Annotated[
        PageForm | None,
        typer.Option(
            "--format",
            help=options.FORMAT_HELP,
        ),
    ] = None,
    people: options.PeopleOption = None,
    pair_confidence: Annotated[
        float,
        typer.Option(
            "--min-confidence",
            metavar="P",
            help="Least mean probability of the pairs of a family; a higher one gives fewer, surer families.",
        ),
    ] = 0.75,
    restart: Annotated[bool, typer.Option("--restart", help="Discard the unfinished work of an earlier run.")] = False,
    engine: Annotated[
        Engine, typer.Option(help="Where an archive is compared: in this process, or by workers of a Ray cluster.")
    ] = Engine.LOCAL,
    workers: Annotated[int, options.count_option(help="Workers of the Ray cluster.")] = 1,
    ray_address: options.RayAddressOption = None,
    open_page: options.OpenOption = False,
    quiet: options.QuietOption = False,
) -> None:
    """Group the reports of the same utterance.

    Shows who had it first, its fullest wording, and what each report makes of it.
    """
    speak(quiet=quiet)
    if not 0.0 < pair_confidence <= 1.0:
        raise UsageError(f"--min-confidence {pair_confidence}: give a probability above 0, up to 1")
    known = read_people(people)
    chosen = chosen_form(form, output, PAGE_SUFFIXES, standard=PageForm.JSON, terminal=PageForm.TABLE)
    check_opening(open_page, output, is_page=chosen is PageForm.HTML)
    sizes: list[int] = []
    with output_stream(output) as stream:
        asked = _Asked(known, pair_confidence, restart, engine.value, workers, ray_address)
        found = _families(paths, output, asked)
        measured = _measured(found, sizes)
        if chosen is PageForm.HTML:
            _write_page(measured, stream, paths, output)
        elif chosen is PageForm.TABLE:
            _write_table(measured, stream, paths)
        elif chosen is PageForm.CSV:
            _write_csv(measured, stream, known.columns)
        else:
            _write_json(measured, stream)
    if output is not None and str(output) != "-":
        families = f"{len(sizes):,} {'family' if len(sizes) == 1 else 'families'}"
        report(f"Wrote {families} of {counted(sum(sizes), 'statement')} to {output}")
    if open_page and output is not None:
        open_in_browser(output)


def _measured(families: Iterable[Family], sizes: list[int]) -> Iterator[Family]:
    """Yield families, and note how many members each has."""
    for family in families:
        sizes.append(len(family.members))
        yield family


def read_people(path: Path | None) -> People:
    """Return the people of a table, all its columns kept; without one those of the current folder's file.

    Raises:
        InputError: The table cannot be read.
        UsageError: It is no table of people; the message says what is wrong and where.
    """
    from quotes.linking.people import People

    if path is None:
        where, rows = configured_people()
        try:
            return People(rows)
        except UsageError as error:
            raise UsageError(f"{where}, aliases: {error}") from error
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            lines = [(row, reader.line_num) for row in reader]
            header = reader.fieldnames or ()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be read as a CSV table in UTF-8: {reason}") from error
    wrong = _wrong_header(header)
    if wrong:
        raise UsageError(f"{path}: {wrong}")
    long = next((line for row, line in lines if None in row), None)
    if long is not None:
        raise UsageError(f"{path}:{long}: more cells than columns; put a cell with a comma in quotation marks")
    try:
        return People({name: value or "" for name, value in row.items()} for row, _ in lines)
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from error


def _wrong_header(header: Sequence[str]) -> str:
    """Return what is wrong with the first line of a table of people, "" for nothing."""
    if not {"name", "alias", "aliases"} & set(header):
        return (
            f"no column 'name' in its first line ({', '.join(header)[:_HEADER] or 'which is empty'}); it has columns "
            "separated by commas: 'name', and if you like 'id', 'aliases' (separated by ';') and others"
        )
    twice = next((name for name, times in Counter(header).items() if times > 1), None)
    return f"there are two columns {twice!r}; leave one, or give them other names" if twice is not None else ""


def _families(paths: list[Path], output: Path | None, asked: _Asked) -> Iterator[Family]:
    """Yield the families; of an archive too large for memory block by block, beside the output."""
    from quotes.io.saved import statement_records
    from quotes.linking.families import linked

    def records() -> Iterator[Mapping[str, Any]]:
        return chain.from_iterable(map(statement_records, paths))

    if asked.engine == Engine.LOCAL:
        held = list(islice(records(), AT_ONCE + 1))
        if len(held) <= AT_ONCE:
            yield from linked(held, asked.people, asked.min_confidence)
            return
        del held
    if output is None or str(output) == "-":
        what = "on Ray statements" if asked.engine == Engine.RAY else f"more than {AT_ONCE:,} statements"
        raise UsageError(f"{what} are linked beside their output; give a file with -o")
    from quotes.linking.archive import LinkRun, linked_archive

    made_from = {str(path.resolve()): [path.stat().st_size, path.stat().st_mtime_ns] for path in paths}
    yield from linked_archive(LinkRun(records, output, made_from={"inputs": made_from}, **asked._asdict()))


def _write_json(families: Iterable[Family], stream: TextIO) -> None:
    from quotes.io.families import write_families_json

    write_families_json(families, stream)


def _write_csv(families: Iterable[Family], stream: TextIO, person_columns: Sequence[str]) -> None:
    from quotes.io.families import write_families_csv

    write_families_csv(families, stream, person_columns)


def _write_page(families: Iterable[Family], stream: TextIO, paths: Iterable[Path], output: Path | None) -> None:
    from quotes.view.families import render_families

    found = list(families)
    statements = _reported(found, paths)
    links = _links(statements, output.parent) if output is not None and str(output) != "-" else {}
    stream.write(render_families(found, statements, links))


def _reported(families: Iterable[Family], paths: Iterable[Path]) -> dict[Key, Statement]:
    """Read again what the members of families report, by document and id."""
    from quotes.io.saved import statement_records
    from quotes.models import Statement

    wanted = {(member.document, member.statement) for family in families for member in family.members}
    found: dict[Key, Statement] = {}
    for record in chain.from_iterable(map(statement_records, paths)):
        key = (record["provenance"]["document"]["id"], record["id"])
        if key in wanted:
            found[key] = Statement.model_validate(record)
    return found


def _links(statements: Iterable[Key], folder: Path) -> dict[Key, str]:
    """Return where pages of `quotes view` in a folder, each named after its document, show some statements."""
    from quotes.view.page import statements_on

    pages: dict[str, dict[str, int]] = {}
    found: dict[Key, str] = {}
    for document, statement in statements:
        name = f"{document}.html"
        if name not in pages:
            path = folder / name
            is_here = Path(name).name == name and path.is_file()
            pages[name] = statements_on(path.read_text("utf-8", "replace")) if is_here else {}
        if statement in pages[name]:
            found[document, statement] = f"{quote(name)}#card-{pages[name][statement]}"
    return found


def _write_table(families: Iterable[Family], stream: TextIO, paths: Iterable[Path]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    found = list(families)
    statements = _reported(found, paths)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, leading=1)
    table.add_column("First", min_width=10)
    table.add_column("Speaker", min_width=8)
    table.add_column("Fullest wording", min_width=24)
    table.add_column("Reports", no_wrap=True)
    table.add_column("Sure", justify="right", no_wrap=True)
    for family in found:
        first = family.members[0]
        said = family.wording or statements[first.document, first.statement].content.text
        table.add_row(
            visible(f"{first.published or 'no day'}") + "\n" + visible(first.publisher or first.document),
            visible(family.speaker.name or "(no name)"),
            visible(_short(said, is_quoted=family.wording is not None)),
            "\n".join(_size(family)),
            f"{family.confidence:.2f}",
        )
    console = console_on(stream, WIDTH)
    console.print(table if found else "No two statements report one utterance.")


def _short(said: str, *, is_quoted: bool) -> str:
    """Return the beginning of what was said on one line; a paraphrase has no quotation marks."""
    text = " ".join(said.split()).rstrip(" ,")
    if len(text) > _WORDING:
        text = f"{text[:_WORDING].rpartition(' ')[0] or text[:_WORDING]} …"
    return f"“{text}”" if is_quoted else text


def _size(family: Family) -> Iterator[str]:
    """Yield how many reports a family has, how many copies of these, and of how many outlets."""
    copies = sum(member.copy_of is not None for member in family.members)
    outlets = len({member.publisher or member.document for member in family.members})
    own = len(family.members) - copies
    yield f"{own} report{'s' * (own != 1)}"
    if copies:
        yield f"{copies} {'copy' if copies == 1 else 'copies'}"
    yield f"{outlets} outlet{'s' * (outlets != 1)}"
