"""JSON that Python refuses for its depth or its numbers is an error of the data file."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.errors import DataError
from quotes.io import read_brat, read_webannotation
from quotes.validation import read_expectations, read_statements

HOSTILE = ["[" * 100_000, "9" * 5000, '{"a": ' * 100_000]


@pytest.mark.parametrize("text", HOSTILE, ids=["lists", "digits", "objects"])
def test_what_is_too_deep_or_too_long(text: str, tmp_path: Path) -> None:
    """Each reader says so."""
    for name in ("a.json", "a.jsonl"):
        (tmp_path / name).write_text(text, "utf-8")
        with pytest.raises(DataError):
            list(read_statements(tmp_path / name))
    with pytest.raises(DataError):
        read_expectations(tmp_path / "a.json")
    with pytest.raises(DataError):
        read_webannotation(text)
    (tmp_path / "a.txt").write_text("Said", "utf-8")
    (tmp_path / "a.ann").write_text(
        f"T1\tStatement 0 4\tSaid\nE1\tStatement:T1\n#1\tAnnotatorNotes E1\t{text}\n", "utf-8"
    )
    with pytest.raises(DataError):
        read_brat(tmp_path)
