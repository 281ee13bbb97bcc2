"""Reads what a person expects: statements in the output's own shape, with fields left out at will."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from quotes.errors import DataError
from quotes.io.records import refuse_other_version
from quotes.io.saved import Record, read_json
from quotes.models import Contract, Statement
from quotes.validation.matching import Said

MARKS = frozenset({"optional", "xfail", "note"})
"""Keys that say something about an expected statement and are never compared."""
ENTITIES = ("speaker", "addressee", "medium")
NOT_FOUND = "found"
"""What the mark of a statement that is not found at all names in place of a field."""
EXTRA = "extra"
"""Stands for a field where a statement is found although it should not be."""
LONGEST_SHOWN = 100
"""Contents are cut to this many code points in headings; differences are shown whole."""


def shortened(text: str) -> str:
    """Return a text on one line, cut where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 2].rstrip() + " …"


@dataclass(frozen=True, slots=True)
class ExpectedStatement:
    """One expected statement.

    Attributes:
        said: The words said, and where; its start is None where no offsets are given.
        fields: What is compared: the output's fields, without the marks.
        optional: Whether it may be found or not; its fields are not compared.
        xfail: Reasons by the field that is known to differ, such as "speaker.name";
            `NOT_FOUND` is the only key of a statement that is known to be missing,
            `EXTRA` of one that is known to be spurious.
    """

    said: Said
    fields: Record
    optional: bool = False
    xfail: Mapping[str, str] = field(default_factory=dict)

    def label(self) -> str:
        """Return a short name for messages: where it begins and with which words."""
        at = "" if self.said.start is None else f"at {self.said.start}: "
        return f"{at}“{shortened(' … '.join(self.said.pieces))}”"


@dataclass(frozen=True, slots=True)
class Expectations:
    """What is expected of one output, in file order; ``extra_allowed`` are known spurious statements."""

    statements: tuple[ExpectedStatement, ...]
    extra_allowed: tuple[ExpectedStatement, ...] = ()


def read_expectations(path: Path, text: str | None = None) -> Expectations:
    """Read a file of ``{"statements": [...], "extra_allowed": [...]}``, or of the list of statements alone.

    With the article's text every given offset is checked.

    Raises:
        InputError: The file cannot be read.
        DataError: It has the wrong form, or a span's text is not what its offsets
            cover; the message names the file and the place.
    """
    return expectations_of(read_json(path), str(path), text)


def expectations_of(data: object, path: str, text: str | None = None) -> Expectations:
    """Return what JSON values expect, as `read_expectations` reads them; ``path`` is what messages call them."""
    if isinstance(data, list):
        data = {"statements": data}
    if not isinstance(data, dict) or not isinstance(data.get("statements"), list):
        raise DataError(f'{path}: neither a list of statements nor {{"statements": [...]}}')
    known = {"statements", "extra_allowed", "note"}
    for key in data.keys() - known:
        raise DataError(f"{path}: unknown key {key!r}; known are {', '.join(sorted(known))}")
    extra = data.get("extra_allowed", [])
    if not isinstance(extra, list):
        raise DataError(f"{path}, extra_allowed: not a list")
    return Expectations(
        statements=tuple(
            _statement(f"{path}, statement {index}", record, text) for index, record in enumerate(data["statements"])
        ),
        extra_allowed=tuple(
            _statement(f"{path}, extra_allowed {index}", record, text, extra=True) for index, record in enumerate(extra)
        ),
    )


