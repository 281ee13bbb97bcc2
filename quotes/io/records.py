"""What the formats share: the pairs they write, and the way back to statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from quotes.errors import DataError
from quotes.statements import PIECES_JOINED_BY
from quotes.text.document import Document

if TYPE_CHECKING:
    from quotes.models import Statement

Extracted = tuple[Document, "Sequence[Statement]"]
"""A document and the statements found in it, in text order."""


def span_record(start: int, end: int, text: str) -> dict[str, object]:
    """Return a stretch of text as the contract has it."""
    return {"start": start, "end": end, "text": text}


def content_record(spans: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Return the content that these pieces make, as the contract has it."""
    return {"text": PIECES_JOINED_BY.join(str(span["text"]) for span in spans), "spans": list(spans)}


def restored_statement(record: Mapping[str, object], where: str) -> Statement:
    """Return the statement that a format's parts make when put together again.

    Args:
        record: All fields of the contract.
        where: What to call the place in a message.

    Raises:
        DataError: They make no statement of this contract.
    """
    from quotes.models import Statement

    try:
        return Statement.model_validate(record)
    except ValueError as error:
        reason = " ".join(str(error).split("\n")[1:3]).strip()
        raise DataError(
            f"{where}: no statement of this version of quotes: {reason}; write it anew with 'quotes extract'"
        ) from error


def fresh_name(name: str, taken: set[str], separator: str = "-") -> str:
    """Return a name that is not taken yet, numbered from 2 on, and take it."""
    fresh, number = name, 1
    while fresh in taken:
        number += 1
        fresh = f"{name}{separator}{number}"
    taken.add(fresh)
    return fresh
