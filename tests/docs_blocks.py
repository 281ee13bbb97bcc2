"""The blocks of code in the documentation, as a reader of Markdown sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("fixtures/*.md")])


@dataclass(frozen=True, slots=True)
class Block:
    """One block of code.

    Attributes:
        page: Path of the page, from the root.
        line: Its first line in the page, counted from 1.
        language: What the fence says; "shell" for an indented block, "" for a fence that says nothing.
        text: Its text, without the fence or the indentation.
    """

    page: str
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}:{self.language or 'no language'}"


def blocks(*languages: str) -> list[Block]:
    """Return the blocks of all pages in some languages, or in any."""
    found = [block for page in PAGES for block in blocks_of(page)]
    return [block for block in found if not languages or block.language in languages]


def blocks_of(page: Path) -> Iterator[Block]:
    """Yield the blocks of a page, those in lists and quotations too."""
    name = page.relative_to(ROOT).as_posix()
    for token in MarkdownIt("commonmark").parse(page.read_text("utf-8")):
        if token.type in {"fence", "code_block"}:
            language = "shell" if token.type == "code_block" else token.info.strip()
            yield Block(name, token.map[0] + 1, language, token.content)


def commands(block: Block) -> Iterator[str]:
    """Yield the command lines of a block, without comments; lines that a backslash joins are one."""
    for line in re.sub(r"\\\n\s*", "", block.text).splitlines():
        command = re.sub(r"(^|\s)#.*", "", line).strip()
        if command:
            yield command
