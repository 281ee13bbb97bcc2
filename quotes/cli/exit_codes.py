"""Exit codes other than those of the errors in `quotes.errors`; see ``docs/cli.md``."""

from __future__ import annotations

OK = 0
DIFFERENCES = 1
"""Something is missing, extra or different, or a limit is not kept."""
SKIPPED = 7
"""Some inputs were left out."""
INTERNAL = 70
"""A fault in quotes itself."""
INTERRUPTED = 130
"""Ctrl-C."""
CLOSED_PIPE = 141
"""The reader of standard output stopped reading, as ``head`` does."""
