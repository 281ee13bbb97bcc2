"""A worker process: it loads an extractor once and does one task at a time, for the service and for archives.

Pools of other libraries were tried first. One whose worker dies breaks as a
whole (`concurrent.futures`, loky), or breaks when an idle worker dies and hides
why a worker cannot load (Pebble). One process behind one pipe needs neither
locks nor threads of its own: its end is the end of the pipe, and only the task
that it was at is concerned.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import connection as connections
from multiprocessing import get_context, parent_process, resource_tracker
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from quotes.errors import ModelError, QuotesError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

logger = logging.getLogger("quotes.workers")
Extractor = TypeVar("Extractor")
Result = TypeVar("Result")

START_LIMIT = 300.0
"""Seconds in which a worker must have loaded its extractor."""
TRIES = 2
"""How often a task is tried whose worker dies."""
STARTS = 3
"""How often a worker is started that dies while it loads."""


class WorkerDiedError(Exception):
    """The process ended in the middle of a task, at each try; the message says how."""


class TaskFailedError(Exception):
    """A task raised something that is no `QuotesError`; the message names it."""


class Worker(Generic[Extractor]):
    """One process, started when it is needed and started again when it has ended.

    ``load``, importable there, makes the extractor inside of the process, which
    is replaced after so many tasks.
    """

    def __init__(self, load: Callable[[], Extractor], *, max_tasks: int | None = None) -> None:
        self._load = load
        self._max_tasks = max_tasks
        self._tasks = 0
        self._process: SpawnProcess | None = None
        self._connection: Connection[Any, Any]  # to the process that there is, or was
        self._closed = False
        self._lock = threading.Lock()  # `close` may come from another thread than the one at work

    @property
    def process_id(self) -> int | None:
        """Id of the process; None while there is none."""
        process = self._process
        return None if process is None else process.pid

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        process = self._process
        return process is not None and process.is_alive()

    def start(self) -> None:
        """Start the process and wait until the extractor is loaded.

        Raises:
            QuotesError: What the loading raised.
            ModelError: The process died while it loaded, several times, or took too long.
        """
        for _ in range(STARTS):
            self._spawn()
            try:
                self._receive(START_LIMIT)
                return
            except WorkerDiedError as error:
                ending = error
            except (QuotesError, TaskFailedError, TimeoutError) as error:
                self.stop()
                if isinstance(error, QuotesError):
                    raise
                raise ModelError(f"the extractor cannot be made: {error}") from error
        raise ModelError(
            f"{STARTS} workers in a row ended while they loaded the pipeline ({ending}); "
            "is there memory enough for that many --workers?"
        )

    def run(self, task: Callable[[Extractor], Result], timeout: float | None = None) -> Result:
        """Have the process do a task, which is tried once more when the process dies.

        The task and what it returns are sent through a pipe. The timeout is the
        seconds that a try may take before the process is ended.

        Raises:
            QuotesError: What the task raised, or why no process can be started.
            TaskFailedError: The task raised something else.
            WorkerDiedError: The process died at each try, or the worker was closed.
            TimeoutError: It took too long.
        """
        if self._max_tasks is not None and self._tasks >= self._max_tasks:
            self.stop()
        self._tasks += 1
        for _ in range(TRIES):
            if not self.running:
                self.start()
            try:
                with suppress(OSError):  # it has just died, as receiving will tell
                    self._connection.send(task)
                return cast(Result, self._receive(timeout))
            except WorkerDiedError as error:
                ending = error
                logger.warning("a worker process ended in the middle of a task (%s)", error)
            except TimeoutError:
                logger.warning("a worker process was ended after %g s at one task", timeout)
                self.stop()
                raise
        raise WorkerDiedError(f"the worker process died on it, again and again ({ending})")

    def stop(self) -> None:
        """End the process; the next task starts another one."""
        self._end(kill=True)

    def close(self) -> None:
        """End the process for good; a task it is at in another thread raises `WorkerDiedError`."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()
                self._process.join()
                self._process = None

    def _spawn(self) -> None:
        self.stop()
        context = get_context("spawn")  # a fresh interpreter: the threads of a server must not be forked
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self._load), daemon=True, name="quotes-worker")
        with self._lock:
            if self._closed:
                raise WorkerDiedError("the worker is closed")
            with _interrupts_held():
                process.start()
            self._process, self._connection, self._tasks = process, ours, 0
        theirs.close()  # so that the end of the process is the end of the pipe

    def _receive(self, timeout: float | None) -> Any:
        try:
            answered = self._connection.poll(timeout)
            answer, error = self._connection.recv() if answered else (None, None)
        except (EOFError, OSError) as gone:  # an OSError in the middle of an answer
            raise WorkerDiedError(_ending(self._end())) from gone
        if not answered:
            raise TimeoutError(f"not done after {timeout:g} s")
        if error is not None:
            raise error
        return answer

    def _end(self, *, kill: bool = False) -> int | None:
        """Be done with a process and its pipe; return its exit code."""
        with self._lock:
            process, self._process = self._process, None
            if process is None:
                return None
            self._connection.close()
            if not kill:
                process.join(timeout=10)
            process.kill()
            process.join()
            return process.exitcode


def describe(error: BaseException) -> str:
    """Return one line on an error."""
    reason = " ".join(str(error).split())
    return reason if isinstance(error, QuotesError) else f"{type(error).__name__}: {reason or 'no message'}"


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        with suppress(ValueError):
            return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let a process that is started now not hear of Ctrl-C, which is for the parent: it ends its workers."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # it starts with the first process, and lets interrupts through afterwards
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(connection: Connection[Any, Any], load: Callable[[], Extractor]) -> None:
    """Do tasks until the pipe or the parent ends: the life of a worker's process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    for library in ("OMP", "OPENBLAS", "MKL"):  # the processes are the parallelism
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    loaded, error = _attempt(load)
    with suppress(EOFError, OSError):
        connection.send((None, error))
        while error is None:
            connection.send(_attempt(partial(connection.recv(), loaded)))


def _attempt(task: Callable[[], Result]) -> tuple[Result | None, Exception | None]:
    """Return what a task gives, and what it raises: one bad text must not end the worker."""
    try:
        return task(), None
    except QuotesError as error:
        return None, error
    except MemoryError:  # nobody knows what it left half done
        end_now()
        raise
    except Exception as error:
        return None, TaskFailedError(describe(error))


def _end_with_parent() -> None:
    """End this process when its parent is gone: a killed run leaves nobody at work."""
    parent = parent_process()
    if parent is not None:
        connections.wait([parent.sentinel])
        end_now()


def end_now() -> None:
    """End this process at once, as the system does one that takes too much memory."""
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
