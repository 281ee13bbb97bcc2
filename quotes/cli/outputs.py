"""Where statements go: standard output, or a file that is replaced in one step."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from quotes.errors import OutputError


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
