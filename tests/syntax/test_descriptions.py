"""What the word lists and a noun phrase say about who is meant."""

from __future__ import annotations

import pytest

from quotes.lexicon.entries import country, first_name_gender, folded, gender_leaning, noun
from quotes.syntax.descriptions import describe, describe_words, without_article
from quotes.text.spans import Span
from tests.builders import parse_from_rows


def test_description_reads_rank_country_and_modifiers() -> None:
    """The words before an office give rank, country and subject apart."""
    found = describe_words(("deputy", "syrian", "finance", "minister"), ("deputy", "Syrian", "finance", "minister"))
    assert (found.noun, found.rank, found.country) == ("finance minister", frozenset({"deputy"}), "SY")


def test_articles_say_whether_somebody_is_known() -> None:
    """The article "the" points back and "a" brings in somebody new."""
    rows = "{0} {0} DET DT det 1\nclerk clerk NOUN NN nsubj 2\nspoke speak VERB VBD ROOT 2"
    definite, indefinite = parse_from_rows(rows.format("the")), parse_from_rows(rows.format("a"))
    assert definite.is_definite(1)
    assert not definite.is_indefinite(1)
    assert indefinite.is_indefinite(1)


def test_age_describes_a_person() -> None:
    """Somebody called "the 61-year-old" is a person although the head is an adjective."""
    rows = """
    the the DET DT det 5
    61 61 NUM CD nummod 3
    +- - PUNCT HYPH punct 3
    +year year NOUN NN npadvmod 5
    +- - PUNCT HYPH punct 5
    +old old ADJ JJ nsubj 6
    spoke speak VERB VBD ROOT 6
    """
    assert describe(parse_from_rows(rows), 5).type == "person"


@pytest.mark.parametrize(
    ("word", "code"),
    [("Syrian", "SY"), ("Türkiye", "TR"), ("Turkey", "TR"), ("Kosovo", "XK"), ("Market", None)],
)
def test_countries(word: str, code: str | None) -> None:
    """Demonyms and names of countries give one code; other words none."""
    assert country(word) == code


def test_nouns_carry_type_and_gender() -> None:
    """A noun says what it names and, where it does, the gender."""
    spokeswoman, ministry = noun("spokeswoman"), noun("ministry")
    assert spokeswoman is not None
    assert (spokeswoman.type, spokeswoman.gender) == ("person", "f")
    assert ministry is not None
    assert ministry.type == "organization"


def test_first_names() -> None:
    """A listed first name gives a gender, an unlisted one at most a leaning."""
    assert (first_name_gender("Élise"), first_name_gender("Qwxyz")) == ("f", None)
    assert (gender_leaning("Brunetta"), gender_leaning("Zsk")) == ("f", "-")


def test_folding_makes_spellings_alike() -> None:
    """Accents, case, full stops and apostrophes do not tell names apart."""
    assert folded("O’Hára Jr.") == folded("o'hara jr")


def test_mentions_lose_their_article() -> None:
    """A generic name has no leading article and no marks at its ends."""
    text = "“A senior  official,”"
    assert without_article(text, Span(0, len(text))) == "senior official"


def test_counterparts_are_leaders_of_the_country_named() -> None:
    """The "Kenyan counterpart" is whom "the Kenyan president" means."""
    counterpart = describe_words(("kenyan", "counterpart"), ("Kenyan", "counterpart"))
    kenyan = describe_words(("kenyan", "president"), ("Kenyan", "president"))
    syrian = describe_words(("syrian", "president"), ("Syrian", "president"))
    assert kenyan.repeats(counterpart)
    assert not syrian.repeats(counterpart)


def test_ministers_of_two_things_are_two() -> None:
    """The rail minister is no agriculture minister, but any minister may be "the minister"."""
    rail, farm, any_one = (describe_words(w, w) for w in (("rail", "minister"), ("farm", "minister"), ("minister",)))
    assert not rail.repeats(farm)
    assert any_one.repeats(rail)
