"""Finds the texts that the arguments name and reads them one by one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import InputError, UsageError

if TYPE_CHECKING:
    from quotes.text.document import Document

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Reading:
    """How the texts are read and what is known about all of them.

    Attributes:
        encoding: Encoding of the bytes.
        published: Day of publication, None to look for it in the text.
        publisher: Who published, None to look for it in the text.
        title: Title, None to look for it in the text.
    """

    encoding: str = "utf-8"
    published: date | None = None
    publisher: str | None = None
    title: str | None = None


def find_texts(argument: str) -> Iterator[str]:
    """Yield what one argument names: itself, or the texts in a folder.

    Args:
        argument: A file, a folder, or "-" for standard input.

    Yields:
        A file as it was given; each ``*.txt`` below a folder, at any depth,
        sorted by path, hidden files and folders left out.

    Raises:
        InputError: There is no such file or folder, or no text in it.
    """
    path = Path(argument)
    if argument == STANDARD_INPUT:
        yield argument
    elif path.is_dir():
        yield from _texts_below(path)
    elif path.exists():
        yield argument
    else:
        raise InputError(f"no such file or folder: {argument}; check the name ('-' is standard input)")


def _texts_below(folder: Path) -> Iterator[str]:
    found: list[Path] = []

    def fail(error: OSError) -> None:
        raise InputError(f"cannot read the folder {error.filename}: {error.strerror}") from error

    for parent, folders, files in os.walk(folder, onerror=fail):
        folders[:] = [name for name in folders if not name.startswith(".")]
        texts = (name for name in files if name.lower().endswith(".txt") and not name.startswith("."))
        found.extend(Path(parent, name) for name in texts)
    if not found:
        raise InputError(f"no *.txt file in the folder {folder}; give files with other endings by name")
    yield from map(str, sorted(found))


def check_arguments(arguments: Sequence[str]) -> None:
    """Refuse to read standard input twice.

    Raises:
        UsageError: "-" is given more than once.
    """
    if list(arguments).count(STANDARD_INPUT) > 1:
        raise UsageError("'-' is given more than once; standard input can be read only once")


def read_text(name: str, reading: Reading) -> Document:
    """Read one text.

    Args:
        name: A file, or "-" for standard input, whose document has the id "stdin".
        reading: Encoding and metadata.

    Returns:
        The document.

    Raises:
        InputError: It cannot be read as text; the message says where and why.
    """
    from quotes.text.document import decode, make_document, read_document

    if name != STANDARD_INPUT:
        return read_document(
            Path(name),
            encoding=reading.encoding,
            published=reading.published,
            publisher=reading.publisher,
            title=reading.title,
        )
    text = decode(_standard_input_bytes(), encoding=reading.encoding, where="standard input")
    return make_document(
        text,
        document_id="stdin",
        published=reading.published,
        publisher=reading.publisher,
        title=reading.title,
    )


def _standard_input_bytes() -> bytes:
    if sys.stdin is None:
        raise InputError("standard input is closed; give a file, or pipe a text in")
    return sys.stdin.buffer.read()
