"""Everybody and everything that a document's mentions can mean, named or not."""

from __future__ import annotations

from typing import NamedTuple

from quotes.coref.entities import Entity
from quotes.syntax.noun_phrases import Description

_LIKELY, OPEN, _UNLIKELY = 0.85, 0.7, 0.4
"""How well somebody of unknown gender fits one, by the look of the first name."""


class Figure(NamedTuple):
    """A referent of the document.

    Attributes:
        entity: Its names; None for somebody never named ("a senior official").
        type: person, organization, place, document, group or unknown.
        gender: m, f, n, or - while unknown.
        plural: Whether it is several.
        descriptions: What it is called besides its names.
        head: Head token of the first mention.
        owner: Figure that it is named by ("her grandson"), None without one.
        leaning: Gender that the look of an unlisted first name suggests, - for none.
        members: Figures that speak or act as one ("Finch and Calder").
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


class Reference(NamedTuple):
    """What one expression refers to.

    Attributes:
        figure: Index of the figure; None where two fit equally or none does.
        by: name, alias, title, pronoun, new (a first mention without a name) or unresolved.
    """

    figure: int | None
    by: str


def compatible_gender(figure: Figure, gender: str) -> float:
    """Return how well a figure fits a gender: 1 known to, 0 known not to, less than 1 when unknown."""
    if gender in ("-", figure.gender):
        return 1.0
    if figure.gender == "-" and gender in ("m", "f"):
        if figure.leaning == "-":
            return OPEN
        return _LIKELY if figure.leaning == gender else _UNLIKELY
    return 0.0


def described_alike(wanted: Description, known: Description) -> bool:
    """Return whether a definite description can repeat a known one.

    "The Syrian dictator" repeats "Syrian President"; "the president" does not
    repeat "vice president", nor "the rail minister" "the agriculture minister".
    """
    if _are_counterparts(wanted, known):
        return True
    same_noun = wanted.noun == known.noun
    if not same_noun and (wanted.kind == "-" or wanted.kind != known.kind):
        return False
    if wanted.rank != known.rank or wanted.plural != known.plural:
        return False
    if wanted.country and known.country and wanted.country != known.country:
        return False
    if wanted.modifiers and known.modifiers and not wanted.modifiers & known.modifiers:
        return False
    return same_noun or not wanted.modifiers - known.modifiers


def _are_counterparts(wanted: Description, known: Description) -> bool:
    """Return whether "the Portuguese leader" is "his Portuguese counterpart", or the reverse."""
    one = known if wanted.noun == "counterpart" else wanted
    nouns = {wanted.noun, known.noun}
    if "counterpart" not in nouns or len(nouns) == 1 or wanted.rank or known.rank:
        return False
    return wanted.country is not None and wanted.country == known.country and one.standing == "office"
