"""Reads JSON files whose faults are reported by file and line, and statements from them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from quotes.errors import DataError, InputError
from quotes.io.json import parsed_json
from quotes.io.records import restored_statement
from quotes.models import Statement

Record = Mapping[str, Any]


def read_json(path: Path) -> object:
    """Read a JSON file; raise an InputError where it is not UTF-8 text, a DataError where it is not JSON."""
    try:
        return parsed_json("".join(_lines(path)))
    except json.JSONDecodeError as error:
        raise DataError(f"{path}, line {error.lineno}, column {error.colno}: no JSON: {error.msg}") from error


def json_lines(path: Path) -> Iterator[tuple[Record, str]]:
    """Yield the JSON object of each line that is not blank, and its place as "FILE:LINE", for messages.

    Raises:
        InputError: The file cannot be read as UTF-8 text.
        DataError: A line is not a JSON object.
    """
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            row = parsed_json(line)
        except json.JSONDecodeError as error:
            raise DataError(
                f"{where}: not JSON at column {error.colno} ({error.msg}); write one JSON object a line"
            ) from error
        if not isinstance(row, dict):
            raise DataError(f"{where}: a {type(row).__name__}, not a JSON object; write one object a line")
        yield row, where


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of a data file, with or without a byte order mark; only a line feed ends one."""
    offset = 0
    try:
        with path.open("rb") as lines:
            for line in lines:
                yield line.decode("utf-8" if offset else "utf-8-sig")
                offset += len(line)
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {offset + error.start}; save it as UTF-8") from error
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error


def read_statements(path: Path) -> tuple[Statement, ...]:
    """Read what ``quotes extract`` wrote: a JSON array, or JSON Lines where the name ends in ``.jsonl``.

    Raises:
        InputError: The file cannot be read.
        DataError: It is no output of ``quotes extract``; the message names the place.
    """
    records: Iterable[tuple[object, str]]
    if path.suffix.lower() == ".jsonl":
        records = json_lines(path)
    elif isinstance(array := read_json(path), list):
        records = ((record, f"{path}, statement {index}") for index, record in enumerate(array))
    else:
        raise DataError(f"{path}: not a JSON array of statements; give what 'quotes extract' wrote")
    return tuple(restored_statement(record, where) for record, where in records)
