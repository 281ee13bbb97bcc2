"""Groups the names of a document into entities and learns what each one is.

Full names first, then surnames and other short forms, which need to know the
gender and the offices of those they could stand for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quotes.identity.appositions import Learned
from quotes.identity.names import Name
from quotes.identity.phrases import Description
from quotes.identity.vocabulary import designator, first_name_gender, is_person_or_body, noun
from quotes.parse import Parse

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_DOMINANCE = 3
"""How many times more often one of two people of a surname must be named to own the bare surname."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that the document names.

    Attributes:
        name: Best name: the fullest form as written, without titles.
        type: person, organization, place, document or unknown.
        gender: m, f, n, or - while unknown.
        descriptions: Offices and descriptions that the text gives it.
        represents: Tokens of the bodies it is said to speak for.
        first: First token of its first mention.
        forms: How many times each written form occurs.
    """

    name: str
    type: str
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
    """

    entities: tuple[Entity, ...]
    of_name: tuple[int | None, ...]


class _Cluster:
    """Names that mean the same, while they are being collected."""

    def __init__(self) -> None:
        self.members: list[int] = []
        self.names: list[Name] = []
        self.words: tuple[str, ...] = ()
        self.is_personal = True
        self.nations: set[str] = set()
        self.courtesy_genders: set[str] = set()
        self.full_mentions = 0
        self.full_sentences: set[int] = set()
        self.titles: set[str] = set()

    def add(self, index: int, name: Name) -> None:
        """Take one more name in."""
        self.members.append(index)
        self.names.append(name)
        self.words = max(self.words, name.words, key=len)
        if len(name.words) > 1:
            self.full_mentions += 1
            self.full_sentences.add(name.sentence)
        if name.title:
            self.titles.add(name.title)
        if name.is_organization_like:
            self.is_personal = False
            self.nations |= {name.country} if name.country else set()
        if name.gender != "-":
            self.courtesy_genders.add(name.gender)

    def gender(self, learned: Learned) -> str:
        """Return m, f or -: from courtesy titles, nouns beside the name, then the first name."""
        if self.courtesy_genders:
            return min(self.courtesy_genders) if len(self.courtesy_genders) == 1 else "-"
        beside = (learned.gender_of(n) for n in self.names)
        before = (n.description.gender for n in self.names if n.description)
        shown = next((g for g in (*beside, *before) if g != "-"), "-")
        if shown != "-" or len(self.words) < 2:
            return shown
        return first_name_gender(self.words[0]) or "-"


def register(parse: Parse, found: Sequence[Name], learned: Learned) -> Registry:
    """Group names into entities.

    Args:
        parse: The parse.
        found: The document's names, in text order.
        learned: What appositions say about them.

    Returns:
        The entities, and the entity of every name.
    """
    clusters: list[_Cluster] = []
    of_name: dict[int, _Cluster | None] = {}
    by_word: dict[str, list[_Cluster]] = {}
    for index, name in enumerate(found):
        if len(name.words) > 1:
            of_name[index] = _join(clusters, by_word, _same_full_name(by_word, name), index, name)
    genders = {id(c): c.gender(learned) for c in clusters}
    acronyms = _acronyms(clusters)
    for index, name in enumerate(found):
        if len(name.words) > 1:
            continue
        matching = _short_form_of(by_word, name, genders) or acronyms.get(name.words[0], [])
        if len(matching) > 1:
            of_name[index] = chosen = _closest(matching, name)
            if chosen is not None:
                chosen.add(index, name)
            continue
        of_name[index] = _join(clusters, by_word, matching[0] if matching else None, index, name)
    ordered = sorted(clusters, key=lambda c: c.members[0])
    place = {id(c): i for i, c in enumerate(ordered)}
    entities = tuple(_entity(parse, c, learned) for c in ordered)
    return Registry(entities, tuple(None if (c := of_name[i]) is None else place[id(c)] for i in range(len(found))))


def _join(
    clusters: list[_Cluster], by_word: dict[str, list[_Cluster]], known: _Cluster | None, index: int, name: Name
) -> _Cluster:
    if known is None:
        known = _Cluster()
        clusters.append(known)
    known.add(index, name)
    for word in {name.words[0], name.words[-1]}:
        if known not in by_word.setdefault(word, []):
            by_word[word].append(known)
    return known


def _same_full_name(by_word: Mapping[str, list[_Cluster]], name: Name) -> _Cluster | None:
    """Return the cluster of a name of several words: equal, initialled, or one inside the other."""
    for cluster in by_word.get(name.words[-1], []):
        known = cluster.words
        if known[-1] != name.words[-1] or _differ(cluster, name):
            continue
        if set(known) <= set(name.words) or set(name.words) <= set(known):
            return cluster
        if cluster.is_personal and _same_first_name(known[0], name.words[0]):
            return cluster
    for cluster in by_word.get(name.words[0], []):
        shorter, longer = sorted((cluster.words, name.words), key=len)
        if longer[: len(shorter)] == shorter and _only_designators(longer[len(shorter) :]):
            return cluster
    return None


def _differ(cluster: _Cluster, name: Name) -> bool:
    """Return whether two like names belong to two countries or to a man and a woman."""
    if name.gender != "-" and cluster.courtesy_genders - {name.gender}:
        return True
    return bool(name.is_organization_like and name.country and cluster.nations - {name.country})


