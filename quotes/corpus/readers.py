"""Reads archives: folders of texts, JSON Lines (also gzipped), Parquet.

Documents come one after the other in a fixed order, and never more than a few
are held. A document that cannot be read is handed on as such, in its place.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from quotes.document import decode
from quotes.errors import InputError, QuotesError, UsageError

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_ROWS_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the columns (of the keys, in JSON Lines) that are read.

    Only the text has to be there; a document without an id gets one from its
    text. A name that is given and not in a Parquet file is an error, a default
    one that is not there is an unknown value.
    """

    id: str = "id"
    text: str = "text"
    published: str = "published"
    publisher: str = "publisher"
    title: str = "title"

    def names(self) -> dict[str, str]:
        """Return the column's name for each field of a document."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class InputDocument:
    """A document as the archive has it; all but the text may be unknown."""

    text: str
    id: str | None = None
    published: str | None = None
    publisher: str | None = None
    title: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document of the archive that cannot be read.

    Attributes:
        id: Its id, or its place in the file, such as "news.jsonl:17".
        path: The file.
        reason: What is wrong with it.
    """

    id: str
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing read, and how much of the archive it was.

    Attributes:
        item: A document, or what is known of one that cannot be read.
        size: Bytes of the archive that were read for it, for the progress bar.
    """

    item: InputDocument | Unreadable
    size: float


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
    columns: Columns = Columns()
    encoding: str = "utf-8"

    def entries(self) -> Iterator[Entry]:
        """Yield what the archive holds, in the order of the inputs."""
        for name in self.inputs:
            for path in input_files(Path(name)):
                yield from _entries(path, self)

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
            if next(input_files(Path(name)), None) is None:
                raise InputError(f"no *.txt file in the folder {name}; give files with other endings by name")
            if _kind(Path(name)) == "parquet":
                with _parquet(Path(name)) as file:
                    _parquet_columns(Path(name), file, self.columns)


def input_files(path: Path) -> Iterator[Path]:
    """Yield a file itself, or the texts below a folder, sorted by path, hidden ones left out."""
    if not path.is_dir():
        yield path
        return
    try:
        with os.scandir(path) as found:
            inside = sorted((entry.name, entry.is_dir()) for entry in found if not entry.name.startswith("."))
    except OSError as error:
        raise InputError(f"cannot read the folder {path}: {error.strerror}") from error
    for name, is_folder in inside:
        if is_folder:
            yield from input_files(path / name)
        elif name.lower().endswith(".txt"):
            yield path / name


def _kind(path: Path) -> str:
    name = path.name.lower()
    kinds = {".parquet": "parquet", ".jsonl": "lines", ".ndjson": "lines", ".jsonl.gz": "lines", ".ndjson.gz": "lines"}
    return next((kind for suffix, kind in kinds.items() if name.endswith(suffix) and path.is_file()), "text")


def _entries(path: Path, archive: Archive) -> Iterator[Entry]:
    kind = _kind(path)
    if kind == "parquet":
        return _parquet_entries(path, archive.columns)
    if kind == "lines":
        return _line_entries(path, archive.columns)
    return _text_entry(path, archive.encoding)


def _text_entry(path: Path, encoding: str) -> Iterator[Entry]:
    size = 0
    try:
        data = path.read_bytes()
        size = len(data)
        text = decode(data, encoding=encoding, where=str(path))
    except (OSError, InputError) as error:
        yield Entry(Unreadable(path.stem, str(path), _reason(error)), size)
        return
    yield Entry(_safe(InputDocument(text, id=path.stem, path=str(path)), path.stem, path), size)


def _line_entries(path: Path, columns: Columns) -> Iterator[Entry]:
    number = 0
    try:
        with path.open("rb") as raw:
            lines = gzip.open(raw) if path.name.lower().endswith(".gz") else raw
            before = 0
            for number, line in enumerate(lines, 1):  # noqa: B007 - said when the file breaks off
                after = _position(raw, lines, before, len(line))
                if line.strip():
                    yield Entry(_line_item(line, f"{path.name}:{number}", path, columns), after - before)
                before = after
    except (OSError, EOFError, zlib.error) as error:
        reason = f"the file cannot be read behind line {number}: {_reason(error)}"
        yield Entry(Unreadable(f"{path.name}:{number + 1}", str(path), reason), 0)


def _position(raw: IO[bytes], lines: IO[bytes] | gzip.GzipFile, before: int, length: int) -> int:
    """Return how far a file has been read, in bytes on the disk."""
    return before + length if lines is raw else raw.tell()


def _line_item(line: bytes, place: str, path: Path, columns: Columns) -> InputDocument | Unreadable:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return Unreadable(place, str(path), f"no JSON: {_reason(error)}")
    if not isinstance(record, dict):
        return Unreadable(place, str(path), f"a JSON object is needed, not {type(record).__name__}")
    return _item({key: record.get(name) for key, name in columns.names().items()}, place, path)


def _parquet_entries(path: Path, columns: Columns) -> Iterator[Entry]:
    import pyarrow as pa

    number = 0
    try:
        with _parquet(path) as file:
            names = _parquet_columns(path, file, columns)
            size = path.stat().st_size / max(1, file.metadata.num_rows)
            for batch in file.iter_batches(
                _ROWS_AT_ONCE, columns=sorted(set(names.values())), use_threads=False
            ):
                values = {key: batch.column(name).to_pylist() for key, name in names.items()}
                for row in range(batch.num_rows):
                    number += 1
                    record = {key: column[row] for key, column in values.items()}
                    yield Entry(_item(record, f"{path.name}:{number}", path), size)
    except (OSError, pa.ArrowException) as error:
        reason = f"the file cannot be read behind row {number}: {_reason(error)}"
        yield Entry(Unreadable(f"{path.name}:{number + 1}", str(path), reason), 0)


def _parquet(path: Path) -> pq.ParquetFile:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(path, pre_buffer=False)
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{path}: cannot be read as Parquet: {_reason(error)}") from error


def _parquet_columns(path: Path, file: pq.ParquetFile, columns: Columns) -> dict[str, str]:
    """Return the column of each field that the file has."""
    there, defaults = set(file.schema_arrow.names), Columns().names()
    names = columns.names()
    missing = [
        name for key, name in names.items() if name not in there and (key == "text" or name != defaults[key])
    ]
    if missing:
        raise UsageError(
            f"{path}: there is no column {missing[0]!r}; it has: {', '.join(file.schema_arrow.names)}. "
            f"Name the right one, for example with --text-column"
        )
    return {key: name for key, name in names.items() if name in there}


def _item(record: dict[str, Any], place: str, path: Path) -> InputDocument | Unreadable:
    given = {key: _text(value) for key, value in record.items() if key != "text"}
    text = record["text"]
    name = given.get("id") or place
    if not isinstance(text, str):
        what = "there is no text in it" if text is None else f"its text is {type(text).__name__}, not a string"
        return Unreadable(_visible(name), str(path), what)
    return _safe(InputDocument(text, path=str(path), **given), name, path)


def _safe(document: InputDocument, name: str, path: Path) -> InputDocument | Unreadable:
    """Refuse what no UTF-8 column can hold: a half of a surrogate pair, as "\\ud83d" alone in JSON."""
    for each in fields(document):
        value = getattr(document, each.name)
        try:
            if value is not None:
                value.encode("utf-8")
        except UnicodeEncodeError as error:
            reason = f"its {each.name} has half a surrogate pair at offset {error.start}, which is no character"
            return Unreadable(_visible(name), _visible(str(path)), reason)
    return document


def _visible(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _text(value: object) -> str | None:
    if value is None or value == "":
        return None
    return value.isoformat() if isinstance(value, date) else str(value)


def _reason(error: BaseException) -> str:
    if isinstance(error, QuotesError):
        return str(error)
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(text.split())


def total_size(inputs: Sequence[str]) -> int:
    """Return the bytes of all files of the inputs, for the progress bar."""
    return sum(path.stat().st_size for name in inputs for path in input_files(Path(name)))
