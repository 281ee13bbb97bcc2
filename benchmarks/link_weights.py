"""Fits the weights by which reports are linked, and counts in how many articles each word is.

    python benchmarks/link_weights.py PAIRS.jsonl ARTICLES.jsonl STATEMENTS.jsonl --background TRAIN.jsonl

PAIRS are judged pairs (see `quotes.training.links`), ARTICLES theirs (``id``, ``text``, ``published``, ``publisher``),
STATEMENTS what ``quotes corpus --attitudes all`` found in them. READ.tsv, with --read, holds more pairs that somebody
read, by where their words are (``link_read.tsv``, of the articles of PolNeAR). BACKGROUND are articles (``text``) whose
words are counted.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path
from typing import Any

import quotes.linking
from quotes.scoring.scorer import written_tables
from quotes.training.links import Judged, fit, word_counts, written_counts

WEIGHTS = Path(quotes.linking.__file__).with_name("weights")


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def read_pairs(path: Path) -> list[dict[str, Any]]:
    """Return the pairs of a table of those that somebody read."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            {
                **{side: _place(row, side) for side in "ab"},
                "label": row["label"],
                "stands_for": float(row["stands_for"]),
            }
            for row in csv.DictReader(lines, delimiter="\t")
        ]


def _place(row: dict[str, str], side: str) -> dict[str, Any]:
    return {"doc_id": row[side], "start": int(row[f"{side}_start"]), "end": int(row[f"{side}_end"])}


def main() -> None:
    """Fit, write the tables, and print how good they are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("pairs", "articles", "statements"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--read", type=Path)
    parser.add_argument("--background", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    if options.background:
        counts = word_counts(row["text"] for row in rows(options.background))
        (options.output / "words.tsv").write_text(written_counts(*counts), "utf-8")
    judged = Judged(rows(options.pairs), {row["id"]: row for row in rows(options.articles)}, rows(options.statements))
    model, quality = fit(judged, read_pairs(options.read) if options.read else [])
    tables = {"pair": model.own, "pair_among_others": model.among_others}
    (options.output / "pairs.tsv").write_text(written_tables(tables), "utf-8")
    print(json.dumps(quality, indent=2))  # noqa: T201


if __name__ == "__main__":
    main()
