"""Times `quotes.verify` against transcripts of growing length and against an indexed archive.

    python benchmarks/verify_speed.py [--documents 100000] [--articles 100] [--folder FOLDER]

The transcripts are those of the fixtures, followed by their own words in chance order, with other words among them,
up to the length that is asked for; the archive has the transcripts and documents of 300 such words. The articles have
ten quotations each, edited as in verify_edits.py. Statements are made beforehand: extraction is not timed here.
Prints seconds.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from verify_edits import TRANSCRIPTS, Case, cases, reported

from quotes.corpus import Archive
from quotes.corpus.search import ArchiveIndex, build_index
from quotes.text.document import Document, make_document, read_document
from quotes.verification import Verifier

LENGTHS = (5_000, 10_000, 20_000, 40_000, 80_000)
QUOTATIONS = 10
WORDS = 300


def vocabulary(documents: Sequence[Document]) -> list[str]:
    """Return all words of the transcripts, as often as they have them."""
    return [word for document in documents for word in document.text.split()]


def text_of(count: int, known: Sequence[str], chance: random.Random) -> str:
    """Return so many words in chance order, one in five of which is in no transcript."""
    drawn = chance.choices(known, k=count)
    return " ".join(f"w{chance.randrange(50_000)}" if chance.random() < 0.2 else word for word in drawn)


def articles(some: Sequence[Case], number: int, chance: random.Random) -> Iterator[list[Case]]:
    """Yield the cases of so many articles."""
    for _ in range(number):
        yield chance.sample(some, QUOTATIONS)


def against_transcripts(documents: Sequence[Document], some: Sequence[Case]) -> None:
    """Print how long one article takes, warm, by the length of the transcript."""
    chance = random.Random(3)
    known = vocabulary(documents)
    article, statements = reported(chance.sample(some, 40))
    for length in LENGTHS:
        own = "\n\n".join(document.text for document in documents)
        text = own + "\n\n" + text_of(max(0, length - len(own.split())), known, chance)
        document = make_document(text)
        begun = time.perf_counter()
        verifier = Verifier(document)
        first = len(verifier.sources[0].words.places)
        read = time.perf_counter() - begun
        verifier.verify(statements, article)
        begun = time.perf_counter()
        verifier.verify(statements, article)
        taken = time.perf_counter() - begun
        sys.stdout.write(
            f"{len(verifier.sources[0].words):7,} words ({first:,} forms): read in {read:.2f} s, "
            f"{len(statements)} quotations in {taken:.2f} s\n"
        )


def against_archive(documents: Sequence[Document], some: Sequence[Case], number: int, count: int, folder: Path) -> None:
    """Print how long an archive takes to index, and articles to be compared with it."""
    chance = random.Random(5)
    known = vocabulary(documents)
    archive = folder / "archive.jsonl"
    with archive.open("w", encoding="utf-8") as stream:
        for place in range(number - len(documents)):
            stream.write(json.dumps({"id": f"d{place}", "text": text_of(WORDS, known, chance)}) + "\n")
        for document in documents:
            stream.write(json.dumps({"id": document.id, "text": document.text}) + "\n")
    index = folder / "archive.jsonl.quotes-index"
    begun = time.perf_counter()
    build_index(Archive((str(archive),)), index)
    taken = time.perf_counter() - begun
    sizes = [path.stat().st_size / 1e6 for path in (archive, index)]
    sys.stdout.write(f"{number:,} documents of {sizes[0]:.0f} MB indexed in {taken:.0f} s, {sizes[1]:.0f} MB\n")
    verifier = Verifier(ArchiveIndex(index))
    made = [(reported(own), own) for own in articles(some, count, chance)]
    begun = time.perf_counter()
    right = total = 0
    for (article, statements), own in made:
        for case, found in zip(own, verifier.verify(statements, article), strict=True):
            total += 1
            right += found.verdict == case.verdict
    sys.stdout.write(
        f"{count} articles with {total} quotations in {time.perf_counter() - begun:.1f} s; "
        f"{right} verdicts as against the transcript alone\n"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000, help="documents of the archive")
    parser.add_argument("--articles", type=int, default=100, help="articles that are compared with it")
    parser.add_argument("--folder", type=Path, help="where the archive is written; a temporary folder when not given")
    options = parser.parse_args(arguments)
    documents = [read_document(path) for path in sorted(TRANSCRIPTS.glob("*.txt"))]
    some = [case for case in cases(documents, 1, 7) if case.verdict != "not_found"]
    against_transcripts(documents, some)
    with tempfile.TemporaryDirectory() as temporary:
        against_archive(documents, some, options.documents, options.articles, options.folder or Path(temporary))
    return 0


if __name__ == "__main__":
    sys.exit(main())
