"""How likely two reports are of one utterance: a sum of weights over the features of the pair, alone and in twos.

The same few words on the same day by the same speaker are one utterance, a month apart they are a phrase: so
"likeness × days" has a weight of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

from quotes.scoring.scorer import probability, read_tables

Array: TypeAlias = Any

BETWEEN = " × "
"""Stands between the names of two features whose product has a weight."""
WEIGHTS = "pairs.tsv"
DECISIONS = ("pair", "pair_among_others")


@dataclass(frozen=True, slots=True)
class PairModel:
    """The weights, by feature.

    Attributes:
        own: Of the features of a pair by itself, and of their products.
        among_others: Of its own score and of how it stands among the pairs of the same two documents.
    """

    own: Mapping[str, float]
    among_others: Mapping[str, float]

    def scores(self, features: Mapping[str, Array]) -> Array:
        """Return the log-odds of some pairs by themselves, given their features as columns."""
        total: Array = 0.0
        for name, weight in self.own.items():
            one, _, other = name.partition(BETWEEN)
            total = total + weight * (features[one] * features[other] if other else features[one])
        return total

    def probability(self, standing: Mapping[str, float]) -> float:
        """Return how likely a pair is, given its score and how it stands among others."""
        score = sum(self.among_others.get(name, 0.0) * value for name, value in standing.items())
        return probability((1.0, 0.0), score)


@cache
def load_model() -> PairModel:
    """Return the weights that ship with the package."""
    text = (files("quotes.linking") / "weights" / WEIGHTS).read_text("utf-8")
    return PairModel(*read_tables(text, DECISIONS))
