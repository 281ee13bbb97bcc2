"""Exit codes beside those that the errors in `quotes.errors` carry; see ``docs/cli.md``."""

from __future__ import annotations

OK = 0
DIFFERENCES = 1
"""``quotes validate`` found something missing, extra or different."""
SKIPPED = 7
"""Some inputs were left out with ``--on-error skip``."""
INTERNAL = 70
"""A fault in quotes itself."""
INTERRUPTED = 130
"""Ctrl-C."""
CLOSED_PIPE = 141
"""Whoever read the standard output stopped reading, as ``head`` does."""
