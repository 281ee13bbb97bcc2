"""Fixture folders: an article, its metadata, and the statements expected of it."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import DataError, InputError
from quotes.files import NotRead, files_below, kind_of
from quotes.io.saved import read_json
from quotes.text.document import Document, read_document
from quotes.validation.comparison import Comparison, compare
from quotes.validation.expectations import Expectations, read_expectations

if TYPE_CHECKING:
    from quotes.extractor import Extractor

ARTICLE = "article.txt"
METADATA = "metadata.json"
EXPECTED = "expected.json"


@dataclasses.dataclass(frozen=True, slots=True)
class Fixture:
    """One fixture folder, read and checked; its name is the document's id."""

    name: str
    document: Document
    expectations: Expectations


def find_fixtures(folder: Path) -> tuple[Path, ...]:
    """Return the folders, this one included, with an ``expected.json`` or ``article.txt``, sorted by path.

    Raises:
        InputError: There is no such folder, a part of it cannot be read, or no fixture is in it.
    """
    if kind_of(folder) != "folder":
        raise InputError(f"no such folder: {folder}; give a folder of fixtures, or a file with --against")
    found = set()
    for each in files_below(folder, {EXPECTED, ARTICLE}.__contains__):
        if isinstance(each, NotRead):
            raise each.error()
        found.add(each.parent)
    if not found:
        raise InputError(f"no fixture below {folder}: none of its folders has an {EXPECTED}")
    return tuple(sorted(found))


def read_fixture(folder: Path) -> Fixture:
    """Read one fixture folder.

    Raises:
        InputError: A file is missing or cannot be read.
        DataError: A file has the wrong form, or an offset is wrong.
    """
    metadata = _metadata(folder / METADATA)
    published = metadata.get("published")
    try:
        day = None if published is None else date.fromisoformat(published)
    except ValueError as error:
        raise DataError(f"{folder / METADATA}, published: {published!r} is not a date like 2023-03-16") from error
    document = read_document(
        folder / ARTICLE, published=day, publisher=metadata.get("publisher"), title=metadata.get("title")
    )
    name = folder.resolve().name
    expectations = read_expectations(folder / EXPECTED, document.text)
    return Fixture(name, dataclasses.replace(document, id=name), expectations)


def validate_fixture(fixture: Fixture, extractor: Extractor) -> Comparison:
    """Run the extractor over a fixture's article and compare."""
    return compare(fixture.name, extractor.extract_document(fixture.document), fixture.expectations)


def _metadata(path: Path) -> dict[str, str | None]:
    if not path.exists():
        return {}
    data = read_json(path)
    if not isinstance(data, dict):
        raise DataError(f"{path}: not an object")
    for key, value in data.items():
        if key not in {"published", "publisher", "title", "note"}:
            raise DataError(f"{path}: unknown key {key!r}; known are published, publisher, title and note")
        if value is not None and not isinstance(value, str):
            raise DataError(f"{path}, {key}: neither text nor null")
    return data
