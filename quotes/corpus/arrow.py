"""Arrow schemas of documents and of statements.

The schema of statements is made from `quotes.models.Statement`, field by field:
a model is a struct, a tuple a list, a literal a string or an integer, ``X |
None`` a nullable X. The columns are nested as the JSON is, so that
``speaker.name`` means the same in both, and a field added to the contract is in
the tables at once.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from quotes.errors import DataError
from quotes.extras import require
from quotes.models import Contract, Statement

if TYPE_CHECKING:
    import pyarrow as pa

DOCUMENT_COLUMNS = ("id", "text", "published", "publisher", "title", "path", "original")


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


def python_rows(batch: pa.RecordBatch, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the rows of a batch, given the column of each key.

    In the place of a value that Python cannot hold (a day in the year 250,000,
    a time zone that nobody knows, bytes that are no UTF-8) is the error that says so.

    Raises:
        DataError: A column is there twice.
    """
    columns = []
    for name in names.values():
        indices = batch.schema.get_all_field_indices(name)
        if len(indices) > 1:
            raise DataError(f"there are {len(indices)} columns {name!r}; leave one, or give them other names")
        columns.append(_values(batch.column(indices[0])))
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _values(column: pa.Array) -> list[Any]:
    import pyarrow as pa

    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":  # more than Python's own times hold
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    try:
        return list(column.to_pylist())
    except Exception:  # each kind of value has errors of its own
        return [_value(cell) for cell in column]


def _value(cell: pa.Scalar) -> Any:
    try:
        return cell.as_py()
    except Exception as error:
        return error


def _fields(model: type[Contract]) -> Iterator[pa.Field]:
    import pyarrow as pa

    for name, info in model.model_fields.items():
        is_union = get_origin(info.annotation) in (Union, UnionType)
        kinds = get_args(info.annotation) if is_union else (info.annotation,)
        (kind,) = (each for each in kinds if each is not NoneType)  # a column holds one type
        yield pa.field(name, _arrow_type(kind), nullable=NoneType in kinds)


def _arrow_type(kind: Any) -> pa.DataType:
    import pyarrow as pa

    scalars = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64(), datetime.date: pa.date32()}
    if kind in scalars:
        return scalars[kind]
    if isinstance(kind, type) and issubclass(kind, Contract):
        return pa.struct(_fields(kind))
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _arrow_type(arguments[0])
    if origin is Literal:
        return _arrow_type(type(arguments[0]))
    if origin is tuple:
        return pa.list_(pa.field("item", _arrow_type(arguments[0]), nullable=False))
    raise TypeError(f"no Arrow type for {kind}: give it one in quotes.corpus.arrow")
