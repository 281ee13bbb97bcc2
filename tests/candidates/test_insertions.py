"""Cues put into, before or after a sentence that is the content."""

from __future__ import annotations

from quotes.candidates import find_candidates
from tests.candidates.scenes import found_by, only, scene, text_of

SPLIT = """
    Dams dam NOUN NNS nsubj 5
    +, , PUNCT , punct 5
    Kord Kord PROPN NNP nsubj 3 PERSON
    said say VERB VBD parataxis 5
    +, , PUNCT , punct 5
    leak leak VERB VBP ROOT 5
    +. . PUNCT . punct 5
"""


def test_parenthetical() -> None:
    """“Dams, Kord said, leak” gives both pieces as one content."""
    assert found_by(SPLIT, "parenthetical") == [("said", "Kord", "Dams | leak")]


def test_parenthetical_at_the_end() -> None:
    """“Dams leak, Kord said” gives what comes before the comma."""
    rows = """
        Dams dam NOUN NNS nsubj 1
        leak leak VERB VBP ccomp 4
        +, , PUNCT , punct 4
        Kord Kord PROPN NNP nsubj 4 PERSON
        said say VERB VBD ROOT 4
        +. . PUNCT . punct 4
    """
    assert found_by(rows, "parenthetical") == [("said", "Kord", "Dams leak")]


def test_no_break_no_parenthetical() -> None:
    """“Kord said dams leak” begins with its subject: nothing is around it."""
    rows = """
        Kord Kord PROPN NNP nsubj 1 PERSON
        said say VERB VBD ROOT 1
        dams dam NOUN NNS nsubj 3
        leak leak VERB VBP ccomp 1
        +. . PUNCT . punct 1
    """
    assert found_by(rows, "parenthetical") == []


def test_a_participle_after_an_insertion_is_not_content() -> None:
    """Of "Dams leak, Kord said, adding ..." the adding is not read as content."""
    rows = """
        Dams dam NOUN NNS nsubj 1
        leak leak VERB VBP ccomp 4
        +, , PUNCT , punct 4
        Kord Kord PROPN NNP nsubj 4 PERSON
        said say VERB VBD ROOT 4
        +, , PUNCT , punct 4
        adding add VERB VBG advcl 4
        details detail NOUN NNS dobj 6
        +. . PUNCT . punct 4
    """
    article, candidate = only(rows, "parenthetical")
    assert [text_of(article.parse, each) for each in candidate.extents] == ["Dams leak"]


AS_PUT = """
    As as SCONJ IN mark 2
    Kord Kord PROPN NNP nsubj 2 PERSON
    put put VERB VBD advcl 6
    it it PRON PRP dobj 2
    +, , PUNCT , punct 6
    dams dam NOUN NNS nsubj 6
    leak leak VERB VBP ROOT 6
    +. . PUNCT . punct 6
"""


def test_as_clause() -> None:
    """“As Kord put it, dams leak” gives the clause around."""
    assert found_by(AS_PUT, "as_clause") == [("put it", "Kord", "dams leak")]


def test_another_conjunction_is_no_as_clause() -> None:
    """“When Kord put it, dams leak” is none."""
    assert found_by(AS_PUT.replace("As as", "When when"), "as_clause") == []


ACCORDING = """
    Dams dam NOUN NNS nsubj 1
    leak leak VERB VBP ROOT 1
    +, , PUNCT , punct 1
    according accord VERB VBG prep 1
    to to ADP IN prep 3
    Kord Kord PROPN NNP pobj 4 PERSON
    +. . PUNCT . punct 1
"""


def test_according_to() -> None:
    """“Dams leak, according to Kord” gives the clause, said by Kord."""
    assert found_by(ACCORDING, "according_to") == [("according to", "Kord", "Dams leak")]


def test_a_quotation_of_several_sentences_is_kept_whole() -> None:
    """“According to Kord, ‘dams leak. Boats sink.’” goes on to the end of the quotation."""
    rows = """
        According accord VERB VBG prep 6
        to to ADP IN prep 0
        Kord Kord PROPN NNP pobj 1 PERSON
        +, , PUNCT , punct 6
        “ “ PUNCT `` punct 6
        +dams dam NOUN NNS nsubj 6
        leak leak VERB VBP ROOT 6
        +. . PUNCT . punct 6
        Boats boat NOUN NNS nsubj 9
        sink sink VERB VBP ROOT 9
        +. . PUNCT . punct 9
        +” ” PUNCT '' punct 9
    """
    assert found_by(rows, "according_to") == [("According to", "Kord", "dams leak . Boats sink")]


def test_a_measure_is_no_source() -> None:
    """“according to age” names no source."""
    measured = ACCORDING.replace("Kord Kord PROPN NNP pobj 4 PERSON", "age age NOUN NN pobj 4")
    assert found_by(measured, "according_to") == []


def test_a_record_of_a_saying_is_its_medium() -> None:
    """In "According to a transcript, Kord said ..." the transcript does not speak."""
    rows = """
        According accord VERB VBG prep 6
        to to ADP IN prep 0
        a a DET DT det 3
        transcript transcript NOUN NN pobj 1
        +, , PUNCT , punct 6
        Kord Kord PROPN NNP nsubj 6 PERSON
        said say VERB VBD ROOT 6
        dams dam NOUN NNS nsubj 8
        leak leak VERB VBP ccomp 6
        +. . PUNCT . punct 6
    """
    assert [each.rule for each in find_candidates(scene(rows)) if each.rule == "according_to"] == []
    assert found_by(rows.replace("said say", "saw see"), "according_to") != []


PER = """
    They they PRON PRP nsubj 1
    met meet VERB VBD ROOT 1
    +, , PUNCT , punct 1
    per per ADP IN prep 1
    the the DET DT det 5
    indictment indictment NOUN NN pobj 3
    +. . PUNCT . punct 1
"""


def test_per_a_document() -> None:
    """“They met, per the indictment” has the indictment for its source."""
    assert found_by(PER, "per_source") == [("per", "the indictment", "They met")]


def test_per_as_a_rate_has_no_source() -> None:
    """“twice per week” and "per member" are rates: no comma, or no article."""
    without_comma = PER.replace("    +, , PUNCT , punct 1\n", "").replace("prep 1", "prep 1")
    rows = without_comma.replace("det 5", "det 4").replace("pobj 3", "pobj 2")
    assert found_by(rows, "per_source") == []
    assert found_by(PER.replace("the the DET DT det 5", "one one NUM CD nummod 5"), "per_source") == []
    assert found_by(PER.replace("indictment indictment", "week week"), "per_source") == []


def test_a_verb_with_an_object_of_its_own_has_no_content_before_it() -> None:
    """“Dams leak, Kord told lies” is two actions; "Kord told the inquest" has an addressee."""
    rows = """
        Dams dam NOUN NNS nsubj 1
        leak leak VERB VBP ccomp 4
        +, , PUNCT , punct 4
        Kord Kord PROPN NNP nsubj 4 PERSON
        told tell VERB VBD ROOT 4
        lies lie NOUN NNS dobj 4
        +. . PUNCT . punct 4
    """
    assert found_by(rows, "parenthetical") == []
    assert found_by(rows, "clausal_complement") == []
    heard = rows.replace("lies lie NOUN NNS", "inquest inquest NOUN NN")
    assert found_by(heard, "parenthetical") == [("told", "Kord", "Dams leak")]
