"""Where a name begins and ends, its titles, and which names mean the same, on parses built by hand."""

from __future__ import annotations

import pytest

from quotes.coref.appositions import with_appositions
from quotes.coref.clusters import Grouping
from quotes.coref.labels import referent_of_label
from quotes.coref.names import Name, find_names
from quotes.coref.referents import Referent, entity_of
from quotes.extractor import Extractor
from tests.coref.parses import article, bound

FOUND = {
    "title": ("Captain/NNP:compound:Tull Ione_Tull/PERSON:nsubj", ["Ione Tull"]),
    "unlisted-title": ("Zookeeper/NNP:compound:Bray Ione_Bray/PERSON:nsubj", ["Ione Bray"]),
    "title-of-two-words": (
        "Prime/NNP:compound:Tull Minister/NNP:compound:Tull Ione_Tull/PERSON:nsubj",
        ["Ione Tull"],
    ),
    "title-inside": (
        "White_House_Secretary_Josh_Earnest/PERSON:nsubj",
        ["Josh Earnest"],
    ),
    "title-that-is-a-surname": ("Judge_Bishop/PERSON:nsubj", ["Bishop"]),
    "title-that-stays": ("Pope_Francis/PERSON:nsubj", ["Pope Francis"]),
    "body-that-opens-like-a-title": ("General_Motors/ORG:nsubj", ["General Motors"]),
    "bare-title": ("the:det:President President/NNP:nsubj", []),
    "country-of-a-ministry": (
        "Chad/GPE:poss:Ministry 's:case:Chad Oil_Ministry/ORG:nsubj",
        ["Chad", "Chad 's Oil Ministry"],
    ),
    "link": (
        "the:det:Ministry Ministry/ORG:nsubj of/IN:prep:Ministry Canals/ORG:pobj:of",
        ["Ministry of Canals"],
    ),
    "particle": (
        "Ione/PERSON:compound:Cruz de/X:compound:Cruz la/X:compound:Cruz Cruz/PERSON:nsubj",
        ["Ione de la Cruz"],
    ),
    "surname-taken-for-a-time": ("Dot/PERSON:compound:Farraday Farraday/DATE:nsubj", ["Dot Farraday"]),
    "weekday": ("Ione/PERSON:nsubj Monday/DATE:npadvmod", ["Ione"]),
    "common-noun-in-capitals": ("Ferry/NNP:nsubj rain:dep Police/NNP:dobj", ["Ferry"]),
    "description-in-capitals": ("the:det:Democrat Oregon/GPE:compound:Democrat Democrat/NNP:nsubj", []),
}


@pytest.mark.parametrize(("phrase", "names"), FOUND.values(), ids=FOUND)
def test_names_found(phrase: str, names: list[str]) -> None:
    """A name is the run of name words without titles, with what belongs to it."""
    assert [name.text for name in find_names(article(f"{phrase} left/leave:ROOT").parse)] == names


def test_headline_in_title_case_names_nobody() -> None:
    """Where nearly all long words have a capital, only what the text or the recogniser knows is a name."""
    headline = "Gold_Star_Mother:nsubj Corners:ROOT Obama:dobj About:prep Refusal:pobj:About"
    later = "Obama/PERSON:nsubj left/leave:ROOT"
    assert find_names(article(headline).parse) == ()
    assert [name.text for name in find_names(article(headline, later).parse)] == ["Obama", "Obama"]


def test_surname_that_the_tagger_missed() -> None:
    """A capitalised word that repeats a surname is a name whatever its tag."""
    full = "Ione_Tull/PERSON:nsubj left/leave:ROOT"
    assert [name.text for name in find_names(article(full, "Tull/NN:nsubj left/leave:ROOT").parse)] == [
        "Ione Tull",
        "Tull",
    ]


def only_name(sentence: str) -> Name:
    """The only name of a sentence, with its appositions."""
    source = article(sentence)
    (name,) = with_appositions(source.parse, find_names(source.parse))
    return name


def test_lower_case_office_with_its_country() -> None:
    """The words right before a name are its office; a country in them is the office's."""
    name = only_name("the:det:Tull Syrian/JJ:amod:Tull president:compound:Tull Ione_Tull/PERSON:nsubj left/leave:ROOT")
    assert name.text == "Ione Tull"
    assert name.description is not None
    assert (name.description.noun, name.description.country) == ("president", "SY")


def test_courtesy_title_gives_the_gender() -> None:
    """The title "Ms" is taken off, kept as the title, and tells the gender."""
    name = only_name("Ms/NNP:compound:Tull Tull/PERSON:nsubj left/leave:ROOT")
    assert (name.text, name.gender, name.title) == ("Tull", "f", "ms")


