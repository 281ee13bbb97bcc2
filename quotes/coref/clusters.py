"""Groups the names of an article: full names first, then surnames and other short forms.

Short forms come second because they need to know the gender and the offices of
those they could mean.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from quotes.coref.names import Name
from quotes.lexicon.entries import country, designator, first_name_gender, word_class
from quotes.syntax.descriptions import Description

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_DOMINANCE = 3
"""How many times more often one of two people of a surname must be named to own the bare surname."""
_MOST_BEARERS = 40
"""Names that share a word, of which the latest are compared with a further one; equal names always are."""
_NEARBY = 2
"""Sentences within which another bearer's full name makes a bare surname ambiguous."""


class Cluster:
    """Names that mean the same, while they are being collected."""

    def __init__(self) -> None:
        self.names: list[Name] = []
        self.words: tuple[str, ...] = ()
        self.is_personal = True
        self.nations: set[str] = set()
        self.courtesy_genders: set[str] = set()
        self.full_sentences: set[int] = set()
        self.titles: set[str] = set()
        self.offices: dict[tuple[str, str], Description] = {}
        self.full_count = 0
        self.has_capitals = self.has_person = self.has_relation = False
        self.gender_of_full_names = "-"

    def add(self, name: Name) -> None:
        """Take one more name in."""
        self.names.append(name)
        self.words = max(self.words, name.words, key=len)
        self.has_capitals |= name.text.isupper()
        self.has_person |= name.label == "PERSON"
        self.has_relation |= any(each.standing in ("kin", "relation") for each in name.appositions)
        if name.description is not None:
            self.offices.setdefault((name.description.noun, name.description.kind), name.description)
        if name.is_full:
            self.full_count += 1
            self.full_sentences.add(name.sentence)
        if name.title:
            self.titles.add(name.title)
        if name.is_organization_like:
            self.is_personal = False
            self.nations |= {name.country} if name.country else set()
        if name.gender != "-":
            self.courtesy_genders.add(name.gender)

    @property
    def has_first_name(self) -> bool:
        """Whether its fullest name opens with a listed first name."""
        return len(self.words) > 1 and first_name_gender(self.words[0]) is not None

    @property
    def is_called_by_surname(self) -> bool:
        """Whether names of a listed first name and the surname alone are mostly taken for a person's."""
        labels = [name.label for name in self.names]
        alone = any(name.words == self.words[-1:] and name.label == "PERSON" for name in self.names)
        return self.has_first_name and alone and 2 * labels.count("PERSON") > len(labels)

    @property
    def gender(self) -> str:
        """m, f or -: from courtesy titles, nouns beside the name, then the first name."""
        if self.courtesy_genders:
            return min(self.courtesy_genders) if len(self.courtesy_genders) == 1 else "-"
        beside = [d.gender for name in self.names for d in name.appositions]
        before = [name.description.gender for name in self.names if name.description is not None]
        by_first_name = first_name_gender(self.words[0]) or "-" if len(self.words) > 1 else "-"
        by_noun = next((gender for gender in (*beside, *before) if gender != "-"), by_first_name)
        generic = any(office.gender == "m" and office.standing == "office" for office in self.offices.values())
        return "-" if generic and (by_noun, by_first_name) == ("m", "f") else by_noun  # "spokesman Karen Dorn"

    def is_called(self, name: Name) -> bool:
        """Return whether one of its names has the office, or one of the same class, that a name has."""
        office = name.description
        return office is not None and any(map(office.is_akin_to, self.offices.values()))


