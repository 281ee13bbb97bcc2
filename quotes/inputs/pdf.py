"""PDF by pdfminer.six: its text boxes in reading order, lines joined to paragraphs."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotes.errors import InputError
from quotes.inputs.extracted import Extracted, one_line, paragraphs, require, silenced, tool_name

if TYPE_CHECKING:
    from pdfminer.layout import LTTextBox

_INDENT = 4.0
"""Points by which the first line of a paragraph is set in, at least."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?", re.IGNORECASE)
_HYPHENATED = re.compile(r"(?<=[a-z])[-\u00ad\u2010]\Z")
_OPEN_END = re.compile(r"[a-z,;’'-]\Z")


def tool() -> str:
    """Return what reads it."""
    return tool_name("pdfminer.six")


def read_pdf(data: bytes, where: str) -> Extracted:
    """Return the text of a PDF without page numbers and without lines that head or foot every page.

    Raises:
        UsageError: pdfminer.six is not installed.
        InputError: It is broken, has a password, or holds pictures of text only.
    """
    require("pdfminer.high_level", "pdf", where, "a PDF file")
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextBox
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    with silenced("pdfminer"):
        try:
            pages = [
                [block for box in page if isinstance(box, LTTextBox) for block in _blocks(box)]
                for page in extract_pages(io.BytesIO(data), laparams=LAParams())
            ]
        except PDFPasswordIncorrect as error:
            raise InputError(f"{where}: is a PDF with a password; save a copy without one.") from error
        except Exception as error:  # whatever its parser makes of a broken file
            raise InputError(f"{where}: is a PDF that cannot be read; {_WAY}.") from error
    blocks = list(_flowing(_without_furniture(pages)))
    if not blocks:
        raise InputError(f"{where}: is a PDF without text, perhaps a scan; run text recognition (OCR) on it first.")
    return Extracted(paragraphs(blocks))


_WAY = "open it in a viewer and print it to a new PDF, or copy its text into a .txt file"


def _blocks(box: LTTextBox) -> Iterator[str]:
    """Yield the paragraphs of a text box: one begins where a line is set in."""
    text = ""
    for line in box:
        words = one_line(line.get_text())
        if text and line.x0 > box.x0 + _INDENT:
            yield text
            text = ""
        text = _joined(text, words)
    yield text


def _joined(text: str, words: str) -> str:
    """Return a paragraph with one more line; a word that was divided at the end of the line is whole again."""
    if _HYPHENATED.search(text) and words[:1].islower():
        return text[:-1] + words
    return f"{text} {words}" if text and words else text or words


def _without_furniture(pages: list[list[str]]) -> Iterator[str]:
    seen = Counter(_DIGITS.sub("#", block) for page in pages for block in set(page))
    for page in pages:
        for block in page:
            repeated = len(pages) > 2 and seen[_DIGITS.sub("#", block)] * 2 > len(pages)
            if block and not repeated and not _PAGE_NUMBER.fullmatch(block):
                yield block


def _flowing(blocks: Iterator[str]) -> Iterator[str]:
    """Yield paragraphs whole that go on in the next column or on the next page."""
    held = ""
    for block in blocks:
        if held and _OPEN_END.search(held) and block[:1].islower():
            held = _joined(held, block)
        else:
            if held:
                yield held
            held = block
    if held:
        yield held
