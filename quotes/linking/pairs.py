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
CONTAINED = 0.8
"""Share of the words of the shorter of two reports from which it may be a part of the other, beside other parts."""
ANOTHER_PART = 0.8
"""What is left of the probability of a pair when one of the two has a likelier counterpart in the other document."""
RESUMED = (0.85, 0.6)
"""Such a share, and the likeness, from which of two reports of one document the one resumes the other: a headline, a
pull quote. Otherwise they are two things said, however alike, unless both report what a third does elsewhere."""
TWO_THINGS = 0.1
"""Most probability of such a pair."""
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
    """A pair of reports, in the order of their documents.

    Have they the same words, does the one resume the other, may it be a part of it, or have they hardly any in common?
    """

    one: int
    other: int
    scored: Scored
    is_repeat: bool
    is_resumed: bool
    is_part: bool
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
        shared, likeness = features.get("shared words", 0.0), features.get("likeness", 0.0)
        is_enough = min(len(first.terms), len(second.terms)) >= _ENOUGH
        is_resumed = is_enough and shared >= RESUMED[0] and likeness >= RESUMED[1]
        is_repeat = is_enough and likeness >= REPEATED
        compared = _Compared(one, other, scored, is_repeat, is_resumed, shared >= CONTAINED, shared < OTHER)
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
    is_copy = len(repeated) >= COPIED * len(reports)
    likely = [_likely(pair.scored, beside, model, same_document=same_document) for pair in pairs]
    best: defaultdict[int, float] = defaultdict(float)
    for pair, value in zip(pairs, likely, strict=True):
        for at in pair[:2]:
            best[at] = max(best[at], value)
    for pair, value in zip(pairs, likely, strict=True):
        one, other = sorted(pair[:2])
        if is_copy and pair.is_other and repeated >= {one, other}:
            yield Edge(one, other, 0.0)
            continue
        probability = value
        if same_document and not pair.is_resumed:
            probability = min(value, TWO_THINGS)
        elif not same_document and not pair.is_part and value < max(best[one], best[other]):
            probability *= ANOTHER_PART
        if probability >= LEAST:
            yield Edge(one, other, round(probability, 4))


def _likely(scored: Scored, beside: Sequence[Scored], model: PairModel, *, same_document: bool) -> float:
    """Return how likely a pair is, beside others that are worth a look."""
    if scored.probability < WORTH_A_LOOK:
        return scored.probability / 2
    return model.probability(standing(scored, beside, same_document=same_document))


def scored_pair(one: Report, other: Report, score: float) -> Scored:
    """Return what is needed of a pair to judge others by it."""
    return Scored(one.statement, other.statement, one.place.sentence, other.place.sentence, score)
