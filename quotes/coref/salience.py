"""How much each referent is on a reader's mind at a place in the article."""

from __future__ import annotations

import math
from operator import itemgetter

from quotes.lexicon.entries import word_class
from quotes.syntax.article import Article
from quotes.syntax.parse import Parse

_DECAY = 0.6
"""What is left of a referent's salience after a sentence that does not mention it."""
_QUOTED_SENTENCE = 0.2
"""How much of a sentence one counts that is wholly inside quotation marks."""
_NEW_PARAGRAPH = 0.25
"""Part of a sentence that the break before a paragraph counts."""
_FADED = 0.04
"""Salience below which a referent is forgotten."""
QUOTED_MENTION = 0.2
"""Weight of a mention inside quoted words."""
SPEAKER = 1.2
"""Weight of a speaker's mention."""
SPEAKER_IN_BACKGROUND = 0.5
"""Weight of the speaker of a clause that tells what went before: "After the bishop spoke, he said"."""
INTRODUCED = 0.6
"""Least weight of a first mention by full name that says who somebody is: "which worries Omar Dahl, a fisherman"."""
_PROMINENT = 0.6
"""Weight from which a mention is a subject's or a speaker's."""
_SUBORDINATE = frozenset({"relcl", "acl", "advcl", "ccomp", "xcomp", "pcomp", "csubj"})
_BY_ROLE = {
    "nsubj": 1.0,
    "nsubjpass": 0.9,
    "agent": 0.6,
    "ROOT": 0.6,
    "dobj": 0.5,
    "dative": 0.5,
    "poss": 0.45,
    "pobj": 0.35,
    "compound": 0.15,
    "nmod": 0.15,
}
_OTHERWISE = 0.3
_ACTING_OBJECT = 0.65
"""What an object counts that does what follows: "led growers to dig deeper"."""
_IN_SUBORDINATE_CLAUSE = 0.65
"""What the subject of a subordinate clause counts of that of a main clause."""
_LONGEST_CLIMB = 6
_HIGHEST = 2.5
"""Salience that no number of mentions exceeds."""


class Salience:
    """Salience of referents while a document is read from front to back."""

    def __init__(self) -> None:
        self._values: dict[int, tuple[float, float]] = {}
        self.last_prominent: dict[int, float] = {}
        """When a referent was last a subject or a speaker, by the reading clock."""
        self.last_weight: dict[int, float] = {}
        """Its weight then."""

    def mention(self, referent: int, clock: float, weight: float) -> None:
        """Record a mention of a referent at a time of the reading clock."""
        if weight >= _PROMINENT:
            again = self.last_prominent.get(referent) == clock
            self.last_weight[referent] = max(weight, self.last_weight[referent]) if again else weight
            self.last_prominent[referent] = clock
        self._values[referent] = (min(self.at(referent, clock) + weight, _HIGHEST), clock)

    def at(self, referent: int, clock: float) -> float:
        """Return a referent's salience at a time, 0 where it was never mentioned."""
        if referent not in self._values:
            return 0.0
        value, then = self._values[referent]
        return value * math.pow(_DECAY, clock - then) if clock > then else value

    def last_mention(self, referent: int) -> float:
        """Return when a referent was mentioned last, by the reading clock."""
        return self._values.get(referent, (0.0, -math.inf))[1]

    def active(self, clock: float, within: float = math.inf) -> list[tuple[int, float]]:
        """Return the referents mentioned within a time with their salience, and forget the faded ones."""
        self._values = {r: known for r, known in self._values.items() if self.at(r, clock) >= _FADED}
        left = [(r, self.at(r, clock)) for r, (_, then) in self._values.items() if clock - then <= within]
        return sorted(left, key=itemgetter(1), reverse=True)


def reading_clock(article: Article) -> tuple[float, ...]:
    """Return the reading time of each sentence: quoted ones pass quickly.

    A pronoun after a quotation of ten sentences still means who was named before it.
    """
    parse, clock = article.parse, [0.0]
    for first, last in parse.sentence_bounds:
        quoted = article.all_quoted(token for token in range(first, last) if parse.is_word(token))
        after = last < len(parse) and not parse.same_paragraph(first, last)
        clock.append(clock[-1] + (_QUOTED_SENTENCE if quoted else 1.0) + (_NEW_PARAGRAPH if after else 0.0))
    return tuple(clock[:-1])


def weight(parse: Parse, token: int) -> float:
    """Return how prominent a mention is by its grammatical role."""
    for above in parse.ancestors(token, _LONGEST_CLIMB):
        if parse.deps[token] not in ("appos", "conj"):
            break
        token = above
    role, head = parse.deps[token], parse.heads[token]
    if role == "pobj" and parse.deps[head] == "agent":
        role = "agent"
    if (
        role == "pobj"
        and parse.lower(head) == "for"
        and parse.lower(head - 1) == "as"
        and parse.opens_sentence(head - 1)
    ):
        return 1.0  # "As for Ulm, he said"
    if role == "dobj" and any(c > token for c in parse.children_with(head, "xcomp")):
        return _ACTING_OBJECT
    clause = _IN_SUBORDINATE_CLAUSE if is_in_subordinate_clause(parse, token) else 1.0
    clause = SPEAKER_IN_BACKGROUND if is_in_background(parse, token) else clause
    return _BY_ROLE.get(role, _OTHERWISE) * clause


def is_in_background(parse: Parse, token: int) -> bool:
    """Return whether a token is the subject of "After the bishop spoke" before a main clause."""
    clause = parse.heads[token]
    mark = parse.child(clause, "mark")
    opens = mark is not None and parse.lemmas[mark] in word_class("background_opener")
    return opens and parse.deps[clause] == "advcl" and clause < parse.heads[clause]


def is_in_subordinate_clause(parse: Parse, token: int) -> bool:
    """Return whether a token is the subject of a subordinate clause."""
    return parse.deps[token] in ("nsubj", "nsubjpass") and parse.deps[parse.heads[token]] in _SUBORDINATE
