"""Role scores: sources, cues and contents apart, on labelled sentence segments.

Published sequence labellers are scored one sentence segment at a time: exact
spans of tokens, and the mean overlap of each gold span with the best predicted
one. Whether source, cue and content belong together is not scored here. The
segments' tokens, which carry BIO labels, are found again in the article and
labelled from predicted spans.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np

from quotes.errors import DataError
from quotes.evaluation.bootstrap import Array, Estimate, resampled_totals, share
from quotes.evaluation.corpus import GoldArticle, Relation
from quotes.evaluation.projection import PredictedRelation
from quotes.io.saved import json_lines
from quotes.text.spans import Span

ROLES = ("source", "cue", "content")
REACH = 60
"""How far ahead, in code points, a token is looked for in the article."""

# Tokenizers of the Penn Treebank school write marks and brackets in their own way.
_WRITTEN_AS = {
    "``": ('"', "“", "‘‘", "''"),
    "''": ('"', "”", "’’", "“"),
    "`": ("‘", "'"),
    "--": ("—", "–"),
    "...": ("…", ". . ."),
    "-LRB-": ("(",),
    "-RRB-": (")",),
    "-LSB-": ("[",),
    "-RSB-": ("]",),
    "-LCB-": ("{",),
    "-RCB-": ("}",),
}

_LABELS = frozenset({"O", *(f"{mark}-{role}" for mark in "BI" for role in ROLES)})

Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence with a label for each token: O, or B- or I- and a role."""

    tokens: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One annotator's labels of one article, its sentences in text order."""

    doc_id: str
    segments: tuple[Segment, ...]


def read_segments(path: Path) -> tuple[Reading, ...]:
    """Read labelled segments: a JSON object a line with ``id``, ``tokens``, ``labels``.

    The id is the article's, an underscore and the annotator's code; segments of
    one id are one reading. Readings come in order of their first segment.

    Raises:
        InputError: The file cannot be read as UTF-8 text.
        DataError: It has another form.
    """
    readings: defaultdict[str, list[Segment]] = defaultdict(list)
    for row, where in json_lines(path):
        ident, tokens, labels = row.get("id"), row.get("tokens"), row.get("labels")
        if not isinstance(ident, str) or not isinstance(tokens, list) or not isinstance(labels, list):
            raise DataError(f"{where}: a segment needs id (a string), tokens and labels (lists)")
        if len(tokens) != len(labels):
            raise DataError(f"{where}: {len(tokens)} tokens but {len(labels)} labels; give each token one")
        strange = next((label for label in labels if label not in _LABELS), None)
        if strange is not None:
            raise DataError(f"{where}: no label {strange!r}; use O, or B- or I- and {', '.join(ROLES)}")
        readings[ident].append(Segment(tuple(map(str, tokens)), tuple(map(str, labels))))
    return tuple(Reading(ident.rpartition("_")[0], tuple(rows)) for ident, rows in readings.items())


def align(text: str, reading: Reading) -> list[Span | None]:
    """Find the tokens of all segments in the article's text, one after the other.

    One that is not within reach of the token before it has no place (None).
    """
    places: list[Span | None] = []
    at = 0
    for segment in reading.segments:
        for token in segment.tokens:
            otherwise = (token.replace("'", "’"), token.replace("'", "‘"), token.replace("\\/", "/"))
            found = [
                Span(start, start + len(spelling))
                for spelling in (token, *_WRITTEN_AS.get(token, ()), *otherwise)
                if (start := text.find(spelling, at, at + REACH)) >= 0
            ]
            places.append(min(found, default=None))
            at = places[-1].end if places[-1] else at
    return places


