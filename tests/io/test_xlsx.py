"""The workbook, read back with another library than the one that writes it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from quotes.errors import OutputError, UsageError
from quotes.io import write_xlsx, xlsx
from quotes.io.csv import COLUMNS
from quotes.text.document import make_document
from tests.conftest import make_statement

if TYPE_CHECKING:
    from quotes.io import Extracted
    from quotes.models import Statement

DOCUMENT = make_document("", document_id="a", published="2024-03-05")


def sheet_of(*statements: Statement) -> openpyxl.worksheet.worksheet.Worksheet:
    """The sheet that these statements give."""
    stream = io.BytesIO()
    write_xlsx([(DOCUMENT, statements)], stream)
    stream.seek(0)
    return openpyxl.load_workbook(stream).active


def column(sheet: openpyxl.worksheet.worksheet.Worksheet, name: str) -> list[openpyxl.cell.Cell]:
    """The cells of a column, without its heading."""
    return [row[COLUMNS.index(name)] for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize("said", ["=1+1", "=HYPERLINK(1)", "+49", "-5", "@SUM(A1)", "https://example.org", "007"])
def test_every_text_is_text(said: str) -> None:
    """What looks like a formula, a link or a number stays the text it is, and editing the cell does not change that."""
    (cell,) = column(sheet_of(make_statement(said)), "content")
    assert (cell.value, cell.data_type) == (said, "s")
    assert cell.hyperlink is None
    assert bool(cell.quotePrefix) is (said[0] in "=+-@")


def test_types_are_kept() -> None:
    """Numbers, days and truth values are no texts; a month, which is no day, is one; what is unknown is empty."""
    when = {"start": 0, "end": 5, "text": "March", "date": "2024-03"}
    base = make_statement("so", confidence=0.25, negated=True, when=when, speaker=None).model_dump()
    base["provenance"]["document"]["published"] = "2024-03-05"
    sheet = sheet_of(type(make_statement("so")).model_validate(base))
    values = {name: column(sheet, name)[0].value for name in COLUMNS}
    assert values["published"] == datetime(2024, 3, 5)
    assert (values["confidence"], values["negated"], values["date"]) == (0.25, True, "2024-03")
    assert (values["speaker"], values["end"]) == (None, base["content"]["spans"][0]["end"])


def test_the_sheet_is_made_to_be_read() -> None:
    """The heading stays in sight and filters; the columns are those of the CSV format."""
    sheet = sheet_of(make_statement("one"), make_statement("two", at=9))
    assert tuple(cell.value for cell in sheet[1]) == COLUMNS
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(3, len(COLUMNS)).coordinate}"


def test_a_text_too_long_for_a_cell_ends_in_dots() -> None:
    """A cell holds 32,767 UTF-16 units; no character is cut in two."""
    for said in ("a" * 40_000, "😀" * 20_000):
        (cell,) = column(sheet_of(make_statement(said)), "content")
        assert len(cell.value.encode("utf-16-le")) // 2 <= 32_767
        assert cell.value == said[: len(cell.value) - 1] + "…"
    (cell,) = column(sheet_of(make_statement("b" * 32_767)), "content")
    assert cell.value == "b" * 32_767


def test_the_same_statements_give_the_same_bytes(odd: Extracted) -> None:
    """No date of today is in the file."""
    streams = io.BytesIO(), io.BytesIO()
    for stream in streams:
        write_xlsx([odd], stream)
    assert streams[0].getvalue() == streams[1].getvalue()
    book = openpyxl.load_workbook(streams[0])
    assert book.properties.created == datetime(2000, 1, 1)


def test_more_statements_than_rows_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """None is left out in silence, and nothing is written."""
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    assert len(column(sheet_of(make_statement("one"), make_statement("two", at=9)), "id")) == 2
    stream = io.BytesIO()
    with pytest.raises(OutputError, match="a sheet holds 2 statements, and there are more; write CSV"):
        write_xlsx([(DOCUMENT, [make_statement("so", at=at) for at in (1, 9, 17)])], stream)
    assert stream.getvalue() == b""


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is extracted."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    never: Callable[[], object] = lambda: pytest.fail("nothing should be read")  # noqa: E731
    with pytest.raises(UsageError, match=r"pip install 'quotes-attribution\[xlsx\]'"):
        write_xlsx(iter(never, None), io.BytesIO())
