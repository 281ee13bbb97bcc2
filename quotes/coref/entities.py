"""Makes entities of grouped names: the best name, the type, the gender and the offices of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotes.coref.clusters import PLACE_LABELS, Cluster
from quotes.coref.names import Name
from quotes.lexicon import table, words
from quotes.syntax.noun_phrases import Description
from quotes.syntax.vocabulary import country, first_name_gender, is_person_or_body, noun


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that the article names.

    Attributes:
        name: Best name: the fullest form as written, without titles.
        type: person, organization, place, group or unknown.
        likely: What an entity of unknown type most likely is, as the recogniser has it;
            else the type.
        sure: Whether more than the recogniser's label speaks for the type.
        gender: m, f, n, or - while unknown.
        descriptions: Offices and descriptions that the text gives it.
        represents: Tokens of the bodies it is said to speak for.
        first: First token of its first mention.
    """

    name: str
    type: str
    likely: str
    sure: bool
    gender: str
    descriptions: tuple[Description, ...]
    represents: tuple[int, ...]
    first: int

    @property
    def is_outlet(self) -> bool:
        """Whether its name, or what the article calls it, makes it a news outlet."""
        if self.gender in ("m", "f"):
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
    named = "name" in " ".join(table("outlet_words").get(rest[-1], ("",))).split()
    return named or (first in words("foreign_articles") and rest[0] in words("outlet_words"))


def entity_of(cluster: Cluster) -> Entity:
    """Make the entity that the names of a cluster mean."""
    descriptions = _descriptions(cluster)
    kind = _type(cluster, descriptions)
    return Entity(
        name=_best_name(cluster, kind),
        type=kind,
        likely=_likely(cluster, kind),
        sure=kind != "person" or _is_surely_person(cluster, descriptions),
        gender=cluster.gender if kind in ("person", "unknown") else "n",
        descriptions=descriptions,
        represents=tuple(dict.fromkeys([token for name in cluster.names for token in name.represents])),
        first=min([name.first for name in cluster.names]),
    )


def _descriptions(cluster: Cluster) -> tuple[Description, ...]:
    """Return what comes before and beside the names of a cluster, each thing once."""
    found: dict[Description, None] = {}
    for name in cluster.names:
        if name.description is not None:
            found[name.description] = None
        found.update(dict.fromkeys(name.appositions))
    if 2 * sum(name.label in PLACE_LABELS for name in cluster.names) > len(cluster.names):
        # What the recogniser mostly takes for a place is one, whatever noun is beside it.
        return tuple([description for description in found if description.type != "organization"])
    return tuple(found)


def _best_name(cluster: Cluster, kind: str) -> str:
    """Return the fullest form: most words, not in capitals, most frequent, first."""
    names = cluster.names
    forms: Mapping[str, int] = Counter([name.text for name in names])
    if len(forms) == 1:
        return names[0].text
    order = {name.text: -i for i, name in reversed(list(enumerate(names)))}
    counts = {n.text: len(n.words) + (kind == "organization" and bool(n.country)) for n in names}
    single = not any(name.is_full for name in names)
    with_first_name = {n.text for n in names if n.is_full and first_name_gender(n.words[0])}
    if kind == "person" and with_first_name:
        # "Crooked Hillary Clinton" and "Billionaire Mort Sill" are no fuller names.
        forms = {text: count for text, count in forms.items() if text in with_first_name}
    return max(forms, key=lambda text: (counts[text], single or not text.isupper(), forms[text], order[text]))


def _type(cluster: Cluster, descriptions: tuple[Description, ...]) -> str:
    """Decide what a name names; the surest evidence comes first."""
    members = cluster.names
    if 2 * sum(name.plural for name in members) > len(members):
        return "group"
    if cluster.courtesy_genders:
        return "person"
    return (
        _type_by_words(cluster, descriptions)
        or _type_by_pronouns(cluster)
        or _type_by_labels(members, cluster.words)
    )


def _type_by_words(cluster: Cluster, descriptions: tuple[Description, ...]) -> str | None:
    """Return what the words of a name and those beside it say, None where they say nothing."""
    members, own = cluster.names, cluster.words
    seat = noun(" ".join(own)) or noun(own[-1])
    bodies = not cluster.is_personal
    if bodies and seat is None and not cluster.titles and first_name_gender(own[0]) is None:
        return "organization"  # also "the centrist Tax Policy Center"
    described = [
        d.type for d in descriptions if d.type in ("person", "organization") and not is_person_or_body(d.noun)
    ]
    if described and country(members[0].text) is None:
        return max(dict.fromkeys(described), key=described.count)
    if any(name.courtesy for name in members):
        return "person"
    if seat is not None and seat.type == "place":
        return "place"
    if bodies:
        return "organization"
    named = len(own) > 1 and first_name_gender(own[0]) is not None
    return "person" if named and not all(name.determined for name in members) else None


def _type_by_pronouns(cluster: Cluster) -> str | None:
    """Return what the pronouns in a name's own clauses say ("raised its forecast"), None without any."""
    pronouns = [name.pronoun for name in cluster.names if name.pronoun != "-"]
    things = pronouns.count("n")
    persons = len(pronouns) - things
    if things > persons:
        return "organization"
    if len(cluster.words) > 1 and persons > things and not any(name.located for name in cluster.names):
        return "person"
    return None


def _is_surely_person(cluster: Cluster, descriptions: tuple[Description, ...]) -> bool:
    """Return whether a first name, a title or a person's description says that a name is a person's.

    "The ferry's owner, Linea Azul" may be a company, whatever the recogniser says.
    """
    if cluster.courtesy_genders or any(name.courtesy for name in cluster.names):
        return True
    if any(d.type == "person" and not is_person_or_body(d.noun) for d in descriptions):
        return True
    return len(cluster.words) > 1 and first_name_gender(cluster.words[0]) is not None


def _likely(cluster: Cluster, kind: str) -> str:
    """Return what an entity of unknown type most likely is: "Wells Fargo" an organisation."""
    if kind != "unknown":
        return kind
    labels = [name.label for name in cluster.names]
    label = max(dict.fromkeys(labels), key=labels.count)
    return "organization" if label in ("ORG", "PRODUCT") else kind


def _type_by_labels(members: Sequence[Name], own: tuple[str, ...]) -> str:
    labels = [name.label for name in members if name.label]
    top = max(dict.fromkeys(labels), key=labels.count, default="")
    always_determined = all(name.determined for name in members)
    if top != "PERSON" and any(name.located for name in members):
        return "place"
    persons = labels.count("PERSON")
    if persons and persons >= labels.count("GPE") and not always_determined:
        return "person"
    if top in PLACE_LABELS:
        return "place"
    if top == "ORG" and any(name.text.isupper() or name.determined or len(own) == 1 for name in members):
        return "organization"
    if len(own) in (2, 3) and not any(name.determined for name in members):
        # The recogniser takes people with rare names for bodies: pronouns have to tell.
        return "person" if top in ("", "WORK_OF_ART", "NORP") else "unknown"
    return "organization" if top in ("ORG", "PRODUCT") else "unknown"
