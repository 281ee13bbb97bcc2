"""The sums that decide, and the table that their weights are kept in."""

from __future__ import annotations

import json
import math
import os
import time
from pathlib import Path

import pytest

from quotes.candidates import Article, Candidate, Extent, find_candidates
from quotes.errors import DataError
from quotes.scoring.features import features_of
from quotes.scoring.scorer import OWN_SCORE, Scorer, in_context, load_scorer, probability, save_scorer, total
from quotes.text.document import make_document
from tests.builders import parse_from_rows

ROWS = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    said say VERB VBD ROOT 1
    rain rain NOUN NN nsubj 3
    fell fall VERB VBD ccomp 1
    +. . PUNCT . punct 1
"""
Scene = tuple[Article, tuple[Candidate, ...], list[list[str]]]


def scorer(own: float = 1.0) -> Scorer:
    """A scorer that knows "say" and that a cue has one content."""
    in_its_context = {OWN_SCORE: 0.5, "no rival of its cue": 1.5}
    extents = {"extent+cue=subtree|say": 2.0}
    return Scorer(
        {"cue=say": own}, in_its_context, extents, (2.0, -1.0), 0.4, {"corpus": "x"}, other_attitudes=(0.5, -0.5)
    )


@pytest.fixture
def scene() -> Scene:
    """A article, its only candidate, and that one's features."""
    parse = parse_from_rows(ROWS)
    article = Article.of(make_document(parse.text), parse, ())
    candidates = find_candidates(article)
    return article, candidates, [features_of(article, each) for each in candidates]


@pytest.mark.parametrize(
    ("features", "score"), [([], 0.0), (["a"], 1.0), (["a", "b", "a"], -1.0), (["b", "never seen"], -2.0)]
)
def test_a_score_is_a_sum(features: list[str], score: float) -> None:
    """Each known feature adds its weight once; unknown ones add nothing."""
    assert total({"a": 1.0, "b": -2.0}, features) == score


def test_a_score_in_context() -> None:
    """The own score has a weight like any feature."""
    assert in_context({OWN_SCORE: 0.5, "across=2|True": 1.0}, 3.0, ["across=2|True"]) == 2.5


def test_probabilities_are_limited() -> None:
    """An extreme score gives a probability near 0 or 1, not an overflow."""
    assert probability((1.0, 0.0), -1e6) < 1e-12
    assert probability((1.0, 0.0), 1e6) <= 1.0


def test_probabilities(scene: Scene) -> None:
    """Own score and context add up to calibrated log-odds; what is refused outright has 0."""
    odds = 2.0 * (0.5 * 1.0 + 1.5) - 1.0
    assert scorer().probabilities(*scene) == [pytest.approx(1 / (1 + math.exp(-odds)))]
    assert scorer(own=-9.0).probabilities(*scene) == [0.0]


def test_contributions_add_up_to_the_log_odds(scene: Scene) -> None:
    """The contributions, with the intercept, are the log-odds of the probability."""
    (moved,) = scorer().contributions(*scene)
    assert moved == [("no rival of its cue", 3.0), ("cue=say", 1.0)]
    (p,) = scorer().probabilities(*scene)
    assert sum(each for _, each in moved) - 1.0 == pytest.approx(math.log(p / (1 - p)))
    assert scorer(own=-9.0).contributions(*scene) == [[("cue=say", -9.0)]]  # its context is not looked at


@pytest.mark.parametrize(
    ("probability", "attitude", "confidence"),
    [(0.5, "statement", 0.5), (0.5, "belief", 0.3775), (0.9, "intention", 0.6453), (0, "belief", 0.0006)],
)
def test_confidence_of_other_attitudes(probability: float, attitude: str, confidence: float) -> None:
    """Half of the log-odds, and half a unit less, where what is reported is no statement."""
    assert scorer().confidence(probability, attitude) == pytest.approx(confidence, abs=1e-4)


def test_weights_round_trip(tmp_path: Path) -> None:
    """A scorer that was written and read again is the same."""
    save_scorer(tmp_path / "a.tsv", scorer())
    read = load_scorer(tmp_path / "a.tsv")
    assert (read.candidate, read.candidate_in_context, read.extent) == (
        scorer().candidate,
        scorer().candidate_in_context,
        scorer().extent,
    )
    assert (read.calibration, read.threshold, read.metadata["corpus"]) == ((2.0, -1.0), 0.4, "x")
    assert read.other_attitudes == (0.5, -0.5)
    assert read.preferences(
        Candidate.without_cue("turn", Extent("subtree", ((0, 0),))), [["extent+cue=subtree|say"], []]
    ) == [2.0, 0.0]


def test_a_person_can_read_the_table(tmp_path: Path) -> None:
    """One line a weight: decision, feature, and four significant digits."""
    save_scorer(tmp_path / "a.tsv", scorer(own=1.234567))
    assert (tmp_path / "a.tsv").read_text("utf-8").splitlines()[:2] == [
        "decision\tfeature\tweight",
        "candidate\tcue=say\t1.235",
    ]


def test_same_scorer_same_bytes(tmp_path: Path) -> None:
    """The same scorer gives the same bytes, and one that was read gives them again."""
    first, second, third = (tmp_path / f"{name}.tsv" for name in "abc")
    save_scorer(first, scorer())
    save_scorer(second, scorer())
    save_scorer(third, load_scorer(first))
    for suffix in (".tsv", ".json"):
        one, two, three = (path.with_suffix(suffix).read_bytes() for path in (first, second, third))
        assert one == two == three


