"""Frames of verbs, adjectives and nouns with a content of their own."""

from __future__ import annotations

from quotes.candidates import find_candidates
from tests.candidates.scenes import found_by, only, scene, text_of

DENIED = """
    He he PRON PRP nsubj 1
    denied deny VERB VBD ROOT 1
    that that SCONJ IN mark 5
    fish fish NOUN NNS nsubjpass 5
    were be AUX VBD auxpass 5
    poisoned poison VERB VBN ccomp 1
    +. . PUNCT . punct 1
"""


def test_clausal_complement() -> None:
    """“He denied that fish were poisoned” gives the clause, without its "that"."""
    assert found_by(DENIED, "clausal_complement") == [("denied", "He", "fish were poisoned")]


def test_an_object_is_taken_freely() -> None:
    """“He found his keys” has the shape of a nominal object: the scorer refuses it, not the rule."""
    rows = """
        He he PRON PRP nsubj 1
        found find VERB VBD ROOT 1
        his his PRON PRP$ poss 3
        keys key NOUN NNS dobj 1
        +. . PUNCT . punct 1
    """
    assert found_by(rows, "nominal_object") == [("found", "He", "his keys")]
    assert found_by(rows, "clausal_complement") == []


def test_an_empty_object_is_no_content() -> None:
    """“She said nothing” says nothing."""
    rows = """
        She she PRON PRP nsubj 1
        said say VERB VBD ROOT 1
        nothing nothing PRON NN dobj 1
        +. . PUNCT . punct 1
    """
    assert find_candidates(scene(rows)) == ()


TOLD = """
    She she PRON PRP nsubj 1
    told tell VERB VBD ROOT 1
    farmers farmer NOUN NNS dobj 1
    rain rain NOUN NN nsubj 5
    would will AUX MD aux 5
    come come VERB VB ccomp 1
    +. . PUNCT . punct 1
"""


def test_who_is_told_is_no_content() -> None:
    """In "She told farmers rain would come" the rain is the content, and the farmers are not."""
    assert found_by(TOLD, "clausal_complement") == [("told", "She", "rain would come")]
    assert found_by(TOLD, "nominal_object") == []


def test_a_clause_hung_on_the_addressee() -> None:
    """A "that"-clause that the parser hung on who was told is the content all the same."""
    rows = """
        Kord Kord PROPN NNP nsubj 1 PERSON
        told tell VERB VBD ROOT 1
        recruits recruit NOUN NNS dobj 1
        that that PRON WDT mark 6
        boats boat NOUN NNS nsubj 6
        had have AUX VBD aux 6
        sunk sink VERB VBN relcl 2
        +. . PUNCT . punct 1
    """
    assert ("told", "Kord", "boats had sunk") in found_by(rows, "clausal_complement")


def test_a_clause_of_another_noun_stays_there() -> None:
    """A relative clause after the object of a verb that is no verb of saying is no content of it."""
    rows = """
        Kord Kord PROPN NNP nsubj 1 PERSON
        built build VERB VBD ROOT 1
        boats boat NOUN NNS dobj 1
        that that PRON WDT nsubj 4
        sank sink VERB VBD relcl 2
        fast fast ADV RB advmod 4
        +. . PUNCT . punct 1
    """
    assert found_by(rows, "clausal_complement") == []


def test_infinitive() -> None:
    """“They vowed to fight” gives the infinitive."""
    rows = """
        They they PRON PRP nsubj 1
        vowed vow VERB VBD ROOT 1
        to to PART TO aux 3
        fight fight VERB VB xcomp 1
        +. . PUNCT . punct 1
    """
    assert found_by(rows, "infinitive") == [("vowed", "They", "to fight")]


def test_one_cue_of_two_verbs() -> None:
    """Of "was reported to have said (that) it leaked" the leak is the content, and not the saying."""
    rows = """
        Dorn Dorn PROPN NNP nsubjpass 2 PERSON
        was be AUX VBD auxpass 2
        reported report VERB VBN ROOT 2
        to to PART TO aux 5
        have have AUX VB aux 5
        said say VERB VBN xcomp 2
        it it PRON PRP nsubj 7
        leaked leak VERB VBD ccomp 5
        +. . PUNCT . punct 2
    """
    assert found_by(rows, "infinitive") == []
    assert found_by(rows, "clausal_complement") == [("was reported to have said", "Dorn", "it leaked")]


