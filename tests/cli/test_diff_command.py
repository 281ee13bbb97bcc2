"""``quotes diff``: what changed between two outputs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quotes.io.json import statements_to_json
from quotes.models import Statement
from quotes.validation import changes
from tests.conftest import entity_record, make_statement

Run = Callable[..., object]
KEPT = make_statement("the bridge is closed", at=4)


def of_text(sha256: str, statement: Statement) -> Statement:
    """The statement, in a text with this hash."""
    record = statement.model_dump()
    record["provenance"]["document"]["sha256"] = sha256 * 64
    return Statement.model_validate(record)


def written(folder: Path, name: str, *statements: Statement) -> Path:
    """A file of these statements."""
    (folder / name).write_text(statements_to_json(statements), "utf-8")
    return folder / name


def test_nothing_changed(quotes: Run, tmp_path: Path) -> None:
    """The same statements are the same, also as JSON Lines; the code is 0."""
    old = written(tmp_path, "old.json", KEPT)
    new = tmp_path / "new.jsonl"
    new.write_text(KEPT.model_dump_json() + "\n", "utf-8")
    result = quotes("diff", old, new)
    assert (result.code, result.err) == (0, "")
    assert result.out == "1 statement unchanged, 0 added, 0 removed, 0 changed.\n"


def test_added_removed_and_changed(quotes: Run, tmp_path: Path) -> None:
    """Each kind of change has its row, with the field that differs; the code is 1."""
    old = written(tmp_path, "old.json", KEPT, make_statement("it will rain", at=90))
    renamed = make_statement("the bridge is closed", at=4, speaker="Bo Dorn", addressee=entity_record("the council"))
    new = written(tmp_path, "new.json", renamed, make_statement("nobody came", at=60))
    result = quotes("diff", old, new)
    out = " ".join(result.out.split())
    assert result.code == 1
    assert "changed article Bo Dorn the bridge is closed (?) speaker.name: Ann Kord → Bo Dorn" in out
    assert "addressee: none → the council" in out
    assert "added article Ann Kord nobody came" in out
    assert "removed article Ann Kord it will rain" in out
    assert out.endswith("0 statements unchanged, 1 added, 1 removed, 1 changed.")
    record = json.loads(quotes("diff", old, new, "--json").out)
    assert [len(record[key]) for key in ("added", "removed", "changed")] == [1, 1, 1]
    assert {"field": "speaker.name", "old": "Ann Kord", "new": "Bo Dorn"} in record["changed"][0]["differences"]


def test_another_version_is_named(quotes: Run, tmp_path: Path) -> None:
    """Where the programs differ they are named, but that alone is no change."""
    record = KEPT.model_dump()
    record["provenance"]["extractor"]["version"] = "1"
    result = quotes(
        "diff", written(tmp_path, "a.json", KEPT), written(tmp_path, "b.json", Statement.model_validate(record))
    )
    assert result.code == 0
    assert result.out.startswith("Old: quotes 0 with none 0\nNew: quotes 1 with none 0\n")


@pytest.mark.parametrize(
    ("new", "fields"),
    [
        (make_statement("the bridge is closed", at=4, confidence=0.5049), []),
        (make_statement("the bridge is closed", at=4, confidence=0.51), ["confidence"]),
        (make_statement("the bridge is closed", at=9), ["content.spans"]),
        (of_text("1", make_statement("the bridge is closed", at=9)), []),
        (of_text("1", make_statement("the bridge is closed now", at=9)), ["content.text"]),
        (make_statement("the bridge is closed", at=4, speaker=entity_record("Ann Kord", entity="e7")), []),
        (make_statement("the bridge is closed", at=4, negated=True), ["negated"]),
    ],
)
def test_what_counts_as_a_change(new: Statement, fields: list[str]) -> None:
    """No change is a number of an entity, a hair of confidence, or a place in another text."""
    found = changes([KEPT], [new])
    assert [part.field for each in found.changed for part in each.differences] == fields
    assert found.any == bool(fields)


def test_other_texts_are_kept_apart() -> None:
    """The same words in two texts are two statements."""
    other = of_text("2", make_statement("the bridge is closed", at=4, document="b"))
    found = changes([of_text("1", KEPT), other], [other])
    assert (len(found.removed), found.same, len(found.added)) == (1, 1, 0)


def test_a_file_that_is_not_there(quotes: Run, tmp_path: Path) -> None:
    """One line and code 3."""
    result = quotes("diff", tmp_path / "a.json", tmp_path / "b.json")
    assert result.code == 3
    assert result.err.count("\n") == 1


def test_quiet_answers_by_its_exit_code(quotes: Run, tmp_path: Path) -> None:
    """Nothing is printed, whatever is found."""
    old, new = written(tmp_path, "old.json", KEPT), written(tmp_path, "new.json")
    for pair, code in (((old, old), 0), ((old, new), 1)):
        result = quotes("diff", *pair, "--quiet")
        assert (result.code, result.out, result.err) == (code, "", "")
