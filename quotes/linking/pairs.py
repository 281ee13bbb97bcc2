"""Compares the pairs of some reports and says how likely each is of one utterance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from quotes.linking.blocks import Block
from quotes.linking.candidates import candidate_pairs
from quotes.linking.clusters import TWO_THINGS
from quotes.linking.conflicts import conflicts
from quotes.linking.features import Comparer
from quotes.linking.model import PairModel, load_model
from quotes.linking.others import WORTH_A_LOOK, Scored, Thirds, standing, worth_a_look
from quotes.linking.reports import Report
from quotes.linking.terms import Rarity
from quotes.linking.window import Array, Window

REPEATED = 0.9
"""Likeness from which two reports have the same words."""
COPIED = 0.6
"""Share of the reports compared that two documents have word for word, from which one is a copy."""
OTHER = 0.4
"""Share of the words of the shorter report below which two have hardly any in common."""
RESUMED = (0.85, 0.6)
"""Such a share, and the likeness, from which of two reports of one person's words in one document the one resumes the
other: a headline, a pull quote. Otherwise they are two things said, however alike, unless both report what a third does
elsewhere."""
LEAST = 0.02
"""Probability of a pair below which it is not told from one that was never compared."""
_LEAST_SCORE = -3.2
"""Score of a pair by itself from which it may be given an edge: a probability of twice the least is one of -3.178."""
_ENOUGH = 4
"""Different words, function words left out, from which a repetition is no accident."""


class Edges(NamedTuple):
    """Pairs that were compared, as columns: the smaller index, the larger, and the probability, 0 for a conflict."""

    ones: Array
    others: Array
    probabilities: Array


class _Compared(NamedTuple):
    """A pair of reports, in the order of their documents.

    Have they the same words, does the one resume the other, or have they hardly any in common?
    """

    one: int
    other: int
    scored: Scored
    is_repeat: bool
    is_resumed: bool
    is_other: bool


class BlockComparer:
    """Compares the reports of blocks one after the other; what is known of a report is kept for the next block."""

    def __init__(self, rarity: Rarity, reports: Callable[[int, int], Sequence[Report]]) -> None:
        """Take how rare terms are, and what gives the reports from one place to before another."""
        self._rarity, self._reports = rarity, reports
        self._window: Window | None = None
        self._start = self._end = 0

    def edges(self, block: Block) -> Edges:
        """Return the pairs that a block adds, by the places of their reports."""
        if self._window is None or self._end != block.start:  # the first, or one that follows blocks done before
            self._window, self._start = Window(self._rarity, self._rarity.terms), block.window
            self._window.move(0, self._reports(block.window, block.start))
        self._window.move(block.window - self._start, self._reports(block.start, block.end))
        self._start, self._end = block.window, block.end
        ones, others, probabilities = edges_of(self._window, load_model())
        return Edges(ones + block.window, others + block.window, probabilities)


def edges_of(window: Window, model: PairModel) -> Edges:
    """Return the pairs of the new reports of a window with each other and with earlier ones, in order."""
    ones, others = candidate_pairs(window)
    barred = conflicts(window, ones, others)
    by_documents: defaultdict[tuple[str, str], list[_Compared]] = defaultdict(list)
    for each in _compared(window, ones[~barred], others[~barred], model):
        by_documents[window.reports[each.one].place.key, window.reports[each.other].place.key].append(each)
    thirds = Thirds(
        ((each.one, each.other, each.scored.probability) for own in by_documents.values() for each in own),
        [report.place.key for report in window.reports],
    )
    judged = [
        edge
        for (here, there), own in by_documents.items()
        for edge in _judged(own, thirds, model, same_document=here == there)
    ]
    found = np.array(judged, dtype=np.float64).reshape(-1, 3)
    first = np.concatenate([ones[barred], found[:, 0].astype(np.int64)])
    second = np.concatenate([others[barred], found[:, 1].astype(np.int64)])
    order = np.lexsort((second, first))
    return Edges(first[order], second[order], np.concatenate([np.zeros(barred.sum()), found[:, 2]])[order])


def _compared(window: Window, ones: Array, others: Array, model: PairModel) -> Iterator[_Compared]:
    """Yield the pairs that matter, compared: of the others no edge is made, and none of them tells about another."""
    reports = window.reports
    features = Comparer(window).features(ones, others)
    scores = model.scores(features)
    sizes = window.columns["terms"]
    is_enough = np.minimum(sizes[ones], sizes[others]) >= _ENOUGH
    shared, likeness = features["shared words"], features["likeness"]
    is_repeat = is_enough & (likeness >= REPEATED)
    is_resumed = is_enough & features["same person"] & (shared >= RESUMED[0]) & (likeness >= RESUMED[1])
    documents = window.pairs_of("document", ones, others)
    matters = (scores >= _LEAST_SCORE) | np.isin(documents, documents[is_repeat])
    columns = (ones, others, scores, is_repeat, is_resumed, shared < OTHER)
    for one, other, score, *what in zip(*(column[matters].tolist() for column in columns), strict=True):
        first, second = sorted((one, other), key=lambda at: reports[at].place.key)
        yield _Compared(first, second, scored_pair(reports[first], reports[second], score), *what)


def _judged(
    pairs: Sequence[_Compared], thirds: Thirds, model: PairModel, *, same_document: bool
) -> Iterator[tuple[int, int, float]]:
    """Yield the edges of two documents, each pair judged beside the others.

    Of a copy each report has its counterpart word for word in the other document, and no other one.
    """
    reports = {at for pair in pairs for at in pair[:2]}
    beside = worth_a_look(pair.scored for pair in pairs)
    repeated = {at for pair in pairs if pair.is_repeat and not same_document for at in pair[:2]}
    is_copy = len(repeated) >= COPIED * len(reports)
    for pair in pairs:
        one, other = sorted(pair[:2])
        if is_copy and pair.is_other and repeated >= {one, other}:
            yield one, other, 0.0
            continue
        likely = pair.scored.probability / 2
        if pair.scored.probability >= WORTH_A_LOOK:
            third = thirds.of(one, other)
            likely = model.probability(standing(pair.scored, beside, same_document=same_document, third=third))
        if same_document and not pair.is_resumed:
            likely = min(likely, TWO_THINGS)
        if likely >= LEAST:
            yield one, other, round(likely, 4)


def scored_pair(one: Report, other: Report, score: float) -> Scored:
    """Return what is needed of a pair to judge others by it."""
    return Scored(one.statement, other.statement, one.place.sentence, other.place.sentence, score)
