"""Reads what a person expects: statements in the output's own shape, with fields left out at will."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from quotes.errors import DataError
from quotes.validation.json_files import read_json

Record = Mapping[str, object]

MARKS = frozenset({"optional", "xfail", "note"})
"""Keys that say something about an expected statement and are never compared."""
ENTITIES = frozenset({"speaker", "addressee", "medium"})


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
        content: The pieces of the words said.
        start: First code point of the first piece, None where no offsets are given.
        fields: What is compared: the output's fields, without the marks.
        optional: Whether it is as good missing as present, and then not compared.
        xfail: Why it is known to be missing or different, None where it must be right.
    """

    content: tuple[str, ...]
    start: int | None
    fields: Record
    optional: bool = False
    xfail: str | None = None

    def label(self) -> str:
        """Return a short name for messages: where it stands and how it begins."""
        at = "" if self.start is None else f"at {self.start}: "
        return f"{at}“{shortened(' … '.join(self.content))}”"


@dataclass(frozen=True, slots=True)
class Expectations:
    """What is expected of one output.

    Attributes:
        statements: In file order.
        extra_allowed: Statements that are known to be found without reason; each
            has the reason in ``xfail``.
    """

    statements: tuple[ExpectedStatement, ...]
    extra_allowed: tuple[ExpectedStatement, ...] = ()


def read_expectations(path: Path, text: str | None = None) -> Expectations:
    """Read an ``expected.json``.

    Args:
        path: The file: ``{"statements": [...], "extra_allowed": [...]}``, or the
            list of statements alone.
        text: The article; with it every given offset is checked.

    Returns:
        The expectations.

    Raises:
        InputError: The file cannot be read.
        DataError: It has the wrong form, or a span's text is not what stands at
            its offsets; the message names the file and the place.
    """
    data = read_json(path)
    if isinstance(data, list):
        data = {"statements": data}
    if not isinstance(data, dict) or not isinstance(data.get("statements"), list):
        raise DataError(f'{path}: neither a list of statements nor {{"statements": [...]}}')
    _check_keys(f"{path}", data, frozenset({"statements", "extra_allowed", "note"}))
    extra = data.get("extra_allowed", [])
    if not isinstance(extra, list):
        raise DataError(f"{path}, extra_allowed: not a list")
    return Expectations(
        statements=tuple(
            _statement(f"{path}, statement {index}", record, text)
            for index, record in enumerate(data["statements"])
        ),
        extra_allowed=tuple(
            _extra(f"{path}, extra_allowed {index}", record, text) for index, record in enumerate(extra)
        ),
    )


def _extra(place: str, record: object, text: str | None) -> ExpectedStatement:
    extra = _statement(place, record, text)
    if extra.xfail is None:
        raise DataError(f'{place}: "xfail" is missing; say there why it is found although it should not be')
    return extra


def _statement(place: str, record: object, text: str | None) -> ExpectedStatement:
    if not isinstance(record, dict):
        raise DataError(f"{place}: not an object")
    fields = {key: value for key, value in record.items() if key not in MARKS}
    _check_fields(place, fields, _known_fields())
    pieces = _pieces(place, fields.get("content"))
    for where, span in _spans(place, fields):
        _check_span(where, span, text)
    optional, xfail = record.get("optional", False), record.get("xfail")
    if not isinstance(optional, bool):
        raise DataError(f'{place}: "optional" is neither true nor false')
    if xfail is not None and not (isinstance(xfail, str) and xfail.strip()):
        raise DataError(f'{place}: "xfail" is not a reason in words')
    if optional and xfail is not None:
        raise DataError(f'{place}: "optional" and "xfail" together; an optional statement cannot fail')
    start = pieces[0].get("start")
    return ExpectedStatement(
        content=tuple(str(piece["text"]) for piece in pieces),
        start=start if isinstance(start, int) else None,
        fields=fields,
        optional=optional,
        xfail=xfail,
    )


def _pieces(place: str, content: object) -> list[Record]:
    spans = content.get("spans") if isinstance(content, dict) else None
    if not isinstance(spans, list) or not spans:
        raise DataError(f'{place}: no content; give "content": {{"spans": [{{"start", "end", "text"}}]}}')
    for span in spans:
        if not isinstance(span, dict) or not isinstance(span.get("text"), str):
            raise DataError(f'{place}: a content span without "text"')
    return spans


def _spans(place: str, value: object) -> Iterator[tuple[str, Record]]:
    """Yield each object that has offsets, with where it stands."""
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
        hint = f"; that text first stands at {at} to {at + len(covered)}" if at >= 0 else ""
        raise DataError(f"{place}: at {start} to {end} stands {text[start:end]!r}, not {covered!r}{hint}")


Shape = Mapping[str, "Shape | None"]


@cache
def _known_fields() -> Shape:
    """Return the output's fields as nested names; None for a plain value."""
    from quotes.models import Statement

    schema = Statement.model_json_schema(mode="serialization")
    parts = schema["$defs"]

    def shape(node: Mapping[str, object]) -> Shape | None:
        for option in (node, node.get("items"), *_options(node)):
            reference = option.get("$ref") if isinstance(option, dict) else None
            if isinstance(reference, str):
                return shape(parts[reference.rpartition("/")[2]])
        properties = node.get("properties")
        if not isinstance(properties, dict):
            return None
        return {name: shape(part) for name, part in properties.items()}

    fields = shape(schema)
    assert fields is not None
    return fields


def _options(node: Mapping[str, object]) -> list[object]:
    options = node.get("anyOf", [])
    return options if isinstance(options, list) else []


def _check_fields(place: str, record: Record, known: Shape) -> None:
    """Refuse a field that the output does not have: a misspelt one would never be compared."""
    for key, value in record.items():
        shape = known.get(key)
        extra = {"names": None} if key in ENTITIES else {}
        if key not in known:
            raise DataError(f"{place}: the output has no field {key!r}; it has {', '.join(sorted(known))}")
        if shape is None:
            continue
        for part in value if isinstance(value, list) else [value]:
            if part is None:
                continue
            if not isinstance(part, dict):
                raise DataError(f"{place}, {key}: not an object")
            _check_fields(f"{place}, {key}", part, {**shape, **extra})


def _check_keys(place: str, record: Record, known: frozenset[str]) -> None:
    for key in record:
        if key not in known:
            raise DataError(f"{place}: unknown key {key!r}; known are {', '.join(sorted(known))}")
