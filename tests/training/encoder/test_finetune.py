"""Fine-tuning a tiny encoder, and reading with what comes of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="needs the extra quotes-attribution[train]")
pytest.importorskip("onnxruntime", reason="needs the extra quotes-attribution[encoder]")
pytest.importorskip("onnx", reason="needs the extra quotes-attribution[train-encoder]")
pytest.importorskip("transformers", reason="needs the extra quotes-attribution[train-encoder]")

pytest.importorskip("torch", reason="needs the extra quotes-attribution[train-encoder]")

import torch

from quotes.cli.application import run
from quotes.encoding.encoder import load_encoder
from quotes.errors import DataError
from quotes.scoring.scorer import load_scorer
from quotes.training.encoder import finetune
from quotes.training.encoder.export import write_encoder
from quotes.training.encoder.finetune import Corpus, Net, Settings, Work, about, fit, loss_of, scores_of
from quotes.training.encoder.work import encoded, prepare, sha256_of
from quotes.training.examples import Example

FOLDS = 2
Lines = list[str]


def prepared(folder: Path, base: Path, examples: list[Example], epochs: int = 3) -> Work:
    """A working folder."""
    return prepare(folder, base, examples, examples[:2], FOLDS, {"epochs": epochs})


@pytest.fixture(scope="module")
def work(base: Path, examples: list[Example], tmp_path_factory: pytest.TempPathFactory) -> Work:
    """A working folder in which everything is done."""
    work = prepared(tmp_path_factory.mktemp("work") / "w", base, examples)
    for fold in (0, 1, None):
        fit(work, base, fold, lambda _line: None)
    return work


def test_a_killed_run_goes_on_to_the_same_bytes(
    work: Work, base: Path, examples: list[Example], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that is stopped after an epoch, and started again, gives the bytes of one that was not stopped."""
    again = prepared(tmp_path / "again", base, examples)
    lines: Lines = []

    def stop(line: str) -> None:
        lines.append(line)
        raise KeyboardInterrupt

    for fold in (0, None):
        with pytest.raises(KeyboardInterrupt):
            fit(again, base, fold, stop)
        assert not again.result(fold).exists()
        torch.manual_seed(99)
        fit(again, base, fold, lines.append)
        assert again.result(fold).read_bytes() == work.result(fold).read_bytes()
    assert [line.partition(",")[2].split(",")[0] for line in lines if "epoch" in line] == [
        *(f" fold 1 of 2: epoch {epoch} of 3" for epoch in (1, 2, 3)),
        *(f" all articles: epoch {epoch} of 3" for epoch in (1, 2, 3)),
    ]
    name = "full.safetensors"
    assert (again.folder / name).read_bytes() == (work.folder / name).read_bytes()
    assert {path.suffix for path in again.folder.iterdir()} == {".npz", ".json", ".safetensors", ".py"}


def test_what_is_done_is_not_done_again(work: Work, base: Path) -> None:
    """A result that is there is taken, wherever it was made; one of other settings is not."""
    lines: Lines = []
    fit(work, base, 1, lines.append)
    assert lines == []
    other = replace(work, settings=replace(work.settings, seed=1, epochs=1))
    assert about(work.result(1))["inputs"] != other.inputs(1)


def test_it_learns(base: Path, examples: list[Example], tmp_path: Path) -> None:
    """The loss falls, and what was learned tells right from wrong in articles that were held out."""
    work = prepared(tmp_path / "w", base, examples * 4, epochs=12)
    lines: Lines = []
    fit(work, base, 0, lines.append)
    losses = [float(line.partition("loss ")[2].partition(",")[0]) for line in lines if "loss" in line]
    assert losses[-1] < losses[0] / 2
    figures = about(work.result(0))["held_out"]
    assert figures["average_precision"] == 1
    assert figures["speakers"] == 1


