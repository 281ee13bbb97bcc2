"""Everybody and everything that an article's mentions can mean, named or not."""

from __future__ import annotations

from typing import NamedTuple

from quotes.coref.entities import Entity
from quotes.syntax.noun_phrases import Description
from quotes.syntax.vocabulary import designator, gender_leaning

_LIKELY, OPEN, _UNLIKELY = 0.85, 0.7, 0.4
"""How well somebody of unknown gender fits one, by the look of the first name."""


class Referent(NamedTuple):
    """Somebody or something that mentions refer to.

    Attributes:
        entity: Its names; None for somebody never named ("a senior official").
        type: person, organization, place, document, group or unknown.
        gender: m, f, n, or - while unknown.
        plural: Whether it is several.
        descriptions: What it is called besides its names.
        head: Head token of the first mention.
        owner: Referent that it is named by ("her grandson"), None without one.
        leaning: Gender that the look of an unlisted first name suggests, - for none.
        members: Referents that speak or act as one ("Finch and Calder").
    """

    entity: Entity | None
    type: str
    gender: str
    plural: bool
    descriptions: tuple[Description, ...]
    head: int
    owner: int | None = None
    leaning: str = "-"
    members: tuple[int, ...] = ()

    @property
    def shown_type(self) -> str:
        """What to call it: its type, for a name that may be anything what pronouns or its look say."""
        if self.entity is None or (self.type != "unknown" and self.entity.sure):
            return self.type
        if self.type == "person":
            return "organization" if self.gender == "n" else "person"
        return "person" if self.gender in ("m", "f") else self.entity.likely

    def may_be(self, kind: str) -> bool:
        """Return whether it is of a type, or of unknown type and most likely of this one."""
        return kind in (self.type, self.shown_type)

    def gender_fit(self, gender: str) -> float:
        """Return how well it fits a gender: 1 known to, 0 known not to, less than 1 when unknown."""
        if gender in ("-", self.gender):
            return 1.0
        if self.gender == "-" and gender in ("m", "f"):
            if self.leaning == "-":
                return OPEN
            return _LIKELY if self.leaning == gender else _UNLIKELY
        return 0.0

    def callings(self) -> set[str]:
        """Return the nouns, classes of nouns and "of COUNTRY" by which a description can call it up."""
        keys: set[str] = set()
        for description in self.descriptions:
            keys |= {description.noun, description.kind}
            if description.country and description.type == "person":
                keys.add(f"of {description.country}")
        if self.entity is not None and self.type == "organization":
            words = self.entity.name.split()
            keys |= {word.lower() for word in words}
            keys |= {kind for word in (*words[:1], *words[-2:]) if (kind := designator(word))}
        keys.discard("-")
        return keys


def named_referent(entity: Entity, gender: str) -> Referent:
    """Return the referent of an entity, with the gender that its names or pronouns gave it."""
    first = entity.name.split(maxsplit=1)[0]
    is_full_name = entity.type in ("person", "unknown") and first != entity.name
    leaning = gender_leaning(first) if is_full_name else "-"
    plural = entity.type == "group"
    return Referent(entity, entity.type, gender, plural, entity.descriptions, entity.first, leaning=leaning)


class Reference(NamedTuple):
    """What one expression refers to.

    Attributes:
        referent: Index of the referent; None where two fit equally or none does.
        by: name, alias, title, pronoun, new (a first mention without a name),
            "no antecedent" or unresolved.
    """

    referent: int | None
    by: str


UNRESOLVED = Reference(None, "unresolved")
