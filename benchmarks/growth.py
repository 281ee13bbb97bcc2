"""Fits an exponent to what texts cost as they grow, each in a way that once was slow or might be.

    python benchmarks/growth.py
    python benchmarks/growth.py --only surname --only cue
    python benchmarks/growth.py --memory 3000000

Each generator writes texts of N, 2 N and 4 N code points. What is measured is the processor time
of an extraction without that of spaCy's pipeline; the exponent is the slope of its logarithm over that of N:
1 where twice the text costs twice the time, 2 where it costs four times. The exit code is 1 when one
is above the limit. With ``--memory`` it is 1 when the extraction of a text of ordinary news of that length
takes more than `MOST_MEMORY`.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from math import inf, log
from pathlib import Path
from statistics import linear_regression
from typing import Any

import quotes
from quotes.evaluation.benchmark import SAMPLE, peak_memory
from quotes.text.reading import reading_of

LIMIT = 1.2
MOST_MEMORY = 900 * 2**20
"""Bytes that a process may have held that has extracted 3 MB of ordinary news."""
DOUBLINGS = 3
ROUNDS = 3
"""How often a kind of text that is above the limit is measured at the most."""
SHORT_RUN = 0.2
"""Seconds below which a measurement is repeated, and the fastest counts."""
FIRST_NAMES = ("Ann", "Ole", "Mira", "Jon", "Leda", "Pavel", "Sanna", "Kaito", "Ruth", "Omar", "Nell", "Piet")
SYLLABLES = ("bar", "dol", "fen", "gar", "hal", "kor", "lin", "mar", "nor", "pel", "ras", "tov", "vik", "wen", "zan")


def names(surname: Callable[[int], str]) -> Iterator[str]:
    """Yield full names, no two the same: "Anna Kord", "Olebar Kord"."""
    for number in range(10**6):
        yield f"{FIRST_NAMES[number % len(FIRST_NAMES)]} {coined(number // len(FIRST_NAMES))} {surname(number)}"


def coined(number: int) -> str:
    """Return a name of its own for each number."""
    written = ""
    while number or not written:
        number, digit = divmod(number, len(SYLLABLES))
        written += SYLLABLES[digit]
    return written.capitalize()


def repeated(unit: str) -> Callable[[], Iterator[str]]:
    """Return a generator that repeats a piece of text."""
    return lambda: cycle([unit])


def counted(write: Callable[[int], str]) -> Callable[[], Iterator[str]]:
    """Return a generator of a piece of text for each number."""
    return lambda: map(write, range(10**7))


def speakers() -> Iterator[str]:
    """Yield quotations of people with names of their own."""
    return (f"“The wall is cracked,” said {name}.\n\n" for name in names(coined))


def acronyms() -> Iterator[str]:
    """Yield bodies with their short forms."""
    for number in range(10**6):
        words = [coined(number * 3 + i) for i in range(3)]
        short = "".join(word[0] for word in words)
        yield f"The {' '.join(words)} Agency ({short}A) said it was late. {short}A denied it.\n\n"


GENERATORS: dict[str, tuple[int, Callable[[], Iterator[str]]]] = {
    "ordinary news, repeated paragraphs": (40_000, repeated(SAMPLE)),
    "full names of one surname": (20_000, lambda: (f"{name} said so. " for name in names(lambda _: "Kord"))),
    "names of one surname in a list": (20_000, lambda: (f"{name}, " for name in names(lambda _: "Kord"))),
    "two people of one surname": (40_000, repeated("Ann Kord said so. Ole Kord denied it. Kord left early.\n\n")),
    "many speakers": (40_000, speakers),
    "relations": (40_000, counted(lambda n: f"Ann {coined(n)} said so. Her husband denied it. His wife left.\n\n")),
    "spokespeople": (40_000, counted(lambda n: f"A spokesman for the {coined(n)} Agency said it was late.\n\n")),
    "nameless sources": (40_000, repeated("A source, who asked not to be named, said that it was late.\n\n")),
    "sources": (40_000, counted(lambda n: f"The wall leaks, according to {coined(n)} Kord of the Harbour Board.\n\n")),
    "pronouns": (40_000, repeated("He said that she had told him it was theirs. ")),
    "titles": (40_000, counted(lambda n: f"The mayor said it was late. Minister {coined(n)} denied it.\n\n")),
    "acronyms with what they stand for": (40_000, acronyms),
    "opening marks": (8_000, repeated("“")),
    "opening marks, a paragraph each": (40_000, repeated("“The wall is cracked\n\n")),
    "stray marks between words": (20_000, repeated('said " ')),
    "a cue glued to a mark": (20_000, repeated("saidAnn“")),
    "nested brackets": (10_000, repeated("(said ")),
    "one sentence": (40_000, repeated("the harbour master said that the wall was cracked, and ")),
    "no spaces": (100_000, repeated("a")),
    "long words": (40_000, counted(lambda n: f"{coined(n) * 30} said so. ")),
    "headings": (40_000, counted(lambda n: f"Mayor Warns of Crack {coined(n)}\n\n")),
    "turns of a transcript": (40_000, counted(lambda n: f"{'QA'[n % 2]}: The wall is cracked, he said.\n")),
    "turns of many speakers": (
        40_000,
        counted(lambda n: f"{coined(n // 4 + n % 2).upper()}: The wall is cracked.\n\n"),
    ),
    "block quotations": (40_000, repeated("Ann Kord wrote:\n\n    The wall is cracked.\n    We wait.\n\n")),
    "indented paragraphs with a colon": (40_000, repeated("    Ann Kord wrote on the wall:\n\n")),
    "lists": (40_000, counted(lambda n: f"- item {n}: the wall, Ann Kord said\n")),
    "dates": (40_000, counted(lambda n: f"On {n % 28 + 1} May {1900 + n % 120} she said it was late. ")),
    "emoji": (20_000, repeated("🙂👍🏽 said ")),
    "tabs": (20_000, repeated("said\t\t")),
    "blank lines": (100_000, repeated("Ann said so.\n\n\n\n\n\n\n\n")),
    "addresses": (40_000, counted(lambda n: f"See https://example.org/{n} or write to a{n}@example.org, he said. ")),
    "tags": (40_000, repeated("<p>Ann Kord <b>said</b> so &amp; left.<br>")),
}


@dataclass(frozen=True, slots=True)
class Growth:
    """What a kind of text costs: code points, and seconds of our own stages, at each size."""

    name: str
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]

    @property
    def exponent(self) -> float:
        """The slope of the seconds over the sizes, both as logarithms, by least squares."""
        return linear_regression(list(map(log, self.sizes)), list(map(log, self.seconds))).slope

    def at_best(self, seconds: tuple[float, ...]) -> Growth:
        """Return the growth by the faster one of two runs at each size."""
        return replace(self, seconds=tuple(map(min, self.seconds, seconds)))


class TimedPipeline:
    """A spaCy pipeline that notes how much processor time it takes."""

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp
        self.seconds = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._nlp, name)

    def pipe(self, texts: Iterable[str], **options: Any) -> Iterator[Any]:
        """Parse as the pipeline does."""
        docs = self._nlp.pipe(texts, **options)
        while True:
            begun = time.process_time()
            doc = next(docs, None)
            self.seconds += time.process_time() - begun
            if doc is None:
                return
            yield doc


def text_of(pieces: Iterator[str], size: int) -> str:
    """Join pieces up to a size in code points."""
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(next(pieces))
        length += len(parts[-1])
    return "".join(parts)[:size]


def seconds_for(text: str, extractor: quotes.Extractor, pipeline: TimedPipeline) -> float:
    """Return what the extraction of a text takes beside the pipeline."""
    taken: list[float] = []
    while not taken or (sum(taken) < SHORT_RUN and len(taken) < 5):
        reading_of.cache_clear()
        gc.collect()
        pipeline.seconds, begun = 0.0, time.process_time()
        extractor.extract(text)
        taken.append(time.process_time() - begun - pipeline.seconds)
    return min(taken)


def measured(chosen: Sequence[str], scale: float, limit: float) -> Iterator[Growth]:
    """Yield the growth of each kind of text whose name holds one of the chosen words.

    One above the limit is measured again, and the fastest run of each size counts.
    """
    extractor = quotes.Extractor(attitudes="all")
    pipeline = TimedPipeline(extractor._nlp)
    extractor._nlp = pipeline  # type: ignore[assignment]  # stands in for it
    extractor.extract(SAMPLE)  # what is loaded at first use is not timed
    for name, (base, pieces) in GENERATORS.items():
        if chosen and not any(word in name for word in chosen):
            continue
        sizes = tuple(int(base * scale) << step for step in range(DOUBLINGS))
        texts = [text_of(pieces(), size) for size in sizes]
        growth = Growth(name, sizes, (inf,) * DOUBLINGS)
        for _ in range(ROUNDS):  # what else the machine does only adds to the time
            growth = growth.at_best(tuple(seconds_for(text, extractor, pipeline) for text in texts))
            if growth.exponent <= limit:
                break
        yield growth


def memory(size: int) -> int:
    """Return the most bytes that this process has held after the extraction of ordinary news."""
    begun = time.perf_counter()
    found = quotes.Extractor().extract(text_of(cycle(news()), size))
    most = peak_memory() or sys.exit("this system does not tell the memory of a process")
    seconds = time.perf_counter() - begun
    sys.stdout.write(f"{size:,} characters: {most / 2**20:.0f} MiB, {seconds:.0f} s, {len(found):,} statements\n")
    return most


def news() -> list[str]:
    """Return the articles of the project's own, and the sample where they are not at hand."""
    articles = sorted(Path(__file__).parents[1].glob("fixtures/*/*.txt"))
    return [f"{path.read_text('utf-8').strip()}\n\n" for path in articles] or [SAMPLE]


def main() -> None:
    """Print a line a kind of text."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", action="append", default=[], metavar="WORD", help="kinds of text with WORD in it")
    parser.add_argument("--scale", type=float, default=1.0, help="texts so many times as long")
    parser.add_argument("--limit", type=float, default=LIMIT, help="largest exponent that passes")
    parser.add_argument("--memory", type=int, metavar="N", help="extract N code points of news and tell the memory")
    options = parser.parse_args()
    if options.memory:
        sys.exit(memory(options.memory) > MOST_MEMORY)
    above = 0
    for growth in measured(options.only, options.scale, options.limit):
        costs = " ".join(f"{each:8.3f}" for each in growth.seconds)
        verdict = "" if growth.exponent <= options.limit else "  ABOVE"
        above += bool(verdict)
        sys.stdout.write(f"{growth.name:36} {growth.sizes[0]:8,} {costs} {growth.exponent:6.2f}{verdict}\n")
        sys.stdout.flush()
    sys.exit(above > 0)


if __name__ == "__main__":
    main()
