"""Who a pronoun means, on parses built by hand."""

from __future__ import annotations

import pytest

from tests.coref.parses import article, at, bound, meant, mention, said

MET = "Mark_Dole/PERSON:nsubj met/meet:ROOT Paul_Reyes/PERSON:dobj"
SHE_LEFT = "she:nsubj left/leave:ROOT"
HE_LEFT = "he:nsubj left/leave:ROOT"
THEY_LEFT = "they:nsubj left/leave:ROOT"
MARK = "Mark/PERSON:nsubj slept/sleep:ROOT"

CASES = {
    "subject-before-object": ((MET, HE_LEFT), "he", "Mark Dole"),
    "gender": (
        ("Alice_Munday/PERSON:nsubj met/meet:ROOT Paul/PERSON:dobj", HE_LEFT),
        "he",
        "Paul",
    ),
    "two-alike": (("Mark/PERSON:nsubj slept/sleep:ROOT and:cc Paul/PERSON:nsubj", HE_LEFT), "he", None),
    "main-clause-before-subordinate": (
        ("Mark/PERSON:nsubj:left left/leave:advcl:slept Paul/PERSON:nsubj slept/sleep:ROOT", HE_LEFT),
        "he",
        "Paul",
    ),
    "faded-by-a-sentence": (
        (MARK, "Paul/PERSON:nsubj slept/sleep:ROOT", HE_LEFT),
        "he",
        "Paul",
    ),
    "object-is-not-its-subject": (
        (MARK, "Paul/PERSON:nsubj saw/see:ROOT him:dobj"),
        "him",
        "Mark",
    ),
    "possessive-may-be-the-subject": (
        (MARK, "Paul/PERSON:nsubj sold/sell:ROOT his:poss:mill mill:dobj"),
        "his",
        "Paul",
    ),
    "owned-noun-describes-another": (
        (
            MARK,
            "Paul/PERSON:nsubj ,:punct his:poss:rival rival:appos:Paul ,:punct left/leave:ROOT",
        ),
        "his",
        "Mark",
    ),
    "it-is-no-person": (
        ("Mark_Dole/PERSON:nsubj met/meet:ROOT Calder_Foods/ORG:dobj", "its:poss:mill mill:ROOT"),
        "its",
        "Calder Foods",
    ),
    "they-are-not-one-person": ((MARK, THEY_LEFT), "they", None),
    "they-are-a-group": (
        ("the:det:trustees trustees/NNS:nsubj met/meet:ROOT Mark/PERSON:dobj", THEY_LEFT),
        "they",
        "-",
    ),
    "they-are-a-body": (
        ("Calder_Foods/ORG:nsubj slept/sleep:ROOT", THEY_LEFT),
        "they",
        "Calder Foods",
    ),
    "they-of-a-body-beside-several": (
        (
            "Calder_Foods/ORG:nsubj met/meet:ROOT the:det:tenants tenants/NNS:dobj",
            THEY_LEFT,
        ),
        "they",
        None,
    ),
    "nobody-before": ((HE_LEFT,), "he", None),
}  # fmt: skip


@pytest.mark.parametrize(("sentences", "form", "name"), CASES.values(), ids=CASES)
def test_antecedents(sentences: tuple[str, ...], form: str, name: str | None) -> None:
    """Gender, number, grammar and salience choose; where they leave two, nobody is meant."""
    assert meant(article(*sentences), form) == name


def test_a_speaker_is_not_the_one_told() -> None:
    """The addressee of the words is not the pronoun that says them."""
    source = article(
        MARK,
        "he:nsubj told/tell:ROOT Mark/PERSON:dobj “:punct rain:dep fell/fall:ccomp ”:punct",
    )
    told = said(source, mention(source, "he"), "rain fell", "told", addressee=mention(source, "Mark", occurrence=1))
    assert meant(source, "he") == "Mark"
    assert meant(source, "he", told) is None


