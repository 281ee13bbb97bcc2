"""What each report makes of the fullest wording of its family, word by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quotes.linking.reports import Report
from quotes.models import Difference, Relation, TextSpan
from quotes.statements import PIECES_JOINED_BY
from quotes.text.spans import Span
from quotes.verification.alignment import Alignment, alignments
from quotes.verification.differences import WordDifference, differences
from quotes.verification.words import Words, words_of

Record = Mapping[str, Any]

SAME_WORDING = 0.6
"""Share of the quoted words, weighted by rarity, that are in the wording from which it is quoted, not paraphrased."""


def fullest(reports: Sequence[Report]) -> int | None:
    """Return which report has the fullest wording in quotation marks, the first of equal ones; None for none."""
    sizes = [(sum(map(len, report.fragments)), report.kind == "direct") for report in reports]
    best = max(range(len(reports)), key=lambda at: (sizes[at][1], sizes[at][0], -at))
    return best if sizes[best][0] else None


def related(report: Report, record: Record, wording: Report, source: Record) -> tuple[Relation, tuple[Difference, ...]]:
    """Return what a report makes of a wording, and where its quoted words differ.

    Args:
        report: The report.
        record: Its statement, which tells where its words are in the document.
        wording: The report that has the wording.
        source: The statement of that.
    """
    words = words_of(wording.text, wording.quoted_spans)
    found = [_laid_beside(words_of(report.text, [span]), words) for span in report.quoted_spans]
    kept = [each for each in found if each is not None]
    if not kept:
        return "paraphrase", ()
    changes = [(each, difference) for each in kept for difference in _inside(each, words)]
    relation: Relation = "verbatim"
    if any(difference.kind != "dropped" for _, difference in changes):
        relation = "altered"
    elif changes:
        relation = "trimmed"
    placed = (_difference(difference, each.words, record, words, source) for each, difference in changes)
    return relation, tuple(placed)


def _laid_beside(quotation: Words, wording: Words) -> Alignment | None:
    """Return how a quoted piece lies beside the wording, None where the two have too little in common."""
    best = next(iter(alignments(quotation, wording)), None)
    return best if best is not None and best.score >= SAME_WORDING else None


def _inside(alignment: Alignment, wording: Words) -> list[WordDifference]:
    """Return the differences, without the words that a report quotes from before or after the wording."""
    first, *_, last = [alignment.steps[0], *alignment.steps]
    ends = [step.quotation for step in (first, last) if step.kind == "added"]
    return [each for each in differences(alignment, wording) if not (each.kind == "added" and each.quotation in ends)]


def _difference(each: WordDifference, words: Words, record: Record, wording: Words, source: Record) -> Difference:
    return Difference(
        kind=each.kind,
        article=_placed(words.span(each.quotation), record) if each.quotation else None,
        source=_placed(wording.span(each.source), source) if each.source else None,
        concerns=each.concerns,
    )


def _placed(span: Span, record: Record) -> TextSpan:
    """Return where a stretch of a content is in the document; one over two pieces ends with the first."""
    offset = 0
    pieces = record["content"]["spans"]
    for piece in pieces:
        end = offset + len(piece["text"])
        if span.start < end or piece is pieces[-1]:
            break
        offset = end + len(PIECES_JOINED_BY)
    first = max(span.start - offset, 0)
    last = min(span.end - offset, len(piece["text"]))
    return TextSpan(start=piece["start"] + first, end=piece["start"] + last, text=piece["text"][first:last])
