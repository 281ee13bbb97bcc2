"""What the word lists say of single words, as typed entries: cues, nouns, pronouns, names, countries."""

from __future__ import annotations

import calendar
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from quotes.lexicon import table, words

WORDS_KEPT = 8192
"""Words of recent texts whose entries are kept: the same few thousand make up most of any text."""
WEEKDAYS_AND_MONTHS = frozenset(map(str.lower, (*calendar.day_name, *calendar.month_name[1:])))
SPEAKING_NOUNS = ("person_nouns", "organization_nouns", "group_nouns", "document_nouns", "place_nouns")
"""Word lists of what can speak."""
_SHORTEST_DERIVED_NOUN = 6


class Noun(NamedTuple):
    """What a noun tells about its referent.

    Attributes:
        type: person, organization, document, group or place.
        gender: m, f, or - where the noun leaves it open.
        kind: Class of nouns that can stand for each other ("firm" for a company), - without one.
        standing: office, description, attribute, relation or kin for persons, else -.
    """

    type: str
    gender: str = "-"
    kind: str = "-"
    standing: str = "-"


class Pronoun(NamedTuple):
    """Person (1, 2, 3), number, gender (m, f, n, -) and case of a pronoun."""

    person: str
    number: str
    gender: str
    case: str


class Title(NamedTuple):
    """Gender of a courtesy or shortened title, and the office that it shortens, - for none."""

    gender: str
    office: str


@cache
def cues() -> Mapping[str, Mapping[str, str]]:
    """Return the attitudes of each cue by its lemma ("carry on" for a particle verb).

    They are statement, belief, intention, decree or perception, by part of speech: verb,
    noun, adjective, particle verb.
    """
    found: dict[str, Mapping[str, str]] = {}
    for lemma, (classes, attitudes) in table("cues").items():
        kinds, values = classes.split(", "), attitudes.split(", ")
        each = values if len(values) > 1 else values * len(kinds)
        found[lemma] = MappingProxyType(dict(zip(kinds, each, strict=True)))
    return MappingProxyType(found)


@cache
def attitudes() -> Mapping[str, str]:
    """Return the attitude of each cue with the first part of speech that the list gives it."""
    return {lemma: next(iter(attitudes.values())) for lemma, attitudes in cues().items()}


@cache
def saying_words(kind: str = "") -> frozenset[str]:
    """Return the cues that make statements, listed with a part of speech or, without one, with any."""
    stating = {lemma for lemma, attitude in attitudes().items() if attitude == "statement"}
    return frozenset(lemma for lemma in stating if not kind or kind in cues()[lemma])


@cache
def _kinds(name: str) -> dict[str, tuple[str, ...]]:
    """Return the words of a list whose only field is a set of kinds."""
    return {word: tuple(fields[0].split()) if fields else () for word, fields in table(name).items()}


@cache
def word_class(name: str) -> frozenset[str]:
    """Return the words of a small class that a rule asks for ("light_verb": make, give, ...)."""
    return frozenset(table("word_classes")[name][0].split())


def determiner_kinds(lemma: str) -> tuple[str, ...]:
    """Return what a determiner makes of its noun: definite, indefinite, quantifier."""
    return _kinds("determiners").get(lemma, ())


def addressee_positions(lemma: str) -> tuple[str, ...]:
    """Return where a cue names its addressee: object, person (as the object), to, on, at, with."""
    return _kinds("addressee_verbs").get(lemma, ())


def outlet_word_kinds(word: str) -> tuple[str, ...]:
    """Return how a word tells a news outlet: name (last of one), first (first of one), noun."""
    return _kinds("outlet_words").get(word.lower(), ())


def medium_prepositions(phrase: str) -> tuple[str, ...]:
    """Return the prepositions that lead to a medium ("in" and "on" for "blog"), none for other nouns."""
    return _kinds("media").get(phrase, ())


def time_kind(word: str) -> str:
    """Return weekday, month, part, unit, season or holiday for a word as written, "" for others."""
    return table("times").get(word, ("",))[0]


@cache
def speaking_nouns() -> Mapping[str, tuple[str, ...]]:
    """Return the word lists that hold each noun for what can speak."""
    found: dict[str, tuple[str, ...]] = {}
    for name in SPEAKING_NOUNS:
        for word in words(name):
            found[word] = (*found.get(word, ()), name)
    return MappingProxyType(found)


