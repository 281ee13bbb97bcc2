"""Every short case in ``fixtures/rules`` comes out as it says: a few sentences for one phenomenon."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from quotes.io.json import statement_record
from quotes.text.document import make_document
from quotes.text.overlap import jaccard
from quotes.validation.matching import Said, content_words, matched

if TYPE_CHECKING:
    from quotes.extractor import Extractor

FOLDER = Path(__file__).parents[1] / "fixtures" / "rules"
CASE_KEYS = {"id", "text", "published", "statements", "extra_allowed", "note"}
FIELDS = {
    "content", "kind", "attitude", "cue", "speaker", "names", "type", "resolved_by", "represents",
    "addressee", "medium", "medium_inherited", "when", "date", "negated", "role", "anonymity", "entity",
}  # fmt: skip
NOT_FOUND = "found"
"""What the mark of a statement that is not found at all names in place of a field."""
EXTRA = "extra"
"""Stands for a field where a statement is found although it should not be."""
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_DETERMINER = re.compile(r"^(?:the|an?|his|her|its|their)\s+")

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RuleCase:
    """A short text with the statements expected of it.

    Attributes:
        phenomenon: Name of its file, without the suffix.
        fields: Its line.
    """

    phenomenon: str
    fields: Record

    @property
    def name(self) -> str:
        """Its readable id: "headline/final-cue"."""
        return f"{self.phenomenon}/{self.fields['id']}"


def rule_cases() -> list[RuleCase]:
    """Return all cases, in the order of file names and lines."""
    return [
        RuleCase(path.stem, json.loads(line))
        for path in sorted(FOLDER.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


CASES = rule_cases()


class Fault(NamedTuple):
    """A difference from what a case expects.

    Attributes:
        field: The field that differs, `NOT_FOUND` for a missing statement, `EXTRA` for a spurious one.
        message: What was expected, what came out.
        reason: The case's mark for it, None where it must not differ.
    """

    field: str
    message: str
    reason: str | None


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_case_comes_out_as_expected(case: RuleCase, extractor: Extractor) -> None:
    """Each required statement is there with the given fields, and none beside the listed ones.

    A mark excuses the field it names, as long as that differs.
    """
    faults = list(faults_of(case.fields, found_in(case.fields, extractor)))
    unexcused = [fault.message for fault in faults if fault.reason is None]
    assert not unexcused, "\n".join([case.fields["text"], *unexcused])
    reasons = list(marks_of(case.fields))
    assert sorted(reasons) == sorted(fault.reason for fault in faults if fault.reason), "a mark is out of date"
    if reasons:
        pytest.xfail("; ".join(dict.fromkeys(reasons)))


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_case_is_well_formed(case: RuleCase) -> None:
    """A case has known fields only, and its contents, cues and mentions stand in its text."""
    assert set(case.fields) <= CASE_KEYS
    for extra in case.fields.get("extra_allowed", ()):
        assert set(extra) == {"content", "xfail"}
    for statement in case.fields["statements"]:
        assert set(statement) <= FIELDS | {"optional", "xfail"}
        assert set(statement.get("xfail", ())) <= statement.keys() & FIELDS | {NOT_FOUND}
        quoted = [
            *statement["content"],
            *(statement.get(key) for key in ("cue", "speaker", "when", "role", "anonymity")),
        ]
        assert [part for part in quoted if part is not None and part not in case.fields["text"]] == []


def test_there_are_enough_cases() -> None:
    """There are at least 140 cases with ids of their own, and about a third holds look-alikes."""
    assert len(CASES) >= 140
    assert len({case.fields["id"] for case in CASES}) == len(CASES)
    assert sum(case.fields["note"].startswith("negative") for case in CASES) >= len(CASES) * 0.33


def found_in(case: Record, extractor: Extractor) -> list[dict[str, Any]]:
    """Return what is found in a case's text: statements, and of the attitudes that the case expects."""
    attitudes = {"statement", *(each["attitude"] for each in case["statements"] if "attitude" in each)}
    document = make_document(case["text"], published=case["published"])
    found = extractor.analyse(document).statements
    return [statement_record(each) for each in found if each.attitude in attitudes]


def marks_of(case: Record) -> Iterator[str]:
    """Yield the reason of every known failure of a case."""
    for statement in case["statements"]:
        yield from statement.get("xfail", {}).values()
    for extra in case.get("extra_allowed", ()):
        yield extra["xfail"]