class Grouping:
    """The names of an article by what they mean.

    Attributes:
        clusters: In order of their first name.
        of_name: The cluster of each name, None where two people of a surname fit equally.
        contested: By head token, the names that several clusters fit: those clusters,
            and what decided, "" where nothing did.
    """

    def __init__(self, names: Sequence[Name]) -> None:
        self.clusters: list[Cluster] = []
        self._by_word: defaultdict[str, dict[Cluster, None]] = defaultdict(dict)
        self._by_words: dict[tuple[str, ...], Cluster] = {}
        meant: dict[int, Cluster | None] = {}
        contested: dict[int, tuple[list[Cluster], str]] = {}
        for number, name in enumerate(names):
            if name.is_full:
                meant[number] = self._join(self._of_full_name(name), name)
        for cluster in self.clusters:
            cluster.gender_of_full_names = cluster.gender
        acronyms = _acronyms(self.clusters)
        for number, name in enumerate(names):
            if name.is_full:
                continue
            fitting = self._of_short_form(name) or acronyms[name.words[0]] or acronyms[name.text.replace(".", "")]
            if len(fitting) > 1:  # A headline's capitals make other bearers of a surname: "Late Tull header".
                named = [c for c in fitting if c.titles or first_name_gender(c.words[0])]
                fitting = [c for c in fitting if c in named or not c.full_sentences <= {0}] or fitting
            if len(fitting) > 1:
                bearer, reason = _bearer(fitting, name)
                meant[number], contested[name.head] = bearer, (fitting, reason)
                if bearer is not None:
                    bearer.add(name)
            else:
                meant[number] = self._join(fitting[0] if fitting else None, name)
        self.clusters.sort(key=lambda cluster: cluster.names[0].first)
        place = {cluster: number for number, cluster in enumerate(self.clusters)}
        self.of_name = [None if (c := meant[n]) is None else place[c] for n in range(len(names))]
        self.contested = {n: ([place[c] for c in rivals], why) for n, (rivals, why) in contested.items()}

    def _join(self, known: Cluster | None, name: Name) -> Cluster:
        """Add a name to a cluster, to a new one for None, and return it."""
        if known is None:
            known = Cluster()
            self.clusters.append(known)
        known.add(name)
        self._by_words.setdefault(name.words, known)
        for word in (name.words[0], name.words[-1]):
            bearers = self._by_word[word]
            bearers[known] = None
            if len(bearers) > _MOST_BEARERS:
                del bearers[next(iter(bearers))]
        return known

    def _of_full_name(self, name: Name) -> Cluster | None:
        """Return the cluster of a name of several words: equal, initialled, or one inside the other."""
        for cluster in self._by_word[name.words[-1]]:
            known = cluster.words
            if known[-1] != name.words[-1] or _differ(cluster, name):
                continue
            if set(known) <= set(name.words) or set(name.words) <= set(known):
                return cluster
            short, long = sorted((known[0], name.words[0]), key=len)
            if cluster.is_personal and long.startswith(short) and len(short) != 2:
                return cluster
        for cluster in self._by_word[name.words[0]]:
            shorter, longer = sorted((cluster.words, name.words), key=len)
            if _differ(cluster, name) or (len(shorter) < len(longer) and first_name_gender(shorter[0])):
                continue  # "Ada Tull" is not the Ada Tull Foundation
            if longer[: len(shorter)] == shorter and all(map(designator, longer[len(shorter) :])):
                return cluster
        equal = self._by_words.get(name.words)
        return None if equal is None or _differ(equal, name) else equal

    def _of_short_form(self, name: Name) -> list[Cluster]:
        """Return the clusters that a name of one word can mean.

        "Halder" may be the company Halder Mills or its chief, Ada Halder: a pronoun tells.
        """
        word = name.words[0]
        fitting = [cluster for cluster in self._by_word[word] if _fits(cluster, name)]
        surnames = [c for c in fitting if c.words[-1] == word and (len(c.words) > 1 or c.titles)]
        bodies = [c for c in fitting if not c.is_personal and len(c.words) > 1 and c.words[0] == word]
        if surnames and bodies and not name.courtesy and name.pronoun not in ("m", "f"):
            if name.pronoun == "n":
                return bodies
            if not any(_known_before(bodies, person, name) for person in surnames):
                return [*surnames, *bodies]
        if surnames:
            people = [c for c in surnames if designator(c.words[0]) is None]  # no "Coalition Against Tull"
            return [c for c in people if name.title and name.title in c.titles] or people or surnames
        return [c for c in fitting if len(c.words) == 1] or fitting


def _known_before(bodies: Sequence[Cluster], person: Cluster, name: Name) -> bool:
    """Return whether somebody was called by a bare surname before any body that bears it came up."""
    first = min(body.names[0].first for body in bodies)
    short = person.names[person.full_count : person.full_count + 1]  # the first: they came after the full ones
    called = min(each.first for each in (name, *short))
    return person.names[0].first < called < first


