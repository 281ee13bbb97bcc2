"""Counts what passes on its way to the output, for the line that says what was written."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.cli.messages import is_verbose, report

if TYPE_CHECKING:
    from quotes.models import Statement
    from quotes.speakers import SpeakerKey
    from quotes.text.document import Document


class Tally:
    """How many texts and statements came by, and who spoke in them."""

    def __init__(self) -> None:
        self.texts = self.statements = 0
        self._speakers: set[SpeakerKey] = set()
        self._begun = time.monotonic()

    def counted(
        self, extracted: Iterable[tuple[Document, list[Statement]]], *, silent: bool = False
    ) -> Iterator[tuple[Document, list[Statement]]]:
        """Yield documents with their statements as they are, and count them; --verbose tells of each unless silent."""
        for document, statements in extracted:
            self.add(document, statements, silent=silent)
            yield document, statements

    def add(self, document: Document, statements: Sequence[Statement], *, silent: bool = False) -> None:
        """Count a document; --verbose tells of it unless silent."""
        from quotes.speakers import speaker_key

        self._speakers.update(speaker_key(each.speaker, self.texts) for each in statements)
        self.texts += 1
        self.statements += len(statements)
        if is_verbose() and not silent:
            report(f"{document.path or document.id}: {counted(len(statements), 'statement')}")

    def __str__(self) -> str:
        """Return "263 statements by 41 speakers from 18 texts"; those without a named speaker are no speaker."""
        speakers = sum(name is not None for name, *_ in self._speakers)
        by = f" by {counted(speakers, 'speaker')}" if speakers else ""
        return f"{counted(self.statements, 'statement')}{by} from {counted(self.texts, 'text')}"

    def tell(self, output: Path | None) -> None:
        """Say what went into a file, if it did not go to standard output."""
        if output is not None and str(output) != "-":
            seconds = f" in {time.monotonic() - self._begun:.1f} s" if is_verbose() else ""
            report(f"Wrote {self} to {output}{seconds}")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "text"), counted(1200, "statement")
    ('1 text', '1,200 statements')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
