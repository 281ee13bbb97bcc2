"""Reads archives: folders of texts, JSON Lines (also gzipped), Parquet.

Documents come one after the other in a fixed order, and never more than a few
are held. A document that cannot be read is handed on as such, in its place.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from quotes.corpus.arrow import python_rows
from quotes.corpus.records import BadDocument, Columns, InputDocument, Record, document_of_record, unreadable
from quotes.corpus.unpacking import contents_of_file, reason_of
from quotes.errors import DataError, InputError, UsageError
from quotes.files import MOST_BYTES, NotRead, kind_of, text_files, too_long
from quotes.inputs.kinds import refuse_address

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_ROWS_AT_ONCE = 64
_PIECE = 1 << 20
_TABLES = (".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Archive:
    """What is to be read.

    Attributes:
        inputs: Folders (every ``*.txt`` below them), ``*.jsonl``,
            ``*.jsonl.gz``, ``*.parquet``, ``*.csv``, ``*.tsv``, and files of any other name with a text each.
        columns: Where the fields of a document stand.
        encoding: Encoding of text files.
        max_bytes: Longest text, and longest line of a file of them, that is read; a longer one is bad.
    """

    inputs: tuple[str, ...]
    columns: Columns = field(default_factory=Columns)
    encoding: str = "utf-8"
    max_bytes: int = MOST_BYTES

    def records(self, *, packed: bool = False) -> Iterator[Record]:
        """Yield what the archive holds, in the order of the inputs; with ``packed``, slow files as they are."""
        for name in self.inputs:
            for path in text_files(Path(name)):
                if isinstance(path, NotRead):
                    yield Record(unreadable(path.path.stem, path.path, str(path.error())), 0)
                elif _is(path, ".parquet"):
                    yield from _parquet_records(path, self.columns, self.max_bytes)
                elif _is(path, ".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"):
                    yield from _line_records(path, self.columns, self.max_bytes)
                elif _is(path, *_TABLES):
                    yield from _table_records(path, self.columns, self.encoding, self.max_bytes)
                else:
                    found = contents_of_file(path, self.encoding, self.max_bytes, packed=packed)
                    yield from (Record(*each) for each in found)

    def files(self) -> Iterator[Path]:
        """Yield every file that is read."""
        found = (path for name in self.inputs for path in text_files(Path(name)))
        return (path for path in found if isinstance(path, Path))

    def check(self) -> None:
        """Look at every input before the work begins.

        Raises:
            InputError: One is not there, cannot be read, or is no Parquet file.
            UsageError: There is no input, or a Parquet file lacks a column.
        """
        if not self.inputs:
            raise UsageError("no input; give folders, *.jsonl, *.jsonl.gz or *.parquet files")
        for name in self.inputs:
            refuse_address(name)
            if not kind_of(Path(name)):
                raise InputError(f"no such file or folder: {name}; check the name")
            first = next(text_files(Path(name)), None)
            if isinstance(first, NotRead) and first.path == Path(name):
                raise first.error()
            if first is None:
                raise InputError(f"no *.txt file in the folder {name}; give files with other endings by name")
            if _is(Path(name), ".parquet"):
                with _parquet(Path(name)) as file:
                    _parquet_columns(Path(name), file, self.columns)
            if _is(Path(name), *_TABLES):
                self._check_table(Path(name))

    def _check_table(self, path: Path) -> None:
        try:
            with path.open("rb") as raw, _rows(raw, self.encoding) as stream:
                _, header = _header(stream)
        except (OSError, ValueError, csv.Error) as error:
            raise InputError(f"{path}: cannot be read as a table: {reason_of(error)}") from error
        _present(path, header, self.columns)


def _is(path: Path, *endings: str) -> bool:
    return path.name.lower().endswith(endings) and path.is_file()


def _table_records(path: Path, columns: Columns, encoding: str, most: int) -> Iterator[Record]:
    """Yield a document for each row of a CSV or TSV file with a header."""
    number = 0
    csv.field_size_limit(most)
    try:
        with path.open("rb") as raw, _rows(raw, encoding) as stream:
            delimiter, header = _header(stream)
            names = _present(path, header, columns)
            before = 0
            for number, row in enumerate(csv.DictReader(stream, header, delimiter=delimiter), 1):
                size, before = raw.tell() - before, raw.tell()
                values = {key: row.get(name) for key, name in names.items()}
                yield Record(document_of_record(values, f"{path.name}:{number}", path, most), size)
    except (OSError, ValueError, csv.Error, UsageError) as error:
        reason = f"the file cannot be read after row {number}: {reason_of(error)}"
        yield Record(unreadable(f"{path.name}:{number + 1}", path, reason), 0)


def _header(stream: TextIO) -> tuple[str, list[str]]:
    """Return the delimiter of a table and the names of its columns, and leave the stream at the first row."""
    line = stream.readline()
    delimiter = max(",;\t|", key=line.count)
    return delimiter, [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]


def _rows(raw: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """Return a table as text; a byte that is none becomes a lone surrogate, for which its row alone is refused."""
    name = "utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding
    return io.TextIOWrapper(raw, name, errors="surrogateescape", newline="")


def _line_records(path: Path, columns: Columns, most: int) -> Iterator[Record]:
    number = 0
    try:
        for number, (line, size) in enumerate(_lines(path, most), 1):
            place = f"{path.name}:{number}"
            if line is None:
                yield Record(unreadable(place, path, too_long(most)), size)
            elif line.strip():
                yield Record(_line_content(line, place, path, columns, most), size)
    except (OSError, EOFError, zlib.error) as error:
        reason = f"the file cannot be read after line {number}: {reason_of(error)}"
        yield Record(unreadable(f"{path.name}:{number + 1}", path, reason), 0)


def _lines(path: Path, most: int) -> Iterator[tuple[bytes | None, int]]:
    """Yield each line, None for one that is too long, with the bytes on the disk that were read for it."""
    with path.open("rb") as raw, gzip.open(raw) if path.name.lower().endswith(".gz") else raw as lines:
        before = 0
        while read := lines.readline(most + 1):
            line = None if len(read) > most and not read.endswith(b"\n") else read
            while line is None and read and not read.endswith(b"\n"):  # to the end of it, a piece at a time
                read = lines.readline(_PIECE)
            yield line, raw.tell() - before
            before = raw.tell()


def _line_content(line: bytes, place: str, path: Path, columns: Columns, most: int) -> InputDocument | BadDocument:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return unreadable(place, path, f"no JSON: {reason_of(error)}")
    if not isinstance(record, dict):
        return unreadable(place, path, f"a JSON object is needed, not {type(record).__name__}")
    values = {key: record.get(name) for key, name in columns.names().items()}
    return document_of_record(values, place, path, most)


def _parquet_records(path: Path, columns: Columns, most: int) -> Iterator[Record]:
    import pyarrow as pa

    number = 0
    try:
        with _parquet(path) as file:
            names = _parquet_columns(path, file, columns)
            size = path.stat().st_size / max(1, file.metadata.num_rows)
            wanted = sorted(set(names.values()))
            for batch in file.iter_batches(_ROWS_AT_ONCE, columns=wanted, use_threads=False):
                for record in python_rows(batch, names):
                    number += 1
                    yield Record(document_of_record(record, f"{path.name}:{number}", path, most), size)
    except (OSError, pa.ArrowException, DataError) as error:
        reason = f"the file cannot be read after row {number}: {reason_of(error)}"
        yield Record(unreadable(f"{path.name}:{number + 1}", path, reason), 0)


def _parquet(path: Path) -> pq.ParquetFile:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(path, pre_buffer=False)
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{path}: cannot be read as Parquet: {reason_of(error)}") from error


def _parquet_columns(path: Path, file: pq.ParquetFile, columns: Columns) -> dict[str, str]:
    """Return the column of each field that the file has."""
    return _present(path, file.schema_arrow.names, columns)


def _present(path: Path, present: Sequence[str], columns: Columns) -> dict[str, str]:
    """Return the column of each field that is present; the one of the text has to be."""
    names = columns.names()
    for key, name in names.items():
        if name not in present and (key == "text" or name != key):  # each default is the field's own name
            raise UsageError(
                f"{path}: there is no column {name!r}; it has: {', '.join(present)}. "
                f"Name the right one, for example with --text-column"
            )
    return {key: name for key, name in names.items() if name in present}


def total_size(inputs: Sequence[str]) -> int:
    """Return the bytes of all files of the inputs, for the progress bar."""
    sizes = 0
    for path in Archive(tuple(inputs)).files():
        with suppress(OSError):  # a link to nothing, which is a bad document
            sizes += path.stat().st_size
    return sizes
