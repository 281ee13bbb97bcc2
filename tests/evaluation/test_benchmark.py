"""The benchmark's own record: what was timed, and on what."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotes.cli.benchmark import benchmark

FIXTURES = Path(__file__).parents[2] / "fixtures"
CHOSEN = ("headline-forms-briefing", "wire-dateline-reservoir")


def record_of(paths: list[Path], capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    """Run the benchmark once over files or folders and return its JSON."""
    assert benchmark(paths, rounds=1, as_json=True) == 0
    record: dict[str, object] = json.loads(capsys.readouterr().out)
    return record


def test_fixtures_and_a_corpus_file_are_timed_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same articles, as fixture folders or as a corpus, give the same texts, words and statements."""
    folders = [FIXTURES / name for name in CHOSEN]
    texts = [(folder / "article.txt").read_bytes().decode("utf-8") for folder in folders]
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("\n".join(json.dumps({"doc_id": text[:9], "text": text}) for text in texts), "utf-8")
    of_folders, of_corpus = record_of(folders, capsys), record_of([corpus], capsys)
    counted = ("texts", "words", "statements")
    assert [of_folders[key] for key in counted] == [of_corpus[key] for key in counted]
    assert of_folders["texts"] == len(texts)


def test_processor_and_matrix_libraries_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    """The record and the tables say on which processor and with which matrix library it was measured."""
    record = record_of([FIXTURES / CHOSEN[0]], capsys)
    assert str(record["processor"]).endswith(" cores")
    assert str(record["bare_products"]).startswith("BLIS ")
    assert "(numpy)" in str(record["extraction_products"])
    benchmark([FIXTURES / CHOSEN[0]], rounds=1)
    shown = capsys.readouterr().out
    assert f"matrices: bare pipeline {record['bare_products']}, extraction" in shown
    assert str(record["processor"]) in shown
