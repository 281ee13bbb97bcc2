"""``quotes serve``: the extractor as a service on this machine."""

from __future__ import annotations


def serve() -> None:
    """Serve."""


EXAMPLE = "Example: quotes serve --port 8000"
