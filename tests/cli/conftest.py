"""A fake extractor, so that the command line is tested without a pipeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from quotes.models import Statement
    from quotes.text.document import Document


@dataclass
class FakeExtractor:
    """Finds one statement in each line that starts with "Said: "; "Boom" in a text is a fault."""

    make: Callable[..., Statement]

    def extract_document(self, document: Document) -> list[Statement]:
        """Return the marked lines of a document as statements."""
        if "Boom" in document.text:
            raise RuntimeError("boom\nsecond line")
        if "Ctrl-C" in document.text:
            raise KeyboardInterrupt
        found, at = [], 0
        for line in document.text.splitlines(keepends=True):
            if line.startswith("Said: "):
                said = line.removeprefix("Said: ").strip()
                found.append(self.make(said, at=at + 6, document=document.id, path=document.path))
            at += len(line)
        return found


@dataclass(frozen=True)
class Outcome:
    """What a run of the command line gave."""

    code: int
    out: str
    err: str


@pytest.fixture
def options_seen() -> list[tuple[object, ...]]:
    """The options with which extractors were made."""
    return []


@pytest.fixture
def quotes(
    statement: Callable[..., Statement],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options_seen: list[tuple[object, ...]],
) -> Callable[..., Outcome]:
    """Runs the command line in this process with the fake extractor."""
    from quotes.cli import options
    from quotes.cli.application import run
    from quotes.extractor import chosen_attitudes

    def make_extractor(model: str | None, attitudes: str, min_confidence: float, *_: object) -> FakeExtractor:
        options_seen.append((model, chosen_attitudes(attitudes), min_confidence))
        return FakeExtractor(statement)

    monkeypatch.setattr(options, "make_extractor", make_extractor)

    def run_quotes(*arguments: object) -> Outcome:
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run_quotes


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with texts at two depths, a hidden one, and a file that is no text."""
    folder = tmp_path / "news"
    (folder / "deep").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "b.txt").write_text("Said: the second\n", "utf-8")
    (folder / "a.txt").write_text("Said: the first\nNothing.\n", "utf-8")
    (folder / "deep" / "c.TXT").write_text("Said: the third\nSaid: the fourth\n", "utf-8")
    (folder / ".hidden" / "d.txt").write_text("Said: never\n", "utf-8")
    (folder / "._a.txt").write_bytes(b"\x00\x05\x16")
    (folder / "notes.md").write_text("Said: never\n", "utf-8")
    return folder
