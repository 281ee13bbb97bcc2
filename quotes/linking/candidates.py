"""Which pairs of reports are worth comparing: those that share rare words within a span of days.

Never because of a speaker alone: of what somebody said in a month nearly no two reports are of one utterance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Any

import numpy as np

from quotes.linking.reports import Report
from quotes.linking.terms import Rarity, stem

DAYS = 366
"""Days of publication that two reports of one utterance may be apart."""
NEIGHBOURS = 20
"""For each report, how many others are compared that are most like it in its words, and as many in its surroundings."""
LEAST_LIKENESS = 0.05
LEAST_LIKE_SURROUNDINGS = 0.1
MOST_WITH_PHRASE = 12
"""Reports that share a phrase of two words up to which it is rare."""
_ROWS = 512


def candidate_pairs(reports: Sequence[Report], first_new: int, rarity: Rarity) -> list[tuple[int, int]]:
    """Return the pairs to compare, smaller index first, in order, that have a new report.

    Args:
        reports: Those of some days, the new ones last.
        first_new: Index of the first new report; pairs of earlier ones were found before.
        rarity: How rare terms are.
    """
    if len(reports) - first_new < 1 or len(reports) < 2:
        return []
    pairs = set(_sharing_phrases(reports))
    own = [list(report.terms.elements()) for report in reports]
    around = [[*report.surroundings, *report.terms] for report in reports]
    for texts, least in ((own, LEAST_LIKENESS), (around, LEAST_LIKE_SURROUNDINGS)):
        pairs.update(_neighbours(texts, first_new, rarity, least))
    return sorted(pair for pair in pairs if pair[1] >= first_new and _may_pair(reports[pair[0]], reports[pair[1]]))


def _may_pair(one: Report, other: Report) -> bool:
    """Return whether two reports are near enough in time, and not the one a part of the other's sentence."""
    days = [each.place.published for each in (one, other)]
    if days[0] is not None and days[1] is not None and abs(days[0] - days[1]) > DAYS:
        return False
    here, there = one.place, other.place
    return here.key != there.key or here.end <= there.start or there.end <= here.start


def _neighbours(
    texts: Sequence[Sequence[str]], first_new: int, rarity: Rarity, least: float
) -> Iterator[tuple[int, int]]:
    """Yield each new text with those most like it, earlier ones and new ones."""
    matrix = _weighted(texts, rarity)
    if matrix is None:
        return
    transposed = matrix.T.tocsr()
    for start in range(first_new, len(texts), _ROWS):
        likeness = (matrix[start : start + _ROWS] @ transposed).tocsr()
        for row in range(likeness.shape[0]):
            place = start + row
            begin, end = likeness.indptr[row : row + 2]
            others, values = likeness.indices[begin:end], likeness.data[begin:end]
            kept = (values >= least) & (others != place)
            others, values = others[kept], values[kept]
            # ties are broken by place, so that the same input gives the same pairs
            for other in others[np.lexsort((others, -values))[:NEIGHBOURS]].tolist():
                yield min(place, other), max(place, other)


def _weighted(texts: Sequence[Sequence[str]], rarity: Rarity) -> Any:
    """Return the vectors of texts as the rows of a sparse matrix, each of length 1; None without any term."""
    from textacy.representations.vectorizers import Vectorizer

    vectorizer = Vectorizer(tf_type="linear", idf_type=None, norm=None)
    if not any(texts):
        return None
    matrix = vectorizer.fit_transform(texts).astype(np.float64)
    weights = np.array([rarity(term) for term in vectorizer.terms_list])
    matrix = matrix.multiply(weights[None, :]).tocsr()
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1)).A1
    return matrix.multiply(1.0 / np.maximum(lengths, 1e-9)[:, None]).tocsr()


def _sharing_phrases(reports: Sequence[Report]) -> Iterator[tuple[int, int]]:
    """Yield pairs that share two words in a row that hardly any other report has."""
    having: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for index, report in enumerate(reports):
        found = list(filter(None, map(stem, report.words.forms)))
        for phrase in dict.fromkeys(pairwise(found)):
            having[phrase].append(index)
    for places in having.values():
        if 1 < len(places) <= MOST_WITH_PHRASE:
            yield from combinations(places, 2)
