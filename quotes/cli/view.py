"""``quotes view``: articles with their statements marked, as a page or in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from quotes.cli import exit_codes, options
from quotes.cli.inputs import TextRun
from quotes.cli.messages import report, speak
from quotes.cli.outputs import output_stream
from quotes.cli.tally import counted
from quotes.errors import UsageError
from quotes.files import MOST_BYTES

EXAMPLE = "Example: quotes view article.txt -o page.html"
OTHERS = (".json", ".jsonl", ".csv", ".md", ".xml", ".jsonld")
"""Suffixes of what `quotes extract` writes."""


def view(
    paths: options.PathsArgument,
    *,
    output: Annotated[
        Path | None, options.output_option(help="HTML page to write; without it, the terminal shows the texts.")
    ] = None,
    attitudes: options.AttitudesOption = "statement",
    min_confidence: options.ConfidenceOption = 0.0,
    model: options.ModelOption = None,
    quality: options.QualityOption = options.Quality.fast,
    published: options.PublishedOption = None,
    publisher: options.PublisherOption = None,
    title: options.TitleOption = None,
    encoding: options.EncodingOption = "utf-8",
    max_bytes: options.MaxBytesOption = MOST_BYTES,
    quiet: options.QuietOption = False,
) -> int:
    """Show texts with their statements marked, by speaker and kind."""
    speak(quiet=quiet)
    if output is not None and output.suffix.lower() in OTHERS:
        raise UsageError(f"a page is HTML, and {output} is none by its suffix; 'quotes extract' writes such files")
    run = TextRun(encoding, published, publisher, title, max_bytes)
    names = run.find(paths, output)
    with output_stream(output) as stream:
        extractor = options.make_extractor(model, attitudes, min_confidence, quality)
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
            written = sum(len(article.statements) for article, _ in examined)
    if output is not None and str(output) != "-":
        report(f"Wrote {counted(len(examined), 'text')} with {counted(written, 'statement')} to {output}")
    return exit_codes.SKIPPED if run.skipped else exit_codes.OK
