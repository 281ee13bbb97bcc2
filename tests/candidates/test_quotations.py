"""Constructions whose content is in quotation marks."""

from __future__ import annotations

import pytest

from quotes.candidates import find_candidates
from tests.candidates.scenes import found_by, scene, text_of

BEFORE = """
    “ “ PUNCT `` punct 6
    +We we PRON PRP nsubj 2
    won win VERB VBD ccomp 6
    +, , PUNCT , punct 6
    +” ” PUNCT '' punct 6
    Kord Kord PROPN NNP nsubj 6 PERSON
    said say VERB VBD ROOT 6
    +. . PUNCT . punct 6
"""
AFTER = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    said say VERB VBD ROOT 1
    +: : PUNCT : punct 1
    “ “ PUNCT `` punct 5
    +We we PRON PRP nsubj 5
    won win VERB VBD ccomp 1
    +. . PUNCT . punct 1
    +” ” PUNCT '' punct 1
"""


def test_quotation_before_its_cue() -> None:
    """“‘We won,’ Kord said” gives the quotation with the verb after it."""
    assert found_by(BEFORE, "quotation_before_cue") == [("said", "Kord", "We won ,")]
    assert found_by(BEFORE, "quotation_after_cue") == []


def test_quotation_after_its_cue() -> None:
    """“Kord said: ‘We won.’” gives the quotation with the verb before it."""
    assert found_by(AFTER, "quotation_after_cue") == [("said", "Kord", "We won .")]


def test_a_quotation_is_no_clause_too() -> None:
    """A content that is one quotation has no second candidate as a clause."""
    assert found_by(BEFORE, "parenthetical") == []
    assert found_by(AFTER, "clausal_complement") == []


def test_a_lost_subject_is_the_neighbour() -> None:
    """Where the parse gives "said" no subject, the noun next to it speaks."""
    rows = BEFORE.replace("Kord Kord PROPN NNP nsubj 6 PERSON", "Kord Kord PROPN NNP dep 6 PERSON")
    assert found_by(rows, "quotation_before_cue") == [("said", "Kord", "We won ,")]


def test_nobody_inside_the_marks_speaks() -> None:
    """A subject inside the quotation is not its speaker."""
    rows = """
        “ “ PUNCT `` punct 5
        +Heavens heavens NOUN NNS nsubj 5
        +, , PUNCT , punct 5
        +” ” PUNCT '' punct 5
        Kord Kord PROPN NNP dep 5 PERSON
        replied reply VERB VBD ROOT 5
        +. . PUNCT . punct 5
    """
    assert [speaker for _, speaker, _ in found_by(rows, "quotation_before_cue")] == ["Kord"]


RESUMED = """
    “ “ PUNCT `` punct 6
    +Dams dam NOUN NNS nsubj 9
    +, , PUNCT , punct 6
    +” ” PUNCT '' punct 6
    Kord Kord PROPN NNP nsubj 5 PERSON
    said say VERB VBD parataxis 9
    +, , PUNCT , punct 9
    “ “ PUNCT `` punct 9
    +always always ADV RB advmod 9
    leak leak VERB VBP ROOT 9
    +. . PUNCT . punct 9
    +” ” PUNCT '' punct 9
"""


def test_resumed_quotation() -> None:
    """“‘Dams,’ Kord said, ‘always leak.’” is one content of two pieces, and nothing else of that cue."""
    article = scene(RESUMED)
    found = [each for each in find_candidates(article) if each.quotation is not None and each.cue]
    assert [[text_of(article.parse, v) for v in each.extents] for each in found] == [["Dams , | always leak ."]]


def test_a_new_sentence_does_not_resume() -> None:
    """“‘Dams.’ Kord said. ‘Always leak.’” is two quotations."""
    rows = RESUMED.replace("+, , PUNCT , punct", "+. . PUNCT . punct")
    article = scene(rows)
    found = [each for each in find_candidates(article) if each.quotation is not None and each.cue]
    assert sorted(each.rule for each in found) == ["quotation_after_cue", "quotation_before_cue"]


def test_floating_quotation() -> None:
    """Any quotation is also taken without a cue."""
    assert found_by(AFTER, "floating_quotation") == [("", None, "We won .")]


SIGNED = """
    “ “ PUNCT `` punct 2
    +Build build VERB VB ROOT 1
    walls wall NOUN NNS dobj 1
    +. . PUNCT . punct 1
    +” ” PUNCT '' punct 1
    — — PUNCT : punct 1
    Astley Astley PROPN NNP compound 7
    Reader Reader PROPN NNP dep 1
