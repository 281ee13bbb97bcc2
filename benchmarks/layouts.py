"""Lays the fixtures out in other ways and counts what changes: nothing should.

    python benchmarks/layouts.py [--verbose]

Each paragraph of the fixture articles is wrapped at several widths, and each space between words becomes a tab, two
spaces, a no-break or a thin space; or each long word gets a soft hyphen. The statements are compared with the original
ones: kind, content, cue and names, white space and soft hyphens aside. Prints the share of unchanged statements.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import quotes
from quotes import Statement

WIDTHS = (25, 40, 60, 72, 80, 100)
SPACES = {"a tab": "\t", "two spaces": "  ", "a no-break space": "\u00a0", "a thin space": "\u2009"}
SOFT_HYPHEN = "\u00ad"
FIXTURES = Path(__file__).parents[1] / "fixtures"


def wrapped(width: int) -> Callable[[str], str]:
    """Return what wraps each paragraph of a text at a width, with a blank line between paragraphs."""

    def wrap(text: str) -> str:
        lines = filter(str.strip, text.splitlines())
        return "\n\n".join(textwrap.fill(line.strip(), width, break_long_words=False) for line in lines) + "\n"

    return wrap


def hyphenated(text: str) -> str:
    """Return a text with a soft hyphen in each word of eight letters or more."""
    return re.sub(r"(?<![^\W\d_])[^\W\d_]{8,}", lambda found: found[0][:4] + SOFT_HYPHEN + found[0][4:], text)


def layouts() -> dict[str, Callable[[str], str]]:
    """Return each way to lay out a text, by name."""
    spaced = {
        f"{name} between words": lambda text, space=space: re.sub(r"(?<=\S) (?=\S)", space, text)
        for name, space in SPACES.items()
    }
    return {f"{width} columns": wrapped(width) for width in WIDTHS} | spaced | {"soft hyphens": hyphenated}


def plain(text: str | None) -> str | None:
    """Return a text without what a layout adds."""
    return text and re.sub(r"\s+", " ", re.sub(r"(?<=\w-)\n(?=\w)", "", text)).replace(SOFT_HYPHEN, "")


def said(statement: Statement) -> tuple[str | None, ...]:
    """Return what a layout must leave as it is."""
    entities = (statement.speaker, statement.addressee, statement.medium)
    fields = [statement.kind, statement.content.text, statement.cue and statement.cue.text]
    return tuple(map(plain, fields + [entity and entity.name for entity in entities]))


def main() -> None:
    """Print a line for each layout."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--verbose", action="store_true", help="show what changed, too")
    verbose = parser.parse_args().verbose
    extractor = quotes.Extractor()
    texts = [path.read_text("utf-8") for path in sorted(FIXTURES.glob("*/article.txt"))]
    # a blank line between paragraphs is no change of layout that anybody should see
    original = [Counter(map(said, found)) for found in extractor.pipe(map(wrapped(100_000), texts))]
    count, every = sum(map(Counter.total, original)), 0
    for name, lay_out in layouts().items():
        found = [Counter(map(said, each)) for each in extractor.pipe(map(lay_out, map(wrapped(100_000), texts)))]
        kept = sum((was & now).total() for was, now in zip(original, found, strict=True))
        added = sum((now - was).total() for was, now in zip(original, found, strict=True))
        every += kept
        sys.stdout.write(f"{name}\t{kept} of {count}\t{kept / count:.1%}\t{added} others\n")
        for was, now in zip(original, found, strict=True):
            for sign, changed in (("-", was - now), ("+", now - was)):
                sys.stdout.writelines(f"    {sign} {each}\n" for each in changed.elements() if verbose)
    sys.stdout.write(f"all\t{every} of {count * len(layouts())}\t{every / count / len(layouts()):.1%}\n")


if __name__ == "__main__":
    main()
