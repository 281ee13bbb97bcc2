"""``quotes review``: what it refuses, what it goes on with, and what it says of reviews."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from quotes.cli import review as command
from quotes.cli.application import run
from quotes.cli.sampled import asked_keys, drawn_statements
from quotes.errors import UsageError
from quotes.io.json import statements_to_json
from quotes.models import Statement
from quotes.review import Session, open_desk, with_given
from quotes.sampling import Design, Stratum, write_design
from quotes.sampling.design import design_path
from quotes.view.review import review_records
from tests.conftest import make_statement
from tests.review.builders import begun
from tests.review.planted import planted_review
from tests.view.builders import library


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
        (("--settle", "one"), "takes two folders"),
        (("--settle", "one", "two", "--expected", "two"), "is one of the two"),
        (("--settle", "one", "two"), "no such folder"),
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


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Four of the ten statements, one of two strata of an archive of 1,000; the other is of another article."""
    review = planted_review()
    drawn = []
    for item in review.items[5:9]:
        record = item.statement.model_dump()
        record["provenance"]["document"]["sha256"] = review.document.sha256
        drawn.append(Statement.model_validate(record))
    path = tmp_path / "sample.json"
    path.write_text(statements_to_json([*drawn, make_statement("elsewhere", document="other")]), "utf-8")
    strata = (Stratum((review.document.id,), 900, 4), Stratum(("other",), 100, 1))
    write_design(Design(("document",), 1, strata), design_path(path))
    return path


def test_summary_of_a_sample(reviewed: Path, sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of four drawn statements one was rejected; the article of the fifth has no review, nor its stratum a share."""
    assert run(["review", "--summary", str(reviewed), "--sample", str(sample)]) == 0
    shown = capsys.readouterr().out
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    name = planted_review().document.id
    assert f"{name} 900 4 4 3 75.0% 30.1% to 95.4% 75.0%" in lines
    assert "other 100 1 0 0 – – –" in lines
    assert "the archive 1,000 5 4 3 75.0% 30.1% to 95.4% 75.0%" in lines
    assert "4 of 5 statements drawn from 1,000 are judged; 1 wait, or are optional." in shown
    assert "The last line speaks of 90.0% of the archive" in shown
    assert run(["review", "--summary", str(reviewed), "--sample", str(sample), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["precision"] == {"share": 0.75, "low": 0.3006, "high": 0.9544}
    assert (found["judged"], found["covered"], len(found["strata"])) == (4, 0.9, 2)


def test_a_sample_is_asked_for(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page has what was drawn and what the reviewer adds, as it was drawn; the rest stays undecided."""
    drawn = drawn_statements(sample)
    review = planted_review()
    lost = review.with_items((), without=[review.items[6].key])  # what a newer extractor no longer finds
    given = with_given(lost, drawn[review.document.sha256])
    assert [item.key for item in given.items] == [item.key for item in review.items]
    desk = open_desk(tmp_path / "new", review.document, lambda _: given)
    session = Session(tmp_path / "new", [desk], asked_keys(drawn, [desk]))
    assert "warning: the articles of 1 statement of the sample are not among the texts" in capsys.readouterr().err
    keys = [item.key for item in review.items][5:9]
    assert [item.key for item in session.items(desk)] == keys
    assert [item["key"] for item in review_records(session)[0]["items"]] == keys
    desk.act(desk.revision, {"do": "add", "spans": [[0, 8]]})
    assert [item.origin for item in session.items(desk)].count("added") == 1
    for key in keys:
        desk.act(desk.revision, {"do": "accept", "item": key})
    assert not desk.review.is_complete()
    session.close()
    other = open_desk(tmp_path / "old", review.document, lambda _: lost)
    with pytest.raises(UsageError, match="was begun without this sample; name another folder"):
        asked_keys(drawn, [other])
    other.close()


def test_settling(
    reviewed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The articles that two reviewers have are opened in a folder of their own; others are told of."""
    pytest.importorskip("fastapi", reason="FastAPI is not installed (extra 'server')")
    seen: list[Session] = []
    monkeypatch.setattr(command, "_serve", lambda session, *_, **__: seen.append(session))
    other = tmp_path / "other"
    shutil.copytree(reviewed, other)
    alone = begun(library())
    open_desk(other, alone.document, lambda _: alone).close()
    assert run(["review", "--settle", str(other), str(reviewed), "--expected", str(tmp_path / "settled")]) == 0
    (desk,) = seen[0].desks
    assert (desk.folder, desk.review.is_complete()) == (tmp_path / "settled" / "bridge", True)
    assert "left out library: only one of the two reviewers has it" in capsys.readouterr().err
