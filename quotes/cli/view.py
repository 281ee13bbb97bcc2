"""``quotes view``: articles with their statements marked, as a page or in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import exit_codes, options
from quotes.cli.extract import protect_inputs
from quotes.cli.inputs import Reading, check_arguments, find_texts, read_text
from quotes.cli.outputs import output_stream
from quotes.cli.progress import bar_wanted, progress_bar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.extractor import Extractor
    from quotes.text.document import Document
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
    published: options.PublishedOption = None,
    publisher: options.PublisherOption = None,
    title: options.TitleOption = None,
    encoding: options.EncodingOption = "utf-8",
) -> int:
    """Show texts with their statements marked, by speaker and kind."""
    check_arguments(paths)
    reading = Reading(options.checked_encoding(encoding), options.parsed_date(published), publisher, title)
    names = [name for path in paths for name in find_texts(path)]
    if output is not None:
        protect_inputs(output, names)
    with output_stream(output) as stream:
        extractor = options.make_extractor(model, attitudes, min_confidence)
        if output is None:
            from quotes.cli.terminal_view import print_articles

            print_articles(list(_articles(names, reading, extractor)), stream)
        else:
            stream.write(_page(names, reading, extractor))
    return exit_codes.OK


def _articles(names: Sequence[str], reading: Reading, extractor: Extractor) -> Iterator[Article]:
    from quotes.view import Article

    for document in _documents(names, reading):
        yield Article(document, extractor.extract_document(document))


def _page(names: Sequence[str], reading: Reading, extractor: Extractor) -> str:
    from quotes.view import examine, render_page

    articles: list[Article] = []
    explanations: dict[str, tuple[tuple[str, float], ...]] = {}
    for document in _documents(names, reading):
        article, decided = examine(document, extractor)
        articles.append(article)
        explanations |= decided
    return render_page(articles, explanations)


def _documents(names: Sequence[str], reading: Reading) -> Iterator[Document]:
    with progress_bar(len(names), wanted=bar_wanted(output_is_file=True)) as begin:
        for name in names:
            begin(name)
            yield read_text(name, reading)
