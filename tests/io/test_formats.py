"""The list of formats: each entry writes any text, and what can be read back is the same."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from quotes.io import Extracted, Format, read_brat, read_webannotation, write_brat, write_webannotation
from quotes.io.json import statements_to_json
from quotes.io.records import restored_statement
from quotes.models import Statement
from quotes.text.document import make_document
from tests.conftest import make_statement

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"


def statements_in(project: bytes) -> int:
    """How many statements the selections of a project are pieces of."""
    with zipfile.ZipFile(io.BytesIO(project)) as archive:
        root = ElementTree.fromstring(archive.read("project.qde"))
    return len(
        {
            each.text.partition("; statement ")[2].partition(";")[0]
            for each in root.iterfind(".//{*}PlainTextSelection/{*}Description")
        }
    )


COUNTS: dict[Format, Callable[..., int]] = {
    Format.JSON: lambda text: len(json.loads(text)),
    Format.JSONL: lambda text: len(list(map(json.loads, text.splitlines()))),
    Format.CSV: lambda text: len(list(csv.DictReader(io.StringIO(text, newline="")))),
    Format.MARKDOWN: lambda text: text.count("\n| ") - text.count("\n| Who |"),
    Format.QDPX: statements_in,
    Format.XLSX: lambda data: openpyxl.load_workbook(io.BytesIO(data)).active.max_row - 1,
    Format.TEI: lambda text: len(ElementTree.fromstring(text).findall(".//{*}annotation")),
}
"""How many statements there are in what a format without a reader has written, if it is valid."""


def written(form: Format, extracted: list[Extracted], folder: Path) -> str | bytes | Path:
    """The output in a format, as text that UTF-8 can hold, as bytes, or the folder that holds it."""
    if form.is_folder:
        form.write(extracted, folder)
        return folder
    if form.is_binary:
        binary = io.BytesIO()
        form.write(extracted, binary)
        return binary.getvalue()
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


HALVES = "She said: “it is \ud83d\ude00 so \ude00\ud83d”."
"""Two halves of a character as two code points, which JSON would read as one."""


@pytest.mark.parametrize("name", ["json", "webannotation", "brat"])
def test_halves_of_a_character_keep_their_place(name: str, tmp_path: Path) -> None:
    """What is read again has the offsets and lengths of what was written, and writing it again changes nothing."""
    document = make_document(HALVES, document_id="a")
    said = HALVES[11:25]
    statement = make_statement(said, at=11, document="a")

    def trip(given: Statement) -> Statement:
        if name == "brat":
            folder = Path(tempfile.mkdtemp(dir=tmp_path))
            write_brat([(document, [given])], folder)
            (found,) = read_brat(folder)
        elif name == "json":
            (record,) = json.loads(statements_to_json([given]))
            found = restored_statement(record, "here")
        else:
            stream = io.StringIO()
            write_webannotation([(document, [given])], stream)
            (found,) = read_webannotation(stream.getvalue())
        return found

    once = trip(statement)
    (span,) = once.content.spans
    assert (span.start, span.end, len(span.text)) == (11, 25, 14)
    assert span.text == said.replace("\ud83d\ude00", "\ud83d\ufffd")
    if name != "webannotation":  # whose targets quote the document again
        assert trip(once) == once
