"""The JSON Schema of the output: an array of statements."""

from __future__ import annotations

import json

from quotes.models import SCHEMA_VERSION, Statement

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def output_schema() -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of what ``quotes extract`` writes.

    Returns:
        An array schema; the parts of a statement stand under ``$defs``.
    """
    statement = Statement.model_json_schema(mode="serialization")
    parts = {**statement.pop("$defs"), "Statement": statement}
    for part in parts.values():
        part["required"] = list(part["properties"])  # unknown is null, never absent
    return {
        "$schema": DIALECT,
        "title": f"Attributed statements, schema version {SCHEMA_VERSION}",
        "type": "array",
        "items": {"$ref": "#/$defs/Statement"},
        "$defs": parts,
    }


def schema_text() -> str:
    """Return the schema as JSON text, as it is committed in ``docs/schema.json``."""
    return json.dumps(output_schema(), ensure_ascii=False, indent=2) + "\n"
