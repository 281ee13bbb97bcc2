"""JSON and JSON Lines with a text in each record; tables are known, and read by ``quotes corpus``."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from itertools import islice
from platform import python_version

from quotes.errors import InputError
from quotes.inputs.extracted import Extracted, day_of
from quotes.inputs.page import article_of

TEXT_KEYS = ("text", "body", "content", "articleBody")
_TITLE_KEYS = ("title", "headline")
_DAY_KEYS = ("published", "date", "datePublished")
_PUBLISHER_KEYS = ("publisher", "source")
_HEADER = re.compile(r"[\w .-]{1,40}")
_FEW_ROWS = 50
_MARKUP = re.compile(r"\s*<(?:p|div|article|section|h[1-6]|figure|blockquote)\b[^<>]*>", re.IGNORECASE)


def tool() -> str:
    """Return what reads it."""
    return f"Python json {python_version()}"


def records_of(text: str) -> list[object] | None:
    """Return what JSON or JSON Lines hold, None for a text that is neither."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        lines = [line for line in text.split("\n") if line.strip()]
        try:
            return [json.loads(line) for line in lines] if lines[0].lstrip().startswith("{") else None
        except (ValueError, RecursionError):
            return None
    return list(value) if isinstance(value, list) else [value]


def read_records(records: list[object], where: str) -> list[Extracted]:
    """Return the text of each record.

    Raises:
        InputError: There is none in one of them.
    """
    if not records:
        raise InputError(f"{where}: is JSON without a record in it; each needs a text under the key 'text'.")
    return [_read(record, f"{where}, record {number}") for number, record in enumerate(records, 1)]


def _read(record: object, where: str) -> Extracted:
    if not isinstance(record, dict):
        raise InputError(f"{where}: a JSON object with a text is needed, not {type(record).__name__}.")
    if "schema_version" in record and "provenance" in record:
        raise InputError(f"{where}: is a statement that quotes has found; give the text that it was found in.")
    text = _first(record, TEXT_KEYS)
    if text is None:
        keys = ", ".join(map(str, islice(record, 8))) or "none"
        raise InputError(
            f"{where}: has no text under {', '.join(TEXT_KEYS)} (its keys: {keys}); rename the right one, "
            "or read JSON Lines with 'quotes corpus --text-column NAME'."
        )
    if _MARKUP.match(text):
        text = article_of(f"<html><body><article>{text}</article></body></html>", where).text
    name = record.get("id")
    return Extracted(
        text,
        id=None if name is None or name == "" else str(name),
        title=_first(record, _TITLE_KEYS),
        publisher=_first(record, _PUBLISHER_KEYS),
        published=day_of(_first(record, _DAY_KEYS)),
    )


def _first(record: Mapping[str, object], keys: tuple[str, ...]) -> str | None:
    """Return the first value that is text; that of WordPress is wrapped: {"rendered": "..."}."""
    for key in keys:
        value = record.get(key)
        value = value.get("rendered") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            return value
    return None


def is_table(text: str, *, named_so: bool) -> bool:
    """Return whether a text is a table with a header: several rows, each of as many cells.

    One whose name does not say so needs a column for the text besides.
    """
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), _FEW_ROWS))
    except csv.Error:
        return named_so and delimiter in first
    header, width = rows[0] if rows else [], len(rows[0]) if rows else 0
    if width < 2 or not all(_HEADER.fullmatch(cell.strip()) for cell in header):
        return False
    if named_so:
        return True
    if any(" " in cell for cell in header):
        return False
    even = len(rows) > 1 and all(len(row) == width for row in rows if row)
    return even and bool({cell.strip().lower() for cell in header} & set(TEXT_KEYS))
