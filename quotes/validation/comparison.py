"""Says what is missing, extra or different."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.io.json import statement_record
from quotes.validation.expectations import Expectations, ExpectedStatement, Record
from quotes.validation.fields import Difference, content_pieces, field_differences
from quotes.validation.matching import Said, matched

if TYPE_CHECKING:
    from quotes.models import Statement


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


def _said_expected(expected: ExpectedStatement) -> Said:
    return Said(expected.content, expected.start, _document_id(expected.fields), int(expected.optional))


def _said(record: Record) -> Said:
    content = record["content"]
    assert isinstance(content, Mapping)
    pieces = content_pieces(content)
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
