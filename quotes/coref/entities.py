"""Makes entities of grouped names: the best name, the type, the gender and the offices of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotes.coref.appositions import Learned
from quotes.coref.clusters import Cluster, collect
from quotes.coref.names import Name
from quotes.syntax.noun_phrases import Description
from quotes.syntax.vocabulary import country, first_name_gender, is_person_or_body, noun

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that the document names.

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
        forms: How many times each written form occurs.
    """

    name: str
    type: str
    likely: str
    sure: bool
    gender: str
    descriptions: tuple[Description, ...]
    represents: tuple[int, ...]
    first: int
    forms: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Registry:
    """The entities of a document and which one each name means.

    Attributes:
        entities: In order of first mention of their full name.
        of_name: Entity of each `Name`, None where two people fit equally.
        open_to: The entities that fit such a name, by its index.
    """

    entities: tuple[Entity, ...]
    of_name: tuple[int | None, ...]
    open_to: Mapping[int, tuple[int, ...]]


def register(found: Sequence[Name], learned: Learned) -> Registry:
    """Make the entities of a document from its names.

    Args:
        found: The document's names, in text order.
        learned: What appositions say about them.

    Returns:
        The entities, and the entity of every name.
    """
    grouping = collect(found, learned)
    ordered = sorted(grouping.clusters, key=lambda c: c.members[0])
    place = {id(c): i for i, c in enumerate(ordered)}
    return Registry(
        tuple(_entity(c, learned) for c in ordered),
        tuple(None if c is None else place[id(c)] for c in grouping.of_name),
        {name: tuple(place[id(c)] for c in fitting) for name, fitting in grouping.open_to.items()},
    )


def _entity(cluster: Cluster, learned: Learned) -> Entity:
    descriptions = _descriptions(cluster, learned)
    kind = _type(cluster, descriptions, learned)
    forms = Counter([n.text for n in cluster.names])
    return Entity(
        name=_best_name(cluster, forms, kind),
        type=kind,
        likely=_likely(cluster, kind),
        sure=kind != "person" or _is_surely_person(cluster, descriptions),
        gender=cluster.gender(learned) if kind in ("person", "unknown") else "n",
        descriptions=descriptions,
        represents=tuple(dict.fromkeys([t for n in cluster.names for t in learned.represented_by(n)])),
        first=min([n.first for n in cluster.names]),
        forms=forms,
    )


def _descriptions(cluster: Cluster, learned: Learned) -> tuple[Description, ...]:
    """Return what stands before and beside the names of a cluster, each thing once."""
    found: dict[Description, None] = {}
    for name in cluster.names:
        if name.description is not None:
            found[name.description] = None
        found.update(dict.fromkeys(learned.descriptions_of(name)))
    if found and _is_settlement(cluster):
        return tuple([d for d in found if d.type != "organization"])
    return tuple(found)


def _is_settlement(cluster: Cluster) -> bool:
    """Return whether the recogniser takes a name mostly for a place, whatever noun stands beside it."""
    places = sum(n.label in _PLACE_LABELS for n in cluster.names)
    return 2 * places > len(cluster.names)


def _best_name(cluster: Cluster, forms: Mapping[str, int], kind: str) -> str:
    """Return the fullest form: most words, not in capitals, most frequent, first."""
    if len(forms) == 1:
        return cluster.names[0].text
    order = {n.text: -i for i, n in reversed(list(enumerate(cluster.names)))}
    words = {n.text: len(n.words) + (bool(n.country) if kind == "organization" else 0) for n in cluster.names}
    single = all(len(n.words) == 1 for n in cluster.names)
    plain = {n.text for n in cluster.names if len(n.words) > 1 and first_name_gender(n.words[0])}
    if kind == "person" and plain:
        # "Crooked Hillary Clinton" and "Billionaire Mort Sill" are no fuller names.
        forms = {text: count for text, count in forms.items() if text in plain}
    return max(forms, key=lambda text: (words[text], single or not text.isupper(), forms[text], order[text]))


def _type(cluster: Cluster, descriptions: tuple[Description, ...], learned: Learned) -> str:
    """Decide what a name names; the surest signs come first."""
    members = cluster.names
    if 2 * [n.plural for n in members].count(True) > len(members):
        return "group"
    if cluster.courtesy_genders:
        return "person"
    return (
        _type_by_words(cluster, descriptions)
        or _type_by_echo(cluster, learned)
        or _type_by_labels(members, cluster.words)
    )


def _type_by_words(cluster: Cluster, descriptions: tuple[Description, ...]) -> str | None:
    """Return what the words of a name and those beside it say, None where they say nothing."""
    members, words = cluster.names, cluster.words
    seat = noun(" ".join(words)) or noun(words[-1])
    bodies = not cluster.is_personal
    if bodies and seat is None and not cluster.titles and first_name_gender(words[0]) is None:
        return "organization"  # also "the centrist Tax Policy Center"
    described = [
        d.type for d in descriptions if d.type in ("person", "organization") and not is_person_or_body(d.noun)
    ]
    if described and country(members[0].text) is None:
        return max(dict.fromkeys(described), key=described.count)
    if any(n.courtesy for n in members):
        return "person"
    if seat is not None and seat.type == "place":
        return "place"
    if bodies:
        return "organization"
    first = len(words) > 1 and first_name_gender(words[0]) is not None
    return "person" if first and not all(n.determined for n in members) else None


def _type_by_echo(cluster: Cluster, learned: Learned) -> str | None:
    """Return what the pronouns in a name's own clauses say ("raised its forecast"), None without any."""
    members = cluster.names
    echoes = [echo for n in members if (echo := learned.echo_of(n)) != "-"]
    things = echoes.count("n")
    persons = len(echoes) - things
    if things > persons:
        return "organization"
    if len(cluster.words) > 1 and persons > things and not any(n.located for n in members):
        return "person"
    return None


def _is_surely_person(cluster: Cluster, descriptions: tuple[Description, ...]) -> bool:
    """Return whether a first name, a title or a person's description says that a name is a person's.

    "The ferry's owner, Linea Azul" may be a company, whatever the recogniser says.
    """
    if cluster.courtesy_genders or any(n.courtesy for n in cluster.names):
        return True
    if any(d.type == "person" and not is_person_or_body(d.noun) for d in descriptions):
        return True
    return len(cluster.words) > 1 and first_name_gender(cluster.words[0]) is not None


def _likely(cluster: Cluster, kind: str) -> str:
    """Return what an entity of unknown type most likely is: "Wells Fargo" an organisation."""
    if kind != "unknown":
        return kind
    labels = [n.label for n in cluster.names]
    label = max(dict.fromkeys(labels), key=labels.count)
    return "organization" if label in ("ORG", "PRODUCT") else kind


def _type_by_labels(members: Sequence[Name], words: tuple[str, ...]) -> str:
    labels = [n.label for n in members if n.label]
    top = max(dict.fromkeys(labels), key=labels.count, default="")
    if top != "PERSON" and any(n.located for n in members):
        return "place"
    persons = labels.count("PERSON")
    if persons and persons >= labels.count("GPE") and not all(n.determined for n in members):
        return "person"
    if top in _PLACE_LABELS:
        return "place"
    if top == "ORG" and any(n.text.isupper() or n.determined or len(words) == 1 for n in members):
        return "organization"
    if len(words) in (2, 3) and not any(n.determined for n in members):
        # The recogniser takes people with rare names for bodies: pronouns have to tell.
        return "person" if top in ("", "WORK_OF_ART", "NORP") else "unknown"
    return "organization" if top in ("ORG", "PRODUCT") else "unknown"
