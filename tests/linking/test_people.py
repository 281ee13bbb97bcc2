"""Names of different documents: who may be the same."""

from __future__ import annotations

import pytest

from quotes.linking.people import Person, bearers_among, compared, name_key, name_words, person_of


def person(name: str, type_: str = "person", **fields: object) -> Person:
    """A speaker of this name."""
    return Person(name, name_words(name), type_, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bashar al-Hadi", "Bashar Al Hadi"),
        ("Mr Emil Vasarai", "Vasarai"),
        ("J. Okpara", "Jonas Okpara"),
        ("Ben Farr", "Benjamin Farr"),
        ("Mary Ann Kord", "Mary Kord"),
        ("Tom Farr", "Thomas R. Farr"),
        ("Though Kord", "Kord"),
    ],
)
def test_spellings_and_titles_make_nobody_another(one: str, other: str) -> None:
    """Particles, titles, initials, second names and short forms differ between reports of one person."""
    assert compared(person(one), person(other)) == compared(person(other), person(one)) == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann Kord", "Piet Kord"),
        ("Ann Kord", "Emil Vasarai"),
        ("Tim Farr", "Tom Farr"),
        ("Ann Kord", "Ann Vasarai"),
        ("Mrs. Kord", "John Kord"),
        ("Jonas B. Farr Jr.", "Emil B. Kord Jr."),
    ],
)
def test_two_of_one_surname_stay_apart(one: str, other: str) -> None:
    """Two given names are two people."""
    assert compared(person(one), person(other)) == "different"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Emil Vasarai Jr.", "Emil Vasarai"),
        ("Kirsten Vasarai", "Kristen Vasarai"),
        ("Ann Vasarai", "Ann Vasaraj"),
        ("Ann", "Ann Kord"),
        ("secretary of the Kord", "Kord"),
    ],
)
def test_what_other_evidence_must_decide(one: str, other: str) -> None:
    """Father and son, a slip of the pen, a given name alone and a description may be one person or two."""
    assert compared(person(one), person(other)) == compared(person(other), person(one)) == "open"


def test_a_surname_alone_means_whoever_usually_bears_it() -> None:
    """It is open beside another person of that surname, and beside everybody where it is several people's."""

    def named(name: str) -> dict[str, object]:
        return {"name": name, "type": "person", "represents": None, "role": None}

    often, rarely, alone = named("Emil Vasarai"), named("Dora Vasarai"), named("Vasarai")
    bearers = bearers_among([often] * 8 + [rarely, alone, None])
    assert compared(person_of(alone, {}, bearers), person("E. Vasarai")) == "same"
    assert compared(person_of(alone, {}, bearers), person("Dora Vasarai")) == "open"
    assert compared(person_of(alone, {}, bearers), person_of(alone, {}, bearers)) == "same"
    several = bearers_among([often, rarely])
    assert compared(person_of(alone, {}, several), person("Emil Vasarai")) == "open"


def test_a_part_of_the_name_of_a_body_is_open() -> None:
    """A town is no newspaper."""
    assert compared(person("Skarholm", "place"), person("Skarholm Times", "organization")) == "open"
    assert compared(person("Harbour Board", "organization"), person("Northern Harbour Board", "organization")) == "same"


def test_who_has_no_name_of_their_own_is_open() -> None:
    """Nobody, a description and a spokesperson of the other may be the same or not."""
    spokesman = person("Ole Farr", represents=("harbour", "board"))
    assert compared(None, person("Ann Kord")) == "open"
    assert compared(person("minister"), person("Ann Kord")) == "open"
    assert compared(spokesman, person("Harbour Board", "organization")) == "open"


def test_a_body_is_known_by_its_letters() -> None:
    """An acronym is the body whose words begin with its letters."""
    assert compared(person("NHB", "organization"), person("Northern Harbour Board", "organization")) == "same"
    assert compared(person("NHC", "organization"), person("Northern Harbour Board", "organization")) == "different"


def test_the_id_of_the_caller_decides() -> None:
    """Whatever the names look like."""
    one, other = person("Ann Kord", id="Q1"), person("Anna Vasarai", id="Q1")
    assert compared(one, other) == "same"
    assert compared(one, person("Ann Kord", id="Q2")) == "different"


def test_a_key_leaves_titles_and_particles_out() -> None:
    """So that a table of people finds a name however it is written."""
    assert name_key("Mr. Bashar al-Hadi") == name_key("Bashar Al Hadi’s") == "bashar hadi"
