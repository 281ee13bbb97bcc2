"""A text, its paragraphs, and what surrounds the article in it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from quotes.errors import DataError, InputError, UsageError
from quotes.files import MOST_BYTES, read_at_most
from quotes.inputs.extracted import Original, Timing
from quotes.inputs.kinds import Read, refuse_address, texts_of
from quotes.text.boilerplate import is_boilerplate
from quotes.text.frontmatter import NOTHING, front_matter, full_date
from quotes.text.headlines import headline_count
from quotes.text.layout import line_spans
from quotes.text.reading import reading_of
from quotes.text.spans import Span, trimmed

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
        original: The file that the text was taken out of; None where the text came as it is.
        timings: When the words of subtitles are shown, in text order.
    """

    text: str
    id: str
    path: str | None
    sha256: str
    title: str | None
    publisher: str | None
    published: date | None
    paragraphs: tuple[Paragraph, ...]
    original: Original | None = None
    timings: tuple[Timing, ...] = ()


def read_document(
    path: Path | str,
    *,
    encoding: str = "utf-8",
    published: date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    max_bytes: int = MOST_BYTES,
) -> Document:
    """Read a file with one text: plain text, HTML, Markdown, DOCX, PDF, subtitles, a mail or a JSON record.

    Which of these it is, its content tells. Where it is not plain text, the document is what was
    taken out of the file, and ``original`` says what of.

    Args:
        path: The file; its name without the suffix becomes the document's id.
        encoding: The file's encoding.
        published: Date of publication, as a date or in ISO form.
        publisher: Who published it.
        title: Its title.
        max_bytes: Longest file that is read.

    Returns:
        The document; what the caller does not give is read from the file or the text where it is plain.

    Raises:
        UsageError: The encoding or the date does not make sense, or a library for this kind is not installed.
        InputError: The file cannot be read, is too long, no text in this encoding, or holds several texts.
    """
    found = read_documents(
        path, encoding=encoding, published=published, publisher=publisher, title=title, max_bytes=max_bytes
    )
    if len(found) > 1:
        raise InputError(f"{path}: holds {len(found)} texts; 'quotes.read_documents' reads all of them.")
    return found[0]


def read_documents(
    path: Path | str,
    *,
    encoding: str = "utf-8",
    published: date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    max_bytes: int = MOST_BYTES,
) -> list[Document]:
    """Read every text of a file: one, or in JSON and JSON Lines one for each record.

    A record has its own ``id``, or the file's name and its number ("news:3").
    Arguments and errors as for `read_document`.
    """
    if not isinstance(path, Path | str):
        raise UsageError(f"a path is needed, not {_named(path)}")
    refuse_address(str(path))
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
    found = texts_of(data, path.name, encoding=encoding, where=str(path), max_bytes=max_bytes)
    return documents_of(
        found, document_id=path.stem, path=str(path), published=published, publisher=publisher, title=title
    )


def documents_of(
    found: Sequence[Read],
    *,
    document_id: str,
    path: str | None = None,
    published: date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
) -> list[Document]:
    """Make documents of the texts of a file; what the caller knows about them comes before what the file says."""
    documents = []
    for number, (content, original) in enumerate(found, 1):
        document = make_document(
            content.text,
            document_id=content.id or (document_id if len(found) == 1 else f"{document_id}:{number}"),
            path=path,
            published=content.published if published is None else published,
            publisher=content.publisher if publisher is None else publisher,
            title=content.title if title is None else title,
        )
        documents.append(replace(document, original=original, timings=content.timings))
    return documents


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


def original_to_json(document: Document) -> str | None:
    """Return what a document was taken out of as JSON text, with its timings; None where it came as it is."""
    if document.original is None:
        return None
    return json.dumps({**asdict(document.original), "timings": [astuple(each) for each in document.timings]})


def with_original(document: Document, original: str) -> Document:
    """Return a document with what `original_to_json` wrote.

    Raises:
        DataError: It has another form.
    """
    try:
        fields = json.loads(original)
        timings = tuple(Timing(*each) for each in fields.pop("timings", ()))
        return replace(document, original=Original(**fields), timings=timings)
    except (ValueError, TypeError, AttributeError) as error:
        raise DataError(
            f"what it was taken out of cannot be read ({error}); leave out the column 'original'"
        ) from error


def as_read(document: Document) -> Document:
    """Return a document as every later stage reads it, see `quotes.text.reading`, with spans to match.

    Hash and metadata stay those of the document itself.
    """
    reading = reading_of(document.text)
    if reading.text == document.text:
        return document
    paragraphs = tuple(Paragraph(reading.read(p.span), reading.read(p.body), p.kind) for p in document.paragraphs)
    return replace(document, text=reading.text, paragraphs=paragraphs)


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
