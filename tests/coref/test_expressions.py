"""Names, descriptions and salience, on parses built by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.coref.appositions import with_appositions
from quotes.coref.clusters import group
from quotes.coref.descriptions import described_alike
from quotes.coref.entities import entity_of
from quotes.coref.labels import referent_of_label
from quotes.coref.names import find_names
from quotes.coref.referents import Referent
from quotes.coref.salience import Salience, reading_clock, weight
from quotes.lexicon.entries import country, first_name_gender, folded, gender_leaning, noun
from quotes.syntax.descriptions import describe, describe_words, without_article
from quotes.text.spans import Span
from tests.builders import parse_from_rows
from tests.candidates.scenes import scene

TITLED = """
Ferry ferry PROPN NNP compound 3
Master master PROPN NNP compound 3
Ione ione PROPN NNP compound 3 PERSON
Tull tull PROPN NNP nsubj 4 PERSON
spoke speak VERB VBD ROOT 4
"""

MINISTRY = """
Chad chad PROPN NNP poss 3 GPE
+'s 's PART POS case 0
Oil oil PROPN NNP compound 3 ORG
Ministry ministry PROPN NNP nsubj 4 ORG
spoke speak VERB VBD ROOT 4
"""

APPOSITION = """
Ione ione PROPN NNP compound 1 PERSON
Tull tull PROPN NNP nsubj 7 PERSON
, , PUNCT , punct 1
the the DET DT det 5
deputy deputy NOUN NN compound 5
mayor mayor NOUN NN appos 1
, , PUNCT , punct 1
spoke speak VERB VBD ROOT 7

Tull tull NOUN NN nsubj 9
left leave VERB VBD ROOT 9
"""


def test_title_comes_off_a_name() -> None:
    """The words of a title before a name are its office, not part of it."""
    (name,) = find_names(parse_from_rows(TITLED.replace("Master master", "Captain captain")))
    assert (name.text, name.description and name.description.noun) == ("Ione Tull", "captain")


def test_owner_country_belongs_to_a_ministry() -> None:
    """A ministry's name starts with the country that owns it, and knows its code."""
    found = find_names(parse_from_rows(MINISTRY))
    assert [(n.text, n.country) for n in found][-1] == ("Chad's Oil Ministry", "TD")


def test_surname_that_the_tagger_missed() -> None:
    """A capitalised word that repeats a surname is a name whatever its tag."""
    assert [n.text for n in find_names(parse_from_rows(APPOSITION))] == ["Ione Tull", "Tull"]


def test_apposition_gives_an_entity_its_office() -> None:
    """The noun behind a name describes its entity, rank included."""
    parse = parse_from_rows(APPOSITION)
    grouping = group(with_appositions(parse, find_names(parse)))
    (entity,) = map(entity_of, grouping.clusters)
    assert grouping.of_name == (0, 0)
    assert [(d.noun, d.rank) for d in entity.descriptions] == [("mayor", frozenset({"deputy"}))]


def test_description_reads_rank_country_and_modifiers() -> None:
    """The words before an office give rank, country and subject apart."""
    found = describe_words(
        ("deputy", "syrian", "finance", "minister"), ("deputy", "Syrian", "finance", "minister")
    )
    assert (found.noun, found.rank, found.country) == ("finance minister", frozenset({"deputy"}), "SY")


def test_descriptions_match_by_class_and_country() -> None:
    """The "Syrian dictator" can be the Syrian president, not the Russian one."""
    dictator = describe_words(("syrian", "dictator"), ("Syrian", "dictator"))
    syrian = describe_words(("syrian", "president"), ("Syrian", "president"))
    russian = describe_words(("russian", "president"), ("Russian", "president"))
    assert described_alike(dictator, syrian)
    assert not described_alike(dictator, russian)


def test_rank_keeps_offices_apart() -> None:
    """A deputy minister is not the minister."""
    assert not described_alike(
        describe_words(("minister",), ("minister",)),
        describe_words(("deputy", "minister"), ("deputy", "minister")),
    )


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


def test_salience_fades_and_adds_up() -> None:
    """A mention fades with every sentence, and a new one brings its referent back."""
    salience = Salience()
    salience.mention(0, 0.0, 1.0)
    faded = salience.at(0, 3.0)
    salience.mention(0, 3.0, 0.5)
    assert 0 < faded < 0.5
    assert salience.at(0, 3.0) == pytest.approx(faded + 0.5)


def test_forgotten_referents_are_dropped() -> None:
    """Referents that nobody mentions any more stop being candidates."""
    salience = Salience()
    salience.mention(0, 0.0, 1.0)
    salience.mention(1, 9.0, 1.0)
    assert [referent for referent, _ in salience.active(9.0)] == [1]


def test_subjects_weigh_more_than_objects() -> None:
    """The subject of a sentence is more prominent than its object."""
    rows = """
    Ann ann PROPN NNP nsubj 1
    met meet VERB VBD ROOT 1
    Bea bea PROPN NNP dobj 1
    """
    parse = parse_from_rows(rows)
    assert weight(parse, 0) > weight(parse, 2)


def test_quoted_sentences_pass_quickly() -> None:
    """A long quotation does not make a reader forget who speaks."""
    rows = "Rain rain NOUN NN ROOT 0\n\nSnow snow NOUN NN ROOT 1\n\nHail hail NOUN NN ROOT 2"
    article = scene(rows)
    clock = reading_clock(replace(article, quotation_at=(-1, 0, -1)))
    assert clock[2] - clock[1] < clock[1] - clock[0]


def test_unknown_gender_fits_both_but_less_well() -> None:
    """Somebody of unknown gender can be he or she; a known gender decides."""
    unknown = Referent(None, "person", "-", False, (), 0)
    woman = Referent(None, "person", "f", False, (), 0)
    assert 0 < unknown.gender_fit("m") < 1
    assert (woman.gender_fit("m"), woman.gender_fit("f")) == (0.0, 1.0)


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


def test_turn_label_of_two_people_names_nobody() -> None:
    """A label that fits two people is left alone."""
    parse = parse_from_rows(APPOSITION)
    (cluster,) = group(find_names(parse)).clusters
    referent = entity_of(cluster)
    assert referent_of_label("TULL:", (referent,)) == 0
    assert referent_of_label("TULL:", (referent, referent)) is None
