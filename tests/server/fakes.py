"""Extractors that workers of tests load in place of the real one, which takes seconds."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from quotes.errors import ModelError

if TYPE_CHECKING:
    from quotes.models import Statement
    from quotes.text.document import Document


class FakeExtractor:
    """Finds one statement in each line that begins with "Said: "; some words make trouble."""

    def pipe(self, documents: Iterable[Document]) -> Iterator[list[Statement]]:
        """Yield the statements of each document."""
        return map(self.extract_document, documents)

    def analyse(self, document: Document) -> SimpleNamespace:
        """Return what a comparison needs of an analysis."""
        article = SimpleNamespace(quotations=())
        return SimpleNamespace(statements=self.extract_document(document), chosen=(), article=article)

    def wants(self, _statement: Statement) -> bool:
        """Every statement is wanted."""
        return True

    def extract_document(self, document: Document) -> list[Statement]:
        """Return the marked lines as statements: of an attitude or confidence that the line names."""
        from tests.conftest import make_statement

        _make_trouble(document.text)
        found, at = [], 0
        for line in document.text.splitlines(keepends=True):
            if line.startswith("Said: "):
                said = line.removeprefix("Said: ").strip()
                fields = {
                    "attitude": "belief" if "belief" in said else "statement",
                    "confidence": 0.9 if "sure" in said else 0.5,
                }
                found.append(make_statement(said, at=at + 6, document=document.id, **fields))
            at += len(line)
        return found


def _make_trouble(text: str) -> None:
    if "Boom" in text:
        raise RuntimeError("boom")
    if "Crash" in text:
        os._exit(1)
    if "Wait" in text:
        time.sleep(float(text.partition("Wait ")[2].split()[0]))
    if text.startswith("Hold: "):
        _hold(Path(text.removeprefix("Hold: ")))


def _hold(file: Path) -> None:
    """Make a file, to tell that the work has begun, and wait until it is removed."""
    file.touch()
    while file.exists():
        time.sleep(0.01)


def fake() -> FakeExtractor:
    """Make a fake extractor."""
    return FakeExtractor()


def no_model() -> FakeExtractor:
    """Fail as a pipeline that is not installed does."""
    raise ModelError("no spaCy pipeline 'none': install one")
