"""Builds statements, relations and articles for the scorer's tests from pieces of their text."""

from __future__ import annotations

import re

from quotes.evaluation import GoldArticle, PredictedRelation, Relation
from quotes.models import (
    Content,
    Cue,
    DocumentInfo,
    Entity,
    ExtractorInfo,
    Provenance,
    ResolvedBy,
    Statement,
    TextSpan,
)
from quotes.text.spans import Span
from tests.conftest import entity_record


def place(text: str, piece: str) -> Span:
    """Find a piece of a text that occurs in it once as whole words."""
    (found,) = re.finditer(rf"(?<!\w){re.escape(piece)}(?!\w)", text)
    return Span(*found.span())


def relation(text: str, *content: str, source: str | None = None, cue: str | None = None) -> Relation:
    """Build a relation from the words of its parts."""
    return Relation(
        source=(place(text, source),) if source else (),
        cue=(place(text, cue),) if cue else (),
        content=tuple(place(text, piece) for piece in content),
    )


def article(text: str, *relations: Relation, doc_id: str = "a") -> GoldArticle:
    """Build an annotated article."""
    return GoldArticle(doc_id, text, relations)


def predicted(found: Relation, rule: str = "clausal_complement", **more: object) -> PredictedRelation:
    """Build a prediction."""
    return PredictedRelation(found, rule, **more)  # type: ignore[arg-type]


def statement(
    text: str,
    *content: str,
    source: str | None = None,
    cue: str | None = None,
    resolved_by: ResolvedBy = "name",
    confidence: float = 0.9,
) -> Statement:
    """Build a statement of the output contract."""
    spoken = None
    if source or resolved_by == "continuation":
        mention = _text_span(text, source) if source else None
        spoken = Entity.model_validate(entity_record(source, mention=mention, resolved_by=resolved_by))
    return Statement(
        id="x",
        kind="indirect",
        attitude="statement",
        negated=False,
        content=Content(text=" … ".join(content), spans=tuple(_text_span(text, piece) for piece in content)),
        cue=Cue(**_text_span(text, cue).model_dump(), lemma="say") if cue else None,
        speaker=spoken,
        addressee=None,
        medium=None,
        when=None,
        confidence=confidence,
        provenance=Provenance(
            document=DocumentInfo(id="a", path=None, sha256="0" * 64, title=None, publisher=None, published=None),
            paragraph=0,
            sentence=0,
            rule="clausal_complement",
            extractor=ExtractorInfo(name="quotes", version="0", model="none", model_version="0"),
        ),
    )


def _text_span(text: str, piece: str) -> TextSpan:
    found = place(text, piece)
    return TextSpan(start=found.start, end=found.end, text=piece)
