"""Fits the scorer's networks on top of each other, and cross-validates the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quotes.neighbours import neighbour_features
from quotes.scorer import Network
from quotes.training.bagging import fit_mean
from quotes.training.examples import Example, flat, reading_examples
from quotes.training.network import Settings, fit

Report = Callable[[str], None]

FIRST_LOOK = Settings(units=24, epochs=4, rate=1.5e-3, dropout=0.5, least=10)
SECOND_LOOK = Settings(units=16, epochs=5, rate=1e-3, dropout=0.4, least=10)
READING = Settings(units=12, epochs=4, rate=2e-3, dropout=0.3, least=4)


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """What networks say of articles that they were not fitted on.

    Attributes:
        second: Log-odds of each proposal from the second look, by article;
            None for a proposal that the first look rules out.
        readings: Network for the readings, one a fold, that did not see the article.
    """

    second: tuple[dict[int, float], ...]
    readings: tuple[Network, ...]


def fold_of(index: int, folds: int) -> int:
    """Return the fold of an article: corpora are sorted by outlet, so neighbours part."""
    return index % folds


def first_scores(examples: Sequence[Example], folds: int, report: Report) -> list[NDArray[np.float32]]:
    """Return the first look's log-odds of each article's proposals, out of fold."""
    out: list[NDArray[np.float32]] = [np.zeros(0, np.float32)] * len(examples)
    for fold in range(folds):
        seen = [e for i, e in enumerate(examples) if fold_of(i, folds) != fold]
        network = fit_flat(seen)
        for index, example in enumerate(examples):
            if fold_of(index, folds) == fold:
                out[index] = network.scores(example.features)
        report(f"first look, fold {fold + 1} of {folds}")
    return out


def fit_flat(examples: Sequence[Example]) -> Network:
    """Fit the first look."""
    items, answers = flat(examples)
    return fit(items, np.array(answers, np.float32), FIRST_LOOK)


@dataclass(frozen=True, slots=True)
class Stacked:
    """The second look's examples of one article."""

    indices: tuple[int, ...]
    features: tuple[tuple[str, ...], ...]
    answers: tuple[float, ...]


def stacked(example: Example, scores: Sequence[float]) -> Stacked:
    """Return what the second look sees of an article, given the first look's scores."""
    around = neighbour_features(example.setting, example.proposals, scores)
    return Stacked(
        tuple(around),
        tuple((*example.features[i], *more) for i, more in around.items()),
        tuple(float(example.labels[i].found) for i in around),
    )


def fit_second(articles: Sequence[Stacked]) -> Network:
    """Fit the second look."""
    items = [features for article in articles for features in article.features]
    answers = [answer for article in articles for answer in article.answers]
    return fit_mean(items, np.array(answers, np.float32), SECOND_LOOK)


def fit_reading(examples: Sequence[Example]) -> Network:
    """Fit the choice among readings."""
    items, best = reading_examples(examples)
    return fit_mean(items, np.array(best, np.float32), READING)


def cross_validate(
    examples: Sequence[Example], articles: Sequence[Stacked], folds: int, report: Report
) -> OutOfFold:
    """Fit second look and readings without each fold, and ask them about it."""
    second: list[dict[int, float]] = [{} for _ in examples]
    readings = []
    for fold in range(folds):
        seen = [i for i in range(len(examples)) if fold_of(i, folds) != fold]
        network = fit_second([articles[i] for i in seen])
        readings.append(fit_reading([examples[i] for i in seen]))
        for index, article in enumerate(articles):
            if fold_of(index, folds) == fold:
                values = network.scores(article.features).tolist()
                second[index] = dict(zip(article.indices, values, strict=True))
        report(f"second look, fold {fold + 1} of {folds}")
    return OutOfFold(tuple(second), tuple(readings))
