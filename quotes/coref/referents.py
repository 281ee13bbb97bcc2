"""Everybody and everything that an article's mentions can mean, named or not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from quotes.coref.clusters import PLACE_LABELS, Cluster
from quotes.coref.names import Name
from quotes.lexicon import words
from quotes.lexicon.entries import (
    country,
    designator,
    first_name_gender,
    gender_leaning,
    is_particle,
    is_person_or_body,
    noun,
    outlet_word_kinds,
    word_class,
)
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
        if self.name is None or self.gender in ("m", "f") or (self.type == "person" and self.sure):
            return False
        first, *rest = own = self.name.casefold().split()
        if " ".join(own) in words("outlets"):
            return True
        foreign = first in word_class("foreign_article") and rest[:1] and rest[0] in words("outlet_words")
        if foreign or (rest and "name" in outlet_word_kinds(rest[-1])):
            return True  # "La Gazette du Val", "Moor Evening Post"
        return any(
            d.kind in ("newspaper", "broadcaster")
            or d.noun in words("news_agency_nouns")
            or (d.kind == "agency" and not d.modifiers.isdisjoint(("news", "press")))
            for d in self.descriptions
        )


def entity_of(cluster: Cluster) -> Referent:
    """Return what the names of a cluster mean."""
    names = cluster.names
    # What the recogniser mostly takes for a place is one, whatever noun is beside it.
    placed = 2 * sum(name.label in PLACE_LABELS for name in names) > len(names)
    beside = [d for name in names for d in (name.description, *name.appositions) if d is not None]
    descriptions = dict.fromkeys([d for d in beside if not (placed and d.type == "organization")])
    kind = _type(cluster, descriptions)
    if kind == "person":
        descriptions |= dict.fromkeys([description for name in names for description in name.inferred])
    label = _most_frequent([name.label for name in names])
    best = _best_name(cluster, kind)
    first_word, *others = best.split()
    # "a group, Our Renewal"
    is_thing = kind == "unknown" and not (others or descriptions) and all(name.determined for name in names)
    return Referent(
        name=best,
        type=kind,
        gender="n" if kind not in ("person", "unknown") or is_thing else cluster.gender,
        plural=kind == "group",
        descriptions=tuple(descriptions),
        head=min([name.first for name in names]),
        likely="organization" if kind == "unknown" and label in ("ORG", "PRODUCT") else kind,
        sure=kind != "person" or _is_surely_person(cluster, descriptions),
        leaning=gender_leaning(first_word) if others and kind in ("person", "unknown") else "-",
        represents=tuple(dict.fromkeys([token for name in names for token in name.represents])),
    )


def _best_name(cluster: Cluster, kind: str) -> str:
    """Return the fullest form: most words, not in capitals, most frequent, first."""
    names = cluster.names
    if kind == "person":
        # "Crooked Hillary Clinton" and "Billionaire Mort Sill" are no fuller names.
        names = [n for n in names if n.is_full and first_name_gender(n.words[0])] or names
    forms = Counter([name.text for name in names])
    short = len(cluster.words) == 1 and kind != "person"  # "NATO", but "Biden" of "PRESIDENT BIDEN:"

    def fullness(name: Name) -> tuple[int, bool, int]:
        size = len(name.words) + (kind == "organization" and name.country is not None)
        return size, short or not name.text.isupper(), forms[name.text]

    best = max(names, key=fullness)
    shouted = best.text.isupper() and (best.shouted or (len(best.words) > 1 and cluster.has_first_name))
    return in_title_case(best.text) if shouted and kind == "person" else best.text


def in_title_case(name: str) -> str:
    """Return a person's name in capitals as names are written elsewhere.

    >>> in_title_case("ADA VAN DER O'DELL-MCKAY")
    "Ada van der O'Dell-McKay"
    """
    small = [word.lower() if is_particle(word) and word.isalpha() else word.title() for word in name.split()]
    return re.sub(r"\bMc[a-z]", lambda match: f"Mc{match[0][-1].upper()}", " ".join(small))


def _type(cluster: Cluster, descriptions: Iterable[Description]) -> str:
    """Decide what a name names; the surest evidence comes first."""
    names = cluster.names
    if 2 * sum(name.plural for name in names) > len(names):
        return "group"
    if cluster.courtesy_genders:
        return "person"
    by_words = _type_by_words(cluster, descriptions)
    if by_words is not None:
        return by_words
    pronouns = [name.pronoun for name in names if name.pronoun != "-"]
    persons = len(pronouns) - 2 * pronouns.count("n")
    if persons < 0:
        return "organization"  # "raised its forecast"
    full = len(cluster.words) > 1 and not any(name.located for name in names)
    by_labels = _type_by_labels(cluster)
    return "person" if persons and (full or by_labels == "unknown") else by_labels


def _type_by_words(cluster: Cluster, descriptions: Iterable[Description]) -> str | None:
    """Return what the words of a name and those beside it say, None where they say nothing."""
    names, own = cluster.names, cluster.words
    seat = None if any(name.surname for name in names) else noun(" ".join(own)) or noun(own[-1])
    is_body = not cluster.is_personal
    if is_body and seat is None and not cluster.titles and first_name_gender(own[0]) is None:
        return "organization"  # also "the centrist Tax Policy Center"
    clear = [d.type for d in descriptions if not is_person_or_body(d.noun)]
    described = [kind for kind in clear if kind in ("person", "organization")]
    if cluster.is_called_by_surname and "person" not in described:
        described = []  # "Ada Tull ... Tull said": "the Tull show" is hers
    if described and country(names[0].text) is None:
        return _most_frequent(described)
    if any(name.courtesy for name in names):
        return "person"
    if seat is not None and seat.type == "place":
        return "place"
    if is_body:
        return "organization"
    return "person" if cluster.has_first_name and not all(name.determined for name in names) else None


def _is_surely_person(cluster: Cluster, descriptions: Iterable[Description]) -> bool:
    """Return whether a first name, a title or a person's description says that a name is a person's.

    "The ferry's owner, Linea Azul" may be a company, whatever the recogniser says.
    """
    if cluster.has_first_name or cluster.courtesy_genders or any(name.courtesy for name in cluster.names):
        return True
    return any(d.type == "person" and not is_person_or_body(d.noun) for d in descriptions)


def _most_frequent(labels: list[str]) -> str:
    return max(dict.fromkeys(labels), key=labels.count, default="")


def _type_by_labels(cluster: Cluster) -> str:
    """Return what the recogniser says, checked by what is beside the name."""
    names, size = cluster.names, len(cluster.words)
    labels = [name.label for name in names if name.label]
    top = _most_frequent(labels)
    if top != "PERSON" and any(name.located for name in names):
        return "place"
    persons = labels.count("PERSON")
    if persons and persons >= labels.count("GPE") and not all(name.determined for name in names):
        return "person"
    if top in PLACE_LABELS:
        return "place"
    determined = any(name.determined for name in names)
    if top == "ORG" and (determined or size == 1 or any(name.text.isupper() for name in names)):
        return "organization"
    if size in (2, 3) and not determined:
        # The recogniser takes people with rare names for bodies: pronouns have to tell.
        return "person" if top in ("", "WORK_OF_ART", "NORP") else "unknown"
    return "organization" if top in ("ORG", "PRODUCT") else "unknown"


class Reference(NamedTuple):
    """What one expression refers to.

    Attributes:
        referent: Index of the referent; None where two fit equally or none does.
        by: name, alias, title, description (of one never named), pronoun, new (a first mention
            without a name), "no antecedent" or unresolved.
        rivals: How many others fitted.
    """

    referent: int | None
    by: str
    rivals: int = 0


UNRESOLVED = Reference(None, "unresolved")
NO_ANTECEDENT = Reference(None, "no antecedent")
