"""Puts the output together from finished batches: Parquet, JSON Lines or DuckDB.

The rows come in the order of the archive, and Parquet and JSON Lines hold
nothing but them: two runs over the same archive give the same bytes. DuckDB
stamps each file with an identity of its own, so there the tables are the same
and the bytes are not.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.corpus.arrow import statement_schema
from quotes.errors import OutputError, UsageError
from quotes.extras import require
from quotes.files import check_replaceable, replaced, unwritable
from quotes.io.json import json_text

if TYPE_CHECKING:
    import pyarrow as pa

    from quotes.corpus.records import BadDocument

SUFFIXES = (".parquet", ".jsonl", ".duckdb")
ROW_GROUP = 10_000
"""Statements held while a table is written, and rows of a Parquet row group."""
ERROR_FIELDS = ("id", "path", "reason", "kept")
"""Of a line in the list of bad documents."""
_LONGEST_RECORD = 10_000_000


def check_output(path: Path) -> None:
    """Find out before the work whether the output can be written.

    Raises:
        UsageError: The suffix says no format, or DuckDB is not installed.
        OutputError: The folder is not there or not writable, the path is a folder or protected, or
            where the bad documents are listed there is something else.
    """
    if path.suffix not in SUFFIXES:
        raise UsageError(f"{path}: no format for this suffix; name the output {', '.join(SUFFIXES)}")
    if path.suffix == ".duckdb":
        require("duckdb", "corpus", "a DuckDB output")
    errors = errors_path(path)
    check_replaceable(path)
    check_replaceable(errors)
    if not _lists_bad_documents(errors):
        raise OutputError(
            f"cannot write {errors}: it is there and no list of bad documents; move it away, or give another "
            "output with -o"
        )
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise OutputError(f"cannot write {path}: no folder {path.parent} that you may write to")


def write_output(path: Path, statements: Iterable[pa.RecordBatch]) -> None:
    """Write statements as ``.parquet``, ``.jsonl`` or ``.duckdb``; an old file is replaced at the end.

    Raises:
        OutputError: It cannot be written.
    """
    write = {".parquet": _write_parquet, ".jsonl": _write_lines, ".duckdb": _write_duckdb}[path.suffix]
    with _written(path) as temporary:
        write(temporary, statements)


def errors_path(output: Path) -> Path:
    """Return where the bad documents of an output are listed."""
    return output.with_name(f"{output.name}.errors.jsonl")


def _lists_bad_documents(path: Path) -> bool:
    """Return whether a path may be taken for such a list: it is one, empty or not there."""
    try:
        with path.open("rb") as lines:
            line = lines.readline(_LONGEST_RECORD)
        return not line or json.loads(line).keys() == {*ERROR_FIELDS}
    except FileNotFoundError:
        return True
    except (OSError, ValueError, AttributeError, RecursionError):
        return False


def write_errors(path: Path, bad: Iterable[BadDocument]) -> tuple[int, int]:
    """Write one JSON object for each (`ERROR_FIELDS`), and return how many were left out, and how many kept.

    Without any there is no file, and an old one is removed.
    """
    rows = iter(bad)
    first = next(rows, None)
    if first is None:
        path.resolve().unlink(missing_ok=True)  # where it is a link, that stays
        return 0, 0
    counts = Counter[bool]()
    with _written(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as stream:
        for each in chain((first,), rows):
            stream.write(json_text({name: getattr(each, name) for name in ERROR_FIELDS}) + "\n")
            counts[each.kept] += 1
    return counts[False], counts[True]


def _write_parquet(path: Path, statements: Iterable[pa.RecordBatch]) -> None:
    import pyarrow.parquet as pq

    with pq.ParquetWriter(path, statement_schema(), compression="zstd") as writer:
        for table in _tables(statements):
            writer.write_table(table, row_group_size=ROW_GROUP)


def _write_lines(path: Path, statements: Iterable[pa.RecordBatch]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for batch in statements:
            stream.writelines(json_text(_record(row)) + "\n" for row in batch.to_pylist())


def _record(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as the contract writes it: without the fields that are absent, not null, where there is nothing."""
    provenance = row["provenance"]
    for part, name in ((provenance["document"], "original"), (provenance, "times")):
        if part[name] is None:
            del part[name]
    return row


def _write_duckdb(path: Path, statements: Iterable[pa.RecordBatch]) -> None:
    import duckdb

    beside = path.with_name(path.name + ".duckdb")  # DuckDB makes its files itself
    database = duckdb.connect(str(beside), config={"threads": 1, "memory_limit": "1GB"})
    try:
        database.register("arriving", statement_schema().empty_table())
        database.execute("CREATE TABLE statements AS SELECT * FROM arriving")
        for table in _tables(statements):
            database.register("arriving", table)
            database.execute("INSERT INTO statements SELECT * FROM arriving")
        database.unregister("arriving")
    finally:
        database.close()
    beside.replace(path)


def _tables(statements: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Yield tables of `ROW_GROUP` rows, whatever the batches: their cut must not show in the output."""
    import pyarrow as pa

    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in statements:
        held.append(batch)
        rows += batch.num_rows
        if rows >= ROW_GROUP:
            table = pa.Table.from_batches(held)
            while table.num_rows >= ROW_GROUP:
                yield table.slice(0, ROW_GROUP).combine_chunks()
                table = table.slice(ROW_GROUP)
            held, rows = table.to_batches(), table.num_rows
    if rows:
        yield pa.Table.from_batches(held).combine_chunks()


@contextmanager
def _written(path: Path) -> Iterator[Path]:
    """Yield a temporary file that replaces the path; what keeps it from being written is an `OutputError`."""
    try:
        with replaced(path) as temporary:
            yield temporary
    except OSError as error:  # such as a full disk
        raise unwritable(path, error) from error
