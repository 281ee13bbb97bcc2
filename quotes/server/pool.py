"""Gives each request a worker, or says that there is none."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from quotes.errors import QuotesError, UsageError
from quotes.workers import Worker, WorkerDiedError

if TYPE_CHECKING:
    from quotes.extractor import Extractor

    Job = Callable[[Extractor], str]

Result = TypeVar("Result")


SLOWEST = 5_000
"""Bytes of ordinary news a second that are extracted at least, on a slow machine that does other work too."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may take.

    Attributes:
        max_bytes: Largest body of a request; more is refused with 413.
        timeout: Seconds in which a body must arrive (else 408), that a request
            waits for a free worker (else 503), and that its extraction takes
            (else 504).
        queue: Requests that may wait; more are refused with 503 at once.

    Raises:
        UsageError: One of them is not positive.
    """

    max_bytes: int = 200_000
    timeout: float = 40.0
    queue: int = 200

    def __post_init__(self) -> None:
        for name in ("max_bytes", "timeout", "queue"):
            if not getattr(self, name) > 0:
                option = name.replace("_", "-")
                raise UsageError(f"--{option} {getattr(self, name)} is not above 0; give a larger number")


def fitting_timeout(max_bytes: int) -> float:
    """Return the seconds in which ordinary news of so many bytes is surely extracted."""
    return max(40.0, max_bytes / SLOWEST)


def load_extractor(model: str | None = None, quality: str = "fast", provider: str | None = None) -> Extractor:
    """Return the extractor of a worker; it gives every attitude, so that a request can choose."""
    from quotes.extractor import Extractor
    from quotes.syntax.pipeline import DEFAULT_MODEL

    return Extractor(model or DEFAULT_MODEL, attitudes="all", quality=quality, provider=provider)


class BusyError(Exception):
    """No worker is free in time."""


class WorkerPool:
    """Workers that requests share; ``make_extractor`` is called in the process of each."""

    def __init__(
        self, make_extractor: Callable[[], Extractor], *, workers: int = 1, limits: Limits | None = None
    ) -> None:
        self.limits = limits or Limits()
        self.workers = tuple(Worker(make_extractor) for _ in range(workers))
        self.waiting = 0
        self._free: asyncio.Queue[Worker[Extractor]] = asyncio.Queue()
        self._threads = ThreadPoolExecutor(workers, "quotes-pool")  # one waits for each worker
        self._tasks: set[asyncio.Task[object]] = set()

    def start(self) -> None:
        """Start the workers and wait until each has loaded its pipeline.

        Raises:
            QuotesError: The pipeline cannot be loaded.
        """
        try:
            for worker in self.workers:
                worker.start()
                self._free.put_nowait(worker)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the workers."""
        for worker in self.workers:
            worker.close()

    async def run(self, job: Job) -> str:
        """Return what a job makes, as soon as a worker is free.

        Raises:
            BusyError: Too many requests wait already, or no worker got free in time.
            QuotesError: The job itself makes no sense, or no worker can be started (`ModelError`).
            TaskFailedError: A fault in the job.
            TimeoutError: It took too long and was stopped.
            WorkerDiedError: Its process ended, and so did the one that tried again.
        """
        worker = await self._take()
        # A client that goes away must not take the worker with it.
        return await asyncio.shield(self._in_background(self._use(worker, job)))

    async def _take(self) -> Worker[Extractor]:
        if self._free.empty() and self.waiting >= self.limits.queue:
            raise BusyError(f"{self.waiting} requests wait already")
        self.waiting += 1
        try:
            return await asyncio.wait_for(self._free.get(), self.limits.timeout)
        except TimeoutError as error:
            raise BusyError(f"no worker was free for {self.limits.timeout:g} s") from error
        finally:
            self.waiting -= 1

    async def _use(self, worker: Worker[Extractor], job: Job) -> str:
        try:
            return await self._in_thread(worker.run, job, self.limits.timeout)
        finally:  # the answer need not wait for a new process
            self._in_background(self._give_back(worker))

    async def _give_back(self, worker: Worker[Extractor]) -> None:
        if not worker.running:
            with suppress(QuotesError, WorkerDiedError, OSError):  # the next job tries again, and says why
                await self._in_thread(worker.start)
        self._free.put_nowait(worker)

    def _in_thread(self, work: Callable[..., Result], *arguments: object) -> Awaitable[Result]:
        return asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)

    def _in_background(self, work: Coroutine[None, None, Result]) -> asyncio.Task[Result]:
        task = asyncio.create_task(work)
        self._tasks.add(task)  # the loop alone would not keep it
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[object]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # which nobody hears of when the client went away
