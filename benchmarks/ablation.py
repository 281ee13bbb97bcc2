"""Measures what each stage and each group of features is worth, by cross-validation.

    python benchmarks/ablation.py train.jsonl

Prints the table of docs/benchmarks.md: without each stage in turn, and, with one
network in place of the mean of several, without each group of features. Needs
the extra ``train``; half an hour for 840 articles.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from quotes.evaluation import evaluate_relations
from quotes.evaluation.corpus import read_corpus
from quotes.evaluation.report import Report
from quotes.scoring import selection
from quotes.scoring.scorer import Network
from quotes.syntax.pipeline import DEFAULT_MODEL
from quotes.training import bagging, stacking
from quotes.training.calibration import fit_calibration
from quotes.training.examples import Example, example_of, settings_of
from quotes.training.predictions import reader_of, relations_of

THRESHOLD = 0.4
GROUPS = {
    "the cue: word, tag, attitude": r"cue( dependency| quoted| ending)?=|frame\+(tag|attitude)=",
    "what the cue hangs on": r"cue under|cue path|attitude above",
    "the owner of a cue noun": r"cue noun",
    "the cue's dependents and shape": (
        r"cue's other|auxiliar|negated|particle|cue (mark|adverb|preposition|phrase)|(cue\+)?shape=|chain="
        r"|word behind cue"
    ),
    "the speaker": r"speaker",
    "the argument: word and beginning": (
        r"argument( part of speech| attitude| side)?=|cue\+finite|opening|mark=|gap=|attitude\+argument"
        r"|preposition"
    ),
    "the argument: dependents and edges": (
        r"argument(\+cue)? (?!attitude|side|part)\w+=|words at content|word before content"
    ),
    "a noun as content": r"object",
    "the quotation and its way to the cue": (
        r"quotation|word before quotation|opens sentence|not closed|whole paragraph|nearest|verb|distance"
        r"|stops|paragraph break|\w+ since|sentence apart|governed|colon between|own complement|resumed"
        r"|stands alone|saying between|no quotation|cue before"
    ),
    "place, length, and how much is quoted": r"sentence (opens|length)|length|quoted|word behind content",
}
"""Group of features to a pattern that its names begin with."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Out-of-fold decisions on a corpus.

    Attributes:
        precision: Average precision of the first look.
        first: Log-odds of each article's candidates from the first look.
        decided: The same from the second look.
        calibration: Slope and intercept of the second look.
    """

    precision: float
    first: Sequence[Any]
    decided: stacking.OutOfFold
    calibration: tuple[float, float]


class Plainest:
    """Prefers the plainest reading of every content."""

    def scores(self, items: Sequence[object]) -> Any:
        """Return the same for all: the first one wins."""
        return np.zeros(len(items), np.float32)


def main() -> None:
    """Fit, leave out, and print one row after the other."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", type=Path, help="annotated articles, as for quotes train")
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--limit", type=int, help="only the first articles")
    options = parser.parse_args()
    articles = read_corpus(options.corpus, options.limit)
    settings = list(settings_of(articles, options.model))
    sifted = stacking.sift(settings, options.folds, quiet).examples
    say("| | AP | quotes | with source | exact |\n| --- | ---: | ---: | ---: | ---: |")
    stages(sifted, options.folds)
    with members(1):
        row("**one network instead of the mean of several**", sifted, options.folds)
        everything = [example_of(article, setting) for article, setting in settings]
        row("of these: without first sight", everything, options.folds)
        with one_unit():
            row("of these: one hidden unit, nearly linear", sifted, options.folds)
        for name, pattern in GROUPS.items():
            row(f"of these: without {name}", list(without(sifted, pattern)), options.folds)


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def quiet(_: str) -> None:
    """Take a progress line and leave it at that."""


