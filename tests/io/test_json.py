"""JSON and JSON Lines output."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date

import pytest

from quotes.io import Extracted
from quotes.io.json import json_text, statement_record, statements_to_json, write_json, write_jsonl
from quotes.models import Statement
from quotes.text.document import make_document

Make = Callable[..., Statement]


def extracted(*documents: list[Statement]) -> list[Extracted]:
    """Pairs of a document and its statements."""
    return [(make_document("x"), statements) for statements in documents]


def test_json_is_one_array_over_all_documents(statement: Make) -> None:
    """The statements of several documents form one array in the order given."""
    stream = io.StringIO()
    write_json(extracted([statement("one")], [], [statement("two"), statement("three")]), stream)
    contents = [record["content"]["text"] for record in json.loads(stream.getvalue())]
    assert contents == ["one", "two", "three"]


@pytest.mark.parametrize("indent", [None, 0, 2, 4])
def test_layout_is_that_of_the_json_module(statement: Make, indent: int | None) -> None:
    """The streamed array is byte for byte what json.dumps would give at once."""
    statements = [statement("one\u2028line"), statement("two\nlines")]
    whole = json.dumps([statement_record(each) for each in statements], ensure_ascii=False, indent=indent)
    assert statements_to_json(statements, indent=indent) == whole + "\n"


@pytest.mark.parametrize("documents", [[], [[]], [[], []]])
def test_no_statement_gives_an_empty_array(documents: list[list[Statement]]) -> None:
    """Without a statement the output is an empty array, with a newline at its end."""
    stream = io.StringIO()
    write_json(extracted(*documents), stream)
    assert stream.getvalue() == "[]\n"


def test_nothing_is_written_when_the_first_document_fails() -> None:
    """A failure before the first statement leaves the stream untouched."""
    stream = io.StringIO()

    def failing():
        yield from extracted([])
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_json(failing(), stream)
    assert stream.getvalue() == ""


def test_jsonl_is_one_statement_a_line(statement: Make) -> None:
    """JSON Lines has one line a statement, even where a text holds line breaks."""
    stream = io.StringIO()
    write_jsonl(extracted([statement("one\r\ntwo")], [statement("three")]), stream)
    lines = stream.getvalue().split("\n")
    assert lines.pop() == ""
    assert [json.loads(line)["content"]["text"] for line in lines] == ["one\r\ntwo", "three"]


def test_keys_stand_in_the_order_of_the_contract(statement: Make) -> None:
    """Keys come in the contract's order, and every field is there though null."""
    record = json.loads(statements_to_json([statement("one", speaker=None)]))[0]
    assert list(record) == list(Statement.model_fields)
    assert record["speaker"] is None


def test_letters_stay_readable(statement: Make) -> None:
    """Letters beyond ASCII are written as they are."""
    assert "Zoë “naïve” 😀" in statements_to_json([statement("Zoë “naïve” 😀")])


def test_a_lone_surrogate_is_escaped(statement: Make) -> None:
    """A lone surrogate becomes an escape that UTF-8 can hold and JSON reads back."""
    text = statements_to_json([statement("a \ud83d b")])
    assert json.loads(text.encode("utf-8"))[0]["content"]["text"] == "a \ud83d b"


def test_dates_are_iso_text(statement: Make) -> None:
    """A day of publication is written as 2023-03-16."""
    provenance = statement("one").model_dump()["provenance"]
    provenance["document"]["published"] = date(2023, 3, 16)
    record = statement_record(statement("one", provenance=provenance))
    assert record["provenance"]["document"]["published"] == "2023-03-16"


@pytest.mark.parametrize(("written", "fits"), [("2023", True), ("2023-03", True), ("2023-3", False), ("March", False)])
def test_a_time_has_a_partial_date(statement: Make, written: str, fits: bool) -> None:
    """When something was said is known to the day, the month or the year, in ISO form."""
    with nullcontext() if fits else pytest.raises(ValueError, match=r"when\.date"):
        statement("one", when={"start": 0, "end": 8, "text": "March", "date": written})


def test_what_is_no_json_value_is_refused() -> None:
    """A value that JSON does not know is an error and never its repr."""
    with pytest.raises(TypeError, match="object"):
        json_text({"value": object()})
