"""Gives each candidate a probability, and each reading of it a preference.

A first sight refuses what is clearly nothing before it is proposed
(`quotes.syntax.sight`). Then three small networks over named features: a first
look at each candidate alone; a second look at the promising ones among their
neighbours; and a choice among the readings of a content. Each has a weight for
every feature (the linear part) and, beside it, a few hidden units that see which
features come together. All were learned from an annotated corpus
(`quotes.training`); running them needs only numpy, and `Scorer.influences` says
which features decided.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from itertools import accumulate, chain
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from quotes.candidates.candidate import Candidate
from quotes.errors import DataError
from quotes.scoring.context import neighbour_features
from quotes.syntax.article import Article
from quotes.syntax.sight import FirstSight

Floats = NDArray[np.float32]
FORMAT_VERSION = 3
DEFAULT_WEIGHTS = "en.npz"


@dataclass(frozen=True, slots=True)
class Network:
    """Weights of one decision.

    Attributes:
        index: Row of each known feature, from 1; unknown features count nothing.
        linear: Weight of each row, shape (features + 1,); row 0 is zero.
        hidden: Weights into the hidden units, shape (features + 1, units); row 0 is zero.
        hidden_bias: Shape (units,).
        output: Weights out of the hidden units, shape (units,).
        bias: Added to every score.
    """

    index: dict[str, int]
    linear: Floats
    hidden: Floats
    hidden_bias: Floats
    output: Floats
    bias: float

    def scores(self, items: Sequence[Sequence[str]]) -> Floats:
        """Return the log-odds of each item.

        Args:
            items: Feature names of each item.

        Returns:
            One score an item, in order; shape (items,).
        """
        return self.scores_of_rows([self.rows(features) for features in items])

    def rows(self, features: Iterable[str]) -> list[int]:
        """Return the row of nothing, then those of the features that are known, each once."""
        return [0, *filter(None, dict.fromkeys(map(self.index.get, features)))]

    def scores_of_rows(self, items: Sequence[Sequence[int]]) -> Floats:
        """Return the log-odds of each item, given its rows, at least one; shape (items,)."""
        if not items:
            return np.zeros(0, np.float32)
        *starts, count = accumulate(map(len, items), initial=0)
        rows = np.fromiter(chain.from_iterable(items), np.intp, count)
        linear = np.add.reduceat(self.linear.take(rows), starts)
        units = np.add.reduceat(self.hidden.take(rows, axis=0), starts, axis=0) + self.hidden_bias
        score: Floats = linear + np.maximum(units, 0) @ self.output + np.float32(self.bias)
        return score

    def influences(self, features: Sequence[str]) -> list[tuple[str, float]]:
        """Return each known feature and the change of the score that it alone makes, largest first."""
        known = [f for f in features if f in self.index]
        named = list(dict.fromkeys(known))
        whole, *rest = self.scores([known, *([g for g in known if g != f] for f in named)]).tolist()
        moved = [(f, whole - less) for f, less in zip(named, rest, strict=True)]
        return sorted(moved, key=lambda pair: -abs(pair[1]))


@dataclass(frozen=True, slots=True)
class Scorer:
    """What decides.

    Attributes:
        first_sight: Whether a candidate is worth being made.
        first_look: Whether a candidate, seen alone, is an attribution.
        second_look: The same among its neighbours, for the promising ones; its
            features begin with those of the first look, in the same rows.
        reading: Which reading of a candidate's content is the best.
        calibration: Slope and intercept that turn a score into log-odds.
        threshold: Least probability of a candidate that is kept.
        metadata: What the weights were made from, and how good they were.
    """

    first_sight: FirstSight
    first_look: Network
    second_look: Network
    reading: Network
    calibration: tuple[float, float]
    threshold: float
    metadata: dict[str, Any]

    def probabilities(
        self, article: Article, candidates: Sequence[Candidate], features: Sequence[Sequence[str]]
    ) -> list[float]:
        """Return the calibrated probability of each candidate of a document.

        Args:
            article: The document's article.
            candidates: Its candidates.
            features: Features of each of them, from `features_of`.

        Returns:
            0 to 1 for each; 0 for one that the first look rules out.
        """
        out = [0.0] * len(candidates)
        rows = [self.first_look.rows(names) for names in features]
        scores = self.first_look.scores_of_rows(rows).tolist()
        around = neighbour_features(article, candidates, scores)
        second = self.second_look.scores_of_rows(
            [rows[index] + self.second_look.rows(more) for index, more in around.items()]
        )
        for index, value in zip(around, self._calibrated(second), strict=True):
            out[index] = value
        return out

    def _calibrated(self, scores: Floats) -> list[float]:
        slope, intercept = self.calibration
        odds = np.clip(slope * scores.astype(np.float64) + intercept, -30, 30)
        values: list[float] = (1 / (1 + np.exp(-odds))).tolist()
        return values

    def preferences(self, items: Sequence[Sequence[str]]) -> list[float]:
        """Return a score for each reading; the highest among a candidate's readings wins."""
        values: list[float] = self.reading.scores(items).tolist()
        return values

    def influences(self, features: Sequence[str]) -> list[tuple[str, float]]:
        """Return how much each feature moved the decision.

        Args:
            features: Features of one candidate, its neighbours' included.

        Returns:
            Feature and the change in log-odds when it alone is taken away,
            the largest first, either sign; unknown features are left out.
        """
        slope = self.calibration[0]
        return [(feature, slope * change) for feature, change in self.second_look.influences(features)]


