"""Sentence segments whose tokens carry BIO labels, as sequence labellers use them.

To compare with such a labeller, the segments' tokens are found again in the
article and labelled from predicted spans.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from quotes.errors import DataError
from quotes.evaluation.corpus import Relation, json_lines
from quotes.text.spans import Span

ROLES = ("source", "cue", "content")
REACH = 60
"""How far ahead, in code points, a token is looked for in the article."""

# Tokenisers of the Penn Treebank school write marks and brackets in their own way.
_WRITTEN_AS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "``": ('"', "“", "‘‘", "''"),
        "''": ('"', "”", "’’", "“"),
        "`": ("‘", "'"),
        "'": ("’", "‘"),
        "--": ("—", "–"),
        "...": ("…", ". . ."),
        "-LRB-": ("(",),
        "-RRB-": (")",),
        "-LSB-": ("[",),
        "-RSB-": ("]",),
        "-LCB-": ("{",),
        "-RCB-": ("}",),
    }
)

_LABELS = frozenset({"O", *(f"{mark}-{role}" for mark in "BI" for role in ROLES)})

Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence with a label for each token: O, or B- or I- and a role."""

    tokens: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One annotator's labels of one article.

    Attributes:
        doc_id: The article.
        segments: Its sentences in text order.
    """

    doc_id: str
    segments: tuple[Segment, ...]


def read_segments(path: Path) -> tuple[Reading, ...]:
    """Read labelled segments: a JSON object a line with ``id``, ``tokens``, ``labels``.

    The id is the article's with an underscore and the annotator's code behind
    it; segments of one id are one reading.

    Args:
        path: The file, UTF-8.

    Returns:
        The readings, in order of their first segment.

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
    """Find a reading's tokens in the article, one after the other.

    Args:
        text: The article.
        reading: Its segments.

    Returns:
        The place of each token over all segments; None where it is not found
        within reach of the token before it.
    """
    places: list[Span | None] = []
    at = 0
    for segment in reading.segments:
        for token in segment.tokens:
            found = [
                Span(start, start + len(spelling))
                for spelling in _spellings(token)
                if (start := text.find(spelling, at, at + REACH)) >= 0
            ]
            places.append(min(found, default=None))
            at = places[-1].end if places[-1] else at
    return places


def _spellings(token: str) -> Iterator[str]:
    """Yield the ways in which a token may stand in the article."""
    yield token
    yield from _WRITTEN_AS.get(token, ())
    if "'" in token:
        yield token.replace("'", "’")
        yield token.replace("'", "‘")
    if "\\/" in token:
        yield token.replace("\\/", "/")


def labelled(
    reading: Reading, places: Sequence[Span | None], relations: Sequence[Relation]
) -> list[list[str]]:
    """Label a reading's tokens from predicted spans; a later span overwrites an earlier one."""
    labels = [["O"] * len(segment.tokens) for segment in reading.segments]
    seats = [(row, column) for row, segment in enumerate(labels) for column in range(len(segment))]
    found = [(place, seat) for place, seat in zip(places, seats, strict=True) if place]
    starts = [place.start for place, _ in found]
    ends = [place.end for place, _ in found]
    for relation in relations:
        for role in ROLES:
            for span in _role_spans(relation, role):
                inside = range(bisect_right(ends, span.start), bisect_left(starts, span.end))
                _write(labels, [found[index][1] for index in inside], role)
    return labels


def _role_spans(relation: Relation, role: str) -> tuple[Span, ...]:
    spans: tuple[Span, ...] = getattr(relation, role)
    return spans


def _write(labels: list[list[str]], seats: Sequence[tuple[int, int]], role: str) -> None:
    """Label the seats of one span; it begins anew in every segment."""
    before = -1
    for row, column in seats:
        labels[row][column] = f"{'I' if row == before else 'B'}-{role}"
        before = row


def runs(labels: Sequence[str]) -> dict[str, list[Run]]:
    """Return the spans of each role as (first token, one past the last token).

    An I- that carries on nothing of its role opens a span as B- does.
    """
    out: dict[str, list[Run]] = {role: [] for role in ROLES}
    start, current = 0, ""
    for index, label in enumerate([*labels, "O"]):
        mark, _, role = label.partition("-")
        if current and (mark != "I" or role != current):
            out[current].append((start, index))
            current = ""
        if not current and mark != "O":
            start, current = index, role
    return out