def _same_first_name(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and (len(short) == 1 or len(short) >= 3)


def _only_designators(words: Iterable[str]) -> bool:
    return all(designator(word) for word in words)


def _short_form_of(
    by_word: Mapping[str, list[_Cluster]], name: Name, genders: Mapping[int, str]
) -> list[_Cluster]:
    """Return the clusters that a name of one word can stand for."""
    word = name.words[0]
    fitting = [c for c in by_word.get(word, []) if _fits(c, name, genders.get(id(c), "-"))]
    surnames = [c for c in fitting if c.words[-1] == word and (len(c.words) > 1 or c.titles)]
    if surnames:
        return [c for c in surnames if name.title and name.title in c.titles] or surnames
    alone = [c for c in fitting if len(c.words) == 1]
    return alone or fitting


def _fits(cluster: _Cluster, name: Name, gender: str) -> bool:
    if name.gender != "-" and gender not in ("-", name.gender):
        return False
    if cluster.full_sentences & {name.sentence} and name.first < cluster.names[0].first:
        return False  # "Lord Peverell sold it to his nephew, Jocelyn Peverell": two people
    if len(cluster.words) == 1:
        return True
    if cluster.is_personal:
        return not (name.determined and not name.courtesy) and not (name.label == "GPE" and name.located)
    if name.courtesy or name.label in _PLACE_LABELS or name.located:
        return False
    if cluster.words[0] == name.words[0]:
        return _only_designators(cluster.words[1:])
    return name.determined


def _closest(matching: list[_Cluster], name: Name) -> _Cluster | None:
    """Choose between several people of one surname; None where nothing decides.

    An office before the surname decides ("Senator Clinton"); else the bare
    surname belongs to whoever the document names far more often.
    """
    if name.description is not None:
        wanted = name.description
        same = [c for c in matching if any(_same_office(n.description, wanted) for n in c.names)]
        return same[0] if len(same) == 1 else None
    ranked = sorted(matching, key=lambda c: -c.full_mentions)
    if ranked[0].full_mentions >= _DOMINANCE * ranked[1].full_mentions:
        return ranked[0]
    return None


def _same_office(one: Description | None, other: Description) -> bool:
    return one is not None and (one.noun == other.noun or (one.kind == other.kind and one.kind != "-"))


def _acronyms(clusters: Sequence[_Cluster]) -> dict[str, list[_Cluster]]:
    """Return clusters of several words by the initials of their names ("imf")."""
    out: dict[str, list[_Cluster]] = {}
    for cluster in clusters:
        if len(cluster.words) < 2:
            continue
        initials = "".join(w[0] for w in cluster.words if w not in ("of", "for", "and", "the", "&"))
        every = "".join(w[0] for w in cluster.words)
        for form in {initials, every}:
            if len(form) >= 2:
                out.setdefault(form, []).append(cluster)
    return out


def _entity(parse: Parse, cluster: _Cluster, learned: Learned) -> Entity:
    descriptions = dict.fromkeys(
        d for n in cluster.names for d in (*((n.description,) if n.description else ()), *learned.descriptions_of(n))
    )
    kind = _type(cluster, tuple(descriptions))
    forms = Counter(n.text for n in cluster.names)
    return Entity(
        name=_best_name(cluster, forms, kind),
        type=kind,
        gender=cluster.gender(learned) if kind in ("person", "unknown") else "n",
        descriptions=tuple(descriptions),
        represents=tuple(dict.fromkeys(t for n in cluster.names for t in learned.represented_by(n))),
        first=min(n.first for n in cluster.names),
        forms=forms,
    )


def _best_name(cluster: _Cluster, forms: Mapping[str, int], kind: str) -> str:
    """Return the fullest form: most words, not in capitals, most frequent, first."""
    order = {n.text: -i for i, n in reversed(list(enumerate(cluster.names)))}
    words = {n.text: len(n.words) + (bool(n.country) if kind == "organization" else 0) for n in cluster.names}
    single = all(len(n.words) == 1 for n in cluster.names)
    return max(
        forms, key=lambda text: (words[text], single or not text.isupper(), forms[text], order[text])
    )


def _type(cluster: _Cluster, descriptions: tuple[Description, ...]) -> str:
    """Decide what a name names; the surest signs come first."""
    members = cluster.names
    if any(n.gender != "-" for n in members):
        return "person"
    described = Counter(
        d.type for d in descriptions if d.type in ("person", "organization") and not is_person_or_body(d.noun)
    )
    if described:
        return described.most_common(1)[0][0]
    words = cluster.words
    if any(n.courtesy for n in members):
        return "person"
    seat = noun(" ".join(words)) or noun(words[-1])
    if seat is not None and seat.type == "place":
        return "place"
    if any(n.is_organization_like for n in members):
        return "organization"
    if len(words) > 1 and first_name_gender(words[0]) and not all(n.determined for n in members):
        return "person"
    return _type_by_labels(members, words)


def _type_by_labels(members: Sequence[Name], words: tuple[str, ...]) -> str:
    labels = Counter(n.label for n in members if n.label)
    if sum(n.located for n in members) and labels.most_common(1)[:1] != [("PERSON", labels["PERSON"])]:
        return "place"
    if labels["PERSON"] and labels["PERSON"] >= labels["GPE"] and not all(n.determined for n in members):
        return "person"
    top = labels.most_common(1)[0][0] if labels else ""
    if top in _PLACE_LABELS:
        return "place"
    if top == "ORG" and any(n.text.isupper() or n.determined or len(words) == 1 for n in members):
        return "organization"
    if len(words) in (2, 3) and not any(n.determined for n in members):
        return "person" if top in ("", "ORG", "WORK_OF_ART", "PRODUCT", "NORP") else "unknown"
    return "organization" if top in ("ORG", "PRODUCT") else "unknown"
