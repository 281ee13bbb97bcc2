"""The transform: record batches of documents in, record batches of statements out."""

from __future__ import annotations

import datetime
import json
import pickle
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from quotes.corpus import (
    BadDocument,
    Settings,
    document_schema,
    statement_schema,
    statements_of_batch,
    statements_of_batches,
)
from quotes.errors import DataError, UsageError
from quotes.models import Statement
from tests.corpus.fakes import FACTORY, FakeExtractor

DOCS = Path(__file__).parents[2] / "docs"


def documents(*texts: str | None, **columns: list[object]) -> pa.RecordBatch:
    """A batch of documents."""
    given = {"id": [f"d{n}" for n in range(len(texts))], "text": list(texts), **columns}
    return pa.RecordBatch.from_pydict(given)


def schema_listing(schema: pa.Schema) -> str:
    """Return a schema as text, one column a line, as docs/corpus.md shows it."""
    lines: list[str] = []

    def add(field: pa.Field, depth: int) -> None:
        inner = field.type.value_type if pa.types.is_list(field.type) else field.type
        struct = pa.types.is_struct(inner)
        kind = "struct" if struct else str(inner)
        kind = f"list of {kind}" if inner is not field.type else kind
        lines.append(f"{'  ' * depth}{field.name}: {kind}{'' if field.nullable else ', never null'}")
        if struct:
            for child in inner:
                add(child, depth + 1)

    for field in schema:
        add(field, 0)
    return "\n".join(lines) + "\n"


def test_the_schema_has_every_field_of_the_contract() -> None:
    """Columns, structs and lists of the schema are the fields of the models, in their order."""
    schema = statement_schema()
    assert schema.names == list(Statement.model_fields)
    assert schema.field("confidence").type == pa.float64()
    assert not schema.field("kind").nullable
    speaker = schema.field("speaker")
    assert speaker.nullable
    assert [field.name for field in speaker.type] == [
        *("mention", "name", "entity", "type", "role", "represents", "anonymity", "resolved_by", "confidence")
    ]
    assert schema.field("when").type.field("date").type == pa.string()
    spans = schema.field("content").type.field("spans").type
    assert spans.value_type.field("start").type == pa.int64()


def test_the_documentation_lists_the_schema() -> None:
    """docs/corpus.md shows the schemas as they are."""
    page = (DOCS / "corpus.md").read_text("utf-8")
    for schema in (statement_schema(), document_schema()):
        assert f"```text\n{schema_listing(schema)}```" in page


def test_rows_are_the_statements(statement: Callable[..., Statement]) -> None:
    """A row is the statement itself, with every field as it was."""

    class Two:
        def extract_document(self, _document: object) -> list[Statement]:
            return made

    when = {"start": 1, "end": 3, "text": "on", "date": "2024-02-29"}
    medium = {**statement("x").speaker.model_dump(), "inherited": True}
    made = [
        statement("one", when=when, medium=medium, kind="direct"),
        statement("two … three", speaker=None, cue=None, confidence=1 / 3),
    ]
    found = statements_of_batch(documents("a text"), Two())
    assert found.schema == statement_schema()
    assert [Statement.model_validate(row) for row in found.to_pylist()] == made


def test_the_documents_keep_what_is_known_of_them() -> None:
    """Id, path, date, publisher and title of a document reach the provenance of its statements."""
    known = {"published": ["2024-02-29"], "publisher": ["Ledger"], "title": ["Bridge"], "path": ["a/b.txt"]}
    (row,) = statements_of_batch(documents("Said: it", **known), FakeExtractor()).to_pylist()
    about = row["provenance"]["document"]
    assert about["published"] == datetime.date(2024, 2, 29)
    assert {key: about[key] for key in ("id", "publisher", "title", "path")} == {
        "id": "d0", "publisher": "Ledger", "title": "Bridge", "path": "a/b.txt",
    }  # fmt: skip


@pytest.mark.parametrize(
    "column",
    [
        pa.array([datetime.date(2024, 2, 29)]),
        pa.array([datetime.datetime(2024, 2, 29, 18, 5)]),
        pa.array(["2024-02-29T18:05:00+02:00"]),
        pa.array(["2024-02-29"]).dictionary_encode(),
    ],
    ids=["date", "timestamp", "text with a time", "dictionary"],
)
def test_a_date_may_come_in_any_type(column: pa.Array) -> None:
    """A date, a timestamp and ISO text mean the same day."""
    batch = pa.RecordBatch.from_arrays([pa.array(["Said: it"]), column], ["text", "published"])
    (row,) = statements_of_batch(batch, FakeExtractor()).to_pylist()
    assert row["provenance"]["document"]["published"] == datetime.date(2024, 2, 29)


def test_only_the_text_is_needed() -> None:
    """A batch with nothing but texts gives statements whose document is named by its text."""
    batch = pa.RecordBatch.from_pydict({"text": pa.array(["Said: it"], pa.large_string())})
    (row,) = statements_of_batch(batch, FakeExtractor()).to_pylist()
    about = row["provenance"]["document"]
    assert about["id"] == about["sha256"][:16]


def test_a_bad_document_costs_only_itself() -> None:
    """With ``on_bad`` the batch goes on, and is told of place, id and reason."""
    bad: list[BadDocument] = []
    batch = documents("Said: a", "Boom", None, "Said: b", published=["", None, None, "last week"])
    found = statements_of_batch(batch, FakeExtractor(), on_bad=bad.append)
    assert [row["content"]["text"] for row in found.to_pylist()] == ["a"]
    assert [(each.position, each.id, each.reason.partition(";")[0]) for each in bad] == [
        (1, "d1", "RuntimeError: boom second line"),
        (2, "d2", "it has no text"),
        (3, "d3", "published: 'last week' is no date in ISO form"),
    ]


def test_a_bad_document_is_an_error_otherwise() -> None:
    """Without ``on_bad`` the first bad document raises, by name."""
    with pytest.raises(DataError, match="document d1: RuntimeError: boom"):
        statements_of_batch(documents("Said: a", "Boom"), FakeExtractor())


def test_a_batch_without_text() -> None:
    """A batch without a column "text" is refused and its columns are named."""
    with pytest.raises(DataError, match=r"no column 'text'.*it has: body"):
        statements_of_batch(pa.RecordBatch.from_pydict({"body": ["x"]}), FakeExtractor())


def test_settings_load_the_extractor() -> None:
    """Settings may be given for the extractor that they describe; empty batches are batches too."""
    batches = [documents("Said: a"), documents()]
    found = list(statements_of_batches(batches, Settings(factory=FACTORY)))
    assert [batch.num_rows for batch in found] == [1, 0]
    assert all(batch.schema == statement_schema() for batch in found)


@pytest.mark.parametrize("factory", ["tests.corpus.fakes:no_such", "no.such.module:make", "nonsense"])
def test_a_factory_that_is_not_there(factory: str) -> None:
    """A factory that does not exist is an error that says how to write one."""
    with pytest.raises(UsageError, match="module:function"):
        statements_of_batch(documents("x"), Settings(factory=factory))


def test_batches_travel_between_processes() -> None:
    """A batch is the same after a journey between processes."""
    batch = statements_of_batch(documents("Said: a"), FakeExtractor())
    assert pickle.loads(pickle.dumps(batch)).equals(batch)
    assert json.dumps(batch.to_pylist()[0]["content"]["spans"]) == '[{"start": 6, "end": 7, "text": "a"}]'
