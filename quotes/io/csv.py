"""A table for a spreadsheet: one row per statement.

The file is CSV as defined in RFC 4180, in UTF-8 with a byte order mark, without
which Excel takes it for a local encoding. It is made to be looked at: where a
spreadsheet could not hold a text, or would run it as a formula, the cell
differs from the text, and its offsets still say what was there.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from itertools import chain, islice
from typing import TYPE_CHECKING, TextIO

from quotes.io.records import SYMBOLS, Extracted, checked_pairs

if TYPE_CHECKING:
    from quotes.models import Entity, Statement, TextSpan

BYTE_ORDER_MARK = "\ufeff"
COLUMNS = (
    "document", "path", "title", "publisher", "published",
    "id", "kind", "attitude", "negated", "content",
    "speaker", "speaker_mention", "speaker_entity", "speaker_type", "speaker_role",
    "speaker_represents", "speaker_anonymity", "speaker_resolved_by", "speaker_confidence",
    "cue", "cue_lemma",
    "addressee", "addressee_mention", "addressee_entity", "addressee_type", "addressee_role",
    "medium", "medium_mention", "medium_entity", "medium_type", "medium_inherited",
    "when", "date", "confidence",
    "start", "end", "spans", "paragraph", "sentence", "rule",
    "sha256", "extractor", "model",
)  # fmt: skip
"""The columns, in order; "spans" holds offsets as ``4-26 40-61``."""

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_LINE_END = re.compile("\r\n?")


def write_csv(extracted: Iterable[Extracted], stream: TextIO) -> None:
    """Write the statements of all documents as one table."""
    iterator = checked_pairs(extracted)
    first = list(islice(iterator, 1))  # a failure at the start leaves the stream untouched
    rows = csv.writer(stream, quoting=csv.QUOTE_ALL)
    stream.write(BYTE_ORDER_MARK)
    rows.writerow(COLUMNS)
    for _, statements in chain(first, iterator):
        rows.writerows([cell(value) for value in row(each)] for each in statements)


def row(statement: Statement) -> tuple[object, ...]:
    """Return the values of the `COLUMNS`."""
    provenance = statement.provenance
    document, extractor = provenance.document, provenance.extractor
    cue, when, spans = statement.cue, statement.when, statement.content.spans
    speaker, medium = statement.speaker, statement.medium
    return (
        *(document.id, document.path, document.title, document.publisher, document.published),
        *(statement.id, statement.kind, statement.attitude, statement.negated, statement.content.text),
        *_entity(speaker),
        *((speaker.represents, _text(speaker.anonymity), speaker.resolved_by) if speaker else (None,) * 3),
        speaker.confidence if speaker else None,
        *((cue.text, cue.lemma) if cue else (None, None)),
        *_entity(statement.addressee),
        *_entity(medium)[:-1],
        medium.inherited if medium else None,
        *((when.text, when.date) if when else (None, None)),
        statement.confidence,
        *(spans[0].start, spans[-1].end, " ".join(f"{span.start}-{span.end}" for span in spans)),
        *(provenance.paragraph, provenance.sentence, provenance.rule, document.sha256),
        f"{extractor.name} {extractor.version}",
        f"{extractor.model} {extractor.model_version}",
    )


def _entity(entity: Entity | None) -> tuple[str | None, ...]:
    if entity is None:
        return (None,) * 5
    return (entity.name, _text(entity.mention), entity.entity, entity.type, _text(entity.role))


def _text(span: TextSpan | None) -> str | None:
    return None if span is None else span.text


def cell(value: object) -> str:
    """Return a cell that every spreadsheet shows as text.

    >>> cell("=HYPERLINK(1)"), cell(None), cell(True)
    ("'=HYPERLINK(1)", '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = shown(value)
    return f"'{text}" if is_formula(text) else text


def shown(value: object) -> str:
    """Return a value as text that every spreadsheet can hold."""
    return _LINE_END.sub("\n", str(value)).translate(SYMBOLS)


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet would take a text for a formula, were it typed in."""
    return _FORMULA.match(text) is not None
