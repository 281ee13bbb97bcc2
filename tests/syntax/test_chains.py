"""Chains of verbs with one speaker."""

from __future__ import annotations

from quotes.syntax.chains import above_in_chain, chained_onto
from tests.builders import parse_from_rows
from tests.candidates.scenes import found_by

CHAIN = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    admitted admit VERB VBD ccomp 5
    radars radar NOUN NNS nsubj 3
    failed fail VERB VBD ccomp 1
    +, , PUNCT , punct 5
    said say VERB VBD ROOT 5
    he he PRON PRP nsubj 7
    slept sleep VERB VBD ccomp 5
    and and CCONJ CC cc 7
    begged beg VERB VBD conj 7
    Dorn Dorn PROPN NNP dobj 9 PERSON
    to to PART TO aux 12
    wait wait VERB VB xcomp 9
    +. . PUNCT . punct 5
"""


def test_the_second_verb_is_chained_onto_the_first() -> None:
    """“Kord admitted radars failed, said he slept” is one chain."""
    parse = parse_from_rows(CHAIN)
    assert chained_onto(parse, 5) == 1
    assert above_in_chain(parse, 9) == 1
    assert above_in_chain(parse, 1) == 1


def test_an_inverted_subject_makes_no_chain() -> None:
    """“..., said he” has the pronoun for the subject of "said"."""
    parse = parse_from_rows(CHAIN.replace("he he PRON PRP nsubj 7", "he he PRON PRP nsubj 5"))
    assert chained_onto(parse, 5) is None


def test_a_chain_has_one_tense() -> None:
    """“Kord admits radars failed, said he slept” is no chain."""
    assert chained_onto(parse_from_rows(CHAIN.replace("admit VERB VBD", "admit VERB VBZ")), 5) is None


def test_every_verb_of_a_chain_has_its_content() -> None:
    """What was admitted is no content of "said", and all verbs have the first one's subject."""
    assert found_by(CHAIN, "clausal_complement") == [
        ("admitted", "Kord", "radars failed"),
        ("said", "Kord", "he slept and begged Dorn to wait"),
    ]
    assert found_by(CHAIN, "infinitive") == [("begged", "Kord", "to wait")]
