"""Every article in ``fixtures/`` comes out as its expected.json says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.cli.validate import comparison_lines
from quotes.validation import find_fixtures, read_fixture, validate_fixture

if TYPE_CHECKING:
    from quotes.extractor import Extractor

FOLDER = Path(__file__).parents[1] / "fixtures"


@pytest.mark.parametrize("folder", find_fixtures(FOLDER), ids=lambda folder: folder.name)
def test_article_comes_out_as_expected(folder: Path, extractor: Extractor, expected_failures: list[str]) -> None:
    """Nothing is missing, extra or different, expected failures apart, and those are strict."""
    comparison = validate_fixture(read_fixture(folder), extractor)
    expected_failures.extend(
        f"{folder.name}: {failure.expected.label()}: {failure.field}: {failure.reason}"
        for failure in comparison.expected_failures
    )
    assert comparison.passed, "\n".join(line.plain for line in comparison_lines(comparison))


def test_every_fixture_is_described() -> None:
    """The table of articles in the README names each fixture, and none that is not there."""
    table = (FOLDER / "README.md").read_text("utf-8").partition("## The articles")[2].partition("\n## ")[0]
    cells = (row.split("|")[1] for row in table.splitlines() if row.startswith("| `"))
    described = [name for cell in cells for name in re.findall("`([^`]+)`", cell)]
    assert sorted(described) == [folder.name for folder in find_fixtures(FOLDER)]
