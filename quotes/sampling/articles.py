"""The articles of drawn statements, found again in the archive and kept for a review."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from quotes.corpus.readers import Archive
from quotes.corpus.records import InputDocument
from quotes.files import replaced
from quotes.io.json import json_text
from quotes.models import DocumentInfo, Statement

Key = tuple[str, str]
"""The id of a document, and the hash of its text."""


def write_articles(statements: Iterable[Statement], archive: Archive, path: Path) -> list[DocumentInfo]:
    """Write the articles of statements as JSON, in the order of their ids, with what the archive knows of each.

    An article is known by its text's hash, so that offsets hold.

    Returns:
        The documents whose text is not in the archive.

    Raises:
        OutputError: The file cannot be written.
    """
    documents = {_key(each.provenance.document): each.provenance.document for each in statements}
    found: dict[Key, dict[str, Any]] = {}
    for key, record in _articles(archive):
        if key in documents:
            found.setdefault(key, record)
            if len(found) == len(documents):
                break
    with replaced(path) as temporary:
        records = [found[key] for key in sorted(found)]
        temporary.write_text(json_text(records, indent=1) + "\n", "utf-8", newline="\n")
    return [document for key, document in documents.items() if key not in found]


def places_of(statements: Iterable[Statement]) -> tuple[str, ...]:
    """Return the files, as far as they are there, that the statements say that they are from."""
    paths = {each.provenance.document.path for each in statements}
    return tuple(sorted(path for path in paths if path and Path(path).is_file()))


def _key(document: DocumentInfo) -> Key:
    return document.id, document.sha256


def _articles(archive: Archive) -> Iterator[tuple[Key, dict[str, Any]]]:
    for record in archive.records():
        content = record.content
        if isinstance(content, InputDocument):
            sha256 = hashlib.sha256(content.text.encode("utf-8")).hexdigest()
            name = content.id or sha256[:16]  # as `make_document` names it
            known = {key: getattr(content, key) for key in ("published", "publisher", "title")}
            yield (name, sha256), {"id": name, **known, "text": content.text}
