"""Statements as dictionaries and as a data frame of pandas or polars, for those who work in a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from quotes.errors import UsageError
from quotes.io.csv import COLUMNS, row
from quotes.io.json import statement_record
from quotes.io.records import checked_statements

if TYPE_CHECKING:
    from quotes.models import Statement

LIBRARIES = ("pandas", "polars")


def to_dicts(statements: Iterable[Statement]) -> list[dict[str, object]]:
    """Return statements as dictionaries of JSON values, in the form of the contract: nested, dates as text.

    Raises:
        UsageError: One of them is no statement; the message names its index.
    """
    return [statement_record(each) for each in checked_statements(statements)]


def to_dataframe(statements: Iterable[Statement], library: Literal["pandas", "polars"] | None = None) -> Any:
    """Return statements as a data frame, one row each, with the columns of the CSV format (`quotes.io.csv.COLUMNS`).

    Args:
        statements: From one text or many.
        library: What makes the frame; when None, pandas if it is installed, else polars.

    Raises:
        UsageError: The library is not installed, or one of the statements is none.
    """
    if library is not None and library not in LIBRARIES:
        raise UsageError(f"no data frames of {library!r} are made; choose from {', '.join(LIBRARIES)}")
    rows = [row(each) for each in checked_statements(statements)]
    for name in LIBRARIES if library is None else (library,):
        try:
            module = import_module(name)
        except ModuleNotFoundError:
            continue
        if name == "polars":
            return module.DataFrame(rows, schema=list(COLUMNS), orient="row", infer_schema_length=None)
        return module.DataFrame(rows, columns=list(COLUMNS))
    wanted = library or "pandas or polars"
    raise UsageError(f"a data frame needs {wanted}, which is not installed: pip install {library or 'pandas'}")
