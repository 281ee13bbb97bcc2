"""Renames speakers consistently and counts what else changes: nothing should.

    python benchmarks/renaming.py [--per-article 2]

In each fixture article the people who speak and have a first name and a surname get other surnames,
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
    for old, other in ((surname, new), (surname.upper(), new.upper())):
        text = re.sub(rf"(?<![\w-]){re.escape(old)}(?![\w-])", other, text)
    return text


def said(statement: Statement, surname: str, new: str) -> tuple[str | None, ...]:
    """Return what a renaming must leave as it is, with the new surname."""
    entities = (statement.speaker, statement.addressee, statement.medium)
    names = [entity and entity.name for entity in entities]
    fields = [statement.kind, statement.content.text, statement.cue and statement.cue.text, *names]
    return tuple(field and renamed(field, surname, new) for field in fields)


def people(statements: Sequence[Statement], text: str) -> list[str]:
    """Return the surnames of the speakers, persons all, that the text names with one first name."""
    speakers = [s.speaker for s in statements if s.speaker is not None and s.speaker.type == "person"]
    names = Counter(speaker.name for speaker in speakers if speaker.name)
    full = [name for name, _ in names.most_common() if FULL_NAME.fullmatch(name) and name in text]
    return [name.split()[1] for name in full]


def changes(extractor: quotes.Extractor, per_article: int) -> Iterator[tuple[str, int, list[str]]]:
    """Yield, for each surname given to somebody, how many statements there are and what changed."""
    for path in sorted(FIXTURES.glob("*/article.txt")):
        text = path.read_text("utf-8")
        original = extractor.extract(text)
        # Whoever gets another speaker's surname cannot be told apart any more.
        taken = {(s.speaker.name or "-").split()[-1] for s in original if s.speaker is not None}
        for surname in people(original, text)[:per_article]:
            # "O’Neill-Smith": a text of curly marks that gets a straight one is another text.
            names = [new.replace("'", "’") if "’" in text else new for new in SURNAMES if new not in taken]
            texts = [renamed(text, surname, new) for new in names]
            for new, found in zip(names, extractor.pipe(texts), strict=True):
                expected = Counter(said(s, surname, new) for s in original)
                got = Counter(said(s, new, new) for s in found)
                where = f"{path.parent.name}: {surname} → {new}"
                lost = [f"{where}: {each}; instead: {[*(got - expected)]}" for each in expected - got]
                yield new.replace("’", "'"), len(original), lost


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
