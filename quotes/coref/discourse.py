"""What is known of an article's people and bodies, from their names to what each expression means."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from functools import cached_property, partial

from quotes.candidates.candidate import Candidate, Identity
from quotes.coref.appositions import with_appositions
from quotes.coref.clusters import Grouping
from quotes.coref.expressions import expressions
from quotes.coref.names import Name, find_names
from quotes.coref.referents import Reference, Referent, entity_of
from quotes.coref.salience import Salience, reading_clock
from quotes.lexicon.entries import folded
from quotes.syntax.article import Article
from quotes.syntax.descriptions import Description, describe
from quotes.syntax.mention import Mention
from quotes.text.spans import Span

MOST_CALLED = 100
"""Of those whom a noun can call up, how many are compared: the ones met last."""


class Discourse:
    """What every step of coreference works with, in the order in which the steps find it."""

    def __init__(self, article: Article, candidates: Sequence[Candidate]) -> None:
        self.article = article
        self.parse = parse = article.parse
        self.candidates = candidates
        self.names = with_appositions(parse, find_names(parse))
        self.grouping = Grouping(self.names)
        self.entities = tuple([entity_of(cluster) for cluster in self.grouping.clusters])
        """What the clusters of names mean."""
        self.entity_at: dict[int, int | None] = {}
        """Index of an entity by the tokens of its names, None where two people fit equally."""
        self.apposed: dict[int, int | None] = {}
        """Index of an entity by the head of a common noun in apposition to one of its names."""
        for name, entity in zip(self.names, self.grouping.of_name, strict=True):
            self.entity_at.update(dict.fromkeys(range(name.first, name.last + 1), entity))
            for noun in name.apposed:
                self.apposed.setdefault(noun, entity)
        self.namesakes: defaultdict[int, set[int]] = defaultdict(set)
        """For an entity, those that a bare surname of the article can mean, perhaps itself among them."""
        for entities in {tuple(self.open_to(token)) for token in self.grouping.contested}:
            for entity in entities:
                self.namesakes[entity].update(entities)
        self.expressions = expressions(article, self.names, candidates)
        self.clock = reading_clock(article)
        self.speakers: dict[int, Identity | None] = {}
        """Identities of speakers by candidate, as far as they were asked for."""
        self.labels: dict[str, int | None] = {}
        """Referents of the labels of turns, as far as they were asked for."""
        self.offices: dict[int, Span | None] = {}
        """The first office of entities, as far as it was asked for."""
        self.reasons: dict[int, Span] = {}
        """Why the text gives somebody no name, by the head of an expression."""
        self.restart({})

    def restart(self, genders: Mapping[int, str]) -> None:
        """Forget all that was bound, but for the genders that pronouns gave to entities."""
        self.referents: list[Referent] = []
        """The entities, then everybody met without a name."""
        self.references: dict[int, Reference] = {}
        """What an expression refers to by its head token; a name's by all its tokens."""
        self.salience = Salience()
        self.met: set[int] = set()
        self.last_speaker: int | None = None
        """Whose words were reported last."""
        self.last_cue: int | None = None
        """The head of the cue of those words, None without one."""
        self.callings: defaultdict[str, list[int]] = defaultdict(list)
        """Referents by the nouns, and classes of nouns, that can call them up."""
        self.called: defaultdict[str, deque[int]] = defaultdict(partial(deque, maxlen=MOST_CALLED))
        """The latest of them that were met so far."""
        self.owned: dict[tuple[int, str], int] = {}
        """The referent of "her grandson" by its owner and noun."""
        self.owners: defaultdict[int, dict[tuple[int, str], None]] = defaultdict(dict)
        """The keys of ``owned`` by the referent."""
        self.groups: dict[int, int] = {}
        """The group of coordinated referents by the token of its last member."""
        self._votes: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for index, entity in enumerate(self.entities):
            self.add(entity._replace(gender=genders.get(index, entity.gender)))

    @cached_property
    def mentions(self) -> dict[int, Mention]:
        """Mentions of speakers and addressees by their tokens."""
        every = [m for c in reversed(self.candidates) for m in (c.addressee, c.speaker) if m is not None]
        return {token: m for m in every for token in self.parse.tokens_in(m.span)}

    @cached_property
    def names_at(self) -> dict[int, list[Name]]:
        """Names by their tokens, those of their titles and those of the nouns in apposition to them."""
        out: defaultdict[int, list[Name]] = defaultdict(list)
        for name in self.names:
            for token in {*range(name.start - 1, name.last + 1), *name.apposed}:
                out[token].append(name)
        return dict(out)

    @cached_property
    def speaker_spans(self) -> dict[int, Span]:
        """The first mention of a speaker by its head token."""
        return {c.speaker.head: c.speaker.span for c in reversed(self.candidates) if c.speaker is not None}

    @cached_property
    def by_label(self) -> dict[str, list[int]]:
        """Indices of referents by what a label can call them: the ends of a name, its initials, an office."""
        out: defaultdict[str, list[int]] = defaultdict(list)
        for index, referent in enumerate(self.referents):
            if referent.name is not None:
                first, *rest = folded(referent.name).split()
                initials = "".join(word[0] for word in (first, *rest))
                for key in {first, *rest[-1:], initials, *(each.noun for each in referent.descriptions)}:
                    out[key].append(index)
        return dict(out)

    @cached_property
    def reason_of(self) -> dict[int | None, Span]:
        """Why the text gives a referent no name."""
        return {self.referent_at(head): reason for head, reason in reversed(self.reasons.items())}

    @cached_property
    def _said_in(self) -> dict[int, list[tuple[int, Span]]]:
        """Indices of candidates and pieces of their contents by the sentences that these are in."""
        out: defaultdict[int, list[tuple[int, Span]]] = defaultdict(list)
        for index, candidate in enumerate(self.candidates):
            for span in candidate.content:
                for sentence in {self.parse.sentences[token] for token in self.parse.tokens_in(span)}:
                    out[sentence].append((index, span))
        return dict(out)

    @cached_property
    def by_name(self) -> dict[str, int]:
        """Index of each entity by its name, without accents and case."""
        return {folded(e.name): index for index, e in reversed([*enumerate(self.entities)]) if e.name is not None}

    @cached_property
    def distances(self) -> dict[int, int]:
        """Sentences from each expression, by its head token, back to the one before of the same referent."""
        last: dict[int, int] = {}
        out: dict[int, int] = {}
        for expression in self.expressions:
            referent, sentence = self.referent_at(expression.token), self.parse.sentences[expression.token]
            if referent is not None:
                out[expression.token] = abs(sentence - last.get(referent, sentence))
                last[referent] = sentence
        return out

    def said_around(self, token: int) -> list[tuple[int, Span]]:
        """Return the candidates, by their indices, in whose words a token is, each with the piece that holds it."""
        at = self.parse.starts[token]
        return [(i, s) for i, s in self._said_in.get(self.parse.sentences[token], ()) if s.start <= at < s.end]

    def open_to(self, head: int) -> Sequence[int]:
        """Return the entities between which nothing decides what a name means, none for most names."""
        fitting, reason = self.grouping.contested.get(head, ((), ""))
        return () if reason else fitting

    def now(self, token: int) -> float:
        """Return the reading time of a token's sentence."""
        return self.clock[self.parse.sentences[token]]

    def referent_at(self, token: int) -> int | None:
        """Return the index of what an expression, by its head token, refers to; None for nothing known."""
        reference = self.references.get(token)
        return None if reference is None else reference.referent

    def known_at(self, token: int) -> int | None:
        """Return the index of whom a token names, refers to, or is in apposition to, None for nobody."""
        known = (self.entity_at.get(token), self.referent_at(token), self.apposed.get(token))
        return next((referent for referent in known if referent is not None), None)

    def meaning_of(self, token: int) -> Referent | None:
        """Return what an expression, by its head token, refers to; None for nothing known."""
        index = self.referent_at(token)
        return None if index is None else self.referents[index]

    def owner_of(self, token: int) -> int | None:
        """Return the referent that owns a noun ("her" in "her grandson"), None without one."""
        owner = self.parse.possessor(token)
        return None if owner is None else self.referent_at(owner)

    def bring_in(self, token: int, description: Description | None = None, owner: int | None = None) -> int:
        """Add somebody or something that a noun mentions for the first time, and return its index."""
        known = description or describe(self.parse, token)
        return self.add(Referent(None, known.type, known.gender, known.plural, (known,), token, owner))

    def add(self, referent: Referent) -> int:
        """Add a referent and return its index."""
        index = len(self.referents)
        self.referents.append(referent)
        for key in referent.callings():
            self.callings[key].append(index)
        if referent.owner is not None:
            for known in referent.descriptions:
                self.own((referent.owner, known.noun), index)
        return index

    def own(self, owner_and_noun: tuple[int, str], referent: int) -> None:
        """Record that a referent is somebody's "grandson"."""
        self.owned[owner_and_noun] = referent
        self.owners[referent][owner_and_noun] = None

    def relations(self, owned: int | None) -> list[tuple[int, str]]:
        """Return whose a referent is, and what: the owner, and "grandson"."""
        return [] if owned is None else [key for key in self.owners[owned] if self.owned[key] == owned]

    def meet(self, index: int) -> None:
        """Record that a referent was mentioned."""
        if index not in self.met:
            self.met.add(index)
            for key in self.referents[index].callings():
                self.called[key].append(index)

    def vote(self, index: int, gender: str) -> None:
        """Record that a pronoun of a gender could only mean this referent."""
        known = self.referents[index]
        if known.gender in ("-", gender) and not (gender == "n" and known.sure):
            self._votes[index][gender] += 1
            self.referents[index] = known._replace(gender=gender)

    def genders_by_pronouns(self) -> dict[int, str]:
        """Return the genders that unambiguous pronouns gave to entities."""
        out: dict[int, str] = {}
        for index, votes in self._votes.items():
            (gender, most), *rest = votes.most_common()
            if index < len(self.entities) and (not rest or most > 2 * rest[0][1]):
                out[index] = gender
        return out
