"""The first sight: what is refused before it is proposed."""

from __future__ import annotations

from dataclasses import replace
from zlib import crc32

import pytest

from quotes.candidates import find_candidates
from quotes.syntax.sight import FirstSight, Seen, sight_features
from tests.candidates.scenes import scene

SAID = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    said say VERB VBD ROOT 1
    rain rain NOUN NN nsubj 3
    fell fall VERB VBD ccomp 1
    +. . PUNCT . punct 1
"""
CALLED = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    called call VERB VBD ROOT 1
    for for ADP IN prep 1
    an an DET DT det 4
    inquiry inquiry NOUN NN pobj 2
    +. . PUNCT . punct 1
"""


@pytest.mark.parametrize(("least", "frames"), [(0.5, ["prepositional_content"]), (1.5, [])])
def test_what_is_not_worth_it_is_not_proposed(least: float, frames: list[str]) -> None:
    """A candidate is made from a least score on, which its cue and frame decide."""
    sight = FirstSight({"cue=prepositional_content|call": 1.0}, least=least)
    assert [each.rule for each in find_candidates(replace(scene(CALLED), sight=sight))] == frames


def test_without_a_first_sight_everything_is_proposed() -> None:
    """Nothing refuses where nothing was learned."""
    assert [each.rule for each in find_candidates(scene(SAID))] == ["clausal_complement"]


def test_names_of_a_clause() -> None:
    """The features of a clause: its cue, frame and first word."""
    article = scene(SAID)
    assert sight_features(Seen(article.parse, article.quotation_at, "clausal_complement", 1, 3, True)) == [
        "speaker=clausal_complement|yes",
        "cue=clausal_complement|say",
        "tag=clausal_complement|VBD",
        "dependency=clausal_complement|ROOT",
        "any frame=say|",
        "quoted=clausal_complement|no",
        "argument=clausal_complement|VBD",
        "opening=clausal_complement|rain",
        "cue opening=say|rain",
    ]


@pytest.mark.parametrize("rows", [SAID, CALLED])
@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize("has_speaker", [False, True])
def test_the_sum_of_the_weights(rows: str, *, quoted: bool, has_speaker: bool) -> None:
    """The log-odds are the sum of what each feature weighs, and the bias."""
    article = scene(rows)
    at = [0 if quoted else -1] * len(article.parse)
    (candidate,) = find_candidates(article)
    assert candidate.cue_head is not None
    for argument in (candidate.argument, None):
        seen = Seen(article.parse, at, candidate.rule, candidate.cue_head, argument, has_speaker)
        names = sight_features(seen)
        weights = {name: crc32(name.encode()) / 2**32 for name in [*names, "cue=infinitive|go", "tag=x|y"]}
        expected = 0.25 + sum(weights[name] for name in names)
        assert FirstSight(weights, bias=0.25).log_odds(seen) == pytest.approx(expected)


def test_an_unknown_frame_and_cue() -> None:
    """What the corpus never had weighs nothing."""
    article = scene(SAID)
    seen = Seen(article.parse, article.quotation_at, "clausal_complement", 1, 3, True)
    assert FirstSight({"cue=infinitive|go": 3.0}, bias=0.5).log_odds(seen) == 0.5


@pytest.mark.parametrize(
    ("rows", "made"), [(SAID, 1), (SAID.replace("said say", "rued rue"), 0), (CALLED, 0)]
)
def test_clauses_of_known_cues_are_always_proposed(rows: str, made: int) -> None:
    """What the word list knows to make statements is proposed with a clause, however rare it was."""
    assert len(find_candidates(replace(scene(rows), sight=FirstSight({}, least=99.0)))) == made
