"""The texts in a file that is no table; a slow one can be left packed, for a worker to open."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from quotes.corpus.records import BadDocument, Content, InputDocument, PackedFile, checked, unreadable
from quotes.errors import InputError, QuotesError
from quotes.files import read_at_most
from quotes.inputs.kinds import is_packed, texts_of
from quotes.text.document import documents_of, original_to_json


def contents_of_file(path: Path, encoding: str, most: int, *, packed: bool) -> Iterator[tuple[Content, float]]:
    """Yield what is in a file, each with its share of the bytes: more than one text only for JSON.

    With ``packed`` a page, a Word document, a PDF or a mail is given as it is, see `unpacked`.
    """
    try:
        with path.open("rb") as stream:
            data = read_at_most(stream, most, str(path))
    except (OSError, InputError) as error:
        yield unreadable(path.stem, path, reason_of(error)), 0
        return
    if packed and is_packed(data, path.name):
        yield PackedFile(data, str(path), encoding, most, hashlib.sha256(data).hexdigest()), len(data)
        return
    found = list(_texts(data, path, encoding, most))
    yield from ((each, len(data) / len(found)) for each in found)


def unpacked(file: PackedFile) -> InputDocument | BadDocument:
    """Return the text of a file as a document."""
    (document,) = _texts(file.data, Path(file.path), file.encoding, file.max_bytes)
    return document


def reason_of(error: BaseException) -> str:
    """Return why something cannot be read, on one line."""
    if isinstance(error, QuotesError):
        return str(error)
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(text.split())


def _texts(data: bytes, path: Path, encoding: str, most: int) -> Iterator[InputDocument | BadDocument]:
    try:
        found = texts_of(data, path.name, encoding=encoding, where=str(path), max_bytes=most)
        documents = documents_of(found, document_id=path.stem, path=str(path))
    except InputError as error:
        yield unreadable(path.stem, path, reason_of(error))
        return
    for each, (content, _) in zip(documents, found, strict=True):
        day = None if content.published is None else content.published.isoformat()
        about = {"published": day, "publisher": content.publisher, "title": content.title}
        document = InputDocument(each.text, each.id, path=each.path, original=original_to_json(each), **about)
        yield checked(document, each.id, path, most)
