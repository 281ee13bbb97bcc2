"""Edits at known places come out as what they are; ``benchmarks/verify_edits.py`` has them all, with figures."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "verify_edits.py"
FLOOR = 0.97
FLAG_FLOOR = 0.95
FEWEST = 30
"""Cases of a flag from which a share says something: of twenty, one is five per cent."""


@pytest.fixture(scope="module")
def benchmark() -> dict[str, Any]:
    """The names of the benchmark."""
    before = sys.argv
    found = runpy.run_path(str(BENCHMARK), run_name="verify_edits")
    sys.argv = before
    return found


@pytest.fixture(scope="module")
def results(benchmark: dict[str, Any]) -> list[Any]:
    """Every edit once for each passage of the transcripts, with what came out."""
    documents = [benchmark["read_document"](path) for path in sorted(benchmark["TRANSCRIPTS"].glob("*.txt"))]
    return list(benchmark["verified"](list(benchmark["cases"](documents, 1, 11))))


def test_every_kind_of_edit_is_there(benchmark: dict[str, Any], results: list[Any]) -> None:
    """There are several hundred cases, and each edit is among them."""
    assert len(results) > 700
    assert len({case.edit for case, _, _ in results}) >= len(benchmark["EDITS"])


def test_verdicts_keep_their_floor(benchmark: dict[str, Any], results: list[Any]) -> None:
    """Precision and recall of each verdict."""
    rows = benchmark["table_of"]([(case.verdict, verdict) for case, verdict, _ in results])
    assert {name: row for name, row in rows.items() if min(row[1:]) < FLOOR} == {}


def test_flags_keep_their_floor(benchmark: dict[str, Any], results: list[Any]) -> None:
    """Precision and recall of negations, conditions, quantities, names and other speakers."""
    rows = benchmark["flag_table"](results)
    rows = {name: row for name, row in rows.items() if row[0] >= FEWEST}
    assert {name: row for name, row in rows.items() if min(row[1:]) < FLAG_FLOOR} == {}
    assert rows.keys() >= {"negation", "condition", "other_speaker"}


def test_the_tables_count_what_they_say(benchmark: dict[str, Any]) -> None:
    """Precision is the share of the given ones that are right, recall that of the wanted ones."""
    pairs = [("altered", "altered"), ("altered", "verbatim"), ("verbatim", "verbatim")]
    rows = benchmark["table_of"](pairs)
    assert rows["altered"] == (2, 1.0, 0.5)
    assert rows["verbatim"] == (1, 0.5, 1.0)
    assert rows["spliced"] == (0, 0.0, 0.0)