def load_scorer(path: Path | None = None) -> Scorer:
    """Load weights.

    Args:
        path: A weights file; None for the one that ships with the package.

    Raises:
        DataError: The file is missing or has another form.
    """
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> Scorer:
    with as_file(files("quotes.scoring") / "weights" / DEFAULT_WEIGHTS) as path:
        return _read(path)


def _read(path: Path) -> Scorer:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            metadata = json.loads(bytes(arrays["metadata"]).decode("utf-8"))
            if metadata.get("format_version") != FORMAT_VERSION:
                raise DataError(
                    f"{path}: weights of format {metadata.get('format_version')}, this version reads "
                    f"{FORMAT_VERSION}; make them anew with 'quotes train'"
                )
            first_look = _network(arrays, "first_look")
            return Scorer(
                _first_sight(arrays, metadata["least_first_sight"]),
                first_look,
                _network(arrays, "second_look", first_look.index),
                _network(arrays, "reading"),
                (metadata["calibration"][0], metadata["calibration"][1]),
                metadata["threshold"],
                metadata,
            )
    except (OSError, EOFError, BadZipFile, ValueError, KeyError) as error:
        raise DataError(f"{path}: not a weights file ({error}); make one with 'quotes train'") from error


def _first_sight(arrays: Any, least: float) -> FirstSight:
    names = _names(arrays, "first_sight")
    weights = arrays["first_sight.weights"].astype(np.float64).tolist()
    return FirstSight(dict(zip(names, weights, strict=True)), float(arrays["first_sight.bias"]), least)


def _names(arrays: Any, part: str) -> list[str]:
    return list(filter(None, bytes(arrays[f"{part}.features"]).decode("utf-8").split("\n")))


def _network(arrays: Any, name: str, known: Iterable[str] = ()) -> Network:
    """Read a network; the features that it shares with another are not written twice."""
    names = [*known, *_names(arrays, name)]
    scale = arrays[f"{name}.hidden_scale"].astype(np.float32)
    hidden = arrays[f"{name}.hidden"].astype(np.float32) * scale
    linear = arrays[f"{name}.linear"].astype(np.float32)
    return Network(
        index={feature: row for row, feature in enumerate(names, start=1)},
        linear=np.append(np.float32(0), linear),
        hidden=np.vstack([np.zeros((1, hidden.shape[1]), np.float32), hidden]),
        hidden_bias=arrays[f"{name}.hidden_bias"].astype(np.float32),
        output=arrays[f"{name}.output"].astype(np.float32),
        bias=float(arrays[f"{name}.bias"]),
    )
