"""Attacks runs: kills and Ctrl-C at random moments, a disk that is full, a line of gigabytes, a folder of odd files.

    python benchmarks/hostile_files.py --kills 20 --gigabytes 4

Run it in the repository: the runs of ``quotes corpus`` use the tests' extractor, which
needs no pipeline. One line an attack; the exit code is 1 when one did harm. Linux only.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[1]
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
MIB = 2**20
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
START = 0.1
"""Seconds in which Python starts, which is interrupted with its own words, before quotes has run a line."""


def main() -> None:
    """Do every attack in a folder of its own."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=20, help="of each format")
    parser.add_argument("--interrupts", type=int, default=40, help="of each command")
    parser.add_argument("--gigabytes", type=float, default=4.0, help="length of the long line")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        held = [
            *(
                kills(Path(folder), suffix, options.kills, random.Random(options.seed))
                for suffix in ("jsonl", "duckdb")
            ),
            *(
                interrupts(Path(folder), command, options.interrupts, random.Random(options.seed))
                for command in ("extract", "corpus")
            ),
            full_disk(Path(folder)),
            long_line(Path(folder), int(options.gigabytes * 1e9)),
            odd_files(Path(folder)),
        ]
    sys.exit(not all(held))


def kills(above: Path, suffix: str, count: int, chance: random.Random) -> bool:
    """Kill a run of two workers again and again, then let it end."""
    folder = above / suffix
    folder.mkdir()
    archive = make_archive(folder, 600)
    wait(start(archive, folder / f"whole.{suffix}"))
    output = folder / f"killed.{suffix}"
    for number in range(count):
        process = start(archive, output, workers=2)
        time.sleep(chance.uniform(0.5, 4.0))
        process.send_signal(SIGNALS[number % len(SIGNALS)])
        process.wait()
    code = wait(start(archive, output, workers=2))
    same = rows(output) == rows(folder / f"whole.{suffix}")
    left = sorted(each.name for each in folder.iterdir() if each.name.startswith((".", "killed.")))
    left.remove(output.name)
    time.sleep(2)
    orphans = [each for each in Path("/proc").glob("[0-9]*/cmdline") if folder.as_posix().encode() in read(each)]
    orphans += children_of_nobody()
    return say(f"{count} kills, {suffix}", (code, same, left, orphans) == (0, True, [], []),
               f"code {code}, same rows {same}, leftovers {left}, orphans {len(orphans)}")  # fmt: skip


def interrupts(above: Path, name: str, count: int, chance: random.Random) -> bool:
    """Press Ctrl-C, which the whole group hears, at any moment of a command, then let it end."""
    folder = above / name
    folder.mkdir()
    output, whole = folder / "o.jsonl", folder / "whole.jsonl"
    if name == "extract":
        article = ROOT / "fixtures" / "state-visit-curly-marks" / "article.txt"
        command = [sys.executable, "-m", "quotes", "extract", str(article), "--format", "jsonl"]
    else:
        command = corpus_command(make_archive(folder, 600), workers=2)
    begun = time.monotonic()
    subprocess.run([*command, "-o", str(whole)], cwd=ROOT, env=ENVIRONMENT, check=True, stderr=subprocess.DEVNULL)
    longest, said = time.monotonic() - begun, Counter[str]()
    for _ in range(count):
        options = {"stderr": subprocess.PIPE, "start_new_session": True, "preexec_fn": hear_interrupts}
        with subprocess.Popen([*command, "-o", str(output)], cwd=ROOT, env=ENVIRONMENT, **options) as process:
            time.sleep(chance.uniform(START, longest))
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGINT)
            lines = process.stderr.read().decode()
        interrupted = lines.endswith("quotes: interrupted\n") and lines.count("\n") == 1
        said["one line" if interrupted else "had ended" if "Traceback" not in lines else "a traceback"] += 1
    subprocess.run([*command, "-o", str(output)], cwd=ROOT, env=ENVIRONMENT, check=True, stderr=subprocess.DEVNULL)
    same, left = output.read_bytes() == whole.read_bytes(), [each.name for each in folder.glob(".*")]
    return say(f"{count} times Ctrl-C, {name}", same and not left and not said["a traceback"] and said["one line"] > 0,
               f"{dict(said)}, same bytes {same}, leftovers {left}")  # fmt: skip


