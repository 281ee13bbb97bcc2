"""``quotes review``: what it refuses, what it goes on with, and what it says of reviews."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotes.cli.application import run
from quotes.review import Session, open_desk
from tests.review.planted import planted_review


@pytest.fixture
def reviewed(tmp_path: Path) -> Path:
    """A folder with a review in which nine of ten statements are accepted and one is rejected."""
    folder, review = tmp_path / "reviewed", planted_review()
    desk = open_desk(folder, review.document, lambda _: review)
    for number, item in enumerate(review.items):
        desk.act(desk.revision, {"do": "reject" if number == 7 else "accept", "item": item.key})
    desk.act(desk.revision, {"do": "change", "item": review.items[0].key, "field": "negated", "value": True})
    session = Session(folder, [desk])
    session.export()
    session.close()
    return folder


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "name the texts to review"),
        (("a.txt", "--json"), "--json is for --summary"),
        (("a.txt", "--summary", "."), "leave the texts out"),
        (("no-such.txt", "--no-open"), "no such file"),
        (("--summary", "no-such"), "no such folder"),
        (("a.txt", "--order", "size"), "confidence"),
    ],
)
def test_what_makes_no_sense(
    arguments: tuple[str, ...],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Wrong arguments are one line, before the pipeline is loaded."""
    pytest.importorskip("fastapi", reason="FastAPI is not installed (extra 'server')")
    monkeypatch.chdir(tmp_path)
    assert run(["review", *arguments]) in {2, 3}
    errors = capsys.readouterr().err
    assert told in errors
    assert errors.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_summary(reviewed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table has the shares with their intervals, and what was corrected by rule."""
    assert run(["review", "--summary", str(reviewed)]) == 0
    shown = capsys.readouterr().out
    assert "1 article, 1 reviewed as a whole; 10 statements, of which 0 wait and 0 are optional; 0 added" in shown
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert "statements, and rightly found (precision) 90.0% 59.6% to 98.2% 9 10" in lines
    assert "right in every field 80.0% 49.0% to 94.3% 8 10" in lines
    assert "negated right 88.9% 56.5% to 98.0% 8 9" in lines
    assert "clausal_complement 90.0% 59.6% to 98.2% 9 10 negated 1" in lines
    assert "Not all is reviewed" not in shown


def test_summary_as_json(reviewed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same for programs."""
    assert run(["review", "--summary", str(reviewed), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["precision"] == {"right": 9, "of": 10, "share": 0.9, "low": 0.5958, "high": 0.9821}
    assert found["rules"]["clausal_complement"]["corrected"] == {"negated": 1}


def test_what_waits_is_said(reviewed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where statements wait, the summary says what its shares hold for."""
    review = planted_review()
    desk = open_desk(reviewed, review.document, lambda _: review)
    desk.act(desk.revision, {"do": "wait", "item": review.items[0].key})
    desk.close()
    assert run(["review", "--summary", str(reviewed)]) == 0
    assert "drawn at random" in capsys.readouterr().out
