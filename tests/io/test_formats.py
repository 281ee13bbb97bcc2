"""The list of formats: each entry writes any text, and what can be read back is the same."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from quotes.io import Extracted, Format

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"
COUNTS: dict[Format, Callable[[str], int]] = {
    Format.JSON: lambda text: len(json.loads(text)),
    Format.JSONL: lambda text: len(list(map(json.loads, text.splitlines()))),
    Format.CSV: lambda text: len(list(csv.DictReader(io.StringIO(text, newline="")))),
    Format.TEI: lambda text: len(ElementTree.fromstring(text).findall(".//{*}annotation")),
}
"""How many statements there are in what a format without a reader has written, if it is valid."""


def written(form: Format, extracted: list[Extracted], folder: Path) -> str | Path:
    """The output in a format, as text that UTF-8 can hold, or the folder that holds it."""
    if form.is_folder:
        form.write(extracted, folder)
        return folder
    stream = io.StringIO(newline="")
    form.write(extracted, stream)
    return stream.getvalue().encode("utf-8").decode("utf-8")


@pytest.mark.parametrize("form", Format)
def test_every_format_keeps_every_statement(form: Format, odd: Extracted, tmp_path: Path) -> None:
    """What a format writes of an odd text reads back the same, or is at least valid and whole."""
    output = written(form, [odd], tmp_path)
    if form.read is not None:
        assert form.read(output) == odd[1]
    else:
        assert COUNTS[form](output) == len(odd[1])


@pytest.mark.parametrize("form", Format)
def test_every_format_is_a_file_and_a_line_of_the_page(form: Format) -> None:
    """The functions of a format carry its name, and docs/formats.md says what it is and what reads it."""
    assert form.write.__name__ == f"write_{form}"
    (row,) = [
        line
        for line in PAGE.read_text("utf-8").splitlines()
        if line.startswith("|") and f"`{form}`" in line.split("|")[1]
    ]
    if form.read is not None:
        assert form.read.__name__ in row
