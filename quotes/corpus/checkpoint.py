"""The work folder: what a run has finished, and which run it belongs to.

A finished batch is one file, written in one step: it is there whole or not at
all, whenever the run is killed. The folder's manifest says what the files were
made from, so that a command with another output does not go on with them.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO

from quotes.corpus.records import BadDocument, BatchResult
from quotes.errors import OutputError, UsageError
from quotes.files import replaced

_FOLDER_SIZE = 1000
"""Checkpoints in a folder: file systems are slow with millions of files in one."""


class WorkFolder:
    """Finished batches on the disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._manifest = path / "manifest.json"
        self._finished = path.with_name(path.name + ".finished")

    @contextmanager
    def opened(self, made_from: dict[str, object], *, restart: bool = False) -> Iterator[None]:
        """Make the folder, or go on with the one that is there unless it is a restart; one run at a time.

        What it is made from is all that the checkpoints depend on, as JSON values.

        Raises:
            UsageError: The folder belongs to another command, or another run is at work in it.
            OutputError: It cannot be written.
        """
        try:
            self._remove_finished()
            self.path.mkdir(exist_ok=True)
            with (self.path / "lock").open("ab") as lock:
                _take(lock, self.path)
                if restart or not self._manifest.exists() or not self._any_checkpoint():
                    self._begin(made_from)
                else:
                    self._check(made_from)
                try:
                    yield
                finally:
                    if self.path.exists() and not self._any_checkpoint():
                        shutil.rmtree(self.path)  # nothing was done that would be worth to go on with
        except OSError as error:
            if error.filename is None or not str(error.filename).startswith(str(self.path)):
                raise
            raise OutputError(
                f"cannot write the work folder {self.path}: {error.strerror}; give an output in a folder "
                "that you may write to with -o"
            ) from error

    def write(self, result: BatchResult) -> None:
        """Keep what a batch gave; a checkpoint that is there is replaced."""
        import pyarrow as pa

        about = {"documents": result.documents, "bad": [asdict(each) for each in result.bad]}
        schema = result.statements.schema.with_metadata({"batch": json.dumps(about)})
        path = self._path(result.number)
        path.parent.mkdir(exist_ok=True)
        with replaced(path) as temporary, pa.ipc.new_file(str(temporary), schema) as writer:
            writer.write_batch(result.statements)

    def read(self, number: int) -> BatchResult | None:
        """Return what a finished batch gave, None when its checkpoint is not there or not whole."""
        import pyarrow as pa

        try:
            with pa.OSFile(str(self._path(number))) as source, pa.ipc.open_file(source) as reader:
                about = json.loads(reader.schema.metadata[b"batch"])
                statements = reader.get_batch(0).replace_schema_metadata(None)
        except (OSError, pa.ArrowException, ValueError, KeyError, TypeError):
            return None
        bad = tuple(BadDocument(**each) for each in about["bad"])
        return BatchResult(number, about["documents"], 0, statements, bad)

    def remove(self) -> None:
        """Remove the folder when the output is complete.

        It gets another name first, so that a run that is killed while it
        removes a million files does not find half of them.
        """
        self.path.rename(self._finished)
        self._remove_finished()

    def _remove_finished(self) -> None:
        if self._finished.exists():
            shutil.rmtree(self._finished)

    def _begin(self, made_from: dict[str, object]) -> None:
        self._manifest.unlink(missing_ok=True)
        for folder in self.path.glob("*/"):
            shutil.rmtree(folder)
        with replaced(self._manifest) as temporary:
            temporary.write_text(json.dumps(made_from, indent=2) + "\n", "utf-8")

    def _any_checkpoint(self) -> bool:
        return next(self.path.glob("*/*.part"), None) is not None

    def _path(self, number: int) -> Path:
        return self.path / f"{number // _FOLDER_SIZE:06d}" / f"{number:09d}.part"

    def _check(self, made_from: dict[str, object]) -> None:
        before = json.loads(self._manifest.read_text("utf-8"))
        differing = sorted(key for key in {*before, *made_from} if before.get(key) != made_from.get(key))
        if differing:
            raise UsageError(
                f"{self.path} holds the unfinished work of another command (what differs: "
                f"{', '.join(differing)}); finish that one, give another output with -o, or throw the work "
                "away with --restart"
            )


def digest_of_files(paths: Iterable[Path]) -> str:
    """Return a digest of the names, sizes and times of change of files, in order."""
    digest = hashlib.sha256()
    for path in paths:
        found = path.stat()
        digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def digest_of_folder(folder: Path, read: str = "") -> str:
    """Return a digest of the names and sizes of a folder's files, and of what files with an ending hold."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\n".encode())
            digest.update(path.read_bytes() if path.name.endswith(read) else b"")
    return digest.hexdigest()


def _take(lock: IO[bytes], folder: Path) -> None:
    """Lock the folder; the system frees it when the process ends, however it ends."""
    try:
        import fcntl
    except ImportError:  # Windows: an open file cannot be removed there, so a second run fails by itself
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise UsageError(f"another run is at work in {folder}; wait for it, or give another output with -o") from error
