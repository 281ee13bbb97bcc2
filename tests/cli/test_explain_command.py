"""``quotes explain``: what a person and a program read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.cli import options
from quotes.cli.application import run
from quotes.cli.explain import explanation_lines
from quotes.explanation import Explanation, Influence, WeighedExtent

if TYPE_CHECKING:
    from quotes.extractor import Extractor

TEXT = "Ann Kord said on Monday that the bridge would close.\n\nBo Dorn believes that it will snow.\n"

EXPLANATION = Explanation(
    statement_id="0123456789abcdef",
    start=29,
    text="the bridge\nwould close",
    attitude="statement",
    cue="said",
    speaker="Ann Kord",
    rule="clausal_complement",
    probability=0.97,
    scored=0.91,
    threshold=0.4,
    influences=(Influence("cue=say", 1.5), Influence("cue tag=VBD", -0.25)),
    extent=WeighedExtent("subtree", "the bridge\nwould close", 1.25, (Influence("first word=the", 0.5),)),
    runner_up=WeighedExtent("without_prep", "the bridge", 0.5, ()),
    reasons={
        "Found by": "a cue with a clause as its content: “Ann Kord said”",
        "Sure": "0.97, kept from 0.40 on, as for most candidates. For it the cue word “say” (+1.5). "
        "Against it the tense or form of the cue (-0.2)",
    },
)


@pytest.fixture
def article(tmp_path: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A text with a statement and a belief; the extractor of the whole run explains it."""
    from quotes.extractor import Extractor as Fresh

    def make(model: str | None, attitudes: str, min_confidence: float, *_: object) -> Extractor:
        return Fresh(attitudes=attitudes, min_confidence=min_confidence, scorer=extractor.scorer)

    monkeypatch.setattr(options, "make_extractor", make)
    path = tmp_path / "article.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def explained(article: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs ``quotes explain`` on the text and gives what it prints."""

    def explain(*arguments: str) -> str:
        assert run(["explain", str(article), *arguments]) == 0
        captured = capsys.readouterr()
        assert captured.err == ""
        return captured.out

    return explain


LINES = [
    "0123456789abcdef, at 29, 0.97",
    "    Ann Kord: “the bridge would close”",
    "    Found by  a cue with a clause as its content: “Ann Kord said”",
    "    Sure      0.97, kept from 0.40 on, as for most candidates. For it the cue word “say” (+1.5).",
    "              Against it the tense or form of the cue (-0.2)",
]
FEATURES = [
    "    for it and against it, in log-odds:",
    "         +1.50  cue=say",
    "         -0.25  cue tag=VBD",
    "    extent subtree, 1.25 points:",
    "         +0.50  first word=the",
    "    next extent without_prep, 0.50 points:",
]


def test_a_person_reads_lines() -> None:
    """Id, place, probability, speaker, text and the reasons; features only where asked for."""
    groups = {"statements": [EXPLANATION], "near": []}
    near = ["What came close, and was not kept: nothing", ""]
    assert list(explanation_lines(groups, None)) == [*LINES, "", *near]
    assert list(explanation_lines(groups, None, features=True)) == [*LINES, *FEATURES, "", *near]


def test_without_a_statement_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A text without statements gives a line, not nothing."""
    path = tmp_path / "a.txt"
    path.write_text("It rained.", "utf-8")
    assert run(["explain", str(path)]) == 0
    assert capsys.readouterr().out == "No statement was found.\n\n"


def test_one_place(explained: Callable[..., str]) -> None:
    """--at and --find explain what is there: a statement, what was lost, or that there was nothing."""
    there = TEXT.index("bridge")
    assert "“the bridge would close”" in explained("--at", str(there))
    assert explained("--at", str(there)) == explained("--find", "bridge")
    lost = explained("--find", "snow")
    assert "Lost      found, but as belief: ask for it with --attitudes all" in lost
    assert "bridge" not in lost
    assert explained("--find", "\n\n") == "The place is in no paragraph.\n\n"
    (belief,) = json.loads(explained("--json", "--find", "snow"))["lost"]
    assert belief["reasons"]["Lost"].startswith("found, but as belief")
    assert json.loads(explained("--json", "--find", "\n\n"))["note"] == "The place is in no paragraph."


def test_a_place_with_what_was_lost_there(explained: Callable[..., str]) -> None:
    """With --near, what was lost at a place is told beside its statement."""
    record = json.loads(explained("--json", "--find", "bridge", "--near"))
    assert len(record["statements"]) == 1
    assert all(each["reasons"]["Lost"] for each in record["lost"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--find", "river"), "--find: 'river' is not in the text"),
        (("--find", ""), "--find: '' is not in the text"),
        (("--at", "5000"), f"--at 5000: the text has {len(TEXT)} code points"),
        (("--at", "5", "--find", "bridge"), "give --at or --find, not both"),
    ],
)
def test_a_place_that_is_none(
    article: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    """A place outside of the text, words that it does not have, or two places are one line, and code 2."""
    assert run(["explain", str(article), *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err


def test_the_least_confidence(explained: Callable[..., str]) -> None:
    """--min-confidence leaves out statements, and a place tells that it did."""
    assert explained("--min-confidence", "1") == "No statement was found.\n\n"
    assert "is below --min-confidence 1.0" in explained("--min-confidence", "1", "--find", "bridge")


def test_the_day_of_publication(explained: Callable[..., str]) -> None:
    """--published turns a weekday into a day."""
    assert "The date 2023-03-13, seen from" in " ".join(explained("--published", "2023-03-16").split())


def test_the_statements_asked_for_are_explained(explained: Callable[..., str]) -> None:
    """By default statements, with --attitudes all beliefs too."""
    assert "“the bridge would close”" in explained()
    assert "snow" not in explained()
    assert "it will snow" in explained("--attitudes", "all")


def test_top_cuts_the_lists(explained: Callable[..., str]) -> None:
    """With --top N each list of features has N lines at most; JSON has all of them without it."""
    (short,) = json.loads(explained("--json", "--top", "2"))["statements"]
    (whole,) = json.loads(explained("--json"))["statements"]
    assert short["influences"] == whole["influences"][:2]
    assert len(whole["influences"]) > 8
    shown = explained("--top", "1", "--features").split("in log-odds:\n")[1].splitlines()
    assert shown[0].endswith("  bias")
    assert shown[1] == ""
    assert "cue=say" not in explained()


def test_one_statement_by_its_id(explained: Callable[..., str]) -> None:
    """--statement takes an id or its beginning, and finds a belief without being told to."""
    (belief,) = (
        each
        for each in json.loads(explained("--json", "--attitudes", "all"))["statements"]
        if each["attitude"] == "belief"
    )
    (only,) = json.loads(explained("--json", "--statement", belief["statement_id"][:6]))["statements"]
    assert only == belief


def test_an_unknown_statement(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An id that no statement has is one line, and code 2."""
    assert run(["explain", str(article), "--statement", "xyz"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "no statement has the id 'xyz'" in captured.err


def test_json_names_the_document(explained: Callable[..., str], article: Path) -> None:
    """JSON holds the document, the threshold, and with --near what came close."""
    record = json.loads(explained("--json", "--near"))
    assert record["document"]["id"] == "article"
    assert record["document"]["path"] == str(article)
    assert 0 < record["threshold"] < 1
    for each in record["near"]:
        assert each["statement_id"] is None
        assert each["threshold"] / 2 <= each["probability"] < each["threshold"] <= record["threshold"]
    assert "near" not in json.loads(explained("--json"))