def test_preposition_joins_the_cue() -> None:
    """“Kord called for an inquiry” has the cue "called for"."""
    rows = """
        Kord Kord PROPN NNP nsubj 1 PERSON
        called call VERB VBD ROOT 1
        for for ADP IN prep 1
        an a DET DT det 4
        inquiry inquiry NOUN NN pobj 2
        +. . PUNCT . punct 1
    """
    article, candidate = only(rows, "prepositional_content")
    assert found_by(rows, "prepositional_content") == [("called for", "Kord", "an inquiry")]
    assert text_of(article.parse, candidate.extents[-1]) == "for an inquiry"


QUOTED_AS_SAYING = """
    Papers paper NOUN NNS nsubj 1
    quoted quote VERB VBD ROOT 1
    Kord Kord PROPN NNP dobj 1 PERSON
    as as ADP IN prep 1
    saying say VERB VBG pcomp 3
    locks lock NOUN NNS nsubj 6
    failed fail VERB VBD ccomp 4
    +. . PUNCT . punct 1
"""


def test_quoted_as_saying() -> None:
    """In "Papers quoted Kord as saying locks failed" Kord speaks, and "quoted" is the cue."""
    assert found_by(QUOTED_AS_SAYING, "quoted_as_saying") == [("quoted", "Kord", "locks failed")]


def test_saying_within_quoted_as_saying_is_no_cue_of_its_own() -> None:
    """The "saying" of "quoted her as saying" gives nothing beside the rule."""
    assert found_by(QUOTED_AS_SAYING, "clausal_complement") == []


def test_was_quoted_as_saying() -> None:
    """In "Kord was quoted as saying ..." the subject of the passive speaks."""
    rows = """
        Kord Kord PROPN NNP nsubjpass 2 PERSON
        was be AUX VBD auxpass 2
        quoted quote VERB VBN ROOT 2
        as as ADP IN prep 2
        saying say VERB VBG pcomp 3
        locks lock NOUN NNS nsubj 6
        failed fail VERB VBD ccomp 4
        +. . PUNCT . punct 2
    """
    assert found_by(rows, "quoted_as_saying") == [("quoted as saying", "Kord", "locks failed")]


def test_quoted_as_an_example_is_no_saying() -> None:
    """“Papers quoted Kord as an example” has no saying."""
    rows = """
        Papers paper NOUN NNS nsubj 1
        quoted quote VERB VBD ROOT 1
        Kord Kord PROPN NNP dobj 1 PERSON
        as as ADP IN prep 1
        an a DET DT det 5
        example example NOUN NN pobj 3
        +. . PUNCT . punct 1
    """
    assert found_by(rows, "quoted_as_saying") == []


def test_noun_clause() -> None:
    """“His claim that boats sank drew laughs” gives the noun's clause, said by its owner."""
    rows = """
        Kord Kord PROPN NNP poss 2 PERSON
        +'s 's PART POS case 0
        claim claim NOUN NN nsubj 6
        that that SCONJ IN mark 5
        boats boat NOUN NNS nsubj 5
        sank sink VERB VBD acl 2
        drew draw VERB VBD ROOT 6
        laughs laugh NOUN NNS dobj 6
        +. . PUNCT . punct 6
    """
    assert found_by(rows, "noun_clause") == [("claim", "Kord", "boats sank")]


def test_a_made_claim_is_the_cue() -> None:
    """In "made the claim that boats sank" the claim is the cue and no content of "made"."""
    rows = """
        Kord Kord PROPN NNP nsubj 1 PERSON
        made make VERB VBD ROOT 1
        the the DET DT det 3
        claim claim NOUN NN dobj 1
        that that SCONJ IN mark 6
        boats boat NOUN NNS nsubj 6
        sank sink VERB VBD acl 3
        +. . PUNCT . punct 1
    """
    assert found_by(rows, "noun_clause") == [("claim", "Kord", "boats sank")]
    assert found_by(rows, "nominal_object") == []


def test_adjective_clause() -> None:
    """“Kord is confident it will pass” has the adjective in its cue."""
    rows = """
        Kord Kord PROPN NNP nsubj 1 PERSON
        is be AUX VBZ ROOT 1
        confident confident ADJ JJ acomp 1
        it it PRON PRP nsubj 5
        will will AUX MD aux 5
        pass pass VERB VB ccomp 2
        +. . PUNCT . punct 1
    """
    assert found_by(rows, "adjective_clause") == [("is confident", "Kord", "it will pass")]


