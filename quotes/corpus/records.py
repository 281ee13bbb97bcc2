"""What the readers give: documents, and what is known of those that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path


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


def document_of_record(record: Mapping[str, object], place: str, path: Path) -> InputDocument | Unreadable:
    """Make a document of a record of a file.

    Args:
        record: Values by the field of a document; one that is not there is unknown.
        place: Of the record in the file, which names it when it has no id.
        path: The file.
    """
    given = {key: _text(value) for key, value in record.items() if key != "text"}
    text = record["text"]
    name = given.get("id") or place
    if not isinstance(text, str):
        what = (
            "there is no text in it" if text is None else f"its text is {type(text).__name__}, not a string"
        )
        return Unreadable(_visible(name), str(path), what)
    return checked(InputDocument(text, path=str(path), **given), name, path)


def checked(document: InputDocument, name: str, path: Path) -> InputDocument | Unreadable:
    """Refuse what no UTF-8 column can hold: half a surrogate pair, as an emoji that was cut in two."""
    for each in fields(document):
        value = getattr(document, each.name)
        try:
            if value is not None:
                value.encode("utf-8")
        except UnicodeEncodeError as error:
            reason = f"its {each.name} holds a lone surrogate, which is no character, at offset {error.start}"
            return Unreadable(_visible(name), _visible(str(path)), reason)
    return document


def _visible(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _text(value: object) -> str | None:
    if value is None or value == "":
        return None
    return value.isoformat() if isinstance(value, date) else str(value)
