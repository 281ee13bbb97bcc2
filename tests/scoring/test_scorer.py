"""The networks that decide, and the file that they are kept in."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from quotes.candidates import article_of, find_candidates
from quotes.errors import DataError
from quotes.scoring.features import features_of
from quotes.scoring.scorer import Network, Scorer, load_scorer
from quotes.syntax.sight import FirstSight
from quotes.text.document import make_document
from quotes.training.weights import write_weights
from tests.builders import parse_from_rows

NETWORK = Network(
    index={"a": 1, "b": 2},
    linear=np.array([0, 1, -2], np.float32),
    hidden=np.array([[0, 0], [1, 0], [1, -1]], np.float32),
    hidden_bias=np.array([-1, 0.5], np.float32),
    output=np.array([3, 0.5], np.float32),
    bias=0.25,
)
"""Adds up weights, and 3 more for "a" and "b" together."""


def scorer(network: Network = NETWORK) -> Scorer:
    """A scorer of three equal networks and a first sight."""
    sight = FirstSight({"cue=infinitive|urge": 1.5, "any frame=say|": -0.25}, bias=0.5, least=-1.0)
    return Scorer(sight, network, network, network, (2.0, -1.0), 0.4, {"corpus": "hand-made"})


@pytest.mark.parametrize(
    ("features", "score"),
    [
        ([], 0.25 + 0.25),
        (["a"], 1 + 0.25 + 0.25),
        (["b"], -2 + 0.25),
        (["a", "b"], 1 - 2 + 3 * 1 + 0.25),
        (["a", "never seen"], 1 + 0.25 + 0.25),
    ],
)
def test_scores(features: list[str], score: float) -> None:
    """A score is the linear part, the hidden units and the bias; unknown features add nothing."""
    assert NETWORK.scores([features]).tolist() == pytest.approx([score])
    assert NETWORK.scores([["b"], features]).tolist()[1] == pytest.approx(score)


def test_no_items() -> None:
    """Of no items there are no scores."""
    assert NETWORK.scores([]).tolist() == []


def test_influences() -> None:
    """An influence is what changes when one feature alone is taken away, the largest first."""
    assert NETWORK.influences(["a", "never seen", "b"]) == [
        ("a", pytest.approx(2.25 + 1.75)),
        ("b", pytest.approx(2.25 - 1.5)),
    ]


def test_influences_are_calibrated() -> None:
    """A scorer gives influences in log-odds of the probability."""
    assert dict(scorer().influences(["a"])) == {"a": pytest.approx(2.0 * (1.5 - 0.5))}


ROWS = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    said say VERB VBD ROOT 1
    rain rain NOUN NN nsubj 3
    fell fall VERB VBD ccomp 1
    +. . PUNCT . punct 1
"""


def only_linear(weights: dict[str, float], bias: float) -> Network:
    """A network without anything hidden."""
    index = {name: row for row, name in enumerate(weights, start=1)}
    zeros = np.zeros((len(weights) + 1, 1), np.float32)
    return Network(index, np.array([0, *weights.values()], np.float32), zeros, zeros[0], zeros[0], bias)


def test_probabilities() -> None:
    """What the first look rules out has 0, the others the calibrated second look."""
    parse = parse_from_rows(ROWS)
    article = article_of(make_document(parse.text), parse, ())
    candidates = find_candidates(article)
    features = [features_of(article, each) for each in candidates]
    second = only_linear({"cue=say": 0.0, "first look=1.0": 1.5}, 0.0)
    deciding = Scorer(
        FirstSight({}), only_linear({"cue=say": 1.0}, 0.0), second, second, (2.0, -1.0), 0.4, {}
    )
    assert deciding.probabilities(article, candidates, features) == [
        pytest.approx(1 / (1 + np.exp(-(2 * 1.5 - 1))))
    ]
    refusing = Scorer(
        FirstSight({}), only_linear({"cue=say": -9.0}, 0.0), second, second, (2.0, -1.0), 0.4, {}
    )
    assert refusing.probabilities(article, candidates, features) == [0.0]


