"""``quotes evaluate`` from its arguments to its exit code."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
import typer
from annotations import place, statement

from quotes.cli import options
from quotes.cli.evaluate import evaluate
from quotes.errors import DataError, UsageError
from quotes.models import Statement
from quotes.text.document import Document

TEXT = "Ada Lund said that the old lock leaks. Bo Frey denied the pumps failed."
SEGMENT = {
    "id": "a_7f3a",
    "tokens": ["Ada", "Lund", "said", "that", "the", "old", "lock", "leaks", "."],
    "labels": ["B-source", "I-source", "B-cue", "B-content", *["I-content"] * 4, "O"],
}


class FixedExtractor:
    """Gives every document the same statement."""

    def pipe(self, documents: Iterable[Document]) -> Iterator[list[Statement]]:
        """Yield the statements of each document."""
        for document in documents:
            text = document.text
            yield [statement(text, "the old lock leaks", source="Ada Lund", cue="said", confidence=0.9)]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Write a corpus of one article with two relations."""

    def spans(piece: str) -> list[list[int]]:
        span = place(TEXT, piece)
        return [[span.start, span.end]]

    attributions = [
        {"source": spans("Ada Lund"), "cue": spans("said"), "content": spans("that the old lock leaks")},
        {"source": spans("Bo Frey"), "cue": spans("denied"), "content": spans("the pumps failed")},
    ]
    path = tmp_path / "corpus.jsonl"
    path.write_text(json.dumps({"doc_id": "a", "text": TEXT, "attributions": attributions}), "utf-8")
    return path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Run the command with an extractor whose statements are known; return its exit code."""
    asked: list[tuple[object, ...]] = []

    def make_extractor(*arguments: object) -> FixedExtractor:
        asked.append(arguments)
        return FixedExtractor()

    monkeypatch.setattr(options, "make_extractor", make_extractor)
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(evaluate)

    def run_command(*arguments: object) -> int:
        code: int = typer.main.get_command(app).main(list(map(str, arguments)), standalone_mode=False)
        assert asked == [(None, "all", 0.0, "fast", None)]
        return code

    return run_command


def test_tables_show_figures_with_intervals(
    run: Callable[..., int], corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The tables give each figure, by kind and with its interval, and the calibration."""
    assert run(corpus) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "1 articles, 14 words, 2 annotated contents, 1 predicted" in shown
    assert "100.0 (100.0–100.0) │ 50.0 (50.0–50.0) │ 66.7 (66.7–66.7)" in shown
    assert "indirect" in shown
    assert "expected calibration error 0.100" in shown
    assert "Misses" not in shown


def test_json_holds_the_whole_evaluation(
    run: Callable[..., int], corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --json the report, roles, baselines and errors are one JSON object."""
    segments = tmp_path / "segments.txt"
    segments.write_text(json.dumps(SEGMENT) + "\n", "utf-8")
    assert run(corpus, "--json", "--errors", "--baselines", "--segments", segments) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["report"]["quotes"]["recall"] == {"value": 0.5, "low": 0.5, "high": 0.5}
    assert found["report"]["exact_with_complementizer"]["precision"]["value"] == 1.0
    assert [role["exact_f1"]["value"] for role in found["report"]["roles"]["roles"]] == [1.0, 1.0, 0.0]
    widened = found["report"]["roles_in_corpus_conventions"]["roles"]
    assert [role["exact_f1"]["value"] for role in widened] == [1.0, 1.0, 1.0]
    assert [baseline["system"] for baseline in found["baselines"]] == [
        "textacy direct_quotations",
        "that-clause baseline",
    ]
    assert [(error["error"], error["cue"]) for error in found["errors"]] == [
        ("miss", "deny"),
        ("boundary", "say"),
    ]


def test_errors_and_baselines_follow_the_tables(
    run: Callable[..., int], corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --errors and --baselines the systems are side by side and every error is listed."""
    assert run(corpus, "--errors", "--baselines") == 0
    shown = capsys.readouterr().out
    assert "that-clause baseline" in shown
    assert "miss · deny · ccomp of cue (1)" in shown
    assert "missing: that" in shown


def test_figure_below_its_floor_fails(
    run: Callable[..., int], corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A floor that is not reached gives exit code 1 and a line on standard error, after the tables."""
    assert run(corpus, "--floor-quotes", 70, "--floor", "quotes.precision=100", "--ceiling-calibration", 0.05) == 1
    shown = capsys.readouterr()
    assert "quotes 66.67 is below its floor 70" in shown.err
    assert "calibration error 0.100 is above 0.05" in shown.err
    assert "precision" not in shown.err
    assert "Overall" in shown.out


def test_reached_floor_passes(run: Callable[..., int], corpus: Path) -> None:
    """Floors that are reached give exit code 0."""
    assert run(corpus, "--floor-quotes", 66, "--floor", "indirect.recall=50") == 0


def test_unknown_floor_is_refused_before_any_work(corpus: Path) -> None:
    """A floor of no figure is a usage error, and no pipeline is loaded for it."""
    with pytest.raises(UsageError, match="choose from quotes"):
        evaluate(corpus, floor=["speed=3"])


def test_corpus_of_another_form_is_refused(tmp_path: Path) -> None:
    """A corpus that is no JSON lines is a data error."""
    path = tmp_path / "corpus.jsonl"
    path.write_text("Ada Lund said no.\n", "utf-8")
    with pytest.raises(DataError, match="not JSON"):
        evaluate(path)
