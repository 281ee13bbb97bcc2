"""The quality "best": an encoder reads along."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from quotes.cli.application import run
from quotes.encoding import encoder
from quotes.encoding.encoder import CPU, HEADS, SETTINGS, load_encoder
from quotes.errors import DataError, ModelError, UsageError
from quotes.explanation import explain
from quotes.extractor import Extractor
from quotes.io.json import json_text
from quotes.scoring.scorer import ENCODER, MOST_ENCODED, bounded, load_scorer
from quotes.text.document import make_document
from tests.builders import EVERY_KIND

pytest.importorskip("onnxruntime", reason="the extra 'encoder' is not installed")
pytest.importorskip("tokenizers", reason="the extra 'encoder' is not installed")
FIXTURES = sorted((Path(__file__).parents[2] / "fixtures").glob("*/article.txt"))[:4]


@pytest.fixture(scope="module")
def best() -> Extractor:
    """An extractor with the encoder that ships."""
    return Extractor(quality="best", attitudes="all")


def folder() -> Path:
    """The encoder that ships."""
    shipped = load_scorer(quality="best").encoder
    assert shipped is not None
    return shipped


def test_the_encoder_has_a_say(best: Extractor) -> None:
    """Its scores are not those of the named features alone, and an explanation says what they did."""
    document = make_document(EVERY_KIND)
    analysis = best.analyse(document)
    plain = Extractor(attitudes="all").analyse(document)
    assert analysis.encoded is not None
    assert plain.encoded is None
    assert analysis.probabilities != plain.probabilities
    first = explain(document, best)[0]
    assert ENCODER in [each.feature for each in first.influences]


def test_order_and_batches_change_nothing(best: Extractor) -> None:
    """A text's statements are the same whatever is read beside it, and however much at once."""
    texts = [path.read_text("utf-8") for path in FIXTURES]
    alone = [best.extract(text) for text in texts]
    assert list(best.pipe(texts[::-1], batch_size=1))[::-1] == alone
    assert list(best.pipe(texts, batch_size=500)) == alone


