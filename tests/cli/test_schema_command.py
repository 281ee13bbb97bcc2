"""``quotes schema``, ``--help`` and ``--version``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quotes.io.json import family_schema, output_schema, schema_text, verification_schema
from quotes.models import Family, Member, Statement, Verification

DOCS = Path(__file__).parents[2] / "docs"
SCHEMAS = [output_schema(), verification_schema(), family_schema()]

Run = Callable[..., object]


@pytest.mark.parametrize(
    ("options", "committed"),
    [
        ((), "schema.json"),
        (("--of", "verifications"), "verification.schema.json"),
        (("--of", "families"), "families.schema.json"),
    ],
)
def test_schema_prints_the_committed_schema(quotes: Run, options: tuple[str, ...], committed: str) -> None:
    """What is printed is what is committed: after a change run 'quotes schema > docs/schema.json'."""
    result = quotes("schema", *options)
    assert (result.code, result.err) == (0, "")
    assert result.out == (DOCS / committed).read_text("utf-8")


@pytest.mark.parametrize("schema", SCHEMAS)
def test_schema_asks_for_every_field(schema: dict[str, object]) -> None:
    """Every field of a record and of its parts is always present, but for two that came later, and no other is."""
    parts = schema["$defs"]
    later = {"DocumentInfo": ["original"], "Provenance": ["times"]}
    for name, part in parts.items():
        assert sorted(part["required"] + later.get(name, [])) == sorted(part["properties"]), name
        assert part["additionalProperties"] is False, name


def test_the_schema_of_verifications_holds_that_of_statements() -> None:
    """A verification has its own fields, and a statement as 'quotes extract' writes it."""
    statements, verifications = (schema["$defs"] for schema in SCHEMAS[:2])
    assert list(statements["Statement"]["properties"]) == list(Statement.model_fields)
    assert list(verifications["Verification"]["properties"]) == list(Verification.model_fields)
    assert verifications.items() >= statements.items()


def test_the_schema_of_families_has_the_fields_of_a_family() -> None:
    """A family and its members have the fields of their models, and a difference is that of a verification."""
    verifications, families = (schema["$defs"] for schema in SCHEMAS[1:])
    assert list(families["Family"]["properties"]) == list(Family.model_fields)
    assert list(families["Member"]["properties"]) == list(Member.model_fields)
    assert families["Difference"] == verifications["Difference"]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_schema_has_no_loose_reference(schema: dict[str, object]) -> None:
    """Every reference in the schema points to one of its parts."""
    text = schema_text(schema)
    parts = json.loads(text)["$defs"]
    references = {line.split('"')[3] for line in text.splitlines() if '"$ref"' in line}
    assert references
    assert {reference.removeprefix("#/$defs/") for reference in references} == set(parts)


@pytest.mark.parametrize("command", [(), ("extract",), ("validate",), ("evaluate",), ("schema",)])
def test_help_has_an_example(quotes: Run, command: tuple[str, ...]) -> None:
    """Every help text ends with one example."""
    result = quotes(*command, "--help")
    assert (result.code, result.err) == (0, "")
    assert result.out.rstrip().split("\n\n")[-1].strip().startswith("Example: quotes ")


def test_version(quotes: Run) -> None:
    """The version is that of the installed package."""
    from quotes import __version__

    assert quotes("--version").out == f"quotes {__version__}\n"
