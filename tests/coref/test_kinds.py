"""What a document shows of its names: outlets that are told, companies, interviewers, surnames."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.coref.scenes import Line, identify, speaker_names

if TYPE_CHECKING:
    from spacy.language import Language

    from quotes.extractor import Extractor


def test_told_outlet_is_the_medium(nlp: Language) -> None:
    """A name that the text calls a news agency carries what it is told, and is no addressee."""
    text = "The SNB news agency visited the dam on Monday. “The wall holds,” engineer Ottilie Brask told SNB."
    line = Line("engineer Ottilie Brask", "told", "The wall holds,", addressee="SNB")
    (found,) = identify(nlp, text, line)
    assert found.addressee is found.addressee_identity is None
    assert found.medium_identity is not None
    assert (found.medium_identity.name, found.medium_identity.type) == ("SNB", "organization")
    assert found.medium is not None


def test_told_person_stays_the_addressee(nlp: Language) -> None:
    """A person who is told is the addressee, whatever is beside the name."""
    text = "Clerk Nora Vint was late. “The wall holds,” engineer Ottilie Brask told Nora Vint."
    line = Line("engineer Ottilie Brask", "told", "The wall holds,", addressee="Nora Vint")
    (found,) = identify(nlp, text, line)
    assert found.medium_identity is None
    assert found.addressee_identity is not None
    assert found.addressee_identity.name == "Nora Vint"


SURNAMES = {
    "it-means-the-company": (
        "Halder Mills was founded by Ada Halder in 1980. On Friday, Halder said it welcomed the ruling.",
        "it welcomed the ruling",
        "Halder Mills",
    ),
    "she-means-its-founder": (
        "Halder Mills was founded by Ada Halder in 1980. On Friday, Halder said she welcomed the ruling.",
        "she welcomed the ruling",
        "Ada Halder",
    ),
}


@pytest.mark.parametrize(("text", "content", "name"), SURNAMES.values(), ids=SURNAMES)
def test_company_and_founder_of_one_name(nlp: Language, text: str, content: str, name: str) -> None:
    """A bare surname that is a company's too means whom the pronoun after it fits."""
    assert speaker_names(nlp, text, Line("Halder", "said", content)) == [name]


def test_it_makes_a_company_of_a_strange_name(nlp: Language) -> None:
    """A name that only the recogniser takes for a person's is a body when "it" goes on with it."""
    text = (
        "The ferry's owner, Linea Rossa, denied that any door was locked. “There are no locks,” it said in a statement."
    )
    lines = (Line("Linea Rossa", "denied", "any door was locked"), Line("it", "said", "There are no locks,"))
    found = identify(nlp, text, *lines)
    assert [f.speaker_identity and (f.speaker_identity.name, f.speaker_identity.type) for f in found] == [
        ("Linea Rossa", "organization"),
        ("Linea Rossa", "organization"),
    ]


def test_place_with_a_participle_is_no_name(nlp: Language) -> None:
    """The phrase "the Duluth-based company" means the company of the sentence before."""
    text = "Moor Foods raised its forecast on Friday. The Duluth-based company said sales were strong."
    assert speaker_names(nlp, text, Line("The Duluth-based company", "said", "sales were strong")) == ["Moor Foods"]


def test_company_of_a_spokeswoman_is_looked_up(nlp: Language) -> None:
    """The phrase "a company spokeswoman" represents the company that the text is about."""
    text = "Brightwell Toys closed a plant on Monday. A company spokeswoman said no child had been hurt."
    (found,) = identify(nlp, text, Line("A company spokeswoman", "said", "no child had been hurt"))
    assert found.speaker_identity is not None
    assert found.speaker_identity.represents == "Brightwell Toys"


def test_two_people_of_a_surname_leave_he_open(nlp: Language) -> None:
    """Where a bare surname may be either of two men, "he" after it is nobody's."""
    text = "Peter Moss and his rival Martin Moss both ran for mayor. Moss spoke last. “I will win,” he said."
    assert speaker_names(nlp, text, Line("he", "said", "I will win,")) == [None]


def test_it_of_facts_and_things_is_nobody(nlp: Language) -> None:
    """The pronoun of "it shows" goes on with a thing, not with the nearest body."""
    text = "Harbour News released the video on Friday. It shows that the gate was open."
    assert speaker_names(nlp, text, Line("It", "shows", "the gate was open")) == [None]


INTERVIEW = """Eskil Brandt kept the light. He is 70. Tamsin Orde of the Quayside Review met him at home.

Q: When did you know that the job was over?

A: When the helicopter came. It brought a man with a laptop.

Q: Was he polite?

A: Very."""


def test_question_and_answer_are_the_people_introduced(extractor: Extractor) -> None:
    """The label "Q" is the journalist's and "A" that of the other one whom the introduction names."""
    found = extractor.extract(INTERVIEW)
    turns = [s.speaker.name for s in found if s.provenance.rule == "turn" and s.speaker is not None]
    assert turns == ["Tamsin Orde", "Eskil Brandt", "Tamsin Orde", "Eskil Brandt"]


def test_question_without_a_journalist_stays_a_label(extractor: Extractor) -> None:
    """Where no journalist is named, "Q" stays what it is."""
    found = extractor.extract(INTERVIEW.replace("Tamsin Orde of the Quayside Review met him at home.", ""))
    turns = [s.speaker.name for s in found if s.provenance.rule == "turn" and s.speaker is not None]
    assert turns == ["Q", "Eskil Brandt", "Q", "Eskil Brandt"]
