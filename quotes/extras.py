"""Optional libraries: each comes with an extra of the package."""

from __future__ import annotations

from importlib.util import find_spec

from quotes.errors import UsageError, not_installed


def require(library: str, extra: str, purpose: str) -> None:
    """Raise a `UsageError` that names the extra to install when an optional library is not there."""
    if find_spec(library) is None:
        raise UsageError(not_installed(purpose, library, extra))
