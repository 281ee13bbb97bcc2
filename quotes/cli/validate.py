"""``quotes validate``: compares statements with what is expected of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import exit_codes, options
from quotes.cli.outputs import write_record
from quotes.cli.progress import progress_bar
from quotes.errors import UsageError

if TYPE_CHECKING:
    from quotes.validation import Comparison

EXAMPLE = "Example: quotes validate statements.json --against expected.json"


def validate(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="With --against, an output of 'quotes extract'; without it, folders of fixtures "
            "(article.txt, metadata.json, expected.json), on which the extractor is run.",
            show_default=False,
        ),
    ],
    *,
    against: Annotated[
        Path | None,
        typer.Option(metavar="EXPECTED.json", help="Expected statements to compare the output with."),
    ] = None,
    as_json: options.JsonOption = False,
    attitudes: options.AttitudesOption = "statement",
    min_confidence: options.ConfidenceOption = 0.0,
    model: options.ModelOption = None,
) -> int:
    """Compare statements with what is expected; the exit code is 1 where they differ."""
    from quotes.cli.validation_report import comparisons_record, print_comparisons
    from quotes.validation import compare, read_expectations, read_statements

    if against is None:
        comparisons = list(_fixture_comparisons(paths, model, attitudes, min_confidence))
    elif len(paths) > 1:
        raise UsageError("--against compares one output file; give one, or leave --against out for fixtures")
    else:
        expectations = read_expectations(against)
        comparisons = [compare(str(paths[0]), read_statements(paths[0]), expectations)]
    if as_json:
        write_record(comparisons_record(comparisons))
    else:
        print_comparisons(comparisons)
    return exit_codes.OK if all(each.passed for each in comparisons) else exit_codes.DIFFERENCES


def _fixture_comparisons(
    paths: Sequence[Path], model: str | None, attitudes: str, min_confidence: float
) -> Iterator[Comparison]:
    from quotes.validation import find_fixtures, read_fixture, validate_fixture

    for path in paths:
        if path.is_file():
            raise UsageError(f"{path} is a file; say with --against what it is compared with")
    fixtures = [read_fixture(folder) for path in paths for folder in find_fixtures(path)]
    extractor = options.make_extractor(model, attitudes, min_confidence)
    with progress_bar(len(fixtures), output_is_file=False) as begin:
        for fixture in fixtures:
            begin(fixture.name)
            yield validate_fixture(fixture, extractor)
