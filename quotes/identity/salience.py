"""How much each figure of the document is on a reader's mind at a place in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter

from quotes.parse import Parse

DECAY = 0.6
"""What is left of a figure's salience after a sentence that does not mention it."""
QUOTED_SENTENCE = 0.2
"""How much of a sentence one counts that stands wholly inside quotation marks."""
FADED = 0.04
"""Salience below which a figure is forgotten."""
QUOTED_MENTION = 0.2
PROMINENT = 0.6
"""Weight from which a mention is a subject's or a speaker's."""
SPEAKER = 1.2
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
_LONGEST_CLIMB = 6


class Salience:
    """Salience of figures while a document is read from front to back."""

    def __init__(self) -> None:
        self._values: dict[int, tuple[float, float]] = {}
        self.last_clock: dict[int, float] = {}
        self.last_prominent: dict[int, float] = {}

    def mention(self, figure: int, clock: float, weight: float) -> None:
        """Record a mention of a figure at a time of the reading clock."""
        if weight >= PROMINENT:
            self.last_prominent[figure] = clock
        current = self.at(figure, clock)
        self._values[figure] = (min(current + weight, 2.5), clock)
        self.last_clock[figure] = clock

    def at(self, figure: int, clock: float) -> float:
        """Return a figure's salience at a time, 0 where it was never mentioned."""
        value, then = self._values.get(figure, (0.0, clock))
        return float(value * DECAY ** max(0.0, clock - then))

    def active(self, clock: float) -> list[tuple[int, float]]:
        """Return the figures still in mind with their salience, dropping the forgotten ones."""
        now = [
            (figure, float(value * DECAY ** max(0.0, clock - then)))
            for figure, (value, then) in self._values.items()
        ]
        for figure, value in now:
            if value < FADED:
                del self._values[figure]
        return sorted([pair for pair in now if pair[1] >= FADED], key=itemgetter(1), reverse=True)


def reading_clock(parse: Parse, quoted: Sequence[bool]) -> tuple[float, ...]:
    """Return the reading time of each sentence: quoted ones pass quickly.

    A pronoun after a quotation of ten sentences still means who was named before it.
    """
    clock = [0.0]
    for first, last in parse.sentence_bounds:
        inside = all(quoted[t] or parse.pos[t] in ("PUNCT", "SPACE") for t in range(first, last))
        clock.append(clock[-1] + (QUOTED_SENTENCE if inside else 1.0))
    return tuple(before for before, _ in pairwise(clock))


def weight(parse: Parse, token: int) -> float:
    """Return how prominent a mention is by its grammatical role."""
    role = parse.deps[token]
    for _ in range(_LONGEST_CLIMB):
        if role not in ("appos", "conj") or parse.heads[token] == token:
            break
        token = parse.heads[token]
        role = parse.deps[token]
    if role == "pobj" and parse.deps[parse.heads[token]] == "agent":
        role = "agent"
    value = _BY_ROLE.get(role, _OTHERWISE)
    if role == "dobj" and any(
        parse.deps[c] == "xcomp" and c > token for c in parse.children[parse.heads[token]]
    ):
        value = _ACTING_OBJECT
    if role in ("nsubj", "nsubjpass") and parse.deps[parse.heads[token]] in _SUBORDINATE:
        value *= 0.65
    return value
