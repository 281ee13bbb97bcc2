"""The JSON Schema of the output: an array of statements."""

from __future__ import annotations

import json

from quotes.models import SCHEMA_VERSION, Statement


def output_schema() -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of what ``quotes extract`` writes.

    It is an array schema; the models that a statement consists of are under ``$defs``.
    """
    statement = Statement.model_json_schema(mode="serialization")
    models = {**statement.pop("$defs"), "Statement": statement}
    for model in models.values():
        model["required"] = list(model["properties"])  # unknown is null, never absent
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Attributed statements, schema version {SCHEMA_VERSION}",
        "type": "array",
        "items": {"$ref": "#/$defs/Statement"},
        "$defs": models,
    }


def schema_text() -> str:
    """Return the schema as JSON text, as it is committed in ``docs/schema.json``."""
    return json.dumps(output_schema(), ensure_ascii=False, indent=2) + "\n"
