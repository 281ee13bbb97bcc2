"""Reads data files, whose faults are told by file and place: JSON, and statements in every form they are saved in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.errors import DataError, InputError
from quotes.extras import require
from quotes.io.json import parsed_json
from quotes.io.records import restored_statement

if TYPE_CHECKING:
    from quotes.models import Statement

Record = Mapping[str, Any]
_ROWS = 2000


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


def read_statements(path: Path) -> Iterator[Statement]:
    """Yield the statements of what ``quotes extract`` or ``quotes corpus`` wrote, checked.

    The name says the form: ``.jsonl`` or ``.ndjson`` are JSON Lines, ``.parquet`` is Parquet, ``.duckdb`` or
    ``.db`` a database with a table of statements; anything else is a JSON array.

    Raises:
        InputError: The file cannot be read.
        DataError: It holds something other than statements; the message names the place.
        UsageError: What reads such a file is not installed.
    """
    for record, where in _records(path):
        yield restored_statement(record, where)


def statement_records(path: Path) -> Iterator[Record]:
    """Yield the fields of each statement of a file, as `read_statements` does."""
    return (statement.model_dump() for statement in read_statements(path))


def _records(path: Path) -> Iterator[tuple[object, str]]:
    """Yield what the file has in the place of each statement, and where that is."""
    ending = path.suffix.lower()
    if ending in (".jsonl", ".ndjson"):
        return json_lines(path)
    if ending == ".parquet":
        rows = parquet_rows(path)
    elif ending in (".duckdb", ".db"):
        rows = duckdb_rows(path)
    else:
        rows = iter(array_rows(path))
    return ((row, f"{path}, statement {index}") for index, row in enumerate(rows))


def array_rows(path: Path) -> list[Any]:
    """Return what a JSON array has, unchecked.

    Raises:
        InputError: The file cannot be read.
        DataError: It is no JSON array.
    """
    found = read_json(path)
    if not isinstance(found, list):
        raise DataError(f"{path}: not a JSON array of statements; give what 'quotes extract' wrote")
    return found


def parquet_rows(path: Path, columns: Sequence[str] | None = None) -> Iterator[Any]:
    """Yield the rows of a Parquet file, a few at a time in memory.

    Args:
        path: The file.
        columns: Columns to read, those inside others with a dot; None for all.

    Raises:
        InputError: The file cannot be read as Parquet.
        UsageError: What reads it is not installed.
    """
    require("pyarrow", "corpus", "reading Parquet")
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path, pre_buffer=False) as file:
            for batch in file.iter_batches(_ROWS, columns=columns, use_threads=False):
                yield from batch.to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{path}: cannot be read as Parquet: {error}") from error


def duckdb_rows(path: Path, query: str = "SELECT * FROM statements") -> Iterator[Any]:
    """Yield what a query of a database gives, a few rows at a time in memory.

    Raises:
        InputError: The file cannot be read as such a database.
        UsageError: What reads it is not installed.
    """
    require("duckdb", "corpus", "reading a DuckDB file")
    import duckdb

    if not path.is_file():
        raise InputError(f"cannot read {path}: no such file")
    try:
        with duckdb.connect(str(path), read_only=True) as database:
            for batch in database.sql(query).to_arrow_reader(_ROWS):
                yield from batch.to_pylist()
    except duckdb.Error as error:
        raise InputError(f"{path}: cannot be read as a database of statements: {error}") from error
