"""Measures what each stage and each group of features is worth, by cross-validation.

    python benchmarks/ablation.py train.jsonl

Prints the table of docs/benchmarks.md: without each stage in turn, then without each group of a
candidate's own features. Needs the extra ``train``; ten minutes for 840 articles.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from quotes.evaluation import evaluate_relations
from quotes.evaluation.corpus import read_corpus
from quotes.scoring import selection
from quotes.syntax.pipeline import DEFAULT_MODEL
from quotes.training.cross_fitting import OutOfFold, calibration_of, cross_fit
from quotes.training.examples import Example, examples_of
from quotes.training.predictions import reader_of, relations_of

THRESHOLD = 0.4
GROUPS = {
    "the cue: word, tag, attitude": r"cue( dependency| quoted| ending)?=|rule\+(tag|attitude)=",
    "what the cue hangs on": r"cue under|cue path|attitude above",
    "the owner of a cue noun": r"cue noun",
    "the cue's dependents and shape": (
        r"cue's other|auxiliar|negated|particle|cue (mark|adverb|preposition|phrase)|(cue\+)?shape=|chain="
        r"|word after cue"
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
        r"quotation|title|word before quotation|opens sentence|not closed|whole paragraph|nearest|verb"
        r"|distance|stops|paragraph break|\w+ since|sentence apart|governed|colon between|own complement"
        r"|resumed|stands alone|saying between|no quotation|cue before"
    ),
    "place, length, and how much is quoted": r"sentence (opens|length)|length|quoted|word after content",
}
"""Group of features to a pattern that its names begin with."""


def main() -> None:
    """Fit, leave out, and print one row after the other."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", type=Path, help="annotated articles, as for quotes train")
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--limit", type=int, help="only the first articles")
    options = parser.parse_args()
    articles = read_corpus(options.corpus, options.limit)
    examples = examples_of(articles, options.model)
    say("| | AP | quotes | with source | exact |\n| --- | ---: | ---: | ---: | ---: |")
    stages(examples, options.folds)
    for name, pattern in GROUPS.items():
        some = list(without(examples, pattern))
        row(f"without {name}", some, cross_fit(some, options.folds))


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def stages(examples: Sequence[Example], folds: int) -> None:
    """Print the rows of the stages: one fit, used without each in turn."""
    out = cross_fit(examples, folds)
    row("**everything**", examples, out)
    row(
        "without extents: the content is what the parse marks",
        examples,
        replace(out, extent=({},) * len(examples)),
    )
    with patched(selection, "_consistent", lambda _, candidates: list(candidates)):
        row("without a consistent choice: all that is likely enough", examples, out)
    alone = tuple({index: own[index] for index in context} for own, context in zip(out.own, out.context, strict=True))
    row("without the context: each candidate judged alone", examples, replace(out, scores=alone))
    with patched(selection, "LEAST_PROBABILITY", {}):
        row("without constructions that decide by themselves", examples, out)
    with patched(selection, "SAYING", 1.0):
        row("without the lower threshold for saying", examples, out)
    with patched(selection, "_fitted", lambda _, choice: [choice]):
        row("without the contract's conventions on contents", examples, out)


def row(name: str, examples: Sequence[Example], out: OutOfFold) -> None:
    """Choose by the out-of-fold decisions, score the choices, and print a row."""
    calibration = calibration_of(examples, out.scores)
    found = {
        e.article.doc_id: relations_of(e, scores, reader_of(e, extent), calibration, THRESHOLD)
        for e, scores, extent in zip(examples, out.scores, out.extent, strict=True)
    }
    report = evaluate_relations([e.article for e in examples], found)
    own = np.array([score for scores in out.own for score in scores])
    precision = average_precision(own, np.array([label.found for e in examples for label in e.labels]))
    figures = [precision, *(f.f1.value for f in (report.quotes, report.quotes_with_source, report.exact))]
    say(f"| {name} | {' | '.join(f'{100 * value:.1f}' for value in figures)} |")


def average_precision(scores: Any, right: Any) -> float:
    """Return the mean, over the right items, of the precision at each one's score."""
    ordered = right[np.argsort(-scores)]
    precision = np.cumsum(ordered) / np.arange(1, len(ordered) + 1)
    return float(precision[ordered].mean())


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


if __name__ == "__main__":
    main()
