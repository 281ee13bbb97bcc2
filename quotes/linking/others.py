"""How a pair stands among the other pairs of its two documents.

Two articles about one interview report the same things in nearly the same order: what stands beside linked
statements is likelier to be linked. And each part of an answer has one counterpart: a pair whose half has a better
partner in the other document is less likely one. Two reports that are both likely of one utterance with a third one
elsewhere are likelier so themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from quotes.scoring.scorer import probability

NEAR = 3
"""Sentences that two pairs are apart in either document up to which they are neighbours."""
WORTH_A_LOOK = 0.05
"""Probability of a pair by itself below which it tells nothing about others."""


@dataclass(frozen=True)
class Scored:
    """A pair: the ids of its reports, the sentences they begin in, and its score by itself."""

    one: str
    other: str
    sentence: int
    other_sentence: int
    score: float

    @cached_property
    def probability(self) -> float:
        """How likely it is, taken by itself."""
        return probability((1.0, 0.0), self.score)


def worth_a_look(pairs: Iterable[Scored]) -> list[Scored]:
    """Return the pairs that tell something about others."""
    return [pair for pair in pairs if pair.probability >= WORTH_A_LOOK]


def standing(pair: Scored, others: Iterable[Scored], *, same_document: bool, third: float = 0.0) -> dict[str, float]:
    """Return named features of a pair from the pairs of the same two documents that are worth a look.

    Args:
        pair: The pair.
        others: Pairs of the same two documents.
        same_document: Whether the two are one.
        third: How likely both are of one utterance with a third report, in another document.
    """
    near = rival = 0.0
    own = {pair.one, pair.other}
    for other in others:
        common = own & {other.one, other.other}
        if len(common) == 2:
            continue
        if common:
            rival = max(rival, other.probability)
            continue
        away = (other.sentence - pair.sentence, other.other_sentence - pair.other_sentence)
        if max(map(abs, away)) <= NEAR and away[0] * away[1] >= 0:
            near = max(near, other.probability)
    return {
        "bias": 1.0,
        "own score": pair.score,
        "neighbour linked": near,
        "better rival": max(0.0, rival - pair.probability),
        "third report": third,
        "same document": float(same_document),
        "own score × same document": pair.score * same_document,
    }


class Thirds:
    """Tells how likely two reports are of one utterance with a third one, by the pairs by themselves."""

    def __init__(self, pairs: Iterable[tuple[int, int, float]], documents: Sequence[str]) -> None:
        """Take pairs of reports with their probability, and the document of each report."""
        self._documents = documents
        self._beside: defaultdict[int, dict[int, float]] = defaultdict(dict)
        for one, other, likely in pairs:
            if likely >= WORTH_A_LOOK and documents[one] != documents[other]:
                self._beside[one][other] = self._beside[other][one] = likely

    def of(self, one: int, other: int) -> float:
        """Return the probability of the less likely of the two pairs with the best third report."""
        mine, theirs = self._beside.get(one, {}), self._beside.get(other, {})
        own = {self._documents[one], self._documents[other]}
        common = (third for third in mine.keys() & theirs.keys() if self._documents[third] not in own)
        return max((min(mine[third], theirs[third]) for third in common), default=0.0)
