"""``quotes extract``: texts in, attributed statements out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import exit_codes, options
from quotes.cli.inputs import STANDARD_INPUT, Reading, check_arguments, find_texts, read_text
from quotes.cli.messages import describe_fault, traceback_wanted, warn
from quotes.cli.outputs import output_folder, output_stream
from quotes.cli.progress import bar_wanted, progress_bar
from quotes.errors import QuotesError, UsageError
from quotes.io import Format

if TYPE_CHECKING:
    from quotes.extractor import Extractor
    from quotes.io import Extracted
    from quotes.models import Statement
    from quotes.text.document import Document

EXAMPLE = "Example: quotes extract news/ -o statements.json --published 2023-03-16"


def extract(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Text files, folders (every *.txt below them, sorted by path), or '-' for standard input.",
            show_default=False,
        ),
    ],
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="File to write; it is replaced only when all went well. For brat: a new or empty folder.",
        ),
    ] = None,
    output_format: Annotated[
        Format, typer.Option("--format", help="How the statements are written.")
    ] = Format.JSON,
    attitudes: options.AttitudesOption = "statement",
    min_confidence: options.ConfidenceOption = 0.0,
    model: options.ModelOption = None,
    published: options.PublishedOption = None,
    publisher: options.PublisherOption = None,
    title: options.TitleOption = None,
    encoding: options.EncodingOption = "utf-8",
    on_error: Annotated[
        options.OnError, typer.Option("--on-error", help="What a text that cannot be read does.")
    ] = options.OnError.STOP,
) -> int:
    """Extract attributed statements from news texts and write them, as JSON or in another form."""
    check_arguments(paths)
    reading = Reading(options.checked_encoding(encoding), options.parsed_date(published), publisher, title)
    run = ExtractionRun(reading, skip_errors=on_error is options.OnError.SKIP)

    def extracted() -> Iterator[Extracted]:
        """Find the texts and load the extractor only when the output is known to be writable."""
        names = run.find(paths)
        protect_inputs(output, names)
        extractor = options.make_extractor(model, attitudes, min_confidence)
        return run.results(names, extractor, show_progress=bar_wanted(output_is_file=output is not None))

    _write(output_format, output, extracted)
    return exit_codes.SKIPPED if run.skipped else exit_codes.OK


def _write(output_format: Format, output: Path | None, extracted: Callable[[], Iterator[Extracted]]) -> None:
    if output_format.is_folder:
        with output_folder(output, output_format) as folder:
            output_format.write(extracted(), folder)
        return
    with output_stream(output) as stream:
        output_format.write(extracted(), stream)
        stream.flush()


@dataclass
class ExtractionRun:
    """One run over many texts, and what went wrong in it.

    Attributes:
        reading: Encoding and metadata of the texts.
        skip_errors: Whether a bad text is left out instead of ending the run.
        skipped: Number of arguments and texts that were left out.
    """

    reading: Reading
    skip_errors: bool
    skipped: int = 0
    _paths_of_ids: dict[str, list[str]] = field(default_factory=dict)

    def find(self, arguments: Sequence[str]) -> list[str]:
        """Return the names of all texts, in the order of the arguments."""
        names: list[str] = []
        for argument in arguments:
            try:
                names.extend(find_texts(argument))
            except QuotesError as error:
                self._skip_or_raise(argument, error)
        return names

    def results(
        self, names: Sequence[str], extractor: Extractor, *, show_progress: bool
    ) -> Iterator[Extracted]:
        """Yield each text with its statements, in order; texts that fail are left out or end the run."""
        with progress_bar(len(names), wanted=show_progress) as begin:
            for name in names:
                begin(name)
                try:
                    document = read_text(name, self.reading)
                    found = extractor.extract_document(document)
                except Exception as error:  # whatever it is, one bad text must not cost the others
                    self._skip_or_raise(name, error)
                    continue
                if not document.text.strip():
                    warn(f"{name}: there is no text in it")
                self._watch_id(document, name)
                yield document, found

    def statements(
        self, names: Sequence[str], extractor: Extractor, *, show_progress: bool
    ) -> Iterator[Sequence[Statement]]:
        """Yield the statements of each text, as `results` does without the texts."""
        for _, found in self.results(names, extractor, show_progress=show_progress):
            yield found

    def _skip_or_raise(self, name: str, error: Exception) -> None:
        if not self.skip_errors or (traceback_wanted() and not isinstance(error, QuotesError)):
            raise error
        reason = str(error) if isinstance(error, QuotesError) else describe_fault(error)
        warn(f"skipped {name}: {reason}")
        self.skipped += 1

    def _watch_id(self, document: Document, name: str) -> None:
        """Warn, once an id, when two texts share it: the path still tells them apart."""
        earlier = self._paths_of_ids.setdefault(document.id, [])
        earlier.append(name)
        if len(earlier) == 2:
            warn(
                f"{earlier[0]} and {name} have the same document id {document.id!r}; "
                "tell their statements apart by provenance.document.path"
            )


def protect_inputs(output: Path | None, names: Sequence[str]) -> None:
    """Refuse to replace a text by the statements in it."""
    if output is None or str(output) == STANDARD_INPUT:
        return
    target = output.resolve()
    if any(name != STANDARD_INPUT and Path(name).resolve() == target for name in names):
        raise UsageError(f"{output} is one of the texts to read; give another file with -o")
