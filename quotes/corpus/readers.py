"""Reads archives: folders of texts, JSON Lines (also gzipped), Parquet.

Documents come one after the other in a fixed order, and never more than a few
are held. A document that cannot be read is handed on as such, in its place.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.corpus.records import BadDocument, Columns, InputDocument, Record, checked, document_of_record, unreadable
from quotes.errors import InputError, QuotesError, UsageError
from quotes.files import text_files
from quotes.text.document import decode

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_ROWS_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Archive:
    """What is to be read.

    Attributes:
        inputs: Folders (every ``*.txt`` below them), ``*.jsonl``,
            ``*.jsonl.gz``, ``*.parquet``, and text files of any other name.
        columns: Where the fields of a document stand.
        encoding: Encoding of text files.
    """

    inputs: tuple[str, ...]
    columns: Columns = field(default_factory=Columns)
    encoding: str = "utf-8"

    def records(self) -> Iterator[Record]:
        """Yield what the archive holds, in the order of the inputs."""
        for name in self.inputs:
            for path in text_files(Path(name)):
                if _is(path, ".parquet"):
                    yield from _parquet_records(path, self.columns)
                elif _is(path, ".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"):
                    yield from _line_records(path, self.columns)
                else:
                    yield _text_record(path, self.encoding)

    def check(self) -> None:
        """Look at every input before the work begins.

        Raises:
            InputError: One is not there, cannot be read, or is no Parquet file.
            UsageError: There is no input, or a Parquet file lacks a column.
        """
        if not self.inputs:
            raise UsageError("no input; give folders, *.jsonl, *.jsonl.gz or *.parquet files")
        for name in self.inputs:
            if not Path(name).exists():
                raise InputError(f"no such file or folder: {name}; check the name")
            if next(text_files(Path(name)), None) is None:
                raise InputError(f"no *.txt file in the folder {name}; give files with other endings by name")
            if _is(Path(name), ".parquet"):
                with _parquet(Path(name)) as file:
                    _parquet_columns(Path(name), file, self.columns)


def _is(path: Path, *endings: str) -> bool:
    return path.name.lower().endswith(endings) and path.is_file()


def _text_record(path: Path, encoding: str) -> Record:
    data = b""
    try:
        data = path.read_bytes()
        document = InputDocument(decode(data, encoding=encoding, where=str(path)), path.stem, path=str(path))
    except (OSError, InputError) as error:
        return Record(unreadable(path.stem, path, _reason(error)), len(data))
    return Record(checked(document, path.stem, path), len(data))


def _line_records(path: Path, columns: Columns) -> Iterator[Record]:
    number = 0
    try:
        for number, (line, size) in enumerate(_lines(path), 1):
            if line.strip():
                yield Record(_line_content(line, f"{path.name}:{number}", path, columns), size)
    except (OSError, EOFError, zlib.error) as error:
        reason = f"the file cannot be read after line {number}: {_reason(error)}"
        yield Record(unreadable(f"{path.name}:{number + 1}", path, reason), 0)


def _lines(path: Path) -> Iterator[tuple[bytes, int]]:
    """Yield each line with the bytes on the disk that were read for it."""
    with path.open("rb") as raw:
        if not path.name.lower().endswith(".gz"):
            yield from ((line, len(line)) for line in raw)
            return
        before = 0
        with gzip.open(raw) as lines:
            for line in lines:
                yield line, raw.tell() - before
                before = raw.tell()


def _line_content(line: bytes, place: str, path: Path, columns: Columns) -> InputDocument | BadDocument:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return unreadable(place, path, f"no JSON: {_reason(error)}")
    if not isinstance(record, dict):
        return unreadable(place, path, f"a JSON object is needed, not {type(record).__name__}")
    values = {key: record.get(name) for key, name in columns.names().items()}
    return document_of_record(values, place, path)


def _parquet_records(path: Path, columns: Columns) -> Iterator[Record]:
    import pyarrow as pa

    number = 0
    try:
        with _parquet(path) as file:
            names = _parquet_columns(path, file, columns)
            size = path.stat().st_size / max(1, file.metadata.num_rows)
            wanted = sorted(set(names.values()))
            for batch in file.iter_batches(_ROWS_AT_ONCE, columns=wanted, use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    record = {key: row[name] for key, name in names.items()}
                    yield Record(document_of_record(record, f"{path.name}:{number}", path), size)
    except (OSError, pa.ArrowException) as error:
        reason = f"the file cannot be read after row {number}: {_reason(error)}"
        yield Record(unreadable(f"{path.name}:{number + 1}", path, reason), 0)


def _parquet(path: Path) -> pq.ParquetFile:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(path, pre_buffer=False)
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{path}: cannot be read as Parquet: {_reason(error)}") from error


def _parquet_columns(path: Path, file: pq.ParquetFile, columns: Columns) -> dict[str, str]:
    """Return the column of each field that the file has."""
    present, names = file.schema_arrow.names, columns.names()
    for key, name in names.items():
        if name not in present and (key == "text" or name != key):  # each default is the field's own name
            raise UsageError(
                f"{path}: there is no column {name!r}; it has: {', '.join(present)}. "
                f"Name the right one, for example with --text-column"
            )
    return {key: name for key, name in names.items() if name in present}


def _reason(error: BaseException) -> str:
    if isinstance(error, QuotesError):
        return str(error)
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(text.split())


def total_size(inputs: Sequence[str]) -> int:
    """Return the bytes of all files of the inputs, for the progress bar."""
    return sum(path.stat().st_size for name in inputs for path in text_files(Path(name)))
