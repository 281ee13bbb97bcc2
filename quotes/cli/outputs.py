"""Where statements go: standard output, a file that is replaced in one step, or a new folder."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from quotes.errors import OutputError, UsageError


@contextmanager
def output_stream(path: Path | None) -> Iterator[TextIO]:
    """Open the output before any work is done, so that a bad path costs nothing.

    A file is written under a temporary name beside its place and takes that
    place only when everything went well: what stood there before is there
    until then, whatever happens.

    Args:
        path: The file; None or "-" for standard output.

    Yields:
        A text stream that writes UTF-8 and leaves newlines as they are.

    Raises:
        OutputError: The file cannot be written.
    """
    if path is None or str(path) == "-":
        yield _standard_output()
    elif _is_special(path):  # /dev/null, a named pipe: nothing there to replace
        with _opened(path) as stream:
            yield stream
    else:
        with _replaced(path) as stream:
            yield stream


@contextmanager
def output_folder(path: Path | None, form: str) -> Iterator[Path]:
    """Make a folder for output that is several files, there only when everything went well.

    Args:
        path: The folder: a new one, or an empty one. Annotations are often
            corrected by hand, so none are ever replaced.
        form: The output's form, for messages.

    Yields:
        A folder beside it to write in, which takes its place at the end.

    Raises:
        UsageError: No folder is given, or it is a file or holds files.
        OutputError: The folder cannot be made.
    """
    if path is None or str(path) == "-":
        raise UsageError(f"--format {form} writes several files; give a new or an empty folder with -o")
    target = path.resolve()
    if target.exists() and not target.is_dir():
        raise UsageError(f"{path} is no folder; --format {form} needs a new or an empty folder with -o")
    try:
        if target.is_dir() and any(target.iterdir()):
            raise UsageError(f"the folder {path} is not empty; give a new or an empty one with -o")
        temporary = Path(tempfile.mkdtemp(prefix=".quotes-", suffix=".part", dir=target.parent))
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        yield temporary
        try:
            temporary.chmod(_folder_permissions(target))
            if target.is_dir():
                target.rmdir()
            temporary.rename(target)
        except OSError as error:
            raise _unwritable(path, error) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _folder_permissions(target: Path) -> int:
    """Return the mode of the empty folder that is replaced, or that of a new folder."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o777 & ~mask


def _standard_output() -> TextIO:
    if sys.stdout is None:
        raise OutputError("standard output is closed; give a file with -o")
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:  # JSON is UTF-8 whatever the locale says
        reconfigure(encoding="utf-8", errors="strict", newline="\n")
    return sys.stdout


def _is_special(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    try:
        stream = path.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise _unwritable(path, error) from error
    with stream:
        yield stream


@contextmanager
def _replaced(path: Path) -> Iterator[TextIO]:
    target = path.resolve()  # a link goes on pointing to its file
    temporary = _temporary_beside(path, target)
    try:
        with temporary.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        try:
            temporary.chmod(_permissions(target))
            temporary.replace(target)
        except OSError as error:
            raise _unwritable(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _temporary_beside(path: Path, target: Path) -> Path:
    try:
        if target.is_dir():
            raise OutputError(f"cannot write {path}: it is a folder; give the name of a file in it")
        if target.exists() and not os.access(target, os.W_OK):
            raise OutputError(f"cannot write {path}: it is write-protected; give another file with -o")
        handle, name = tempfile.mkstemp(prefix=".quotes-", suffix=".part", dir=target.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    os.close(handle)
    return Path(name)


def _permissions(target: Path) -> int:
    """Return the mode of the file that is replaced, or that of a new file."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"cannot write {path}: {error.strerror or error}; "
        "give a file in an existing folder that you may write to with -o"
    )