@pytest.mark.parametrize("processors", [None, 1, 4])
def test_processors_change_nothing(best: Extractor, processors: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows that are read at the same time have the vectors that each has alone."""
    text = "\n\n".join(path.read_text("utf-8") for path in FIXTURES)
    before = best.extract(text)
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    assert best.extract(text) == before


def test_products_take_one_thread(best: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several would wait for each other, the more so where other processes run, and have what they had before again."""
    taken: list[int] = []

    def threads() -> set[int]:
        return {each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"}

    def noted(x: np.ndarray) -> np.ndarray:
        taken.extend(threads())
        return x

    before = threads()
    monkeypatch.setattr(encoder, "_gelu", noted)
    best.extract(EVERY_KIND)
    assert set(taken) == {1}
    assert threads() == before


@pytest.mark.parametrize("text", ["", "\n\n", "…", "\u0e31\u0e31 said", "Ann said.", "x" * 3000])
def test_any_text_can_be_read(best: Extractor, text: str) -> None:
    """One without a word, and one whose words the tokenizer drops."""
    json_text([each.model_dump(mode="json") for each in best.extract(text)])


def test_somebody_speaks_or_nobody(best: Extractor) -> None:
    """The shares of the tokens near a candidate, and of None, add up to one."""
    analysis = best.analyse(make_document(EVERY_KIND))
    assert analysis.encoded is not None
    shares = analysis.encoded.speaker(analysis.candidates[0])
    assert None in shares
    assert sum(shares.values()) == pytest.approx(1, abs=0.05)


def test_what_it_says_is_bounded() -> None:
    """It is too sure of what it never saw."""
    assert [bounded(x) for x in (-20.0, -1.5, 3.0, 20.0)] == [-MOST_ENCODED, -1.5, 3.0, MOST_ENCODED]


def test_mistakes_are_told() -> None:
    """An unknown quality or provider, each with what there is."""
    with pytest.raises(UsageError, match="no quality 'great'; choose from fast, best"):
        Extractor(quality="great")
    with pytest.raises(ModelError, match=r"no provider 'Abacus' here; choose from .*cpu"):
        load_encoder(folder(), "Abacus")
    with pytest.raises(UsageError, match="provider 'cpu' is for the encoder: choose the quality 'best' too"):
        Extractor(provider="cpu")


@pytest.mark.parametrize("name", ["cpu", "CPU", "cpuexecutionprovider", CPU])
def test_a_provider_has_a_short_name(name: str) -> None:
    """What it is called in ONNX Runtime, or that without its ending, in any case."""
    loaded = Extractor(quality="best", provider=name).encoder
    assert loaded is not None
    assert loaded.session.get_providers() == [CPU]


def test_a_provider_that_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """ONNX Runtime would take the CPU instead."""
    monkeypatch.setattr("onnxruntime.InferenceSession.get_providers", lambda _: [CPU])
    monkeypatch.setattr(encoder, "installed_providers", lambda: [CPU, "CUDAExecutionProvider"])
    with pytest.warns(match="CUDA"), pytest.raises(ModelError, match="cannot start CUDAExecutionProvider"):
        load_encoder(folder(), "cuda")


def broken(tmp_path: Path, name: str, content: bytes | None) -> Path:
    """The encoder that ships with one file replaced, or missing."""
    for path in folder().iterdir():
        if path.name != name:
            (tmp_path / path.name).symlink_to(path)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    return tmp_path


def without_rules() -> bytes:
    """Settings that lack something."""
    settings = json.loads((folder() / SETTINGS).read_text("utf-8"))
    return json.dumps({name: value for name, value in settings.items() if name != "rules"}).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("encoder.onnx", b"no model"),
        ("encoder.onnx", None),
        (HEADS, b""),
        ("tokenizer.json", b"{}"),
        (SETTINGS, b"[]"),
        (SETTINGS, b'{"format_version": 99}'),
        (SETTINGS, None),
    ],
)
def test_a_broken_encoder_is_told_at_loading(tmp_path: Path, name: str, content: bytes | None) -> None:
    """Whatever is wrong with a file of it."""
    with pytest.raises(DataError, match=r"not an encoder .*make one with 'quotes train --encoder'"):
        load_encoder(broken(tmp_path, name, content))


def test_settings_must_be_whole(tmp_path: Path) -> None:
    """What is missing is named."""
    with pytest.raises(DataError, match="rules"):
        load_encoder(broken(tmp_path, SETTINGS, without_rules()))


def test_heads_must_have_the_shapes(tmp_path: Path) -> None:
    """Arrays that do not fit each other, or are no finite numbers, are refused at loading."""
    with np.load(folder() / HEADS) as arrays:
        heads = {name: arrays[name] for name in arrays.files}
    for name, array in (("candidate.hidden.weight", np.zeros((3, 4))), ("nothing", np.full(384, np.nan))):
        place = tmp_path / name
        place.mkdir()
        broken(place, HEADS, None)
        np.savez(place / HEADS, **{**heads, name: array})
        with pytest.raises(DataError, match=name):
            load_encoder(place)


def test_an_encoder_is_loaded_once() -> None:
    """Extractors of one process share it."""
    assert load_encoder(folder()) is load_encoder(folder())


@pytest.mark.parametrize("command", ["extract", "view", "explain", "verify", "speakers"])
def test_commands_take_a_provider(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One that is not there is told, as is one that nothing asked for."""
    path = tmp_path / "article.txt"
    path.write_text(EVERY_KIND, "utf-8")
    arguments = [command, str(path), *(["--against", str(path)] if command == "verify" else [])]
    assert run([*arguments, "--quality", "best", "--provider", "abacus"]) == 4
    assert "no provider 'abacus'" in capsys.readouterr().err
    assert run([*arguments, "--provider", "cpu"]) == 2
    assert "choose the quality 'best'" in capsys.readouterr().err
