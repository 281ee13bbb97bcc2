"""Tables in Markdown, one for each document, to be read or pasted into notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from quotes.io.readable import about_speaker, channel, one_line, said, when, who
from quotes.io.records import SYMBOLS, Extracted, checked_pairs

if TYPE_CHECKING:
    from quotes.models import Statement

HEAD = "| Who | What | To, through | When |\n|-----|------|-------------|------|\n"
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&]")


def write_markdown(extracted: Iterable[Extracted], stream: TextIO) -> None:
    """Write a heading and a table of statements for each document."""
    for number, (document, statements) in enumerate(checked_pairs(extracted)):
        facts = (document.title or document.id, document.publisher, document.published)
        heading = " · ".join(_text(str(fact)) for fact in facts if fact)
        stream.write(f"{chr(10) if number else ''}## {heading}\n\n")
        stream.write(HEAD + "".join(map(_row, statements)) if statements else "No statement was found.\n")


def _row(statement: Statement) -> str:
    about = about_speaker(statement)
    name = f"**{_text(who(statement))}**" + (f", {_text(about)}" if about else "")
    cells = (name, *(_text(cell) for cell in (said(statement), channel(statement), when(statement))))
    return f"| {' | '.join(cells)} |\n"


def _text(text: str) -> str:
    r"""Return a text that Markdown shows as it is.

    >>> print(_text("a | b_c"))
    a \| b\_c
    """
    return _MARKUP.sub(r"\\\g<0>", one_line(text).translate(SYMBOLS))
