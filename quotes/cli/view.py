"""``quotes view``: articles with their statements marked, as a page or in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import exit_codes, options
from quotes.cli.inputs import STANDARD_INPUT, Reading, check_arguments, find_texts, read_text
from quotes.cli.outputs import output_stream
from quotes.cli.progress import bar_wanted, progress_bar
from quotes.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.extractor import Extractor
    from quotes.view import Article

EXAMPLE = "Example: quotes view article.txt -o page.html"


def view(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Text files, folders (every *.txt below them, sorted by path), or '-' for standard input.",
            show_default=False,
        ),
    ],
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Page to write, one HTML file; without it, the terminal."
        ),
    ] = None,
    attitudes: options.AttitudesOption = "statement",
    min_confidence: options.ConfidenceOption = 0.0,
    model: options.ModelOption = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of publication of every text, as 2023-03-16.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="Who published every text.")] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Title of every text.")] = None,
    encoding: options.EncodingOption = "utf-8",
) -> int:
    """Show texts with their statements marked, by speaker and kind."""
    check_arguments(paths)
    reading = Reading(options.checked_encoding(encoding), options.parsed_date(published), publisher, title)
    names = [name for path in paths for name in find_texts(path)]
    if output is None:
        articles = _articles(names, reading, options.make_extractor(model, attitudes, min_confidence))
        from quotes.cli.terminal_view import print_articles

        with output_stream(None) as stream:
            print_articles(articles, stream)
        return exit_codes.OK
    _protect_inputs(output, names)
    with output_stream(output) as stream:
        articles = _articles(names, reading, options.make_extractor(model, attitudes, min_confidence))
        from quotes.view import render_page

        stream.write(render_page(articles))
    return exit_codes.OK


def _articles(names: Sequence[str], reading: Reading, extractor: Extractor) -> list[Article]:
    from quotes.view import Article

    found: list[Article] = []
    with progress_bar(len(names), wanted=bar_wanted(output_is_file=True)) as begin:
        for name in names:
            begin(name)
            document = read_text(name, reading)
            found.append(Article(document, extractor.extract_document(document)))
    return found


def _protect_inputs(output: Path, names: Sequence[str]) -> None:
    """Refuse to replace a text by the page that shows it."""
    target = output.resolve()
    if any(name != STANDARD_INPUT and Path(name).resolve() == target for name in names):
        raise UsageError(f"{output} is one of the texts to read; give another file with -o")
