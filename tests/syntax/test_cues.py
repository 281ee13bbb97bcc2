"""The run of words that makes up a cue."""

from __future__ import annotations

from quotes.syntax.cues import cue_phrase, is_saying
from tests.builders import parse_from_rows
from tests.candidates.scenes import words

WENT_ON = """
    Kord Kord PROPN NNP nsubj 1
    went go VERB VBD ROOT 1
    on on ADP RP prt 1
    to to PART TO aux 4
    say say VERB VB xcomp 1
"""


def cue(rows: str, head: int) -> str:
    """The cue phrase of a word as text."""
    parse = parse_from_rows(rows)
    return words(parse, cue_phrase(parse, head))


def test_auxiliaries_negation_and_adverb() -> None:
    """The cue of "Kord also did not say" is "also did not say"."""
    rows = """
        Kord Kord PROPN NNP nsubj 4
        also also ADV RB advmod 4
        did do AUX VBD aux 4
        not not PART RB neg 4
        say say VERB VB ROOT 4
    """
    assert cue(rows, 4) == "also did not say"


def test_chain_of_verbs() -> None:
    """The cue of "went on to say" is the whole."""
    assert cue(WENT_ON, 4) == "went on to say"


def test_an_object_breaks_the_chain() -> None:
    """In "asked Dorn to say" the asking is no part of the cue of "say"."""
    rows = WENT_ON.replace("went go", "asked ask").replace("on on ADP RP prt", "Dorn Dorn PROPN NNP dobj")
    assert cue(rows, 4) == "to say"


def test_particle_and_preposition() -> None:
    """A particle right after the verb belongs to it, a preposition does not."""
    rows = """
        pointed point VERB VBD ROOT 0
        out out ADP RP prt 0
        to to ADP IN prep 0
        Dorn Dorn PROPN NNP pobj 2
    """
    assert cue(rows, 0) == "pointed out"


def test_back_belongs_to_the_verb() -> None:
    """The cue of "shot back that" is "shot back"; another adverb after the verb, as in "said there", is no part."""
    rows = """
        Kord Kord PROPN NNP nsubj 1
        shot shoot VERB VBD ROOT 1
        back back ADV RB advmod 1
    """
    assert cue(rows, 1) == "shot back"
    assert cue(rows.replace("back back", "there there"), 1) == "shot"


def test_when_is_no_part() -> None:
    """The cue of "when asked" is "asked"."""
    rows = """
        When when SCONJ WRB advmod 1
        asked ask VERB VBN ROOT 1
    """
    assert cue(rows, 1) == "asked"


def test_put_it() -> None:
    """In "as Kord put it" the cue is "put it"."""
    rows = """
        as as SCONJ IN mark 2
        Kord Kord PROPN NNP nsubj 2
        put put VERB VBD ROOT 2
        it it PRON PRP dobj 2
    """
    assert cue(rows, 2) == "put it"


def test_saying() -> None:
    """“say” makes statements, "believe" and "row" do not; "claim" does as a noun too, "say" does not."""
    rows = """
        say say VERB VB ROOT 0
        believe believe VERB VB conj 0
        row row VERB VB conj 0
        claim claim NOUN NN dobj 0
    """
    parse = parse_from_rows(rows)
    assert [is_saying(parse, t) for t in range(4)] == [True, False, False, True]
    assert [is_saying(parse, t, "noun") for t in range(4)] == [False, False, False, True]