def test_the_run_time_says_the_same(work: Work, base: Path, examples: list[Example], tmp_path: Path) -> None:
    """The encoder that is written gives candidates, extents and speakers the scores of the network."""
    told = write_encoder(work, base, tmp_path / "encoder", small=False)
    assert set(told["sha256"]) == {"encoder.onnx", "heads.npz", "tokenizer.json"}
    encoder = load_encoder(tmp_path / "encoder")
    with np.load(work.result(None)) as arrays:  # the first two examples are what it was measured on too
        scores = {name: arrays[name] for name in ("candidate", "extent", "nobody", "speaker", "likeliest")}
    at = past = 0
    for example in examples[:2]:
        reading = encoder.read(example.setting.parse)
        n = len(example.candidates)
        assert reading.candidates(example.candidates) == pytest.approx(scores["candidate"][at : at + n], abs=2e-3)
        for index, candidate in enumerate(example.candidates, start=at):
            points = reading.extents(candidate)
            assert points == pytest.approx(scores["extent"][past : past + len(points)], abs=2e-3)
            past += len(points)
            shares = reading.speaker(candidate)
            assert shares[None] == pytest.approx(np.exp(scores["nobody"][index]), abs=2e-3)
            if candidate.speaker is not None:
                assert shares[candidate.speaker.head] == pytest.approx(np.exp(scores["speaker"][index]), abs=2e-3)
            tokens = {token: share for token, share in shares.items() if token is not None}
            assert tokens[scores["likeliest"][index]] == max(tokens.values())
        at += n


def test_eight_bits_are_near(work: Work, base: Path, examples: list[Example], tmp_path: Path) -> None:
    """With 8 bits a number the scores change little."""
    readings = []
    for small in (False, True):
        write_encoder(work, base, tmp_path / str(small), small=small)
        encoder = load_encoder(tmp_path / str(small))
        readings.append(encoder.read(examples[0].setting.parse).candidates(examples[0].candidates))
    assert readings[0] == pytest.approx(readings[1], abs=0.1)
    assert (tmp_path / "True" / "encoder.onnx").read_bytes() != (tmp_path / "False" / "encoder.onnx").read_bytes()


def test_scores_reach_the_examples(work: Work, examples: list[Example]) -> None:
    """Each example has the scores of the fold that it was held out of."""
    scored = encoded(work, examples)
    with np.load(work.result(1)) as arrays:
        candidates = arrays["candidate"]
    said = scored[1].encoded
    assert said is not None
    assert said.candidates == pytest.approx(candidates[: len(said.candidates)], abs=6e-4)
    assert [len(each) for each in said.extents] == [len(each.extents) for each in examples[1].candidates]
    with pytest.raises(DataError, match=r"fold-0\.npz: not the scores of these articles"):
        encoded(replace(work, settings=replace(work.settings, seed=1)), examples)


def test_batches_do_not_change_scores(work: Work, base: Path) -> None:
    """A network says the same of an article, whatever is read with it."""
    torch.manual_seed(3)
    net = Net(base, work)
    corpus = Corpus(work.folder / finetune.EXAMPLES, work, torch.device("cpu"))
    one, all_at_once = (scores_of(net, corpus, range(corpus.count), size)[0] for size in (1, 8))
    for name in one:
        assert one[name] == pytest.approx(all_at_once[name], abs=1e-5, nan_ok=True)


def test_a_batch_without_attributions_has_a_loss(work: Work, base: Path) -> None:
    """Articles in which nothing is right teach too, and break nothing."""
    corpus = Corpus(work.folder / finetune.EXAMPLES, work, torch.device("cpu"))
    loss = loss_of(Net(base, work), corpus.batch([1, 3], chance=np.random.default_rng(0)), work.settings)
    assert torch.isfinite(loss)


def test_hidden_pieces(work: Work) -> None:
    """In training, and only then, some pieces are hidden, never the marks; the tokens stay where they were."""
    most = replace(work, settings=replace(work.settings, masked=0.9))
    corpus = Corpus(work.folder / finetune.EXAMPLES, most, torch.device("cpu"))
    plain, hidden = corpus.batch([0, 1]), corpus.batch([0, 1], chance=np.random.default_rng(0))
    marks = torch.isin(plain.pieces, torch.tensor([0, *work.marks]))
    changed = plain.pieces != hidden.pieces
    assert changed.any()
    assert not changed[marks].any()
    assert set(hidden.pieces[changed].tolist()) == {work.marks[2]}
    assert torch.equal(plain.rows, hidden.rows)


