"""Measures corpus runs: rate, memory and speed-up by workers, and runs that are killed and resumed.

    python benchmarks/corpus_runs.py fixtures --documents 20000 --workers 1 --workers 2 --kills 3

The archive is made by repeating the texts of SOURCE (a folder of ``*.txt`` or
a ``*.jsonl`` file) and varying them: each copy begins with another paragraph and
has a numbered sentence of its own. Linux only: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import subprocess
import sys
import time
from itertools import cycle, islice
from pathlib import Path

from quotes.corpus import Archive
from quotes.corpus.records import InputDocument

NAMES = ("Mira Tolvane", "Jon Aske", "Leda Brandt", "Pavel Orin", "Sanna Viik")


def main() -> None:
    """Make the archive, run, and print one line a run."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", help="folder of *.txt, or *.jsonl")
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--workers", type=int, action="append", help="may be repeated; 1 and 2 when not given")
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path("corpus-runs"), help="where the files go")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.folder.mkdir(exist_ok=True)
    archive = options.folder / "archive.jsonl"
    words = make_archive(options.source, archive, options.documents)
    say(f"{options.documents} documents, {words} words, {archive.stat().st_size / 1e6:.1f} MB")
    rates: dict[int, float] = {}
    digests = set()
    for workers in options.workers or [1, 2]:
        output = options.folder / f"workers-{workers}.parquet"
        seconds, memory = run(archive, output, workers)
        rates[workers] = options.documents / seconds
        digests.add(digest(output))
        say(
            f"{workers} workers: {seconds:.0f} s, {rates[workers]:.1f} documents/s, "
            f"{words / seconds:.0f} words/s, peak memory {memory / 2**20:.0f} MiB, "
            f"speed-up {rates[workers] / next(iter(rates.values())):.2f}"
        )
    if options.kills:
        workers, rate = max(rates.items())
        output = options.folder / "killed.parquet"
        chance = random.Random(options.seed)
        longest = options.documents / rate / (options.kills + 1)
        for _ in range(options.kills):
            delay = chance.uniform(0.0, 0.5) * longest
            kill_after(archive, output, workers, delay)
            say(f"killed {delay:.1f} s after its first batch, with {parts(output)} batches done")
        seconds, _ = run(archive, output, workers)
        digests.add(digest(output))
        say(f"resumed: {seconds:.0f} s to the end")
    say("all outputs are byte-identical" if len(digests) == 1 else "THE OUTPUTS DIFFER")
    sys.exit(len(digests) != 1)


def make_archive(source: str, path: Path, count: int) -> int:
    """Write the archive and return its number of words."""
    found = [e.content for e in Archive((source,)).records() if isinstance(e.content, InputDocument)]
    words = 0
    with path.open("w", encoding="utf-8") as stream:
        for number, document in enumerate(islice(cycle(found), count)):
            paragraphs = [each for each in document.text.split("\n\n") if each.strip()]
            turn = number // len(found) % len(paragraphs)
            own = f"“There were {number} of them,” {NAMES[number % len(NAMES)]} said."
            text = "\n\n".join([*paragraphs[turn:], *paragraphs[:turn], own])
            words += len(text.split())
            stream.write(json.dumps({"id": f"{document.id or 'text'}-{number}", "text": text}) + "\n")
    return words


def command(archive: Path, output: Path, workers: int) -> list[str]:
    """The command line of a run."""
    start = [sys.executable, "-m", "quotes", "corpus", str(archive), "-o", str(output)]
    return [*start, "--workers", str(workers)]


def run(archive: Path, output: Path, workers: int) -> tuple[float, int]:
    """Run to the end; return seconds and the most memory of all its processes together, in bytes."""
    begun, most = time.monotonic(), 0
    with subprocess.Popen(command(archive, output, workers)) as process:
        while process.poll() is None:
            most = max(most, memory(process.pid))
            time.sleep(0.25)
    if process.returncode:
        sys.exit(f"the run failed with {process.returncode}")
    return time.monotonic() - begun, most


def kill_after(archive: Path, output: Path, workers: int, seconds: float) -> None:
    """Run, and kill so long after the first batch of this run is done."""
    before = parts(output)
    with subprocess.Popen(command(archive, output, workers)) as process:
        while parts(output) == before and process.poll() is None:
            time.sleep(0.05)
        time.sleep(seconds)
        process.kill()


def parts(output: Path) -> int:
    """Return the number of batches that are done."""
    return len(list(Path(f"{output}.parts").glob("*/*.part")))


def memory(process: int) -> int:
    """Return the memory of a process and its children, shared pages counted once."""
    total = 0
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
        for line in Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                total = int(line.split()[1]) * 1024
    except OSError:  # it has just ended
        return 0
    return total + sum(memory(int(child)) for child in children)


def digest(path: Path) -> str:
    """Return a digest of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if not shutil.which("quotes") and not Path("quotes").is_dir():
        sys.exit("run it where quotes is installed, or in its folder")
    main()
