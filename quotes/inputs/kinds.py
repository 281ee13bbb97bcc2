"""What kind of file it is, told by its content, and the texts in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from quotes.errors import InputError
from quotes.files import MOST_BYTES
from quotes.inputs import mail, markdown, office, page, pdf, records, subtitles
from quotes.inputs.decoding import decode
from quotes.inputs.extracted import Extracted, Original

_PAGE = re.compile(
    r"\ufeff?\s*(?:<\?xml[^<>]*\?>\s*|<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|script)\b",
    re.DOTALL | re.IGNORECASE,
)
_BLOCK = r"(?:article|main|div|section|header|p|h1|h2|table|ul|blockquote|figure)"
_FRAGMENT = re.compile(rf"\ufeff?\s*<{_BLOCK}\b[^<>]*>", re.IGNORECASE)
_CLOSED = re.compile(rf"</{_BLOCK}\s*>", re.IGNORECASE)
_XML = re.compile(r"\ufeff?\s*<\?xml\b")
_MAIL = re.compile(r"\A(?:[A-Za-z][\w-]{1,60}:[ \t]?.*\r?\n(?:[ \t]+\S.*\r?\n)*){3,}", re.ASCII)
_MAIL_FIELDS = re.compile(r"^(?:from|subject|date):", re.MULTILINE | re.IGNORECASE)
_TRANSPORT = re.compile(
    r"^(?:message-id|mime-version|received|content-type|return-path):", re.MULTILINE | re.IGNORECASE
)
_MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown")
_ADDRESS = re.compile(r"(?:https?|ftp)://|www\.\w", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0"
_HEAD = 1024


class Read(NamedTuple):
    """A text, and the file that it was taken out of: None where the file is the text."""

    content: Extracted
    original: Original | None


def refuse_address(name: str) -> None:
    """Raise an `InputError` for the address of a page."""
    if _ADDRESS.match(name):
        raise InputError(
            f"{name}: is an address, and pages are not fetched; open it in a browser, save it "
            "(Ctrl-S or Cmd-S, as HTML), and give the file."
        )


def texts_of(data: bytes, name: str, *, encoding: str = "utf-8", where: str, max_bytes: int = MOST_BYTES) -> list[Read]:
    """Return the texts in the bytes of a file, more than one only for JSON.

    Args:
        data: All of the file.
        name: Its name; the suffix decides only where the content leaves a choice.
        encoding: Of text; a page's own declaration comes first.
        where: What messages call it.
        max_bytes: Longest file that is read, by which unpacked documents are measured too.

    Raises:
        UsageError: There is no such encoding, or a library is missing; the message names the extra.
        InputError: It holds no text that can be read; the message names a way.
    """
    suffix = PurePath(name).suffix.lower()
    if data[:_HEAD].lstrip().startswith(b"%PDF-"):
        return _read("pdf", pdf.tool, [pdf.read_pdf(data, where)], data)
    if data.startswith(b"PK\x03\x04"):
        return _read("docx", office.tool, [office.read_office(data, max_bytes, where)], data)
    _refuse_known(data, where)
    seen = data.decode("latin-1")  # enough to tell the kind, in any encoding that has ASCII in it
    if is_page(seen, suffix):
        return _read("html", page.tool, [page.read_page(data, encoding, where)], data)
    if is_mail(seen, suffix):
        return _read("eml", mail.tool, [mail.read_mail(data, where)], data)
    return _of_text(decode(data, encoding=encoding, where=where), suffix, data, where)


def is_packed(data: bytes, name: str) -> bool:
    """Return whether a file is a page, a Word document, a PDF or a mail: one text, whose taking out may take long."""
    if data.startswith(b"PK\x03\x04") or data[:_HEAD].lstrip().startswith(b"%PDF-"):
        return True
    suffix, seen = PurePath(name).suffix.lower(), data.decode("latin-1")
    return is_page(seen, suffix) or is_mail(seen, suffix)


def is_page(text: str, suffix: str) -> bool:
    """Return whether a text is HTML: a page, or a part of one that begins with a block."""
    if _PAGE.match(text):
        return True
    least = 1 if suffix in (".html", ".htm", ".xhtml") else 2
    return bool(_FRAGMENT.match(text)) and len(_CLOSED.findall(text, 0, 100_000)) >= least


def is_mail(text: str, suffix: str) -> bool:
    """Return whether a text begins with the header of a mail, not with the turns of an interview."""
    head = _MAIL.match(text[:50_000])
    if head is None or not _MAIL_FIELDS.search(head[0]):
        return False
    return suffix in (".eml", ".mht", ".mhtml") or bool(_TRANSPORT.search(head[0]))


def _of_text(text: str, suffix: str, data: bytes, where: str) -> list[Read]:
    """Return the texts in a file that is some kind of text."""
    if is_page(text, suffix):  # in UTF-16, say
        return _read("html", page.tool, [page.article_of(text, where)], data)
    if _XML.match(text):
        raise InputError(f"{where}: is XML, not an article; save the article's page as HTML, or its text as .txt.")
    start = text.lstrip("\ufeff\r\n\t ")
    kind = _subtitles(start)
    # A .txt file stays as it is where every cue is a sentence: reading skips the times, and offsets are the file's own.
    if kind and (suffix != ".txt" or subtitles.needs_joining(text)):
        return _read(kind, _own, [subtitles.read_subtitles(text, where)], data)
    found = records.records_of(text)
    if found is not None:
        return _read("json", records.tool, records.read_records(found, where), data)
    if suffix in (".json", ".jsonl", ".ndjson") and text.strip():
        raise InputError(f"{where}: is no JSON that can be read; check it with a JSON tool, or save the text as .txt.")
    if records.is_table(text, named_so=suffix in (".csv", ".tsv")):
        raise InputError(
            f"{where}: is a table; read the texts in one of its columns with "
            "'quotes corpus TABLE.csv --text-column NAME -o statements.jsonl'."
        )
    if suffix in _MARKDOWN_SUFFIXES:
        return _read("markdown", markdown.tool, [markdown.read_markdown(text)], data)
    return [Read(Extracted(text), None)]


def _subtitles(start: str) -> str | None:
    """Return which kind of subtitles begins so, None for none."""
    if start.startswith("WEBVTT"):
        return "vtt"
    times = subtitles.TIMES.search(start[:200])
    numbered = times and (times.start() == 0 or start[: times.start()].strip().isdigit())
    return "srt" if numbered else None


def _own() -> str:
    from quotes import __version__

    return f"quotes {__version__}"


def _refuse_known(data: bytes, where: str) -> None:
    """Raise for files that word processors and browsers write and nothing here reads."""
    if data.startswith(b"{\\rtf"):
        raise InputError(f"{where}: is RTF; open it in a word processor and save it as DOCX or plain text.")
    if data.startswith(_OLE):
        raise InputError(f"{where}: looks binary (an office document of an old kind); save it as DOCX or plain text.")
    if data.startswith(b"bplist00"):
        raise InputError(f"{where}: looks binary (a web archive); save the page as HTML.")


def _read(kind: str, tool: Callable[[], str], contents: list[Extracted], data: bytes) -> list[Read]:
    digest = hashlib.sha256(data).hexdigest()
    original = Original(kind, tool(), digest)
    return [Read(each, replace(original, author=each.author, url=each.url)) for each in contents]
