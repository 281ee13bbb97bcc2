"""What speaks for and against two reports being of one utterance: named features, each about 0 to 1.

The features of many pairs are found at once, as columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

import numpy as np

from quotes.linking.people import compared, share_a_word
from quotes.linking.reports import Report
from quotes.linking.terms import stem
from quotes.linking.window import Array, Window, dots

FAR = 54.0
"""Days from which two dates are as far apart as can be."""
_UNKNOWN_DAYS = 3
_RARE_ENOUGH = 30.0
_FEW = 12.0
"""Weight of the words that two share below which it may be chance: about two rare ones."""
_LONG_RUN = 20.0
_COMMON_WORD = 0.2
"""What a function word adds to a run of equal words."""
_RARE_WORD = 6.0
"""Weight of a word that one article in 400 has."""
_SOME_WORDS = 3.0
"""Weight of a quotation up to which it is too short for a share of it to mean anything."""
_UNLIKE_LENGTHS = 2.0
_SOME_DAYS = 3
_TALKATIVE = 5.0
"""Logarithm of the reports of one speaker in a week above which hardly anybody has more."""


class Comparer:
    """Compares the reports of a window; the order of the two of a pair makes no difference."""

    def __init__(self, window: Window) -> None:
        self._window, self._reports = window, window.reports
        self._weights: dict[str, float] = {}

    def features(self, ones: Array, others: Array) -> dict[str, Array]:
        """Return the features of some pairs by their indices."""
        return {
            "bias": np.ones(len(ones)),
            **self._words(ones, others),
            **self._around(ones, others),
            **self._quotations(ones, others),
            **self._kinds(ones, others),
            **self._people(ones, others),
            **self._occasions(ones, others),
            **self._conflicts(ones, others),
        }

    def _words(self, ones: Array, others: Array) -> dict[str, Array]:
        window, rows = self._window, self._window.rows
        masses, shared = window.masses("terms"), window.shared("terms", "terms", ones, others)
        rarest, second = window.rarest(ones, others)
        lengths = np.log(window.columns["length"])
        return {
            "likeness": dots(rows["own"], rows["own"], ones, others),
            "shared words": shared / np.maximum(1.0, np.minimum(masses[ones], masses[others])),
            "rare words": np.minimum(1.0, shared / _RARE_ENOUGH),
            "few words": np.maximum(0.0, 1.0 - shared / _FEW),
            "rarest word": rarest / _RARE_WORD,
            "second rarest word": second / _RARE_WORD,
            "length": np.minimum(1.0, np.abs(lengths[ones] - lengths[others]) / _UNLIKE_LENGTHS),
        }

    def _around(self, ones: Array, others: Array) -> dict[str, Array]:
        """Return what the documents of each pair tell beside the two reports."""
        window, rows = self._window, self._window.rows
        documents, at = window.documents()
        is_one = at[ones] == at[others]
        return {
            "surroundings": np.sqrt(dots(rows["around"], rows["around"], ones, others)),
            "neighbours": np.sqrt(dots(rows["beside"], rows["beside"], ones, others)),
            "told around": self._share("terms", "around", ones, others),
            "documents": np.where(is_one, 0.0, dots(documents, documents, at[ones], at[others])),
            "same document": is_one,
        }

    def _share(self, name: str, other_name: str, ones: Array, others: Array) -> Array:
        """Return how much of the terms of either the other has, whichever is more."""
        window, masses = self._window, np.maximum(self._window.masses(name), 1e-9)
        there = window.shared(name, other_name, ones, others) / masses[ones]
        return np.maximum(there, window.shared(name, other_name, others, ones) / masses[others])

    def _quotations(self, ones: Array, others: Array) -> dict[str, Array]:
        """Return the runs of words of a piece in quotation marks that the other report has, and quotes, too."""
        pieces = self._window.columns["pieces"]
        runs = np.zeros((len(ones), 3))
        for at in np.flatnonzero(pieces[ones] + pieces[others]).tolist():
            one, other = self._reports[ones[at]], self._reports[others[at]]
            run = max(self._longest_run(one, other), self._longest_run(other, one))
            runs[at] = run, *(self._common_quotation(one, other) if run else (0.0, 0.0))
        is_mixed = self._window.is_value("kind", "mixed")
        return {
            "run": np.minimum(1.0, runs[:, 0] / _LONG_RUN),
            "quoted words": self._share("quoted", "terms", ones, others),
            "quoted run": np.minimum(1.0, runs[:, 1] / _LONG_RUN),
            "whole quotation": runs[:, 2],
            "whole fragment": runs[:, 2] * (is_mixed[ones] & is_mixed[others]),
        }

    def _common_quotation(self, one: Report, other: Report) -> tuple[float, float]:
        """Return the longest run that both quote, and the largest share that a run is of the shorter quotation."""
        longest = share = 0.0
        for piece, other_piece in product(one.fragments, other.fragments):
            places: dict[str, list[int]] = {}
            for place, form in enumerate(other_piece):
                places.setdefault(form, []).append(place)
            run = self._run(piece, places)
            size = min(sum(map(self._weight, piece)), sum(map(self._weight, other_piece)))
            longest = max(longest, run)
            if size > _SOME_WORDS:
                share = max(share, run / size)
        return longest, share

    def _longest_run(self, one: Report, other: Report) -> float:
        places = other.words.places
        return max((self._run(piece, places) for piece in one.fragments), default=0.0)

    def _run(self, piece: Iterable[str], places: Mapping[str, Sequence[int]]) -> float:
        best, ending = 0.0, dict[int, float]()
        for form in piece:
            here = places.get(form)
            if here is None:
                ending = {}
                continue
            weight = self._weight(form)
            ending = {place: ending.get(place - 1, 0.0) + weight for place in here}
            best = max(best, *ending.values())
        return best

    def _weight(self, form: str) -> float:
        found = self._weights.get(form)
        if found is None:
            found = self._weights[form] = _COMMON_WORD + (self._window.rarity(stem(form)) if stem(form) else 0.0)
        return found

    def _kinds(self, ones: Array, others: Array) -> dict[str, Array]:
        window = self._window
        same_kind = window.are_equal("kind", ones, others)
        same_attitude = window.are_equal("attitude", ones, others)
        return {
            "both direct": same_kind & window.is_value("kind", "direct")[ones],
            "both indirect": same_kind & window.is_value("kind", "indirect")[ones],
            "other attitude": ~same_attitude,
            "both statements": same_attitude & window.is_value("attitude", "statement")[ones],
        }

    def _people(self, ones: Array, others: Array) -> dict[str, Array]:
        window, columns = self._window, self._window.columns
        matches = window.of_values(compared, "speaker", "speaker", ones, others)
        known, named = columns["has speaker"] > 0, columns["has name"] > 0
        both, said = known[ones] & known[others], self._said_by()
        cue = window.masses("cue")[ones] * window.are_equal("cue", ones, others)
        for one, other in ((ones, others), (others, ones)):
            cue = np.maximum(cue, window.shared("cue", "terms", one, other))
        return {
            "same person": matches == "same",
            "other person": matches == "different",
            "speaker unknown": ~both,
            "speaker unnamed": both & ~(named[ones] & named[others]),
            "talkative": np.where(matches == "same", np.log1p(np.maximum(said[ones], said[others])) / _TALKATIVE, 0.0),
            "unsure": 1.0 - np.minimum(columns["certainty"][ones], columns["certainty"][others]),
            "cue": cue / _RARE_WORD,
        }

    def _said_by(self) -> Array:
        """Return how many reports have a speaker of the surname of each one's, published within some days of it."""
        surnames, days = self._window.columns["surname"], self._window.columns["published"]
        found = np.zeros(len(days))
        order = np.lexsort((days, surnames))
        for own in np.split(order, np.flatnonzero(np.diff(surnames[order])) + 1):
            last = np.searchsorted(days[own], days[own] + _SOME_DAYS, side="right")
            found[own] = last - np.searchsorted(days[own], days[own] - _SOME_DAYS)
        return np.where(np.isnan(days), 0.0, found)

    def _occasions(self, ones: Array, others: Array) -> dict[str, Array]:
        window = self._window
        published, spoken = window.columns["published"], window.columns["spoken"]
        apart, told = (np.abs(days[ones] - days[others]) for days in (published, spoken))
        apart[np.isnan(apart)] = _UNKNOWN_DAYS
        same = window.of_values(share_a_word, "medium", "medium", ones, others)
        has_medium = ~window.is_value("medium", None) & ~window.is_value("medium", "")
        both = has_medium[ones] & has_medium[others]
        return {
            "days": np.minimum(1.0, np.log1p(apart) / np.log1p(FAR)),
            "same day": told <= 1,
            "other day": told > 1,
            "same medium": both & same,
            "other medium": both & ~same,
            "outlet named": window.of_values(share_a_word, "medium", "publisher", ones, others)
            | window.of_values(share_a_word, "medium", "publisher", others, ones),
        }

    def _conflicts(self, ones: Array, others: Array) -> dict[str, Array]:
        found = {"one denies": ~self._window.are_equal("denies", ones, others)}
        for name in ("number", "name"):
            held = [getattr(report, f"{name}s") for report in self._reports]
            number = self._window.columns[f"{name}s"]
            both = (number[ones] > 0) & (number[others] > 0)
            found[f"same {name}"] = both.copy()
            for at in np.flatnonzero(both).tolist():
                found[f"same {name}"][at] = not held[ones[at]].isdisjoint(held[others[at]])
            found[f"other {name}"] = both & ~found[f"same {name}"]
        return found
