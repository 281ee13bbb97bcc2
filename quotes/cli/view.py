"""``quotes view``: articles with their statements marked, as a page or in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from quotes.cli import exit_codes, options
from quotes.cli.inputs import TextRun
from quotes.cli.outputs import output_stream
from quotes.files import MOST_BYTES

EXAMPLE = "Example: quotes view article.txt -o page.html"


def view(
    paths: options.PathsArgument,
    *,
    output: Annotated[
        Path | None, options.output_option(help="HTML page to write; without it, the terminal shows the texts.")
    ] = None,
    attitudes: options.AttitudesOption = "statement",
    min_confidence: options.ConfidenceOption = 0.0,
    model: options.ModelOption = None,
    published: options.PublishedOption = None,
    publisher: options.PublisherOption = None,
    title: options.TitleOption = None,
    encoding: options.EncodingOption = "utf-8",
    max_bytes: options.MaxBytesOption = MOST_BYTES,
) -> int:
    """Show texts with their statements marked, by speaker and kind."""
    run = TextRun(encoding, published, publisher, title, max_bytes)
    names = run.find(paths, output)
    with output_stream(output) as stream:
        extractor = options.make_extractor(model, attitudes, min_confidence)
        if output is None:
            from quotes.cli.terminal_view import print_articles
            from quotes.view import Article

            extracted = run.results(names, extractor.extract_document, output_is_file=True)
            print_articles([Article(*each) for each in extracted], stream)
        else:
            from quotes.view import examine, render_page

            results = run.results(names, lambda text: examine(text, extractor), output_is_file=True)
            examined = [each for _, each in results]
            explanations = {key: value for _, decided in examined for key, value in decided.items()}
            stream.write(render_page([article for article, _ in examined], explanations))
    return exit_codes.SKIPPED if run.skipped else exit_codes.OK