def stages(examples: Sequence[Example], folds: int) -> None:
    """Print the rows of the stages: one fit, used without each in turn."""
    out = held_out(examples, folds)
    write("**everything**", out, scored(examples, out, folds))
    plain = replace(out, decided=replace(out.decided, readings=(Plainest(),) * folds))  # type: ignore[arg-type]
    write("without readings", None, scored(examples, plain, folds))
    with patched(selection, "_consistent", lambda _, candidates: list(candidates)):
        write("without a consistent choice", None, scored(examples, out, folds))
    answers = np.array([label.found for example in examples for label in example.labels], np.float32)
    alone = replace(
        out,
        decided=replace(out.decided, second=tuple(dict(enumerate(some.tolist())) for some in out.first)),
        calibration=fit_calibration(np.concatenate(out.first), answers),
    )
    write("without the second look", None, scored(examples, alone, folds))
    with patched(selection, "CERTAIN", {}):
        write("without constructions that decide by themselves", None, scored(examples, out, folds))
    with patched(selection, "PLAIN_SAYING", 1.0):
        write("without the lower threshold for plain saying", None, scored(examples, out, folds))
    with patched(selection, "_fitted", lambda _, choice: [choice]):
        write("without the contract's conventions on contents", None, scored(examples, out, folds))


def row(name: str, examples: Sequence[Example], folds: int) -> None:
    """Fit on some examples and print their row."""
    out = held_out(examples, folds)
    write(name, out, scored(examples, out, folds))


def write(name: str, out: HeldOut | None, report: Report) -> None:
    """Print a row."""
    figures = [report.quotes.f1, report.quotes_with_source.f1, report.exact.f1]
    precision = "" if out is None else f"{100 * out.precision:.1f}"
    say(f"| {name} | {precision} | {' | '.join(f'{100 * f.value:.1f}' for f in figures)} |")


def held_out(examples: Sequence[Example], folds: int) -> HeldOut:
    """Fit first and second look without each fold in turn, and ask them about it."""
    first = stacking.first_scores(examples, folds, quiet)
    second = [stacking.stacked(e, scores.tolist()) for e, scores in zip(examples, first, strict=True)]
    known = tuple(stacking.fit_flat(examples).index)
    decided = stacking.cross_validate(examples, second, known, folds, quiet)
    scores = [decided.second[i][k] for i, article in enumerate(second) for k in article.indices]
    answers = [answer for article in second for answer in article.answers]
    right = np.array([label.found for example in examples for label in example.labels])
    return HeldOut(
        average_precision(np.concatenate(first), right),
        first,
        decided,
        fit_calibration(np.array(scores), np.array(answers)),
    )


def average_precision(scores: Any, right: Any) -> float:
    """Return the mean, over the right items, of the precision at each one's score."""
    ordered = right[np.argsort(-scores)]
    precision = np.cumsum(ordered) / np.arange(1, len(ordered) + 1)
    return float(precision[ordered].mean())


def scored(examples: Sequence[Example], out: HeldOut, folds: int) -> Report:
    """Choose by the out-of-fold decisions and score the choices."""
    readings: Sequence[Network] = out.decided.readings
    found = {
        example.article.doc_id: relations_of(
            example,
            out.decided.second[i],
            reader_of(example.setting, readings[stacking.fold_of(i, folds)]),
            out.calibration,
            THRESHOLD,
        )
        for i, example in enumerate(examples)
    }
    return evaluate_relations([example.article for example in examples], found)


def without(examples: Sequence[Example], pattern: str) -> Iterator[Example]:
    """Yield the examples without the features whose names begin so."""
    left_out = re.compile(pattern)
    for example in examples:
        features = tuple(tuple(f for f in some if not left_out.match(f)) for some in example.features)
        yield replace(example, features=features)


@contextmanager
def patched(module: Any, name: str, value: object) -> Iterator[None]:
    """Let a module have another value under a name."""
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)


@contextmanager
def members(number: int) -> Iterator[None]:
    """Let every mean have so many networks."""

    def fit_mean(*arguments: Any) -> Network:
        return bagging.fit_mean(*arguments, members=number)

    with patched(stacking, "fit_mean", fit_mean):
        yield


@contextmanager
def one_unit() -> Iterator[None]:
    """Let both looks have a single hidden unit."""
    first, second = (replace(each, units=1) for each in (stacking.FIRST_LOOK, stacking.SECOND_LOOK))
    with (
        patched(stacking, "FIRST_LOOK", first),
        patched(stacking, "SECOND_LOOK", second),
    ):
        yield


if __name__ == "__main__":
    main()