def test_raised_subject_has_no_speaker() -> None:
    """In "The court seemed to agree" nobody in the sentence is the source."""
    rows = """
        The the DET DT det 1
        court court NOUN NN nsubj 2
        seemed seem VERB VBD ROOT 2
        to to PART TO aux 4
        agree agree VERB VB xcomp 2
        +. . PUNCT . punct 2
    """
    assert found_by(rows, "raised_subject") == [("seemed", None, "The court | to agree")]
    assert found_by(rows.replace("seem ", "want "), "raised_subject") == []


CALLED = """
    She she PRON PRP nsubj 1
    called call VERB VBD ROOT 1
    a a DET DT det 3
    match match NOUN NN dobj 1
    off off ADP RP prt 1
    +. . PUNCT . punct 1
"""


def test_what_is_only_called_is_no_content() -> None:
    """“She called a match off” says nothing of it, "called a match a farce" does."""
    assert found_by(CALLED, "nominal_object") == []
    farce = CALLED.replace("off off ADP RP prt", "farce farce NOUN NN oprd")
    assert ("called", "She", "a match") in found_by(farce, "nominal_object")


def test_what_is_kept_from_somebody_is_no_content() -> None:
    """“They denied him entry” reports no words, "denied entry" may."""
    rows = """
        They they PRON PRP nsubj 1
        denied deny VERB VBD ROOT 1
        him he PRON PRP dative 1
        entry entry NOUN NN dobj 1
        +. . PUNCT . punct 1
    """
    assert found_by(rows, "nominal_object") == []
    assert found_by(rows.replace("dative 1", "poss 3"), "nominal_object") == [("denied", "They", "him entry")]


def test_called_on_somebody() -> None:
    """The "on" of "called on Dorn to wait" belongs to the cue."""
    rows = """
        Kord Kord PROPN NNP nsubj 1 PERSON
        called call VERB VBD ROOT 1
        on on ADP IN prep 1
        Dorn Dorn PROPN NNP pobj 2 PERSON
        to to PART TO aux 5
        wait wait VERB VB xcomp 1
        +. . PUNCT . punct 1
    """
    assert found_by(rows, "infinitive") == [("called on", "Kord", "to wait")]


POLLED = """
    Voters voter NOUN NNS nsubj 1
    want want VERB VBP ROOT 1
    clocks clock NOUN NNS nsubj 3
    mended mend VERB VBN ccomp 1
    +, , PUNCT , punct 1
    polls poll NOUN NNS nsubj 6
    showed show VERB VBD ccomp 1
    +. . PUNCT . punct 1
"""


def test_a_clause_put_after_is_no_more_of_the_content() -> None:
    """Of "Voters want clocks mended, polls showed" no extent of what is wanted holds the polls."""
    article = scene(POLLED)
    extents = [
        text_of(article.parse, extent)
        for each in find_candidates(article)
        if each.rule == "clausal_complement" and article.parse.words[each.argument or 0] == "mended"
        for extent in each.extents
    ]
    assert extents
    assert not any("polls" in extent for extent in extents)


def test_what_somebody_was_reported_to_have_said() -> None:
    """Of "was reported by the radio to have said that" what was said is the content, not the saying."""
    rows = """
        She she PRON PRP nsubjpass 2
        was be AUX VBD auxpass 2
        reported report VERB VBN ROOT 2
        by by ADP IN agent 2
        radio radio NOUN NN pobj 3
        to to PART TO aux 7
        have have AUX VB aux 7
        said say VERB VBN xcomp 2
        that that SCONJ IN mark 10
        boats boat NOUN NNS nsubj 10
        sank sink VERB VBD ccomp 7
        +. . PUNCT . punct 2
    """
    assert found_by(rows, "infinitive") == []
    assert found_by(rows, "clausal_complement") == [("to have said", "She", "boats sank")]


def test_who_is_quoted_as_saying_is_no_content() -> None:
    """Of "quoted Kord as saying boats sank" Kord speaks, and is not what was quoted."""
    rows = """
        Wire Wire PROPN NNP nsubj 1 ORG
        quoted quote VERB VBD ROOT 1
        Kord Kord PROPN NNP dobj 1 PERSON
        as as ADP IN prep 1
        saying say VERB VBG pcomp 3
        boats boat NOUN NNS nsubj 6
        sank sink VERB VBD ccomp 4
        +. . PUNCT . punct 1
    """
    assert found_by(rows, "nominal_object") == []
    assert found_by(rows, "quoted_as_saying") == [("quoted", "Kord", "boats sank")]


