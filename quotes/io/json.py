r"""Writes statements as one JSON array or as JSON Lines.

The order of keys is the order of the contract, text stays readable (no
``\uXXXX`` for letters), and the last line ends with a newline. A lone
surrogate, which no UTF-8 file can hold, is written as a JSON escape.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from quotes.models import Statement

_SURROGATE = re.compile("[\ud800-\udfff]")


def statement_record(statement: Statement) -> dict[str, object]:
    """Return a statement as plain JSON values: dates as ISO text, tuples as lists."""
    record = json.loads(statement_json(statement))
    assert isinstance(record, dict)
    return record


def statement_json(statement: Statement, *, indent: int | None = None) -> str:
    """Return one statement as JSON text without a newline at its end."""
    return json_text(statement.model_dump(), indent=indent)


def json_text(value: object, *, indent: int | None = None) -> str:
    r"""Return a value as JSON text that can always be encoded as UTF-8.

    >>> json_text({"text": "naïve \ud800"})
    '{"text": "naïve \\ud800"}'
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=_iso)
    # Outside of its strings JSON is ASCII, so whatever is found here may be escaped.
    return _SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def statements_to_json(statements: Iterable[Statement], *, indent: int | None = 2) -> str:
    """Return statements as the text of one JSON array.

    Args:
        statements: In the order they are to have.
        indent: Spaces a level; None for everything on one line.

    Returns:
        The text, with a newline at its end.
    """
    stream = io.StringIO()
    write_json((statements,), stream, indent=indent)
    return stream.getvalue()


def write_json(documents: Iterable[Iterable[Statement]], stream: TextIO, *, indent: int | None = 2) -> None:
    """Write the statements of all documents as one JSON array, each document as it arrives.

    Nothing is written before the first statement is there, so that a failure at
    the start leaves the stream untouched.

    Args:
        documents: For each document its statements.
        stream: Text stream to write to; it is not closed.
        indent: Spaces a level; None for everything on one line.
    """
    margin = "" if indent is None else "\n" + " " * indent
    separator = "[" + margin
    for statements in documents:
        for statement in statements:
            # A JSON string never holds a raw newline: each one found is layout.
            text = statement_json(statement, indent=indent).replace("\n", margin)
            stream.write(separator + text)
            separator = ", " if indent is None else "," + margin
    if separator.startswith("["):
        stream.write("[]\n")
    else:
        stream.write("]\n" if indent is None else "\n]\n")


def write_jsonl(documents: Iterable[Iterable[Statement]], stream: TextIO) -> None:
    """Write the statements of all documents as JSON Lines, one statement a line."""
    for statements in documents:
        stream.writelines(statement_json(statement) + "\n" for statement in statements)


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"cannot write {type(value).__name__} as JSON")
