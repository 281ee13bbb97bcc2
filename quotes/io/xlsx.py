"""A workbook for Excel and others: one sheet, one row per statement, the columns of the CSV format.

Unlike in CSV the types are kept: numbers, dates and truth values are such, and
every text is text, also one that begins like a formula.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any

from quotes.errors import OutputError, UsageError, not_installed
from quotes.io.csv import COLUMNS, is_formula, row, shown
from quotes.io.records import Extracted, checked_pairs

if TYPE_CHECKING:
    from quotes.models import Statement

MOST_ROWS = 1_048_576
"""Rows of a sheet, its header included."""
LONGEST = 32_767
"""UTF-16 code units of a cell."""
WIDTHS = {"content": 80, "title": 40, "speaker": 24, "speaker_role": 24, "medium": 24, "addressee": 24, "cue": 16}
"""Of columns, in characters; the others have `WIDTH`."""
WIDTH = 12
MADE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""Date in the file's properties: always the same, so that the same statements give the same bytes."""


def write_xlsx(extracted: Iterable[Extracted], stream: IO[bytes]) -> None:
    """Write the statements of all documents as one sheet, to a stream of bytes.

    Raises:
        UsageError: XlsxWriter, which the extra ``xlsx`` brings, is not installed.
        OutputError: There are more statements than a sheet has rows.
    """
    try:
        import xlsxwriter
    except ModuleNotFoundError as error:
        raise UsageError(not_installed("an Excel workbook", "xlsxwriter", "xlsx")) from error
    iterator = checked_pairs(extracted)
    first = list(islice(iterator, 1))  # a failure at the start leaves the stream untouched
    whole = io.BytesIO()  # closing a workbook writes it even after an error
    with xlsxwriter.Workbook(whole, {"constant_memory": True}) as book:
        book.set_properties({"created": MADE})
        _fill(book, (each for _, statements in chain(first, iterator) for each in statements))
    stream.write(whole.getbuffer())


def _fill(book: Any, statements: Iterator[Statement]) -> None:
    sheet = book.add_worksheet("Statements")
    sheet.freeze_panes(1, 0)
    wrapped = {"text_wrap": True, "valign": "top"}
    formats = {
        "head": book.add_format({"bold": True}),
        "wrap": book.add_format(wrapped),
        "formula": book.add_format({**wrapped, "quote_prefix": True}),
        "day": book.add_format({**wrapped, "num_format": "yyyy-mm-dd"}),
    }
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, WIDTHS.get(name, WIDTH))
        sheet.write_string(0, column, name, formats["head"])
    line = 0
    for line, statement in enumerate(statements, 1):
        if line == MOST_ROWS:
            raise OutputError(f"a sheet holds {MOST_ROWS - 1:,} statements, and there are more; write CSV instead")
        for column, value in enumerate(row(statement)):
            _write_cell(sheet, line, column, value, formats)
    sheet.autofilter(0, 0, line, len(COLUMNS) - 1)


def _write_cell(sheet: Any, line: int, column: int, value: object, formats: dict[str, Any]) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(line, column, value, formats["wrap"])
    elif isinstance(value, int | float):
        sheet.write_number(line, column, value, formats["wrap"])
    elif isinstance(value, datetime.date):
        sheet.write_datetime(line, column, value, formats["day"])
    elif value is not None:
        text = _fitting(shown(value))
        # Excel makes a formula of such a text when somebody edits the cell, unless its format says that it is quoted.
        sheet.write_string(line, column, text, formats["formula" if is_formula(text) else "wrap"])


def _fitting(text: str) -> str:
    """Return a text that a cell can hold: a longer one ends in "…"."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + "…"
