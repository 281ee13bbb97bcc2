"""The program that fits and measures the confidence of names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks import name_confidence as program
from benchmarks.name_confidence import Name
from quotes.text.spans import Span

if TYPE_CHECKING:
    from quotes.extractor import Extractor

TEXT = "Ann Kord said that the bridge was shut. Ben Finch said that it was open."


@pytest.mark.parametrize(
    ("statement", "role", "names"),
    [
        ({"names": ["Ann Kord"], "speaker": "Kord"}, "speaker", ["Ann Kord"]),
        ({"speaker": ["Ann Kord", "Kord"]}, "speaker", ["Ann Kord", "Kord"]),
        ({"speaker": {"names": ["Ann Kord"]}}, "speaker", ["Ann Kord"]),
        ({"speaker": {"name": "Ann Kord"}}, "speaker", ["Ann Kord"]),
        ({"addressee": "the council"}, "addressee", ["the council"]),
        ({"addressee": None}, "addressee", []),
        ({"addressee": ["?"]}, "addressee", None),
        ({"speaker": {"type": "person"}}, "speaker", None),
        ({}, "medium", None),
    ],
)
def test_accepted_names(statement: dict[str, Any], role: str, names: list[str] | None) -> None:
    """Names are read from every form of annotation; nobody and not judged are kept apart."""
    assert program.accepted(statement, role) == names


def test_contents() -> None:
    """Pieces given as words are looked for from the content before on; spans are taken as they are."""
    text = "No, no, no."
    given: list[dict[str, Any]] = [
        {"content": ["no"]},
        {"content": ["no"], "optional": True},
        {"content": "No", "spans": [[0, 2]]},
        {"content": {"spans": [{"start": 8, "end": 10}]}},
    ]
    assert list(program.contents(text, given)) == [[Span(4, 6)], [Span(4, 6)], [Span(0, 2)], [Span(8, 10)]]


def test_judged_names(extractor: Extractor, tmp_path: Path) -> None:
    """A name is right where the annotation accepts it; optional statements are not judged."""
    statements = [
        {"content": ["the bridge was shut"], "names": ["Ann Kord"], "addressee": None},
        {"content": ["it was open"], "names": ["Ben Calder"]},
    ]
    cases = [{"id": "a", "text": TEXT, "statements": statements}]
    cases.append({"id": "b", "text": TEXT, "statements": [{**each, "optional": True} for each in statements]})
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(map(json.dumps, cases)), "utf-8")
    names = list(program.judged(path, extractor))
    assert [(name.document, name.role, name.right) for name in names] == [
        ("a", "speaker", True),
        ("a", "speaker", False),
    ]


def test_confidence_is_of_other_documents() -> None:
    """The answers of a document have no part in its own confidences."""

    def names(right: bool) -> list[Name]:
        others = [Name("a", str(n), "speaker", [], ["bias", f"even={n % 2}"], 0.5, n % 2 == 0) for n in range(40)]
        return [*others, Name("a", "last", "speaker", [], ["bias", "even=0"], 0.5, right)]

    assert program.cross_validated(names(True), {})[-1] == program.cross_validated(names(False), {})[-1] > 0.5


def test_weights_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both tables go into one file, four significant digits a weight."""
    monkeypatch.setattr(program, "TABLE", tmp_path / "names.tsv")
    program.write({"bias": 1.23456}, {"own score": 0.5})
    assert program.TABLE.read_text("utf-8") == "decision\tfeature\tweight\nmention\tbias\t1.235\nname\town score\t0.5\n"


def test_report(capsys: pytest.CaptureFixture[str]) -> None:
    """All speakers, those of each source and the others are told apart; the bins make a table."""
    names = [Name("a", "1", "speaker", [], [], 0.95, True), Name("b", "2", "medium", [], [], 0.5, False)]
    program.report("now", names, [0.95, 0.5])
    first, source, others, *table = capsys.readouterr().out.splitlines()
    assert first == "now, speakers: 1 names, 1.000 right; calibration error 0.050; from 0.9 on 1, 1.0000 right"
    assert source.startswith("- a: 1 names")
    assert others.startswith("now, addressees and media: 1 names, 0.000 right")
    assert table[-1] == "| 0.9–1.0 | 1 | 0.95 | 1.00 |"
