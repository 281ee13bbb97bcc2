"""``quotes verify``: quotations compared with their sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO, TypeAlias

import typer

from quotes.cli import exit_codes, options
from quotes.cli import help as layout
from quotes.cli.index import opened
from quotes.cli.inputs import TextRun
from quotes.cli.messages import is_verbose, report, speak, tell, warn
from quotes.cli.outputs import PAGE_SUFFIXES, PageForm, check_opening, chosen_form, open_in_browser, output_stream
from quotes.cli.tally import counted
from quotes.errors import UsageError
from quotes.files import MOST_BYTES

if TYPE_CHECKING:
    from quotes.models import Verification
    from quotes.text.document import Document
    from quotes.verification import Verifier

EXAMPLE = "Example: quotes verify article.txt --against transcripts/ -o verified.json --fail-on altered,negation"
AGAINST = "--against"
ARCHIVES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz", ".parquet", ".quotes-index")
Checked: TypeAlias = "tuple[Document, list[Verification]]"
"""An article and what its comparison gave."""


class Command(layout.Command):
    """A command whose option ``--against`` may be followed by several values."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse arguments with the option repeated before each of its values."""
        return super().parse_args(ctx, repeated(args))


def repeated(arguments: Sequence[str]) -> list[str]:
    """Return arguments with ``--against`` before each of the values that follow it.

    Where no article is named before the first one, it takes one value, so that articles may follow.

    >>> repeated(["a.txt", "--against", "b.txt", "c.txt", "-o", "out.json"])
    ['a.txt', '--against', 'b.txt', '--against', 'c.txt', '-o', 'out.json']
    >>> repeated(["--against", "b.txt", "a.txt"])
    ['--against', 'b.txt', 'a.txt']
    """
    found: list[str] = []
    named = taking = False  # whether an article is named; whether values of the option follow
    for argument in arguments:
        last = found[-1] if found else ""
        if argument.startswith("-") and argument != "-":
            taking = argument == AGAINST and named
        elif taking and last != AGAINST:
            found.append(AGAINST)
        elif not last.startswith("-") or last == "-" or "=" in last:
            named = True
        found.append(argument)
    return found


def verify(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE...",
            help="Articles: files in any input format, folders (every *.txt in them), or '-' for standard input.",
            show_default=False,
        ),
    ],
    *,
    against: Annotated[
        list[str],
        typer.Option(
            AGAINST,
            metavar="SOURCE...",
            help="Transcripts, press releases, other reports: files, folders, archives (*.jsonl, *.parquet) or "
            "indexes; several may follow.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None, options.output_option(help="File to write; an old one is replaced only if everything goes well.")
    ] = None,
    form: Annotated[
        PageForm | None,
        typer.Option(
            "--format",
            help="Output format. By default that of the file's suffix (.html, .csv, .json); without -o, a table.",
        ),
    ] = None,
    fail_on: Annotated[
        str,
        typer.Option(
            metavar="VERDICTS",
            autocompletion=lambda incomplete: options.completed(incomplete, _verdicts()),
            help="Exit with code 1 if any quotation has one of these verdicts or flags, separated by commas: "
            "altered, spliced, trimmed, not_found, verbatim, other_speaker, occasion_differs; or a difference in a "
            "negation, condition, quantity or name.",
        ),
    ] = "",
    model: options.ModelOption = None,
    quality: options.QualityOption = options.Quality.fast,
    provider: options.ProviderOption = None,
    published: options.PublishedOption = None,
    encoding: options.EncodingOption = "utf-8",
    max_bytes: options.MaxBytesOption = MOST_BYTES,
    on_error: options.OnErrorOption = options.OnError.STOP,
    open_page: options.OpenOption = False,
    quiet: options.QuietOption = False,
    verbose: options.VerboseOption = False,
) -> int:
    """Compare quotations with their sources, word by word.

    Sources are transcripts, press releases, other reports, and archives of any size.
    """
    speak(quiet=quiet, verbose=verbose)
    unwanted = chosen(fail_on)
    # A table without -o, piped or not: whoever wants JSON says so.
    standard = PageForm.TABLE if output is None else PageForm.JSON
    wanted = chosen_form(form, output, PAGE_SUFFIXES, standard=standard, terminal=PageForm.TABLE)
    skip = on_error is options.OnError.SKIP
    run = TextRun(encoding, published, max_bytes=max_bytes, skip_errors=skip)
    sources = TextRun(encoding, max_bytes=max_bytes, skip_errors=skip)
    check_opening(open_page, output, is_page=wanted is PageForm.HTML)
    with output_stream(output) as stream:
        names = run.find(paths, output)
        names_of_sources = sources.find(against, output)
        archives = [name for name in names_of_sources if name.lower().endswith(ARCHIVES)]
        verifier = _verifier(sources, names_of_sources, archives)
        extractor = options.make_extractor(model, "all", 0.0, quality, provider)

        def work(document: Document) -> list[Verification]:
            from quotes.verification import statements_of

            return verifier.verify(statements_of(document, extractor), document)

        failing: list[Verification] = []
        results = _watched(run.results(names, work, output_is_file=output is not None), unwanted, failing)
        numbers = [0, 0]
        counting = _counted(results, numbers)
        if wanted is PageForm.HTML:
            _write_page(counting, verifier, archives, stream)
        else:
            _write(wanted, counting, stream)
    if output is not None and str(output) != "-":
        report(f"Wrote {counted(numbers[1], 'verification')} from {counted(numbers[0], 'text')} to {output}")
    if open_page and output is not None:
        open_in_browser(output)
    for each in failing:
        tell(_line(each))
    if failing:
        return exit_codes.DIFFERENCES
    return exit_codes.SKIPPED if run.skipped or sources.skipped else exit_codes.OK