def test_weights_round_trip(tmp_path: Path) -> None:
    """A scorer that was written and read again decides the same, within the file's precision."""
    write_weights(tmp_path / "a.npz", scorer())
    read = load_scorer(tmp_path / "a.npz")
    assert (read.calibration, read.threshold, read.metadata["corpus"]) == ((2.0, -1.0), 0.4, "hand-made")
    items = [["a"], ["b"], ["a", "b"], []]
    assert read.second_look.scores(items).tolist() == pytest.approx(NETWORK.scores(items).tolist(), abs=0.02)
    sight, before = read.first_sight, scorer().first_sight
    assert (sight.weights, sight.bias, sight.least) == (before.weights, before.bias, before.least)


def test_the_second_look_goes_on_from_the_first(tmp_path: Path) -> None:
    """Features that both looks have are written once and have the same rows; the others come behind."""
    first = only_linear({"b": 1.0, "a": 2.0}, 0.0)
    second = only_linear({"b": 3.0, "a": 4.0, "c": 5.0}, 0.0)
    write_weights(tmp_path / "a.npz", Scorer(FirstSight({}), first, second, first, (1.0, 0.0), 0.4, {}))
    read = load_scorer(tmp_path / "a.npz")
    assert read.second_look.index == {"b": 1, "a": 2, "c": 3}
    assert read.second_look.scores([["a"], ["b", "c"]]).tolist() == [4.0, 8.0]


def test_same_scorer_same_bytes(tmp_path: Path) -> None:
    """The same scorer gives the same bytes, and one that was read gives them again."""
    first, second, third = (tmp_path / f"{name}.npz" for name in "abc")
    write_weights(first, scorer())
    write_weights(second, scorer())
    write_weights(third, load_scorer(first))
    assert first.read_bytes() == second.read_bytes() == third.read_bytes()


def test_a_missing_file(tmp_path: Path) -> None:
    """A weights file that is not there is a data error that names it."""
    with pytest.raises(DataError, match=r"gone\.npz"):
        load_scorer(tmp_path / "gone.npz")


@pytest.mark.parametrize("content", [b"", b"no weights", b"\x93NUMPY\x01\x00", b"PK\x03\x04 cut off"])
def test_a_wrong_file(tmp_path: Path, content: bytes) -> None:
    """A file of another kind is a data error that says how to make one."""
    path = tmp_path / "wrong.npz"
    path.write_bytes(content)
    with pytest.raises(DataError, match="quotes train"):
        load_scorer(path)


def test_an_archive_of_something_else(tmp_path: Path) -> None:
    """An archive without weights is a data error."""
    path = tmp_path / "other.npz"
    np.savez(path, numbers=np.zeros(3))
    with pytest.raises(DataError, match="not a weights file"):
        load_scorer(path)


def test_another_format(tmp_path: Path) -> None:
    """Weights of another format version are refused, and the message names both versions."""
    path = tmp_path / "new.npz"
    write_weights(path, scorer())
    with zipfile.ZipFile(path) as archive:
        arrays = {name: archive.read(name) for name in archive.namelist()}
    metadata = json.loads(bytes(np.load(io.BytesIO(arrays["metadata.npy"]))))
    metadata["format_version"] = 99
    buffer = io.BytesIO()
    np.save(buffer, np.frombuffer(json.dumps(metadata).encode(), np.uint8))
    arrays["metadata.npy"] = buffer.getvalue()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in arrays.items():
            archive.writestr(name, content)
    with pytest.raises(DataError, match="format 99, this version reads 3"):
        load_scorer(path)


def test_the_shipped_weights() -> None:
    """The weights that ship are read once, say what they are from, and have a sensible threshold."""
    assert load_scorer() is load_scorer()
    assert load_scorer().metadata["corpus_sha256"]
    assert 0 < load_scorer().threshold < 1
