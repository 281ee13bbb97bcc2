"""From an archive to a published precision: extracted, drawn, judged, weighed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotes.cli.application import run
from quotes.cli.sampled import asked_keys, drawn_statements
from quotes.extractor import Extractor
from quotes.io.json import statements_to_json
from quotes.review import Session, begin, open_desk, with_given
from quotes.text.document import make_document, read_documents

ROOT = Path(__file__).parents[2]
ARCHIVE = ROOT / "fixtures" / "press-conference" / "articles.jsonl"


def test_a_sample_is_judged(extractor: Extractor, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is drawn is found again in its articles, judged alone, and weighed by its outlets."""
    statements = []
    for row in map(json.loads, ARCHIVE.read_text("utf-8").splitlines()):
        document = make_document(row.pop("text"), document_id=row.pop("id"), path=str(ARCHIVE), **row)
        statements += extractor.extract_document(document)
    saved, sample, articles = (tmp_path / f"{name}.json" for name in ("statements", "sample", "articles"))
    saved.write_text(statements_to_json(statements), "utf-8")
    arguments = ["-n", "8", "--by", "outlet", "--seed", "1", "-o", str(sample), "--articles", str(articles)]
    assert run(["sample", str(saved), *arguments]) == 0

    drawn = drawn_statements(sample)
    desks = [
        open_desk(tmp_path / "reviewed", each, lambda new: with_given(begin(new, extractor), drawn.get(new.sha256, ())))
        for each in read_documents(articles)
    ]
    session = Session(tmp_path / "reviewed", desks, asked_keys(drawn, desks))
    asked = [(number, item) for number, desk in enumerate(desks) for item in session.items(desk)]
    assert [item.given for _, item in asked] == [each for found in drawn.values() for each in found]
    for number, item in asked:
        first = item is asked[0][1]
        session.act(number, desks[number].revision, {"do": "reject" if first else "accept", "item": item.key})
    session.export()
    session.close()

    capsys.readouterr()
    arguments = ["--summary", str(tmp_path / "reviewed"), "--sample", str(sample), "--json"]
    assert run(["review", *arguments]) == 0
    found = json.loads(capsys.readouterr().out)
    # Of 17 statements five are of the first outlet, where one of two is wrong: 1 - 5 / 17 / 2
    assert found["precision"]["share"] == round(1 - 5 / 17 / 2, 4)
    assert [(each["precision"]["right"], each["precision"]["of"]) for each in found["strata"]] == [
        (1, 2),
        (2, 2),
        (2, 2),
        (2, 2),
    ]
