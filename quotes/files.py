"""Files on the disk: written whole or not at all, and found in a fixed order."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from quotes.errors import InputError, OutputError


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """Yield a temporary file beside a path, which takes its place when the block ends without an error.

    Whatever happens, what was there before is there until then. Where the path
    is a link, the file that it points to is replaced.

    Raises:
        OutputError: The path cannot be written. Errors of the block pass unchanged.
    """
    check_replaceable(path)
    target = path.resolve()
    try:
        handle, name = tempfile.mkstemp(prefix=".quotes-", suffix=".unfinished", dir=target.parent)
    except OSError as error:
        raise unwritable(path, error) from error
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        try:
            with temporary.open("rb+") as stream:
                os.fsync(stream.fileno())  # a power cut must not leave an empty file under the final name
            temporary.chmod(permissions(target, 0o666))
            temporary.replace(target)
        except OSError as error:
            raise unwritable(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def check_replaceable(path: Path) -> None:
    """Find out before the work whether a file may take this path.

    Raises:
        OutputError: It is a folder, or write-protected.
    """
    try:
        if path.is_dir():
            raise OutputError(f"cannot write {path}: it is a folder; give the name of a file in it")
        if path.exists() and not os.access(path, os.W_OK):
            raise OutputError(f"cannot write {path}: it is write-protected; give another file with -o")
    except OSError as error:  # a folder above it may not be entered
        raise unwritable(path, error) from error


def permissions(target: Path, new: int) -> int:
    """Return the mode of the file or folder that is there, else that of a new one (0o666 or 0o777)."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return new & ~mask


def unwritable(path: Path, error: OSError) -> OutputError:
    """Return the error that says why a path cannot be written."""
    return OutputError(
        f"cannot write {path}: {error.strerror or error}; "
        "give a file in an existing folder that you may write to with -o"
    )


def text_files(path: Path) -> Iterator[Path]:
    """Yield a file itself; of a folder every ``*.txt`` at any depth, sorted by path, hidden ones left out.

    Raises:
        InputError: A folder cannot be read.
    """
    if not path.is_dir():
        yield path
        return
    try:
        with os.scandir(path) as found:
            shown = (each for each in found if not each.name.startswith(".") and not _leads_back(each))
            inside = sorted((entry.name, entry.is_dir()) for entry in shown)
    except OSError as error:
        raise InputError(f"cannot read the folder {path}: {error.strerror}") from error
    for name, is_folder in inside:
        if is_folder:
            yield from text_files(path / name)
        elif name.lower().endswith(".txt"):
            yield path / name


def _leads_back(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry is a link to a folder that it is in, through which a walk would not end."""
    if not entry.is_symlink():
        return False
    folder = Path(os.path.realpath(Path(entry.path).parent))
    return folder.is_relative_to(os.path.realpath(entry.path))
