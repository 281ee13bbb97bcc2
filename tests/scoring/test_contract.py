"""How a chosen content is fitted to the output contract."""

from __future__ import annotations

from quotes.candidates import Extent
from quotes.scoring.contract import fitted
from tests.candidates.scenes import only, text_of


def contents(rows: str, rule: str) -> list[str]:
    """What becomes of the first extent of the only candidate of a rule."""
    article, candidate = only(rows, rule)
    return [text_of(article.parse, each) for each in fitted(article, candidate, candidate.extents[0])]


URGED = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    urged urge VERB VBD ROOT 1
    residents resident NOUN NNS nsubj 4
    to to PART TO aux 4
    boil boil VERB VB ccomp 1
    water water NOUN NN dobj 4
    +. . PUNCT . punct 1
"""


def test_who_is_asked_is_no_content() -> None:
    """Of "urged residents to boil water" the infinitive is left."""
    assert contents(URGED, "clausal_complement") == ["to boil water"]


def test_who_wants_is_not_asked() -> None:
    """A verb that asks nobody ("expected residents to boil water") keeps its clause."""
    assert contents(URGED.replace("urged urge", "expected expect"), "clausal_complement") == ["residents to boil water"]


def test_not_to() -> None:
    """“urged residents not to boil water” keeps its "not"."""
    rows = URGED.replace(
        "    to to PART TO aux 4\n    boil boil VERB VB ccomp 1\n    water water NOUN NN dobj 4",
        "    not not PART RB neg 5\n    to to PART TO aux 5\n    boil boil VERB VB ccomp 1",
    ).replace("nsubj 4", "nsubj 5")
    assert contents(rows, "clausal_complement") == ["not to boil"]


COORDINATED = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    said say VERB VBD ROOT 1
    that that SCONJ IN mark 4
    floods flood NOUN NNS nsubj 4
    came come VERB VBD ccomp 1
    and and CCONJ CC cc 4
    that that SCONJ IN mark 8
    ledgers ledger NOUN NNS nsubj 8
    sank sink VERB VBD conj 4
    +. . PUNCT . punct 1
"""


def test_that_and_that_are_two() -> None:
    """“said that floods came and that ledgers sank” is two statements."""
    assert contents(COORDINATED, "clausal_complement") == ["floods came", "ledgers sank"]


def test_and_without_that_is_one() -> None:
    """“said that floods came and ledgers sank” is one."""
    rows = COORDINATED.replace("that that SCONJ IN mark 8", "old old ADJ JJ amod 7")
    assert contents(rows, "clausal_complement") == ["floods came and old ledgers sank"]


def test_a_that_taken_for_a_determiner_goes() -> None:
    """A "that" right after the cue which was parsed as a determiner is left out all the same."""
    rows = """
        Kord Kord PROPN NNP nsubj 1 PERSON
        said say VERB VBD ROOT 1
        that that DET DT det 3
        floods flood NOUN NNS nsubj 4
        came come VERB VBD ccomp 1
        +. . PUNCT . punct 1
    """
    assert contents(rows, "clausal_complement") == ["floods came"]


COMMENTED = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    said say VERB VBD ROOT 1
    guests guest NOUN NNS nsubj 4
    should should AUX MD aux 4
    stay stay VERB VB ccomp 1
    +, , PUNCT , punct 4
    in in ADP IN prep 4
    an a DET DT det 9
    apparent apparent ADJ JJ amod 9
    reference reference NOUN NN pobj 6
    +. . PUNCT . punct 1
"""


def test_the_writers_comment_is_no_content() -> None:
    """Of "guests should stay, in an apparent reference" the comment is left out."""
    assert contents(COMMENTED, "clausal_complement") == ["guests should stay"]


def test_a_place_is_no_comment() -> None:
    """“guests should stay, in an apparent palace” loses nothing."""
    rows = COMMENTED.replace("reference reference", "palace palace")
    assert contents(rows, "clausal_complement") == ["guests should stay , in an apparent palace"]


NEXT_CUE = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    admitted admit VERB VBD ROOT 1
    radars radar NOUN NNS nsubj 3
    failed fail VERB VBD ccomp 1
    +, , PUNCT , punct 3
    said say VERB VBD conj 3
    he he PRON PRP nsubj 7
    slept sleep VERB VBD ccomp 5
    +. . PUNCT . punct 1
"""


def contents_under(rows: str, cue: str) -> list[str]:
    """What becomes of the clause of one cue."""
    from quotes.candidates import find_candidates
    from tests.candidates.scenes import scene, words

    article = scene(rows)
    parse = article.parse
    (candidate,) = [
        each for each in find_candidates(article) if each.rule == "clausal_complement" and words(parse, each.cue) == cue
    ]
    return [text_of(parse, each) for each in fitted(article, candidate, candidate.extents[0])]


