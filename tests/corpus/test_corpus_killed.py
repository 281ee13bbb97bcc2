"""A run that is killed as a process: nothing is lost, no process is left, the bytes are the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.corpus.fakes import FACTORY, SLOW_FACTORY

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds to wait for what has to happen, on a machine that is busy with other things."""

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads processes from /proc")


def hear_interrupts() -> None:
    """Let a child hear SIGINT, which a run in the background of a script inherits as ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(*arguments: object) -> subprocess.Popen[bytes]:
    """Start ``quotes corpus``."""
    command = [sys.executable, "-m", "quotes", "corpus", *map(str, arguments)]
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    options = {"start_new_session": True, "preexec_fn": hear_interrupts, **pipes}
    return subprocess.Popen(command, env=environment, cwd=ROOT, **options)


def wait_for(what: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    of_threads = Path(f"/proc/{process}/task").glob("*/children")
    return [int(each) for children in of_threads for each in children.read_text("ascii").split()]


def is_running(process: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        state = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_killed_three_times_and_resumed(archive: Callable[..., Path], tmp_path: Path) -> None:
    """SIGKILL in the middle, three times: the same command goes on, and the output is as if nothing was."""
    path = archive(*[f"Said: number {n}\nSaid: again {n}\n" for n in range(160)])
    output = tmp_path / "killed.parquet"
    arguments = (path, "-o", output, "--workers", 2, "--batch", 4, "--extractor", SLOW_FACTORY)

    def finished() -> int:
        return len(list(Path(f"{output}.parts").glob("*/*.part")))

    before = 0
    for _ in range(3):
        with start(*arguments) as process:
            wait_for(lambda: finished() > before + 4)  # noqa: B023 - called before the next round
            workers = children(process.pid)
            process.kill()
        assert process.returncode == -signal.SIGKILL
        assert len(workers) >= 2
        wait_for(lambda: not any(map(is_running, workers)))  # noqa: B023 - called before the next round
        assert not output.exists()
        before = finished()
    with start(*arguments) as process:
        said = process.stderr.read().decode()
    assert process.returncode == 0, said
    assert "160 documents" in said
    assert "by an earlier run" in said
    whole = tmp_path / "whole.parquet"
    with start(path, "-o", whole, "--extractor", SLOW_FACTORY) as process:
        assert process.wait(PATIENCE) == 0
    assert output.read_bytes() == whole.read_bytes()


def test_workers_are_killed_all_the_time(archive: Callable[..., Path], tmp_path: Path) -> None:
    """SIGKILL for a worker, as from a system without memory, ten times: every document is there, nobody is left."""
    path = archive(*[f"Said: number {n}\nSaid: again {n}\n" for n in range(400)])
    outputs = tmp_path / "killed.parquet", tmp_path / "whole.parquet"
    arguments = (path, "--batch", 4, "--workers", 2, "--extractor", SLOW_FACTORY)

    def finished() -> int:
        return len(list(Path(f"{outputs[0]}.parts").glob("*/*.part")))

    seen: set[int] = set()
    with start(*arguments, "-o", outputs[0]) as process:
        for kill in range(10):
            wait_for(lambda: finished() > kill * 5)  # noqa: B023 - called before the next round
            workers = [each for each in children(process.pid) if is_running(each)]
            seen.update(workers)
            os.kill(workers[kill % len(workers)], signal.SIGKILL)
        said = process.stderr.read().decode()
    assert process.returncode == 0, said
    wait_for(lambda: not any(map(is_running, seen)))
    with start(*arguments, "-o", outputs[1]) as process:
        assert process.wait(PATIENCE) == 0
    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    assert not list(tmp_path.glob("*.errors.jsonl"))


def test_interrupted_at_the_keyboard(archive: Callable[..., Path], tmp_path: Path) -> None:
    """Ctrl-C ends the run and its workers with code 130 and keeps what is done."""
    path = archive(*["Said: it"] * 400)
    output = tmp_path / "o.jsonl"
    with start(path, "-o", output, "--batch", 4, "--extractor", SLOW_FACTORY) as process:
        wait_for(lambda: any(Path(f"{output}.parts").glob("*/*.part")))
        workers = children(process.pid)
        os.killpg(process.pid, signal.SIGINT)  # a terminal tells the whole group
        said = process.stderr.read().decode()
    assert (process.returncode, said) == (130, "quotes: interrupted\n")
    wait_for(lambda: not any(map(is_running, workers)))
    assert any(Path(f"{output}.parts").glob("*/*.part"))


def test_two_processes_with_one_output(archive: Callable[..., Path], tmp_path: Path) -> None:
    """The second is refused in one line; the first goes on as if nothing was."""
    path, output = archive(*["Said: it"] * 200), tmp_path / "o.jsonl"
    arguments = (path, "-o", output, "--batch", 4, "--extractor", SLOW_FACTORY)
    with start(*arguments) as first:
        wait_for(lambda: any(Path(f"{output}.parts").glob("*/*.part")))
        with start(*arguments) as second:
            said = second.stderr.read().decode()
        assert (second.returncode, said.count("\n")) == (2, 1), said
        assert "another run is at work in" in said
        said = first.stderr.read().decode()
    assert first.returncode == 0, said
    assert len(output.read_bytes().splitlines()) == 200


def test_memory_does_not_grow_with_the_archive(archive: Callable[..., Path], tmp_path: Path) -> None:
    """Ten times as many documents need about the same memory in the process that reads and writes."""
    most = {}
    code = (
        "import resource, sys; from quotes.cli.application import run; run(sys.argv[1:]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    for count in (100, 1000):
        path = archive(*[f"Said: {n}\n" + "filler " * 1500 for n in range(count)], name=f"{count}.jsonl")
        arguments = ["corpus", path, "-o", tmp_path / f"{count}.parquet", "--extractor", FACTORY]
        done = subprocess.run(
            [sys.executable, "-c", code, *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        most[count] = int(done.stdout)
    assert most[1000] < 1.25 * most[100]
