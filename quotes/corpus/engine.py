"""Has workers turn batches into results: processes of this machine or Ray actors, and what if one dies.

A worker can die: out of memory, a crash in a library. The batch it was at is
tried once more; when that kills a worker too, its documents are tried one by
one, and only those that kill a worker again are given up. So it is with a batch
that takes longer than a document may: only documents that do so alone are given up.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, as_completed, wait
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from functools import partial
from queue import SimpleQueue
from typing import Protocol

from quotes.corpus.arrow import joined
from quotes.corpus.records import BadDocument, Batch, BatchResult
from quotes.corpus.settings import DocumentExtractor
from quotes.corpus.transform import extract_batch
from quotes.workers import Result, WorkerDiedError


class BatchWorker(Protocol):
    """A process or an actor that has loaded an extractor; see `quotes.workers.Worker`."""

    def run(self, task: Callable[[DocumentExtractor], Result], timeout: float | None = None) -> Result:
        """Do a task; a `WorkerDiedError` says that it kills workers, a `TimeoutError` that it took too many seconds."""
        ...

    def close(self) -> None:
        """End it."""
        ...


def results(
    batches: Iterator[Batch], workers: Sequence[BatchWorker], document_seconds: float | None = None
) -> Generator[BatchResult, None, None]:
    """Yield what each batch gives, in the order in which they get done.

    Batches are read only as fast as they are worked on; the workers are ended
    at the end, however that comes. A document that takes too many seconds is a
    bad one. An extractor that cannot be loaded raises.
    """
    free: SimpleQueue[BatchWorker] = SimpleQueue()
    for worker in workers:
        free.put(worker)

    def result_of(batch: Batch) -> BatchResult:
        worker = free.get()
        try:
            if len(batch.documents) > 1:
                with suppress(WorkerDiedError, TimeoutError):
                    return worker.run(partial(extract_batch, batch), document_seconds)
            return _one_by_one(worker, batch, document_seconds)
        finally:
            free.put(worker)

    pending: set[Future[BatchResult]] = set()
    with ExitStack() as ending:
        threads = ThreadPoolExecutor(len(workers))  # one waits for each worker
        ending.callback(threads.shutdown, cancel_futures=True)
        for worker in workers:
            ending.enter_context(closing(worker))
        for batch in batches:
            pending.add(threads.submit(result_of, batch))
            while len(pending) > len(workers):  # a batch is at hand, so that no worker waits for the reading
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                yield from (each.result() for each in done)
        yield from (each.result() for each in as_completed(pending))


def _one_by_one(worker: BatchWorker, batch: Batch, seconds: float | None) -> BatchResult:
    statements, bad = [], []
    for position, document in enumerate(batch.documents):
        try:
            single = worker.run(partial(extract_batch, replace(batch, documents=(document,))), seconds)
        except WorkerDiedError as error:
            bad.append(BadDocument(position, document.id, document.path, str(error)))
        except TimeoutError:
            reason = f"not done after {seconds:g} s; --document-seconds changes the limit"
            bad.append(BadDocument(position, document.id, document.path, reason))
        else:
            statements.append(single.statements)
            bad += [replace(each, position=position) for each in single.bad]
    return BatchResult(batch.number, len(batch.documents), batch.size, joined(statements), tuple(bad))
