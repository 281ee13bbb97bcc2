"""The command line with the real extractor: odd texts, and pipelines that cannot serve."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotes.cli.application import run

SAID = "“The bridge stays closed until spring,” said Ann Kord, the harbour master."

ODD_TEXTS = {
    "byte order mark": ("\ufeff" + SAID, "utf-8"),
    "CRLF": ("The river rose.\r\n\r\n" + SAID + "\r\n", "utf-8"),
    "old Mac line ends": ("The river rose.\r\r" + SAID + "\r", "utf-8"),
    "NUL and control characters": ("The \x00 river \x07 rose.\n\n\x1b" + SAID, "utf-8"),
    "zero-width and right-to-left marks": (
        "The\u200b river\u200f rose.\n\n\u202a" + SAID + "\u202c",
        "utf-8",
    ),
    "UTF-16": (SAID, "utf-16"),
    "Windows": (SAID, "cp1252"),
}


@pytest.mark.parametrize("kind", ODD_TEXTS)
def test_odd_texts_come_out_right(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The statement in an odd text is found, with offsets true to the decoded text."""
    text, encoding = ODD_TEXTS[kind]
    path = tmp_path / "odd.txt"
    path.write_bytes(text.encode(encoding))
    code = run(["extract", str(path), "--encoding", encoding])
    captured = capsys.readouterr()
    assert (code, captured.err) == (0, "")
    (record,) = json.loads(captured.out)
    (span,) = record["content"]["spans"]
    decoded = text.removeprefix("\ufeff")
    assert span["text"] == "The bridge stays closed until spring,"
    assert decoded[span["start"] : span["end"]] == span["text"]
    assert record["speaker"]["name"] == "Ann Kord"


def test_a_pipeline_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pipeline that is not installed is one line that says how to get one, and code 4."""
    path = tmp_path / "a.txt"
    path.write_text(SAID, "utf-8")
    assert run(["extract", str(path), "--model", "no_such_pipeline"]) == 4
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("quotes: error: no spaCy pipeline 'no_such_pipeline'")
    assert "pip install" in captured.err
    assert captured.err.count("\n") == 1


def test_a_pipeline_without_a_parser(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pipeline that does not parse is one line that says so, and code 4."""
    import spacy

    path, model = tmp_path / "a.txt", tmp_path / "blank"
    path.write_text(SAID, "utf-8")
    spacy.blank("en").to_disk(model)
    assert run(["extract", str(path), "--model", str(model)]) == 4
    captured = capsys.readouterr()
    assert "has no parser and no tagger" in captured.err
    assert captured.err.count("\n") == 1
