"""``quotes schema``: the form of the output, for programs that read it."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

EXAMPLE = "Example: quotes schema > statements.schema.json"


class Records(StrEnum):
    """What a schema is of."""

    STATEMENTS = "statements"
    VERIFICATIONS = "verifications"


def schema(
    *,
    of: Annotated[
        Records, typer.Option("--of", help="What 'quotes extract' writes, or what 'quotes verify' does.")
    ] = Records.STATEMENTS,
) -> None:
    """Print the JSON Schema of the output."""
    from quotes.io.json import output_schema, schema_text, verification_schema

    sys.stdout.write(schema_text(output_schema() if of is Records.STATEMENTS else verification_schema()))