def test_name_in_quoted_words_hardly_counts() -> None:
    """Somebody named only inside quotation marks is not whom the text is about."""
    source = article(MARK, "“:punct Paul/PERSON:nsubj lied/lie:ROOT ”:punct", HE_LEFT)
    assert meant(source, "he") == "Mark"


def test_group_of_coordinated_subjects() -> None:
    """Two subjects joined by "and" are whom "they" means."""
    source = article("Mark/PERSON:nsubj and:cc:Mark Paul/PERSON:conj:Mark slept/sleep:ROOT", THEY_LEFT)
    referent = bound(source).meaning_of(at(source, "they"))
    assert referent is not None
    assert referent.members == (0, 1)


def test_relative_pronoun_means_its_noun() -> None:
    """The noun that the clause is attached to is meant, not the subject before."""
    source = article(
        "Mark/PERSON:nsubj met/meet:ROOT Paul/PERSON:dobj who:nsubj:said said/say:relcl:Paul rain:dobj:said"
    )
    assert meant(source, "who", said(source, mention(source, "who"), "rain")) == "Paul"


def test_later_name_explains_the_first_pronoun() -> None:
    """A speaker "he" with nobody before is the one subject named within three sentences."""
    near = (HE_LEFT, "rain:nsubj fell/fall:ROOT", "Frank/PERSON:nsubj slept/sleep:ROOT")
    far = (
        HE_LEFT,
        "rain:nsubj fell/fall:ROOT",
        "hail:nsubj fell/fall:ROOT",
        "Frank/PERSON:nsubj slept/sleep:ROOT",
    )
    for sentences, name in ((near, "Frank"), (far, None)):
        source = article(*sentences)
        assert meant(source, "he", said(source, mention(source, "he"), "left", "left")) == name


def test_other_pronoun_of_the_words_is_somebody_else() -> None:
    """In "she said he had gone" the only possible "he" is not "she", whose gender is open."""
    source = article(
        "Zsk/PERSON:nsubj met/meet:ROOT Mark/PERSON:dobj",
        "Brx/PERSON:nsubj slept/sleep:ROOT",
        "she:nsubj said/say:ROOT he:nsubj:went went/go:ccomp",
    )
    assert meant(source, "she", said(source, mention(source, "she"), "he went")) == "Brx"


def test_surname_of_two_leaves_he_open() -> None:
    """After a bare surname that may be either of two men, "he" is nobody's."""
    both = "Peter_Moss/PERSON:nsubj met/meet:ROOT Martin_Moss/PERSON:dobj"
    assert meant(article(both, "Moss/PERSON:nsubj slept/sleep:ROOT", HE_LEFT), "he") is None
    assert meant(article(both, HE_LEFT), "he") == "Peter Moss"


def test_gender_that_a_later_pronoun_gives_counts_from_the_start() -> None:
    """Somebody whom only "she" can mean is a woman, so an earlier "he" meant another."""
    met = "Brx_Lund/PERSON:nsubj met/meet:ROOT Mark_Dole/PERSON:dobj"
    assert meant(article(met, HE_LEFT), "he") == "Brx Lund"
    assert meant(article(met, HE_LEFT, SHE_LEFT), "he") == "Mark Dole"


def test_gender_that_a_pronoun_gives_somebody_without_a_name() -> None:
    """A farmer who was "she" is not "he" in the next sentence."""
    farmer = "the:det:farmer farmer:nsubj slept/sleep:ROOT"
    assert meant(article(farmer, HE_LEFT), "he") == "-"
    assert meant(article(farmer, SHE_LEFT, HE_LEFT), "he") is None


def test_it_of_impersonal_verbs_is_nobody() -> None:
    """What "shows" is a thing or a fact, whichever body was named before."""
    sentences = ("Calder_Foods/ORG:nsubj slept/sleep:ROOT", "it:nsubj {}:ROOT rain:dobj")
    for verb, name in (("shows/show", None), ("says/say", "Calder Foods")):
        source = article(sentences[0], sentences[1].format(verb))
        assert meant(source, "it", said(source, mention(source, "it"), "rain", verb.partition("/")[0])) == name
