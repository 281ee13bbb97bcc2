"""A text, its paragraphs, and what surrounds the article in it."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from quotes.errors import InputError, UsageError
from quotes.files import MOST_BYTES, read_at_most
from quotes.text.boilerplate import is_boilerplate
from quotes.text.frontmatter import NOTHING, front_matter, full_date
from quotes.text.headlines import headline_count
from quotes.text.layout import line_spans
from quotes.text.reading import reading_of
from quotes.text.spans import Span, trimmed

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
_TOP_LINES = 8
_REVISED = re.compile(r"\b(?:updated|modified|correction|copyright)\b|©", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A non-blank run of text between line breaks.

    Attributes:
        span: The paragraph without white space at its ends.
        body: The part that is article text: what follows a dateline ("LONDON,
            May 2 (Reuters) –") or front matter ("16 Mar 2023; MEMO:"), trimmed.
            Empty (start == end) for boilerplate.
        kind: "text", "headline" or "boilerplate".
    """

    span: Span
    body: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text as the caller gave it, with what is known about it.

    Attributes:
        text: The text, untouched.
        id: File name without suffix, or the caller's id.
        path: Where it was read from, None when it came as a string.
        sha256: Of the text encoded as UTF-8 (lone surrogates as they are).
        title: Given by the caller or found in the text, else None.
        publisher: Given by the caller or found in the text, else None.
        published: Given by the caller or found in the text, else None.
        paragraphs: In text order.
    """

    text: str
    id: str
    path: str | None
    sha256: str
    title: str | None
    publisher: str | None
    published: date | None
    paragraphs: tuple[Paragraph, ...]


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


def read_document(
    path: Path | str,
    *,
    encoding: str = "utf-8",
    published: date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    max_bytes: int = MOST_BYTES,
) -> Document:
    """Read a text file.

    Args:
        path: The file; its name without the suffix becomes the document's id.
        encoding: The file's encoding.
        published: Date of publication, as a date or in ISO form.
        publisher: Who published it.
        title: Its title.
        max_bytes: Longest file that is read.

    Returns:
        The document; what the caller does not give is read from the text where it is plain.

    Raises:
        UsageError: The encoding or the date does not make sense.
        InputError: The file cannot be read, is too long or no text in this encoding.
    """
    if not isinstance(path, Path | str):
        raise UsageError(f"a path is needed, not {_named(path)}")
    path = Path(path)
    try:
        with path.open("rb") as stream:
            data = read_at_most(stream, max_bytes, str(path))
    except IsADirectoryError as error:
        raise InputError(f"{path}: is a folder; name the files in it.") from error
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; check the path.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be read: {reason}.") from error
    return make_document(
        decode(data, encoding=encoding, where=str(path)),
        document_id=path.stem,
        path=str(path),
        published=published,
        publisher=publisher,
        title=title,
    )


def make_document(
    text: str,
    *,
    document_id: str | None = None,
    path: str | None = None,
    published: date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
) -> Document:
    """Make a document of a text, which may be empty, as `read_document` does of a file.

    Without an id it has the first 16 hexadecimal digits of the text's hash; an id that
    is no string is taken as ``str`` writes it. What a DataFrame has for nothing (NaN,
    NaT) is taken as None.

    Raises:
        UsageError: ``published`` is no ISO date, or something that should be a string is none.
    """
    check_text(text)
    document_id, published, publisher, title = map(_given, (document_id, published, publisher, title))
    check_text("" if publisher is None else publisher, "the publisher")
    check_text("" if title is None else title, "the title")
    given = _published(published)
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    reading = reading_of(text)
    described, found_publisher, found_day = _described(reading.text, title)
    first = next((p for p in described if p.kind != "boilerplate"), None)
    if title is None and first and first.kind == "headline" and any(p.kind == "text" for p in described):
        title = first.span.of(reading.text).rstrip("; ")
    paragraphs = tuple(Paragraph(reading.original(p.span), reading.original(p.body), p.kind) for p in described)
    return Document(
        text=text,
        id=sha256[:16] if document_id is None else str(document_id),
        path=path,
        sha256=sha256,
        title=title,
        publisher=found_publisher if publisher is None else publisher,
        published=found_day if given is None else given,
        paragraphs=paragraphs,
    )


def as_read(document: Document) -> Document:
    """Return a document as every later stage reads it, see `quotes.text.reading`, with spans to match.

    Hash and metadata stay those of the document itself.
    """
    reading = reading_of(document.text)
    if reading.text == document.text:
        return document
    paragraphs = tuple(Paragraph(reading.read(p.span), reading.read(p.body), p.kind) for p in document.paragraphs)
    return replace(document, text=reading.text, paragraphs=paragraphs)


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


def check_text(value: object, where: str = "the text") -> None:
    """Raise a `UsageError` for a text that is no string, as a cell of a DataFrame may be."""
    if not isinstance(value, str):
        raise UsageError(f"{where} is {_named(value)}, and a string is needed")


def _given(value: Any) -> Any:
    """Return None for the values that say that there is none: NaN, NaT and pandas' NA."""
    try:
        return None if value is None or bool(value != value) else value  # noqa: PLR0124  # only NaN differs from itself
    except (TypeError, ValueError, ArithmeticError):  # NA is neither equal nor different
        return None if type(value).__name__ == "NAType" else value


def _named(value: object) -> str:
    shown = repr(value)
    return f"{type(value).__name__} ({shown if len(shown) <= 40 else shown[:40] + '…'})"


def _published(value: date | str | None) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(value.strip()).date()
    except (ValueError, AttributeError, TypeError) as error:
        raise UsageError(f"published: {value!r} is no date in ISO form; write it like 2024-05-31.") from error


def _described(text: str, title: str | None) -> tuple[tuple[Paragraph, ...], str | None, date | None]:
    """Return the paragraphs with their kinds and bodies, and the publisher and day that the text names."""
    spans = line_spans(text)
    article = [span for span in spans if not is_boilerplate(span.of(text))]
    lines = [span.of(text) for span in article]
    count = headline_count(lines, title)
    count = next((i for i, line in enumerate(lines[:count]) if front_matter(line).length), count)
    headlines = set(article[:count])
    fronts = {span: front_matter(span.of(text)) for span in article[count:]}

    def paragraph(span: Span) -> Paragraph:
        if span in headlines:
            return Paragraph(span, span, "headline")
        if span in fronts:
            body = trimmed(text, Span(span.start + fronts[span].length, span.end))
            return Paragraph(span, body, "text")
        return Paragraph(span, Span(span.start, span.start), "boilerplate")

    first = next(iter(fronts.values()), NOTHING)
    # a line such as "Published: 3 May 2024" above the story
    above = [span.of(text) for span in spans[:_TOP_LINES] if span not in headlines and span not in fronts]
    dates = [full_date(line) for line in above if not _REVISED.search(line)]
    published = first.published or next((day for day in dates if day is not None), None)
    return tuple(map(paragraph, spans)), first.publisher, published