@pytest.fixture(scope="module")
def taught(base: Path, examples: list[Example], tmp_path_factory: pytest.TempPathFactory) -> Work:
    """A working folder with a teacher whose folds are done."""
    pupil = prepared(tmp_path_factory.mktemp("taught") / "w", base, examples)
    teacher = prepare(pupil.folder / finetune.TEACHER, base, examples, [], FOLDS, {"epochs": 1})
    for fold in range(FOLDS):
        fit(teacher, base, fold, lambda _line: None)
    return pupil


def test_what_a_teacher_says_is_of_articles_that_it_did_not_see(taught: Work) -> None:
    """Each candidate, extent and token has the score of the fold that its article was held out of."""
    assert taught.teacher is not None
    corpus = Corpus(taught.folder / finetune.EXAMPLES, taught, torch.device("cpu"))
    corpus.learn_from(taught.teacher)
    for fold in range(FOLDS):
        articles = list(range(fold, corpus.count, FOLDS))
        batch = corpus.batch(articles, chance=np.random.default_rng(0))
        with np.load(taught.teacher.result(fold)) as said:
            for name, chances in (("candidate", batch.taught_right), ("tags", batch.taught_tags)):
                assert chances.numpy() == pytest.approx(1 / (1 + np.exp(-said[name].astype(np.float32))), abs=1e-6)
            chosen = corpus.choice[corpus.arrays["extent_candidate"][corpus.rows("extent", articles)]]
            powers = np.exp(np.append(said["extent"][chosen], -np.inf))[batch.choices]
        assert batch.taught_best.numpy() == pytest.approx(powers / powers.sum(1, keepdims=True), abs=1e-6)


def test_a_pupil_believes_its_teacher(taught: Work, base: Path, tmp_path: Path) -> None:
    """What it says goes with a teacher who takes right for wrong, as far as the teacher counts."""
    shutil.copytree(taught.folder, tmp_path / "w")
    pupil = replace(taught, folder=tmp_path / "w")
    assert pupil.teacher is not None
    corpus = Corpus(pupil.folder / finetune.EXAMPLES, pupil, torch.device("cpu"))
    for fold in range(FOLDS):
        path = pupil.teacher.result(fold)
        right = corpus.arrays["candidate_right"][corpus.rows("candidate", range(fold, corpus.count, FOLDS))]
        with np.load(path) as arrays:
            said = {**arrays, "candidate": np.where(right, -6, 6).astype(np.float32)}
        np.savez(path, **said)
    precision = []
    for teaching in (0.0, 1.0):
        each = replace(pupil, settings=replace(pupil.settings, epochs=30, teaching=teaching))
        fit(each, base, 0, lambda _line: None)
        precision.append(about(each.result(0))["held_out"]["average_precision"])
    assert precision[0] > 0.9
    assert precision[1] < 0.5


def test_a_working_folder_for_other_inputs(base: Path, examples: list[Example], tmp_path: Path) -> None:
    """Other articles, folds or epochs need another folder; without a number of epochs the folder's own holds."""
    folder = tmp_path / "w"
    prepared(folder, base, examples, epochs=2)
    assert prepare(folder, base, examples, [], FOLDS, {}).settings.epochs == 2
    for some, folds, epochs in ((examples[:4], FOLDS, 2), (examples, 3, 2), (examples, FOLDS, 3)):
        with pytest.raises(DataError, match="give another folder with --work"):
            prepare(folder, base, some, [], folds, {"epochs": epochs})


def test_the_command_names_the_usual_number_of_epochs(capsys: pytest.CaptureFixture[str]) -> None:
    """The help of ``quotes train``, which loads no torch, says what the settings say."""
    assert run(["train", "--help"]) == 0
    assert f"sees each article; {Settings().epochs} by default" in " ".join(capsys.readouterr().out.split())


