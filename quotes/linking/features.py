"""What speaks for and against two reports being of one utterance: named features, each about 0 to 1.

Some count by themselves and in pairs ("likeness × days"): the same few words on the same day by the same speaker
are one utterance, a month apart they are a phrase.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from math import log, log1p, sqrt

from quotes.linking.people import compared, name_words
from quotes.linking.reports import Report
from quotes.linking.terms import Rarity, Vector, cosine, stem

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


class Comparer:
    """Compares reports; what is made from one report is kept for its next comparison."""

    def __init__(self, rarity: Rarity) -> None:
        self.rarity = rarity
        self._vectors: dict[int, tuple[Report, Vector, Vector, Vector, float, float]] = {}

    def forget(self) -> None:
        """Give up what is kept."""
        self._vectors.clear()

    def features(self, one: Report, other: Report) -> dict[str, float]:
        """Return the features of a pair that are not 0, in whichever order it is given."""
        own = self._own(one, other)
        pairs = combinations((name for name in PAIRED if own.get(name)), 2)
        own.update({f"{a} × {b}": own[a] * own[b] for a, b in pairs})
        return {name: value for name, value in own.items() if value}

    def likeness(self, one: Report, other: Report) -> float:
        """Return the cosine of the words of two reports, weighted by rarity."""
        return cosine(self._of(one)[1], self._of(other)[1])

    def _own(self, one: Report, other: Report) -> dict[str, float]:
        _, likely, around, beside, mass, quoted = self._of(one)
        _, likely2, around2, beside2, mass2, quoted2 = self._of(other)
        shared = self.rarity.mass(one.terms.keys() & other.terms.keys())
        kinds = {one.kind, other.kind}
        match = compared(one.speaker, other.speaker)
        lengths = (sum(one.terms.values()) + 1, sum(other.terms.values()) + 1)
        return {
            "bias": 1.0,
            "likeness": cosine(likely, likely2),
            "shared words": shared / max(1.0, min(mass, mass2)),
            "rare words": min(1.0, shared / _RARE_ENOUGH),
            "few words": max(0.0, 1.0 - shared / _FEW),
            "surroundings": sqrt(cosine(around, around2)),
            "neighbours": sqrt(cosine(beside, beside2)),
            "run": min(1.0, self._longest_run(one, other) / _LONG_RUN),
            "quoted words": max(self._quoted(one, other, quoted), self._quoted(other, one, quoted2)),
            "same person": float(match == "same"),
            "other person": float(match == "different"),
            "both direct": float(kinds == {"direct"}),
            "both indirect": float(kinds == {"indirect"}),
            "same document": float(one.place.key == other.place.key),
            "length": min(1.0, log(max(lengths) / min(lengths)) / _UNLIKE_LENGTHS),
            "other attitude": float(one.attitude != other.attitude),
            "both statements": float(one.attitude == other.attitude == "statement"),
            **_occasion(one, other),
            **_conflicts(one, other),
        }

    def _of(self, report: Report) -> tuple[Report, Vector, Vector, Vector, float, float]:
        kept = self._vectors.get(id(report))
        if kept is None:
            rarity, terms = self.rarity, report.terms
            kept = self._vectors[id(report)] = (
                report,  # so that its id stays its own
                rarity.vector(terms),
                rarity.vector(report.surroundings | terms.keys()),
                rarity.vector(report.surroundings),
                rarity.mass(terms.keys()),
                rarity.mass(report.quoted_terms),
            )
        return kept

    def _quoted(self, one: Report, other: Report, mass: float) -> float:
        """Return how much of what is in quotation marks in the one is in the other."""
        return self.rarity.mass(one.quoted_terms & other.terms.keys()) / mass if mass else 0.0

    def _longest_run(self, one: Report, other: Report) -> float:
        """Return the weight of the longest run of words of a piece in quotation marks that the other has too."""
        pieces = [(piece, other.words.forms) for piece in one.fragments]
        pieces += [(piece, one.words.forms) for piece in other.fragments]
        return max((self._run(*each) for each in pieces), default=0.0)

    def _run(self, piece: Sequence[str], forms: Sequence[str]) -> float:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, form in enumerate(forms):
            places[form].append(place)
        best, ending = 0.0, dict[int, float]()
        for form in piece:
            weight = _COMMON_WORD + (self.rarity(stem(form)) if stem(form) else 0.0)
            ending = {place: ending.get(place - 1, 0.0) + weight for place in places.get(form, ())}
            best = max(best, max(ending.values(), default=0.0))
        return best


PAIRED = (
    *("likeness", "shared words", "rare words", "few words", "surroundings", "neighbours", "run", "quoted words"),
    *("same person", "other person", "days", "other day", "both direct", "both indirect", "same document"),
    *("length", "other attitude", "both statements"),
)
"""Features that also count in pairs."""


def _occasion(one: Report, other: Report) -> dict[str, float]:
    published, published2 = one.place.published, other.place.published
    apart = _UNKNOWN_DAYS if published is None or published2 is None else abs(published - published2)
    told = None if one.spoken is None or other.spoken is None else abs(one.spoken - other.spoken)
    media = [set(name_words(each)) for each in (one.medium, other.medium) if each]
    return {
        "days": min(1.0, log1p(apart) / log1p(FAR)),
        "same day": float(told is not None and told <= 1),
        "other day": float(told is not None and told > 1),
        "same medium": float(len(media) == 2 and bool(media[0] & media[1])),
        "other medium": float(len(media) == 2 and not media[0] & media[1]),
        "outlet named": float(names_outlet(one, other) or names_outlet(other, one)),
    }


def names_outlet(one: Report, other: Report) -> bool:
    """Return whether the medium that a report names is the publisher of another."""
    return bool(one.medium and other.place.publisher) and bool(
        set(name_words(one.medium or "")) & set(name_words(other.place.publisher or ""))
    )


def _conflicts(one: Report, other: Report) -> Mapping[str, float]:
    numbers, names = one.numbers & other.numbers, one.names & other.names
    return {
        "same number": float(bool(numbers)),
        "other number": float(bool(one.numbers and other.numbers) and not numbers),
        "same name": float(bool(names)),
        "other name": float(bool(one.names and other.names) and not names),
        "one denies": float(one.denies != other.denies),
    }
