"""Taking an encoder's word on who speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import pytest

from quotes.candidates import Article, Candidate, Extent
from quotes.scoring.speakers import with_likeliest_speakers
from quotes.syntax.mention import Mention
from quotes.syntax.trace import Trace
from quotes.text.document import make_document
from tests.builders import parse_from_rows

ROWS = """
    Asked ask VERB VBN advcl 6
    by by ADP IN agent 0
    the the DET DT det 3
    mayor mayor NOUN NN pobj 1
    +, , PUNCT , punct 6
    Kord Kord PROPN NNP nsubj 6 PERSON
    said say VERB VBD ROOT 6
    Dorn Dorn PROPN NNP nsubj 8 PERSON
    left leave VERB VBD ccomp 6
    +. . PUNCT . punct 6
"""
MAYOR, KORD, DORN, LEFT = 3, 5, 7, 8


@dataclass
class Heard:
    """An article as an encoder that knows the probabilities of speakers has read it."""

    shares: dict[int | None, float]

    def speaker(self, _choice: Candidate) -> dict[int | None, float]:
        """The probability of each token, whatever is asked."""
        return self.shares


def speaker_of(
    shares: dict[int | None, float], *, own: int | None = MAYOR, rule: str = "clausal_complement", cue: int | None = 6
) -> str | None:
    """Who speaks in the end, where the construction has ``own``."""
    parse = parse_from_rows(ROWS)
    article = Article.of(make_document(parse.text), parse, (), Trace())
    speaker = None if own is None else Mention(parse.span(own - (own == MAYOR), own), own)
    choice = Candidate(rule, (6,), cue, LEFT, (Extent("subtree", ((7, 8),)),), speaker)
    chosen = choice._replace(extent=choice.extents[0], tokens=frozenset((7, 8)))
    (given,) = with_likeliest_speakers(article, [chosen], cast("Any", Heard(shares)))
    return given.speaker and given.speaker.span.of(parse.text)


@pytest.mark.parametrize(
    ("shares", "own", "left"),
    [
        ({MAYOR: 0.02, KORD: 0.55}, MAYOR, "Kord"),
        ({MAYOR: 0.04, KORD: 0.9}, MAYOR, "the mayor"),  # not ruled out
        ({MAYOR - 1: 0.04, KORD: 0.9}, MAYOR, "the mayor"),  # its other words count too
        ({MAYOR: 0.02, KORD: 0.45}, MAYOR, "the mayor"),  # nobody else is sure
        ({MAYOR: 0.02, DORN: 0.9}, MAYOR, "the mayor"),  # the words are not the speaker of themselves
        ({MAYOR: 0.02, 0: 0.9}, MAYOR, "the mayor"),  # a verb is nobody
        ({None: 0.9}, MAYOR, "the mayor"),
        ({KORD: 0.65, None: 0.3}, None, "Kord"),
        ({KORD: 0.55, None: 0.4}, None, None),  # where nobody is named, it takes more
        ({MAYOR - 1: 0.3, MAYOR: 0.35}, None, "the mayor"),  # the words of a name count together
    ],
)
def test_who_is_likelier(shares: dict[int | None, float], own: int | None, left: str | None) -> None:
    """Somebody else must be sure, and the construction's own speaker all but ruled out."""
    assert speaker_of(shares, own=own) == left


@pytest.mark.parametrize(
    ("rule", "cue"), [("according_to", 6), ("labelled_quotation", 6), ("clausal_complement", None)]
)
def test_some_constructions_say_who_speaks(rule: str, cue: int | None) -> None:
    """Of these the encoder is not asked."""
    assert speaker_of({KORD: 0.9}, rule=rule, cue=cue) == "the mayor"


def test_without_an_encoder() -> None:
    """Nothing changes."""
    parse = parse_from_rows(ROWS)
    article = Article.of(make_document(parse.text), parse, ())
    choice = Candidate("clausal_complement", (6,), 6, LEFT, (Extent("subtree", ((7, 8),)),), None)
    assert with_likeliest_speakers(article, [choice], None) == (choice,)