def faults_of(case: Record, found: list[dict[str, Any]]) -> Iterator[Fault]:
    """Yield what is missing, different or spurious.

    >>> [fault.message for fault in faults_of({"statements": [{"content": ["it was late"]}]}, [])]
    ['missing: it was late']
    """
    expected = case["statements"]
    pieces = [[span["text"] for span in record["content"]["spans"]] for record in found]
    pairs = matched(
        [Said(tuple(each["content"]), rank=int(each.get("optional", False))) for each in expected],
        [Said(tuple(texts)) for texts in pieces],
    )
    for index, statement in enumerate(expected):
        if statement.get("optional"):
            continue
        label, marks = " … ".join(statement["content"]), statement.get("xfail", {})
        if index not in pairs:
            yield Fault(NOT_FOUND, f"missing: {label}", marks.get(NOT_FOUND))
            continue
        for field, message in field_faults(statement, found[pairs[index]]):
            yield Fault(field, f"{field}: {message} ({label})", marks.get(field))
    doubtful = [content_words(each["content"]) for each in expected if each.get("optional")]
    allowed = {tuple(extra["content"]): extra["xfail"] for extra in case.get("extra_allowed", ())}
    for other, texts in enumerate(pieces):
        words = content_words(texts)
        if other not in pairs.values() and not any(jaccard(words, each) >= 0.5 for each in doubtful):
            rule = found[other]["provenance"]["rule"]
            message = f"spurious: {' … '.join(texts)!r} (rule {rule})"
            yield Fault(EXTRA, message, allowed.get(tuple(texts)))


def same_content(expected: list[str], got: list[str]) -> bool:
    """Return whether the pieces are the same but for white space and marks at their edges."""
    return [_EDGES.sub("", piece) for piece in expected] == [_EDGES.sub("", piece) for piece in got]


def field_faults(expected: Record, got: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the fields that are given and not as expected; null says that nothing may be there."""
    pieces = [span["text"] for span in got["content"]["spans"]]
    if not same_content(expected["content"], pieces):
        yield "content", f"got {' … '.join(pieces)!r}"
    speaker, medium, when = (got[key] or {} for key in ("speaker", "medium", "when"))
    exact = {
        "kind": got["kind"],
        "attitude": got["attitude"],
        "type": speaker.get("type"),
        "resolved_by": speaker.get("resolved_by"),
        "entity": speaker.get("entity"),
        "role": (speaker.get("role") or {}).get("text"),
        "anonymity": (speaker.get("anonymity") or {}).get("text"),
        "negated": got["negated"],
        "speaker": (speaker.get("mention") or {}).get("text"),
        "when": when.get("text"),
        "date": when.get("date"),
        "medium_inherited": medium.get("inherited"),
    }
    for key, value in exact.items():
        if key in expected and expected[key] != value:
            yield key, f"{expected[key]!r}, got {value!r}"
    if "cue" in expected and not same_cue(expected["cue"], got["cue"]):
        yield "cue", f"{expected['cue']!r}, got {(got['cue'] or {}).get('text')!r}"
    names = {
        "names": speaker.get("name"),
        "represents": speaker.get("represents"),
        "addressee": (got["addressee"] or {}).get("name"),
        "medium": medium.get("name"),
    }
    entities = {"addressee": got["addressee"], "medium": got["medium"]}
    for key, name in names.items():
        if key not in expected:
            continue
        if expected[key] is None:
            right = name is None and not entities.get(key)
        else:
            right = name is not None and bare_name(name) in {bare_name(each) for each in expected[key]}
        if not right:
            yield key, f"{expected[key]!r}, got {name!r}"


def same_cue(expected: str | None, got: dict[str, Any] | None) -> bool:
    """Return whether a found cue holds the expected one; none is expected of a turn or a headline."""
    if expected is None or got is None:
        return expected is None and got is None
    return expected.casefold() in got["text"].casefold()


def bare_name(name: str) -> str:
    """Return a name without case, a leading article or possessive, or a possessive ending.

    >>> bare_name("The minister’s")
    'minister'
    """
    return _DETERMINER.sub("", re.sub(r"['’]s$", "", name.strip().casefold()), count=1)
