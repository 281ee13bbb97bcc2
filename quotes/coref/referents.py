"""Everybody and everything that an article's mentions can mean, named or not."""

from __future__ import annotations

from typing import NamedTuple

from quotes.lexicon import words
from quotes.lexicon.entries import designator, outlet_word_kinds, word_class
from quotes.syntax.descriptions import Description

_LIKELY, OPEN, _UNLIKELY = 0.85, 0.7, 0.4
"""How well somebody of unknown gender fits one, by the look of the first name."""


class Referent(NamedTuple):
    """Somebody or something that mentions refer to.

    Attributes:
        name: Best name: the fullest form as written, without titles; None for somebody
            never named ("a senior official").
        type: person, organization, place, document, group or unknown.
        gender: m, f, n, or - while unknown.
        plural: Whether it is several.
        descriptions: What it is called besides its names.
        head: Head token of the first mention; the first token of a name.
        owner: Referent that it is named by ("her grandson"), None without one.
        members: Referents that speak or act as one ("Finch and Calder").
        likely: For a name of unknown type, what it most likely is, as the recogniser has it.
        sure: Whether more than the recogniser's label speaks for the type of a name.
        leaning: Gender that the look of an unlisted first name suggests, - for none.
        represents: Tokens of the bodies that somebody named is said to speak for.
    """

    name: str | None
    type: str
    gender: str
    plural: bool
    descriptions: tuple[Description, ...]
    head: int
    owner: int | None = None
    members: tuple[int, ...] = ()
    likely: str = "unknown"
    sure: bool = True
    leaning: str = "-"
    represents: tuple[int, ...] = ()

    @property
    def shown_type(self) -> str:
        """What to call it: its type, for a name that may be anything what pronouns or its look say."""
        if self.name is None or (self.type != "unknown" and self.sure):
            return self.type
        if self.type == "person":
            return "organization" if self.gender == "n" else "person"
        return "person" if self.gender in ("m", "f") else self.likely

    def may_be(self, kind: str) -> bool:
        """Return whether it is of a type, or of unknown type and most likely of this one."""
        return kind in (self.type, self.shown_type)

    def gender_fit(self, gender: str) -> float:
        """Return how well it fits a gender: 1 known to, 0 known not to, less than 1 when unknown."""
        if gender in ("-", self.gender):
            return 1.0
        if self.gender != "-" or gender == "n":
            return 0.0
        if self.leaning == "-":
            return OPEN
        return _LIKELY if self.leaning == gender else _UNLIKELY

    def callings(self) -> set[str]:
        """Return the nouns, classes of nouns and "of COUNTRY" by which a description can call it up."""
        keys = {key for d in self.descriptions for key in (d.noun, d.kind)}
        keys |= {f"of {d.country}" for d in self.descriptions if d.country and d.type == "person"}
        if self.name is not None and self.type == "organization":
            own = self.name.split()
            keys |= {word.lower() for word in own}
            keys |= {kind for word in (*own[:1], *own[-2:]) if (kind := designator(word))}
        return keys - {"-"}

    @property
    def is_outlet(self) -> bool:
        """Whether its name, or what the article calls it, makes it a news outlet."""
        if self.name is None or self.gender in ("m", "f"):
            return False
        if self.name.casefold() in words("outlets") or _is_named_as_outlet(self.name):
            return True
        return any(
            d.kind in ("newspaper", "broadcaster")
            or d.noun in words("news_agency_nouns")
            or (d.kind == "agency" and not d.modifiers.isdisjoint(("news", "press")))
            for d in self.descriptions
        )


def _is_named_as_outlet(name: str) -> bool:
    """Return whether a name looks like an outlet's: "Moor Evening Post", "La Gazette du Val"."""
    first, *rest = name.casefold().split()
    if not rest:
        return False
    foreign = first in word_class("foreign_article") and rest[0] in words("outlet_words")
    return foreign or "name" in outlet_word_kinds(rest[-1])


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