def test_a_content_ends_before_the_next_cue() -> None:
    """Of "admitted radars failed, said he slept" the radars say nothing."""
    assert contents_under(NEXT_CUE, "admitted") == ["radars failed"]


def test_a_person_may_go_on_saying() -> None:
    """Where somebody in the content can speak ("admitted Dorn failed, said he slept"), it is kept whole."""
    rows = NEXT_CUE.replace("radars radar NOUN NNS nsubj 3", "Dorn Dorn PROPN NNP nsubj 3 PERSON")
    assert contents_under(rows, "admitted") == ["Dorn failed , said he slept"]


def test_a_noun_clause_ends_before_the_main_verb() -> None:
    """Of "his promise that boats turned proved false" the main verb is no content."""
    rows = """
        his his PRON PRP$ poss 1
        promise promise NOUN NN ROOT 1
        that that SCONJ IN mark 4
        boats boat NOUN NNS nsubj 4
        turned turn VERB VBD acl 1
        back back ADV RB advmod 4
        proved prove VERB VBD advcl 4
        false false ADJ JJ acomp 6
        +. . PUNCT . punct 1
    """
    assert contents(rows, "noun_clause") == ["boats turned back"]


WITHHELD = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    confirmed confirm VERB VBD ROOT 1
    that that SCONJ IN mark 4
    Dorn Dorn PROPN NNP nsubj 4 PERSON
    left leave VERB VBD ccomp 1
    but but CCONJ CC cc 4
    did do AUX VBD aux 8
    not not PART RB neg 8
    say say VERB VB conj 4
    why why ADV WRB advmod 11
    Dorn Dorn PROPN NNP nsubj 11 PERSON
    came come VERB VBD ccomp 8
    +. . PUNCT . punct 1
"""


def test_what_is_withheld_is_no_part_of_what_is_said() -> None:
    """Of "confirmed that Dorn left but did not say why Dorn came" Dorn's leaving is confirmed."""
    assert contents_under(WITHHELD, "confirmed") == ["Dorn left"]


def test_and_what_is_added_stays() -> None:
    """“confirmed that Dorn left and did not say why” may be all about Dorn."""
    rows = WITHHELD.replace("but but", "and and")
    assert contents_under(rows, "confirmed") == ["Dorn left and did not say why Dorn came"]


INSERTED = """
    Kord Kord PROPN NNP nsubj 1 PERSON
    conceded concede VERB VBD ROOT 1
    +, , PUNCT , punct 1
    days day NOUN NNS npadvmod 4
    later later ADV RB advmod 9
    +, , PUNCT , punct 9
    that that SCONJ IN mark 9
    boxes box NOUN NNS nsubjpass 9
    were be AUX VBD auxpass 9
    opened open VERB VBN ccomp 1
    +. . PUNCT . punct 1
"""


def test_an_insertion_before_that_is_no_content() -> None:
    """Of "conceded, days later, that boxes were opened" the days are left out."""
    assert contents(INSERTED, "clausal_complement") == ["boxes were opened"]


def test_a_that_before_a_determiner_goes() -> None:
    """A "that" away from the cue is dropped before "the", before which no determiner comes."""
    rows = """
        Kord Kord PROPN NNP nsubj 1 PERSON
        said say VERB VBD ROOT 1
        later later ADV RB advmod 1
        that that PRON WDT dobj 6
        the the DET DT det 5
        main main NOUN NN nsubj 6
        leaked leak VERB VBD ccomp 1
        +. . PUNCT . punct 1
    """
    assert contents(rows, "clausal_complement") == ["the main leaked"]


def test_a_noun_clause_ends_before_a_verb_taken_for_a_participle() -> None:
    """Of "claims that trains stopped drew laughter", with the claims for its root, "drew" is the verb."""
    rows = """
        claims claim NOUN NNS ROOT 0
        that that SCONJ IN mark 3
        trains train NOUN NNS nsubj 3
        stopped stop VERB VBD acl 0
        drew draw VERB VBN amod 5
        laughter laughter NOUN NN oprd 3
        +. . PUNCT . punct 0
    """
    assert contents(rows, "noun_clause") == ["trains stopped"]


def test_a_half_that_is_the_last_token_of_a_text() -> None:
    """A second half of one token at the very end has no "that" after it."""
    article, candidate = only(COORDINATED, "clausal_complement")
    last = len(article.parse) - 1
    halves = Extent("halves", ((3, 4), (last, last)))
    assert fitted(article, candidate._replace(rule="parenthetical"), halves) == (halves,)
