"""Which pairs of reports are worth comparing: those that share rare words within a span of days.

Never because of a speaker alone: of what somebody said in a month nearly no two reports are of one utterance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from quotes.linking.window import Array, Window

DAYS = 366
"""Days of publication that two reports of one utterance may be apart."""
NEIGHBOURS = 20
"""For each report, how many others are compared that are most like it in its words, and as many in its surroundings."""
LEAST_LIKENESS = 0.05
LEAST_LIKE_SURROUNDINGS = 0.1
MOST_WITH_PHRASE = 12
"""Reports that share a phrase of two words up to which it is rare."""
_ROWS = 512
_NONE = np.zeros(0, dtype=np.int64)


def candidate_pairs(window: Window) -> tuple[Array, Array]:
    """Return the pairs to compare that have a new report: the smaller index of each, and the larger, in order.

    Pairs of earlier reports were found before.
    """
    size = len(window.reports)
    found = [(_NONE, _NONE), *_sharing_phrases(window.phrases, window.first_new)]
    for rows, least in (("own", LEAST_LIKENESS), ("near", LEAST_LIKE_SURROUNDINGS)):
        found += _neighbours(window.rows[rows], window.first_new, least)
    ones, others = (np.concatenate(each) for each in zip(*found, strict=True))
    pairs = np.unique(np.minimum(ones, others) * size + np.maximum(ones, others))
    return _that_may_be(window, pairs // size, pairs % size)


def _that_may_be(window: Window, ones: Array, others: Array) -> tuple[Array, Array]:
    """Return the pairs that are near enough in time, and neither of them a part of the other's sentence."""
    days, starts, ends = (window.columns[name] for name in ("published", "start", "end"))
    is_far = np.abs(days[ones] - days[others]) > DAYS
    is_apart = (ends[ones] <= starts[others]) | (ends[others] <= starts[ones])
    kept = ~is_far & (~window.are_equal("document", ones, others) | is_apart)
    return ones[kept], others[kept]


def _neighbours(matrix: Array, first_new: int, least: float) -> Iterator[tuple[Array, Array]]:
    """Yield each new row with those most like it, earlier ones and new ones."""
    transposed = matrix.T.tocsr()
    for start in range(first_new, matrix.shape[0], _ROWS):
        likeness = (matrix[start : start + _ROWS] @ transposed).tocsr()
        for row in range(likeness.shape[0]):
            place = start + row
            begin, end = likeness.indptr[row : row + 2]
            others, values = likeness.indices[begin:end], likeness.data[begin:end]
            kept = (values >= least) & (others != place)
            others, values = others[kept], values[kept]
            # ties are broken by place, so that the same input gives the same pairs
            nearest = others[np.lexsort((others, -values))[:NEIGHBOURS]].astype(np.int64)
            yield np.full(len(nearest), place), nearest


def _sharing_phrases(phrases: Sequence[Array], first_new: int) -> Iterator[tuple[Array, Array]]:
    """Yield pairs that share two words in a row that hardly any other report has, the one of them new."""
    if not phrases:
        return
    where = np.repeat(np.arange(len(phrases)), [len(own) for own in phrases])
    found = np.concatenate(phrases)
    order = np.argsort(found, kind="stable")
    found, where = found[order], where[order]
    _, group, sizes = np.unique(found, return_inverse=True, return_counts=True)
    rare = sizes[group] <= MOST_WITH_PHRASE
    found, where = found[rare], where[rare]
    for away in range(1, MOST_WITH_PHRASE):
        same = (found[:-away] == found[away:]) & (where[away:] >= first_new)
        yield where[:-away][same], where[away:][same]
