"""The same run on Ray Data, from a cluster on one machine to a real one.

One task streams the archive, on the machine where the run was started, which
alone has to see its files. Each batch goes to an actor that has loaded its
pipeline once; what it gives comes back to the run, which keeps it as it keeps
what its own processes give. Ray starts actors that died again and tries their
batch again; a batch that is still lost then is tried document by document.
"""

from __future__ import annotations

import logging
import os
import pickle
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.corpus.readers import Archive
from quotes.corpus.records import Batch, BatchResult, batches
from quotes.corpus.settings import Settings, load_extractor
from quotes.corpus.transform import assembled, extract_batch

if TYPE_CHECKING:
    import pyarrow as pa

    BatchSource = Callable[[], Iterable[Batch]]

_ROUNDS = 2
"""How often a document is tried alone before it is given up."""
_OBJECT_STORE = 256 * 1024 * 1024
"""Bytes for batches on their way, on a cluster of this machine."""


def results_of_ray(
    archive: Archive,
    batch_documents: int,
    unfinished: tuple[int, ...],
    settings: Settings,
    workers: int,
    address: str | None,
) -> Generator[BatchResult, None, None]:
    """Yield what each unfinished batch gives, in the order in which they get done.

    Args:
        archive: What to read.
        batch_documents: Most documents of a batch.
        unfinished: Numbers of the batches to work on.
        settings: Of the extractor.
        workers: Number of actors.
        address: Of the cluster, as "auto" or "ray://host:10001"; None starts
            one on this machine, unless there is one that this process is in.
    """
    load_extractor(settings)  # what is wrong with it is said here, in one line, and not by an actor
    wanted, place = frozenset(unfinished), Path.cwd()

    def selected() -> Iterator[Batch]:
        os.chdir(place)  # the names of the inputs may be relative, and a task begins elsewhere
        return (batch for batch in batches(archive.records(), batch_documents) if batch.number in wanted)

    with _cluster(address, workers):
        lost = set(unfinished)
        for result in _results(selected, settings, workers):
            lost.discard(result.number)
            yield result
        for batch in selected() if lost else ():
            if batch.number in lost:
                yield _one_by_one(batch, settings)


def _one_by_one(batch: Batch, settings: Settings) -> BatchResult:
    """Return what a batch gives whose actor died on it: only the guilty document is lost."""
    results: dict[int, BatchResult] = {}
    for _ in range(_ROUNDS):
        singles = [single for single in batch.singles() if single.number not in results]
        if singles:
            # One actor with one document at a time: a death takes nothing innocent along.
            found = _results(partial(list, singles), settings, workers=1, at_once=1)
            results |= {result.number: result for result in found}
    reason = "the Ray actor died on it, again and again"
    return assembled(batch, results, {position: reason for position, _ in batch.documents})


@contextmanager
def _cluster(address: str | None, workers: int) -> Iterator[None]:
    """Be in a cluster; one that is started here ends here."""
    import ray

    if ray.is_initialized():
        yield
        return
    quiet = {"log_to_driver": False, "logging_level": logging.CRITICAL}
    if address is None:
        # A processor for the reading besides those of the actors: on a small machine they share.
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nobody was asked
        ray.init(
            address="local",
            num_cpus=workers + 1,
            include_dashboard=False,
            object_store_memory=_OBJECT_STORE,
            **quiet,
        )
    else:
        ray.init(address=address, **quiet)
    try:
        yield
    finally:
        ray.shutdown()


def _results(
    source: BatchSource, settings: Settings, workers: int, at_once: int = 2
) -> Iterator[BatchResult]:
    """Stream batches through a pool of actors."""
    import ray

    with _quiet_streaming():
        with warnings.catch_warnings():
            # Ray has no other way yet to say how often an actor's work is tried again.
            warnings.filterwarnings("ignore", message="`ray_remote_args` is deprecated")
            results = ray.data.read_datasource(
                _datasource(source),
                override_num_blocks=1,
                label_selector={"ray.io/node-id": ray.get_runtime_context().get_node_id()},
            ).map_batches(
                _Actor,
                fn_constructor_args=(settings,),
                batch_size=1,
                batch_format="pyarrow",
                compute=ray.data.ActorPoolStrategy(size=workers, max_tasks_in_flight_per_actor=at_once),
                max_task_retries=1,
            )
        for table in results.iter_batches(batch_size=1, batch_format="pyarrow", prefetch_batches=0):
            for packed in table.column("result").to_pylist():
                result = pickle.loads(packed)
                assert isinstance(result, BatchResult)
                yield result


@contextmanager
def _quiet_streaming() -> Iterator[None]:
    """Have Ray Data hand out one batch at a time, go on when one is lost, and say nothing of it."""
    import ray

    context = ray.data.DataContext.get_current()
    wanted: dict[str, object] = {
        "target_max_block_size": 1,  # a batch a block, so that the actors share them
        "max_errored_blocks": -1,  # a lost batch is found missing at the end and tried again
        "enable_progress_bars": False,
    }
    before = {name: getattr(context, name) for name in wanted}
    log = logging.getLogger("ray.data")
    level = log.level
    for name, value in wanted.items():
        setattr(context, name, value)
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(level)
        for name, value in before.items():
            setattr(context, name, value)


def _datasource(source: BatchSource) -> Any:
    """Return a Ray source that reads the archive once, from its beginning to its end, as it is asked for."""
    import pyarrow as pa
    from ray.data import Datasource, ReadTask
    from ray.data.block import BlockMetadata

    def blocks() -> Iterator[pa.Table]:
        for batch in source():
            yield pa.table({"batch": [pickle.dumps(batch)]})

    class BatchesOfArchive(Datasource):  # type: ignore[misc]
        """The batches, a row each."""

        def estimate_inmemory_data_size(self) -> int | None:
            return None

        def get_read_tasks(self, *_: object, **__: object) -> list[ReadTask]:
            unknown = BlockMetadata(num_rows=None, size_bytes=None, input_files=None, exec_stats=None)
            return [ReadTask(blocks, unknown)]

    return BatchesOfArchive()


class _Actor:
    """Holds one loaded pipeline and turns batches into statements."""

    def __init__(self, settings: Settings) -> None:
        self._extractor = load_extractor(settings)

    def __call__(self, rows: pa.Table) -> pa.Table:
        import pyarrow as pa

        found = (extract_batch(pickle.loads(each), self._extractor) for each in rows["batch"].to_pylist())
        return pa.table({"result": [pickle.dumps(result) for result in found]})
