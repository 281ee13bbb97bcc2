"""Reads statements back that ``quotes extract`` wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import DataError
from quotes.validation.json_files import file_text, read_json

if TYPE_CHECKING:
    from quotes.models import Statement


def read_statements(path: Path) -> tuple[Statement, ...]:
    """Read an output file: a JSON array, or JSON Lines where it ends in ``.jsonl``.

    Args:
        path: The file.

    Returns:
        The statements in file order.

    Raises:
        InputError: The file cannot be read.
        DataError: It is no output of ``quotes extract``; the message names the place.
    """
    from quotes.models import Statement

    statements: list[Statement] = []
    for place, record in _records(path):
        try:
            statements.append(Statement.model_validate(record))
        except ValueError as error:
            raise DataError(f"{path}, {place}: not a statement: {_first(error)}") from error
    return tuple(statements)


def _records(path: Path) -> Iterator[tuple[str, object]]:
    if path.suffix.lower() == ".jsonl":
        for number, line in enumerate(file_text(path).split("\n"), start=1):
            if line.strip():
                yield f"line {number}", _line_record(path, number, line)
        return
    array = read_json(path)
    if not isinstance(array, list):
        raise DataError(f"{path}: not a JSON array of statements; give what 'quotes extract' wrote")
    for index, record in enumerate(array):
        yield f"statement {index}", record


def _line_record(path: Path, number: int, line: str) -> object:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise DataError(f"{path}, line {number}, column {error.colno}: no JSON: {error.msg}") from error


def _first(error: ValueError) -> str:
    """Return the first complaint of a pydantic error as "speaker.name: Field required"."""
    from pydantic_core import ValidationError

    if not isinstance(error, ValidationError):
        return str(error).partition("\n")[0]
    complaints = error.errors()
    place = ".".join(str(part) for part in complaints[0]["loc"])
    return f"{place}: {complaints[0]['msg']}"
