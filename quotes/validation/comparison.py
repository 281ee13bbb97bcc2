"""Compares found statements with expected ones: what is missing, extra or different.

Only what a careful reader would call a difference is one: a content may begin
or end with another mark, a cue may hold more words than the expected one, a
name may come with or without its article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from quotes.io.json import statement_record
from quotes.io.saved import Record
from quotes.lexicon.entries import word_class
from quotes.validation.expectations import ENTITIES, EXTRA, NOT_FOUND, Expectations, ExpectedStatement
from quotes.validation.matching import WORD, Said, matched

if TYPE_CHECKING:
    from quotes.models import Statement

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_POSSESSIVE_ENDING = re.compile(r"['’]s$")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field ("speaker.name") and its JSON values; of names all that are accepted are expected."""

    field: str
    expected: object
    got: object

    def is_in(self, field: str) -> bool:
        """Return whether a field that a mark names is the one that differs, or holds it."""
        return f"{self.field}.".startswith(f"{field}.")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An expected statement, the output's record that answers it (None when missing), and how they differ."""

    expected: ExpectedStatement
    found: Record | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ExpectedFailure(Mismatch):
    """A mark of an expected statement: the field that it names, `NOT_FOUND` or `EXTRA`, and its reason.

    The differences are those that the mark excuses.
    """

    field: str
    reason: str

    @property
    def is_true(self) -> bool:
        """Whether it still fails; the mark has to go where it does not."""
        if self.field == NOT_FOUND:
            return self.found is None
        return self.found is not None if self.field == EXTRA else bool(self.differences)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result for one output.

    Attributes:
        name: Of the fixture or file.
        expected: Number of expected statements that are not optional.
        right: Number of those that came out as expected in every field.
        missing: Expected statements that were not found.
        different: Expected statements that were found with other fields, with
            those differences that no mark excuses.
        extra: Found records that nothing asks for.
        expected_failures: Marks that are still true, those of extra statements last.
        now_passing: Marks that are no longer true and have to go.
    """

    name: str
    expected: int
    right: int
    missing: tuple[Mismatch, ...]
    different: tuple[Mismatch, ...]
    extra: tuple[Record, ...]
    expected_failures: tuple[ExpectedFailure, ...]
    now_passing: tuple[ExpectedFailure, ...]

    @property
    def passed(self) -> bool:
        """Whether everything is as expected, expected failures included."""
        return not (self.missing or self.different or self.extra or self.now_passing)


def compare(name: str, statements: Sequence[Statement], expectations: Expectations) -> Comparison:
    """Compare extracted statements with expectations; ``name`` is what the result is called."""
    records = [statement_record(statement) for statement in statements]
    said = [_said(statement) for statement in statements]
    wanted, known_extras = expectations.statements, expectations.extra_allowed
    pairs = matched([expected.said for expected in wanted], said)
    rest = sorted(set(range(len(records))) - set(pairs.values()))
    extra_pairs = matched([extra.said for extra in known_extras], [said[index] for index in rest])
    known = [
        Mismatch(extra, records[rest[extra_pairs[index]]] if index in extra_pairs else None, ())
        for index, extra in enumerate(known_extras)
    ]
    ids = _expected_ids((wanted[index].fields, records[other]) for index, other in sorted(pairs.items()))
    judged = [
        Mismatch(expected, found, tuple(field_differences(expected.fields, found, ids=ids)) if found else ())
        for index, expected in enumerate(wanted)
        for found in [records[pairs[index]] if index in pairs else None]
        if not expected.optional
    ]
    unexcused = [_without_excused(mismatch) for mismatch in judged]
    failures = [failure for mismatch in (*judged, *known) for failure in _failures(mismatch)]
    return Comparison(
        name=name,
        expected=len(judged),
        right=sum(each.found is not None and not each.differences for each in judged),
        missing=tuple(m for m in unexcused if m.found is None and NOT_FOUND not in m.expected.xfail),
        different=tuple(m for m in unexcused if m.differences),
        extra=tuple(records[each] for at, each in enumerate(rest) if at not in extra_pairs.values()),
        expected_failures=tuple(failure for failure in failures if failure.is_true),
        now_passing=tuple(failure for failure in failures if not failure.is_true),
    )


def _said(statement: Statement) -> Said:
    spans = statement.content.spans
    start = spans[0].start if spans else None
    return Said(tuple(span.text for span in spans), start, statement.provenance.document.id)


def _without_excused(mismatch: Mismatch) -> Mismatch:
    marks = mismatch.expected.xfail
    left = (each for each in mismatch.differences if not any(map(each.is_in, marks)))
    return replace(mismatch, differences=tuple(left))


def _failures(mismatch: Mismatch) -> Iterator[ExpectedFailure]:
    """Yield the marks of a statement; where it is missing, those of fields can be neither true nor false."""
    for field, reason in mismatch.expected.xfail.items():
        if field in {NOT_FOUND, EXTRA} or mismatch.found is not None:
            differences = tuple(each for each in mismatch.differences if each.is_in(field))
            yield ExpectedFailure(mismatch.expected, mismatch.found, differences, field, reason)


def _expected_ids(pairs: Iterable[tuple[Record, Record]]) -> dict[str, str]:
    """Return the expected id of each found entity, as they are paired first: only who is the same counts."""
    ids: dict[str, str] = {}
    for expected, got in pairs:
        for role in ENTITIES:
            wanted, found = ((record.get(role) or {}).get("entity") for record in (expected, got))
            if wanted and found and wanted not in ids.values():
                ids.setdefault(found, wanted)
    return ids


def field_differences(
    expected: Record, got: Record, where: str = "", ids: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Difference]:
    """Yield the given fields (below the path ``where``) that the found record has otherwise.

    ``ids`` are the expected ids of the found entities, as `compare` pairs them.
    """
    is_entity = where in ENTITIES
    for key, value in expected.items():
        field, found = f"{where}.{key}" if where else key, got.get(key)
        if is_entity and key == "entity" and found is not None:
            found = ids.get(found, f"{found}, not the same")
        if is_entity and key in {"name", "names"}:
            continue
        if field == "content":
            yield from _content_differences(value, got[key])
        elif isinstance(value, Mapping) and isinstance(found, Mapping):
            yield from field_differences(value, found, field, ids)
        elif value != found and not (field == "cue.text" and _holds_cue(value, found)):
            yield Difference(field, value, found)
    if is_entity and expected.keys() & {"name", "names"}:
        yield from _name_differences(expected, got, where)


def _holds_cue(expected: object, got: object) -> bool:
    """Return whether a found cue ("has told") has the words of the expected one ("told") side by side."""
    if not (isinstance(expected, str) and isinstance(got, str)):
        return False
    wanted, given = (WORD.findall(cue.casefold().replace("’", "'")) for cue in (expected, got))
    starts = range(len(given) - len(wanted) + 1)
    return bool(wanted) and any(given[at : at + len(wanted)] == wanted for at in starts)


def _name_differences(expected: Record, got: Record, where: str) -> Iterator[Difference]:
    """Compare the name; the mention is as good where it is an accepted name."""
    names = expected.get("names", [])
    accepted = list(names) if isinstance(names, list) else [names]
    if "name" in expected:
        accepted.insert(0, expected["name"])
    mention = got.get("mention")
    shown = [got.get("name"), mention.get("text") if isinstance(mention, Mapping) else None]
    bare = {bare_name(name) for name in accepted if isinstance(name, str)}
    if got.get("name") in accepted or any(isinstance(n, str) and bare_name(n) in bare for n in shown):
        return
    yield Difference(f"{where}.name", accepted[0] if len(accepted) == 1 else accepted, got.get("name"))


def bare_name(name: str) -> str:
    """Return "The minister’s" as "minister": without case, a leading article or possessive, a final 's."""
    lower = _POSSESSIVE_ENDING.sub("", name.strip().casefold()).replace("’", "'")
    first, *rest = lower.split(maxsplit=1) or [""]
    return (rest[0] if rest and first in word_class("name_determiner") else lower).strip(" .,")


def _content_differences(expected: Record, got: Record) -> Iterator[Difference]:
    """Compare the pieces without the marks at their edges: first their text, then where they begin."""
    if "text" in expected and bare_content(expected["text"]) != bare_content(got["text"]):
        yield Difference("content.text", expected["text"], got["text"])
    wanted, given = expected["spans"], got["spans"]
    texts = [[piece["text"] for piece in pieces] for pieces in (wanted, given)]
    if [bare_content(text) for text in texts[0]] != [bare_content(text) for text in texts[1]]:
        yield Difference("content", *texts)
        return
    for index, (piece, found) in enumerate(zip(wanted, given, strict=True)):
        if "start" in piece and _first_letter(piece) != _first_letter(found):
            places = [[each[key] for key in ("start", "end")] for each in (piece, found)]
            yield Difference(f"content.spans.{index}", *places)


def bare_content(piece: str) -> str:
    """Return “It is late,” without the marks at its edges; "..." as it is, as it has nothing else."""
    return _EDGES.sub("", piece) or piece


def _first_letter(piece: Record) -> int:
    """Return the code point at which a piece begins after the marks at its edge."""
    return int(piece["start"] + piece["text"].index(bare_content(piece["text"])))
