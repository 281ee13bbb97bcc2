"""``quotes schema``: the form of the output, for programs that read it."""

from __future__ import annotations

import sys

EXAMPLE = "Example: quotes schema > statements.schema.json"


def schema() -> None:
    """Print the JSON Schema of what 'quotes extract' writes."""
    from quotes.io.json import schema_text

    sys.stdout.write(schema_text())
