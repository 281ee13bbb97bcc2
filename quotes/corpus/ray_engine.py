"""Workers on a Ray cluster, of one machine or many, in place of processes of this machine.

The machine where the run was started reads the archive and writes the output.
Ray starts an actor that died again and tries its batch again.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from quotes.corpus.engine import BatchWorker
from quotes.corpus.settings import DocumentExtractor, Settings, load_extractor
from quotes.workers import Result, WorkerDiedError, end_now

_OBJECT_STORE = 256 * 1024 * 1024
"""Bytes for batches on their way, on a cluster of this machine."""


@contextmanager
def actors(settings: Settings, workers: int, address: str | None) -> Iterator[list[BatchWorker]]:
    """Be in a `cluster` and yield actors of it."""
    load_extractor(settings)  # what is wrong with it is said here, in one line, and not by an actor
    with cluster(workers, address):
        yield [_RayWorker(settings) for _ in range(workers)]


@contextmanager
def cluster(workers: int, address: str | None) -> Iterator[None]:
    """Be in a cluster; one that is started here ends here.

    The address is "auto" or "ray://host:10001"; None starts a cluster on this
    machine, unless there is one that this process is in.
    """
    import ray

    started = not ray.is_initialized()
    quiet = {"log_to_driver": False, "logging_level": logging.CRITICAL}
    if started and address is None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nobody was asked
        here = {"num_cpus": workers, "include_dashboard": False, "object_store_memory": _OBJECT_STORE}
        ray.init(address="local", **here, **quiet)  # on a small machine they share its processors
    elif started:
        ray.init(address=address, **quiet)
    try:
        yield
    finally:
        if started:
            ray.shutdown()


class _RayWorker:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._actor: Any = None

    def run(self, task: Callable[[DocumentExtractor], Result], timeout: float | None = None) -> Result:
        import ray

        if self._actor is None:
            # Started again however often it dies; the batch that it was at is tried once more.
            actor = ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=1)(_Actor)
            self._actor = actor.remote(self._settings)
        try:
            ray.get(self._actor.ready.remote())  # loading takes time that is not the task's
            result: Result = ray.get(self._actor.run.remote(task), timeout=timeout)
        except ray.exceptions.RayActorError as error:
            raise WorkerDiedError("the Ray actor died on it, again and again") from error
        except ray.exceptions.GetTimeoutError as error:
            self.close()
            raise TimeoutError(f"not done after {timeout:g} s") from error
        return result

    def close(self) -> None:
        import ray

        actor, self._actor = self._actor, None
        if actor is not None:
            ray.kill(actor)


class _Actor:
    """What is in the process of the cluster."""

    def __init__(self, settings: Settings) -> None:
        self._extractor = load_extractor(settings)

    def ready(self) -> None:
        pass

    def run(self, task: Callable[[DocumentExtractor], Result]) -> Result:
        try:
            return task(self._extractor)
        except MemoryError:  # as in a process of this machine: nobody knows what it left half done
            end_now()
            raise
