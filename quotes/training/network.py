"""Fits the scorer's networks with nothing but numpy and scipy.

Logistic loss, Adam (Kingma and Ba, "Adam: A Method for Stochastic
Optimization", ICLR 2015) on the rows that a batch touches, features dropped at
random (Srivastava et al., "Dropout", JMLR 2014) so that no single cue word
carries a decision. One thread and a fixed seed: the same inputs give the same
bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from quotes.scoring.scorer import Network

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a network is fitted.

    Attributes:
        units: Hidden units.
        epochs: Passes over the items.
        batch: Items a step.
        rate: Adam's step size, falling linearly to a tenth.
        dropout: Share of features left out at each sight of an item.
        unit_dropout: Share of hidden units left out.
        decay: Weight decay a step, on the rows touched.
        least: Fewest items that a feature must occur in.
        seed: Of the random numbers.
    """

    units: int = 32
    epochs: int = 5
    batch: int = 256
    rate: float = 1e-3
    dropout: float = 0.3
    unit_dropout: float = 0.3
    decay: float = 1e-5
    least: int = 4
    seed: int = 20261122


def vocabulary(items: Sequence[Sequence[str]], least: int, known: Sequence[str] = ()) -> dict[str, int]:
    """Number features: those that are known already, then, by name, those of at least ``least`` items."""
    counts: Counter[str] = Counter()
    for features in items:
        counts.update(set(features))
    others = {feature for feature, n in counts.items() if n >= least}.difference(known)
    return {name: row for row, name in enumerate([*known, *sorted(others)])}


def matrix(items: Sequence[Sequence[str]], index: dict[str, int]) -> sparse.csr_matrix:
    """Return the items as rows of zeros and ones, shape (items, features)."""
    columns: list[int] = []
    ends = [0]
    for features in items:
        columns += sorted({index[f] for f in features if f in index})
        ends.append(len(columns))
    ones = np.ones(len(columns), np.float32)
    return sparse.csr_matrix(
        (ones, np.array(columns, np.int32), np.array(ends, np.int64)), shape=(len(items), len(index))
    )


class _Adam:
    """Adam's running means for one array, stepped only on the rows that changed."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.mean = np.zeros(shape, np.float32)
        self.square = np.zeros(shape, np.float32)
        self.steps = 0

    def step(self, weights: Floats, rows: NDArray[np.intp] | slice, gradient: Floats, rate: float) -> None:
        self.steps += 1
        mean = self.mean[rows] * 0.9 + 0.1 * gradient
        square = self.square[rows] * 0.999 + 0.001 * gradient * gradient
        self.mean[rows], self.square[rows] = mean, square
        corrected = mean / (1 - 0.9**self.steps)
        weights[rows] -= rate * corrected / (np.sqrt(square / (1 - 0.999**self.steps)) + 1e-8)


def fit(
    items: Sequence[Sequence[str]],
    labels: NDArray[np.float32],
    settings: Settings,
    known: Sequence[str] = (),
) -> Network:
    """Fit a network to items and their labels.

    Args:
        items: Feature names of each item.
        labels: 0 to 1 for each item, shape (items,).
        settings: How.
        known: Features that get the first rows, in this order.

    Returns:
        The network.
    """
    index = vocabulary(items, settings.least, known)
    rows = matrix(items, index)
    random = np.random.default_rng(settings.seed)
    learner = _Learner.of(len(index), settings, random)
    steps = settings.epochs * max(1, (len(items) + settings.batch - 1) // settings.batch)
    done = 0
    for _ in range(settings.epochs):
        order = random.permutation(len(items))
        for start in range(0, len(items), settings.batch):
            chosen = order[start : start + settings.batch]
            batch = _dropped(rows[chosen], settings.dropout, random)
            rate = settings.rate * (1 - 0.9 * done / steps)
            learner.step(batch, labels[chosen], rate)
            done += 1
    return learner.network(index)


@dataclass(frozen=True, slots=True)
class _Learner:
    """The weights of a network while they are fitted, with Adam's means of each."""

    settings: Settings
    random: np.random.Generator
    linear: Floats
    hidden: Floats
    hidden_bias: Floats
    output: Floats
    bias: Floats
    means: dict[str, _Adam]

    @classmethod
    def of(cls, features: int, settings: Settings, random: np.random.Generator) -> _Learner:
        """Return one with weights as small random numbers."""
        units = settings.units
        arrays = {
            "linear": np.zeros(features, np.float32),
            "hidden": random.normal(0, 0.05, (features, units)).astype(np.float32),
            "hidden_bias": np.zeros(units, np.float32),
            "output": random.normal(0, units**-0.5, units).astype(np.float32),
            "bias": np.zeros(1, np.float32),
        }
        means = {name: _Adam(array.shape) for name, array in arrays.items()}
        return cls(settings=settings, random=random, means=means, **arrays)

    def step(self, batch: sparse.csr_matrix, labels: Floats, rate: float) -> None:
        """Move the weights a step against the gradient of a batch's logistic loss."""
        size, decay, share = batch.shape[0], self.settings.decay, self.settings.unit_dropout
        touched, inverse = np.unique(batch.indices, return_inverse=True)
        small = sparse.csr_matrix((batch.data, inverse, batch.indptr), shape=(size, len(touched)))
        raw = small @ self.hidden[touched] + self.hidden_bias
        keep = (self.random.random(raw.shape) >= share).astype(np.float32) / (1 - share)
        active = np.maximum(raw, 0) * keep
        score = small @ self.linear[touched] + active @ self.output + self.bias[0]
        error = ((1 / (1 + np.exp(-score)) - labels) / size).astype(np.float32)
        into_hidden = np.outer(error, self.output).astype(np.float32) * keep * (raw > 0)
        everything = slice(None)
        self._move("output", everything, active.T @ error, rate)
        self._move("bias", everything, error.sum(keepdims=True), rate)
        self._move("hidden_bias", everything, into_hidden.sum(0), rate)
        self._move("linear", touched, small.T @ error + decay * self.linear[touched], rate)
        self._move("hidden", touched, small.T @ into_hidden + decay * self.hidden[touched], rate)

    def _move(self, name: str, rows: NDArray[np.intp] | slice, gradient: Floats, rate: float) -> None:
        self.means[name].step(getattr(self, name), rows, gradient, rate)

    def network(self, index: dict[str, int]) -> Network:
        """Return the network, with a row of zeros for unknown features before the others."""
        nothing = np.zeros((1, self.settings.units), np.float32)
        return Network(
            {feature: row + 1 for feature, row in index.items()},
            np.append(np.float32(0), self.linear),
            np.vstack([nothing, self.hidden]),
            self.hidden_bias,
            self.output,
            float(self.bias[0]),
        )


def _dropped(rows: sparse.csr_matrix, share: float, random: np.random.Generator) -> sparse.csr_matrix:
    """Leave out a share of the features and scale the rest up to make up for it."""
    kept = random.random(len(rows.indices)) >= share
    ends = np.concatenate([[0], np.cumsum(kept)])[rows.indptr]
    data = np.full(int(kept.sum()), 1 / (1 - share), np.float32)
    return sparse.csr_matrix((data, rows.indices[kept], ends), shape=rows.shape)
