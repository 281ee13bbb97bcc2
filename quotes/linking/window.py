"""The reports that are compared with each other, and their words as the rows of sparse matrices.

A window moves over the reports in their order: those of some days come in, the oldest go, and the words of each are
counted once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np

from quotes.linking.reports import Report
from quotes.linking.terms import Rarity, stems

Array: TypeAlias = Any
"""An array, or a sparse matrix."""

_AT_ONCE = 20_000
"""Pairs whose rows are taken out of a matrix at once."""


_NUMBERS: dict[str, Callable[[Report], float]] = {
    "published": lambda report: _day(report.place.published),
    "spoken": lambda report: _day(report.spoken),
    "start": lambda report: report.place.start,
    "end": lambda report: report.place.end,
    "denies": lambda report: report.denies,
    "length": lambda report: sum(report.terms.values()) + 1,
    "terms": lambda report: len(report.terms),
    "pieces": lambda report: len(report.fragments),
    "numbers": lambda report: len(report.numbers),
    "names": lambda report: len(report.names),
    "certainty": lambda report: report.certainty,
    "has speaker": lambda report: report.speaker is not None,
    "has name": lambda report: report.speaker is not None and report.speaker.is_named,
}
_VALUES: dict[str, Callable[[Report], Hashable]] = {
    "document": lambda report: report.place.key,
    "kind": lambda report: report.kind,
    "attitude": lambda report: report.attitude,
    "speaker": lambda report: report.speaker,
    "medium": lambda report: report.medium,
    "publisher": lambda report: report.place.publisher,
    "cue": lambda report: report.cue,
    "surname": lambda report: report.speaker and report.speaker.words[-1],
    "carrier": lambda report: report.carrier,
    "hearer": lambda report: report.hearer,
}


class Window:
    """Reports in order, the new ones last.

    Attributes:
        reports: The reports.
        first_new: Index of the first of the new ones.
        rarity: How rare terms are.
        rows: Matrices with a row for each report and a column for each term. "terms", "quoted" and "cue" hold what its
            terms weigh, those in quotation marks, and its cue; the rows of the others have length 1: "own" are the
            terms as often as they are there, "beside" those of its surroundings, "around" both, each once, and "near"
            both together.
        columns: What is known of each report as numbers; of values that are none their hashes, to tell equal ones.
        phrases: For each report a number for each two terms in a row, the same wherever the two are.
    """

    def __init__(self, rarity: Rarity, vocabulary: Iterable[str]) -> None:
        """Take all terms that the reports may have."""
        from textacy.representations.vectorizers import Vectorizer

        terms = sorted(vocabulary) or [""]  # in one order, so that all sums are added up in one
        self._vectorizer = Vectorizer(tf_type="linear", idf_type=None, norm=None, vocabulary_terms=terms)
        self._weights = np.array([rarity(term) for term in terms])
        self.rarity = rarity
        self.reports: list[Report] = []
        self.first_new = 0
        self.rows: dict[str, Array] = self._rows([])
        self.columns: dict[str, Array] = _columns([])
        self.phrases: list[Array] = []

    def move(self, dropped: int, new: Sequence[Report]) -> None:
        """Leave out so many of the first reports, and take in new ones after the last."""
        rows, columns = self._rows(new), _columns(new)
        self.rows = {name: _stacked(held[dropped:], rows[name]) for name, held in self.rows.items()}
        self.columns = {name: np.concatenate([held[dropped:], columns[name]]) for name, held in self.columns.items()}
        self.phrases = [*self.phrases[dropped:], *map(_phrases, new)]
        self.reports = [*self.reports[dropped:], *new]
        self.first_new = len(self.reports) - len(new)

    def is_value(self, name: str, value: Hashable) -> Array:
        """Return which reports have a value."""
        return self.columns[name] == hash(value)

    def are_equal(self, name: str, ones: Array, others: Array) -> Array:
        """Return which pairs have one value in common."""
        return self.columns[name][ones] == self.columns[name][others]

    def pairs_of(self, name: str, ones: Array, others: Array) -> Array:
        """Return a number for the values of each pair, the same for the same two, in whichever order."""
        distinct, numbers = np.unique(self.columns[name], return_inverse=True)
        one, other = numbers[ones], numbers[others]
        return np.minimum(one, other) * len(distinct) + np.maximum(one, other)

    def masses(self, name: str) -> Array:
        """Return what the terms of each report weigh together, in a matrix."""
        return np.asarray(self.rows[name].sum(axis=1)).ravel()

    def shared(self, name: str, other_name: str, ones: Array, others: Array) -> Array:
        """Return what the terms weigh that the first of each pair has in one matrix and the second in another."""
        return dots(self.rows[name], self.rows[other_name].sign(), ones, others)

    def documents(self) -> tuple[Array, Array]:
        """Return a matrix with a row of length 1 for each document, its terms each once, and the row of each report."""
        distinct, at = np.unique(self.columns["document"], return_inverse=True)
        terms = self.rows["terms"].sign()
        members = type(terms)((np.ones(len(at)), (at, np.arange(len(at)))), shape=(len(distinct), len(at)))
        return _unit((members @ terms).sign().multiply(self._weights[None, :]).tocsr()), at

    def rarest(self, ones: Array, others: Array) -> tuple[Array, Array]:
        """Return what the rarest and the second rarest term weigh that the two of each pair have in common."""
        rows, found = self.rows["terms"], [np.zeros((0, 2))]
        for start in range(0, len(ones), _AT_ONCE):
            at = slice(start, start + _AT_ONCE)
            shared = rows[ones[at]].multiply(rows[others[at]].sign()).tocsr()
            row = np.repeat(np.arange(shared.shape[0]), np.diff(shared.indptr))
            weights = shared.data[np.lexsort((-shared.data, row))]
            most = np.zeros((shared.shape[0], 2))
            for place in range(2):
                has = np.diff(shared.indptr) > place
                most[has, place] = weights[shared.indptr[:-1][has] + place]
            found.append(most)
        return tuple(np.concatenate(found).T)

    def of_values(
        self, function: Callable[[Any, Any], object], name: str, other_name: str, ones: Array, others: Array
    ) -> Array:
        """Return what a function says of one value of the first of each pair, and one of the second.

        It is asked once for any two values.
        """
        distinct, first = np.unique(self.columns[name][ones], return_inverse=True)
        _, second = np.unique(self.columns[other_name][others], return_inverse=True)
        _, at, where = np.unique(second * len(distinct) + first, return_index=True, return_inverse=True)
        left, right = _VALUES[name], _VALUES[other_name]
        asked = zip(ones[at].tolist(), others[at].tolist(), strict=True)
        found = [function(left(self.reports[one]), right(self.reports[other])) for one, other in asked]
        return np.array(found)[where] if found else np.zeros(0, dtype=bool)

    def _rows(self, reports: Sequence[Report]) -> dict[str, Array]:
        terms = self._matrix([report.terms for report in reports])
        beside = self._matrix([report.surroundings for report in reports])
        return {
            "terms": terms,
            "quoted": self._matrix([report.quoted_terms for report in reports]),
            "cue": self._matrix([{report.cue} - {""} for report in reports]),
            "own": _unit(self._matrix([report.terms.elements() for report in reports])),
            "beside": _unit(beside),
            "around": _unit(beside.maximum(terms)),
            "near": _unit(beside + terms),
        }

    def _matrix(self, texts: Iterable[Iterable[str]]) -> Array:
        counts = self._vectorizer.transform(texts)
        return counts.multiply(self._weights[None, :]).tocsr()


def window_of(reports: Sequence[Report], rarity: Rarity) -> Window:
    """Return a window of some reports, all of them new."""
    window = Window(rarity, {term for report in reports for term in (*report.terms, *report.surroundings)})
    window.move(0, reports)
    return window


def dots(left: Array, right: Array, ones: Array, others: Array) -> Array:
    """Return for each pair the sum of the products of a row of the one matrix with a row of the other."""
    parts = [np.zeros(0)]
    for start in range(0, len(ones), _AT_ONCE):
        at = slice(start, start + _AT_ONCE)
        parts.append(np.asarray(left[ones[at]].multiply(right[others[at]]).sum(axis=1)).ravel())
    return np.concatenate(parts)


def _columns(reports: Sequence[Report]) -> dict[str, Array]:
    numbers = {name: np.array([of(report) for report in reports], dtype=np.float64) for name, of in _NUMBERS.items()}
    values = {name: np.array([hash(of(report)) for report in reports], dtype=np.int64) for name, of in _VALUES.items()}
    return {**numbers, **values}


def _day(ordinal: int | None) -> float:
    return np.nan if ordinal is None else ordinal


def _stacked(above: Array, below: Array) -> Array:
    """Return the rows of one sparse matrix and below them those of another."""
    data, indices = (np.concatenate([getattr(each, name) for each in (above, below)]) for name in ("data", "indices"))
    rows = np.concatenate([above.indptr, below.indptr[1:] + above.nnz])
    return type(above)((data, indices, rows), shape=(above.shape[0] + below.shape[0], above.shape[1]))


def _unit(matrix: Array) -> Array:
    """Return a matrix with each row scaled to length 1."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return matrix.multiply(1.0 / np.maximum(lengths, 1e-9)[:, None]).tocsr()


def _phrases(report: Report) -> Array:
    return np.unique(np.array([hash(phrase) for phrase in pairwise(stems(report.words.forms))], dtype=np.int64))
