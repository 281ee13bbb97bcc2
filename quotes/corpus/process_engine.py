"""A corpus run on processes of this machine, and what happens when one dies.

A worker can die: out of memory, a crash in a library. The batch it was at is
tried once more; when that kills a worker too, its documents are tried one by
one, and only those that kill a worker again are given up.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from queue import SimpleQueue

from quotes.corpus.records import Batch, BatchResult
from quotes.corpus.settings import DocumentExtractor, Settings, load_extractor
from quotes.corpus.transform import assembled, extract_batch
from quotes.workers import Worker, WorkerDiedError

RETIREMENT = 20_000
"""Documents after which a worker is replaced: the pipeline remembers every new word it sees, for ever."""


def results_of_processes(
    batches: Iterator[Batch], settings: Settings, workers: int
) -> Generator[BatchResult, None, None]:
    """Yield what each batch gives, in the order in which they get done.

    Args:
        batches: Read only as fast as they are worked on.
        settings: Of the extractor.
        workers: Number of processes.

    Raises:
        QuotesError: The extractor cannot be loaded.
    """
    crew = [Worker(partial(load_extractor, settings)) for _ in range(workers)]
    free: SimpleQueue[Worker[DocumentExtractor]] = SimpleQueue()
    for worker in crew:
        free.put(worker)

    def result_of(batch: Batch) -> BatchResult:
        worker = free.get()
        try:
            return _result(worker, batch)
        finally:
            free.put(worker)

    threads = ThreadPoolExecutor(workers)  # one waits for each worker
    pending: set[Future[BatchResult]] = set()
    try:
        for batch in batches:
            pending.add(threads.submit(result_of, batch))
            while len(pending) > workers:  # one batch is at hand, so that no worker waits for the reading
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                yield from (each.result() for each in done)
        while pending:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            yield from (each.result() for each in done)
    finally:
        for worker in crew:
            worker.close()
        threads.shutdown(cancel_futures=True)


def _result(worker: Worker[DocumentExtractor], batch: Batch) -> BatchResult:
    if not batch.documents:
        return assembled(batch, {}, {})
    if worker.work_done >= RETIREMENT:
        worker.stop()
    try:
        result = worker.run(partial(extract_batch, batch))
    except WorkerDiedError:
        return _one_by_one(worker, batch)
    worker.work_done += len(batch.documents)
    return result


def _one_by_one(worker: Worker[DocumentExtractor], batch: Batch) -> BatchResult:
    results, reasons = {}, {}
    for single in batch.singles():
        try:
            results[single.number] = worker.run(partial(extract_batch, single))
        except WorkerDiedError as error:
            reasons[single.number] = f"the worker process died on it, again and again ({error})"
    return assembled(batch, results, reasons)
