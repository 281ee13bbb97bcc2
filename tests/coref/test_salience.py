"""How much somebody is on the reader's mind, on parses built by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.coref.salience import Salience, reading_clock, weight
from tests.coref.parses import article, at, bound, mention, said


def weight_of(sentence: str, form: str) -> float:
    """The weight of a mention in a sentence."""
    source = article(sentence)
    return weight(source.parse, at(source, form))


MET = "Ann:nsubj met/meet:ROOT Bea:dobj with:prep Cid:pobj:with"


def test_subjects_weigh_more_than_objects_and_objects_more_than_phrases() -> None:
    """The subject of a sentence is more prominent than its object, and that than a prepositional phrase."""
    weights = [weight_of(MET, form) for form in ("Ann", "Bea", "Cid")]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == 3


@pytest.mark.parametrize("clause", ["relcl", "advcl", "ccomp", "acl"])
def test_subject_of_a_subordinate_clause_weighs_less(clause: str) -> None:
    """It weighs two thirds of the main clause's subject, and still more than an object."""
    sentence = f"Bea:nsubj:slept slept/sleep:{clause} Ann:nsubj left/leave:ROOT Cid:dobj"
    assert weight_of(sentence, "Bea") == pytest.approx(0.65 * weight_of(sentence, "Ann"))
    assert weight_of(sentence, "Bea") > weight_of(sentence, "Cid")


def test_coordinated_clause_is_no_subordinate_one() -> None:
    """The subject of a second main clause counts like the first."""
    sentence = "Ann:nsubj left/leave:ROOT and:cc Bea:nsubj:slept slept/sleep:conj"
    assert weight_of(sentence, "Bea") == weight_of(sentence, "Ann")


def test_apposition_and_coordination_weigh_like_their_head() -> None:
    """In "Ann and the mayor, Bea" all count as the subject."""
    sentence = "Ann:nsubj and:cc:Ann mayor:conj:Ann Bea:appos:mayor left/leave:ROOT"
    assert weight_of(sentence, "Ann") == weight_of(sentence, "mayor") == weight_of(sentence, "Bea")


def test_agent_of_a_passive_weighs_more_than_a_phrase() -> None:
    """Who did it is more prominent than with whom."""
    passive = "mill:nsubjpass sold/sell:ROOT by:agent Ann:pobj:by"
    assert weight_of(passive, "Ann") > weight_of(MET, "Cid")


def test_object_that_acts_weighs_more() -> None:
    """The object that does what follows ("led growers to dig") is more prominent than another."""
    acting = "rain:nsubj led/lead:ROOT Ann:dobj dig/dig:xcomp"
    assert weight_of(acting, "Ann") > weight_of(MET, "Bea")


def test_salience_fades_and_adds_up() -> None:
    """A mention fades with every sentence, and a new one brings its referent back."""
    salience = Salience()
    salience.mention(0, 0.0, 1.0)
    faded = salience.at(0, 3.0)
    salience.mention(0, 3.0, 0.5)
    assert 0 < faded < 0.5
    assert salience.at(0, 3.0) == pytest.approx(faded + 0.5)


def test_salience_has_a_limit() -> None:
    """No number of mentions makes somebody stay for ever."""
    salience = Salience()
    for _ in range(50):
        salience.mention(0, 0.0, 1.0)
    assert salience.at(0, 0.0) < 5
    assert salience.active(12.0) == []


def test_forgotten_referents_are_dropped() -> None:
    """Referents that nobody mentions any more stop being candidates."""
    salience = Salience()
    salience.mention(0, 0.0, 1.0)
    salience.mention(1, 9.0, 1.0)
    assert [referent for referent, _ in salience.active(9.0)] == [1]


def test_only_subjects_and_speakers_are_prominent() -> None:
    """The last prominent mention is a subject's; an object's is not."""
    salience = Salience()
    salience.mention(0, 1.0, 1.0)
    salience.mention(0, 2.0, 0.5)
    assert salience.last_prominent[0] == 1.0


def test_only_what_was_just_mentioned_is_active_within_a_time() -> None:
    """A referent in mind whose last mention is further back than asked for is left out."""
    salience = Salience()
    salience.mention(0, 1.0, 1.0)
    salience.mention(1, 2.0, 1.0)
    assert [referent for referent, _ in salience.active(2.0, 0.5)] == [1]
    assert [referent for referent, _ in salience.active(2.0)] == [1, 0]


def test_quoted_sentences_pass_quickly() -> None:
    """A long quotation does not make a reader forget who speaks."""
    source = article("Rain/NN:ROOT", "Snow/NN:ROOT", "Hail/NN:ROOT")
    clock = reading_clock(replace(source, quotation_at=(-1, 0, -1)))
    assert clock[2] - clock[1] < clock[1] - clock[0]


def test_speaker_counts_more_than_its_role() -> None:
    """The speaker of words is the most prominent of its sentence, wherever it is."""
    source = article("“:punct rain:dep fell/fall:ccomp ”:punct said/say:ROOT Mark/PERSON:dobj")
    candidate = said(source, mention(source, "Mark"), "rain fell")
    assert bound(source, candidate).salience.at(0, 0.0) > bound(source).salience.at(0, 0.0)


def test_somebody_introduced_by_another_counts_less() -> None:
    """The first mention of "her supervisor, Ole Farr" leaves the text about her."""
    apposed = "{}:poss:boss boss:nsubj ,:punct Ole_Farr/PERSON:appos:boss left/leave:ROOT"
    own, others = (bound(article(apposed.format(word))).salience.at(0, 0.0) for word in ("her/PRP$", "board/NN"))
    assert own < others
