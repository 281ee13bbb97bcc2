"""``quotes view``: articles with their statements marked, as a page or in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

from quotes.cli import exit_codes, options
from quotes.cli.inputs import TextRun
from quotes.cli.messages import speak
from quotes.cli.outputs import check_opening, open_in_browser, output_stream
from quotes.cli.tally import Tally
from quotes.errors import UsageError
from quotes.files import MOST_BYTES

if TYPE_CHECKING:
    from quotes.text.document import Document
    from quotes.view import Article, Explanations

EXAMPLE = "Example: quotes view article.txt -o page.html --open"
PAGES = ("", ".html", ".htm")
"""Suffixes of a page."""


def view(
    paths: options.PathsArgument,
    *,
    output: Annotated[
        Path | None, options.output_option(help="HTML page to write; without it, the texts are shown in the terminal.")
    ] = None,
    open_page: options.OpenOption = False,
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
    quiet: options.QuietOption = False,
    verbose: options.VerboseOption = False,
) -> int:
    """Show texts with their statements marked.

    Speakers have colours, and direct, indirect and mixed speech can be told apart.
    """
    from quotes.filters import StatementFilter

    speak(quiet=quiet, verbose=verbose)
    check_opening(open_page, output, is_page=output is not None)
    if output is not None and output.suffix.lower() not in PAGES:
        raise UsageError(f"a page is HTML, and {output} is none by its suffix; 'quotes extract' writes other formats")
    run = TextRun(encoding, published, publisher, title, max_bytes)
    wanted = StatementFilter(speaker or (), kind or (), contains or (), since, until, named_only)
    names, tally = run.find(paths, output), Tally()
    with output_stream(output) as stream:
        extractor = options.make_extractor(model, attitudes, min_confidence, quality, provider)
        if output is None:
            from quotes.cli.terminal_view import print_articles
            from quotes.view import Article

            found = run.results(names, extractor.extract_document, output_is_file=True)
            extracted = ((document, list(filter(wanted, statements))) for document, statements in found)
            print_articles([Article(*each) for each in tally.counted(extracted)], stream)
        else:
            from quotes.view import examine

            _write_page(
                run.results(names, lambda text: examine(text, extractor, wanted), output_is_file=True), tally, stream
            )
    tally.tell(output)
    if open_page and output is not None:
        open_in_browser(output)
    return exit_codes.SKIPPED if run.skipped else exit_codes.OK


def _write_page(results: Iterable[tuple[Document, tuple[Article, Explanations]]], tally: Tally, stream: TextIO) -> None:
    from quotes.view import render_page

    articles: list[Article] = []
    explanations: dict[str, Mapping[str, str]] = {}
    for document, (article, decided) in results:
        tally.add(document, article.statements)
        articles.append(article)
        explanations.update(decided)
    stream.write(render_page(articles, explanations))
