"""What single words say about who is meant: kinds of nouns, names, countries, pronouns.

All of it is data in ``quotes/lexicon/en``; this module gives the entries types.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from quotes.lexicon import table, words

WORDS_KEPT = 8192
"""Words of recent texts whose entries are kept: the same few thousand make up most of any text."""
WEEKDAYS_AND_MONTHS = frozenset(map(str.lower, (*calendar.day_name, *calendar.month_name[1:])))
_PERSON_ENDINGS = (
    "man",
    "woman",
    "person",
    "ist",
    "ian",
    "smith",
    "wright",
    "keeper",
    "herd",
    "monger",
    "master",
)
_AGENT_ENDINGS = ("er", "or", "eer")
_AGED = re.compile(r"-year-old$")


@dataclass(frozen=True, slots=True)
class Noun:
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


@dataclass(frozen=True, slots=True)
class Pronoun:
    """Person (1, 2, 3), number, gender (m, f, n, -) and case of a pronoun."""

    person: str
    number: str
    gender: str
    case: str


@cache
def _nouns() -> dict[str, Noun]:
    known = {noun: Noun("place") for noun in words("place_nouns")}
    known |= {noun: Noun("group") for noun in words("group_nouns")}
    known |= {noun: Noun("document") for noun in words("document_nouns")}
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
    return (
        _nouns().get(plain)
        or _nouns().get(plain.replace("-", " "))
        or _nouns().get(plain.removeprefix("ex-"))
    )


@cache
def _ends_of_phrases() -> tuple[frozenset[str], frozenset[str]]:
    """Return the first words and the last words of the listed nouns of several words."""
    phrases = [noun for noun in _nouns() if " " in noun or "-" in noun]
    firsts = frozenset([phrase.partition(" ")[0] for phrase in phrases])
    return firsts, frozenset([phrase.replace("-", " ").rpartition(" ")[2] for phrase in phrases])


@lru_cache(maxsize=WORDS_KEPT)
def opens_noun(word: str) -> bool:
    """Return whether a listed noun of several words may begin with a word, as "prime minister" does."""
    plain = word.lower()
    return "-" in plain or plain.partition(" ")[0] in _ends_of_phrases()[0]


@lru_cache(maxsize=WORDS_KEPT)
def closes_noun(word: str) -> bool:
    """Return whether a listed noun of several words may end with a word, as "prime minister" does."""
    return word.lower().replace("-", " ").rpartition(" ")[2] in _ends_of_phrases()[1]


def is_person_or_body(lemma: str) -> bool:
    """Return whether a noun is said of persons and of organisations alike ("owner", "developer")."""
    return lemma in table("person_nouns") and lemma in table("organization_nouns")


def reciprocals(relation: str) -> tuple[str, ...]:
    """Return what A is to B when B is A's relation: "husband" for "wife"."""
    entry = table("kin_reciprocals").get(relation)
    return tuple(entry[0].split(",")) if entry else ()


_FEMALE_ENDINGS = ("a", "ette", "elle", "ine", "een", "lyn", "ys", "ith", "ielle")
_MALE_ENDINGS = ("o", "us", "ard", "bert", "mund", "ick", "ric", "ton", "don", "ald", "ert", "win", "ore")


def gender_leaning(word: str) -> str:
    """Return the gender that the ending of an unlisted first name suggests, "-" for none."""
    plain = folded(word)
    if plain.endswith(_FEMALE_ENDINGS):
        return "f"
    return "m" if plain.endswith(_MALE_ENDINGS) else "-"


def noun_by_form(lemma: str) -> Noun | None:
    """Return what the ending of an unlisted noun suggests ("beachcomber" is a person)."""
    if _AGED.search(lemma):
        return Noun("person", standing="attribute")
    if lemma.endswith("woman"):
        return Noun("person", "f", standing="description")
    if len(lemma) > 5 and lemma.endswith(_PERSON_ENDINGS + _AGENT_ENDINGS):
        return Noun("person", standing="description")
    return None


@lru_cache(maxsize=WORDS_KEPT)
def honorific(word: str) -> tuple[str, str] | None:
    """Return gender and office ("-" unknown) of a courtesy or shortened title, None for other words."""
    entry = table("honorifics").get(word.lower())
    return (entry[0], entry[1]) if entry else None


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


@cache
def _openings_of_demonyms() -> frozenset[str]:
    return frozenset([demonym.partition(" ")[0] for demonym in table("demonyms") if " " in demonym])


@lru_cache(maxsize=WORDS_KEPT)
def opens_country(word: str) -> bool:
    """Return whether a country's name of several words may begin with a word: any in capitals may."""
    return word[:1].isupper() or word.lower().partition(" ")[0] in _openings_of_demonyms()


@lru_cache(maxsize=WORDS_KEPT)
def folded(name: str) -> str:
    """Return a name in lower case, without accents and full stops, apostrophes made alike."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c != ".")
