"""Bytes to text, strictly, and which bytes are no text."""

from __future__ import annotations

import codecs

from quotes.errors import InputError, UsageError

_MAGIC = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip file",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"SQLite format 3\x00": "a database",
}
_WIDE_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CONTROL = bytes(c for c in range(32) if c not in b"\t\n\x0b\f\r\x1b")
_PROBE = 8192
_MOST_CONTROL = 0.1


def decode(data: bytes, *, encoding: str = "utf-8", where: str) -> str:
    """Decode a file's bytes strictly.

    A byte order mark at the start is no part of the text: offsets count from
    the first character after it.

    Newlines stay as they are. ``where`` names the input in messages.

    Raises:
        UsageError: There is no such text encoding.
        InputError: The bytes are no text, or not in this encoding.
    """
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError, TypeError) as error:
        raise UsageError(
            f"unknown encoding {encoding!r}; use a name that Python knows, such as utf-8, utf-16 or cp1252."
        ) from error
    _refuse_binary(data, name, where)
    if name == "utf-8":
        name = "utf-8-sig"
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{where}: byte {error.start} (0x{data[error.start]:02x}) is not {encoding}: {error.reason}. "
            "Name the file's encoding, for example with --encoding cp1252."
        ) from error
    except (LookupError, UnicodeError) as error:
        raise UsageError(f"{encoding!r} cannot decode {where}: {error}. Try utf-8 or cp1252.") from error


def _refuse_binary(data: bytes, encoding: str, where: str) -> None:
    """Raise for bytes that are no text, or are text in UTF-16 or UTF-32."""
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise InputError(f"{where}: looks binary ({kind}); give its text as a plain text file.")
    if encoding.startswith(("utf-16", "utf-32")):
        return
    for mark, name in _WIDE_MARKS.items():
        if data.startswith(mark):
            raise InputError(f"{where}: is {name} text, not {encoding}; use --encoding {name}.")
    head = data[:_PROBE]
    odd = len(head) - len(head.translate(None, _CONTROL))
    if odd > len(head) * _MOST_CONTROL:
        raise InputError(
            f"{where}: looks binary ({odd} control bytes in the first {len(head)}); give a plain text file, "
            "or name its encoding if it is text (for example --encoding utf-16-le)."
        )