BESIDE = {
    "after": "Ione_Tull/PERSON:nsubj ,:punct the:det:mayor mayor:appos:Tull left/leave:ROOT",
    "before": "the:det:mayor mayor:nsubj ,:punct Ione_Tull/PERSON:appos:mayor ,:punct left/leave:ROOT",
    "predicate": "Ione_Tull/PERSON:nsubj was/be:ROOT the:det:mayor mayor:attr",
    "misparsed-before": "the:det:mayor mayor:nsubj ,:punct Ione_Tull/PERSON:nsubj ,:punct left/leave:ROOT",
}


@pytest.mark.parametrize("sentence", BESIDE.values(), ids=BESIDE)
def test_office_beside_a_name(sentence: str) -> None:
    """A noun in apposition, a predicate and "the NOUN" across a comma describe the name."""
    assert [description.noun for description in only_name(sentence).appositions] == ["mayor"]


def test_office_of_a_relative_clause() -> None:
    """Who "chairs" something is its chair."""
    name = only_name("Ione/PERSON:nsubj who:nsubj:chaired chaired/chair:relcl:Ione left/leave:ROOT")
    assert [description.noun for description in name.appositions] == ["chair"]


def entities(*sentences: str) -> list[str | None]:
    """The name of the entity of each name, None where it is open."""
    discourse = bound(article(*sentences))
    return [None if i is None else discourse.entities[i].name for i in discourse.grouping.of_name]


def person(*words: str, dep: str = "nsubj", verb: str = "left/leave") -> str:
    """A sentence about a person."""
    *first, last = words
    return " ".join([*(f"{word}/PERSON:compound:{last}" for word in first), f"{last}/PERSON:{dep}", f"{verb}:ROOT"])


ADA, OLE, BARE = person("Ada", "Moss"), person("Ole", "Moss"), person("Moss")

