"""Extracted documents to write: the fixtures, odd texts, and the shared cases where they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.extractor import Extractor
from quotes.models import Statement
from quotes.text.document import make_document, read_document
from tests.conftest import entity_record, make_statement

if TYPE_CHECKING:
    from quotes.io import Extracted
    from quotes.text.document import Document

FIXTURES = Path(__file__).parents[2] / "fixtures"
SHARED = Path(__file__).resolve().parents[3] / "shared"
SOURCES = ("fixtures", "seeds", "challenge")
ODD_TEXT = (
    "\ufeffHead\u00a0line\x07\r\n\u00a0\r\n"
    "She said <b>“it is\x00 so\ud800\r\nor\tnot”</b> & left\ufffe.\r\rEnd 😀\u2028\x1c"
)
"""Everything that some format cannot write as it is."""


def documents_of(source: str) -> list[Document]:
    """The documents of one source; the test is skipped where the shared folder is absent."""
    if source == "fixtures":
        return [read_document(path) for path in sorted(FIXTURES.glob("*/article.txt"))]
    folder = SHARED / source
    if not folder.is_dir():
        pytest.skip(f"the folder shared/{source} is not beside this checkout")
    if source == "seeds":
        return [read_document(path) for path in sorted(folder.glob("*.txt"))]
    lines = (folder / "cases.jsonl").read_text("utf-8").splitlines()
    return [make_document(case["text"], document_id=case["id"]) for case in map(json.loads, lines)]


@pytest.fixture(scope="session")
def extracted_from() -> Callable[[str], list[Extracted]]:
    """Extracts every statement of any attitude from a source, once for the whole run."""
    extractor = Extractor(attitudes="all")
    done: dict[str, list[Extracted]] = {}

    def extracted(source: str) -> list[Extracted]:
        if source not in done:
            documents = documents_of(source)
            done[source] = list(zip(documents, extractor.pipe(documents), strict=True))
        return done[source]

    return extracted


@pytest.fixture(params=SOURCES)
def extracted(request: pytest.FixtureRequest, extracted_from: Callable[..., list[Extracted]]) -> list[Extracted]:
    """The documents of each source with their statements."""
    return extracted_from(request.param)


def said(document: Document, *pieces: str, **fields: object) -> Statement:
    """Build a statement whose content is these pieces of a document, found one after the other."""
    spans, at = [], 0
    for piece in pieces:
        start = document.text.index(piece, at)
        at = start + 1
        spans.append({"start": start, "end": start + len(piece), "text": piece})
    base = make_statement(pieces[0], document=document.id).model_dump()
    base["provenance"]["document"]["sha256"] = document.sha256
    content = {"text": " … ".join(pieces), "spans": spans}
    return Statement.model_validate({**base, "content": content, **fields})


def person(name: str | None, document: Document, mention: str | None = None) -> dict[str, object]:
    """Build an entity of the type person."""
    at = document.text.index(mention) if mention else 0
    span = {"start": at, "end": at + len(mention), "text": mention} if mention else None
    return entity_record(name, mention=span)


@pytest.fixture
def odd() -> Extracted:
    """A text full of what formats cannot write as it is, with statements that cross and that break off."""
    document = make_document(ODD_TEXT, document_id="odd/../name of a file")
    statements = [
        said(document, "it is\x00 so\ud800\r\nor\tnot", speaker=person("A\ud800\x01 & <Co>", document, "She")),
        said(document, "so\ud800\r\nor\tnot”</b> & left\ufffe", id="crossing", speaker=None, negated=True),
        said(document, "line", "it", "End 😀", id="discontinuous", speaker=person(None, document, "She")),
    ]
    return document, statements
