"""Processes that do the work: each loads the pipeline once and takes one job at a time."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from enum import Enum
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from quotes.errors import ModelError, QuotesError
from quotes.server.jobs import Job, MakeExtractor

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

START_LIMIT = 300.0
"""Seconds in which a worker must have loaded its pipeline."""


class Outcome(Enum):
    """How a job ended."""

    DONE = "done"
    REFUSED = "refused"
    """The job itself does not make sense; the text says why."""
    FAILED = "failed"
    """A fault; the text says which."""
    STOPPED = "stopped"
    """It took too long, and the worker was ended."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a job.

    Attributes:
        outcome: How it ended.
        text: What was made, or why nothing was.
    """

    outcome: Outcome
    text: str


class Worker:
    """One process that does jobs, started again when it has ended.

    Args:
        make_extractor: Makes the extractor inside of the process; it must be
            importable there.
    """

    def __init__(self, make_extractor: MakeExtractor) -> None:
        self._make_extractor = make_extractor
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None

    @property
    def process_id(self) -> int | None:
        """Id of the process; None while there is none."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Start the process and wait until the pipeline is loaded.

        Raises:
            ModelError: The pipeline cannot be loaded.
        """
        self.stop()
        # A fresh interpreter: the threads of a server must not be forked.
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs, self._make_extractor), daemon=True)
        process.start()
        theirs.close()
        self._process, self._connection = process, ours
        reply = _receive(ours, START_LIMIT)
        if reply.outcome is not Outcome.DONE:
            self.stop()
            raise ModelError(reply.text)

    def run(self, job: Job, timeout: float) -> Reply:
        """Do a job; when it takes too long the process is ended.

        Args:
            job: What to do.
            timeout: Seconds it may take.
        """
        try:
            if self._process is None or not self._process.is_alive():
                self.start()
            connection = self._connection
            assert connection is not None
            connection.send(job)
        except (ModelError, OSError) as error:
            self.stop()
            return Reply(Outcome.FAILED, str(error))
        reply = _receive(connection, timeout)
        if reply.outcome is Outcome.STOPPED:
            self.stop()
        return reply

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.is_alive()


def _receive(connection: Connection, timeout: float) -> Reply:
    try:
        if not connection.poll(timeout):
            return Reply(Outcome.STOPPED, f"not done after {timeout:g} s")
        reply = connection.recv()
    except (EOFError, OSError):
        return Reply(Outcome.FAILED, "the process that worked on it ended, perhaps for want of memory")
    assert isinstance(reply, Reply)
    return reply


def work(connection: Connection, make_extractor: MakeExtractor) -> None:
    """Do jobs until the other side closes the connection; the body of a worker's process."""
    # Ctrl-C reaches the whole group; the server ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        extractor = make_extractor()
    except QuotesError as error:
        connection.send(Reply(Outcome.REFUSED, str(error)))
        return
    connection.send(Reply(Outcome.DONE, "ready"))
    while True:
        try:
            job = connection.recv()
        except EOFError:
            return
        try:
            reply = Reply(Outcome.DONE, job.perform(extractor))
        except QuotesError as error:
            reply = Reply(Outcome.REFUSED, str(error))
        except Exception as error:  # one bad text must not end the worker
            reply = Reply(Outcome.FAILED, f"internal fault, {type(error).__name__}: {error}")
        connection.send(reply)
