"""The table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from quotes.io import Extracted, write_csv
from quotes.io.csv import BYTE_ORDER_MARK, COLUMNS
from quotes.models import Statement
from quotes.text.document import make_document
from tests.conftest import entity_record
from tests.io.conftest import said

Make = Callable[..., Statement]


def written(extracted: list[Extracted]) -> str:
    """The table as text."""
    stream = io.StringIO(newline="")
    write_csv(extracted, stream)
    return stream.getvalue()


def rows(extracted: list[Extracted]) -> list[dict[str, str]]:
    """The table's rows by column."""
    text = written(extracted).encode("utf-8").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_one_row_a_statement(extracted: list[Extracted]) -> None:
    """Every statement of every document is one row, its offsets those of its text."""
    found = rows(extracted)
    pairs = [(document, statement) for document, statements in extracted for statement in statements]
    assert len(found) == len(pairs)
    for row, (document, statement) in zip(found, pairs, strict=True):
        assert row["id"] == statement.id
        pieces = [document.text[slice(*map(int, span.split("-")))] for span in row["spans"].split()]
        assert pieces == [span.text for span in statement.content.spans]


def test_the_file_is_what_spreadsheets_take() -> None:
    """UTF-8 with a byte order mark, lines ended by CRLF, every cell in quotation marks, header always."""
    assert written([]) == BYTE_ORDER_MARK + ",".join(f'"{column}"' for column in COLUMNS) + "\r\n"


@pytest.mark.parametrize(
    "content",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "=cmd|' /C calc'!A0",
        " =1+1",
        "\t=1+1",
        "\n@A",
        "＝1",
        '=HYPERLINK("x")',
    ],
)
def test_no_cell_is_a_formula(statement: Make, content: str) -> None:
    """A text that a spreadsheet would run gets an apostrophe before it, wherever it is."""
    document = make_document(content, document_id=content, publisher=content)
    info = {"id": content, "path": content, "publisher": content, "title": content, "sha256": "0" * 64}
    provenance = statement("x").model_dump()["provenance"]
    span = {"start": 0, "end": len(content), "text": content}
    entity = entity_record(content, mention=span, role=span, anonymity=span, represents=content)
    full = said(
        document,
        content,
        cue={"start": 0, "end": len(content), "text": content, "lemma": content},
        speaker=entity,
        addressee=entity,
        medium={**entity, "inherited": True},
        when={"start": 0, "end": len(content), "text": content, "date": None},
        provenance={**provenance, "document": {**info, "published": None}, "rule": content},
    )
    (row,) = rows([(document, [full])])
    apostrophes = [value for value in row.values() if value == f"'{content}"]
    assert len(apostrophes) == 19
    assert not [value for value in row.values() if value.lstrip()[:1] and value.lstrip()[:1] in "=+-@＝＋－＠"]


def test_what_a_cell_cannot_hold_is_shown(odd: Extracted) -> None:
    """Control characters are shown as signs, a lone surrogate as U+FFFD, line ends as one line feed."""
    row = rows([odd])[0]
    assert row["content"] == "it is\u2400 so\ufffd\nor\tnot"
    assert row["speaker"] == "A\ufffd\u2401 & <Co>"


def test_unknown_is_an_empty_cell(statement: Make) -> None:
    """Null is an empty cell; true and false are words; a date is ISO text."""
    when = {"start": 0, "end": 8, "text": "Thursday", "date": "2023-03-16"}
    (row,) = rows([(make_document("one"), [statement("one", speaker=None, when=when)])])
    assert (row["speaker"], row["medium_inherited"], row["negated"]) == ("", "", "false")
    assert row["date"] == "2023-03-16"


def test_a_failure_at_the_start_writes_nothing() -> None:
    """When the first document fails the stream stays untouched."""
    stream = io.StringIO()

    def failing():
        raise RuntimeError
        yield

    with pytest.raises(RuntimeError):
        write_csv(failing(), stream)
    assert stream.getvalue() == ""
