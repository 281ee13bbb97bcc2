"""Statements in the formats that other tools take; some of them can be read back.

A format is one file of this package and one entry of `Format`: command line,
documentation and tests take the list from there. Every writer takes pairs of a
document and its statements, as ``zip(documents, extractor.pipe(documents))``
gives them, and a text stream that leaves newlines as they are (of bytes, for a
workbook and a project); each document is written as it arrives, and the stream is not closed.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self

from quotes.io.records import Extracted

if TYPE_CHECKING:
    from quotes.io.brat import read_brat, write_brat
    from quotes.io.csv import write_csv
    from quotes.io.json import write_json, write_jsonl
    from quotes.io.markdown import write_markdown
    from quotes.io.qdpx import write_qdpx
    from quotes.io.tei import write_tei
    from quotes.io.webannotation import read_webannotation, write_webannotation
    from quotes.io.xlsx import write_xlsx

__all__ = [
    "Extracted",
    "Format",
    "read_brat",
    "read_webannotation",
    "write_brat",
    "write_csv",
    "write_json",
    "write_jsonl",
    "write_markdown",
    "write_qdpx",
    "write_tei",
    "write_webannotation",
    "write_xlsx",
]


class Format(StrEnum):
    """An output format: its name, the suffix of its files, its writer and what reads it back."""

    suffix: str
    """Of the file; empty where the output is a folder."""
    is_binary: bool
    """Whether the writer takes a stream of bytes instead of one of text."""
    is_readable: bool
    """Whether statements can be read back, because the format can hold all of them."""

    JSON = "json", ".json"
    JSONL = "jsonl", ".jsonl"
    CSV = "csv", ".csv"
    WEBANNOTATION = "webannotation", ".jsonld", "readable"
    BRAT = "brat", "", "readable"
    TEI = "tei", ".xml"
    MARKDOWN = "markdown", ".md"
    XLSX = "xlsx", ".xlsx", "binary"
    QDPX = "qdpx", ".qdpx", "binary"

    def __new__(cls, name: str, suffix: str, *traits: str) -> Self:
        """Make an entry; its value is the name."""
        entry = str.__new__(cls, name)
        entry._value_ = name
        entry.suffix, entry.is_binary, entry.is_readable = suffix, "binary" in traits, "readable" in traits
        return entry

    @property
    def is_folder(self) -> bool:
        """Whether the writer takes a folder."""
        return not self.suffix

    @property
    def write(self) -> Callable[..., object]:
        """What writes it: takes pairs of a document and its statements, and a stream or a folder."""
        return _imported(f"write_{self}")

    @property
    def read(self) -> Callable[..., Any] | None:
        """What returns the statements again, if anything does."""
        return _imported(f"read_{self}") if self.is_readable else None


def _imported(function: str) -> Callable[..., Any]:
    """Import a function of a format when it is first needed: most runs need one of them."""
    name = function.partition("_")[2]
    home = "json" if name == "jsonl" else name
    found: Callable[..., Any] = getattr(import_module(f"quotes.io.{home}"), function)
    return found


def __getattr__(name: str) -> Callable[..., Any]:
    """Import a public function when it is first used (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _imported(name)
