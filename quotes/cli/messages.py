"""Messages to the person at the terminal: always on standard error, always one line each."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from quotes.errors import UsageError, not_installed

TRACEBACK_VARIABLE = "QUOTES_TRACEBACK"
"""Environment variable that makes a fault in quotes itself show its traceback."""


_talk = {"quiet": False, "verbose": False}
"""What a person has asked for, for the length of one run."""


def speak(*, quiet: bool = False, verbose: bool = False) -> None:
    """Say from now on only what stops the work, or also what happens to each text.

    Raises:
        UsageError: Both are asked for.
    """
    if quiet and verbose:
        raise UsageError("--quiet and --verbose together; give one of them")
    _talk.update(quiet=quiet, verbose=verbose)


def is_quiet() -> bool:
    """Return whether nothing but errors is to be said."""
    return _talk["quiet"]


def is_verbose() -> bool:
    """Return whether each text is to be spoken of."""
    return _talk["verbose"]


def visible(line: str) -> str:
    """Return a line with line breaks and control characters made visible.

    A control character of an article or a file's name must not reach the terminal.
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


def tell(message: str) -> None:
    """Write ``quotes: message`` as one line to standard error, made `visible`."""
    _write_line(f"quotes: {message}")


def report(message: str) -> None:
    """Write a sentence on what was done to standard error, unless nobody wants to know."""
    if not is_quiet():
        _write_line(message)


def _write_line(message: str) -> None:
    if sys.stderr is None:
        return
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    with suppress(OSError):  # nobody may be left to read it, and nobody else could be told
        sys.stderr.write(f"{visible(message)}\n".encode(encoding, "backslashreplace").decode(encoding))
        sys.stderr.flush()


def warn(message: str) -> None:
    """Say something that does not stop the work, unless nobody wants to know."""
    if not is_quiet():
        tell(f"warning: {message}")


def complain(message: str) -> None:
    """Say what stopped the work."""
    tell(f"error: {message}")


def describe_fault(error: Exception) -> str:
    """Return one line on an error that quotes did not foresee."""
    reason = str(error).partition("\n")[0]
    return (
        f"internal fault, {type(error).__name__}: {reason or 'no message'}. This is a defect of quotes: "
        f"please report it with the input; {TRACEBACK_VARIABLE}=1 shows where it happened."
    )


def traceback_wanted() -> bool:
    """Return whether the environment asks for tracebacks of internal faults."""
    return bool(os.environ.get(TRACEBACK_VARIABLE))


@contextmanager
def needs_extra(extra: str, purpose: str) -> Iterator[None]:
    """Name the extra to install, in a UsageError, where an import of the block fails."""
    try:
        yield
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library in ("", "quotes"):
            raise
        raise UsageError(not_installed(purpose, library, extra)) from error
