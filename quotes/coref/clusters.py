"""Groups the names of a document: full names first, then surnames and other short forms.

Short forms come second because they need to know the gender and the offices of
those they could stand for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quotes.coref.appositions import Learned
from quotes.coref.names import Name
from quotes.syntax.noun_phrases import Description
from quotes.syntax.vocabulary import country, designator, first_name_gender

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_DOMINANCE = 3
"""How many times more often one of two people of a surname must be named to own the bare surname."""
_NEARBY = 2
"""Sentences within which another bearer's full name makes a bare surname ambiguous."""


class Cluster:
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
        self.found_by: set[str] = set()

    def add(self, index: int, name: Name) -> None:
        """Take one more name in."""
        self.members.append(index)
        self.names.append(name)
        if len(name.words) > len(self.words):
            self.words = name.words
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
        beside = [d.gender for n in self.names for d in learned.descriptions_of(n)]
        before = [n.description.gender for n in self.names if n.description is not None]
        shown = next((g for g in (*beside, *before) if g != "-"), "-")
        if shown != "-" or len(self.words) < 2:
            return shown
        return first_name_gender(self.words[0]) or "-"


@dataclass(frozen=True, slots=True)
class Grouping:
    """The names of a document by what they mean.

    Attributes:
        clusters: In order of their first full name.
        of_name: The cluster of each name, None where two people of a surname fit equally.
        open_to: Those who fit such a name equally, by its index.
    """

    clusters: Sequence[Cluster]
    of_name: Sequence[Cluster | None]
    open_to: Mapping[int, Sequence[Cluster]]


def collect(found: Sequence[Name], learned: Learned) -> Grouping:
    """Group the names of a document that mean the same.

    Args:
        found: The document's names, in text order.
        learned: What appositions say about them.

    Returns:
        The clusters and the cluster of each name.
    """
    clusters: list[Cluster] = []
    of_name: list[Cluster | None] = [None] * len(found)
    open_to: dict[int, Sequence[Cluster]] = {}
    by_word: dict[str, list[Cluster]] = {}
    for index, name in enumerate(found):
        if len(name.words) > 1:
            of_name[index] = _join(clusters, by_word, _same_full_name(by_word, name), index, name)
    genders = {id(c): c.gender(learned) for c in clusters}
    acronyms = _acronyms(clusters)
    for index, name in enumerate(found):
        if len(name.words) > 1:
            continue
        echo = learned.echo_of(name)
        matching = _short_form_of(by_word, name, genders, echo) or acronyms.get(name.words[0], [])
        if len(matching) > 1:
            matching = _without_headline_words(matching)
        if len(matching) > 1:
            of_name[index] = chosen = _closest(matching, name, genders) or _head_of_family(
                matching, name, learned
            )
            if chosen is not None:
                chosen.add(index, name)
            else:
                open_to[index] = matching
        else:
            of_name[index] = _join(clusters, by_word, matching[0] if matching else None, index, name)
    return Grouping(clusters, of_name, open_to)


def _join(
    clusters: list[Cluster], by_word: dict[str, list[Cluster]], known: Cluster | None, index: int, name: Name
) -> Cluster:
    if known is None:
        known = Cluster()
        clusters.append(known)
    known.add(index, name)
    for word in (name.words[0], name.words[-1]):
        if word not in known.found_by:
            known.found_by.add(word)
            by_word.setdefault(word, []).append(known)
    return known


def _same_full_name(by_word: Mapping[str, list[Cluster]], name: Name) -> Cluster | None:
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


def _differ(cluster: Cluster, name: Name) -> bool:
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
    by_word: Mapping[str, list[Cluster]], name: Name, genders: Mapping[int, str], echo: str
) -> list[Cluster]:
    """Return the clusters that a name of one word can stand for.

    "Halder" may be the company Halder Mills or its chief, Ada Halder: a pronoun tells.
    """
    word = name.words[0]
    fitting = [c for c in by_word.get(word, []) if _fits(c, name, genders.get(id(c), "-"))]
    if not fitting:
        return []
    surnames = [c for c in fitting if c.words[-1] == word and (len(c.words) > 1 or c.titles)]
    bodies = [c for c in fitting if not c.is_personal and len(c.words) > 1 and c.words[0] == word]
    if surnames and bodies and not name.courtesy and echo not in ("m", "f"):
        return bodies if echo == "n" else [*surnames, *bodies]
    if surnames:
        return [c for c in surnames if name.title and name.title in c.titles] or surnames
    alone = [c for c in fitting if len(c.words) == 1]
    return alone or fitting


def _without_headline_words(matching: list[Cluster]) -> list[Cluster]:
    """Return the bearers of a surname without what a headline's capitals make ("Late Tull header")."""
    real = [c for c in matching if first_name_gender(c.words[0]) or c.titles or c.full_sentences - {0}]
    return real or matching


