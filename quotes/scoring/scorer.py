"""Scores candidates and extents: one sum of weights for each decision.

Is a candidate an attribution? First every candidate is judged alone, by its own features. Those that
are not refused outright are judged again: their own score and what their rivals scored
(`quotes.scoring.context`) add up to the log-odds. Which extent of the content is best? The one whose features
have the highest sum.

The weights are a table that a person can read, learned from an annotated corpus (`quotes.training`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from math import exp, log
from pathlib import Path
from typing import Any

from quotes.candidates.candidate import Candidate
from quotes.encoding.encoder import Encoded
from quotes.errors import DataError, UsageError
from quotes.scoring.context import context_features
from quotes.syntax.article import Article

FORMAT_VERSION = 4
QUALITIES = {"fast": "en.tsv", "best": "best.tsv"}
"""The weights that ship, by what they are chosen by."""
ENCODER = "encoder"
"""What an encoder says of a candidate, in log-odds, or of an extent, in points, as one number beside the features."""
MOST_ENCODED = 8.0
"""Bound of what it says of a candidate, either way."""
OWN_SCORE = "own score"
"""What a candidate's own features sum up to, as one number beside the context features."""
DECISIONS = ("candidate", "candidate_in_context", "extent")
_HEADER = ("decision", "feature", "weight")
_MAKE_WEIGHTS = "make one with 'quotes train'"
_MOST_BYTES = 200_000_000
"""Bytes of the largest file that is read; the weights that ship have two million."""
_LARGEST = 1e6
"""Largest number, either way; those that ship are below ten."""

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Scorer:
    """What decides.

    Attributes:
        candidate: Weights of a candidate's own features.
        candidate_in_context: Weights of its own score and of its context features.
        extent: Weights of the features of one extent of a content.
        calibration: Slope and intercept that turn a score in context into log-odds.
        threshold: Least probability of a candidate that is kept.
        metadata: What the weights were made from, and how good they were.
        encoder: Folder of the encoder whose scores have weights too, None without one.
        other_attitudes: Slope and intercept that turn the log-odds of a chosen candidate into those of the confidence,
            where it is no statement: "hopes that" is annotated less often than its features promise.
    """

    candidate: Weights
    candidate_in_context: Weights
    extent: Weights
    calibration: tuple[float, float]
    threshold: float
    metadata: Mapping[str, Any]
    encoder: Path | None = None
    other_attitudes: tuple[float, float] = (1.0, 0.0)

    def probabilities(
        self,
        article: Article,
        candidates: Sequence[Candidate],
        features: Iterable[Sequence[str]],
        encoded: Encoded | None = None,
    ) -> list[float]:
        """Return the probability of each candidate of an article, 0 for one that is refused outright.

        The features are each candidate's own, in the same order, from `features_of`; the article as an encoder has
        read it where the weights count on one.
        """
        scores = own_scores(self.candidate, features, _said(candidates, encoded))
        out = [0.0] * len(candidates)
        for index, context in context_features(article, candidates, scores).items():
            score = in_context(self.candidate_in_context, scores[index], context)
            out[index] = probability(self.calibration, score)
        return out

    def confidence(self, likely: float, attitude: str) -> float:
        """Return how sure it is that a chosen candidate is an attribution, now that its attitude is known."""
        if attitude == "statement" or self.other_attitudes == (1.0, 0.0):
            return likely
        return probability(self.other_attitudes, log_odds(likely))

    def preferences(
        self, candidate: Candidate, items: Sequence[Sequence[str]], encoded: Encoded | None = None
    ) -> list[float]:
        """Return the points of each extent of a candidate, given the features of each."""
        return own_scores(self.extent, items, encoded.extents(candidate) if encoded else None)

    def contributions(
        self,
        article: Article,
        candidates: Sequence[Candidate],
        features: Sequence[Sequence[str]],
        encoded: Encoded | None = None,
    ) -> list[list[tuple[str, float]]]:
        """Return what each known feature adds to the log-odds of candidates, the most important first.

        Takes what `probabilities` takes; of a candidate that is refused outright, only its own features.
        """
        slope = self.calibration[0]
        own = slope * self.candidate_in_context.get(OWN_SCORE, 0.0)
        said = _said(candidates, encoded) or [0.0] * len(candidates)
        scores = own_scores(self.candidate, features, said)
        contexts = context_features(article, candidates, scores)
        out = []
        for index, names in enumerate(features):
            alone = [(f, own * weight) for f, weight in known(self.candidate, names)]
            if encoded:
                alone.append((ENCODER, own * self.candidate.get(ENCODER, 0.0) * said[index]))
            context = known(self.candidate_in_context, contexts.get(index, ()))
            out.append(ranked([*alone, *((f, slope * weight) for f, weight in context)]))
        return out


def _said(candidates: Sequence[Candidate], encoded: Encoded | None) -> list[float] | None:
    return list(map(bounded, encoded.candidates(candidates))) if encoded else None


def bounded(log_odds: float) -> float:
    """Return what an encoder's log-odds count for: it is too sure of what its articles never showed."""
    return max(-MOST_ENCODED, min(MOST_ENCODED, log_odds))


def known(weights: Weights, features: Iterable[str]) -> list[tuple[str, float]]:
    """Return each feature that has a weight, once, with its weight."""
    return [(feature, weights[feature]) for feature in dict.fromkeys(features) if feature in weights]


def total(weights: Weights, features: Iterable[str]) -> float:
    """Return the sum of the weights of features, each counted once."""
    weight_of = weights.get
    return sum([weight_of(feature, 0.0) for feature in dict.fromkeys(features)])


