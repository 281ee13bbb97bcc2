"""The errors that a caller can catch, and the exit code each one means.

Every message says what went wrong, where, and what to do about it. The
command line prints the message as one line and exits with ``exit_code``.
"""

from __future__ import annotations

from typing import ClassVar


def not_installed(purpose: str, library: str, extra: str) -> str:
    """Return the sentence that names the extra to install for a purpose."""
    return (
        f"{purpose} needs {library}, which is not installed; install it with: pip install 'quotes-attribution[{extra}]'"
    )


class QuotesError(Exception):
    """Base of every error that ``quotes`` raises on purpose."""

    exit_code: ClassVar[int] = 1


class UsageError(QuotesError):
    """An option or an argument does not make sense."""

    exit_code = 2


class InputError(QuotesError):
    """An input cannot be read as text: missing, binary, wrongly encoded, empty."""

    exit_code = 3


class ModelError(QuotesError):
    """The spaCy pipeline is missing or lacks a component that is needed."""

    exit_code = 4


class OutputError(QuotesError):
    """The output cannot be written."""

    exit_code = 5


class DataError(QuotesError):
    """A data file (statements, expectations, corpus, weights) has the wrong form."""

    exit_code = 6