def _fits(cluster: Cluster, name: Name, gender: str) -> bool:
    if name.gender != "-" and gender not in ("-", name.gender):
        return False
    if name.sentence in cluster.full_sentences and name.first < cluster.names[0].first:
        return False  # "Lord Peverell sold it to his nephew, Jocelyn Peverell": two people
    if len(cluster.words) == 1:
        return True
    if _other_holder(cluster, name) or country(name.text):
        return False
    if cluster.is_personal:
        if _is_acronym(name.text) and not any(n.text.isupper() for n in cluster.names):
            return False  # "U.N." is not Kim Jong Un
        if cluster.words[-1] != name.words[0] and not _is_first_name(cluster, name):
            return False
        return not (name.determined and not name.courtesy) and not (name.label == "GPE" and name.located)
    if name.courtesy or name.label in _PLACE_LABELS or name.located:
        return False
    if cluster.words[0] == name.words[0]:
        return _only_designators(cluster.words[1:])
    return name.determined


def _is_acronym(text: str) -> bool:
    return text.isupper() and (1 < len(text) < 5 or "." in text)


def _is_first_name(cluster: Cluster, name: Name) -> bool:
    """Return whether a word that opens a longer name can stand for it ("Melania", not "European")."""
    if country(name.text) or name.label == "NORP":
        return False
    return first_name_gender(name.words[0]) is not None or any(n.label == "PERSON" for n in cluster.names)


def _other_holder(cluster: Cluster, name: Name) -> bool:
    """Return whether a title before a surname means somebody else than the full name that comes later.

    "President Obama" of the first line is not the Michelle Obama of the fifth.
    """
    if name.description is None or name.first > cluster.names[0].first:
        return False
    return not any(_same_office(n.description, name.description) for n in cluster.names)


def _closest(matching: list[Cluster], name: Name, genders: Mapping[int, str]) -> Cluster | None:
    """Choose between several people of one surname; None where nothing decides.

    An office before the surname decides ("Senator Clinton"); else the bare
    surname belongs to whoever the document names far more often.
    """
    if name.description is not None:
        wanted = name.description
        same = [c for c in matching if any(_same_office(n.description, wanted) for n in c.names)]
        return same[0] if len(same) == 1 else None
    if name.gender != "-":
        same_gender = [c for c in matching if genders.get(id(c)) == name.gender]
        if len(same_gender) == 1:
            return same_gender[0]
    ranked = sorted(matching, key=lambda c: -c.full_mentions)
    main, second = ranked[0], ranked[1]
    if main.full_mentions >= _DOMINANCE * second.full_mentions:
        return main
    if main.full_mentions > second.full_mentions and _is_topic(main, ranked[1:], name):
        return main
    return None


def _is_topic(main: Cluster, others: Sequence[Cluster], name: Name) -> bool:
    """Return whether a surname's main bearer was named first and no other one nearby."""
    if any(other.names[0].first < main.names[0].first for other in others):
        return False
    nearby = range(name.sentence - _NEARBY, name.sentence + 1)
    return not any(sentence in other.full_sentences for other in others for sentence in nearby)


def _head_of_family(matching: Sequence[Cluster], name: Name, learned: Learned) -> Cluster | None:
    """Return the one that the text is about when the others came in as relations.

    "Her niece, Morag Corrie" is named in full again; "Corrie" alone is her aunt,
    save right behind the niece's name.
    """
    kin = [c for c in matching if any(_is_relation(d) for n in c.names for d in learned.descriptions_of(n))]
    others = [c for c in matching if c not in kin]
    if len(others) != 1 or not kin or name.description is not None or name.title is not None:
        return None
    near = range(name.sentence - 1, name.sentence + 1)
    first = all(others[0].names[0].first < c.names[0].first for c in kin)
    return others[0] if first and not any(s in c.full_sentences for c in kin for s in near) else None


def _is_relation(description: Description) -> bool:
    return description.standing in ("kin", "relation")


def _same_office(one: Description | None, other: Description) -> bool:
    return one is not None and (one.noun == other.noun or (one.kind == other.kind and one.kind != "-"))


def _acronyms(clusters: Sequence[Cluster]) -> dict[str, list[Cluster]]:
    """Return clusters of several words by the initials of their names ("imf")."""
    out: dict[str, list[Cluster]] = {}
    for cluster in clusters:
        if len(cluster.words) < 2:
            continue
        initials = "".join(w[0] for w in cluster.words if w not in ("of", "for", "and", "the", "&"))
        every = "".join(w[0] for w in cluster.words)
        for form in {initials, every}:
            if len(form) >= 2:
                out.setdefault(form, []).append(cluster)
    return out
