"""What speaks for and against two reports being of one utterance: named features, each about 0 to 1.

Some count by themselves and in pairs ("likeness × days"): the same few words on the same day by the same speaker
are one utterance, a month apart they are a phrase. The features of many pairs are found at once, as columns.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from quotes.linking.model import BETWEEN
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
_UNLIKE_LENGTHS = 2.0

PAIRED = (
    *("likeness", "shared words", "rare words", "few words", "surroundings", "neighbours", "run", "quoted words"),
    *("same person", "other person", "days", "other day", "both direct", "both indirect", "same document"),
    *("length", "other attitude", "both statements"),
)
"""Features that also count in pairs."""


class Comparer:
    """Compares the reports of a window; the order of the two of a pair makes no difference."""

    def __init__(self, window: Window) -> None:
        self._window, self._reports = window, window.reports
        self._weights: dict[str, float] = {}

    def features(self, ones: Array, others: Array) -> dict[str, Array]:
        """Return the features of some pairs by their indices, those that count in pairs left out."""
        return {
            "bias": np.ones(len(ones)),
            **self._words(ones, others),
            "run": self._runs(ones, others),
            **self._kinds(ones, others),
            **self._occasions(ones, others),
            **self._conflicts(ones, others),
        }

    def named(self, ones: Array, others: Array) -> list[dict[str, float]]:
        """Return all features of each pair that are not 0."""
        columns = self.features(ones, others)
        columns |= {f"{a}{BETWEEN}{b}": columns[a] * columns[b] for a, b in combinations(PAIRED, 2)}
        rows = np.column_stack(list(columns.values())).tolist() if columns else []
        return [{name: value for name, value in zip(columns, row, strict=True) if value} for row in rows]

    def _words(self, ones: Array, others: Array) -> dict[str, Array]:
        window, rows = self._window, self._window.rows
        masses, quoted = window.masses("terms"), np.maximum(window.masses("quoted"), 1e-9)
        shared = window.shared("terms", "terms", ones, others)
        there = window.shared("quoted", "terms", ones, others) / quoted[ones]
        here = window.shared("quoted", "terms", others, ones) / quoted[others]
        lengths = np.log(window.columns["length"])
        return {
            "likeness": dots(rows["own"], rows["own"], ones, others),
            "shared words": shared / np.maximum(1.0, np.minimum(masses[ones], masses[others])),
            "rare words": np.minimum(1.0, shared / _RARE_ENOUGH),
            "few words": np.maximum(0.0, 1.0 - shared / _FEW),
            "surroundings": np.sqrt(dots(rows["around"], rows["around"], ones, others)),
            "neighbours": np.sqrt(dots(rows["beside"], rows["beside"], ones, others)),
            "quoted words": np.maximum(here, there),
            "length": np.minimum(1.0, np.abs(lengths[ones] - lengths[others]) / _UNLIKE_LENGTHS),
        }

    def _runs(self, ones: Array, others: Array) -> Array:
        """Return the weight of the longest run of words of a piece in quotation marks that the other has too."""
        pieces = self._window.columns["pieces"]
        found = np.zeros(len(ones))
        for at in np.flatnonzero(pieces[ones] + pieces[others]).tolist():
            one, other = self._reports[ones[at]], self._reports[others[at]]
            found[at] = max(self._longest_run(one, other), self._longest_run(other, one))
        return np.minimum(1.0, found / _LONG_RUN)

    def _longest_run(self, one: Report, other: Report) -> float:
        places = other.words.places
        best, ending = 0.0, dict[int, float]()
        for piece in one.fragments:
            ending = {}
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
        matches = window.of_values(compared, "speaker", "speaker", ones, others)
        same_kind = window.are_equal("kind", ones, others)
        same_attitude = window.are_equal("attitude", ones, others)
        return {
            "same person": matches == "same",
            "other person": matches == "different",
            "both direct": same_kind & window.is_value("kind", "direct")[ones],
            "both indirect": same_kind & window.is_value("kind", "indirect")[ones],
            "same document": window.are_equal("document", ones, others),
            "other attitude": ~same_attitude,
            "both statements": same_attitude & window.is_value("attitude", "statement")[ones],
        }

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
