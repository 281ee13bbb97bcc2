"""Markdown without its marks, by markdown-it-py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from quotes.inputs.extracted import Extracted, day_of, one_line, paragraphs, quotation, tool_name

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(
    r"^(title|date|published|author|publisher|source)[ \t]*:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE
)
_NOTE = re.compile(r"\[\^[\w-]{1,40}\]:?")
"""The mark of a footnote, and the one before the note itself."""
_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)


def tool() -> str:
    """Return what reads it."""
    return tool_name("markdown-it-py")


def read_markdown(text: str) -> Extracted:
    """Return the text of headings, paragraphs, lists, tables and block quotations; code and pictures are left out."""
    from markdown_it import MarkdownIt

    front = _FRONT.match(text)
    fields = {key: value for key, value in _FIELD.findall(front[1]) if value} if front else {}
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text[front.end() :] if front else text)
    headings = (_inline(each) for before, each in pairwise(tokens) if before.tag == "h1")
    return Extracted(
        paragraphs(list(_blocks(tokens))),
        title=fields.get("title") or next(headings, None),
        publisher=fields.get("publisher") or fields.get("source"),
        published=day_of(fields.get("published") or fields.get("date")),
        author=fields.get("author"),
    )


def _blocks(tokens: list[Token]) -> Iterator[str]:
    quoted: list[str] = []
    depth = 0
    for token in tokens:
        depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "blockquote_close" and not depth:
            yield from quotation(quoted)
            quoted = []
        text = _inline(token) if token.type in ("inline", "html_block") else ""
        if text and depth:
            quoted.append(text)
        elif text:
            yield text


def _inline(token: Token) -> str:
    if token.type == "html_block":
        return one_line(_TAG.sub(" ", token.content))
    pieces = {"softbreak": " ", "hardbreak": "\n", "image": "", "html_inline": ""}
    text = "".join(pieces.get(each.type, each.content) for each in token.children or ())
    return "\n".join(one_line(line) for line in _NOTE.sub("", text).split("\n")).strip()
