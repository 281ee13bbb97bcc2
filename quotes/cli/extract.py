"""``quotes extract``: texts in, attributed statements out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotes.cli import exit_codes, options
from quotes.cli.inputs import TextRun
from quotes.cli.outputs import output_folder, output_stream
from quotes.files import MOST_BYTES
from quotes.io import Format

EXAMPLE = "Example: quotes extract news/ -o statements.json --published 2023-03-16"


def extract(
    paths: options.PathsArgument,
    *,
    output: Annotated[
        Path | None,
        options.output_option(
            help="File to write, replaced only when everything went well. For brat: a new or an empty folder."
        ),
    ] = None,
    output_format: Annotated[Format, typer.Option("--format", help="Format of the output.")] = Format.JSON,
    attitudes: options.AttitudesOption = "statement",
    min_confidence: options.ConfidenceOption = 0.0,
    model: options.ModelOption = None,
    published: options.PublishedOption = None,
    publisher: options.PublisherOption = None,
    title: options.TitleOption = None,
    encoding: options.EncodingOption = "utf-8",
    max_bytes: options.MaxBytesOption = MOST_BYTES,
    on_error: options.OnErrorOption = options.OnError.STOP,
) -> int:
    """Extract attributed statements from news texts, as JSON or in another format."""
    run = TextRun(encoding, published, publisher, title, max_bytes, skip_errors=on_error is options.OnError.SKIP)
    # The texts are looked for, and the extractor loaded, only when the output is known to be writable.
    with output_folder(output, output_format) if output_format.is_folder else output_stream(output) as target:
        names = run.find(paths, output)
        extractor = options.make_extractor(model, attitudes, min_confidence)
        extracted = run.results(names, extractor.extract_document, output_is_file=output is not None)
        output_format.write(extracted, target)
    return exit_codes.SKIPPED if run.skipped else exit_codes.OK
