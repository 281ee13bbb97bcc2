"""An extractor without a model, made in each worker through the factory of `quotes.corpus.Settings`."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import make_statement

if TYPE_CHECKING:
    from quotes.corpus import Settings
    from quotes.models import Statement
    from quotes.text.document import Document

FACTORY = "tests.corpus.fakes:make_fake"
SLOW_FACTORY = "tests.corpus.fakes:make_slow"
SLOW_READER = "tests.corpus.fakes:make_slow_reader"


@dataclass(frozen=True)
class FakeExtractor:
    """Finds a statement in each line "Said: ..."; other lines are orders to go wrong.

    "Boom" is an error, "Die" the death of the process, "Die once: FILE" its
    death if there is no such file yet, "Wait: SECONDS" takes its time, "Keep:
    BYTES" takes memory for good.
    """

    pause: float = 0.0
    kept: list[bytes] = field(default_factory=list)

    def extract_document(self, document: Document) -> list[Statement]:
        """Return the marked lines of a document as statements."""
        time.sleep(self.pause)
        found, at = [], 0
        for line in document.text.splitlines(keepends=True):
            order, _, rest = line.strip().partition(": ")
            if order == "Boom":
                raise RuntimeError("boom\nsecond line")
            if order == "Die" or (order == "Die once" and _is_first(Path(rest))):
                os.kill(os.getpid(), signal.SIGKILL)
            if order == "Wait":
                time.sleep(float(rest))
            if order == "Keep":
                self.kept.append(bytes(int(rest)))
            if order == "Said":
                found.append(_statement(rest, at + 6, document))
            at += len(line)
        return found


def make_fake(_settings: Settings) -> FakeExtractor:
    """Make the fake for a worker."""
    return FakeExtractor()


def make_slow(_settings: Settings) -> FakeExtractor:
    """Make a fake that takes its time, so that a run can be killed in the middle."""
    return FakeExtractor(pause=0.01)


def make_limited(_settings: Settings) -> FakeExtractor:
    """Make the fake in a process that may take no more than 3 GB beyond what it has."""
    import resource

    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    most = pages * resource.getpagesize() + 3_000_000_000
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    return FakeExtractor()


def make_slow_reader(_settings: Settings) -> FakeExtractor:
    """Make the fake in a process that takes a minute for each page, as for a PDF made to be slow."""
    from quotes.corpus import unpacking

    def read_slowly(*_: object, **__: object) -> list[object]:
        time.sleep(60)
        raise AssertionError

    unpacking.texts_of = read_slowly
    return FakeExtractor()


def make_broken(_settings: Settings) -> FakeExtractor:
    """Fail to make an extractor."""
    raise RuntimeError("no weights")


def make_none(_settings: Settings) -> FakeExtractor:
    """Die instead of making an extractor, as when the memory is too small for the pipeline."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _is_first(marker: Path) -> bool:
    try:
        marker.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _statement(said: str, at: int, document: Document) -> Statement:
    made = make_statement(said, at=at, document=document.id, path=document.path)
    info = made.provenance.document.model_copy(
        update={
            "sha256": document.sha256,
            "title": document.title,
            "publisher": document.publisher,
            "published": document.published,
        }
    )
    return made.model_copy(update={"provenance": made.provenance.model_copy(update={"document": info})})
