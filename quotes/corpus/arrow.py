"""Arrow schemas of documents and of statements.

The schema of statements is made from `quotes.models.Statement`, field by field:
a model is a struct, a tuple a list, a literal a string or an integer, ``X |
None`` a nullable X. The columns are nested as the JSON is, so that
``speaker.name`` means the same in both, and a field added to the contract is in
the tables at once.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
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
    """Raise a `UsageError` that names the extra to install when an optional library is not there."""
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