CRIED = """
    +" " PUNCT `` punct 4
    +Mind mind VERB VB ccomp 4
    it it PRON PRP dobj 1
    +" " PUNCT '' punct 4
    cried cry VERB VBD ROOT 4
    a a DET DT det 6
    steward steward NOUN NN dobj 4
    +. . PUNCT . punct 4
"""


def test_a_speaker_after_the_verb_is_no_content() -> None:
    """In ""Mind it" cried a steward" the steward cries, whatever the parser calls him."""
    assert ("cried", None, "a steward") not in found_by(CRIED, "nominal_object")
    assert ("cried", "a steward", "Mind it") in found_by(CRIED, "quotation_before_cue")


def test_who_makes_it_clear() -> None:
    """In "Kord made it clear boats sank" Kord says so, and "it" does not."""
    rows = """
        Kord Kord PROPN NNP nsubj 1 PERSON
        made make VERB VBD ROOT 1
        it it PRON PRP nsubj 3
        clear clear ADJ JJ ccomp 1
        boats boat NOUN NNS nsubj 5
        sank sink VERB VBD ccomp 3
        +. . PUNCT . punct 1
    """
    assert found_by(rows, "adjective_clause") == [("clear", "Kord", "boats sank")]


def test_what_seems_so_seems_so_to_the_writer() -> None:
    """In "Kord seems to sleep" Kord says nothing."""
    rows = """
        Kord Kord PROPN NNP nsubj 1 PERSON
        seems seem VERB VBZ ROOT 1
        to to PART TO aux 3
        sleep sleep VERB VB xcomp 1
        +. . PUNCT . punct 1
    """
    assert found_by(rows, "infinitive") == [("seems", None, "to sleep")]
    assert found_by(rows.replace("seems seem", "hopes hope"), "infinitive") == [("hopes", "Kord", "to sleep")]


def test_who_is_called_on_is_no_content() -> None:
    """Of "called on owners to wait" the owners are asked."""
    rows = """
        Kord Kord PROPN NNP nsubj 1 PERSON
        called call VERB VBD ROOT 1
        on on ADP IN prep 1
        owners owner NOUN NNS pobj 2
        to to PART TO aux 5
        wait wait VERB VB xcomp 1
        +. . PUNCT . punct 1
    """
    assert found_by(rows, "prepositional_content") == []
    assert found_by(rows, "infinitive") == [("called on", "Kord", "to wait")]


def test_who_is_urged_is_no_content() -> None:
    """In "Walkers were urged by wardens to wait" the walkers are asked."""
    rows = """
        Walkers walker NOUN NNS nsubjpass 2
        were be AUX VBD auxpass 2
        urged urge VERB VBN ROOT 2
        by by ADP IN agent 2
        wardens warden NOUN NNS pobj 3
        to to PART TO aux 6
        wait wait VERB VB xcomp 2
        +. . PUNCT . punct 2
    """
    assert found_by(rows, "passive_subject") == []
    assert found_by(rows, "infinitive") == [("were urged", "wardens", "to wait")]


CALLED_FOR = """
    Kord Kord PROPN NNP nsubj 1
    called call VERB VBD ROOT 1
    for for SCONJ IN mark 5
    crews crew NOUN NNS nsubj 5
    to to PART TO aux 5
    leave leave VERB VB advcl 1
    +. . PUNCT . punct 1
"""


def test_the_for_before_an_infinitive_belongs_to_the_cue() -> None:
    """“Called for crews to leave” is cut as "called for a ban" is; "so" before a clause is no part of the cue."""
    assert found_by(CALLED_FOR, "adverbial_clause") == [("called for", "Kord", "crews to leave")]
    otherwise = CALLED_FOR.replace("for for", "so so")
    assert found_by(otherwise, "adverbial_clause") == [("called", "Kord", "so crews to leave")]


def test_what_only_goes_on_has_no_infinitive_for_content() -> None:
    """“Went on to mock the vote” mocks; nobody goes on the mocking. Who insists on it speaks."""
    rows = """
        Kord Kord PROPN NNP nsubj 1
        went go VERB VBD ROOT 1
        on on ADP RP prt 1
        to to PART TO aux 4
        mock mock VERB VB advcl 1
        votes vote NOUN NNS dobj 4
        +. . PUNCT . punct 1
    """
    assert found_by(rows, "adverbial_clause") == []
    assert found_by(rows, "nominal_object") == [("went on to mock", "Kord", "votes")]
    insisted = rows.replace("went go", "insisted insist").replace("advcl", "xcomp")
    assert found_by(insisted, "infinitive") == [("insisted on", "Kord", "to mock votes")]
