"""What an archive holds: documents, those that are bad, and the numbered batches that they are cut into."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from quotes.errors import DataError
from quotes.files import too_long
from quotes.workers import describe

if TYPE_CHECKING:
    import pyarrow as pa

BATCH_DOCUMENTS = 32
"""Documents of a batch; about a second of work, and what a kill can cost."""
BATCH_CHARACTERS = 400_000
"""Code points at which a batch is full before it has all its documents."""

_PACKING = 16
"""Bytes of a page or PDF for each character of its text, roughly; the rest is markup, fonts and pictures."""


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
    """A document as the archive has it; all but the text may be unknown.

    ``original`` is the file that the text was taken out of, as `quotes.text.document.original_to_json` writes it.
    """

    text: str
    id: str | None = None
    published: str | None = None
    publisher: str | None = None
    title: str | None = None
    path: str | None = None
    original: str | None = None


@dataclass(frozen=True, slots=True)
class BadDocument:
    """A document with which something is wrong.

    Attributes:
        position: Its row in the batch.
        id: Its id, or its place in the file, such as "news.jsonl:17"; None when it has none.
        path: Its file, None when it has none.
        reason: What is wrong.
        kept: Whether what was found in it is given nevertheless; else it gives no statements.
    """

    position: int
    id: str | None
    path: str | None
    reason: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A page, a Word document, a PDF or a mail, out of which a worker takes the one text: that may take long.

    Attributes:
        data: All of the file.
        path: Where it is.
        encoding: Of its text, unless it says so itself.
        max_bytes: Longest text that is taken out.
        sha256: Of the data.
    """

    data: bytes = field(repr=False)
    path: str
    encoding: str
    max_bytes: int
    sha256: str

    @property
    def id(self) -> str:
        """The id of its document."""
        return Path(self.path).stem


Content: TypeAlias = InputDocument | BadDocument | PackedFile


class Record(NamedTuple):
    """A document, or a bad one whose position is not known yet, and the bytes of the archive it took."""

    content: Content
    size: float


@dataclass(frozen=True, slots=True)
class Batch:
    """Some documents in a row, the bad ones included.

    Attributes:
        number: Its place in the archive, from 0.
        documents: In the order of the archive.
        size: Bytes of the archive that it takes, for the progress bar.
    """

    number: int
    documents: tuple[Content, ...]
    size: float

    def digest(self) -> str:
        """Return a digest of all that the documents are, by which an earlier run's result is known to be theirs."""
        return hashlib.sha256(repr(self.documents).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a batch gave: its statements and, by position, its bad documents, which are counted too."""

    number: int
    documents: int
    size: float
    statements: pa.RecordBatch
    bad: tuple[BadDocument, ...]


def batches(records: Iterable[Record], documents: int = BATCH_DOCUMENTS) -> Iterator[Batch]:
    """Cut what an archive holds into batches of at most so many documents, the same ones in every run."""
    held: list[Record] = []
    number, characters = 0, 0
    for record in records:
        length = _length(record.content)
        if held and (len(held) >= documents or characters + length > BATCH_CHARACTERS):
            yield _batch(number, held)
            held, number, characters = [], number + 1, 0
        held.append(record)
        characters += length
    if held:
        yield _batch(number, held)


def _length(content: Content) -> int:
    """Return about how many characters of text there are."""
    if isinstance(content, PackedFile):
        return len(content.data) // _PACKING
    return len(content.text) if isinstance(content, InputDocument) else 0


def _batch(number: int, records: list[Record]) -> Batch:
    return Batch(number, tuple(record.content for record in records), sum(record.size for record in records))


def document_of_record(record: Mapping[str, object], place: str, path: Path, most: int) -> InputDocument | BadDocument:
    """Make a document of a file's values by field; the place in the file names one without an id."""
    given = {key: known(value) for key, value in record.items() if key != "text"}
    text = record["text"]
    name = given.get("id") or place
    try:
        refuse_unreadable(record)
    except DataError as error:
        return unreadable(name, path, str(error))
    if text is None:
        return unreadable(name, path, "there is no text in it")
    if not isinstance(text, str):
        return unreadable(name, path, f"its text is {type(text).__name__}, not a string")
    return checked(InputDocument(text, path=str(path), **given), name, path, most)


def refuse_unreadable(record: Mapping[str, object]) -> None:
    """Raise a `DataError` for a value that could not be read; see `quotes.corpus.arrow.python_rows`."""
    for key, value in record.items():
        if isinstance(value, Exception):
            raise DataError(f"its {key} cannot be read: {describe(value)}")


def checked(document: InputDocument, name: str, path: Path, most: int) -> InputDocument | BadDocument:
    """Refuse a text of too many bytes, and what no UTF-8 column can hold: an emoji that was cut in two."""
    for each in fields(document):
        try:
            size = len((getattr(document, each.name) or "").encode("utf-8"))
        except UnicodeEncodeError as error:
            reason = f"its {each.name} holds a lone surrogate, which is no character, at offset {error.start}"
            return unreadable(name, path, reason)
        if size > most:
            return unreadable(name, path, f"its {each.name}: {too_long(most)}")
    return document


def unreadable(name: str, path: Path, reason: str) -> BadDocument:
    """Return what is known of a document that cannot be read."""
    name, where = (text.encode("utf-8", "backslashreplace").decode("utf-8") for text in (name, str(path)))
    return BadDocument(0, name, where, reason)


def known(value: object) -> str | None:
    """Return a value (a date, say) as text; an empty one, as CSV exports have it, is an unknown one."""
    return None if value is None or value == "" or isinstance(value, Exception) else str(value)
