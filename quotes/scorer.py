"""Gives each proposal a probability, and each reading of it a preference.

A small network over the named features: a weight for every feature (the linear
part) and, beside it, a few hidden units that see which features come together.
Both were learned from an annotated corpus (`quotes.training`); running them
needs only numpy, and `Scorer.influences` says which features decided.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes.errors import DataError

Floats = NDArray[np.float32]
FORMAT_VERSION = 1
DEFAULT_WEIGHTS = "en.npz"


@dataclass(frozen=True, slots=True)
class Network:
    """Weights of one decision.

    Attributes:
        index: Row of each known feature; unknown features count nothing.
        linear: Weight of each feature, shape (features,).
        hidden: Weights into the hidden units, shape (features, units).
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
        index = self.index
        rows: list[int] = []
        starts = []
        for features in items:
            starts.append(len(rows))
            rows += [index[f] for f in features if f in index]
            rows.append(len(self.linear) - 1)  # the last row is all zero: no item is empty
        if not items:
            return np.zeros(0, np.float32)
        linear = np.add.reduceat(self.linear[rows], starts)
        units = np.add.reduceat(self.hidden[rows], starts, axis=0) + self.hidden_bias
        score: Floats = linear + np.maximum(units, 0) @ self.output + np.float32(self.bias)
        return score


@dataclass(frozen=True, slots=True)
class Scorer:
    """What decides.

    Attributes:
        attribution: Whether a proposal is an attribution.
        reading: Which reading of a proposal's content is the best.
        calibration: Slope and intercept that turn a score into log-odds.
        threshold: Least probability of a proposal that is kept.
        metadata: What the weights were made from, and how good they were.
    """

    attribution: Network
    reading: Network
    calibration: tuple[float, float]
    threshold: float
    metadata: dict[str, Any]

    def probabilities(self, items: Sequence[Sequence[str]]) -> list[float]:
        """Return the calibrated probability of each item, given its features."""
        slope, intercept = self.calibration
        scores = np.clip(slope * self.attribution.scores(items).astype(np.float64) + intercept, -30, 30)
        values: list[float] = (1 / (1 + np.exp(-scores))).tolist()
        return values

    def preferences(self, items: Sequence[Sequence[str]]) -> list[float]:
        """Return a score for each reading; the highest among a proposal's readings wins."""
        values: list[float] = self.reading.scores(items).tolist()
        return values

    def influences(self, features: Sequence[str]) -> list[tuple[str, float]]:
        """Return how much each feature moved the decision.

        Args:
            features: Features of one proposal.

        Returns:
            Feature and the change in log-odds when it alone is taken away,
            the largest first, either sign; unknown features are left out.
        """
        known = [f for f in features if f in self.attribution.index]
        without = [[g for g in known if g is not f] for f in known]
        whole, *rest = self.attribution.scores([known, *without]).tolist()
        slope = self.calibration[0]
        moved = [(f, slope * (whole - less)) for f, less in zip(known, rest, strict=True)]
        return sorted(moved, key=lambda pair: -abs(pair[1]))


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
    with as_file(files("quotes") / "weights" / DEFAULT_WEIGHTS) as path:
        return _read(path)


def _read(path: Path) -> Scorer:
    try:
        with np.load(path, allow_pickle=False) as arrays:
            metadata = json.loads(bytes(arrays["metadata"]).decode("utf-8"))
            if metadata.get("format_version") != FORMAT_VERSION:
                raise DataError(
                    f"{path}: weights of format {metadata.get('format_version')}, this version reads "
                    f"{FORMAT_VERSION}; make them anew with 'quotes train'"
                )
            return Scorer(
                _network(arrays, "attribution"),
                _network(arrays, "reading"),
                (metadata["calibration"][0], metadata["calibration"][1]),
                metadata["threshold"],
                metadata,
            )
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"{path}: not a weights file ({error}); make one with 'quotes train'") from error


def _network(arrays: Any, name: str) -> Network:
    names = bytes(arrays[f"{name}.features"]).decode("utf-8").split("\n")
    scale = arrays[f"{name}.hidden_scale"].astype(np.float32)
    hidden = arrays[f"{name}.hidden"].astype(np.float32) * scale
    linear = arrays[f"{name}.linear"].astype(np.float32)
    return Network(
        index={feature: row for row, feature in enumerate(names)},
        linear=np.append(linear, np.float32(0)),
        hidden=np.vstack([hidden, np.zeros((1, hidden.shape[1]), np.float32)]),
        hidden_bias=arrays[f"{name}.hidden_bias"].astype(np.float32),
        output=arrays[f"{name}.output"].astype(np.float32),
        bias=float(arrays[f"{name}.bias"]),
    )
