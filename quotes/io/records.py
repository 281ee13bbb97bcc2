"""What the formats share: the pairs they write, and the way back to statements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from quotes.errors import DataError, UsageError

if TYPE_CHECKING:
    from quotes.models import Statement
    from quotes.text.document import Document

Extracted: TypeAlias = "tuple[Document, Sequence[Statement]]"
"""A document and the statements found in it, in text order."""

_FAULTS = {
    "missing": "is missing",
    "extra_forbidden": "is no field of a statement",
    "model_type": "is no object",
    "literal_error": "is none of the values that it may have",
}
"""What is wrong with a field, in words, by the kinds of error that pydantic tells apart."""
CATEGORIES = {
    "kind.direct": "All words stand in quotation marks.",
    "kind.indirect": "No word stands in quotation marks.",
    "kind.mixed": "A part of the words stands in quotation marks.",
    "attitude.statement": "Said, written, asked or announced.",
    "attitude.belief": "Thought or believed.",
    "attitude.intention": "Meant to be done or said.",
    "attitude.decree": "Laid down, as by a law.",
    "attitude.perception": "Seen, heard or felt.",
    "negated": "The speaker denied it or did not say it.",
}
"""What a statement can be, by the names of its fields and their values, in words."""
SYMBOLS = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"},
    0x7F: 0x2421,
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
}
"""For `str.translate`: control characters as visible symbols ("␀"), lone surrogates as U+FFFD."""
_CHANGED_IN_FILES = re.compile("\r\n|\r|[\ud800-\udfff]")


def file_text(text: str) -> str:
    r"""Return a text that stays as it is in a UTF-8 file that is read with universal newlines.

    Every code point keeps its place.

    >>> file_text("one\r\ntwo\rthree")
    'one \ntwo\nthree'
    """
    return _CHANGED_IN_FILES.sub(lambda found: {"\r\n": " \n", "\r": "\n"}.get(found.group(), "\ufffd"), text)


def checked_pairs(extracted: Iterable[Extracted]) -> Iterator[Extracted]:
    """Yield pairs of a document and its statements.

    Raises:
        UsageError: What is given is something else; the message names its index.
    """
    from quotes.text.document import Document

    wanted = (
        "pairs of a document and its statements are needed, as zip(documents, extractor.pipe(documents)) gives them"
    )
    if not isinstance(extracted, Iterable):
        raise UsageError(f"{wanted}; this is {type(extracted).__name__}")
    for index, pair in enumerate(extracted):
        if not (isinstance(pair, tuple | list) and len(pair) == 2 and isinstance(pair[0], Document)):
            raise UsageError(f"{wanted}; at index {index} is {type(pair).__name__}")
        yield pair[0], list(checked_statements(pair[1], f" of document {pair[0].id!r}"))


def checked_statements(statements: Iterable[Statement], where: str = "") -> Iterator[Statement]:
    """Yield statements.

    Raises:
        UsageError: What is given is something else; the message names its index.
    """
    from quotes.models import Statement

    if not isinstance(statements, Iterable):
        raise UsageError(f"a list of statements is needed{where}, not {type(statements).__name__}")
    for index, each in enumerate(statements):
        if not isinstance(each, Statement):
            raise UsageError(f"what is at index {index}{where} is {type(each).__name__}, where a statement should be")
        yield each


def content_record(spans: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Return the content that these pieces make, in the form of the contract."""
    from quotes.statements import PIECES_JOINED_BY

    return {"text": PIECES_JOINED_BY.join(str(span["text"]) for span in spans), "spans": list(spans)}


def restored_statement(record: object, where: str) -> Statement:
    """Return the statement with these fields, all those of the contract.

    Raises:
        DataError: They do not make a statement of this contract; the message says where.
    """
    from pydantic_core import ValidationError

    from quotes.models import Statement

    refuse_other_version(record, where)
    try:
        return Statement.model_validate(record)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "it"
        reason = f"{place} {_FAULTS.get(first['type'], 'is not what it should be')}"
        raise DataError(
            f"{where}: no statement of this version of quotes: {reason}; write it again with 'quotes extract'"
        ) from error


def refuse_other_version(record: object, where: str) -> None:
    """Raise a `DataError` for a statement of another version of the contract, which has other fields."""
    from quotes.models import SCHEMA_VERSION

    version = record.get("schema_version", SCHEMA_VERSION) if isinstance(record, Mapping) else SCHEMA_VERSION
    if version != SCHEMA_VERSION:
        raise DataError(
            f"{where}: a statement of schema version {version}, but this version of quotes reads "
            f"{SCHEMA_VERSION}; extract it again with 'quotes extract'"
        )


def unused_name(name: str, taken: dict[str, int], key: Callable[[str], str] = str) -> str:
    """Return a name that is not taken yet, numbered from 2 on ("article-2"), and take it.

    Names are the same if their keys are. Each is taken with its last number, so
    that the next of many equal ones is found at once.
    """
    unused, number = name, taken.get(key(name), 1)
    while key(unused) in taken:
        number += 1
        unused = f"{name}-{number}"
    taken.setdefault(key(unused), 1)
    taken[key(name)] = number
    return unused
