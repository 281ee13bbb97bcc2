"""Reads statements as ``quotes extract`` and ``quotes corpus`` write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.corpus.arrow import require
from quotes.errors import InputError
from quotes.io.records import restored_statement
from quotes.validation.files import json_lines, read_json

if TYPE_CHECKING:
    from quotes.models import Statement

Record = Mapping[str, Any]
_ROWS = 2000


def statement_records(path: Path) -> Iterator[Record]:
    """Yield the fields of each statement of a file, as `read_statements` does."""
    return (statement.model_dump() for statement in read_statements(path))


def read_statements(path: Path) -> Iterator[Statement]:
    """Yield the statements of a JSON, JSON Lines, Parquet or DuckDB file, checked.

    Raises:
        InputError: The file cannot be read.
        DataError: It holds something other than statements; the message names the place.
        UsageError: What reads such a file is not installed.
    """
    ending = path.suffix.lower()
    if ending == ".parquet":
        rows = _parquet_rows(path)
    elif ending in (".duckdb", ".db"):
        rows = _duckdb_rows(path)
    elif ending in (".jsonl", ".ndjson"):
        rows = (row for row, _ in json_lines(path))
    else:
        found = read_json(path)
        if not isinstance(found, list):
            raise InputError(f"{path}: not a JSON array of statements; give what 'quotes extract' wrote")
        rows = iter(found)
    for number, row in enumerate(rows, 1):
        yield restored_statement(row, f"{path}, statement {number}")


def _parquet_rows(path: Path) -> Iterator[Any]:
    require("pyarrow", "corpus", "reading Parquet")
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path, pre_buffer=False) as file:
            for batch in file.iter_batches(_ROWS, use_threads=False):
                yield from batch.to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{path}: cannot be read as Parquet: {error}") from error


def _duckdb_rows(path: Path) -> Iterator[Any]:
    require("duckdb", "corpus", "reading a DuckDB file")
    import duckdb

    if not path.is_file():
        raise InputError(f"cannot read {path}: no such file")
    try:
        with duckdb.connect(str(path), read_only=True) as database:
            reader = database.sql("SELECT * FROM statements").to_arrow_reader(_ROWS)
            for batch in reader:
                yield from batch.to_pylist()
    except duckdb.Error as error:
        raise InputError(f"{path}: cannot be read as a database of statements: {error}") from error