@pytest.mark.parametrize("missing", ["a.tsv", "a.json"])
def test_a_missing_file(missing: str, tmp_path: Path) -> None:
    """A file that is not there is a data error that names it."""
    save_scorer(tmp_path / "a.tsv", scorer())
    (tmp_path / missing).unlink()
    with pytest.raises(DataError, match=rf"{missing.replace('.', '[.]')}.*quotes train"):
        load_scorer(tmp_path / "a.tsv")


@pytest.mark.parametrize(
    "content",
    [b"", b"no weights", b"PK\x03\x04\xff", b"decision\tfeature\tweight\ncandidate\tcue=say\n",
     b"decision\tfeature\tweight\nother\tcue=say\t1\n", b"decision\tfeature\tweight\ncandidate\ta\tmuch\n"],
)  # fmt: skip
def test_a_wrong_table(tmp_path: Path, content: bytes) -> None:
    """A file of another kind is a data error that says how to make one."""
    path = tmp_path / "wrong.tsv"
    save_scorer(path, scorer())
    path.write_bytes(content)
    with pytest.raises(DataError, match="quotes train"):
        load_scorer(path)


@pytest.mark.parametrize("settings", ["", "[]", "{}", '{"format_version": 4, "calibration": 1}'])
def test_wrong_settings(tmp_path: Path, settings: str) -> None:
    """Settings of another form are a data error."""
    save_scorer(tmp_path / "a.tsv", scorer())
    (tmp_path / "a.json").write_text(settings, "utf-8")
    with pytest.raises(DataError, match="not a table of weights"):
        load_scorer(tmp_path / "a.tsv")


HOSTILE_SETTINGS = [
    '"threshold": NaN', '"threshold": 1e999', '"threshold": "0.5"', '"threshold": true', '"threshold": 5',
    '"threshold": null', '"calibration": [1, NaN]', '"calibration": ["1", "2"]',
    '"other_attitudes": [1]', '"other_attitudes": 1', '"calibration": [1]', '"calibration": [1, 2, 3]',
    '"calibration": {"a": 1, "b": 2}', '"deep": ' + "[" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("changed", HOSTILE_SETTINGS)
def test_hostile_settings(tmp_path: Path, changed: str) -> None:
    """What is no number, not finite or of another shape is said when the weights are loaded, not where used."""
    save_scorer(tmp_path / "a.tsv", scorer())
    settings = (tmp_path / "a.json").read_text("utf-8").rstrip("}\n")
    (tmp_path / "a.json").write_text(f"{settings}, {changed}}}", "utf-8")  # the last of two keys counts
    with pytest.raises(DataError, match="not a table of weights"):
        load_scorer(tmp_path / "a.tsv")


@pytest.mark.parametrize("row", ["candidate\ta\tnan", "candidate\ta\tinf", "extent\ta\t1e300", "candidate\tcue=say\t1",
                                 "candidate\ta\t1\tmore", "candidate\ta"])  # fmt: skip
def test_hostile_weights(tmp_path: Path, row: str) -> None:
    """A weight that cannot be added up, a second one of a feature, and a row of another length are refused."""
    save_scorer(tmp_path / "a.tsv", scorer())
    with (tmp_path / "a.tsv").open("a", encoding="utf-8") as table:
        table.write(row + "\n")
    with pytest.raises(DataError, match="not a table of weights"):
        load_scorer(tmp_path / "a.tsv")


def test_weights_that_are_no_file(tmp_path: Path) -> None:
    """A named pipe is not waited for, nor a file of any size read."""
    for name in ("a.tsv", "a.json"):
        save_scorer(tmp_path / "a.tsv", scorer())
        (tmp_path / name).unlink()
        os.mkfifo(tmp_path / name)
        with pytest.raises(DataError, match="no file of at most"):
            load_scorer(tmp_path / "a.tsv")
        (tmp_path / name).unlink()
        with (tmp_path / name).open("wb") as large:
            large.truncate(10**12)
        with pytest.raises(DataError, match="no file of at most"):
            load_scorer(tmp_path / "a.tsv")
        (tmp_path / name).unlink()


def test_another_format(tmp_path: Path) -> None:
    """Weights of another format version are refused, and the message names both versions."""
    path = tmp_path / "new.tsv"
    save_scorer(path, scorer())
    settings = json.loads(path.with_suffix(".json").read_text("utf-8"))
    path.with_suffix(".json").write_text(json.dumps({**settings, "format_version": 99}), "utf-8")
    with pytest.raises(DataError, match="format 99, this version reads 4"):
        load_scorer(path)


def test_the_shipped_weights() -> None:
    """The weights that ship are read once, say what they are from, and have a sensible threshold."""
    assert load_scorer() is load_scorer()
    assert load_scorer().metadata["corpus_sha256"]
    assert 0 < load_scorer().threshold < 1


def test_loading_is_fast() -> None:
    """Reading the shipped weights takes little of a start; the best of five counts."""
    path = Path(__file__).parents[2] / "quotes" / "scoring" / "weights" / "en.tsv"
    taken = []
    for _ in range(5):
        begun = time.perf_counter()
        load_scorer(path)
        taken.append(time.perf_counter() - begun)
    assert min(taken) < 0.1