def own_scores(
    weights: Weights, features: Iterable[Iterable[str]], encoded: Sequence[float] | None = None
) -> list[float]:
    """Return the score of each of some candidates or extents by its features and by what an encoder says of it."""
    scores = [total(weights, names) for names in features]
    if encoded is None:
        return scores
    weight = weights.get(ENCODER, 0.0)
    return [score + weight * value for score, value in zip(scores, encoded, strict=True)]


def in_context(weights: Weights, score: float, context: Iterable[str]) -> float:
    """Return the score of a candidate from its own score and its context features."""
    return weights.get(OWN_SCORE, 0.0) * score + total(weights, context)


def probability(calibration: tuple[float, float], score: float) -> float:
    """Return a score as a probability, given slope and intercept of its log-odds."""
    slope, intercept = calibration
    return 1 / (1 + exp(-max(-30.0, min(30.0, slope * score + intercept))))


def log_odds(probability: float) -> float:
    """Return the log-odds of a probability, of one too near to 0 or 1 those of a millionth from it."""
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return log(bounded / (1 - bounded))


def ranked(contributions: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """Return contributions by size, whatever their sign."""
    return sorted(contributions, key=lambda pair: -abs(pair[1]))


def load_scorer(path: Path | None = None, quality: str = "fast") -> Scorer:
    """Load a table of weights and the settings beside it, those that ship with the package when None.

    Args:
        path: The table; None for one that ships.
        quality: Which of those that ship: "fast", or "best", which counts on an encoder.

    Raises:
        UsageError: There is no such quality.
        DataError: A file is missing or has another form.
    """
    if quality not in QUALITIES:
        raise UsageError(f"no quality {quality!r}; choose from {', '.join(QUALITIES)}")
    return _shipped(QUALITIES[quality]) if path is None else _read(path)


@cache
def _shipped(name: str) -> Scorer:
    with as_file(files("quotes.scoring") / "weights") as folder:
        return _read(folder / name)


def _read(path: Path) -> Scorer:
    try:
        settings = json.loads(_text(path.with_suffix(".json")))
        if settings["format_version"] != FORMAT_VERSION:
            raise DataError(
                f"{path}: weights of format {settings['format_version']}, this version reads "
                f"{FORMAT_VERSION}; make new ones with 'quotes train'"
            )
        slope, intercept = (_number(value, "calibration") for value in settings.pop("calibration"))
        threshold = _number(settings.pop("threshold"), "threshold")
        if not 0 <= threshold <= 1:
            raise ValueError(f"threshold: {threshold} is not between 0 and 1")
        others = settings.pop("other_attitudes", (1.0, 0.0))
        other_slope, other_intercept = (_number(value, "other_attitudes") for value in others)
        candidate, in_its_context, extent = read_tables(_text(path), DECISIONS)
        encoder = path.parent / str(settings["encoder"]["folder"]) if "encoder" in settings else None
        return Scorer(
            candidate=candidate,
            candidate_in_context=in_its_context,
            extent=extent,
            calibration=(slope, intercept),
            threshold=threshold,
            metadata=settings,
            encoder=encoder,
            other_attitudes=(other_slope, other_intercept),
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise DataError(f"{path}: not a table of weights ({error}); {_MAKE_WEIGHTS}") from error


def _text(path: Path) -> str:
    if path.exists() and not (path.is_file() and path.stat().st_size <= _MOST_BYTES):
        raise ValueError(f"{path.name}: no file of at most {_MOST_BYTES:,} bytes")
    return path.read_text("utf-8")


def read_tables(text: str, decisions: Sequence[str]) -> list[Weights]:
    """Return the weights of each decision.

    Raises:
        ValueError: The text is no such table.
        KeyError: It has another decision.
    """
    header, *rows = text.rstrip("\n").split("\n")
    if tuple(header.split("\t")) != _HEADER:
        raise ValueError(f"its columns are not {', '.join(_HEADER)}")
    tables: dict[str, dict[str, float]] = {decision: {} for decision in decisions}
    for row in rows:
        decision, feature, weight = row.split("\t")
        if feature in tables[decision]:
            raise ValueError(f"{decision}, {feature}: it is there twice")
        tables[decision][feature] = value = float(weight)
        if not -_LARGEST <= value <= _LARGEST:  # nor is what is no number
            raise ValueError(f"{decision}, {feature}: {weight} is no weight")
    return list(tables.values())


def _number(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -_LARGEST <= value <= _LARGEST:
        raise ValueError(f"{where}: {value!r} is no number that a weight can be")
    return value


def written_tables(tables: Mapping[str, Weights]) -> str:
    """Return the text of a table of weights to four significant digits, a row for each feature of each decision."""
    rows = [
        (decision, feature, f"{weight:.4g}")
        for decision, weights in tables.items()
        for feature, weight in sorted(weights.items())
    ]
    return "".join("\t".join(row) + "\n" for row in (_HEADER, *rows))


def save_scorer(path: Path, scorer: Scorer) -> None:
    """Write a scorer as a table of weights to four significant digits, and its settings beside it as JSON."""
    table = written_tables({decision: getattr(scorer, decision) for decision in DECISIONS})
    settings = {
        **scorer.metadata,
        "format_version": FORMAT_VERSION,
        "calibration": [round(value, 4) for value in scorer.calibration],
        "threshold": scorer.threshold,
        "other_attitudes": [round(value, 4) for value in scorer.other_attitudes],
    }
    path.write_bytes(table.encode("utf-8"))
    text = json.dumps(settings, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    path.with_suffix(".json").write_bytes(text.encode("utf-8"))
