"""Worker processes on this machine, and what happens when one dies.

A worker loads the extractor once and then turns one record batch after the
other into statements. It can die: out of memory, a crash in a library. The
batch it was at is tried once more; when that kills a worker too, its documents
are tried one by one, and only the one that kills a worker again is given up.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import connection as connections
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, Any

from quotes.corpus.arrow import batch_from_bytes, batch_to_bytes, no_statements
from quotes.corpus.batches import Batch
from quotes.corpus.settings import Settings, load_extractor
from quotes.corpus.transform import BadDocument, describe, statements_of_batch
from quotes.errors import ModelError, QuotesError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    import pyarrow as pa

RETIREMENT = 20_000
"""Documents after which a worker is replaced: the pipeline remembers every new word it sees, for ever."""
_MOST_FAILED_STARTS = 3


@dataclass(frozen=True, slots=True)
class Finished:
    """What a batch gave.

    Attributes:
        number: Of the batch.
        documents: Its documents, the bad ones included.
        size: Bytes of the archive that it takes.
        statements: Its statements, as one or more record batches in order.
        bad: Its bad documents, with their places in the batch.
    """

    number: int
    documents: int
    size: float
    statements: tuple[pa.RecordBatch, ...]
    bad: tuple[BadDocument, ...]


def finished(batch: Batch, statements: Sequence[pa.RecordBatch], bad: Sequence[BadDocument]) -> Finished:
    """Return what a batch gave, what could not be read in it included."""
    return Finished(
        number=batch.number,
        documents=len(batch),
        size=batch.size,
        statements=tuple(statements) or (no_statements(),),
        bad=(*batch.unreadable, *bad),
    )


def finished_batches(
    batches: Iterator[Batch], settings: Settings, workers: int
) -> Generator[Finished, None, None]:
    """Yield what each batch gives, in the order in which they get done.

    Args:
        batches: Read only as fast as they are worked on.
        settings: Of the extractor.
        workers: Number of processes.

    Raises:
        QuotesError: The extractor cannot be loaded.
    """
    crew = _Crew(batches, settings, workers)
    try:
        yield from crew.work()
    finally:
        crew.stop()


@dataclass(slots=True)
class _Task:
    """A batch, or one document of it, on its way to a worker."""

    work: _Work
    first: int
    count: int
    tries: int = 0


@dataclass(slots=True)
class _Work:
    """A batch and what is known of it so far; ``open`` counts its unfinished tasks."""

    batch: Batch
    documents: pa.RecordBatch
    open: int = 1
    statements: dict[int, pa.RecordBatch] = field(default_factory=dict)
    bad: list[BadDocument] = field(default_factory=list)


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection[Any, Any]
    ready: bool = False
    task: _Task | None = None
    documents: int = 0


class _Crew:
    """The worker processes of a run."""

    def __init__(self, batches: Iterator[Batch], settings: Settings, size: int) -> None:
        self._batches = batches
        self._settings = settings
        self._size = size
        self._workers: list[_Worker] = []
        self._waiting: deque[_Task] = deque()
        self._done: deque[Finished] = deque()
        self._failed_starts = 0
        self._exhausted = False

    def work(self) -> Iterator[Finished]:
        """Yield what is finished until nothing is left."""
        while True:
            self._read_ahead()
            self._hand_out()
            while self._done:
                yield self._done.popleft()
            if not self._waiting and not any(worker.task for worker in self._workers):
                if self._exhausted:
                    return
                continue
            listened = {
                worker.connection: worker for worker in self._workers if worker.task or not worker.ready
            }
            for ready in connections.wait(list(listened)):
                self._hear(listened[ready])  # type: ignore[index]

    def stop(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.connection.close()
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()

    def _read_ahead(self) -> None:
        """Have a batch at hand for every worker, so that none waits for the reading."""
        while not self._exhausted and not self._done and len(self._waiting) < self._size:
            batch = next(self._batches, None)
            if batch is None:
                self._exhausted = True
            elif batch.documents:
                work = _Work(batch, batch.arrow())
                self._waiting.append(_Task(work, 0, work.documents.num_rows))
            else:
                self._done.append(finished(batch, (), ()))

    def _hand_out(self) -> None:
        wanted = sum(worker.task is not None for worker in self._workers) + len(self._waiting)
        while len(self._workers) < min(self._size, wanted):
            self._workers.append(_start(self._settings))
        for worker in [each for each in self._workers if each.ready and each.task is None]:
            if not self._waiting:
                return
            worker.task = self._waiting.popleft()
            try:
                documents = worker.task.work.documents.slice(worker.task.first, worker.task.count)
                worker.connection.send_bytes(batch_to_bytes(documents))
            except OSError:
                self._lose(worker)

    def _hear(self, worker: _Worker) -> None:
        try:
            message = worker.connection.recv()
        except (EOFError, OSError):
            self._lose(worker)
            return
        if isinstance(message, QuotesError):
            raise message
        if not worker.ready:
            worker.ready, self._failed_starts = True, 0
            return
        task, worker.task = worker.task, None
        assert task is not None
        data, bad = message
        self._finish(task, batch_from_bytes(data), bad)
        worker.documents += task.count
        if worker.documents >= RETIREMENT:
            self._dismiss(worker)

    def _finish(self, task: _Task, statements: pa.RecordBatch | None, bad: list[BadDocument]) -> None:
        work = task.work
        work.open -= 1
        if statements is not None:
            work.statements[task.first] = statements
        for each in bad:
            placed = BadDocument(task.first + each.position, each.id, each.path, each.reason)
            work.bad.append(work.batch.in_place(placed))
        if work.open:
            return
        found = tuple(work.statements[first] for first in sorted(work.statements))
        self._done.append(finished(work.batch, found, work.bad))

    def _lose(self, worker: _Worker) -> None:
        """Bury a dead worker and decide about what it was at."""
        code = self._dismiss(worker)
        task = worker.task
        if task is None:
            self._failed_starts += 1
            if self._failed_starts >= _MOST_FAILED_STARTS:
                raise ModelError(
                    f"{self._failed_starts} workers in a row ended while they loaded the pipeline "
                    f"({_ending(code)}); is there memory enough for that many --workers?"
                )
        elif task.tries == 0 and task.count == task.work.documents.num_rows:
            task.tries = 1
            self._waiting.appendleft(task)
        elif task.count > 1:
            task.work.open += task.count - 1
            singles = [_Task(task.work, first, 1, tries=1) for first in range(task.count)]
            self._waiting.extendleft(reversed(singles))
        else:
            _, document = task.work.batch.documents[task.first]
            reason = f"the worker process died on it, again and again ({_ending(code)})"
            self._finish(task, None, [BadDocument(0, document.id, document.path, reason)])

    def _dismiss(self, worker: _Worker) -> int | None:
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join(timeout=10)
        if worker.process.exitcode is None:
            worker.process.kill()
            worker.process.join()
        return worker.process.exitcode


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        with suppress(ValueError):
            return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"


def _start(settings: Settings) -> _Worker:
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, settings), daemon=True, name="quotes-worker")
    with _interrupts_held():
        process.start()
    there.close()  # so that the end of the worker is the end of the pipe
    return _Worker(process, here)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let a process that is started now not hear of Ctrl-C, which is for the parent: it ends its workers."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection[Any, Any], settings: Settings) -> None:
    """Work until the pipe or the parent ends: the life of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    for library in ("OMP", "OPENBLAS", "MKL"):  # the processes are the parallelism
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    try:
        extractor = load_extractor(settings)
    except QuotesError as error:
        connection.send(error)
        return
    except Exception as error:  # the parent says it, in one line
        connection.send(ModelError(f"{settings.factory} cannot make an extractor: {describe(error)}"))
        return
    with suppress(EOFError, OSError):
        connection.send("ready")
        while True:
            documents = batch_from_bytes(connection.recv_bytes())
            bad: list[BadDocument] = []
            statements = statements_of_batch(documents, extractor, on_bad=bad.append)
            connection.send((batch_to_bytes(statements), bad))


def _end_with_parent() -> None:
    """End this process when its parent is gone: a killed run leaves nobody at work."""
    parent = parent_process()
    if parent is not None:
        connections.wait([parent.sentinel])
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
