"""Statements compared with sources, as JSON or as a table for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from quotes.io.csv import BYTE_ORDER_MARK, cell
from quotes.io.json import json_array

if TYPE_CHECKING:
    from quotes.models import Verification

COLUMNS = (
    *("document", "path", "id", "kind", "speaker", "content", "start", "end"),
    *("verdict", "score", "source", "source_path", "source_speaker", "passage", "passage_spans"),
    *("differences", "concerns", "notes", "other_speaker", "occasion_differs"),
)
"""The columns, in order; "passage_spans" holds offsets as ``4-26 40-61``."""


def verifications_to_json(verifications: Iterable[Verification], *, indent: int | None = 2) -> str:
    """Return verifications as the text of one JSON array, as `quotes.io.json.statements_to_json` does."""
    return "".join(json_array(verifications, indent))


def write_verifications_json(verifications: Iterable[Verification], stream: TextIO) -> None:
    """Write verifications as one JSON array, each as it arrives."""
    stream.writelines(json_array(verifications, 2))


def write_verifications_csv(verifications: Iterable[Verification], stream: TextIO) -> None:
    """Write verifications as a table, one row each, see `quotes.io.csv`."""
    rows = csv.writer(stream, quoting=csv.QUOTE_ALL)
    stream.write(BYTE_ORDER_MARK)
    rows.writerow(COLUMNS)
    rows.writerows([cell(value) for value in _row(each)] for each in verifications)


def _row(each: Verification) -> tuple[object, ...]:
    from quotes.statements import PIECES_JOINED_BY
    from quotes.verification.wording import difference_text, note_text

    statement, passages = each.statement, each.passages
    document, spans = statement.provenance.document, statement.content.spans
    source = passages[0].document if passages else None
    places = [span for passage in passages for span in passage.spans]
    concerns = [*(part.concerns for part in each.differences), *(note.concerns for note in each.notes)]
    return (
        *(document.id, document.path, statement.id, statement.kind),
        *(statement.speaker.name if statement.speaker else None, statement.content.text),
        *(spans[0].start, spans[-1].end, each.verdict, each.score),
        *((source.id, source.path) if source else (None, None)),
        "; ".join(dict.fromkeys(passage.speaker for passage in passages if passage.speaker)),
        PIECES_JOINED_BY.join(span.text for span in places),
        " ".join(f"{span.start}-{span.end}" for span in places),
        "; ".join(map(difference_text, each.differences)),
        " ".join(dict.fromkeys(filter(None, concerns))),
        "; ".join(map(note_text, each.notes)),
        *(each.other_speaker, each.occasion_differs),
    )
