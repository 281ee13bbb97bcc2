"""Fits the scorer's networks on top of each other, and cross-validates the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from quotes.features.first_sight import first_sight_features
from quotes.neighbours import neighbour_features
from quotes.scorer import Network
from quotes.selection import CERTAIN
from quotes.training.bagging import fit_mean
from quotes.training.examples import Example, flat, reading_examples
from quotes.training.network import Settings, fit

Report = Callable[[str], None]

KEPT_AT_SIGHT = 0.96
"""Share of the right proposals that the first sight lets through: 99.7 % of
those that the first look would accept, and a little more than half of all."""

FIRST_SIGHT = Settings(units=4, epochs=3, rate=3e-3, dropout=0.1, unit_dropout=0.0, least=5)
FIRST_LOOK = Settings(units=12, epochs=6, rate=1.5e-3, dropout=0.5, least=10)
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


@dataclass(frozen=True, slots=True)
class Sifted:
    """What is left of a corpus after the first sight.

    Attributes:
        network: Fitted on the whole corpus.
        least: Log-odds from which on a proposal is looked at.
        examples: The articles with the proposals that are worth a look to
            networks that were fitted without them.
    """

    network: Network
    least: float
    examples: tuple[Example, ...]


def sift(examples: Sequence[Example], folds: int, report: Report) -> Sifted:
    """Fit the first sight and leave out, of each article, what it would refuse.

    Args:
        examples: The articles with all their proposals.
        folds: Folds of the cross-validation.
        report: Called with a line on the result.
    """
    features = [
        [first_sight_features(example.setting, proposal) for proposal in example.proposals]
        for example in examples
    ]
    answers = [[float(label.found) for label in example.labels] for example in examples]
    scores: list[NDArray[np.float32]] = [np.zeros(0, np.float32)] * len(examples)
    everything = range(len(examples))
    for fold in range(folds):
        network = _fit_sight(features, answers, [i for i in everything if fold_of(i, folds) != fold])
        for index in everything:
            if fold_of(index, folds) == fold:
                scores[index] = network.scores(features[index])
    right = np.concatenate([s[np.array(a) > 0] for s, a in zip(scores, answers, strict=True)])
    least = float(np.quantile(right, 1 - KEPT_AT_SIGHT))
    kept = tuple(_kept(e, s >= least) for e, s in zip(examples, scores, strict=True))
    share = sum(len(e.proposals) for e in kept) / sum(len(e.proposals) for e in examples)
    report(f"first sight: {100 * share:.0f} % of the proposals are worth a look")
    return Sifted(_fit_sight(features, answers, everything), least, kept)


def _fit_sight(
    features: Sequence[Sequence[Sequence[str]]], answers: Sequence[Sequence[float]], seen: Iterable[int]
) -> Network:
    chosen = list(seen)
    items = [item for index in chosen for item in features[index]]
    found = [answer for index in chosen for answer in answers[index]]
    return fit(items, np.array(found, np.float32), FIRST_SIGHT)


def _kept(example: Example, worth: NDArray[np.bool_]) -> Example:
    """Return an article with only the proposals that are worth a look, or need no scorer."""
    places = [i for i, p in enumerate(example.proposals) if worth[i] or p.frame in CERTAIN]
    return replace(
        example,
        proposals=tuple(example.proposals[i] for i in places),
        features=tuple(example.features[i] for i in places),
        labels=tuple(example.labels[i] for i in places),
    )


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
    return fit_mean(items, np.array(answers, np.float32), FIRST_LOOK)


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


def fit_second(articles: Sequence[Stacked], known: Sequence[str]) -> Network:
    """Fit the second look; ``known`` are the features of the first."""
    items = [features for article in articles for features in article.features]
    answers = [answer for article in articles for answer in article.answers]
    return fit_mean(items, np.array(answers, np.float32), SECOND_LOOK, known)


def fit_reading(examples: Sequence[Example]) -> Network:
    """Fit the choice among readings."""
    items, best = reading_examples(examples)
    return fit_mean(items, np.array(best, np.float32), READING)


def cross_validate(
    examples: Sequence[Example],
    articles: Sequence[Stacked],
    known: Sequence[str],
    folds: int,
    report: Report,
) -> OutOfFold:
    """Fit second look and readings without each fold, and ask them about it.

    Args:
        examples: The articles.
        articles: What the second look sees of each.
        known: The features of the first look.
        folds: Folds of the cross-validation.
        report: Called with a line on each fold.
    """
    second: list[dict[int, float]] = [{} for _ in examples]
    readings = []
    for fold in range(folds):
        seen = [i for i in range(len(examples)) if fold_of(i, folds) != fold]
        network = fit_second([articles[i] for i in seen], known)
        readings.append(fit_reading([examples[i] for i in seen]))
        for index, article in enumerate(articles):
            if fold_of(index, folds) == fold:
                values = network.scores(article.features).tolist()
                second[index] = dict(zip(article.indices, values, strict=True))
        report(f"second look, fold {fold + 1} of {folds}")
    return OutOfFold(tuple(second), tuple(readings))
