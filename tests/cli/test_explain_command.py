"""``quotes explain``: what a person and a program read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.cli import options
from quotes.cli.application import run
from quotes.cli.explain import explanation_lines
from quotes.explanation import Explanation, Influence, WeighedReading

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
    reading=WeighedReading("subtree", "the bridge\nwould close", 1.25, (Influence("first word=the", 0.5),)),
    runner_up=WeighedReading("without_prep", "the bridge", 0.5, ()),
)


@pytest.fixture
def article(tmp_path: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A text with a statement and a belief; the extractor of the whole run explains it."""
    from quotes.extractor import Extractor as Fresh

    def make(model: str | None, attitudes: str, min_confidence: float) -> Extractor:
        return Fresh(attitudes=attitudes, scorer=extractor.scorer)

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


def test_a_person_reads_lines() -> None:
    """Text, speaker, cue, rule, probability, features, reading and runner-up, each on a line."""
    assert list(explanation_lines([EXPLANATION], [], near=True)) == [
        "0123456789abcdef, at 29: “the bridge would close”",
        "    speaker Ann Kord, cue said, statement",
        "    rule clausal_complement",
        "    probability 0.97, kept from 0.40 on",
        "    what decided, in log-odds:",
        "         +1.50  cue=say",
        "         -0.25  cue tag=VBD",
        "    reading subtree, 0.75 points ahead of the next",
        "    for it and against it, in points:",
        "         +0.50  first word=the",
        "    next reading without_prep: “the bridge”",
        "",
        "What came close, and was not kept: nothing",
    ]


def test_a_rule_that_decides_is_said() -> None:
    """Where the rule decides, there is no threshold to name, but what the features alone would give."""
    lines = explanation_lines([replace(EXPLANATION, threshold=0.0)], [], near=False)
    assert "    probability 0.97, kept for its rule; the features give 0.91" in lines


def test_without_a_statement_it_says_so() -> None:
    """A text without statements gives one line, not nothing."""
    assert list(explanation_lines([], [], near=False)) == ["No statement was found."]


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
    assert explained("--top", "1").split("in log-odds:\n")[1].count("  +") >= 1


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
