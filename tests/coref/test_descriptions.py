"""Who a definite description means, on parses built by hand."""

from __future__ import annotations

import pytest

from tests.coref.parses import article, meant

ADA_MAYOR = "mayor:compound:Finch Ada_Finch/PERSON:nsubj slept/sleep:ROOT"
ADA = "Ada_Finch/PERSON:nsubj slept/sleep:ROOT"
OLE = "Ole_Farr/PERSON:nsubj slept/sleep:ROOT"
SYRIAN = "Syrian/JJ:amod:Finch president:compound:Finch Ada_Finch/PERSON:nsubj slept/sleep:ROOT"
PRESIDENT = "president:compound:Farr Ole_Farr/PERSON:nsubj slept/sleep:ROOT"
FOODS = "Calder_Foods/ORG:nsubj slept/sleep:ROOT"

MAYORS = "mayor:compound:Finch Ada_Finch/PERSON:nsubj met/meet:ROOT mayor:compound:Farr Ole_Farr/PERSON:{}"

CASES = {
    "office-before-the-name": ((ADA_MAYOR,), "the:det:mayor mayor", "Ada Finch"),
    "office-in-apposition": (
        (f"{ADA} ,:punct the:det:mayor mayor:appos:Finch ,:punct",),
        "the:det:mayor mayor",
        "Ada Finch",
    ),
    "bare-office": ((ADA_MAYOR,), "mayor", "Ada Finch"),
    "another-official": ((ADA_MAYOR,), "a:det:mayor mayor", "-"),
    "another-rank": ((ADA_MAYOR,), "the:det:mayor deputy:compound:mayor mayor", "-"),
    "same-country": ((SYRIAN, OLE), "the:det:president Syrian/JJ:amod:president president", "Ada Finch"),
    "another-country": ((SYRIAN,), "the:det:president French/JJ:amod:president president", "-"),
    "country-not-said-before": (
        (PRESIDENT,),
        "the:det:president French/JJ:amod:president president",
        "Ole Farr",
    ),
    "country-not-said-and-others-about": (
        (PRESIDENT, ADA),
        "the:det:president French/JJ:amod:president president",
        None,
    ),
    "two-of-one-office": ((MAYORS.format("nsubj"),), "the:det:mayor mayor", None),
    "the-more-prominent-of-one-office": ((MAYORS.format("dobj"),), "the:det:mayor mayor", "Ada Finch"),
    "body-by-its-name": ((FOODS,), "the:det:company company", "Calder Foods"),
    "another-body-in-the-last-sentence": (
        (FOODS, "Tarn_Council/ORG:nsubj slept/sleep:ROOT"),
        "the:det:company company",
        None,
    ),
    "islander-just-named": ((ADA,), "the:det:islander islander", "Ada Finch"),
    "islander-of-two-just-named": ((ADA, OLE), "the:det:islander islander", "-"),
    "islander-named-long-ago": ((ADA, FOODS, FOODS, FOODS), "the:det:islander islander", "-"),
    "judge-nobody-introduced": ((ADA,), "the:det:judge judge", "-"),
}


@pytest.mark.parametrize(("sentences", "words", "name"), CASES.values(), ids=CASES)
def test_descriptions(sentences: tuple[str, ...], words: str, name: str | None) -> None:
    """The noun of the description, its rank, its country and what else the text is about choose."""
    source = article(*sentences, f"{words}:nsubj left/leave:ROOT")
    assert meant(source, words.rsplit(maxsplit=1)[-1], occurrence=-1) == name


def test_title_in_a_headline() -> None:
    """A title before any name means who bears it within the next two sentences."""
    title = "the:det:mayor mayor:nsubj left/leave:ROOT"
    assert meant(article(title, FOODS, ADA_MAYOR), "mayor") == "Ada Finch"
    assert meant(article(title, FOODS, FOODS, ADA_MAYOR), "mayor") == "-"


def test_same_owner_same_relation() -> None:
    """The second "her grandson" is the first one, that of another owner is not."""
    first = "Ada_Finch/PERSON:nsubj saw/see:ROOT Finch/PERSON:poss:grandson 's:case:Finch grandson:dobj"
    source = article(first, "her/PRP$:poss:grandson grandson:nsubj left/leave:ROOT")
    assert meant(source, "grandson") == meant(source, "grandson", occurrence=1) == "-"


def test_husband_of_the_wife() -> None:
    """B was "A's wife", so "her husband" is A."""
    source = article(
        "Bruno_Keel/PERSON:nsubj slept/sleep:ROOT",
        "his:poss:wife wife:nsubj ,:punct Agnes_Lund/PERSON:appos:wife ,:punct left/leave:ROOT",
        "her/PRP$:poss:husband husband:nsubj left/leave:ROOT",
    )
    assert meant(source, "husband") == "Bruno Keel"
