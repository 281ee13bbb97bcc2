"""Measures `quotes link` on archives of many sizes, killed and resumed too.

    python benchmarks/link_scale.py STATEMENTS --sizes 10000 100000 1000000
    python benchmarks/link_scale.py STATEMENTS --sizes 20000 --kills 5
    python benchmarks/link_scale.py STATEMENTS --sizes 100000 --engine ray

STATEMENTS is what ``quotes corpus`` wrote of some articles. The archive repeats them: in each repetition words,
names and numbers are swapped for others that are about as frequent, the same ones in all its articles, so that what
reports one utterance still does, and what is said in two repetitions differs. Every other rare word or name is one of
its own in each repetition, as an archive has more words the larger it is. The days stay: a larger archive has more
articles a day. Linux only: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import count, islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from quotes.corpus.arrow import statement_schema
from quotes.io.saved import read_statements
from quotes.lexicon import words as known_words

Record = dict[str, Any]

_WORD = re.compile(r"[^\W\d_]{3,}")
_FIGURE = re.compile(r"\d+")
_SWAPPED = 0.9
"""Share of the words that each repetition swaps for others."""
_RARE = 3
"""Times that the articles have a word up to which it may be one of its own in a repetition."""
_SYLLABLES = ("bar", "dol", "fen", "gar", "hal", "kor", "lin", "mar", "nor", "pel", "ras", "tov", "vik", "wen", "zan")
_ROWS = 5_000


class Repetition:
    """One repetition of the articles, with its own words for theirs."""

    def __init__(self, number: int, by_frequency: Mapping[str, list[str]], counts: Mapping[str, int]) -> None:
        chance = random.Random(number)
        self._number = number
        self._other: dict[str, str] = {}
        for ranked in by_frequency.values():
            for first in range(0, len(ranked), 50):  # those of about one frequency change places
                here = [word for word in ranked[first : first + 50] if chance.random() < _SWAPPED]
                self._other.update(zip(here, chance.sample(here, len(here)), strict=True))
        for word, times in counts.items():
            if number and times <= _RARE and chance.random() < 0.5:
                self._other[word] = _coined(chance, word)

    def statement(self, record: Record) -> Record:
        """Return a statement in the words of the repetition; its document and its own id are others."""
        if not self._number:
            return record
        document = record["provenance"]["document"]
        spans = [self._span(span) for span in record["content"]["spans"]]
        made = {**record, "id": _digest(f"{record['id']} {self._number}")[:16]}
        made["content"] = {"text": " … ".join(span["text"] for span in spans), "spans": spans}
        for role in ("speaker", "addressee", "medium"):
            if record[role] is not None and record[role]["name"]:
                made[role] = {**record[role], "name": self.words(record[role]["name"])}
        named = {
            "id": f"{document['id']}~{self._number}",
            "sha256": _digest(f"{document['sha256']} {self._number}"),
        }
        made["provenance"] = {**record["provenance"], "document": {**document, **named}}
        return made

    def words(self, text: str) -> str:
        """Return a text with other words and figures."""
        return _FIGURE.sub(self._figure, _WORD.sub(lambda found: self._other.get(found[0], found[0]), text))

    def _span(self, span: Record) -> Record:
        text = self.words(span["text"])
        return {"start": 3 * span["start"], "end": 3 * span["start"] + len(text), "text": text}

    def _figure(self, found: re.Match[str]) -> str:
        digits = found[0]
        return digits if len(digits) == 1 else digits[0] + str(int(digits[1:]) + self._number)[-len(digits) + 1 :]


def archive(source: Path, size: int) -> Iterator[Record]:
    """Yield as many statements as asked for, made of those of a file."""
    given = [each.model_dump() for each in read_statements(source)]
    counts = Counter(word for record in given for word in _WORD.findall(record["content"]["text"]))
    ranked = [word for word, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))]
    common = known_words("function_words")
    by_frequency = {
        "names": [word for word in ranked if word[0].isupper() and word.lower() not in common],
        "others": [word for word in ranked if word.islower() and word not in common],
    }
    own = {word: counts[word] for words in by_frequency.values() for word in words}
    made = (each for number in count() for each in map(Repetition(number, by_frequency, own).statement, given))
    return islice(made, size)


def write_archive(source: Path, size: int, path: Path) -> None:
    """Write an archive as Parquet, the statements of each document together."""
    rows = archive(source, size)
    with pq.ParquetWriter(path, statement_schema()) as writer:
        while batch := list(islice(rows, _ROWS)):
            writer.write_table(pa.Table.from_pylist(batch, schema=statement_schema()))


class Run:
    """One run of the command."""

    def __init__(self, archive: Path, output: Path, options: list[str]) -> None:
        command = [sys.executable, "-P", "-m", "quotes", "link", str(archive), "-o", str(output), *options]
        self._started = time.perf_counter()
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.output = output

    def killed_after(self, seconds: float) -> bool:
        """Kill it when some time has gone by; return whether it was still at work."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGKILL)
        return self._process.wait() == -signal.SIGKILL

    def ended(self) -> tuple[float, float, float, str]:
        """Return its seconds, those of processors, its peak memory in GB, and a digest of the output."""
        said = self._process.stderr.read().decode() if self._process.stderr else ""
        _, status, used = os.wait4(self._process.pid, 0)
        seconds = time.perf_counter() - self._started
        self._process.returncode = os.waitstatus_to_exitcode(status)
        if status:
            sys.exit(f"it failed: {said}")
        return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 2**20, _digest(self.output.read_text("utf-8"))


def main() -> None:
    """Make the archives, link them, and print one line a run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="what 'quotes corpus --attitudes all' wrote")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--kills", type=int, default=0, help="runs to kill at random points and resume, for each size")
    parser.add_argument("--engine", default="local")
    parser.add_argument("--folder", type=Path, default=Path("link-scale"), help="where the files go")
    options = parser.parse_args()
    options.folder.mkdir(exist_ok=True)
    for size in options.sizes:
        path = options.folder / f"{size}.parquet"
        if not path.exists():
            write_archive(options.source, size, path)
        output = options.folder / f"{size}-{options.engine}.json"
        given = [] if options.engine == "local" else ["--engine", options.engine]
        seconds, processor, memory, digest = Run(path, output, given).ended()
        _say(
            f"{size:,} statements: {seconds:.0f} s, {processor:.0f} s of processors, {1000 * seconds / size:.2f} ms a "
            f"statement, peak memory {memory:.2f} GB, {output.stat().st_size / 1e6:.1f} MB of families, {digest[:12]}"
        )
        for number in range(options.kills):
            _kill_and_resume(path, output.with_suffix(f".{number}.json"), seconds, digest, number)


def _kill_and_resume(path: Path, output: Path, seconds: float, digest: str, seed: int) -> None:
    """Kill a run several times at random points, let it end, and compare what it wrote."""
    chance = random.Random(seed)
    moments = []
    while len(moments) < 3 and Run(path, output, []).killed_after(moment := chance.uniform(0.1, 0.9) * seconds):
        moments.append(f"{moment:.1f} s")
    *_, found = Run(path, output, []).ended()
    _say(f"killed after {', '.join(moments)}, resumed: {'the same' if found == digest else 'NOT THE SAME'}")
    output.unlink()


def _coined(chance: random.Random, word: str) -> str:
    made = "".join(chance.choice(_SYLLABLES) for _ in range(3))
    return made.capitalize() if word[0].isupper() else made


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
