"""Makes referents of grouped names: the best name, the type, the gender and the offices of each."""

from __future__ import annotations

from collections import Counter

from quotes.coref.clusters import PLACE_LABELS, Cluster
from quotes.coref.referents import Referent
from quotes.lexicon.entries import country, first_name_gender, gender_leaning, is_person_or_body, noun
from quotes.syntax.descriptions import Description


def entity_of(cluster: Cluster) -> Referent:
    """Return what the names of a cluster mean."""
    descriptions = _descriptions(cluster)
    kind = _type(cluster, descriptions)
    name = _best_name(cluster, kind)
    first_word, *others = name.split()
    return Referent(
        name=name,
        type=kind,
        gender=cluster.gender if kind in ("person", "unknown") else "n",
        plural=kind == "group",
        descriptions=descriptions,
        head=min([name.first for name in cluster.names]),
        likely=_likely(cluster, kind),
        sure=kind != "person" or _is_surely_person(cluster, descriptions),
        leaning=gender_leaning(first_word) if others and kind in ("person", "unknown") else "-",
        represents=tuple(dict.fromkeys([token for name in cluster.names for token in name.represents])),
    )


def _descriptions(cluster: Cluster) -> tuple[Description, ...]:
    """Return what comes before and beside the names of a cluster, each thing once."""
    every = [d for name in cluster.names for d in (name.description, *name.appositions) if d is not None]
    if 2 * sum(name.label in PLACE_LABELS for name in cluster.names) > len(cluster.names):
        # What the recogniser mostly takes for a place is one, whatever noun is beside it.
        every = [description for description in every if description.type != "organization"]
    return tuple(dict.fromkeys(every))


def _best_name(cluster: Cluster, kind: str) -> str:
    """Return the fullest form: most words, not in capitals, most frequent, first."""
    names = cluster.names
    if kind == "person":
        # "Crooked Hillary Clinton" and "Billionaire Mort Sill" are no fuller names.
        names = [n for n in names if n.is_full and first_name_gender(n.words[0])] or names
    forms = Counter([name.text for name in names])
    by_text = {name.text: name for name in names}
    short = not any(name.is_full for name in cluster.names)

    def fullness(text: str) -> tuple[int, bool, int]:
        name = by_text[text]
        size = len(name.words) + (kind == "organization" and name.country is not None)
        return size, short or not text.isupper(), forms[text]

    return max(forms, key=fullness)


def _type(cluster: Cluster, descriptions: tuple[Description, ...]) -> str:
    """Decide what a name names; the surest evidence comes first."""
    if 2 * sum(name.plural for name in cluster.names) > len(cluster.names):
        return "group"
    if cluster.courtesy_genders:
        return "person"
    by_words = _type_by_words(cluster, descriptions)
    return by_words or _type_by_pronouns(cluster) or _type_by_labels(cluster)


def _type_by_words(cluster: Cluster, descriptions: tuple[Description, ...]) -> str | None:
    """Return what the words of a name and those beside it say, None where they say nothing."""
    names, words = cluster.names, cluster.words
    seat = noun(" ".join(words)) or noun(words[-1])
    is_body = not cluster.is_personal
    if is_body and seat is None and not cluster.titles and first_name_gender(words[0]) is None:
        return "organization"  # also "the centrist Tax Policy Center"
    described = [
        d.type for d in descriptions if d.type in ("person", "organization") and not is_person_or_body(d.noun)
    ]
    if described and country(names[0].text) is None:
        return max(dict.fromkeys(described), key=described.count)
    if any(name.courtesy for name in names):
        return "person"
    if seat is not None and seat.type == "place":
        return "place"
    if is_body:
        return "organization"
    return "person" if cluster.has_first_name and not all(name.determined for name in names) else None


def _type_by_pronouns(cluster: Cluster) -> str | None:
    """Return what the pronouns in a name's own clauses say ("raised its forecast"), None without any."""
    pronouns = [name.pronoun for name in cluster.names if name.pronoun != "-"]
    things = pronouns.count("n")
    persons = len(pronouns) - things
    if things > persons:
        return "organization"
    full = len(cluster.words) > 1 and not any(name.located for name in cluster.names)
    return "person" if full and persons > things else None


def _is_surely_person(cluster: Cluster, descriptions: tuple[Description, ...]) -> bool:
    """Return whether a first name, a title or a person's description says that a name is a person's.

    "The ferry's owner, Linea Azul" may be a company, whatever the recogniser says.
    """
    if cluster.has_first_name or cluster.courtesy_genders or any(name.courtesy for name in cluster.names):
        return True
    return any(d.type == "person" and not is_person_or_body(d.noun) for d in descriptions)


def _likely(cluster: Cluster, kind: str) -> str:
    """Return what an entity of unknown type most likely is: "Wells Fargo" an organisation."""
    label = _most_frequent([name.label for name in cluster.names])
    return "organization" if kind == "unknown" and label in ("ORG", "PRODUCT") else kind


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
