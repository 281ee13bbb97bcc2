"""Turns statements of the output contract into relations as a corpus marks them.

The contract and the corpus differ in three habits: a corpus content includes
its quotation marks, a quotation resumed after a break is one relation with
several content spans, and the complementiser "that" belongs to the content.
The first two are always mended here; the third only where asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from quotes.evaluation.corpus import Relation
from quotes.models import Statement
from quotes.spans import Span

_OPENING = frozenset("\"“‘'«")
_CLOSING = frozenset("\"”’'»")
_STOPS = frozenset(",.?!")
_LEADING_THAT = re.compile(r"\bthat\s+\Z", re.IGNORECASE)
_REACH = 12
"""How far before a content "that" and the space behind it are looked for."""


@dataclass(frozen=True, slots=True)
class PredictedRelation:
    """A relation that a system found.

    Attributes:
        relation: Its spans.
        rule: Name of the construction (frame) that found it.
        lemma: Lemma of the cue's head, None without a cue.
        confidence: Probability of being right, None where the system gives none.
    """

    relation: Relation
    rule: str
    lemma: str | None = None
    confidence: float | None = None


def predicted_relations(text: str, statements: Iterable[Statement]) -> tuple[PredictedRelation, ...]:
    """Return the statements of one document as relations.

    A statement attributed by continuation adds its content to the relation
    before it, whose rule, cue and confidence stand for both.

    Args:
        text: The document's text.
        statements: Its statements, in text order.

    Returns:
        The relations, in the order of the statements that open them.
    """
    out: list[PredictedRelation] = []
    for statement in statements:
        content = tuple(with_marks(text, Span(piece.start, piece.end)) for piece in statement.content.spans)
        if out and _continues(statement):
            opened = out[-1].relation
            out[-1] = replace(out[-1], relation=replace(opened, content=opened.content + content))
        else:
            out.append(_relation(statement, content))
    return tuple(out)


def _continues(statement: Statement) -> bool:
    speaker = statement.speaker
    return statement.cue is None and speaker is not None and speaker.resolved_by == "continuation"


def _relation(statement: Statement, content: tuple[Span, ...]) -> PredictedRelation:
    cue = statement.cue
    mention = statement.speaker.mention if statement.speaker else None
    return PredictedRelation(
        relation=Relation(
            source=(Span(mention.start, mention.end),) if mention else (),
            cue=(Span(cue.start, cue.end),) if cue else (),
            content=content,
        ),
        rule=statement.provenance.rule,
        lemma=cue.lemma if cue else None,
        confidence=statement.confidence,
    )


def with_marks(text: str, span: Span) -> Span:
    """Take in the quotation marks that touch a span.

    A comma or stop between the content and its closing mark comes with it.
    Without a mark before the span nothing is taken in behind it: the mark
    there closes a longer quotation or opens the next.

    >>> with_marks("He said, “Go home.”", Span(10, 17))
    Span(start=9, end=19)
    """
    if not span.start or text[span.start - 1] not in _OPENING:
        return span
    stop = span.end + (text[span.end : span.end + 1] in _STOPS)
    closed = text[stop : stop + 1] in _CLOSING
    return Span(span.start - 1, stop + 1 if closed else span.end)


def with_complementiser(text: str, predicted: PredictedRelation) -> PredictedRelation:
    """Widen each content span by a "that" directly before it."""
    content = tuple(_after_that(text, span) for span in predicted.relation.content)
    return replace(predicted, relation=replace(predicted.relation, content=content))


def _after_that(text: str, span: Span) -> Span:
    reach = max(0, span.start - _REACH)
    found = _LEADING_THAT.search(text, reach, span.start)
    return Span(found.start(), span.end) if found else span
