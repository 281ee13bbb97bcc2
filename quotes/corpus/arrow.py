"""Arrow schemas of documents and of statements.

The schema of statements is made from `quotes.models.Statement`, field by field:
a model is a struct, a tuple a list, a literal a string or an integer, ``X |
None`` a nullable X. The columns are nested as the JSON is, so that
``speaker.name`` means the same in both, and a field added to the contract is in
the tables at once.
"""

from __future__ import annotations

import datetime
from functools import lru_cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from quotes.corpus.extras import require_arrow
from quotes.models import Contract, Statement

if TYPE_CHECKING:
    import pyarrow as pa

DOCUMENT_COLUMNS = ("id", "text", "published", "publisher", "title", "path")


@lru_cache(maxsize=1)
def document_schema() -> pa.Schema:
    """Return the schema of a batch of documents; only ``text`` has to be there."""
    require_arrow()
    import pyarrow as pa

    return pa.schema([pa.field(name, pa.string(), nullable=name != "text") for name in DOCUMENT_COLUMNS])


@lru_cache(maxsize=1)
def statement_schema() -> pa.Schema:
    """Return the schema of a batch of statements, one row a statement."""
    require_arrow()
    import pyarrow as pa

    return pa.schema(_fields(Statement))


def no_statements() -> pa.RecordBatch:
    """Return a batch without a row."""
    import pyarrow as pa

    return pa.RecordBatch.from_pylist([], schema=statement_schema())


def batch_to_bytes(batch: pa.RecordBatch) -> bytes:
    """Return a record batch with its schema, in Arrow's streaming format."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


def batch_from_bytes(data: bytes) -> pa.RecordBatch:
    """Return the record batch that `batch_to_bytes` has packed."""
    import pyarrow as pa

    with pa.ipc.open_stream(data) as reader:
        return reader.read_next_batch()


def schema_listing(schema: pa.Schema | None = None) -> str:
    """Return a schema as text, one column a line, as it stands in ``docs/corpus.md``."""
    import pyarrow as pa

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

    for field in statement_schema() if schema is None else schema:
        add(field, 0)
    return "\n".join(lines) + "\n"


def _fields(model: type[Contract]) -> list[pa.Field]:
    import pyarrow as pa

    fields = []
    for name, info in model.model_fields.items():
        kind, nullable = _optional(info.annotation)
        fields.append(pa.field(name, _arrow_type(kind), nullable=nullable))
    return fields


def _optional(annotation: Any) -> tuple[Any, bool]:
    """Take "| None" off an annotation."""
    if get_origin(annotation) not in (Union, UnionType):
        return annotation, False
    kinds = [kind for kind in get_args(annotation) if kind is not NoneType]
    if len(kinds) != 1:
        raise TypeError(f"no Arrow type for {annotation}: a column holds one type")
    return kinds[0], True


def _arrow_type(kind: Any) -> pa.DataType:
    import pyarrow as pa

    plain = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64()}
    if kind in plain:
        return plain[kind]
    if kind is datetime.date:
        return pa.date32()
    if isinstance(kind, type) and issubclass(kind, Contract):
        return pa.struct(_fields(kind))
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _arrow_type(arguments[0])
    if origin is Literal:
        (of,) = {type(value) for value in arguments}
        return plain[of]
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return pa.list_(pa.field("item", _arrow_type(arguments[0]), nullable=False))
    raise TypeError(f"no Arrow type for {kind}: give it one in quotes.corpus.arrow")
