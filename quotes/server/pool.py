"""Gives each request a worker, or says that there is none."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from quotes.errors import ModelError
from quotes.server.jobs import Job, MakeExtractor
from quotes.server.limits import Limits
from quotes.server.worker import Reply, Worker


class BusyError(Exception):
    """No worker is free in time."""


class WorkerPool:
    """Workers that requests share.

    Args:
        make_extractor: Makes the extractor in each worker's process.
        workers: How many there are.
        limits: How long a request waits and takes.
    """

    def __init__(
        self, make_extractor: MakeExtractor, *, workers: int = 1, limits: Limits | None = None
    ) -> None:
        self.limits = limits or Limits()
        self.workers = tuple(Worker(make_extractor) for _ in range(workers))
        self.waiting = 0
        self._closed = False
        self._free: asyncio.Queue[Worker] = asyncio.Queue()
        self._running: set[asyncio.Task[Reply]] = set()

    def start(self) -> None:
        """Start the workers and wait until each has loaded its pipeline.

        Raises:
            ModelError: The pipeline cannot be loaded.
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
        self._closed = True
        for worker in self.workers:
            worker.stop()

    async def run(self, job: Job) -> Reply:
        """Do a job as soon as a worker is free.

        Args:
            job: What to do.

        Raises:
            BusyError: Too many requests wait already, or no worker got free in time.
        """
        worker = await self._take()
        task = asyncio.create_task(self._use(worker, job))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        # A client that goes away must not take the worker with it.
        return await asyncio.shield(task)

    async def _take(self) -> Worker:
        if self._free.empty() and self.waiting >= self.limits.queue:
            raise BusyError(f"{self.waiting} requests wait already")
        self.waiting += 1
        try:
            return await asyncio.wait_for(self._free.get(), self.limits.timeout)
        except TimeoutError as error:
            raise BusyError(f"no worker was free for {self.limits.timeout:g} s") from error
        finally:
            self.waiting -= 1

    async def _use(self, worker: Worker, job: Job) -> Reply:
        try:
            reply = await asyncio.to_thread(worker.run, job, self.limits.timeout)
        except BaseException:
            self._free.put_nowait(worker)
            raise
        if worker.running or self._closed:
            self._free.put_nowait(worker)
        else:  # the answer need not wait for the new process
            restart = asyncio.create_task(self._restart(worker, reply))
            self._running.add(restart)
            restart.add_done_callback(self._running.discard)
        return reply

    async def _restart(self, worker: Worker, reply: Reply) -> Reply:
        with suppress(ModelError, OSError):  # the next job tries again, and says what is wrong
            await asyncio.to_thread(worker.start)
        self._free.put_nowait(worker)
        return reply