@cache
def _nouns() -> dict[str, Noun]:
    known = {noun: Noun(type_) for type_ in ("place", "group", "document") for noun in words(f"{type_}_nouns")}
    known |= {noun: Noun("organization", "-", kind) for noun, (kind,) in table("organization_nouns").items()}
    known |= {noun: Noun("person", *fields) for noun, fields in table("person_nouns").items()}
    return known


@lru_cache(maxsize=WORDS_KEPT)
def noun(lemma: str) -> Noun | None:
    """Return what is known about a noun, None for one in no list.

    >>> noun("spokeswoman").gender, noun("ministry").type
    ('f', 'organization')
    """
    plain = lemma.lower()
    known = _nouns()
    return known.get(plain) or known.get(plain.replace("-", " ")) or known.get(plain.removeprefix("ex-"))


def is_person_or_body(lemma: str) -> bool:
    """Return whether a noun is said of persons and of organisations alike ("owner", "developer")."""
    return lemma in table("person_nouns") and lemma in table("organization_nouns")


def reciprocals(relation: str) -> tuple[str, ...]:
    """Return what A is to B when B is A's relation: "husband" for "wife"."""
    entry = table("kin_reciprocals").get(relation)
    return tuple(entry[0].split(",")) if entry else ()


@cache
def _endings(kind: str) -> tuple[str, ...]:
    return tuple(ending for ending, (named,) in table("endings").items() if named == kind)


def gender_leaning(word: str) -> str:
    """Return the gender that the ending of an unlisted first name suggests, "-" for none."""
    name = folded(word)
    return "f" if name.endswith(_endings("f")) else "m" if name.endswith(_endings("m")) else "-"


def noun_by_form(lemma: str) -> Noun | None:
    """Return what the ending of an unlisted noun suggests ("beachcomber" is a person)."""
    if lemma.endswith("-year-old"):
        return Noun("person", standing="attribute")
    if lemma.endswith("woman"):
        return Noun("person", "f", standing="description")
    if len(lemma) >= _SHORTEST_DERIVED_NOUN and lemma.endswith(_endings("person")):
        return Noun("person", standing="description")
    return None


@lru_cache(maxsize=WORDS_KEPT)
def honorific(word: str) -> Title | None:
    """Return what a courtesy or shortened title shows, None for other words."""
    entry = table("honorifics").get(word.lower())
    return Title(*entry) if entry else None


@lru_cache(maxsize=WORDS_KEPT)
def designator(word: str) -> str | None:
    """Return the class of organisation that a capitalised word in a name shows ("Foods": company)."""
    entry = table("organization_designators").get(word.lower())
    if entry:
        return entry[0]
    known = noun(word)
    return known.kind if known and known.type == "organization" else None


@lru_cache(maxsize=WORDS_KEPT)
def first_name_gender(word: str) -> str | None:
    """Return m or f for a first name, "-" for one given to both, None for an unknown name."""
    entry = table("first_names").get(folded(word))
    return None if entry is None else entry[0].replace("x", "-")


def is_particle(word: str) -> bool:
    """Return whether a lower-case word can stand inside a person's name ("von", "al")."""
    return word.lower() in words("name_particles")


@lru_cache(maxsize=WORDS_KEPT)
def pronoun(word: str) -> Pronoun | None:
    """Return what is known about a personal or relative pronoun, None for other words."""
    entry = table("personal_pronouns").get(word.lower())
    return Pronoun(*entry) if entry else None


@lru_cache(maxsize=4096)
def country(name: str) -> str | None:
    """Return the ISO 3166 code for a demonym or a country's name, None for anything else.

    >>> country("Syrian"), country("Türkiye"), country("Turkey"), country("marble")
    ('SY', 'TR', 'TR', None)
    """
    import pycountry

    entry = table("demonyms").get(name.lower())
    if entry:
        return entry[0]
    if not name[:1].isupper() or len(name) < 4:
        return None
    found = pycountry.countries.get(name=name) or pycountry.countries.get(common_name=name)
    return str(found.alpha_2) if found else None


@lru_cache(maxsize=WORDS_KEPT)
def folded(name: str) -> str:
    """Return a name in lower case, without accents and full stops, apostrophes made alike."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c != ".")
