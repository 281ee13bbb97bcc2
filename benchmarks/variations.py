"""Writes the fixtures in other ways and counts what changes in their statements: nothing should.

    python benchmarks/variations.py [--verbose] [TEXTS.jsonl]

Other line ends, columns, spaces and quotation marks, a paragraph or the whole text once more at the end: what somebody
else's export makes of an article. The statements are compared with the original ones in every field but hashes,
confidences, and the form of marks and spaces; an offset counts the visible characters before it, which a variation
leaves as they are. Prints, for each variation, the share of statements that are the same. TEXTS.jsonl is an archive
with a `text` in each line, taken instead of the fixtures.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import accumulate
from pathlib import Path

import quotes
from quotes import Statement
from quotes.io.json import statement_record

WIDTHS = (25, 40, 60, 72, 80, 100)
SPACES = {"a tab": "\t", "two spaces": "  ", "a no-break space": "\u00a0", "a thin space": "\u2009"}
SOFT_HYPHEN = "\u00ad"
FIXTURES = Path(__file__).parents[1] / "fixtures"
STRAIGHT = str.maketrans("“”‘’", "\"\"''")
UNCOUNTED = {"schema_version", "id", "provenance", "confidence", "text"}
"""Fields that are not compared; the text of a span is what the text has at its offsets."""
APPENDED = (
    "\n\nThe road along the river was dry on both days, and the shops in the square stayed open until the evening.\n"
)

Vary = Callable[[str], str]


def wrapped(width: int) -> Vary:
    """Return what wraps each paragraph of a text at a width, with a blank line between paragraphs."""

    def wrap(text: str) -> str:
        lines = filter(str.strip, text.splitlines())
        return "\n\n".join(textwrap.fill(line.strip(), width, break_long_words=False) for line in lines) + "\n"

    return wrap


def hyphenated(text: str) -> str:
    """Return a text with a soft hyphen in each word of eight letters or more."""
    return re.sub(r"(?<![^\W\d_])[^\W\d_]{8,}", lambda found: found[0][:4] + SOFT_HYPHEN + found[0][4:], text)


def curly(text: str) -> str:
    """Return a text with the marks that a word processor would put in place of straight ones."""
    text = re.sub(r"(?<![^\s(\[{—–‘\"'-])\"(?=\S)", "“", text.translate(STRAIGHT)).replace('"', "”")
    return re.sub(r"(?<![^\s(\[{—–“\"-])'(?=\S)", "‘", text).replace("'", "’")


def variations() -> dict[str, Vary]:
    """Return each way to write a text, by name."""
    spaced = {
        f"{name} between words": lambda text, space=space: re.sub(r"(?<=\S) (?=\S)", space, text)
        for name, space in SPACES.items()
    }
    return {
        "lines end with CRLF": lambda text: text.replace("\n", "\r\n"),
        "lines end with CR": lambda text: text.replace("\n", "\r"),
        **{f"{width} columns": wrapped(width) for width in WIDTHS},
        **spaced,
        "soft hyphens": hyphenated,
        "straight marks": lambda text: text.translate(STRAIGHT),
        "curly marks": curly,
        "a paragraph more": lambda text: text.rstrip() + APPENDED,
        "the text twice": lambda text: f"{text.rstrip()}\n\n{text}",
    }


def plain(text: str) -> str:
    """Return a name without what a variation adds."""
    return re.sub(r"\s+", " ", re.sub(r"(?<=\w-)\s+(?=\w)", "", text)).replace(SOFT_HYPHEN, "").translate(STRAIGHT)


def said(statements: Iterable[Statement], text: str, most: int) -> Counter[str]:
    """Return what a variation must leave as it is of the statements in the first visible characters.

    The last turn of a transcript goes on in what is put after it; it is compared as far as the original goes.
    """
    visible = [0, *(min(count, most) for count in accumulate(map(is_visible, text)))]

    def compared(value: object) -> object:
        if isinstance(value, dict):
            fields = {key: compared(part) for key, part in value.items() if key not in UNCOUNTED}
            return {**fields, **{key: visible[value[key]] for key in ("start", "end") if key in value}}
        if isinstance(value, list):
            parts = map(compared, value)
            return [part for part in parts if not (isinstance(part, dict) and part["start"] == part["end"])]
        return plain(value) if isinstance(value, str) else value

    records = [compared(statement_record(each)) for each in statements if visible[each.content.spans[0].start] < most]
    return Counter(map(json.dumps, records))


def is_visible(character: str) -> bool:
    """Return whether a character is none that a variation adds or takes away."""
    return not (character.isspace() or character == SOFT_HYPHEN)


def main() -> None:
    """Print a line for each variation."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path, help="JSON Lines with a text each")
    parser.add_argument("--verbose", action="store_true", help="show what changed, too")
    options = parser.parse_args()
    texts = [path.read_text("utf-8") for path in sorted(FIXTURES.glob("*/article.txt"))]
    if options.texts:
        texts = [json.loads(line)["text"] for line in options.texts.read_text("utf-8").splitlines()]
    extractor = quotes.Extractor()

    def found(vary: Vary) -> list[Counter[str]]:
        varied = [vary(text) for text in texts]
        results = zip(texts, varied, extractor.pipe(varied), strict=True)
        return [said(statements, new, sum(map(is_visible, old))) for old, new, statements in results]

    original = found(str)
    count = sum(map(Counter.total, original))
    for name, vary in variations().items():
        changed = [(was - now, now - was) for was, now in zip(original, found(vary), strict=True)]
        lost, added = (sum(map(Counter.total, some)) for some in zip(*changed, strict=True))
        sys.stdout.write(f"{name}\t{count - lost} of {count}\t{1 - lost / count:.1%}\t{added} others\n")
        for number, (was, now) in enumerate(changed):
            for sign, some in (("-", was), ("+", now)):
                sys.stdout.writelines(f"    {number} {sign} {each}\n" for each in some.elements() if options.verbose)


if __name__ == "__main__":
    main()