def test_training_writes_weights_that_count_on_the_encoder(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole run leaves a table, its settings and the encoder beside it, and a scorer that names its folder."""
    monkeypatch.chdir(tmp_path)
    lines = [json.dumps(article(number, said=number % 3 > 0)) for number in range(9)]
    corpus = Path("corpus.jsonl")
    corpus.write_text("\n".join(lines) + "\n", "utf-8")
    arguments = ["train", str(corpus), "-o", "mine.tsv", "--folds", "2", "--encoder", str(base), "--epochs", "2"]
    Path("dev.jsonl").write_text(lines[1] + "\n", "utf-8")
    assert run([*arguments, "--dev", "dev.jsonl"]) == 0
    settings = json.loads(Path("mine.json").read_text("utf-8"))["encoder"]
    assert (settings["folder"], len(settings["held_out"]), settings["settings"]["epochs"]) == ("mine-encoder", 2, 2)
    assert settings["sha256"] == sha256_of(Path("mine-encoder/encoder.json"))
    scorer = load_scorer(Path("mine.tsv"))
    assert scorer.encoder == Path("mine-encoder")
    assert load_encoder(scorer.encoder).rules
    written = {
        path: path.read_bytes() for path in (Path("mine.tsv"), Path("mine.json"), *Path("mine-encoder").iterdir())
    }
    assert run(arguments) == 0
    assert Path("mine.tsv").read_bytes() == written[Path("mine.tsv")]


def test_training_with_a_teacher(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A teacher is fitted first, and named with the weights; its working folder is no use without it."""
    monkeypatch.chdir(tmp_path)
    corpus = Path("corpus.jsonl")
    lines = [json.dumps(article(number, said=number % 3 > 0)) for number in range(9)]
    corpus.write_text("\n".join(lines) + "\n", "utf-8")
    arguments = ["train", str(corpus), "-o", "mine.tsv", "--folds", "2", "--encoder", str(base), "--epochs", "1"]
    assert run([*arguments, "--teacher", str(base)]) == 0
    steps = [line for line in capsys.readouterr().err.splitlines() if "epoch" in line]
    assert ["teacher" in line for line in steps] == [True] * 8 + [False] * 3
    settings = json.loads(Path("mine.json").read_text("utf-8"))["encoder"]
    assert settings["teacher"]["base"]["name"] == settings["base"]["name"] == base.name
    assert settings["teacher"]["settings"]["epochs"] == 4
    assert run(arguments) == 6
    assert "it holds work with a teacher; name it with --teacher" in capsys.readouterr().err


def article(number: int, *, said: bool) -> dict[str, object]:
    """An article of a corpus in which something is said, or wished."""
    text = f"Kord {'said' if said else 'wished'} that rain fell on boats."
    attribution = {"source": [[0, 4]], "cue": [[5, 9]], "content": [[15, len(text) - 1]]}
    return {"doc_id": str(number), "text": text, "attributions": [attribution] if said else []}


def test_the_file_runs_alone(base: Path, examples: list[Example], work: Work, tmp_path: Path) -> None:
    """The copy in the working folder does every fit without quotes, and its results are those made here."""
    there = prepared(tmp_path / "w", base, examples)
    script = there.folder / "finetune.py"
    assert "import quotes" not in script.read_text("utf-8")
    assert "from quotes" not in script.read_text("utf-8")
    command = [sys.executable, "-I", str(script), str(there.folder), str(base), "--all", "--parallel", "3"]
    environment = {**os.environ, "OMP_NUM_THREADS": str(torch.get_num_threads())}  # sums depend on it in the last digit
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert "encoder, all articles: epoch 3 of 3" in done.stderr
    for fold in (0, 1, None):
        assert there.result(fold).read_bytes() == work.result(fold).read_bytes()
    told = json.loads((there.folder / finetune.SETTINGS).read_text("utf-8"))
    assert told["folds"] == FOLDS