def _verdicts() -> tuple[str, ...]:
    from quotes.verification.differences import CONCERNS
    from quotes.verification.wording import FLAGS, VERDICTS

    return (*VERDICTS, *FLAGS, *CONCERNS)


def chosen(names: str) -> frozenset[str]:
    """Return the verdicts, flags and concerns of differences in a list with commas.

    Raises:
        UsageError: One of them does not exist.
    """
    known = _verdicts()
    named = frozenset(name.strip().lower() for name in names.split(",")) - {""}
    unknown = sorted(named - {*known})
    if unknown:
        raise UsageError(f"--fail-on: no verdict {', '.join(map(repr, unknown))}; choose from {', '.join(known)}")
    return named


def _verifier(run: TextRun, names: Sequence[str], archives: Sequence[str]) -> Verifier:
    """Read the sources, and look up in indexes those that are archives."""
    from quotes.verification import Source, Verifier

    documents = [each for name in names if name not in archives for each in run.read_all(name)]
    sources = [Source(document) for document in documents]
    for name, source in zip((document.path for document in documents), sources, strict=True):
        if source.lack is not None:
            lack = "there is no text in it" if source.lack == "no_text" else "it is not in English"
            warn(f"{name or 'standard input'}: {lack}; nothing can be compared with it")
    return Verifier([*sources, *(opened(Path(name), run.encoding, run.max_bytes) for name in archives)])


def _watched(results: Iterator[Checked], unwanted: frozenset[str], failing: list[Verification]) -> Iterator[Checked]:
    """Yield results, and note those that have an unwanted verdict, flag or difference."""
    for document, verifications in results:
        failing += [each for each in verifications if unwanted & _marks(each)]
        yield document, verifications


def _counted(results: Iterator[Checked], numbers: list[int]) -> Iterator[Checked]:
    """Yield results, and count texts and verifications."""
    for document, verifications in results:
        numbers[0] += 1
        numbers[1] += len(verifications)
        if is_verbose():
            report(f"{document.path or document.id}: {counted(len(verifications), 'verification')}")
        yield document, verifications


def _marks(each: Verification) -> set[str]:
    flags = {"other_speaker": each.other_speaker, "occasion_differs": each.occasion_differs}
    concerns = () if each.verdict == "not_found" else (one.concerns for one in each.differences)
    return {*(name for name, is_set in flags.items() if is_set), *filter(None, (each.verdict, *concerns))}


def _line(each: Verification) -> str:
    """Return a line on a quotation that fails: where it is, its verdict, and its words."""
    document, first = each.statement.provenance.document, each.statement.content.spans[0]
    marks = ", ".join(sorted(_marks(each)))
    return f"{document.path or document.id}:{first.start}: {marks}: {' '.join(each.statement.content.text.split())}"


def _write_page(results: Iterator[Checked], verifier: Verifier, archives: Sequence[str], stream: TextIO) -> None:
    """Write a page with all articles beside all sources, and of archives the documents that have a passage."""
    from quotes.view import verified

    checked: list[verified.Checked] = []
    found: list[Document] = []
    for document, verifications in results:
        checked.append(verified.Checked(document, verifications))
        # An archive's document is kept only for a while: it is asked for at once.
        found += filter(None, (verifier.document(each.passages[0].document) for each in verifications if each.passages))
    texts = [source.document for source in verifier.sources]
    stream.write(verified.render_verified(checked, texts, archives=archives, looked_up=found))


def _write(form: PageForm, results: Iterator[Checked], stream: TextIO) -> None:
    from quotes.io.verifications import write_verifications_csv, write_verifications_json

    if form is PageForm.TABLE:
        from quotes.cli.verification_table import print_verifications

        print_verifications(results, stream)
    else:
        write = write_verifications_csv if form is PageForm.CSV else write_verifications_json
        write(chain.from_iterable(verifications for _, verifications in results), stream)
