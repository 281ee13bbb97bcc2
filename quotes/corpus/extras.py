"""What is not installed with the package itself, and how to get it."""

from __future__ import annotations

from importlib.util import find_spec

from quotes.errors import UsageError


def require(library: str, extra: str, purpose: str) -> None:
    """Check that an optional library is there.

    Args:
        library: Name to import.
        extra: The extra of the package that brings it along.
        purpose: What needs it.

    Raises:
        UsageError: It is not installed; the message names the extra.
    """
    if find_spec(library) is None:
        raise UsageError(
            f"{purpose} needs {library}, which is not installed; "
            f"install it with: pip install 'quotes-attribution[{extra}]'"
        )


def require_arrow() -> None:
    """Check that PyArrow is there, which every corpus run needs.

    Raises:
        UsageError: It is not installed.
    """
    require("pyarrow", "corpus", "a corpus run")
