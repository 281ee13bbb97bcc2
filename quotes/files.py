"""Files on the disk: written whole or not at all, found in a fixed order, and never read without a limit."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from quotes.errors import InputError, OutputError

try:
    import fcntl
except ImportError:  # Windows: leftovers stay, and a second writer fails by itself
    fcntl = None  # type: ignore[assignment]

MOST_BYTES = 20_000_000
"""Bytes of the longest text that is read unless the caller says otherwise; no article comes near it."""
DOCUMENT_SECONDS = 600.0
"""What a document of an archive may take: four times as long as 3 MB of news take."""


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
    with unfinished(target) as temporary:
        yield temporary
        try:
            with temporary.open("rb+") as stream:
                os.fsync(stream.fileno())  # a power cut must not leave an empty file under the final name
            temporary.chmod(permissions(target, 0o666))
            temporary.replace(target)
        except OSError as error:
            raise unwritable(path, error) from error


@contextmanager
def unfinished(target: Path, *, folder: bool = False) -> Iterator[Path]:
    """Yield a temporary file or folder beside a target, removed at the end unless it was given another name.

    It is locked as long as this process lives, whatever ends it. What a killed
    one left of the same target is known by a free lock, and removed first.

    Raises:
        OutputError: It cannot be made.
    """
    import hashlib  # not at the start: OpenSSL takes its time

    prefix = f".quotes-{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:12]}-"
    try:
        _remove_leftovers(target.parent, prefix)
        if folder:
            temporary = Path(tempfile.mkdtemp(prefix=prefix, suffix=_UNFINISHED, dir=target.parent))
        else:
            handle, name = tempfile.mkstemp(prefix=prefix, suffix=_UNFINISHED, dir=target.parent)
            os.close(handle)
            temporary = Path(name)
    except OSError as error:
        raise unwritable(target, error) from error
    try:
        with held(temporary):
            yield temporary
    finally:
        _remove(temporary)


_UNFINISHED = ".unfinished"


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Lock a file or folder for the length of a block; yield whether nobody else has it.

    Where the system has no such locks (Windows) nothing is opened: an open file could not be renamed
    there, nor a folder be opened at all.
    """
    handle = os.open(path, os.O_RDONLY) if fcntl else None
    try:
        yield handle is None or locked(handle)
    finally:
        if handle is not None:
            os.close(handle)


def locked(handle: int) -> bool:
    """Lock an open file unless another process has; the system frees it when this one ends, however it ends."""
    try:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _remove_leftovers(folder: Path, prefix: str) -> None:
    with os.scandir(folder) as found:
        names = sorted(each.name for each in found if each.name.startswith(prefix) and _UNFINISHED in each.name)
    for name in names if fcntl else ():
        lock = folder / (name.partition(_UNFINISHED)[0] + _UNFINISHED)  # DuckDB has files beside its own
        with suppress(OSError):
            handle = os.open(lock, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                if not locked(handle):
                    continue
            finally:
                os.close(handle)
        _remove(folder / name)


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def check_replaceable(path: Path) -> None:
    """Find out before the work whether a file may take this path.

    Raises:
        OutputError: It is a folder, or write-protected.
    """
    try:
        if path.is_dir():
            raise OutputError(f"cannot write {path}: it is a folder; give the name of a file in it")
        if is_special(path):
            raise OutputError(f"cannot write {path}: it is no regular file; give another file with -o")
        # the mode too: root may write to everything, and still a file is protected for a reason
        if path.exists() and not (os.access(path, os.W_OK) and path.stat().st_mode & 0o222):
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


class NotRead(NamedTuple):
    """What a walk through a folder came by and left out: a folder that cannot be read, or no regular file."""

    path: Path
    reason: str
    is_folder: bool

    def error(self) -> InputError:
        """Return it as an error."""
        return InputError(f"cannot read {'the folder ' if self.is_folder else ''}{self.path}: {self.reason}")


def text_files(path: Path) -> Iterator[Path | NotRead]:
    """Yield a file itself; of a folder every ``*.txt`` at any depth, sorted by path, hidden ones left out."""
    if kind_of(path) == "folder":
        yield from files_below(path, lambda name: name.lower().endswith(".txt"))
    else:
        yield path


def files_below(folder: Path, wanted: Callable[[str], bool]) -> Iterator[Path | NotRead]:
    """Yield the regular files with wanted names at any depth, sorted by path, hidden ones left out.

    A link to a folder is followed unless the walk was in that folder: however
    links lead to each other, the walk ends, and takes no folder more than twice.
    """
    been: set[tuple[int, int]] = set()
    ahead = [(folder, True, False)]  # path, whether a folder, whether reached through a link
    while ahead:
        path, is_folder, through_link = ahead.pop()
        if not is_folder:
            yield NotRead(path, "it is a pipe, a socket or a device", is_folder=False) if is_special(path) else path
            continue
        try:
            about = path.stat()
            if through_link and (about.st_dev, about.st_ino) in been:
                continue
            been.add((about.st_dev, about.st_ino))
            with os.scandir(path) as found:
                shown = (each for each in found if not each.name.startswith("."))
                inside = sorted(((each.name, _is_folder(each), each.is_symlink()) for each in shown), reverse=True)
        except OSError as error:
            yield NotRead(path, error.strerror or str(error), is_folder=True)
            continue
        for name, is_folder, is_link in inside:
            if is_folder or wanted(name):
                ahead.append((path / name, is_folder, through_link or is_link))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself, say
        return False


def kind_of(path: Path) -> str:
    """Return "folder", "file" (of any kind), or "" for nothing; a path that the system refuses is nothing too.

    Raises:
        InputError: A folder above it may not be entered.
    """
    try:
        mode = path.stat().st_mode
    except PermissionError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    except (OSError, ValueError):
        return ""
    return "folder" if stat.S_ISDIR(mode) else "file"


def is_same_file(path: Path, other: Path) -> bool:
    """Return whether two paths lead to one file, also where capitals do not tell names apart, and through links."""
    try:
        return path.samefile(other)
    except OSError:  # one of them is not there
        return False


def is_special(path: Path) -> bool:
    """Return whether a path is a named pipe, a socket or a device, whose reading may never end."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def read_at_most(stream: BinaryIO, most: int, where: str) -> bytes:
    """Read a stream to its end.

    Raises:
        InputError: It is longer than so many bytes.
    """
    data = stream.read(most + 1)
    if len(data) > most:
        raise InputError(f"{where}: {too_long(most)}")
    return data


def too_long(most: int) -> str:
    """Return why a text is not read."""
    return f"it is longer than {most:,} bytes; if it is one article, allow more with --max-bytes"
