"""``quotes validate`` with a fake extractor."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quotes.io.json import statements_to_json
from quotes.models import Statement

Run = Callable[..., object]


def expectation(said: str, at: int, **fields: object) -> dict[str, object]:
    """An expected statement of one piece."""
    return {"content": {"spans": [{"start": at, "end": at + len(said), "text": said}]}, **fields}


@pytest.fixture
def fixtures(tmp_path: Path) -> Path:
    """A folder of two fixtures, one of them with a difference, an extra and a missing statement."""
    folder = tmp_path / "fixtures"
    good, bad = folder / "good", folder / "more" / "bad"
    for each in (good, bad):
        each.mkdir(parents=True)
    (good / "article.txt").write_text("Said: all is well\n", "utf-8")
    (good / "expected.json").write_text(json.dumps([expectation("all is well", 6)]), "utf-8")
    (bad / "article.txt").write_text("Said: one two three\nSaid: four five\nsix seven\n", "utf-8")
    expected = [
        expectation("one two three", 6, speaker={"names": ["Bo", "Mr Bo"]}),
        expectation("six seven", 36),
        expectation("three\nSaid", 14, xfail={"found": "known to be hard"}),
    ]
    (bad / "expected.json").write_text(json.dumps({"statements": expected}), "utf-8")
    return folder


def test_fixtures_are_compared(quotes: Run, fixtures: Path) -> None:
    """All that is missing, extra or different is printed field by field, and the code is 1."""
    result = quotes("validate", fixtures)
    assert (result.code, result.err) == (1, "")
    assert result.out.splitlines() == [
        "good: 1 of 1 right, ok",
        "bad: 0 of 3 right, FAILED",
        "  missing    at 36: “six seven”",
        '  extra      at 26: “four five” (indirect, speaker "Ann Kord", cue "said", rule clausal_complement)',
        "  different  at 6: “one two three”",
        "      speaker.name",
        '          expected  ["Bo", "Mr Bo"]',
        '          got       "Ann Kord"',
        "  expected failure (missing)  at 14: “three Said”",
        "      because: known to be hard",
        ("2 compared, 4 expected: 1 right, 1 missing, 1 extra, 1 different, 1 expected failures, 0 now passing"),
    ]


def test_quiet_prints_only_what_fails(quotes: Run, fixtures: Path) -> None:
    """The comparisons that fail are all there, those that pass are not, and there is no total."""
    loud = quotes("validate", fixtures).out.splitlines()
    assert quotes("validate", fixtures, "--quiet").out.splitlines() == loud[1:-1]
    result = quotes("validate", fixtures / "good", "--quiet")
    assert (result.code, result.out, result.err) == (0, "", "")


def test_a_good_fixture_passes(quotes: Run, fixtures: Path) -> None:
    """One fixture folder can be named itself; without a difference the code is 0."""
    result = quotes("validate", fixtures / "good")
    assert result.code == 0
    assert result.out.startswith("good: 1 of 1 right, ok\n")


def test_result_as_json(quotes: Run, fixtures: Path) -> None:
    """With --json the whole result is one JSON object, with the same exit code."""
    result = quotes("validate", fixtures, "--json")
    report = json.loads(result.out)
    assert result.code == 1
    assert report["passed"] is False
    assert report["summary"]["expected_failures"] == 1
    bad = report["comparisons"][1]
    assert bad["different"][0]["differences"] == [
        {"field": "speaker.name", "expected": ["Bo", "Mr Bo"], "got": "Ann Kord"}
    ]
    assert [each["content"]["text"] for each in bad["extra"]] == ["four five"]


@pytest.mark.parametrize(("kind", "code"), [("indirect", 0), ("direct", 1)])
def test_an_output_is_compared(
    quotes: Run, statement: Callable[..., Statement], tmp_path: Path, kind: str, code: int
) -> None:
    """An output file is compared with an expected one, without running the extractor."""
    output, expected = tmp_path / "statements.json", tmp_path / "expected.json"
    output.write_text(statements_to_json([statement("all is well", at=6)]), "utf-8")
    expected.write_text(json.dumps([expectation("all is well", 6, kind=kind)]), "utf-8")
    assert quotes("validate", output, "--against", expected).code == code


def test_two_outputs_against_one(quotes: Run, tmp_path: Path) -> None:
    """Only one output can be compared at a time."""
    assert quotes("validate", "a.json", "b.json", "--against", "c.json").code == 2


def test_a_file_without_against(quotes: Run, fixtures: Path) -> None:
    """A file without --against is a usage error that says what is missing."""
    result = quotes("validate", fixtures / "good" / "expected.json")
    assert result.code == 2
    assert "--against" in result.err


def test_a_wrong_offset_names_file_and_span(quotes: Run, fixtures: Path) -> None:
    """An expected offset that does not hold is an error in the fixture, with its file and place."""
    path = fixtures / "good" / "expected.json"
    path.write_text(json.dumps([expectation("all is well", 7)]), "utf-8")
    result = quotes("validate", fixtures)
    assert result.code == 6
    assert f"{path}, statement 0, content, spans 0: at 7 to 18" in result.err
    assert result.err.count("\n") == 1


def test_no_fixture(quotes: Run, tmp_path: Path) -> None:
    """A folder without fixtures is an error and no success."""
    assert quotes("validate", tmp_path).code == 3


@pytest.fixture
def reviewers(tmp_path: Path) -> tuple[Path, Path]:
    """The folders of two reviewers of one article, who differ in a kind and a statement."""
    for name, expected in (
        ("ann", [expectation("one two three", 6, kind="direct"), expectation("four five", 26)]),
        ("bo", [expectation("one two three", 6, kind="mixed")]),
    ):
        folder = tmp_path / name / "harbour"
        folder.mkdir(parents=True)
        (folder / "article.txt").write_text("Said: one two three\nSaid: four five\n", "utf-8")
        (folder / "expected.json").write_text(json.dumps(expected), "utf-8")
    return tmp_path / "ann", tmp_path / "bo"


def test_two_reviewers_are_compared(quotes: Run, reviewers: tuple[Path, Path]) -> None:
    """What the two differ in is listed, figures follow, and the code is 1; the same folder twice agrees."""
    ann, bo = reviewers
    result = quotes("validate", ann, "--against", bo)
    assert (result.code, result.err) == (1, "")
    assert [line.rstrip() for line in result.out.splitlines()[:6]] == [
        "harbour:",
        f"  only in {ann}  at 26: “four five”",
        "  different  at 6: “one two three”",
        "      kind",
        f'          {ann}  "direct"',
        f'          {bo}  "mixed"',
    ]
    assert f"1 article, 1 statement in both, 1 only in {ann}, 0 only in {bo}: F1 0.667" in result.out
    assert [line.split() for line in result.out.splitlines() if line.startswith(" kind")] == [
        ["kind", "1", "0", "0.0%", "0.00"]
    ]
    quiet = quotes("validate", ann, "--against", bo, "--quiet")
    assert quiet.out == "\n".join(result.out.splitlines()[:6]) + "\n"
    assert quotes("validate", ann, "--against", ann, "-q").code == 0


def test_agreement_as_json(quotes: Run, reviewers: tuple[Path, Path]) -> None:
    """With --json the figures and the differences are one JSON object."""
    ann, bo = reviewers
    report = json.loads(quotes("validate", ann, "--against", bo, "--json").out)
    assert (report["agreed"], report["f1"]) == (False, 0.6667)
    assert report["fields"]["kind"] == {"compared": 1, "same": 0, "kappa": 0.0}
    (article,) = report["articles"]
    assert article["different"][0]["differences"] == [{"field": "kind", "first": "direct", "second": "mixed"}]
    assert [each["content"]["spans"][0]["text"] for each in article["only_first"]] == ["four five"]


def test_a_folder_against_a_file(quotes: Run, reviewers: tuple[Path, Path], tmp_path: Path) -> None:
    """A folder and a file, or several folders, are refused in one line."""
    ann, bo = reviewers
    expected = bo / "harbour" / "expected.json"
    for arguments, said in (
        ([ann, "--against", expected], f"{expected} is a file and {ann} a folder"),
        ([expected, "--against", ann], f"{expected} is a file and {ann} a folder"),
        ([ann, bo, "--against", bo], "or one folder; give one"),
    ):
        result = quotes("validate", *arguments)
        assert (result.code, result.err.count("\n")) == (2, 1)
        assert said in result.err
    assert quotes("validate", ann, "--against", tmp_path / "none").code == 3