SAME = {
    "surname": ((ADA, BARE), ["Ada Moss", "Ada Moss"]),
    "initial": ((ADA, person("A.", "Moss")), ["Ada Moss", "Ada Moss"]),
    "short-first-name": ((person("Daniel", "Moss"), person("Dan", "Moss")), ["Daniel Moss", "Daniel Moss"]),
    "two-of-a-surname": ((ADA, OLE, BARE), ["Ada Moss", "Ole Moss", None]),
    "named-three-times-as-often": ((ADA, ADA, ADA, OLE, BARE), ["Ada Moss"] * 3 + ["Ole Moss", "Ada Moss"]),
    "named-first-and-more-often": (
        (ADA, ADA, OLE, person("Finn"), person("Finn"), person("Finn"), BARE),
        ["Ada Moss", "Ada Moss", "Ole Moss", "Finn", "Finn", "Finn", "Ada Moss"],
    ),
    "another-nearby": ((ADA, ADA, OLE, BARE), ["Ada Moss", "Ada Moss", "Ole Moss", None]),
    "courtesy-title": ((ADA, OLE, f"Mr/NNP:compound:Moss {BARE}"), ["Ada Moss", "Ole Moss", "Ole Moss"]),
    "office": (
        (f"mayor:compound:Moss {ADA}", OLE, f"mayor:compound:Moss {BARE}"),
        ["Ada Moss", "Ole Moss", "Ada Moss"],
    ),
    "office-before-anothers-full-name": ((f"mayor:compound:Moss {BARE}", OLE), ["Moss", "Ole Moss"]),
    "acronym": (
        (
            "Canal_Users_Board/ORG:nsubj left/leave:ROOT",
            "CUB/ORG:nsubj left/leave:ROOT",
        ),
        ["Canal Users Board", "Canal Users Board"],
    ),
    "short-form-of-a-company": (
        ("Calder_Foods/ORG:nsubj left/leave:ROOT", "Calder/ORG:nsubj left/leave:ROOT"),
        ["Calder Foods", "Calder Foods"],
    ),
    "place-of-that-name": (
        (person("Ada", "Wells"), "rain:nsubj fell/fall:ROOT in/IN:prep Wells/GPE:pobj:in"),
        ["Ada Wells", "Wells"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("sentences", "names"), SAME.values(), ids=SAME)
def test_names_that_mean_the_same(sentences: tuple[str, ...], names: list[str | None]) -> None:
    """A short form means whom the full names, titles, numbers and places leave; else it is open."""
    assert entities(*sentences) == names


@pytest.mark.parametrize(("pronoun", "name"), [("its", "Moss Mills"), ("her/PRP$", "Ada Moss")])
def test_company_and_founder_of_one_name(pronoun: str, name: str) -> None:
    """A surname that a company shares means what the pronoun of its clause fits."""
    mills = "Moss_Mills/ORG:nsubj left/leave:ROOT"
    raised = f"Moss/PERSON:nsubj raised/raise:ROOT {pronoun}:poss:price price:dobj"
    assert entities(mills, ADA, raised)[-1] == name


def test_family_name_means_the_one_who_came_first() -> None:
    """After "her niece, Morag Moss" the bare surname is her aunt's, save right after the niece's name."""
    niece = "her/PRP$:poss:niece niece:nsubj ,:punct Morag_Moss/PERSON:appos:niece ,:punct left/leave:ROOT"
    rain = "rain:nsubj fell/fall:ROOT"
    assert entities(ADA, niece, rain, rain, BARE)[-1] == "Ada Moss"
    assert entities(ADA, niece, BARE)[-1] is None


KINDS = {
    "first-name": (person("Ada", "Moss"), ("person", "f")),
    "courtesy-title": (f"Mr/NNP:compound:Moss {BARE}", ("person", "m")),
    "designator": ("Calder_Foods/PERSON:nsubj left/leave:ROOT", ("organization", "n")),
    "pronoun": ("Calder/PERSON:nsubj raised/raise:ROOT its:poss:price price:dobj", ("organization", "n")),
    "preposition": ("rain:nsubj fell/fall:ROOT in/IN:prep Quenby:pobj:in", ("place", "n")),
}


@pytest.mark.parametrize(("sentence", "kind"), KINDS.values(), ids=KINDS)
def test_types_and_genders(sentence: str, kind: tuple[str, str]) -> None:
    """Words of the name come before pronouns, and those before the recogniser's label."""
    (entity,) = bound(article(sentence)).entities
    assert (entity.type, entity.gender) == kind


def test_best_name_is_the_fullest_not_in_capitals() -> None:
    """A headline's capitals give way to the name as the text writes it."""
    assert entities(person("ADA", "MOSS"), ADA, BARE) == ["Ada Moss"] * 3


def test_outlets_by_what_the_text_calls_them() -> None:
    """A "news agency" is an outlet; a woman of an outlet's name is none."""
    (entity,) = bound(article("the:det:Tarn Tarn/ORG:nsubj news:compound:agency agency:dep left/leave:ROOT")).entities
    assert entity.is_outlet
    assert not entity._replace(gender="f").is_outlet


def test_a_name_is_known_among_any_number_of_namesakes() -> None:
    """Of 200 people of one surname each keeps a cluster; the bare surname is left open among the latest."""
    (name,) = find_names(article(ADA).parse)
    words = [("moss", f"{chr(97 + n % 26)}{n}ax") for n in range(200)]
    full = [name._replace(words=(first, last), first=10 * n, head=10 * n) for n, (last, first) in enumerate(words)]
    again = [each._replace(first=each.first + 2000, head=each.first + 2000) for each in full]
    bare = name._replace(words=("moss",), text="Moss", first=5000, head=5000)
    grouping = Grouping([*full, *again, bare])
    assert len(grouping.clusters) == 200
    assert grouping.of_name[:200] == grouping.of_name[200:400]
    assert grouping.of_name[400] is None
    assert len(grouping.contested[5000][0]) == 40


def test_label_of_two_people_names_nobody() -> None:
    """A label that fits two people is left alone; one that fits one by surname is not."""
    (cluster,) = Grouping(find_names(article(ADA).parse)).clusters
    referent = entity_of(cluster)
    assert referent_of_label("MOSS:", {0: referent}) == 0
    assert referent_of_label("MR MOSS:", {0: referent}) is None
    assert referent_of_label("MOSS:", {0: referent, 1: referent}) is None


def test_unknown_gender_fits_both_but_less_well() -> None:
    """Somebody of unknown gender can be he or she; a known gender decides."""
    unknown = Referent(None, "person", "-", False, (), 0)
    woman = unknown._replace(gender="f")
    assert 0 < unknown.gender_fit("m") < 1
    assert unknown._replace(leaning="f").gender_fit("m") < unknown.gender_fit("m")
    assert (woman.gender_fit("m"), woman.gender_fit("f")) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("PRESIDENT HARLOW: The bridge is safe.\n\nMR PORTER: Is it?", ["Harlow", "Porter"]),
        ("ADA VAN DER MEER: The bridge is safe.\n\nMS O'DELL: Is it?", ["Ada van der Meer", "O'Dell"]),
        ("MODERATOR: The bridge is safe.\n\nNASA: It is.", ["MODERATOR", "NASA"]),
    ],
)
def test_name_that_only_a_label_has_is_not_in_capitals(extractor: Extractor, text: str, names: list[str]) -> None:
    """A surname after a title, or a first name and a surname; initials and lone offices stay."""
    found = [s.speaker.name for s in extractor.extract(text) if s.speaker is not None and s.cue is None]
    assert found[: len(names)] == names
