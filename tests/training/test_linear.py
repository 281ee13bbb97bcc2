"""Logistic regression over named features."""

from __future__ import annotations

import pytest

pytest.importorskip("sklearn", reason="needs the extra quotes-attribution[train]")

from quotes.training.linear import fit_preferences, fit_weights, item

ITEMS = [item(each) for each in (["a"], ["a"], ["a"], ["b"], ["b"], ["b"], ["a", "b"], ["c"])]
ANSWERS = [True, True, False, False, False, True, True, True]


def test_weights_point_to_the_answers() -> None:
    """What right answers have weighs more than what wrong ones have; rare features have no weight."""
    weights = fit_weights(ITEMS, ANSWERS, strength=10.0, least=2)
    assert weights["a"] > 0 > weights["b"]
    assert set(weights) == {"a", "b"}


def test_the_optimum() -> None:
    """With hardly a penalty the weights give the shares that were seen."""
    items = [item(["bias", "a"])] * 4 + [item(["bias"])] * 4
    answers = [True, True, True, False, True, False, False, False]
    weights = fit_weights(items, answers, strength=1e4, least=1)
    assert weights["bias"] == pytest.approx(-1.0986, abs=0.05)  # log-odds of one in four
    assert weights["bias"] + weights["a"] == pytest.approx(1.0986, abs=0.05)


def test_a_penalty_draws_weights_to_nothing() -> None:
    """The more the penalty counts, the smaller the weights."""
    large = fit_weights(ITEMS, ANSWERS, strength=10.0, least=1)
    small = fit_weights(ITEMS, ANSWERS, strength=0.1, least=1)
    assert all(abs(small.get(name, 0.0)) < abs(large[name]) for name in ("a", "b"))


@pytest.mark.parametrize("answer", [True, False])
def test_nothing_to_tell_apart(answer: bool) -> None:
    """Where all examples are right, or all wrong, only the share of them is learned."""
    weights = fit_weights(ITEMS, [answer] * len(ITEMS), strength=1.0, least=1)
    assert set(weights) == {"bias"}
    assert (weights["bias"] > 0) == answer


def test_features_that_would_break_the_table_are_left_out() -> None:
    """A feature with a tab or a line break in it gets no weight."""
    items = [item(["cue=\t", "a"]), item(["cue=b\nc"])] * 4
    assert set(fit_weights(items, [True, False] * 4, strength=10.0, least=1)) == {"a"}


def test_the_best_of_a_group_is_preferred() -> None:
    """What the best examples of their groups have weighs more than what the others have."""
    choices = [([item(["short"]), item(["long"]), item(["long", "far"])], [True, False, False])] * 6
    weights = fit_preferences(choices, strength=1.0, least=2)
    assert weights["short"] > weights["long"]
    assert weights["far"] < 0


def test_nothing_to_compare() -> None:
    """Without a comparison there are no preferences."""
    assert fit_preferences([], strength=1.0, least=1) == {}


def test_same_examples_same_weights() -> None:
    """Fitting twice gives the same weights to the last bit."""
    assert fit_weights(ITEMS, ANSWERS, strength=1.0, least=1) == fit_weights(ITEMS, ANSWERS, strength=1.0, least=1)
