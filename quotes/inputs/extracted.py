"""The text that was taken out of a file, and where it came from."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from importlib.metadata import version

from quotes.errors import UsageError, not_installed

_DASH = re.compile(r"\s*(?:[—–―]|--)\s*\w")
_DOUBLE_MARKS = re.compile(r"[\"“”„«»]")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Original:
    """The file that a text was taken out of.

    Attributes:
        format: "html", "markdown", "docx", "pdf", "vtt", "srt", "eml" or "json".
        tool: What took the text out, with its version: "trafilatura 2.3.1".
        sha256: Of the file's bytes.
        author: Who wrote it, as the file says.
        url: Where the page says that it lives.
    """

    format: str
    tool: str
    sha256: str
    author: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Timing:
    """Where the words of a subtitle are in the text, in code points, and when they are shown, in seconds."""

    start: int
    end: int
    begins: float
    ends: float


@dataclass(frozen=True, slots=True)
class Extracted:
    """A text, and what its file says about it; ``id`` is that of a record among many."""

    text: str
    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    author: str | None = None
    url: str | None = None
    timings: tuple[Timing, ...] = ()


def one_line(text: str) -> str:
    """Return a text with every run of white space as one space."""
    return _BLANK.sub(" ", text).strip()


def paragraphs(blocks: Sequence[str]) -> str:
    """Return blocks as a text with a blank line between them, and a line feed at its end."""
    kept = [block for block in blocks if block.strip()]
    return "\n\n".join(kept) + "\n" if kept else ""


def quotation(blocks: Sequence[str]) -> list[str]:
    """Return the paragraphs of a block quotation in the marks of running text.

    Each paragraph opens and the last one closes, as in print. A block that has
    marks of its own is left as it is, and so is the line at its end that says whose words it has.
    """
    blocks = [block for block in blocks if block.strip()]
    signed = blocks[-1:] if len(blocks) > 1 and _DASH.match(blocks[-1]) else []
    said = blocks[: len(blocks) - len(signed)]
    if not said or _DOUBLE_MARKS.search(" ".join(said)):
        return list(blocks)
    return [*(f"“{block}" for block in said[:-1]), f"“{said[-1]}”", *signed]


def day_of(value: object) -> date | None:
    """Return the day that ISO text names, None where it is none."""
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        return None


def tool_name(package: str) -> str:
    """Return a package's name and version."""
    return f"{package} {version(package)}"


def require(module: str, extra: str, where: str, kind: str) -> None:
    """Raise a `UsageError` that names the extra to install when a library is not there."""
    try:
        import_module(module)
    except ImportError as error:
        purpose = f"{where}: is {kind}, and reading that"
        raise UsageError(not_installed(purpose, error.name or module, extra)) from error


@contextmanager
def silenced(*loggers: str) -> Iterator[None]:
    """Keep what libraries log about a bad file from the terminal: the error that is raised says it."""
    named = [logging.getLogger(name) for name in loggers]
    levels = [each.level for each in named]
    for each in named:
        each.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for each, level in zip(named, levels, strict=True):
            each.setLevel(level)
