"""Every short case in ``fixtures/rules`` comes out as it says: a few sentences for one phenomenon."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quotes.io.json import statement_record
from quotes.validation.matching import Said, content_words, matched, overlap

if TYPE_CHECKING:
    from quotes.extractor import Extractor

FOLDER = Path(__file__).parents[1] / "fixtures" / "rules"
LEAST_OVERLAP = 0.9
"""Share of words from which a content counts as the expected one."""
CASE_KEYS = {"id", "text", "published", "statements", "note", "xfail"}
STATEMENT_KEYS = {
    "content", "kind", "cue", "speaker", "names", "represents", "addressee", "medium",
    "medium_inherited", "when", "date", "negated", "optional",
}  # fmt: skip
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_DETERMINER = re.compile(r"(?:the|an?|his|her|its|their)\s+")

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


def parameters() -> Iterator[Any]:
    """Yield the cases for pytest, the known failures marked as such."""
    for case in CASES:
        reason = case.fields.get("xfail")
        marks = () if reason is None else (pytest.mark.xfail(reason=reason, strict=True),)
        yield pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", list(parameters()))
def test_case_comes_out_as_expected(case: RuleCase, extractor: Extractor) -> None:
    """Each required statement is there with the given fields, and none beside the listed ones."""
    found = extractor.extract(case.fields["text"], published=case.fields["published"])
    faults = list(faults_of(case.fields["statements"], [statement_record(each) for each in found]))
    assert not faults, "\n".join([case.fields["text"], *faults])


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_case_is_well_formed(case: RuleCase) -> None:
    """A case has known fields only, and its contents, cues and mentions stand in its text."""
    assert set(case.fields) <= CASE_KEYS
    for statement in case.fields["statements"]:
        assert set(statement) <= STATEMENT_KEYS
        quoted = [*statement["content"], *(statement.get(key) for key in ("cue", "speaker", "when"))]
        assert [part for part in quoted if part is not None and part not in case.fields["text"]] == []


def test_there_are_enough_cases() -> None:
    """There are at least 140 cases with ids of their own, and about a third holds look-alikes."""
    assert len(CASES) >= 140
    assert len({case.fields["id"] for case in CASES}) == len(CASES)
    assert sum(case.fields["note"].startswith("negative") for case in CASES) >= len(CASES) * 0.33


def faults_of(expected: list[Record], found: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what is missing, different or spurious, one line each.

    >>> list(faults_of([{"content": ["it was late"]}], []))
    ['missed: it was late']
    """
    pieces = [[span["text"] for span in record["content"]["spans"]] for record in found]
    pairs = matched(
        [Said(tuple(each["content"]), rank=int(each.get("optional", False))) for each in expected],
        [Said(tuple(texts)) for texts in pieces],
    )
    for index, statement in enumerate(expected):
        if statement.get("optional"):
            continue
        label = " … ".join(statement["content"])
        if index not in pairs:
            yield f"missed: {label}"
            continue
        if not same_content(statement["content"], pieces[pairs[index]]):
            yield f"boundary: {label!r}, got {' … '.join(pieces[pairs[index]])!r}"
        yield from (f"{fault} ({label})" for fault in field_faults(statement, found[pairs[index]]))
    doubtful = [content_words(each["content"]) for each in expected if each.get("optional")]
    for other, texts in enumerate(pieces):
        words = content_words(texts)
        if other not in pairs.values() and not any(overlap(words, each) >= 0.5 for each in doubtful):
            yield f"spurious: {' … '.join(texts)!r} (rule {found[other]['provenance']['rule']})"


def same_content(expected: list[str], got: list[str]) -> bool:
    """Return whether the pieces are the same but for marks at their edges, or nearly all words are."""
    if [_EDGES.sub("", piece) for piece in expected] == [_EDGES.sub("", piece) for piece in got]:
        return True
    return overlap(content_words(expected), content_words(got)) >= LEAST_OVERLAP


def field_faults(expected: Record, got: dict[str, Any]) -> Iterator[str]:
    """Yield the fields that are given and not as expected; null says that nothing may stand there."""
    speaker, medium, when = (got[key] or {} for key in ("speaker", "medium", "when"))
    plain = {
        "kind": got["kind"],
        "negated": got["negated"],
        "speaker": (speaker.get("mention") or {}).get("text"),
        "when": when.get("text"),
        "date": when.get("date"),
        "medium_inherited": medium.get("inherited"),
    }
    for key, value in plain.items():
        if key in expected and expected[key] != value:
            yield f"{key}: {expected[key]!r}, got {value!r}"
    if "cue" in expected and not same_cue(expected["cue"], got["cue"]):
        yield f"cue: {expected['cue']!r}, got {(got['cue'] or {}).get('text')!r}"
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
            right = name is not None and plain_name(name) in {plain_name(each) for each in expected[key]}
        if not right:
            yield f"{key}: {expected[key]!r}, got {name!r}"


def same_cue(expected: str | None, got: dict[str, Any] | None) -> bool:
    """Return whether a found cue holds the expected one; none is expected of a turn or a headline."""
    if expected is None or got is None:
        return expected is None and got is None
    return expected.casefold() in got["text"].casefold()


def plain_name(name: str) -> str:
    """Return a name without case, a leading article or possessive, or a possessive ending.

    >>> plain_name("The minister’s")
    'minister'
    """
    plain = re.sub(r"['’]s$", "", name.strip().casefold())
    return _DETERMINER.sub("", plain, count=1) if _DETERMINER.match(plain) else plain
