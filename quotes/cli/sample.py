"""``quotes sample``: statements of an archive drawn for a person to judge."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import exit_codes, options
from quotes.cli.extract import NEED_TEXT, SUFFIXES, Form, write_extracted
from quotes.cli.messages import report, speak, warn
from quotes.cli.outputs import chosen_form, output_stream
from quotes.cli.sources import is_saved, without_text
from quotes.cli.tally import counted
from quotes.errors import InputError, UsageError
from quotes.files import MOST_BYTES, kind_of

if TYPE_CHECKING:
    from quotes.models import Statement
    from quotes.sampling import Design
    from quotes.text.document import Document

EXAMPLE = "Example: quotes sample statements.parquet -n 100 --by outlet,kind -o sample.json"
_NAMED = 3
"""Documents that a warning names."""


def sample(
    archive: Annotated[
        list[Path],
        typer.Argument(
            metavar="STATEMENTS...",
            help="Statements that 'quotes corpus' or 'quotes extract' wrote: *.parquet, *.duckdb, *.jsonl or *.json.",
            show_default=False,
        ),
    ],
    *,
    number: Annotated[int, options.count_option("-n", "--number", help="Statements to draw.")] = 100,
    by: Annotated[
        str,
        typer.Option(
            metavar="FIELDS",
            help="Draw from each outlet, kind, attitude, rule or document in proportion, and one at least; "
            "separate several by commas.",
        ),
    ] = "",
    seed: Annotated[int, typer.Option(metavar="N", help="Another seed draws others.")] = 0,
    output: Annotated[
        Path | None,
        options.output_option(help="File to write, in the format of its suffix; how it was drawn goes beside it."),
    ] = None,
    form: Annotated[Form | None, typer.Option("--format", help=options.FORMAT_HELP)] = None,
    articles: Annotated[
        Path | None,
        typer.Option(metavar="FILE.json", help="Also write the articles of what is drawn, for 'quotes review'."),
    ] = None,
    texts: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ARCHIVE",
            help="With --articles, where the texts are; the files that the statements name by default. Repeatable.",
        ),
    ] = None,
    text_column: Annotated[str, options.column_option("the text")] = "text",
    id_column: Annotated[str, options.column_option("the document's id")] = "id",
    published_column: Annotated[str, options.column_option("the date of publication")] = "published",
    publisher_column: Annotated[str, options.column_option("the publisher")] = "publisher",
    title_column: Annotated[str, options.column_option("the title")] = "title",
    encoding: options.EncodingOption = "utf-8",
    max_bytes: options.MaxBytesOption = MOST_BYTES,
    quiet: options.QuietOption = False,
) -> int:
    """Draw statements of an archive for review.

    The same ones for the same seed, in whatever order files and statements are given.
    """
    from quotes.corpus import Archive, Columns
    from quotes.sampling import chosen_fields, draw, write_articles
    from quotes.sampling.articles import places_of

    speak(quiet=quiet)
    chosen = chosen_form(form, output, SUFFIXES, standard=Form.JSON, terminal=Form.TABLE)
    _check(archive, chosen, articles, texts)
    with output_stream(output) as target:
        design, statements = draw(archive, number, chosen_fields(by), seed)
        write_extracted(chosen, _by_document(statements), target)
    _tell(design, output)
    if articles is None:
        return exit_codes.OK
    columns = Columns(id_column, text_column, published_column, publisher_column, title_column)
    source = Archive(tuple(texts or places_of(statements)), columns, encoding, max_bytes)
    if source.inputs:
        source.check()
    missing = write_articles(statements, source, articles)
    documents = {(each.provenance.document.id, each.provenance.document.sha256) for each in statements}
    report(f"Wrote {counted(len(documents) - len(missing), 'article')} to {articles}")
    if missing:
        named = ", ".join(each.id for each in missing[:_NAMED]) + (" ..." if len(missing) > _NAMED else "")
        warn(f"the text of {counted(len(missing), 'document')} was not found ({named}); say with --texts where it is")
    return exit_codes.SKIPPED if missing else exit_codes.OK


def _check(archive: Sequence[Path], form: Form, articles: Path | None, texts: Sequence[str] | None) -> None:
    for path in archive:
        if not kind_of(path):
            raise InputError(f"no such file: {path}; check the name")
        if not is_saved(path):
            raise UsageError(f"{path} holds no saved statements; give what 'quotes corpus' or 'quotes extract' wrote")
    if form in NEED_TEXT:
        raise UsageError(f"--format {form} needs the texts, and a sample is drawn from statements alone")
    if texts and articles is None:
        raise UsageError("--texts says where the texts of --articles are; give both, or neither")


def _tell(design: Design, output: Path | None) -> None:
    """Say what was drawn, and keep how beside a file."""
    from quotes.sampling import write_design
    from quotes.sampling.design import design_path

    strata = f" from {counted(len(design.strata), 'stratum').replace('stratums', 'strata')}" if design.by else ""
    drawn = f"{design.drawn:,} of {counted(design.statements, 'statement')}{strata}"
    if output is None or str(output) == "-":
        report(f"Drew {drawn}")
        return
    write_design(design, design_path(output))
    report(f"Wrote {drawn} to {output}, and how they were drawn to {design_path(output)}")


def _by_document(statements: Sequence[Statement]) -> list[tuple[Document, list[Statement]]]:
    grouped = groupby(statements, lambda each: each.provenance.document)
    return [(without_text(own[0]), own) for own in (list(each) for _, each in grouped)]