def labelled(reading: Reading, places: Sequence[Span | None], relations: Sequence[Relation]) -> list[list[str]]:
    """Label a reading's tokens from predicted spans; a later span overwrites an earlier one."""
    labels = [["O"] * len(segment.tokens) for segment in reading.segments]
    seats = [(row, column) for row, segment in enumerate(labels) for column in range(len(segment))]
    found = [(place, seat) for place, seat in zip(places, seats, strict=True) if place]
    starts = [place.start for place, _ in found]
    ends = [place.end for place, _ in found]
    spans = [(role, span) for relation in relations for role in ROLES for span in getattr(relation, role)]
    for role, span in spans:
        inside = found[bisect_right(ends, span.start) : bisect_left(starts, span.end)]
        # A span begins again in every segment.
        for row, seats_in_row in groupby((seat for _, seat in inside), key=itemgetter(0)):
            for index, (_, column) in enumerate(seats_in_row):
                labels[row][column] = f"{'I' if index else 'B'}-{role}"
    return labels


def runs(labels: Sequence[str]) -> dict[str, list[Run]]:
    """Return the spans of each role as (first token, one past the last token).

    An I- that carries on nothing of its role opens a span as B- does.
    """
    from spacy.training import iob_to_biluo
    from spacy.training.iob_utils import tags_to_entities

    out: dict[str, list[Run]] = {role: [] for role in ROLES}
    for role, first, last in tags_to_entities(iob_to_biluo(labels)):
        out[role].append((first, last + 1))
    return out


@dataclass(frozen=True, slots=True)
class RoleScore:
    """How well the spans of one role are found; predicted ones are cut at the segments' ends.

    Attributes:
        exact_f1: F1 of spans with the very same tokens.
        overlap: Mean, over gold spans, of the token overlap with the best
            predicted span; a predicted span that touches no gold adds a zero.
    """

    role: str
    gold: int
    predicted: int
    exact_f1: Estimate
    overlap: Estimate


@dataclass(frozen=True, slots=True)
class RoleScores:
    """The scores of all roles, and numbers of readings, tokens, and tokens that the article lacks."""

    readings: int
    tokens: int
    unaligned: int
    roles: tuple[RoleScore, ...]


def role_scores(
    corpus: Sequence[GoldArticle], predictions: Mapping[str, Sequence[PredictedRelation]], readings: Sequence[Reading]
) -> RoleScores:
    """Score relations by ``doc_id`` against labelled segments; those of other articles are passed over.

    Raises:
        DataError: No reading belongs to an article of the corpus.
    """
    texts = {article.doc_id: article.text for article in corpus}
    inside = [reading for reading in readings if reading.doc_id in texts]
    if not inside:
        raise DataError("no segment belongs to an article of the corpus; give the segments of the same split")
    # An article with two annotators' readings is still one article to draw.
    counts = {reading.doc_id: np.zeros((len(ROLES), 5)) for reading in inside}
    tokens = unaligned = 0
    for reading in inside:
        places = align(texts[reading.doc_id], reading)
        relations = [prediction.relation for prediction in predictions.get(reading.doc_id, ())]
        own: list[list[tuple[float, ...]]] = []
        predicted_labels = labelled(reading, places, relations)
        for segment, labels in zip(reading.segments, predicted_labels, strict=True):
            gold, predicted = runs(segment.labels), runs(labels)
            own.append([_counts(gold[role], predicted[role]) for role in ROLES])
        counts[reading.doc_id] += np.sum(own, axis=0)
        tokens += len(places)
        unaligned += places.count(None)
    totals = resampled_totals(np.stack(list(counts.values())))
    scores = tuple(_role_score(role, totals[:, index]) for index, role in enumerate(ROLES))
    return RoleScores(len(inside), tokens, unaligned, scores)


def _counts(gold: Sequence[Run], predicted: Sequence[Run]) -> tuple[float, ...]:
    """Return numbers of exact, gold and predicted spans, the sum of overlaps, and its number of terms."""
    best = [max((_overlap(one, other) for other in predicted), default=0.0) for one in gold]
    stray = sum(not any(_overlap(one, other) for other in gold) for one in predicted)
    return len(set(gold) & set(predicted)), len(gold), len(predicted), sum(best), len(gold) + stray


def _overlap(one: Run, other: Run) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def _role_score(role: str, totals: Array) -> RoleScore:
    exact, gold, predicted, overlap, compared = totals.T
    return RoleScore(
        role=role,
        gold=int(gold[0]),
        predicted=int(predicted[0]),
        exact_f1=share(2 * exact, gold + predicted),
        overlap=share(overlap, compared),
    )
