"""Fits each decision, and asks it about articles that it was not fitted on (cross-fitting)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.scoring.context import context_features
from quotes.scoring.scorer import ENCODER, OWN_SCORE, Weights, bounded, in_context, own_scores
from quotes.training.examples import Example
from quotes.training.linear import Item, fit_calibration, fit_preferences, fit_weights, item

LEAST_CANDIDATES, LEAST_IN_CONTEXT, LEAST_EXTENTS = 10, 5, 4
"""How many examples a feature must have to count in each decision; chosen by cross-validation."""

Context = dict[int, list[str]]
"""Context features of each candidate that is not refused outright."""


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """What is decided about each article by weights that were fitted without it.

    Attributes:
        own: Own score of each candidate.
        context: Context features made of those.
        scores: Scores in context of the candidates that are not refused outright.
        extent: Weights for the extents.
    """

    own: tuple[list[float], ...]
    context: tuple[Context, ...]
    scores: tuple[dict[int, float], ...]
    extent: tuple[Weights, ...]


def in_folds(count: int, folds: int) -> Iterator[tuple[list[int], range]]:
    """Yield, for each fold, the articles to fit on and those to ask about.

    Corpora are sorted by outlet, so adjacent articles are in different folds.
    """
    for fold in range(folds):
        yield [index for index in range(count) if index % folds != fold], range(fold, count, folds)


def cross_fit(examples: Sequence[Example], folds: int) -> OutOfFold:
    """Fit every decision without each fold in turn, and ask it about that fold."""
    parts = list(in_folds(len(examples), folds))
    own: list[list[float]] = [[] for _ in examples]
    for others, held_out in parts:
        weights = fit_candidate([examples[i] for i in others])
        for i in held_out:
            own[i] = own_scores(weights, examples[i].features, _encoded(examples[i]))
    context = [context_features(e.setting, e.candidates, some) for e, some in zip(examples, own, strict=True)]
    scores: list[dict[int, float]] = [{} for _ in examples]
    extent: list[Weights] = [{} for _ in examples]
    for others, held_out in parts:
        known = [examples[i] for i in others]
        weights = fit_in_context(known, [own[i] for i in others], [context[i] for i in others])
        of_extents = fit_extent(known)
        for i in held_out:
            scores[i] = {k: in_context(weights, own[i][k], more) for k, more in context[i].items()}
            extent[i] = of_extents
    return OutOfFold(tuple(own), tuple(context), tuple(scores), tuple(extent))


def fit_candidate(examples: Sequence[Example]) -> Weights:
    """Fit the judgement of each candidate alone."""
    items = (each for example in examples for each in _items(example.features, _encoded(example)))
    return fit_weights(items, [label.found for e in examples for label in e.labels], least=LEAST_CANDIDATES)


def fit_in_context(examples: Sequence[Example], own: Sequence[Sequence[float]], context: Sequence[Context]) -> Weights:
    """Fit the judgement in context, on own scores from weights that did not see the article."""
    items = (
        {**item(more), OWN_SCORE: scores[index]}
        for scores, each in zip(own, context, strict=True)
        for index, more in each.items()
    )
    answers = [e.labels[index].found for e, each in zip(examples, context, strict=True) for index in each]
    return fit_weights(items, answers, least=LEAST_IN_CONTEXT)


def fit_extent(examples: Sequence[Example]) -> Weights:
    """Fit the choice among the extents of a content."""
    choices = [
        (_items(choice.features, None if e.encoded is None else e.encoded.extents[choice.candidate]), choice.best)
        for e in examples
        for choice in e.choices
    ]
    return fit_preferences(choices, least=LEAST_EXTENTS)


def _encoded(example: Example) -> Sequence[float] | None:
    return None if example.encoded is None else list(map(bounded, example.encoded.candidates))


def _items(features: Sequence[Sequence[str]], encoded: Sequence[float] | None) -> list[Item]:
    """Return candidates or extents, each with its features and with what an encoder says of it."""
    if encoded is None:
        return [item(names) for names in features]
    return [{**item(names), ENCODER: value} for names, value in zip(features, encoded, strict=True)]


def calibration_of(examples: Sequence[Example], scores: Sequence[dict[int, float]]) -> tuple[float, float]:
    """Return what turns the scores of examples' candidates into probabilities."""
    answers = [e.labels[index].found for e, some in zip(examples, scores, strict=True) for index in some]
    return fit_calibration([score for some in scores for score in some.values()], answers)
