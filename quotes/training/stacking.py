"""Fits the scorer's networks on top of each other, and cross-validates the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from quotes.candidates import Article
from quotes.evaluation.corpus import GoldArticle
from quotes.scoring.context import neighbour_features
from quotes.scoring.scorer import Network
from quotes.syntax.sight import FirstSight, Seen, sight_features
from quotes.training.bagging import fit_mean
from quotes.training.examples import Example, example_of, flat, proposals_of, reading_examples
from quotes.training.labels import label
from quotes.training.linear import fit_linear
from quotes.training.network import Settings, fit

Report = Callable[[str], None]

KEPT_AT_SIGHT = 0.94
"""Share of the right candidates that the first sight lets through; it refuses two thirds of all."""

SIGHT_PENALTY = 3.0
"""Of half the sum of squared weights of the first sight."""
_REFUSES_NOTHING = -1e9
"""Least log-odds where a corpus has nothing right to learn from."""
FIRST_LOOK = Settings(units=12, epochs=6, rate=1.5e-3, dropout=0.5, least=10)
SECOND_LOOK = Settings(units=16, epochs=7, rate=1e-3, dropout=0.4, least=10)
READING = Settings(units=12, epochs=4, rate=2e-3, dropout=0.3, least=4)


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """What networks say of articles that they were not fitted on.

    Attributes:
        second: Log-odds of each candidate from the second look, by article;
            None for a candidate that the first look rules out.
        readings: Network for the readings, one a fold, that did not see the article.
    """

    second: tuple[dict[int, float], ...]
    readings: tuple[Network, ...]


def fold_of(index: int, folds: int) -> int:
    """Return the fold of an article: corpora are sorted by outlet, so neighbours part."""
    return index % folds


def in_folds(count: int, folds: int) -> Iterator[tuple[list[int], list[int]]]:
    """Yield, for each fold, the articles to fit on and those to ask about."""
    for fold in range(folds):
        held_out = [index for index in range(count) if fold_of(index, folds) == fold]
        yield sorted(set(range(count)).difference(held_out)), held_out


@dataclass(frozen=True, slots=True)
class Sifted:
    """What is left of a corpus after the first sight.

    Attributes:
        sight: Fitted on the whole corpus.
        examples: The articles with the candidates that are worth being made to
            first sights that were fitted without them.
    """

    sight: FirstSight
    examples: tuple[Example, ...]


def sift(articles: Sequence[tuple[GoldArticle, Article]], folds: int, report: Report) -> Sifted:
    """Fit the first sight and leave out, of each article, what it would refuse.

    Args:
        articles: Annotated articles with their settings.
        folds: Folds of the cross-validation.
        report: Called with a line on the result.
    """
    answered = [_answered(article, setting) for article, setting in articles]
    fitted = [
        _fit_sight([answered[index] for index in others]) for others, _ in in_folds(len(articles), folds)
    ]
    right = [
        fitted[fold_of(index, folds)].log_odds(seen)
        for index, one in enumerate(answered)
        for seen, is_right in one
        if is_right
    ]
    least = float(np.quantile(right, 1 - KEPT_AT_SIGHT)) if right else _REFUSES_NOTHING
    refusing = [FirstSight(sight.weights, sight.bias, least) for sight in fitted]
    examples = tuple(
        example_of(article, replace(setting, sight=refusing[fold_of(index, folds)]))
        for index, (article, setting) in enumerate(articles)
    )
    kept = sum(p.cue_head is not None for example in examples for p in example.candidates)
    share = kept / sum(map(len, answered))
    report(f"first sight: {100 * share:.0f} % of the candidates with a cue are worth a look")
    whole = _fit_sight(answered)
    return Sifted(FirstSight(whole.weights, whole.bias, least), examples)


def _answered(article: GoldArticle, setting: Article) -> list[tuple[Seen, bool]]:
    """Return all that the frames could propose with a cue, as the first sight sees it, and what is right."""
    candidates = proposals_of(setting)
    return [
        (
            Seen(setting.parse, setting.quotation_at, p.rule, p.cue_head, p.argument, p.speaker is not None),
            answer.found,
        )
        for p, answer in zip(candidates, label(setting.parse, article, candidates), strict=True)
        if p.cue_head is not None
    ]


def _fit_sight(articles: Iterable[Sequence[tuple[Seen, bool]]]) -> FirstSight:
    some = [pair for article in articles for pair in article]
    items = [sight_features(seen) for seen, _ in some]
    return FirstSight(*fit_linear(items, [right for _, right in some], penalty=SIGHT_PENALTY, least=5))


def first_scores(examples: Sequence[Example], folds: int, report: Report) -> list[NDArray[np.float32]]:
    """Return the first look's log-odds of each article's candidates, out of fold."""
    out: list[NDArray[np.float32]] = [np.zeros(0, np.float32)] * len(examples)
    for fold, (others, held_out) in enumerate(in_folds(len(examples), folds), start=1):
        network = fit_flat([examples[index] for index in others])
        for index in held_out:
            out[index] = network.scores(examples[index].features)
        report(f"first look, fold {fold} of {folds}")
    return out


def fit_flat(examples: Sequence[Example]) -> Network:
    """Fit the first look: a single network, for its mistakes are the second look's to mend."""
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
    around = neighbour_features(example.setting, example.candidates, scores)
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
    for fold, (others, held_out) in enumerate(in_folds(len(examples), folds), start=1):
        network = fit_second([articles[index] for index in others], known)
        readings.append(fit_reading([examples[index] for index in others]))
        for index in held_out:
            values = network.scores(articles[index].features).tolist()
            second[index] = dict(zip(articles[index].indices, values, strict=True))
        report(f"second look, fold {fold} of {folds}")
    return OutOfFold(tuple(second), tuple(readings))
