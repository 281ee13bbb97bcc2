"""What the encoder of the quality `best` is worth, decision by decision, on annotated articles.

    python benchmarks/encoder_ablation.py dev.jsonl

Each row decides with the weights that count on the encoder, or with those of the quality `fast`, which do without it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from quotes import extractor as extraction
from quotes.evaluation import evaluate
from quotes.evaluation.corpus import GoldArticle, read_corpus
from quotes.extractor import Extractor
from quotes.scoring.scorer import ENCODER, OWN_SCORE, Scorer, load_scorer
from quotes.text.document import make_document

DECISIONS = ("candidates", "extents", "speakers", "what is plain")
"""What the encoder has a part in; the last keeps what the construction shows, whatever the encoder says."""


def scorer_with(decisions: frozenset[str]) -> Scorer:
    """Return a scorer that counts on the encoder for some of the decisions only."""
    fast, best = load_scorer(), load_scorer(quality="best")
    candidates, extents = best if "candidates" in decisions else fast, best if "extents" in decisions else fast
    return replace(candidates, extent=extents.extent, encoder=best.encoder)


def encoder_alone() -> Scorer:
    """Return a scorer that looks at nothing but the encoder's score of each candidate, and of each extent."""
    return replace(
        load_scorer(quality="best"),
        candidate={ENCODER: 1.0},
        candidate_in_context={OWN_SCORE: 1.0},
        extent={ENCODER: 1.0},
        calibration=(1.0, 0.0),
    )


@contextmanager
def only(decisions: frozenset[str]) -> Iterator[None]:
    """Take the encoder's word on speakers, and the floor under plain constructions, away where they are not wanted."""
    with ExitStack() as patches:
        if "speakers" not in decisions:
            patches.enter_context(patch.object(extraction, "with_likeliest_speakers", lambda _, chosen, __: chosen))
        if "what is plain" not in decisions or "candidates" not in decisions:
            patches.enter_context(patch.object(extraction, "balanced", lambda _, __, probabilities, ___: probabilities))
        yield


def figures(articles: list[GoldArticle], scorer: Scorer, decisions: frozenset[str]) -> str:
    """Return contents, with source, and exact F1 in percent, as cells of a table."""
    documents = [make_document(a.text, document_id=a.doc_id, published=a.published) for a in articles]
    with only(decisions):
        found = list(Extractor(attitudes="all", scorer=scorer).pipe(documents))
    report = evaluate(articles, dict(zip((a.doc_id for a in articles), found, strict=True)))
    scores = (report.quotes, report.quotes_with_source, report.exact)
    return " | ".join(f"{100 * each.f1.value:.1f}" for each in scores)


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Print the table."""
    articles = read_corpus(Path(sys.argv[1]))
    every = frozenset(DECISIONS)
    rows = {"nothing (`fast`)": frozenset[str](), **{f"only {each}": frozenset({each}) for each in DECISIONS[:3]}}
    rows |= {"everything (`best`)": every, **{f"all but {each}": every - {each} for each in DECISIONS}}
    _write("| the encoder decides on | contents | with source | exact |\n| --- | ---: | ---: | ---: |")
    for name, decisions in rows.items():
        _write(f"| {name} | {figures(articles, scorer_with(decisions), decisions)} |")
    _write(f"| everything, without the plain features | {figures(articles, encoder_alone(), every)} |")


if __name__ == "__main__":
    main()
