"""Goes through files of saved statements with little memory, and fetches some of their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

from quotes.errors import DataError, InputError
from quotes.io.json import parsed_json
from quotes.io.saved import array_rows, duckdb_rows, parquet_rows
from quotes.sampling.design import FIELDS

Record = Mapping[str, Any]
LEAVES = (("id",), ("provenance", "document", "sha256"), *FIELDS.values())
"""What is read of every statement."""
GoThrough = Callable[[Path], Iterator[tuple[int, Record]]]
Fetch = Callable[[Path, Sequence[int]], Iterator[Record]]


def rows(path: Path) -> Iterator[tuple[int, Record]]:
    """Yield of each statement its place in the file, and of its record what strata are made of.

    Raises:
        InputError: The file cannot be read.
        DataError: It holds something else.
        UsageError: What reads such a file is not installed.
    """
    go_through, _ = _ways(path)
    return go_through(path)


def fetched(path: Path, places: Sequence[int]) -> Iterator[Record]:
    """Yield the whole records of the statements at some places, which are in order."""
    _, fetch = _ways(path)
    return fetch(path, places)


def _ways(path: Path) -> tuple[GoThrough, Fetch]:
    ending = path.suffix.lower()
    if ending == ".parquet":
        return _parquet_rows, _parquet_fetched
    if ending in (".duckdb", ".db"):
        return _duckdb_rows, _duckdb_fetched
    return (_line_rows, _line_fetched) if ending in (".jsonl", ".ndjson") else (_array_rows, _array_fetched)


def _line_rows(path: Path) -> Iterator[tuple[int, Record]]:
    """Yield the objects of JSON Lines with their offsets in bytes."""
    offset = 0
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield offset, _object(line, f"{path}:{number}")
                offset += len(line)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error


def _line_fetched(path: Path, places: Sequence[int]) -> Iterator[Record]:
    with path.open("rb") as lines:
        for place in places:
            lines.seek(place)
            yield _object(lines.readline(), str(path))


def _object(line: bytes, where: str) -> Record:
    try:
        record = parsed_json(line.decode("utf-8-sig"))
    except ValueError as error:
        raise DataError(f"{where}: not JSON in UTF-8 ({error}); write one JSON object a line") from error
    if not isinstance(record, dict):
        raise DataError(f"{where}: a {type(record).__name__}, not a JSON object; write one object a line")
    return record


def _array_rows(path: Path) -> Iterator[tuple[int, Record]]:
    return enumerate(array_rows(path))


def _array_fetched(path: Path, places: Sequence[int]) -> Iterator[Record]:
    found = array_rows(path)
    return (found[place] for place in places)


def _parquet_rows(path: Path) -> Iterator[tuple[int, Record]]:
    return enumerate(parquet_rows(path, [".".join(keys) for keys in LEAVES]))


def _parquet_fetched(path: Path, places: Sequence[int]) -> Iterator[Record]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, pre_buffer=False) as file:
        first = 0
        for group in range(file.num_row_groups):
            after = first + file.metadata.row_group(group).num_rows
            inside = [place - first for place in places if first <= place < after]
            if inside:
                yield from file.read_row_group(group, use_threads=False).take(inside).to_pylist()
            first = after


def _duckdb_rows(path: Path) -> Iterator[tuple[int, Record]]:
    columns = ", ".join(f'{".".join(keys)} AS "{".".join(keys)}"' for keys in LEAVES)
    for record in duckdb_rows(path, f"SELECT rowid AS place, {columns} FROM statements"):
        place = record.pop("place")
        nested: dict[str, Any] = {}
        for keys in LEAVES:
            inner = reduce(lambda part, key: part.setdefault(key, {}), keys[:-1], nested)
            inner[keys[-1]] = record[".".join(keys)]
        yield place, nested


def _duckdb_fetched(path: Path, places: Sequence[int]) -> Iterator[Record]:
    listed = ", ".join(map(str, places))
    return duckdb_rows(path, f"SELECT * FROM statements WHERE rowid IN ({listed}) ORDER BY rowid")
