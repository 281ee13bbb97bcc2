"""Arrow schemas of documents and of statements.

The schema of statements is made from `quotes.models.Statement`, field by field:
a model is a struct, a tuple a list, a literal a string or an integer, ``X |
None`` a nullable X. The columns are nested as the JSON is, so that
``speaker.name`` means the same in both, and a field added to the contract is in
the tables at once.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from quotes.errors import UsageError
from quotes.models import Contract, Statement

if TYPE_CHECKING:
    import pyarrow as pa

DOCUMENT_COLUMNS = ("id", "text", "published", "publisher", "title", "path")


def require(library: str, extra: str, purpose: str) -> None:
    """Check that an optional library is there.

    Args:
        library: Name to import.
        extra: The extra of the package that brings it along.
        purpose: What needs it.

    Raises:
        UsageError: It is not installed; the message names the extra.
    """
    if find_spec(library) is None:
        raise UsageError(
            f"{purpose} needs {library}, which is not installed; "
            f"install it with: pip install 'quotes-attribution[{extra}]'"
        )


def require_arrow() -> None:
    """Check that PyArrow is there, which every corpus run needs."""
    require("pyarrow", "corpus", "a corpus run")


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


def joined(statements: Sequence[pa.RecordBatch]) -> pa.RecordBatch:
    """Return record batches of statements as one, without a row when there are none."""
    import pyarrow as pa

    nothing = pa.RecordBatch.from_pylist([], schema=statement_schema())
    return pa.concat_batches(statements or [nothing])


def schema_listing(schema: pa.Schema | None = None) -> str:
    """Return a schema as text, one column a line, as ``docs/corpus.md`` shows it."""
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

    scalars = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64()}
    if kind in scalars:
        return scalars[kind]
    if kind is datetime.date:
        return pa.date32()
    if isinstance(kind, type) and issubclass(kind, Contract):
        return pa.struct(_fields(kind))
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _arrow_type(arguments[0])
    if origin is Literal:
        (of,) = {type(value) for value in arguments}
        return scalars[of]
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return pa.list_(pa.field("item", _arrow_type(arguments[0]), nullable=False))
    raise TypeError(f"no Arrow type for {kind}: give it one in quotes.corpus.arrow")
