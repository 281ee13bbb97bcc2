r"""Statements as one JSON array or as JSON Lines, and the schema of the array.

The order of keys is the order of the contract, text stays readable (no
``\uXXXX`` for letters), and the last line ends with a newline. A lone
surrogate, which no UTF-8 file can hold, is written as a JSON escape. Of two in
a row that a reader would take for one character, the second becomes U+FFFD, so
that what is read is as long as what was written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, TextIO

from quotes.io.records import checked_pairs, checked_statements

if TYPE_CHECKING:
    from quotes.io.records import Extracted
    from quotes.models import Contract, Statement

_SURROGATE = re.compile("([\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udfff]")


def statement_record(statement: Statement) -> dict[str, object]:
    """Return a statement as JSON values: dates as ISO text, tuples as lists."""
    return dict(json.loads(json_text(statement.model_dump())))


def json_text(value: object, *, indent: int | None = None) -> str:
    r"""Return a value as JSON text that can always be encoded as UTF-8.

    >>> json_text({"text": "naïve \ud800"})
    '{"text": "naïve \\ud800"}'
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=date.isoformat)
    # JSON is ASCII outside its strings, so whatever is found here may be escaped.
    return _SURROGATE.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[1]):04x}\\ufffd" if found[1] else f"\\u{ord(found[0]):04x}"


def parsed_json(text: str) -> Any:
    """Return what JSON text holds; nesting and numbers that Python refuses are a `JSONDecodeError` too."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except (ValueError, RecursionError) as error:
        raise json.JSONDecodeError(str(error), "", 0) from error


def statements_to_json(statements: Iterable[Statement], *, indent: int | None = 2) -> str:
    """Return statements as the text of one JSON array, with a newline at its end.

    ``indent`` is the number of spaces per level; None puts everything on one line.

    Raises:
        UsageError: One of them is no statement; the message names its index.
    """
    return "".join(json_array(checked_statements(statements), indent))


def write_json(extracted: Iterable[Extracted], stream: TextIO, *, indent: int | None = 2) -> None:
    """Write the statements of all documents as one JSON array, each as it arrives.

    Nothing is written before the first statement is there, so that a failure at
    the start leaves the stream untouched. ``indent`` as for `statements_to_json`.
    """
    stream.writelines(json_array((each for _, statements in checked_pairs(extracted) for each in statements), indent))


def write_jsonl(extracted: Iterable[Extracted], stream: TextIO) -> None:
    """Write the statements of all documents as JSON Lines, one statement a line."""
    for _, statements in checked_pairs(extracted):
        stream.writelines(json_text(statement.model_dump()) + "\n" for statement in statements)


def output_schema() -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of what ``quotes extract`` writes.

    It is an array schema; the models that a statement consists of are under ``$defs``.
    """
    from quotes.models import SCHEMA_VERSION, Statement

    return _array_schema(Statement, f"Attributed statements, schema version {SCHEMA_VERSION}")


def verification_schema() -> dict[str, object]:
    """Return the JSON Schema of what ``quotes verify`` writes, as `output_schema` does for statements."""
    from quotes.models import SCHEMA_VERSION, Verification

    return _array_schema(Verification, f"Verified statements, schema version {SCHEMA_VERSION}")


def family_schema() -> dict[str, object]:
    """Return the JSON Schema of what ``quotes link`` writes, as `output_schema` does for statements."""
    from quotes.models import SCHEMA_VERSION, Family

    return _array_schema(Family, f"Families of reports, schema version {SCHEMA_VERSION}")


def schema_text(schema: dict[str, object] | None = None) -> str:
    """Return a schema, that of statements when None, as JSON text, as it is committed in ``docs/schema.json``."""
    return json.dumps(schema or output_schema(), ensure_ascii=False, indent=2) + "\n"


def _array_schema(model: type[Contract], title: str) -> dict[str, object]:
    record = model.model_json_schema(mode="validation")
    models = {**record.pop("$defs"), model.__name__: record}
    for each in models.values():
        # Unknown is null, never absent, but for fields that came later: those have a default, which is null.
        each["required"] = [name for name, about in each["properties"].items() if about.get("default", 0) is not None]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "array",
        "items": {"$ref": f"#/$defs/{model.__name__}"},
        "$defs": models,
    }


def json_array(records: Iterable[Contract], indent: int | None) -> Iterator[str]:
    """Yield the text of one JSON array piece by piece, nothing before the first record is there."""
    margin = "" if indent is None else "\n" + " " * indent
    separator = "[" + margin
    end = "[]\n"
    for record in records:
        # A JSON string never holds a raw newline: each one found is layout.
        yield separator + json_text(record.model_dump(), indent=indent).replace("\n", margin)
        separator, end = (", ", "]\n") if indent is None else ("," + margin, "\n]\n")
    yield end
