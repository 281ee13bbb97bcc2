"""Compares the pairs of some reports and says how likely each is of one utterance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quotes.linking.candidates import candidate_pairs
from quotes.linking.conflicts import conflict
from quotes.linking.features import Comparer
from quotes.linking.model import PairModel
from quotes.linking.others import WORTH_A_LOOK, Scored, standing, worth_a_look
from quotes.linking.reports import Report
from quotes.linking.terms import Rarity

REPEATED = 0.9
"""Likeness from which two reports have the same words."""
COPIED = 0.6
"""Share of the reports compared that two documents have word for word, from which one is a copy."""
OTHER = 0.4
"""Share of the words of the shorter report below which two have hardly any in common."""
LEAST = 0.02
"""Probability of a pair below which it is not told from one that was never compared."""


_ENOUGH = 4
"""Different words, function words left out, from which a repetition is no accident."""


class Edge(NamedTuple):
    """A pair that was compared, and its probability, 0 for one in conflict."""

    one: int
    other: int
    probability: float


class _Compared(NamedTuple):
    """A pair of reports, in the order of their documents: have they the same words, or hardly any in common?"""

    one: int
    other: int
    scored: Scored
    is_repeat: bool
    is_other: bool


def edges_of(reports: Sequence[Report], first_new: int, rarity: Rarity, model: PairModel) -> list[Edge]:
    """Return the pairs of new reports with each other and with earlier ones, in order.

    Args:
        reports: Those of some days, whole documents, the new ones last.
        first_new: Index of the first new one.
        rarity: How rare terms are.
        model: The weights.
    """
    comparer = Comparer(rarity)
    by_documents: defaultdict[tuple[str, str], list[_Compared]] = defaultdict(list)
    found: list[Edge] = []
    for pair in candidate_pairs(reports, first_new, rarity):
        one, other = sorted(pair, key=lambda at: reports[at].place.key)
        first, second = reports[one], reports[other]
        if conflict(first, second, rarity):
            found.append(Edge(*pair, 0.0))
            continue
        features = comparer.features(first, second)
        scored = scored_pair(first, second, model.score(features))
        is_repeat = features.get("likeness", 0.0) >= REPEATED and len(first.terms) >= _ENOUGH
        is_other = features.get("shared words", 0.0) < OTHER
        compared = _Compared(one, other, scored, is_repeat, is_other)
        by_documents[first.place.key, second.place.key].append(compared)
    for (here, there), pairs in by_documents.items():
        found += _judged(pairs, model, same_document=here == there)
    return sorted(found)


def _judged(pairs: Sequence[_Compared], model: PairModel, *, same_document: bool) -> Iterator[Edge]:
    """Yield the edges of two documents, each pair judged beside the others.

    Of a copy each report has its counterpart word for word in the other document, and no other one.
    """
    reports = {at for pair in pairs for at in pair[:2]}
    beside = worth_a_look(pair.scored for pair in pairs)
    repeated = {at for pair in pairs if pair.is_repeat and not same_document for at in pair[:2]}
    for one, other, scored, _, is_other in pairs:
        if is_other and len(repeated) >= COPIED * len(reports) and repeated >= {one, other}:
            yield Edge(min(one, other), max(one, other), 0.0)
            continue
        likely = scored.probability / 2
        if scored.probability >= WORTH_A_LOOK:
            likely = model.probability(standing(scored, beside, same_document=same_document))
        if likely >= LEAST:
            yield Edge(min(one, other), max(one, other), round(likely, 4))


def scored_pair(one: Report, other: Report, score: float) -> Scored:
    """Return what is needed of a pair to judge others by it."""
    return Scored(one.statement, other.statement, one.place.sentence, other.place.sentence, score)
