"""Every article in ``fixtures/`` comes out as its expected.json says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.cli.validation_report import comparison_lines
from quotes.validation import find_fixtures, read_fixture, validate_fixture

if TYPE_CHECKING:
    from quotes.extractor import Extractor

FOLDER = Path(__file__).parents[1] / "fixtures"


@pytest.mark.parametrize("folder", find_fixtures(FOLDER), ids=lambda folder: folder.name)
def test_article_comes_out_as_expected(
    folder: Path, extractor: Extractor, expected_failures: list[str]
) -> None:
    """Nothing is missing, extra or different, expected failures apart, and those are strict."""
    comparison = validate_fixture(read_fixture(folder), extractor)
    expected_failures.extend(
        f"{folder.name}: {failure.expected.label()}: {failure.expected.xfail}"
        for failure in (*comparison.expected_failures, *comparison.expected_extras)
    )
    assert comparison.passed, "\n".join(line.plain for line in comparison_lines(comparison))


@pytest.mark.parametrize("folder", find_fixtures(FOLDER), ids=lambda folder: folder.name)
def test_fixture_is_worth_its_place(folder: Path) -> None:
    """A fixture expects several statements, and most of them are not marked as failing."""
    statements = read_fixture(folder).expectations.statements
    required = [each for each in statements if not each.optional]
    assert len(required) >= 3
    assert sum(each.xfail is not None for each in required) <= len(required) / 2


def test_there_are_enough_fixtures() -> None:
    """There are at least fourteen articles."""
    assert len(find_fixtures(FOLDER)) >= 14
