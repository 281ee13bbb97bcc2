"""Renames speakers consistently and counts what else changes: nothing should.

    python benchmarks/renaming.py [--per-article 2]

Of each fixture article the speakers with a first name and a surname are given other surnames,
wherever the text has them, and the statements are compared with the original ones: kind, content,
cue, names, all with the new name in place of the old. Prints the share of unchanged statements by
surname, and what changed.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import quotes
from quotes import Statement

SURNAMES = (
    "O'Neill-Smith", "de la Cruz", "van den Berg", "al-Masri", "Nguyễn", "Li", "Church", "May", "Court",
    "Bank", "Ó Súilleabháin", "House", "Post", "Star", "March", "Okafor", "Kowalczyk", "Şahin", "Ivanova",
    "Haddad", "Tanaka", "Singh", "Fernández", "Müller", "D'Souza",
)  # fmt: skip
FULL_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]+ [A-ZÀ-Þ][\w'’-]+")
FIXTURES = Path(__file__).parents[1] / "fixtures"


def renamed(text: str, surname: str, new: str) -> str:
    """Return a text with another surname, wherever it is a word of its own."""
    return re.sub(rf"(?<![\w-]){re.escape(surname)}(?![\w-])", new, text)


def said(statement: Statement, surname: str, new: str) -> tuple[str | None, ...]:
    """Return what a renaming must leave as it is, with the new surname."""
    entities = (statement.speaker, statement.addressee, statement.medium)
    names = [entity and entity.name for entity in entities]
    fields = [statement.kind, statement.content.text, statement.cue and statement.cue.text, *names]
    return tuple(field and renamed(field, surname, new) for field in fields)


def people(statements: Sequence[Statement], text: str) -> list[str]:
    """Return the surnames of the speakers that the text names with one first name."""
    names = Counter(s.speaker.name for s in statements if s.speaker is not None and s.speaker.name)
    full = [name for name, _ in names.most_common() if FULL_NAME.fullmatch(name) and name in text]
    return [name.split()[1] for name in full]


def changes(extractor: quotes.Extractor, per_article: int) -> Iterator[tuple[str, int, list[str]]]:
    """Yield, for each surname given to somebody, how many statements there are and what changed."""
    for path in sorted(FIXTURES.glob("*/article.txt")):
        text = path.read_text("utf-8")
        original = extractor.extract(text)
        for surname in people(original, text)[:per_article]:
            texts = [renamed(text, surname, new) for new in SURNAMES]
            for new, found in zip(SURNAMES, extractor.pipe(texts), strict=True):
                expected = Counter(said(s, surname, new) for s in original)
                got = Counter(said(s, new, new) for s in found)
                lost = [f"{path.parent.name}: {surname} → {new}: {each}" for each in expected - got]
                yield new, len(original), lost


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--per-article", type=int, default=2, help="people to rename in each article")
    parser.add_argument("--verbose", action="store_true", help="list what changed")
    options = parser.parse_args()
    total, changed = Counter[str](), Counter[str]()
    for new, count, lost in changes(quotes.Extractor(), options.per_article):
        total[new] += count
        changed[new] += len(lost)
        if options.verbose:
            sys.stdout.writelines(f"{line}\n" for line in lost)
    for new in SURNAMES:
        sys.stdout.write(f"{new:16} {100 * (1 - changed[new] / total[new]):6.2f} % of {total[new]}\n")
    share = 100 * (1 - changed.total() / total.total())
    sys.stdout.write(f"unchanged: {share:.2f} % of {total.total()}\n")


if __name__ == "__main__":
    main()
