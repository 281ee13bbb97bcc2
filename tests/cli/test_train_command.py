"""``quotes train``: what it passes on, and what it refuses before the work begins."""

from __future__ import annotations

import inspect
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from quotes.cli.application import run


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus file; what is in it is no matter here."""
    path = tmp_path / "train.jsonl"
    path.write_text("{}\n", "utf-8")
    return path


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the training was called with."""
    seen: list[dict[str, Any]] = []

    def train(corpus: Path, **options: Any) -> dict[str, Any]:
        options.pop("report")("parsing\n2 articles")
        seen.append({"corpus": corpus, **options})
        return {"articles": 2, "threshold": 0.4}

    module = ModuleType("quotes.training")
    module.train = train  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "quotes.training", module)
    return seen


def test_options_reach_the_training(
    corpus: Path, tmp_path: Path, calls: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Every option is passed on, steps go to standard error and the metadata to standard output."""
    output, dev = tmp_path / "w.tsv", tmp_path / "dev.jsonl"
    dev.write_text("{}\n", "utf-8")
    arguments = ["-o", str(output), "--model", "some_model", "--folds", "3", "--dev", str(dev)]
    assert run(["train", str(corpus), *arguments]) == 0
    assert calls == [{"corpus": corpus, "model": "some_model", "folds": 3, "output": output, "dev": dev}]
    captured = capsys.readouterr()
    assert captured.err == "quotes: parsing\\n2 articles\n"
    assert json.loads(captured.out) == {"articles": 2, "threshold": 0.4}


def test_defaults(corpus: Path, calls: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without options: the default pipeline, five folds, weights.tsv in this folder, no further corpus."""
    from quotes.syntax.pipeline import DEFAULT_MODEL

    monkeypatch.chdir(tmp_path)
    assert run(["train", str(corpus)]) == 0
    (call,) = calls
    assert (call["model"], call["folds"], call["dev"]) == (DEFAULT_MODEL, 5, None)
    assert call["output"] == Path("weights.tsv")


def test_an_encoder_reaches_the_training(
    corpus: Path, tmp_path: Path, calls: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The encoder's folder, the teacher's, the working folder and the number of epochs are passed on."""
    monkeypatch.setitem(sys.modules, "quotes.training.encoder.export", ModuleType("quotes.training.encoder.export"))
    arguments = ["-o", str(tmp_path / "w.tsv"), "--encoder", "base", "--teacher", "big", "--work", "there"]
    assert run(["train", str(corpus), *arguments, "--epochs", "3"]) == 0
    (call,) = calls
    assert (call["encoder"], call["teacher"], call["work"]) == (Path("base"), Path("big"), Path("there"))
    assert call["epochs"] == 3


def test_the_extra_for_encoders_is_missing(
    corpus: Path, calls: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without torch one line says which extra to install, before anything is read."""

    def absent(_name: str) -> None:
        raise ModuleNotFoundError("No module named 'torch'", name="torch")

    monkeypatch.setattr("quotes.cli.train.import_module", absent)
    assert run(["train", str(corpus), "--encoder", "base"]) == 2
    message = capsys.readouterr().err
    assert "training with an encoder needs torch, which is not installed" in message
    assert "pip install 'quotes-attribution[train-encoder]'" in message
    assert calls == []


def test_the_training_takes_these_options() -> None:
    """The training itself has the parameters that the command passes on."""
    pytest.importorskip("sklearn", reason="the extra 'train' is not installed")
    from quotes.training import train

    parameters = inspect.signature(train).parameters
    known = {"corpus", "model", "folds", "output", "dev", "report", "encoder", "teacher", "work", "epochs"}
    assert set(parameters) == known


@pytest.mark.parametrize("missing", ["sklearn", "sklearn.linear_model"])
def test_the_extra_is_missing(
    missing: str, corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a training library one line says how to install it, and the code is 2."""

    class Missing(ModuleType):
        def __getattr__(self, name: str) -> object:
            raise ModuleNotFoundError(f"No module named {missing!r}", name=missing)

    monkeypatch.setitem(sys.modules, "quotes.training", Missing("quotes.training"))
    assert run(["train", str(corpus)]) == 2
    message = capsys.readouterr().err
    assert f"training needs {missing.partition('.')[0]}" in message
    assert "pip install 'quotes-attribution[train]'" in message
    assert message.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["none.jsonl"], 3, "no such file: none.jsonl"),
        (["train.jsonl", "--dev", "none.jsonl"], 3, "no such file: none.jsonl"),
        (["train.jsonl", "-o", "train.jsonl"], 2, "one of the files to read"),
        (["train.jsonl", "-o", "w.json"], 2, "the settings go to this file"),
        (["train.jsonl", "-o", "."], 5, "cannot write ."),
        (["train.jsonl", "-o", "none/w.tsv"], 5, "cannot write none/w.tsv"),
        (["train.jsonl", "--folds", "1"], 2, "--folds"),
        (["train.jsonl", "--epochs", "2"], 2, "name its folder with --encoder"),
        (["train.jsonl", "--teacher", "big"], 2, "name its folder with --encoder"),
        (["train.jsonl", "--work", "there"], 2, "name its folder with --encoder"),
    ],
)
def test_what_cannot_work_fails_at_once(
    arguments: list[str],
    code: int,
    message: str,
    corpus: Path,
    calls: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A missing corpus or a place that cannot be written is told before anything is fitted."""
    monkeypatch.chdir(corpus.parent)
    assert run(["train", *arguments]) == code
    assert message in capsys.readouterr().err
    assert calls == []
