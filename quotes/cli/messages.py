"""Messages to the person at the terminal: always on standard error, always one line each."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from quotes.errors import UsageError

TRACEBACK_VARIABLE = "QUOTES_TRACEBACK"
"""Environment variable that makes a fault in quotes itself show its traceback."""


def visible(line: str) -> str:
    """Return a line with line breaks and control characters made visible.

    A control character of an article or a file's name must not reach the terminal.
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


def tell(message: str) -> None:
    """Write ``quotes: message`` as one line to standard error, made `visible`."""
    if sys.stderr is None:
        return
    line = visible(message)
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    with suppress(OSError):  # nobody may be left to read it, and nobody else could be told
        sys.stderr.write(f"quotes: {line}\n".encode(encoding, "backslashreplace").decode(encoding))
        sys.stderr.flush()


def warn(message: str) -> None:
    """Say something that does not stop the work."""
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
        raise UsageError(
            f"{purpose} needs {library}, which is not installed; "
            f"install it with: pip install 'quotes-attribution[{extra}]'"
        ) from error
