"""Families of reports as JSON and as a table for a spreadsheet, one row a member."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

from quotes.io.csv import BYTE_ORDER_MARK, cell
from quotes.io.json import json_array

if TYPE_CHECKING:
    from quotes.models import Family

COLUMNS = (
    "family", "confidence", "speaker", "names", "date", "medium", "addressee", "wording", "is_first",
    "statement", "document", "publisher", "published", "kind", "relation", "source", "copy_of", "member_confidence",
    "differences",
)  # fmt: skip
"""The columns, in order; "differences" has each as "changed: these words > those"."""
PERSON = "person_"
"""Before the name of each column of a table of people."""


def families_text(families: Iterable[Family]) -> str:
    """Return families as the text of one JSON array."""
    return "".join(json_array(families, 2))


def write_families_json(families: Iterable[Family], stream: TextIO) -> None:
    """Write families as one JSON array, each as it arrives."""
    stream.writelines(json_array(families, 2))


def write_families_csv(families: Iterable[Family], stream: TextIO, person_columns: Sequence[str] = ()) -> None:
    """Write families as a table with a row for each member.

    The columns of a table of people come last, as "person_id" and so on.
    """
    rows = csv.writer(stream, quoting=csv.QUOTE_ALL)
    stream.write(BYTE_ORDER_MARK)
    rows.writerow((*COLUMNS, *(cell(f"{PERSON}{name}") for name in person_columns)))
    for family in families:
        person = family.speaker.person or {}
        known = [person.get(name) for name in person_columns]
        rows.writerows([cell(value) for value in (*row, *known)] for row in _rows(family))


def _rows(family: Family) -> Iterable[tuple[object, ...]]:
    occasion = family.occasion
    own = (family.id, family.confidence, family.speaker.name, "; ".join(family.speaker.names))
    for member in family.members:
        yield (
            *own,
            *(occasion.date, occasion.medium, occasion.addressee, family.wording),
            *(member.statement == family.first, member.statement, member.document, member.publisher, member.published),
            *(member.kind, member.relation, member.source, member.copy_of, member.confidence),
            "; ".join(
                f"{each.kind}: {each.article.text if each.article else ''} > {each.source.text if each.source else ''}"
                for each in member.differences
            ),
        )
