"""The work folder: what a run has finished, and which run it belongs to.

A finished batch is one file, written in one step: it is there whole or not at
all, whenever the run is killed, and knows by a digest what documents it is of.
The folder's manifest says what the files were made from, so that a command with
other options does not go on with them; and that the folder is ours. Nothing is
removed but files of the names that a run gives, and no link is followed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from quotes.corpus.records import BadDocument, BatchResult
from quotes.errors import OutputError, UsageError
from quotes.files import locked, replaced

_FOLDER_SIZE = 1000
"""Checkpoints in a folder: file systems are slow with millions of files in one."""
_MADE_BY = "quotes corpus: finished batches of a run that is not complete"
_TEMPORARY = r"\.quotes-[0-9a-f]{12}-\w+\.unfinished"
DATABASE = "statements.duckdb"
"""What a run may keep in the folder while it works; it sees to it itself."""
_OURS = re.compile(rf"\d{{6}}|manifest\.json|lock|{re.escape(DATABASE)}(\.wal|\.tmp)?|{_TEMPORARY}")
_CHECKPOINT = re.compile(rf"\d{{9}}\.part|{_TEMPORARY}")
"""What is in the work folder, and in each folder in it."""


class WorkFolder:
    """Finished batches on the disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._manifest = path / "manifest.json"
        self._is_removed = False

    @contextmanager
    def opened(self, made_from: dict[str, object], *, restart: bool = False) -> Iterator[None]:
        """Make the folder, or go on with the one that is there unless it is a restart; one run at a time.

        What it is made from is all that the checkpoints depend on, as JSON values.

        Raises:
            UsageError: The folder is not of our making or belongs to another command, or another run
                is at work in it.
            OutputError: It cannot be written.
        """
        try:
            self._refuse_others()
            self.path.mkdir(exist_ok=True)
            with (self.path / "lock").open("ab") as lock:
                _take(lock, self.path)
                before = self._made_from()
                if restart or before in (None, {}) or not self._any_checkpoint():
                    self._clear()
                    self._tell(made_from)
                else:
                    self._check(before, made_from)
                try:
                    yield
                finally:
                    if not self._is_removed and self.path.exists() and not self._any_checkpoint():
                        self.remove()  # nothing was done that would be worth to go on with
            if self._is_removed:  # Windows removes no open file
                self._remove_lock()
        except OSError as error:
            if error.filename is None or not str(error.filename).startswith(str(self.path)):
                raise
            raise OutputError(
                f"cannot write the work folder {self.path}: {error.strerror}; give an output in a folder "
                "that you may write to with -o"
            ) from error

    def write(self, result: BatchResult, digest: str) -> None:
        """Keep what a batch of documents with this digest gave; a checkpoint that is there is replaced."""
        import pyarrow as pa

        about = {"digest": digest, "documents": result.documents, "bad": [asdict(each) for each in result.bad]}
        schema = result.statements.schema.with_metadata({"batch": json.dumps(about)})
        path = self._path(result.number)
        path.parent.mkdir(exist_ok=True)
        with (
            replaced(path) as temporary,
            pa.OSFile(str(temporary), "wb") as sink,  # which a writer of its own opening would leave open
            pa.ipc.new_file(sink, schema) as writer,
        ):
            writer.write_batch(result.statements)

    def read(self, number: int, digest: str | None = None) -> BatchResult | None:
        """Return what a finished batch gave, None when its checkpoint is not there, not whole or of other documents."""
        import pyarrow as pa

        try:
            with pa.OSFile(str(self._path(number))) as source, pa.ipc.open_file(source) as reader:
                about = json.loads(reader.schema.metadata[b"batch"])
                if digest not in (None, about["digest"]):
                    return None
                statements = reader.get_batch(0).replace_schema_metadata(None)
        except (OSError, pa.ArrowException, ValueError, KeyError, TypeError):
            return None
        bad = tuple(BadDocument(**each) for each in about["bad"])
        return BatchResult(number, about["documents"], 0, statements, bad)

    def remove(self) -> None:
        """Remove the folder when the output is complete.

        It is made from nothing first, so that the run after one that was killed
        while it removed a million files does not go on with half of them.
        """
        self._tell({})
        self._clear()
        for each in (*self.path.glob(".quotes-*.unfinished"), self._manifest):
            each.unlink(missing_ok=True)
        self._is_removed = True
        self._remove_lock()

    def _remove_lock(self) -> None:
        with suppress(OSError):  # somebody else's file in the folder stays
            (self.path / "lock").unlink(missing_ok=True)
            self.path.rmdir()

    def _refuse_others(self) -> None:
        reason = ""
        if self.path.is_symlink():
            reason = "it is a link"
        elif self.path.is_dir():
            with os.scandir(self.path) as found:
                inside = [(each.name, each.is_symlink()) for each in found]
            others = sorted(name for name, is_link in inside if is_link or not _OURS.fullmatch(name))
            if others:
                reason = f"it holds {others[0]!r}"
            elif not {"lock"}.issuperset(name for name, _ in inside if name[0] != ".") and self._made_from() is None:
                reason = "it has no manifest of a corpus run"
        elif self.path.exists():
            reason = "it is a file"
        if reason:
            raise UsageError(
                f"{self.path} would be the work folder, but is none of ours ({reason}) and is left alone; move it "
                "away, or give another output with -o"
            )

    def _clear(self) -> None:
        """Remove all checkpoints."""
        for folder in self.path.glob("[0-9]" * 6):
            for each in folder.iterdir():
                if _CHECKPOINT.fullmatch(each.name):
                    each.unlink()
            with suppress(OSError):
                folder.rmdir()

    def _tell(self, made_from: dict[str, object]) -> None:
        with replaced(self._manifest) as temporary:
            temporary.write_text(json.dumps({"made_by": _MADE_BY, **made_from}, indent=2) + "\n", "utf-8")

    def _made_from(self) -> dict[str, Any] | None:
        """Return what the manifest says, None when there is none of ours."""
        try:
            found = json.loads(self._manifest.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        is_ours = isinstance(found, dict) and found.pop("made_by", None) == _MADE_BY
        return found if is_ours else None

    def _any_checkpoint(self) -> bool:
        return next(self.path.glob("*/*.part"), None) is not None

    def _path(self, number: int) -> Path:
        return self.path / f"{number // _FOLDER_SIZE:06d}" / f"{number:09d}.part"

    def _check(self, before: dict[str, Any], made_from: dict[str, object]) -> None:
        differing = sorted(key for key in {*before, *made_from} if before.get(key) != made_from.get(key))
        if differing:
            raise UsageError(
                f"{self.path} holds the unfinished work of another command (what differs: "
                f"{', '.join(differing)}); finish that one, give another output with -o, or throw the work "
                "away with --restart"
            )


def digest_of_folder(folder: Path, read: str = "") -> str:
    """Return a digest of the names and sizes of a folder's files, and of what files with an ending hold."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\n".encode())
            digest.update(path.read_bytes() if path.name.endswith(read) else b"")
    return digest.hexdigest()


def _take(lock: IO[bytes], folder: Path) -> None:
    """Lock the folder, unless another run has, or has just removed it."""
    handle = lock.fileno()
    if not locked(handle) or not os.path.samestat(os.fstat(handle), (folder / "lock").stat()):
        raise UsageError(f"another run is at work in {folder}; wait for it, or give another output with -o")
