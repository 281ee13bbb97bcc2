"""Statements of invented articles about one visit, and of others."""

from __future__ import annotations

import hashlib

from quotes.models import Statement
from tests.conftest import entity_record, make_statement

DREDGING = "We will not dredge the northern channel before the herring have spawned in the estuary"
FERRY = "the ferry to Skarholm would sail three times a day from October"


def said(
    content: str,
    *,
    document: str = "tide",
    at: int = 0,
    speaker: str | None = "Emil Vasarai",
    published: str | None = "2024-09-03",
    publisher: str | None = None,
    kind: str = "indirect",
    sentence: int = 0,
    medium: str | None = None,
    **fields: object,
) -> Statement:
    """A statement of an article."""
    record = make_statement(content, at=at, speaker=speaker, document=document, kind=kind, **fields).model_dump()
    record["provenance"]["document"] |= {
        "sha256": hashlib.sha256(document.encode()).hexdigest(),
        "publisher": publisher or document.title(),
        "published": published,
    }
    record["provenance"]["sentence"] = sentence
    record["medium"] = medium and {**entity_record(medium), "inherited": False}
    return Statement.model_validate(record)


def visit() -> list[Statement]:
    """Two articles that report one visit, and a third about something else."""
    return [
        said(DREDGING, kind="direct", document="tide"),
        said(FERRY, document="tide", at=200, sentence=1),
        said(
            "the northern channel would not be dredged before herring had spawned in the estuary",
            document="courier",
            published="2024-09-04",
            speaker="Vasarai",
            medium="Tide",
        ),
        said(
            "the Skarholm ferry would sail three times daily from October",
            document="courier",
            published="2024-09-04",
            speaker="Vasarai",
            at=200,
            sentence=1,
        ),
        said("the museum needs a new roof", document="echo", speaker="Ann Kord"),
    ]
