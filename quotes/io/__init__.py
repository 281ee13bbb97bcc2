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
from typing import Any, Self

from quotes.io.brat import read_brat, write_brat
from quotes.io.csv import write_csv
from quotes.io.json import write_json, write_jsonl
from quotes.io.markdown import write_markdown
from quotes.io.qdpx import write_qdpx
from quotes.io.records import Extracted
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
    write: Callable[..., object]
    """Takes pairs of a document and its statements, and a stream or a folder."""
    read: Callable[..., Any] | None
    """Returns the statements again; None where the format cannot hold all of them."""
    is_folder: bool
    is_binary: bool
    """Whether the writer takes a stream of bytes instead of one of text."""

    JSON = "json", ".json", write_json
    JSONL = "jsonl", ".jsonl", write_jsonl
    CSV = "csv", ".csv", write_csv
    WEBANNOTATION = "webannotation", ".jsonld", write_webannotation, read_webannotation
    BRAT = "brat", "", write_brat, read_brat
    TEI = "tei", ".xml", write_tei
    MARKDOWN = "markdown", ".md", write_markdown
    XLSX = "xlsx", ".xlsx", write_xlsx, None, True
    QDPX = "qdpx", ".qdpx", write_qdpx, None, True

    def __new__(
        cls,
        name: str,
        suffix: str,
        write: Callable[..., object],
        read: Callable[..., Any] | None = None,
        is_binary: bool = False,
    ) -> Self:
        """Make an entry; its value is the name."""
        entry = str.__new__(cls, name)
        entry._value_ = name
        entry.suffix, entry.write, entry.read, entry.is_folder = suffix, write, read, not suffix
        entry.is_binary = is_binary
        return entry
