"""Says what is missing, extra or different, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.validation.expectations import ENTITIES, Expectations, ExpectedStatement, Record
from quotes.validation.matching import Said, matched
from quotes.writers import statement_record

if TYPE_CHECKING:
    from quotes.models import Statement


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not as expected.

    Attributes:
        field: Where it stands, such as "speaker.name".
        expected: The expected JSON value; for names the list of accepted ones.
        got: The JSON value found.
    """

    field: str
    expected: object
    got: object


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An expected statement that is missing (nothing found) or different.

    Attributes:
        expected: What was expected.
        found: The output's record that answers it, None when it is missing.
        differences: The fields that differ; empty when it is missing.
    """

    expected: ExpectedStatement
    found: Record | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result for one output.

    Attributes:
        name: Of the fixture or file.
        expected: Number of expected statements that are not optional.
        right: Number of those that came out as expected.
        missing: Expected statements that were not found.
        different: Expected statements that were found with other fields.
        extra: Found records that nothing asks for.
        expected_failures: Known faults that are still there.
        expected_extras: Known spurious statements that are still found, each
            with its record.
        now_passing: Marks that are no longer true and have to go.
    """

    name: str
    expected: int
    right: int
    missing: tuple[Mismatch, ...]
    different: tuple[Mismatch, ...]
    extra: tuple[Record, ...]
    expected_failures: tuple[Mismatch, ...]
    expected_extras: tuple[Mismatch, ...]
    now_passing: tuple[ExpectedStatement, ...]

    @property
    def passed(self) -> bool:
        """Whether everything is as expected, expected failures included."""
        return not (self.missing or self.different or self.extra or self.now_passing)


def compare(name: str, statements: Sequence[Statement], expectations: Expectations) -> Comparison:
    """Compare statements with expectations.

    Args:
        name: What to call the result.
        statements: As extracted.
        expectations: From `read_expectations`.

    Returns:
        What is missing, extra or different.
    """
    records = [statement_record(statement) for statement in statements]
    wanted = expectations.statements
    pairs = matched([_said_expected(each) for each in wanted], [_said(record) for record in records])
    mismatches: dict[int, Mismatch] = {}
    for index, expected in enumerate(wanted):
        mismatch = _mismatch(expected, records[pairs[index]] if index in pairs else None)
        if mismatch is not None:
            mismatches[index] = mismatch
    answering = set(pairs.values())
    left = [record for other, record in enumerate(records) if other not in answering]
    known = matched([_said_expected(each) for each in expectations.extra_allowed], [_said(r) for r in left])
    excused = set(known.values())
    faults = [m for m in mismatches.values() if m.expected.xfail is None]
    return Comparison(
        name=name,
        expected=sum(not each.optional for each in wanted),
        right=sum(not each.optional and index not in mismatches for index, each in enumerate(wanted)),
        missing=tuple(m for m in faults if m.found is None),
        different=tuple(m for m in faults if m.found is not None),
        extra=tuple(record for other, record in enumerate(left) if other not in excused),
        expected_failures=tuple(m for m in mismatches.values() if m.expected.xfail is not None),
        expected_extras=tuple(
            Mismatch(expectations.extra_allowed[index], left[other], ())
            for index, other in sorted(known.items())
        ),
        now_passing=(
            *(each for i, each in enumerate(wanted) if each.xfail is not None and i not in mismatches),
            *(each for i, each in enumerate(expectations.extra_allowed) if i not in known),
        ),
    )


def _mismatch(expected: ExpectedStatement, found: Record | None) -> Mismatch | None:
    if expected.optional:
        return None
    if found is None:
        return Mismatch(expected, None, ())
    differences = tuple(field_differences(expected.fields, found))
    return Mismatch(expected, found, differences) if differences else None


def field_differences(expected: Record, got: Record, where: str = "") -> Iterator[Difference]:
    """Yield the fields of an expected record that the found one has otherwise.

    Args:
        expected: Only its fields are compared; "names" accepts any of several.
        got: The found record.
        where: Path of both in the statement.
    """
    is_entity = where in ENTITIES
    for key, value in expected.items():
        field = f"{where}.{key}" if where else key
        if is_entity and key in {"name", "names"}:
            continue
        if key == "content" and not where:
            yield from _content_differences(value, got.get(key))
        else:
            yield from _value_differences(value, got.get(key), field)
    if is_entity and ("name" in expected or "names" in expected):
        yield from _name_differences(expected, got, where)


def _value_differences(value: object, got: object, field: str) -> Iterator[Difference]:
    if isinstance(value, Mapping) and isinstance(got, Mapping):
        yield from field_differences(value, got, field)
    elif value != got:
        yield Difference(field, value, got)


def _name_differences(expected: Record, got: Record, where: str) -> Iterator[Difference]:
    names = expected.get("names", [])
    accepted = list(names) if isinstance(names, list) else [names]
    if "name" in expected:
        accepted.insert(0, expected["name"])
    if got.get("name") not in accepted:
        shown = accepted[0] if len(accepted) == 1 else accepted
        yield Difference(f"{where}.name", shown, got.get("name"))


def _content_differences(expected: object, got: object) -> Iterator[Difference]:
    """Compare the pieces exactly: first their text, and where that is the same their offsets."""
    assert isinstance(expected, Mapping)
    assert isinstance(got, Mapping)
    if "text" in expected and expected["text"] != got["text"]:
        yield Difference("content.text", expected["text"], got["text"])
    wanted, given = _pieces(expected), _pieces(got)
    if [piece["text"] for piece in wanted] != [piece["text"] for piece in given]:
        yield Difference("content", [p["text"] for p in wanted], [p["text"] for p in given])
        return
    for index, (piece, found) in enumerate(zip(wanted, given, strict=True)):
        offsets = [found[key] for key in ("start", "end")]
        if "start" in piece and [piece["start"], piece["end"]] != offsets:
            yield Difference(f"content.spans.{index}", [piece["start"], piece["end"]], offsets)


def _pieces(content: Record) -> list[Record]:
    spans = content["spans"]
    assert isinstance(spans, list)
    return spans


def _said_expected(expected: ExpectedStatement) -> Said:
    return Said(expected.content, expected.start, _document_id(expected.fields), int(expected.optional))


def _said(record: Record) -> Said:
    content = record["content"]
    assert isinstance(content, Mapping)
    pieces = _pieces(content)
    start = pieces[0]["start"] if pieces else None
    return Said(
        tuple(str(piece["text"]) for piece in pieces),
        start if isinstance(start, int) else None,
        _document_id(record),
    )


def _document_id(record: Record) -> str | None:
    value: object = record
    for key in ("provenance", "document", "id"):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else None
