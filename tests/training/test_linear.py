"""Logistic regression over named features."""

from __future__ import annotations

import pytest

pytest.importorskip("scipy", reason="needs the extra quotes-attribution[train]")

from quotes.training.linear import fit_linear

ITEMS = [["a"], ["a"], ["a"], ["b"], ["b"], ["b"], ["a", "b"], ["c"]]
ANSWERS = [True, True, False, False, False, True, True, True]


def test_weights_point_to_the_answers() -> None:
    """What stands with right answers weighs more than what stands with wrong ones."""
    weights, _ = fit_linear(ITEMS, ANSWERS, penalty=0.1, least=2)
    assert weights["a"] > weights["b"]
    assert set(weights) == {"a", "b"}  # "c" is too rare


def test_the_optimum() -> None:
    """With one feature and hardly a penalty, the weights give the shares that were seen."""
    items = [["a"]] * 4 + [[]] * 4
    answers = [True, True, True, False, True, False, False, False]
    weights, bias = fit_linear(items, answers, penalty=1e-6, least=1)
    assert bias == pytest.approx(-1.0986, abs=1e-3)  # log odds of one in four
    assert bias + weights["a"] == pytest.approx(1.0986, abs=1e-3)


def test_a_penalty_draws_weights_to_nothing() -> None:
    """The larger the penalty, the smaller the weights."""
    small, _ = fit_linear(ITEMS, ANSWERS, penalty=0.1, least=1)
    large, _ = fit_linear(ITEMS, ANSWERS, penalty=10.0, least=1)
    assert all(abs(large[name]) < abs(small[name]) for name in ("a", "b"))
