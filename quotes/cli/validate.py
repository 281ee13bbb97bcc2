"""``quotes validate``: compares statements with what is expected of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotes.cli import exit_codes, options
from quotes.cli.messages import is_quiet, speak, visible
from quotes.cli.outputs import console_on, write_record
from quotes.cli.progress import progress_bar
from quotes.errors import UsageError

if TYPE_CHECKING:
    from rich.text import Text

    from quotes.extractor import Extractor
    from quotes.validation import Comparison, ExpectedFailure, Mismatch

EXAMPLE = "Example: quotes validate statements.json --against expected.json"
_LISTS = ("missing", "extra", "different", "expected_failures", "now_passing")
"""What a comparison lists."""


def validate(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="With --against, an output of 'quotes extract', or a folder of fixtures; without it, folders of "
            "fixtures (article.txt, metadata.json, expected.json) to run the extractor on.",
            show_default=False,
        ),
    ],
    *,
    against: Annotated[
        Path | None,
        typer.Option(
            metavar="EXPECTED.json",
            help="The statements that you expect; for a folder of fixtures the folder of a second reviewer.",
        ),
    ] = None,
    as_json: options.JsonOption = False,
    attitudes: options.AttitudesOption = "statement",
    min_confidence: options.ConfidenceOption = 0.0,
    model: options.ModelOption = None,
    quality: options.QualityOption = options.Quality.fast,
    provider: options.ProviderOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only the comparisons that fail.")] = False,
) -> int:
    """Compare statements with the ones you expect.

    Or the fixtures of two reviewers with each other. The exit code is 1 if they differ.
    """
    speak(quiet=quiet)
    from quotes.validation import compare, read_expectations, read_statements

    if against is None:
        comparisons = list(
            _fixture_comparisons(
                paths, partial(options.make_extractor, model, attitudes, min_confidence, quality, provider)
            )
        )
    elif len(paths) > 1:
        raise UsageError("--against compares one output file, or one folder; give one, or leave --against out")
    elif paths[0].is_dir() or against.is_dir():
        return _agreement(paths[0], against, as_json=as_json)
    else:
        expectations = read_expectations(against)
        comparisons = [compare(str(paths[0]), list(read_statements(paths[0])), expectations)]
    passed = all(each.passed for each in comparisons)
    if as_json:
        records = [_comparison_record(each) for each in comparisons]
        write_record({"passed": passed, "summary": _totals(comparisons), "comparisons": records})
    else:
        _print_comparisons(comparisons)
    return exit_codes.OK if passed else exit_codes.DIFFERENCES


def _agreement(first: Path, second: Path, *, as_json: bool) -> int:
    """Compare the folders of two reviewers."""
    from quotes.cli.agreement_table import agreement_record, print_agreement
    from quotes.validation import agreement, find_fixtures, read_fixture

    for path, other in ((first, second), (second, first)):
        if path.is_file():
            raise UsageError(f"{path} is a file and {other} a folder; give two folders of fixtures, or two files")
    ours, theirs = (
        {folder.relative_to(root).as_posix(): read_fixture(folder) for folder in find_fixtures(root)}
        for root in (first, second)
    )
    found = agreement(ours, theirs)
    if as_json:
        write_record(agreement_record(found))
    else:
        print_agreement(found, first, second)
    return exit_codes.OK if found.complete else exit_codes.DIFFERENCES


def _fixture_comparisons(paths: Sequence[Path], make_extractor: Callable[[], Extractor]) -> Iterator[Comparison]:
    from quotes.validation import find_fixtures, read_fixture, validate_fixture

    for path in paths:
        if path.is_file():
            raise UsageError(f"{path} is a file; say with --against what it is compared with")
    fixtures = [read_fixture(folder) for path in paths for folder in find_fixtures(path)]
    extractor = make_extractor()
    with progress_bar(len(fixtures), output_is_file=False) as begin:
        for fixture in fixtures:
            begin(fixture.name)
            yield validate_fixture(fixture, extractor)


def _print_comparisons(comparisons: Sequence[Comparison]) -> None:
    totals = _totals(comparisons)
    compared, expected, *rest = (f"{count} {key.replace('_', ' ')}" for key, count in totals.items())
    console = console_on(None, None)
    shown = [each for each in comparisons if not (is_quiet() and each.passed)]
    lines = chain.from_iterable(map(comparison_lines, shown))
    total = [] if is_quiet() else [_styled(f"{compared}, {expected}: {', '.join(rest)}", "bold")]
    for line in (*lines, *total):
        console.print(line, soft_wrap=True)


def _totals(comparisons: Sequence[Comparison]) -> dict[str, int]:
    counted = {key: sum(getattr(each, key) for each in comparisons) for key in ("expected", "right")}
    listed = {key: sum(len(getattr(each, key)) for each in comparisons) for key in _LISTS}
    return {"compared": len(comparisons), **counted, **listed}


def comparison_lines(comparison: Comparison) -> Iterator[Text]:
    """Yield the lines that show one comparison, field by field."""
    from quotes.io.json import json_text
    from quotes.validation.expectations import EXTRA, NOT_FOUND

    passed, style = ("ok", "bold green") if comparison.passed else ("FAILED", "bold red")
    yield _styled(f"{comparison.name}: {comparison.right} of {comparison.expected} right, {passed}", style)
    for mismatch in comparison.missing:
        yield _styled(f"  missing    {mismatch.expected.label()}", "red")
    for record in comparison.extra:
        yield _styled(f"  extra      {_found_line(record)}", "magenta")
    for mismatch in comparison.different:
        yield _styled(f"  different  {mismatch.expected.label()}", "yellow")
        for difference in mismatch.differences:
            yield _styled(f"      {difference.field}", "")
            yield _styled(f"          expected  {json_text(difference.expected)}", "green")
            yield _styled(f"          got       {json_text(difference.got)}", "red")
    fields = {NOT_FOUND: "missing", EXTRA: "extra"}
    for failure in comparison.now_passing:
        field = fields.get(failure.field, failure.field)
        yield _styled(f"  now passes: remove the mark ({field})  {failure.expected.label()}", "red")
        yield _styled(f"      the mark says: {failure.reason}", "")
    for failure in comparison.expected_failures:
        field = fields.get(failure.field, failure.field)
        yield _styled(f"  expected failure ({field})  {failure.expected.label()}", "dim")
        yield _styled(f"      because: {failure.reason}", "dim")


def _found_line(record: Mapping[str, Any]) -> str:
    """Return one line on a found statement: where, what, who, and the rule that found it."""
    from quotes.io.json import json_text
    from quotes.validation.expectations import shortened

    content = record["content"]
    start = content["spans"][0]["start"] if content["spans"] else 0
    speaker, cue = (json_text((record[role] or {}).get(key)) for role, key in (("speaker", "name"), ("cue", "text")))
    how = f"{record['kind']}, speaker {speaker}, cue {cue}, rule {record['provenance']['rule']}"
    return f"at {start}: “{shortened(content['text'])}” ({how})"


def _styled(line: str, style: str) -> Text:
    from rich.text import Text

    return Text(visible(line), style)


def _comparison_record(comparison: Comparison) -> dict[str, object]:
    return {
        "name": comparison.name,
        "passed": comparison.passed,
        "expected": comparison.expected,
        "right": comparison.right,
        **{key: [_record(each) for each in getattr(comparison, key)] for key in _LISTS},
    }


def _record(result: Mismatch | ExpectedFailure | Mapping[str, Any]) -> Mapping[str, Any]:
    """Return one result as JSON values; what was found and not expected is JSON already."""
    from quotes.validation import ExpectedFailure

    if isinstance(result, Mapping):
        return result
    mark = {"field": result.field, "reason": result.reason} if isinstance(result, ExpectedFailure) else {}
    differences = [asdict(each) for each in result.differences]
    return {**mark, "expected": result.expected.fields, "found": result.found, "differences": differences}
