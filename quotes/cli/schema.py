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
    FAMILIES = "families"


def schema(
    *,
    of: Annotated[
        Records, typer.Option("--of", help="What 'quotes extract', 'quotes verify' or 'quotes link' writes.")
    ] = Records.STATEMENTS,
) -> None:
    """Print the JSON Schema of the output."""
    from quotes.io.json import family_schema, output_schema, schema_text, verification_schema

    schemas = {Records.VERIFICATIONS: verification_schema, Records.FAMILIES: family_schema}
    sys.stdout.write(schema_text(schemas.get(of, output_schema)()))
