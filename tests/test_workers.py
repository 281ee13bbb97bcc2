"""Workers: what they do, how they end, and what is said of a task that ends them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from quotes.errors import ModelError, UsageError
from quotes.workers import TaskFailedError, Worker, WorkerDiedError


def load() -> str:
    """Make what a worker loads in place of an extractor."""
    return "loaded"


def no_model() -> str:
    """Fail as a pipeline that is not installed does."""
    raise ModelError("no spaCy pipeline 'none'")


def wrong() -> str:
    """Fail in any other way."""
    raise RuntimeError("no weights")


def dead() -> str:
    """Die as when the memory is too small."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def tell(loaded: str) -> tuple[str, int]:
    """What was loaded, and in which process."""
    return loaded, os.getpid()


def fail(error: Exception, _loaded: str) -> None:
    """Raise an error."""
    raise error


def die(marker: Path | None, loaded: str) -> str:
    """Die, but where there is a marker only once."""
    if marker is not None and marker.exists():
        return loaded
    if marker is not None:
        marker.touch()
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def out_of_memory(marker: Path, loaded: str) -> str:
    """Find no memory, but only once."""
    if marker.exists():
        return loaded
    marker.touch()
    raise MemoryError


def wait(begun: Path, _loaded: str) -> None:
    """Say that the work has begun, and never end it."""
    begun.touch()
    time.sleep(3600)


@pytest.fixture
def worker() -> Iterator[Worker[str]]:
    """A worker that is not started yet."""
    made = Worker(load)
    yield made
    made.close()
    assert not made.running


def test_a_process_is_used_until_it_ends(worker: Worker[str]) -> None:
    """One process does all tasks; when it has died, idle or not, another takes its place."""
    first = worker.run(tell)
    assert first == worker.run(tell) == ("loaded", worker.process_id)
    assert first[1] != os.getpid()
    os.kill(first[1], signal.SIGKILL)
    assert worker.run(tell)[1] != first[1]


def test_a_task_is_tried_again_when_its_process_dies(worker: Worker[str], tmp_path: Path) -> None:
    """A process that died once costs nothing; a task that ends each one is reported, with how it ended."""
    assert worker.run(partial(die, tmp_path / "marker")) == "loaded"
    with pytest.raises(WorkerDiedError, match=r"again and again \(killed by SIGKILL\)$"):
        worker.run(partial(die, None))
    assert worker.run(tell)[0] == "loaded"


def test_a_process_without_memory_is_replaced(worker: Worker[str], tmp_path: Path) -> None:
    """A process that found no memory is not trusted with another task; the task is tried in a new one."""
    process = worker.run(tell)[1]
    assert worker.run(partial(out_of_memory, tmp_path / "marker")) == "loaded"
    assert worker.run(tell)[1] != process


class Broken:
    """A connection whose other end dies in the middle of an answer."""

    def __init__(self, connection: object) -> None:
        self.connection = connection

    def __getattr__(self, name: str) -> object:
        return getattr(self.connection, name)

    def recv(self) -> object:
        """Say what a connection says then."""
        raise OSError("got end of file during message")


def test_a_process_that_dies_in_the_middle_of_an_answer(worker: Worker[str]) -> None:
    """Half an answer is none: the task is tried again."""
    process = worker.run(tell)[1]
    worker._connection = Broken(worker._connection)
    os.kill(process, signal.SIGKILL)
    assert worker.run(tell)[1] != process


def test_errors_of_tasks_come_back(worker: Worker[str]) -> None:
    """An error of a task leaves the process as it is; one that is not ours is told in one line."""
    process = worker.run(tell)[1]
    with pytest.raises(UsageError, match="wrong date"):
        worker.run(partial(fail, UsageError("wrong date")))
    with pytest.raises(TaskFailedError, match=r"^RuntimeError: two lines$"):
        worker.run(partial(fail, RuntimeError("two\nlines")))
    assert worker.run(tell)[1] == process


def test_a_task_has_a_time_limit(worker: Worker[str], tmp_path: Path) -> None:
    """A task over its limit is ended with its process."""
    with pytest.raises(TimeoutError, match=r"not done after 0\.1 s"):
        worker.run(partial(wait, tmp_path / "begun"), timeout=0.1)
    assert not worker.running
    assert worker.run(tell)[0] == "loaded"


def test_a_worker_is_closed_in_the_middle(worker: Worker[str], tmp_path: Path) -> None:
    """Closing from another thread ends the process and the task, and no process is started again."""
    begun, raised = tmp_path / "begun", []

    def work() -> None:
        try:
            worker.run(partial(wait, begun))
        except WorkerDiedError as error:
            raised.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    end = time.monotonic() + 60
    while not begun.exists():
        assert time.monotonic() < end
        time.sleep(0.01)
    worker.close()
    thread.join()
    assert len(raised) == 1
    with pytest.raises(WorkerDiedError, match="the worker is closed"):
        worker.run(tell)


@pytest.mark.parametrize(
    ("loader", "message"),
    [
        (no_model, "^no spaCy pipeline 'none'$"),
        (wrong, "^the extractor cannot be made: RuntimeError: no weights$"),
        (dead, r"3 workers in a row ended while they loaded the pipeline \(killed by SIGKILL\)"),
    ],
)
def test_an_extractor_that_cannot_be_loaded(loader: object, message: str) -> None:
    """What is wrong is said by the start, and no process is left."""
    worker = Worker(loader)
    with pytest.raises(ModelError, match=message):
        worker.start()
    assert not worker.running


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads a process from /proc")
def test_no_worker_hears_of_an_interrupt() -> None:
    """Ctrl-C is held from a worker before its first line runs, in the first of a process, too."""
    code = (
        "from quotes.workers import Worker; worker = Worker(dict); worker.start();"
        "print(open(f'/proc/{worker.process_id}/status').read()); worker.close()"
    )
    status = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    held = next(line.split()[1] for line in status.splitlines() if line.startswith("SigBlk:"))
    assert int(held, 16) & 1 << (signal.SIGINT - 1)
