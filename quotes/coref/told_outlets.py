"""Makes the medium of an outlet that was told, when only the document shows that it is one.

In "Eklo told Sundet" nothing but "the Sundet news agency" of the paragraph
before tells that Sundet is no person to be told, but how the words got out.
"""

from __future__ import annotations

from quotes.candidates.candidate import Candidate, Identified
from quotes.coref.entities import Entity
from quotes.coref.naming import Context
from quotes.lexicon import table, words
from quotes.syntax.mention import Mention

_KINDS = frozenset({"newspaper", "broadcaster"})
_AGENCIES = frozenset({"news agency", "news service", "press agency", "wire", "wire service"})
_OF_NEWS = frozenset({"news", "press"})
_FOREIGN_ARTICLES = frozenset({"la", "le", "el", "il", "die", "der", "das", "de", "o", "a"})


def as_medium(context: Context, attribution: Candidate, identified: Identified) -> Identified:
    """Return the identities with a told outlet as the medium and no addressee.

    Args:
        context: The document's names and references.
        attribution: The attribution.
        identified: Its identities.

    Returns:
        Them unchanged where nobody, or somebody who is no outlet, was told.
    """
    mention = attribution.addressee
    if mention is None or identified.addressee is None:
        return identified
    entity = _entity(context, mention)
    if entity is None or not is_outlet(entity):
        return identified
    medium = identified.addressee._replace(type="organization")
    return identified._replace(addressee=None, medium=medium, medium_mention=mention)


def _entity(context: Context, mention: Mention) -> Entity | None:
    reference = context.bound.references.get(mention.head)
    if reference is None or reference.figure is None:
        return None
    return context.bound.figures[reference.figure].entity


def is_outlet(entity: Entity) -> bool:
    """Return whether an entity's name, or what the document calls it, makes it a news outlet."""
    if entity.gender in ("m", "f"):
        return False
    if entity.name.casefold() in words("outlets") or _is_named_so(entity.name):
        return True
    return any(
        d.kind in _KINDS or d.noun in _AGENCIES or (d.kind == "agency" and d.modifiers & _OF_NEWS)
        for d in entity.descriptions
    )


def _is_named_so(name: str) -> bool:
    """Return whether a name looks like an outlet's: "Moor Evening Post", "La Gazette du Val"."""
    parts = name.casefold().split()
    if len(parts) < 2:
        return False
    named = "name" in " ".join(table("outlet_words").get(parts[-1], ("",))).split()
    return named or (parts[0] in _FOREIGN_ARTICLES and parts[1] in words("outlet_words"))