def _statement(place: str, record: object, text: str | None, *, extra: bool = False) -> ExpectedStatement:
    if not isinstance(record, dict):
        raise DataError(f"{place}: not an object")
    refuse_other_version(record, place)
    fields = {key: value for key, value in record.items() if key not in MARKS}
    _check_fields(place, fields, Statement)
    pieces = _pieces(place, fields.get("content"))
    for where, span in _spans(place, fields):
        _check_span(where, span, text)
    optional = record.get("optional", False)
    if not isinstance(optional, bool):
        raise DataError(f'{place}: "optional" is neither true nor false')
    mark = record.get("xfail")
    if optional and mark is not None:
        raise DataError(f'{place}: "optional" and "xfail" together; an optional statement cannot fail')
    return ExpectedStatement(
        said=Said(
            pieces=tuple(piece["text"] for piece in pieces),
            start=pieces[0].get("start"),
            document=_document_id(fields),
            rank=int(optional),
        ),
        fields=fields,
        optional=optional,
        xfail=_reasons(place, mark, extra=extra),
    )


def _document_id(fields: Record) -> str | None:
    value: object = fields
    for key in ("provenance", "document", "id"):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else None


def _reasons(place: str, mark: object, *, extra: bool) -> dict[str, str]:
    if extra and mark is None:
        raise DataError(f'{place}: "xfail" is missing; say there why it is found although it should not be')
    if extra and not _is_reason(mark):
        raise DataError(f'{place}: "xfail" is not a reason in words')
    if extra:
        return {EXTRA: str(mark)}
    if mark is None:
        return {}
    if not isinstance(mark, dict) or not mark or not all(map(_is_reason, mark.values())):
        raise DataError(
            f'{place}: "xfail" is not a reason by field; write {{"speaker.name": "reason"}}, or '
            f'{{"{NOT_FOUND}": "reason"}} where the statement is not found at all'
        )
    if NOT_FOUND in mark and len(mark) > 1:
        raise DataError(f'{place}: "xfail" has "{NOT_FOUND}" and fields; what is not found has no fields')
    return mark


def _is_reason(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _pieces(place: str, content: object) -> list[Record]:
    spans = content.get("spans") if isinstance(content, dict) else None
    if not isinstance(spans, list) or not spans:
        raise DataError(f'{place}: no content; give "content": {{"spans": [{{"start", "end", "text"}}]}}')
    for span in spans:
        if not isinstance(span, dict) or not isinstance(span.get("text"), str):
            raise DataError(f'{place}: a content span without "text"')
    return spans


def _spans(place: str, value: object) -> Iterator[tuple[str, Record]]:
    """Yield each object that has offsets, with its place."""
    if isinstance(value, dict):
        if "start" in value or "end" in value:
            yield place, value
        for key, part in value.items():
            yield from _spans(f"{place}, {key}", part)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _spans(f"{place} {index}", part)


def _check_span(place: str, span: Record, text: str | None) -> None:
    start, end, covered = span.get("start"), span.get("end"), span.get("text")
    if not (isinstance(start, int) and isinstance(end, int) and isinstance(covered, str)):
        raise DataError(f'{place}: a span needs "start" and "end" as whole numbers, and "text"')
    if text is None:
        return
    if not 0 <= start < end <= len(text) or text[start:end] != covered:
        at = text.find(covered) if covered else -1
        hint = f"; that text first occurs at {at} to {at + len(covered)}" if at >= 0 else ""
        raise DataError(f"{place}: at {start} to {end} the text is {text[start:end]!r}, not {covered!r}{hint}")


def _check_fields(place: str, record: Record, model: type[Contract], *more: str) -> None:
    """Refuse a field that the output does not have: a misspelt one would never be compared."""
    known = {*model.model_fields, *more}
    for key, value in record.items():
        if key not in known:
            raise DataError(f"{place}: the output has no field {key!r}; it has {', '.join(sorted(known))}")
        field = model.model_fields.get(key)
        inner = next(_models(field.annotation), None) if field else None
        for part in value if isinstance(value, list) else [value]:
            if inner and isinstance(part, dict):
                _check_fields(f"{place}, {key}", part, inner, *(("names",) if key in ENTITIES else ()))
            elif inner and part is not None:
                raise DataError(f"{place}, {key}: not an object")


def _models(annotation: object) -> Iterator[type[Contract]]:
    """Yield the models in a field's type: `TextSpan` of ``tuple[TextSpan, ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, Contract):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)
