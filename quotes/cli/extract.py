"""``quotes extract``: texts in, attributed statements out."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from quotes.cli import exit_codes, options
from quotes.cli.inputs import TextRun
from quotes.cli.messages import speak
from quotes.cli.outputs import chosen_form, output_folder, output_stream
from quotes.cli.sources import Settings, extracted_or_saved
from quotes.cli.tally import Tally
from quotes.errors import UsageError
from quotes.files import MOST_BYTES
from quotes.io import Format

if TYPE_CHECKING:
    from quotes.models import Statement
    from quotes.text.document import Document

EXAMPLE = "Example: quotes extract news/ -o statements.csv --published 2023-03-16"


class Form(StrEnum):
    """A form of the output: a table for a person, or one of `quotes.io.Format`."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"
    XLSX = "xlsx"
    WEBANNOTATION = "webannotation"
    BRAT = "brat"
    TEI = "tei"
    QDPX = "qdpx"


SUFFIXES = {
    ".json": (Form.JSON, Form.WEBANNOTATION),
    ".jsonl": (Form.JSONL,),
    ".ndjson": (Form.JSONL,),
    ".csv": (Form.CSV,),
    ".md": (Form.MARKDOWN,),
    ".xlsx": (Form.XLSX,),
    ".jsonld": (Form.WEBANNOTATION,),
    ".xml": (Form.TEI,),
    ".qdpx": (Form.QDPX,),
    ".txt": tuple(form for form in Form if form not in (Form.XLSX, Form.QDPX)),
}
"""What a file of each suffix holds, the usual form first."""
READ_BY_PEOPLE = (Form.TABLE, Form.MARKDOWN)
NEED_TEXT = (Form.WEBANNOTATION, Form.BRAT, Form.TEI, Form.QDPX)
"""Forms that hold more of the text than the statements."""


def extract(
    paths: options.SourcesArgument,
    *,
    output: Annotated[
        Path | None,
        options.output_option(
            help="File to write, in the format of its suffix; an old one is replaced only if everything goes well. "
            "For brat: a new or empty folder."
        ),
    ] = None,
    form: Annotated[
        Form | None,
        typer.Option(
            "--format",
            help=options.FORMAT_HELP,
        ),
    ] = None,
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
    publisher: options.PublisherOption = None,
    title: options.TitleOption = None,
    encoding: options.EncodingOption = "utf-8",
    max_bytes: options.MaxBytesOption = MOST_BYTES,
    keep_text: options.KeepTextOption = None,
    on_error: options.OnErrorOption = options.OnError.STOP,
    quiet: options.QuietOption = False,
    verbose: options.VerboseOption = False,
) -> int:
    """Find who said what: a table on a terminal, JSON in a pipe.

    With -o, the file's suffix decides the format. Saved statements can be filtered and converted too.
    """
    from quotes.filters import StatementFilter

    speak(quiet=quiet, verbose=verbose)
    chosen = chosen_form(form, output, SUFFIXES, standard=Form.JSON, terminal=Form.TABLE)
    run = TextRun(encoding, published, publisher, title, max_bytes, skip_errors=on_error is options.OnError.SKIP)
    run.keep_text = keep_text
    wanted = StatementFilter(speaker or (), kind or (), contains or (), since, until, named_only)
    tally = Tally()
    # The texts are looked for, and the extractor loaded, only when the output is known to be writable.
    with output_folder(output, chosen) if chosen is Form.BRAT else output_stream(output) as target:
        needs_text = chosen in NEED_TEXT
        settings = Settings(model, attitudes, min_confidence, quality, provider)
        extracted = extracted_or_saved(run, paths, output, wanted, settings, needs_text=needs_text)
        shown = tally.counted(extracted)
        if chosen in READ_BY_PEOPLE and wanted != StatementFilter():  # what was not asked for needs no heading
            shown = ((document, statements) for document, statements in shown if statements)
        write_extracted(chosen, shown, target)
    tally.tell(output)
    return exit_codes.SKIPPED if run.skipped else exit_codes.OK


def write_extracted(form: Form, extracted: Iterable[tuple[Document, list[Statement]]], target: TextIO | Path) -> None:
    """Write documents and their statements in a form, to a stream or a folder."""
    if form is Form.TABLE and not isinstance(target, Path):
        from quotes.cli.statement_table import print_statements

        print_statements(extracted, target)
    elif Format[form.name].is_binary and not isinstance(target, Path):
        if target.isatty():
            raise UsageError(f"{form} is not for a terminal; give a file with -o")
        Format[form.name].write(extracted, target.buffer)
    else:
        Format[form.name].write(extracted, target)