"""


def test_signed_quotation() -> None:
    """The name after a quotation and a dash is who wrote it."""
    assert found_by(SIGNED, "signed_quotation") == [("", "Astley Reader", "Build walls .")]


def test_a_dash_that_goes_on_is_no_signature() -> None:
    """“‘The Wake’ — Astley sang — was loud” is signed by nobody."""
    rows = (
        SIGNED
        + """    sang sing VERB VBD dep 1
    songs song NOUN NNS dobj 8
    """
    )
    assert found_by(rows, "signed_quotation") == []


APART = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    rose rise VERB VBD ROOT 1
    +. . PUNCT . punct 1

    “ “ PUNCT `` punct 5
    +We we PRON PRP nsubj 5
    won win VERB VBD ROOT 5
    +. . PUNCT . punct 5
    +” ” PUNCT '' punct 5
"""


def test_no_verb_within_reach() -> None:
    """A verb of the paragraph before is taken for a cue only where that one ends with a colon."""
    paragraphs = (0, 0, 0, 1, 1, 1, 1, 1)
    rules = {
        mark: [each.rule for each in find_candidates(scene(rows, paragraphs=paragraphs)) if each.quotation is not None]
        for mark, rows in ((".", APART), (":", APART.replace("+. . PUNCT . punct 1", "+: : PUNCT : punct 1")))
    }
    assert rules == {
        ".": ["floating_quotation"],
        ":": ["quotation_after_cue", "floating_quotation", "quotation_after_clause"],
    }


ANSWER = """
    The the DET DT det 1
    pilot pilot NOUN NN poss 3
    's 's PART POS case 1
    answer answer NOUN NN nsubj 4
    was be AUX VBD ROOT 4
    short short ADJ JJ acomp 4
    +: : PUNCT : punct 4
    “ “ PUNCT `` punct 9
    +Not not PART RB neg 9
    tonight tonight NOUN NN npadvmod 4
    +. . PUNCT . punct 4
    +” ” PUNCT '' punct 4
"""


def test_a_noun_of_saying_before_a_colon() -> None:
    """“The pilot's answer was short: ‘Not tonight.’” is the pilot's, by the answer."""
    assert found_by(ANSWER, "noun_and_colon") == [("answer", "The pilot", "Not tonight .")]


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("answer answer NOUN NN nsubj", "menu menu NOUN NN nsubj"),
        ("pilot pilot NOUN NN poss", "ship ship NOUN NN poss"),
        ("+: : PUNCT : punct", "+, , PUNCT , punct"),
        ("was be AUX VBD ROOT", "said say VERB VBD ROOT"),
    ],
)
def test_no_noun_of_saying_before_a_colon(word: str, other: str) -> None:
    """A noun that says nothing, an owner that cannot speak, no colon, or a verb that is the cue itself."""
    assert word in ANSWER
    assert found_by(ANSWER.replace(word, other), "noun_and_colon") == []


def test_a_statement_that_is_issued() -> None:
    """The object of a verb of saying is the cue: “The pilot issued a statement: ‘Not tonight.’”."""
    rows = """
        The the DET DT det 1
        pilot pilot NOUN NN nsubj 2
        issued issue VERB VBD ROOT 2
        a a DET DT det 4
        statement statement NOUN NN dobj 2
        +: : PUNCT : punct 2
        “ “ PUNCT `` punct 8
        +Not not PART RB neg 8
        tonight tonight NOUN NN npadvmod 2
        +. . PUNCT . punct 2
        +” ” PUNCT '' punct 2
    """
    assert found_by(rows, "noun_and_colon") == [("statement", "The pilot", "Not tonight .")]


SANG = """
    She she PRON PRP nsubj 1
    sang sing VERB VBD ROOT 1
    “ “ PUNCT `` punct 4
    +Night night NOUN NNP compound 4
    Boats boat NOUN NNS dobj 1
    +” ” PUNCT '' punct 1
    +. . PUNCT . punct 1
"""


def test_a_title_that_is_sung_is_not_said() -> None:
    """“She sang “Night Boats”” names a song; with small letters, or "said", it may be words."""
    assert found_by(SANG, "quotation_after_cue") == []
    assert found_by(SANG.replace("sang sing", "said say"), "quotation_after_cue") != []
    assert (
        found_by(
            SANG.replace("Night night", "night night").replace("Boats boat", "boats boat"),
            "quotation_after_cue",
        )
        != []
    )