def hear_interrupts() -> None:
    """Let a child hear SIGINT, which a run in the background of a script inherits as ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def full_disk(above: Path) -> bool:
    """Let no file grow beyond 60 KB, as if the disk were full; then let the run end."""
    folder = above / "full"
    folder.mkdir()
    archive = make_archive(folder, 600)
    (folder / "o.jsonl").write_text("old", "utf-8")
    process = start(archive, folder / "o.jsonl", limit=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, -1)))
    failed, kept = wait(process), (folder / "o.jsonl").read_text("utf-8") == "old"
    code = wait(start(archive, folder / "o.jsonl"))
    wait(start(archive, folder / "whole.jsonl"))
    same = rows(folder / "o.jsonl") == rows(folder / "whole.jsonl")
    return say("full disk", (failed, kept, code, same) == (5, True, 0, True),
               f"code {failed}, old output kept {kept}, then code {code}, same rows {same}")  # fmt: skip


def long_line(above: Path, size: int) -> bool:
    """Have a small archive hold one line of gigabytes."""
    folder = above / "line"
    folder.mkdir()
    archive = folder / "archive.jsonl.gz"
    with gzip.open(archive, "wb", compresslevel=1) as stream:
        stream.write(b'{"id": "long", "text": "')
        for _ in range(size // MIB):
            stream.write(b"x" * MIB)
        stream.write(b'"}\n{"id": "good", "text": "Said: it"}\n')
    begun = time.monotonic()
    process = start(archive, folder / "o.jsonl")
    _, status, usage = os.wait4(process.pid, 0)
    code, found = os.waitstatus_to_exitcode(status), len(rows(folder / "o.jsonl"))
    memory = usage.ru_maxrss / 1024
    return say(f"a line of {size / 1e9:.1f} GB in {archive.stat().st_size / 1e6:.1f} MB",
               code == 7 and found == 1 and memory < 500,
               f"code {code}, {found} good document, {memory:.0f} MiB, {time.monotonic() - begun:.0f} s")  # fmt: skip


def odd_files(above: Path) -> bool:
    """Read a folder with a named pipe, endless devices and links that lead in circles."""
    folder = above / "odd"
    folder.mkdir()
    (folder / "a.txt").write_text("Said: it", "utf-8")
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "circle").symlink_to(folder)
    process = start(folder, above / "odd.jsonl")
    try:
        code = process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        code = None
    found = len(rows(above / "odd.jsonl")) if code == 7 else 0
    return say("odd files", (code, found) == (7, 1), f"code {code}, {found} good document")


def make_archive(folder: Path, count: int) -> Path:
    """Write an archive of short texts."""
    path = folder / "archive.jsonl"
    texts = ("".join(f"Said: {line} of {number}\n" for line in range(3)) for number in range(count))
    path.write_text("".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts)), "utf-8")
    return path


def start(
    source: Path, output: Path, *, workers: int = 1, limit: Callable[[], None] | None = None
) -> subprocess.Popen[bytes]:
    """Start a run whose documents take a hundredth of a second each."""
    command = [*corpus_command(source, workers), "-o", str(output)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, preexec_fn=limit, **quiet)  # noqa: PLW1509  # no threads here


def corpus_command(source: Path, workers: int) -> list[str]:
    """Return a run of ``quotes corpus`` without its output."""
    command = [sys.executable, "-m", "quotes", "corpus", str(source), "--batch", "8", "--workers", str(workers)]
    return [*command, "--extractor", "tests.corpus.fakes:make_slow"]


def wait(process: subprocess.Popen[bytes]) -> int:
    """Return the exit code of a run that must come to an end."""
    return process.wait(600)


def rows(path: Path) -> list[object]:
    """Return what is in an output: its bytes by lines, or the rows of its table."""
    if path.suffix == ".jsonl":
        return list(path.read_bytes().splitlines())
    with duckdb.connect(str(path), read_only=True) as database:
        return list(database.sql("SELECT * FROM statements").fetchall())


def children_of_nobody() -> list[Path]:
    """Return the workers that outlived their run: processes of ours that the system has taken over."""
    stats = {each: read(each / "stat") for each in Path("/proc").glob("[0-9]*")}
    adopted = (each for each, stat in stats.items() if stat and stat.rpartition(b")")[2].split()[1] == b"1")
    return [
        each
        for each in adopted
        if str(ROOT).encode() in read(each / "environ") and b"spawn_main" in read(each / "cmdline")
    ]


def read(path: Path) -> bytes:
    """Return what a file of /proc holds, nothing when its process has ended."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def say(name: str, held: bool, figures: str) -> bool:
    """Print how an attack went."""
    sys.stdout.write(f"{'held' if held else 'HARMED'}: {name}: {figures}\n")
    sys.stdout.flush()
    return held


if __name__ == "__main__":
    main()
