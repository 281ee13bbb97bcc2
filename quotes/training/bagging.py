"""Fits a network several times and makes one network of the results.

Networks of different seeds make different mistakes where the corpus is noisy;
their mean makes fewer (Breiman, "Bagging predictors", Machine Learning 24,
1996). The mean of networks with one vocabulary is again a network: its hidden
units are all of theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from quotes.scoring.scorer import Network
from quotes.training.network import Settings, fit

MEMBERS = 5
"""Networks in a mean."""


def fit_mean(
    items: Sequence[Sequence[str]],
    labels: NDArray[np.float32],
    settings: Settings,
    known: Sequence[str] = (),
    members: int = MEMBERS,
) -> Network:
    """Fit networks that differ in their seed alone, and return their mean.

    Args:
        items: Feature names of each item.
        labels: 0 to 1 for each item, shape (items,).
        settings: How each is fitted; the seeds count up from its seed.
        known: Features that get the first rows, in this order.
        members: How many.

    Returns:
        One network with ``members`` times the hidden units.
    """
    fitted = [
        fit(items, labels, replace(settings, seed=settings.seed + step), known) for step in range(members)
    ]
    return Network(
        fitted[0].index,
        np.mean([network.linear for network in fitted], axis=0, dtype=np.float32),
        np.hstack([network.hidden for network in fitted]),
        np.concatenate([network.hidden_bias for network in fitted]),
        (np.concatenate([network.output for network in fitted]) / np.float32(members)).astype(np.float32),
        float(np.mean([network.bias for network in fitted])),
    )
