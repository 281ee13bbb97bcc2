"""HTML pages: the article without what surrounds it, by trafilatura."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotes.errors import InputError
from quotes.inputs.decoding import decode
from quotes.inputs.extracted import Extracted, day_of, one_line, paragraphs, quotation, require, silenced, tool_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHARSET = re.compile(rb"<meta\b[^>]{0,200}\bcharset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED = 4096
"""Bytes at the start in which a page names its encoding."""
_STOPS = (".", "!", "?", "…")
_FEWEST_WORDS = 8
"""Running text has lines of eight words and a full stop. Menus and lists of headlines have none."""
_LOGGERS = ("trafilatura", "htmldate", "courlan", "justext")


def tool() -> str:
    """Return what takes the article out of a page."""
    return tool_name("trafilatura")


def read_page(data: bytes, encoding: str, where: str) -> Extracted:
    """Return the article of a page.

    Raises:
        UsageError: trafilatura is not installed.
        InputError: There is no article in it.
    """
    return article_of(decoded(data, encoding, where), where)


def article_of(page: str, where: str) -> Extracted:
    """Return the article of a page, with its headline as the first paragraph; see `read_page`."""
    require("trafilatura", "web", where, "an HTML page")
    from trafilatura import bare_extraction

    with silenced(*_LOGGERS):
        try:
            found = bare_extraction(
                page,
                include_comments=False,
                with_metadata=True,
                # Without it a page with a short article is read whole, menus and all, as one paragraph.
                favor_precision=True,
                # The day of publication or none: a day found anywhere on the page may be that of another story.
                date_extraction_params={"original_date": True, "extensive_search": False},
            )
        except Exception as error:  # whatever its parser makes of a broken page
            raise InputError(f"{where}: cannot be read as HTML ({type(error).__name__}); {_WAY}.") from error
    if found is None or isinstance(found, dict) or found.body is None:
        raise InputError(f"{where}: no article was found in this page; {_WAY}.")
    blocks = list(_blocks(found.body))
    if not any(_is_running_text(line) for block in blocks for line in block.split("\n")):
        raise InputError(f"{where}: no article was found in this page, only menus or headlines; {_WAY}.")
    title = one_line(found.title) if found.title else None
    if title:  # it comes first, wherever the page has it
        blocks = [title, *(each for at, each in enumerate(blocks) if at > 2 or each.casefold() != title.casefold())]
    return Extracted(
        paragraphs(blocks),
        title=title,
        publisher=found.sitename,
        published=day_of(found.date),
        author=found.author,
        url=found.url,
    )


def _is_running_text(block: str) -> bool:
    return block.rstrip("\"'”’»)] ").endswith(_STOPS) and len(block.split()) >= _FEWEST_WORDS


_WAY = "open the article itself in a browser and save that page, or paste its text into a .txt file"


def decoded(data: bytes, encoding: str, where: str) -> str:
    """Return a page as text: in the encoding that it declares, else in the one given, else as browsers guess."""
    declared = _CHARSET.search(data[:_DECLARED])
    names = [declared[1].decode("ascii")] if declared and not data.startswith(codecs.BOM_UTF8) else []
    for name in (*names, encoding):
        try:
            return decode(data, encoding=name, where=where)
        except Exception:  # a wrong declaration is common, and browsers show the page all the same
            continue
    return data.decode("cp1252", "replace")


def _blocks(body: _Element) -> Iterator[str]:
    """Yield the paragraphs of an article."""
    whole = one_line(" ".join("".join(each.itertext()) for each in body if each.tag != "quote"))
    for element in body:
        if element.tag != "quote":
            yield from _inner_blocks(element)
            continue
        quoted = [block for part in ([element] if not len(element) else element) for block in _inner_blocks(part)]
        loose = [*([element.text] if len(element) and element.text else [])]
        quoted = [one_line(each) for each in loose if each.strip()] + quoted
        if one_line(" ".join(quoted)).strip("“”\"‘’' ") not in whole:  # a pull quote repeats the story
            yield from quotation(quoted)


def _inner_blocks(element: _Element) -> Iterator[str]:
    """Yield the paragraphs of one element: those of its parts where it has parts, otherwise its own text."""
    if element.tag in ("list", "table", "row", "cell", "div", "quote") and len(element):
        if element.text and element.text.strip():
            yield one_line(element.text)
        for part in element:
            yield from _inner_blocks(part)
            if part.tail and part.tail.strip():
                yield one_line(part.tail)
        return
    lines = [""]
    for piece in _pieces(element):
        if piece == "\n":
            lines.append("")
        else:
            lines[-1] += piece
    # a line break is one; two in a row part paragraphs
    text = "\n".join(one_line(line) for line in lines)
    yield from (each.strip("\n") for each in re.split(r"\n{2,}", text) if each.strip())


def _pieces(element: _Element) -> Iterator[str]:
    """Yield the text of an element in pieces, a line feed for each line break."""
    if element.tag == "lb":
        yield "\n"
    yield element.text or ""
    for part in element:
        yield from _pieces(part)
        yield part.tail or ""
