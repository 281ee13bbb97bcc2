"""Fitting a network."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from quotes.scoring.scorer import Network, Scorer
from quotes.syntax.sight import FirstSight
from quotes.training.weights import write_weights

pytest.importorskip("scipy", reason="needs the extra quotes-attribution[train]")

from quotes.training.bagging import fit_mean
from quotes.training.network import Settings, fit, vocabulary

SETTINGS = Settings(units=8, epochs=30, batch=32, rate=1e-2, dropout=0.0, unit_dropout=0.0, least=2)
ITEMS = [["say"], ["run"], ["say", "if"], ["run", "if"]] * 50
ANSWERS = np.array([1, 0, 0, 1] * 50, np.float32)
"""Right is "say" without "if", or "run" with it: adding up weights can't tell, only what comes together."""


def right(network: Network) -> int:
    """How many of the four kinds of items a network gets right."""
    return int(((network.scores(ITEMS[:4]) > 0) == (ANSWERS[:4] > 0.5)).sum())


def test_a_rule_is_learned() -> None:
    """A network learns a rule that only holds for features together."""
    assert right(fit(ITEMS, ANSWERS, SETTINGS)) == 4


def test_a_mean_of_networks_is_a_network() -> None:
    """The mean of three networks scores the mean of their scores, and knows the rule too."""
    mean = fit_mean(ITEMS, ANSWERS, SETTINGS, members=3)
    each = [fit(ITEMS, ANSWERS, replace(SETTINGS, seed=SETTINGS.seed + step)) for step in range(3)]
    together = np.mean([network.scores(ITEMS[:4]) for network in each], axis=0)
    assert mean.scores(ITEMS[:4]).tolist() == pytest.approx(together.tolist(), abs=1e-4)
    assert right(mean) == 4


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    """The same items, answers and seed give the same file, another seed another one."""
    files = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        settings = replace(SETTINGS, epochs=3, dropout=0.3, unit_dropout=0.3, seed=seed)
        network = fit(ITEMS, ANSWERS, settings)
        write_weights(tmp_path / name, Scorer(FirstSight({}), network, network, network, (1.0, 0.0), 0.5, {}))
        files.append((tmp_path / name).read_bytes())
    assert files[0] == files[1] != files[2]


def test_rare_features_are_left_out() -> None:
    """A feature that too few items have gets no weight; the others stand in alphabetical order."""
    assert vocabulary([["b", "a", "a"], ["b"], ["a", "c"]], 2) == {"a": 0, "b": 1}


def test_known_features_come_first() -> None:
    """Features that are known keep their order, whatever the items have; further ones follow."""
    assert vocabulary([["a", "c"], ["b"], ["d"]], 1, ("c", "x")) == {"c": 0, "x": 1, "a": 2, "b": 3, "d": 4}
