"""A corpus run: an archive in, a table of statements out, whatever happens in between."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from quotes import __version__
from quotes.corpus.arrow import require_arrow, statement_schema
from quotes.corpus.checkpoint import WorkFolder, digest_of_folder
from quotes.corpus.engine import BatchWorker, results
from quotes.corpus.outputs import check_output, errors_path, write_errors, write_output
from quotes.corpus.readers import Archive
from quotes.corpus.records import BATCH_DOCUMENTS, BadDocument, Batch, BatchResult, batches
from quotes.corpus.settings import Settings, load_extractor
from quotes.errors import OutputError, UsageError
from quotes.extras import require
from quotes.files import DOCUMENT_SECONDS
from quotes.workers import Worker

logger = logging.getLogger("quotes.corpus")
ENGINES = ("processes", "ray")
RETIREMENT = 20_000
"""Documents after which a process is replaced: the pipeline remembers every new word it sees, for ever."""


@dataclass(frozen=True, slots=True)
class CorpusRun:
    """All that a corpus run is told.

    Attributes:
        archive: What to read.
        output: The table to write: ``.parquet``, ``.jsonl`` or ``.duckdb``.
        settings: How statements are found.
        workers: Processes, or Ray actors, with a pipeline each.
        engine: "processes" on this machine, or "ray".
        ray_address: The Ray cluster; None for one on this machine.
        batch_documents: Most documents of a batch.
        document_seconds: What a document may take; one that takes longer is a bad one.
        restart: Whether to throw away the unfinished work of an earlier run.
    """

    archive: Archive
    output: Path
    settings: Settings = field(default_factory=Settings)
    workers: int = 1
    engine: str = "processes"
    ray_address: str | None = None
    batch_documents: int = BATCH_DOCUMENTS
    document_seconds: float = DOCUMENT_SECONDS
    restart: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """What was done since the last report: a batch of so many bytes, perhaps by an earlier run.

    Attributes:
        size: Bytes of the archive that it takes.
        documents: Its documents, the bad ones included.
        resumed: Whether an earlier run had done it.
        statements: What was found in it.
        bad: Those of its documents with which something is wrong.
    """

    size: float
    documents: int
    resumed: bool
    statements: int = 0
    bad: tuple[BadDocument, ...] = ()


@dataclass(slots=True)
class Summary:
    """What a run has done.

    Attributes:
        documents: Documents of the archive, the bad ones included.
        resumed: How many of them an earlier run had done.
        statements: Statements in the output.
        bad: Documents that gave none because something is wrong with them.
        doubtful: Documents that do not read as English; what was found in them is given nevertheless.
        errors: The file that lists both, None when there are none.
        seconds: What this run took.
    """

    documents: int = 0
    resumed: int = 0
    statements: int = 0
    bad: int = 0
    doubtful: int = 0
    errors: Path | None = None
    seconds: float = 0.0


def run_corpus(run: CorpusRun, on_progress: Callable[[Progress], None] | None = None) -> Summary:
    """Extract the statements of an archive; ``on_progress`` is called for each batch that is done.

    Killed at any moment and called again with the same run, it goes on where
    it was; the output is the same as that of an undisturbed run.

    Raises:
        UsageError: An option makes no sense, an extra is not installed, or
            unfinished work of another command is in the way.
        InputError: An input cannot be read.
        ModelError: The pipeline cannot be loaded.
        OutputError: The output cannot be written.
    """
    begun = time.perf_counter()
    _check(run)
    folder = WorkFolder(_work_path(run.output))
    with folder.opened(_made_from(run), restart=run.restart):
        work = _Work(run, folder, on_progress or (lambda _: None))
        work.finish()
        summary = work.summary
        errors = errors_path(run.output)
        listed = (bad for result in work.results() for bad in result.bad)
        summary.bad, summary.doubtful = write_errors(errors, listed)
        summary.errors = errors if summary.bad or summary.doubtful else None
        write_output(run.output, (result.statements for result in work.results()))
        folder.remove()
    summary.seconds = time.perf_counter() - begun
    return summary


@dataclass(slots=True)
class _Work:
    """Finishes the batches of a run that are not finished yet, and counts."""

    run: CorpusRun
    folder: WorkFolder
    report: Callable[[Progress], None]
    batches: int = 0
    summary: Summary = field(default_factory=Summary)
    digests: dict[int, str] = field(default_factory=dict)
    """Of the batches that are at work."""

    def results(self) -> Iterator[BatchResult]:
        """Yield what every batch gave, in order."""
        for number in range(self.batches):
            result = self.folder.read(number)
            if result is None:
                raise OutputError(f"{self.folder.path} was changed during the run; start it again")
            yield result

    def finish(self) -> None:
        """Work until every batch of the archive is in the work folder."""
        # closing ends the workers whatever happens
        with _workers(self.run) as workers, closing(self._results(workers)) as found:
            for result in found:
                self.folder.write(result, self.digests.pop(result.number))
                logger.info(
                    "batch %d: %d documents, %d statements, %d of the documents listed as bad or doubtful",
                    *(result.number, result.documents, result.statements.num_rows, len(result.bad)),
                )
                self._add(result, result.size, resumed=False)

    def _results(self, workers: list[BatchWorker]) -> Generator[BatchResult, None, None]:
        return results(self._unfinished(), workers, self.run.document_seconds)

    def _unfinished(self) -> Iterator[Batch]:
        """Yield the batches that no earlier run has finished."""
        for batch in batches(self.run.archive.records(packed=True), self.run.batch_documents):
            self.batches = batch.number + 1
            digest = batch.digest()
            earlier = self.folder.read(batch.number, digest)
            if earlier is None:
                self.digests[batch.number] = digest
                yield batch
            else:
                self._add(earlier, batch.size, resumed=True)

    def _add(self, result: BatchResult, size: float, *, resumed: bool) -> None:
        self.summary.documents += result.documents
        self.summary.statements += result.statements.num_rows
        self.summary.resumed += result.documents if resumed else 0
        self.report(Progress(size, result.documents, resumed, result.statements.num_rows, result.bad))


def _workers(run: CorpusRun) -> AbstractContextManager[list[BatchWorker]]:
    if run.engine == "processes":
        load, tasks = partial(load_extractor, run.settings), max(1, RETIREMENT // run.batch_documents)
        return nullcontext([Worker(load, max_tasks=tasks) for _ in range(run.workers)])
    from quotes.corpus.ray_engine import actors

    return actors(run.settings, run.workers, run.ray_address)


def _check(run: CorpusRun) -> None:
    require_arrow()
    if run.engine not in ENGINES:
        raise UsageError(f"no engine {run.engine!r}; choose from {', '.join(ENGINES)}")
    if run.engine == "ray":
        require("ray", "ray", "the engine 'ray'")
    if run.workers < 1 or run.batch_documents < 1:
        raise UsageError("there must be one worker and one document a batch at least")
    if not run.document_seconds > 0:
        raise UsageError(f"a document cannot be done in {run.document_seconds:g} s; give a number above 0")
    from quotes.extractor import checked_confidence

    checked_confidence(run.settings.min_confidence)
    check_output(run.output)
    run.archive.check()
    _refuse_inputs(run)


def _work_path(output: Path) -> Path:
    return output.with_name(output.name + ".parts")


def _refuse_inputs(run: CorpusRun) -> None:
    """Raise a `UsageError` when something that is read would be written."""
    folder = _work_path(run.output).resolve()
    written = [path for path in (run.output, errors_path(run.output)) if path.exists()]
    for name in run.archive.inputs:
        if Path(name).resolve().is_relative_to(folder):
            raise UsageError(f"{name} is in the work folder of this run, {folder}; give another output with -o")
    for path in run.archive.files() if written else ():
        for each in written:
            with suppress(OSError):  # a link to nothing
                if path.samefile(each):
                    raise UsageError(
                        f"{each}, which would be written, is one of the inputs; give another output with -o"
                    )


def _made_from(run: CorpusRun) -> dict[str, object]:
    """Return all that the batches' results depend on; not how they are made, as with how many workers."""
    attitudes = run.settings.attitudes
    return {
        "inputs": list(run.archive.inputs),  # what is in them, each batch knows by itself
        "columns": run.archive.columns.names(),
        "encoding": run.archive.encoding,
        "max_bytes": run.archive.max_bytes,
        "batch": run.batch_documents,
        "document_seconds": run.document_seconds,
        "model": [run.settings.model, _pipeline_digest(run.settings.model)],
        "attitudes": list(attitudes) if isinstance(attitudes, tuple) else attitudes,
        "min_confidence": run.settings.min_confidence,
        "quality": run.settings.quality,
        "provider": run.settings.provider,
        "factory": run.settings.factory,
        "schema": str(statement_schema()),
        # the package's code, word lists and weights: a version alone may have been edited
        "quotes": [__version__, digest_of_folder(Path(__file__).parents[1])],
    }


def _pipeline_digest(model: str) -> str | None:
    """Return a digest of a spaCy pipeline's files, without loading it; None when it is not there."""
    folder = Path(model)
    if not folder.is_dir():
        try:
            spec = find_spec(model)
        except (ImportError, ValueError):
            return None
        if spec is None or spec.origin is None:
            return None
        folder = Path(spec.origin).parent
    return digest_of_folder(folder, read=".json")
