"""How much each referent is on a reader's mind at a place in the article."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import itemgetter

from quotes.syntax.parse import Parse

_DECAY = 0.6
"""What is left of a referent's salience after a sentence that does not mention it."""
_QUOTED_SENTENCE = 0.2
"""How much of a sentence one counts that is wholly inside quotation marks."""
_FADED = 0.04
"""Salience below which a referent is forgotten."""
QUOTED_MENTION = 0.2
"""Weight of a mention inside quoted words."""
SPEAKER = 1.2
"""Weight of a speaker's mention."""
_PROMINENT = 0.6
"""Weight from which a mention is a subject's or a speaker's."""
SUBORDINATE = frozenset({"relcl", "acl", "advcl", "ccomp", "xcomp", "pcomp", "csubj"})
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
        self.last_clock: dict[int, float] = {}
        self.last_prominent: dict[int, float] = {}

    def mention(self, referent: int, clock: float, weight: float) -> None:
        """Record a mention of a referent at a time of the reading clock."""
        if weight >= _PROMINENT:
            self.last_prominent[referent] = clock
        self._values[referent] = (min(self.at(referent, clock) + weight, _HIGHEST), clock)
        self.last_clock[referent] = clock

    def at(self, referent: int, clock: float) -> float:
        """Return a referent's salience at a time, 0 where it was never mentioned."""
        if referent not in self._values:
            return 0.0
        value, then = self._values[referent]
        return value * math.pow(_DECAY, clock - then) if clock > then else value

    def active(self, clock: float) -> list[tuple[int, float]]:
        """Return the referents still in mind with their salience, dropping the forgotten ones."""
        now: list[tuple[int, float]] = []
        faded: list[int] = []
        for referent, (value, then) in self._values.items():
            left = value * math.pow(_DECAY, clock - then) if clock > then else value
            if left >= _FADED:
                now.append((referent, left))
            else:
                faded.append(referent)
        for referent in faded:
            del self._values[referent]
        return sorted(now, key=itemgetter(1), reverse=True)


def reading_clock(parse: Parse, quoted: Sequence[bool]) -> tuple[float, ...]:
    """Return the reading time of each sentence: quoted ones pass quickly.

    A pronoun after a quotation of ten sentences still means who was named before it.
    """
    clock = [0.0]
    for first, last in parse.sentence_bounds:
        inside = _is_quoted(parse, quoted, first, last)
        clock.append(clock[-1] + (_QUOTED_SENTENCE if inside else 1.0))
    return tuple(clock[:-1])


def _is_quoted(parse: Parse, quoted: Sequence[bool], first: int, last: int) -> bool:
    """Return whether all words of a sentence are in quotation marks."""
    for token in range(first, last):
        if not quoted[token] and parse.pos[token] not in ("PUNCT", "SPACE"):
            return False
    return True


def weight(parse: Parse, token: int) -> float:
    """Return how prominent a mention is by its grammatical role."""
    role, climbed = parse.deps[token], 0
    while role in ("appos", "conj") and parse.heads[token] != token and climbed < _LONGEST_CLIMB:
        token = parse.heads[token]
        role = parse.deps[token]
        climbed += 1
    if role == "pobj" and parse.deps[parse.heads[token]] == "agent":
        role = "agent"
    value = _BY_ROLE.get(role, _OTHERWISE)
    if role == "dobj" and any(
        parse.deps[c] == "xcomp" and c > token for c in parse.children[parse.heads[token]]
    ):
        value = _ACTING_OBJECT
    if role in ("nsubj", "nsubjpass") and parse.deps[parse.heads[token]] in SUBORDINATE:
        value *= _IN_SUBORDINATE_CLAUSE
    return value