def _differ(cluster: Cluster, name: Name) -> bool:
    """Return whether two like names belong to two countries or to a man and a woman."""
    if name.gender != "-" and cluster.courtesy_genders - {name.gender}:
        return True
    return bool(name.is_organization_like and name.country and cluster.nations - {name.country})


def _fits(cluster: Cluster, name: Name) -> bool:
    """Return whether a name of one word can be short for the names of a cluster."""
    if name.gender != "-" and cluster.gender_of_full_names not in ("-", name.gender):
        return False
    comes_first = name.first < cluster.names[0].first
    if comes_first and name.sentence in cluster.full_sentences:
        return False  # "Lord Peverell sold it to his nephew, Jocelyn Peverell": two people
    if len(cluster.words) == 1:
        return True
    if country(name.text):
        return False
    if comes_first and name.description is not None and not cluster.is_called(name):
        return False  # "President Obama" of the first line is not the Michelle Obama of the fifth
    if cluster.is_personal:
        return _fits_person(cluster, name)
    if name.courtesy or name.label in PLACE_LABELS or name.located:
        return False
    if cluster.words[0] == name.words[0]:
        return all(map(designator, cluster.words[1:]))
    return name.determined


def _fits_person(cluster: Cluster, name: Name) -> bool:
    is_acronym = name.text.isupper() and (1 < len(name.text) < 5 or "." in name.text)
    if is_acronym and not name.courtesy and not cluster.has_capitals:
        return False  # "U.N." is not Kim Jong Un
    # a first name ("Melania"), but not "European"
    may_be_first = name.label != "NORP" and (cluster.has_person or first_name_gender(name.words[0]))
    if cluster.words[-1] != name.words[0] and not may_be_first:
        return False
    return not (name.determined and not name.courtesy) and not (name.label == "GPE" and name.located)


def _bearer(matching: list[Cluster], name: Name) -> tuple[Cluster | None, str]:
    """Choose between several bearers of a name and say what decided; None and "" where nothing does.

    An office before the surname decides ("Senator Clinton"); else the bare
    surname belongs to whom the article names far more often.
    """
    if name.description is not None:
        same = [cluster for cluster in matching if cluster.is_called(name)]
        return (same[0], "the office before it") if len(same) == 1 else (None, "")
    if name.gender != "-":
        same = [cluster for cluster in matching if cluster.gender_of_full_names == name.gender]
        if len(same) == 1:
            return same[0], "the courtesy title before it"
    main, *others = sorted(matching, key=lambda cluster: -cluster.full_count)
    if main.full_count >= _DOMINANCE * others[0].full_count:
        return main, "named in full far more often"
    comes_first = all(main.names[0].first < other.names[0].first for other in others)
    if main.full_count > others[0].full_count and comes_first and not _is_near(others, name, _NEARBY):
        return main, "named first and more often, and no other nearby"
    head = _head_of_family(matching, name)
    return head, "the others came in as relations" if head is not None else ""


def _is_near(clusters: Sequence[Cluster], name: Name, sentences: int) -> bool:
    """Return whether a full name of the clusters is in a name's sentence or some sentences before."""
    nearby = set(range(name.sentence - sentences, name.sentence + 1))
    return any(nearby & cluster.full_sentences for cluster in clusters)


def _head_of_family(matching: Sequence[Cluster], name: Name) -> Cluster | None:
    """Return the one that the text is about when the others came in as relations.

    "Her niece, Morag Corrie" is named in full again; "Corrie" alone is her aunt,
    save right after the niece's name.
    """
    kin = [cluster for cluster in matching if cluster.has_relation]
    others = [cluster for cluster in matching if not cluster.has_relation]
    if len(others) != 1 or name.title is not None or _is_near(kin, name, 1):
        return None
    return others[0] if all(others[0].names[0].first < c.names[0].first for c in kin) else None


def _acronyms(clusters: Sequence[Cluster]) -> defaultdict[str, list[Cluster]]:
    """Return clusters of several words by initials: of names "imf", of offices "GCJ"."""
    out: defaultdict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        if len(cluster.words) > 1:
            initials = "".join([word[0] for word in cluster.words if word not in word_class("name_filler")])
            every = "".join([word[0] for word in cluster.words])
            for form in {initials, every} | {name.office_initials for name in cluster.names}:
                if len(out[form]) < _MOST_BEARERS:
                    out[form].append(cluster)
    return out
