"""A corpus run: an archive in, a table of statements out, whatever happens in between."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from quotes.corpus.arrow import statement_schema
from quotes.corpus.batches import BATCH_DOCUMENTS, Batch, batches
from quotes.corpus.checkpoint import Part, WorkFolder, digest_of_files
from quotes.corpus.extras import require, require_arrow
from quotes.corpus.outputs import check_output, errors_path, write_errors, write_output
from quotes.corpus.readers import Archive
from quotes.corpus.settings import Settings
from quotes.corpus.workers import Finished, finished_batches
from quotes.errors import UsageError
from quotes.files import text_files

ENGINES = ("processes", "ray")


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
        restart: Whether to throw away the unfinished work of an earlier run.
    """

    archive: Archive
    output: Path
    settings: Settings = field(default_factory=Settings)
    workers: int = 1
    engine: str = "processes"
    ray_address: str | None = None
    batch_documents: int = BATCH_DOCUMENTS
    restart: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run is.

    Attributes:
        size: Bytes of the archive that the documents took.
        documents: Their number.
        resumed: Whether an earlier run has done them.
    """

    size: float
    documents: int
    resumed: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run has done.

    Attributes:
        documents: Documents of the archive, the bad ones included.
        resumed: How many of them an earlier run had done.
        statements: Statements in the output.
        bad: Documents that gave none because something is wrong with them.
        errors: The file that lists those, None when there are none.
        seconds: What this run took.
    """

    documents: int
    resumed: int
    statements: int
    bad: int
    errors: Path | None
    seconds: float


def run_corpus(run: CorpusRun, on_progress: Callable[[Progress], None] | None = None) -> Summary:
    """Extract the statements of an archive.

    Killed at any moment and called again with the same run, it goes on where
    it was; the output is the same as that of an undisturbed run.

    Args:
        run: What to do.
        on_progress: Called for each batch that is done.

    Returns:
        The figures of the run.

    Raises:
        UsageError: An option makes no sense, an extra is not installed, or
            unfinished work of another command is in the way.
        InputError: An input cannot be read.
        ModelError: The pipeline cannot be loaded.
        OutputError: The output cannot be written.
    """
    begun = time.perf_counter()
    _check(run)
    folder = WorkFolder(run.output.with_name(run.output.name + ".parts"))
    with folder.opened(_made_from(run), restart=run.restart):
        work = _Work(run, folder, on_progress or _ignore)
        work.finish_batches()
        numbers = range(work.batches)
        errors = errors_path(run.output)
        bad = write_errors(errors, (each for number in numbers for each in folder.bad(number)))
        write_output(run.output, (batch for number in numbers for batch in folder.statements(number)))
        folder.remove()
    return Summary(
        documents=work.documents,
        resumed=work.resumed,
        statements=work.statements,
        bad=bad,
        errors=errors if bad else None,
        seconds=time.perf_counter() - begun,
    )


class _Work:
    """Finishes the batches of a run that are not finished yet, and counts."""

    def __init__(self, run: CorpusRun, folder: WorkFolder, report: Callable[[Progress], None]) -> None:
        self._run = run
        self._folder = folder
        self._report = report
        self.batches = 0
        self.documents = 0
        self.resumed = 0
        self.statements = 0

    def finish_batches(self) -> None:
        """Work until every batch of the archive has its part."""
        with closing(self._engine()) as results:  # which ends the workers whatever happens
            for each in results:
                part = self._folder.write(each.number, each.documents, each.statements, each.bad)
                self._count(part, each.size, resumed=False)

    def _engine(self) -> Generator[Finished, None, None]:
        run = self._run
        if run.engine == "processes":
            return finished_batches(self._unfinished(), run.settings, run.workers)
        from quotes.corpus.ray_engine import finished_on_ray

        unfinished = tuple(batch.number for batch in self._unfinished())
        return finished_on_ray(
            run.archive, run.batch_documents, unfinished, run.settings, run.workers, run.ray_address
        )

    def _unfinished(self) -> Iterator[Batch]:
        """Yield the batches that no earlier run has finished."""
        for batch in batches(self._run.archive, self._run.batch_documents):
            self.batches = batch.number + 1
            part = self._folder.part(batch.number)
            if part is None:
                yield batch
            else:
                self._count(part, batch.size, resumed=True)

    def _count(self, part: Part, size: float, *, resumed: bool) -> None:
        self.documents += part.documents
        self.statements += part.statements
        self.resumed += part.documents if resumed else 0
        self._report(Progress(size, part.documents, resumed))


def _ignore(_: Progress) -> None:
    """Report to nobody."""


def _check(run: CorpusRun) -> None:
    require_arrow()
    if run.engine not in ENGINES:
        raise UsageError(f"no engine {run.engine!r}; choose from {', '.join(ENGINES)}")
    if run.engine == "ray":
        require("ray", "ray", "the engine 'ray'")
    if run.workers < 1 or run.batch_documents < 1:
        raise UsageError("there must be one worker and one document a batch at least")
    if not 0.0 <= run.settings.min_confidence <= 1.0:
        raise UsageError(
            f"the least confidence is {run.settings.min_confidence}; it must lie between 0 and 1"
        )
    check_output(run.output)
    run.archive.check()
    target = run.output.resolve()
    for name in run.archive.inputs:
        if any(path.resolve() == target for path in text_files(Path(name))):
            raise UsageError(f"{run.output} is one of the inputs; give another file with -o")


def _made_from(run: CorpusRun) -> dict[str, object]:
    """Return all that the parts depend on; how they are made, as with how many workers, is not in it."""
    return {
        "inputs": [[name, digest_of_files(text_files(Path(name)))] for name in run.archive.inputs],
        "columns": run.archive.columns.names(),
        "encoding": run.archive.encoding,
        "batch": run.batch_documents,
        "model": [run.settings.model, _pipeline_digest(run.settings.model)],
        "attitudes": list(run.settings.attitudes)
        if isinstance(run.settings.attitudes, tuple)
        else run.settings.attitudes,
        "min_confidence": run.settings.min_confidence,
        "factory": run.settings.factory,
        "schema": str(statement_schema()),
        "quotes": [_version(), _package_digest()],
    }


def _version() -> str:
    from quotes import __version__

    return __version__


def _package_digest() -> str:
    """Return a digest of the package's code, word lists and weights: a version alone may have been edited."""
    return _digest_of_folder(Path(__file__).parents[1], read=lambda _: True)


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
    return _digest_of_folder(folder, read=lambda path: path.suffix == ".json")


def _digest_of_folder(folder: Path, read: Callable[[Path], bool]) -> str:
    """Return a digest of the names and sizes of the files in a folder, and of what stands in some."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\n".encode())
            digest.update(path.read_bytes() if read(path) else b"")
    return digest.hexdigest()
