"""Names of different documents: who may be the same."""

from __future__ import annotations

import pytest

from quotes.linking.people import Person, compared, name_key, name_words


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
    ],
)
def test_spellings_and_titles_make_nobody_another(one: str, other: str) -> None:
    """Particles, titles, initials, second names and short forms differ between reports of one person."""
    assert compared(person(one), person(other)) == compared(person(other), person(one)) == "same"


@pytest.mark.parametrize(
    ("one", "other"), [("Ann Kord", "Piet Kord"), ("Ann Kord", "Emil Vasarai"), ("Tim Farr", "Tom Farr")]
)
def test_two_of_one_surname_stay_apart(one: str, other: str) -> None:
    """Two given names are two people."""
    assert compared(person(one), person(other)) == "different"


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
