"""Who is who in different documents: names compared, and joined where nothing speaks against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from quotes.lexicon.entries import first_name_gender, folded, honorific, is_particle, word_class

if TYPE_CHECKING:
    from quotes.models import Statement

Match = Literal["same", "open", "different"]
_NAMES_KEPT = 65_536


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker as a document names them.

    Attributes:
        name: The best name in the document.
        words: Words of the name for comparing: lower case, no accents, titles, particles or marks.
        type: person, organization, place, document, group or unknown.
        represents: Words of the body that a spokesperson speaks for.
        role: Words of the office or description.
        id: The caller's own id of the person, None for somebody the caller does not know.
    """

    name: str
    words: tuple[str, ...]
    type: str
    represents: tuple[str, ...] = ()
    role: frozenset[str] = frozenset()
    id: str | None = None

    @property
    def is_named(self) -> bool:
        """Whether the name is a proper one: "minister" may mean somebody else in the next document."""
        return self.name != self.name.lower() and self.name.rpartition(" ")[2][:1].isupper()


def person_of(entity: Mapping[str, Any] | None, people: Mapping[str, str]) -> Person | None:
    """Return the person that an entity of a statement is, None for one without a name."""
    if entity is None or not entity["name"] or not (words := name_words(entity["name"])):
        return None
    role = entity["role"]
    return Person(
        name=" ".join(entity["name"].split()),
        words=words,
        type=entity["type"],
        represents=name_words(entity["represents"] or ""),
        role=frozenset(name_words(role["text"])) if role else frozenset(),
        id=people.get(name_key(entity["name"])),
    )


@lru_cache(maxsize=_NAMES_KEPT)
def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name for comparing.

    >>> name_words("Mr. Bashar al-Assad"), name_words("Bashar Al Assad's")
    (('bashar', 'assad'), ('bashar', 'assad'))
    """
    plain = folded(name).replace("’", "'")
    words = [word.removesuffix("'s").strip(".,'\"()") for word in plain.replace("-", " ").split()]
    kept = [word for word in words if word and honorific(word) is None]
    kept = [word for word in kept or words if not is_particle(word) and word not in word_class("name_filler")]
    return tuple(kept or filter(None, words))


def name_key(name: str) -> str:
    """Return what spellings of one name share: "Bashar al-Assad", "Mr Bashar Al Assad"."""
    return " ".join(name_words(name))


def compared(one: Person | None, other: Person | None) -> Match:
    """Return whether two documents mean the same by their speakers: same, different, or open.

    A surname alone is the same as a full name that ends in it: two reports of one
    utterance are compared, and other evidence has to agree. Two given names to one surname are two people.
    """
    if one is None or other is None:
        return "open"
    if one.id is not None and other.id is not None:
        return "same" if one.id == other.id else "different"
    if one.words == other.words:
        return "same"
    if not one.is_named or not other.is_named:
        return "open"
    if _speaks_for(one, other) or _speaks_for(other, one):
        return "open"
    bodies = "organization" in (one.type, other.type) or not {"person", "unknown"} >= {one.type, other.type}
    if bodies:
        if set(one.words) <= set(other.words) or set(other.words) <= set(one.words) or _acronym(one, other):
            return "same"
        return "open" if set(one.words) & set(other.words) else "different"
    return _persons(one.words, other.words)


def with_known_names(statement: Statement, names: Mapping[str, str]) -> Statement:
    """Return a statement with the name by which the caller knows its speaker, by `name_key`, if they do."""
    speaker = statement.speaker
    known = names.get(name_key(speaker.name)) if speaker is not None and speaker.name else None
    if speaker is None or known is None:
        return statement
    return statement.model_copy(update={"speaker": speaker.model_copy(update={"name": known})})


def _persons(one: tuple[str, ...], other: tuple[str, ...]) -> Match:
    short, long = sorted((one, other), key=len)
    if short[-1] != long[-1] and not (len(long) > 2 and short[-1] == long[-2]):
        # "Hillary" is open beside "Hillary Clinton"
        return "open" if set(short) & set(long) else "different"
    if len(short) == 1 or set(short) <= set(long):
        return "same"
    return "same" if _given_names_agree(short[0], long[0]) else "different"


def _given_names_agree(one: str, other: str) -> bool:
    """Return whether two given names may be one person's: an initial, or the beginning of the other ("Rob", "Robert").

    >>> _given_names_agree("j", "john"), _given_names_agree("tim", "tom"), _given_names_agree("ben", "benjamin")
    (True, False, True)
    """
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return long.startswith(short)
    genders = {first_name_gender(one), first_name_gender(other)} - {None, "x"}
    return len(genders) < 2 and long.startswith(short)


def _speaks_for(one: Person, other: Person) -> bool:
    return bool(one.represents) and bool({*one.represents} & {*other.words, *other.represents})


def _acronym(one: Person, other: Person) -> bool:
    """Return whether one name is made of the first letters of the other: "FBI"."""
    short, long = sorted((one, other), key=lambda each: len(each.words))
    letters = "".join(short.words).replace(".", "")
    initials = "".join(word[0] for word in long.words)
    return len(short.words) == 1 and len(letters) > 1 and letters == initials and short.name.isupper()
