"""What the panel says on one statement, as lines of a label and a text."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.models import Entity, Medium, Statement, TextSpan
from quotes.view.citation import source

_RESOLVED = {
    "name": "by name",
    "alias": "by another name",
    "title": "by title",
    "pronoun": "by pronoun",
    "continuation": "goes on from before",
    "turn": "by the turn's label",
    "unresolved": "not resolved",
}


def detail_lines(statement: Statement) -> Iterator[tuple[str, str]]:
    """Yield (label, text) of everything the statement holds, unknown parts left out.

    Args:
        statement: The statement.
    """
    yield "Speaker", _entity(statement.speaker) if statement.speaker else "not named"
    if statement.cue:
        lemma = "" if statement.cue.lemma == statement.cue.text else f" ({statement.cue.lemma})"
        yield "Cue", f"“{statement.cue.text}”{lemma} {_offsets(statement.cue)}"
    if statement.addressee:
        yield "To", _entity(statement.addressee)
    if statement.medium:
        yield "Through", _entity(statement.medium)
    if statement.when:
        day = statement.when.date.isoformat() if statement.when.date else "day not known"
        yield "When", f"“{statement.when.text}”, {day} {_offsets(statement.when)}"
    yield "Kind", ", ".join(_manner(statement))
    yield from _provenance(statement)


def _manner(statement: Statement) -> Iterator[str]:
    yield statement.kind
    if statement.attitude != "statement":
        yield statement.attitude
    if statement.negated:
        yield "denied or not said"


def _provenance(statement: Statement) -> Iterator[tuple[str, str]]:
    provenance = statement.provenance
    yield "Confidence", f"{statement.confidence:.2f}"
    yield "Rule", provenance.rule.replace("_", " ")
    spans = statement.content.spans
    yield "Characters", ", ".join(_offsets(span) for span in spans)
    yield "Place", f"paragraph {provenance.paragraph}, sentence {provenance.sentence}, counted from 0"
    yield "Source", source(provenance.document)
    if provenance.document.path:
        yield "File", provenance.document.path
    yield "SHA-256", provenance.document.sha256
    yield "Statement", statement.id
    extractor = provenance.extractor
    yield (
        "Found by",
        f"{extractor.name} {extractor.version}, {extractor.model} {extractor.model_version}",
    )


def _entity(entity: Entity) -> str:
    parts = [entity.name or "not named"]
    if entity.type != "unknown":
        parts.append(entity.type)
    parts.append(_RESOLVED[entity.resolved_by])
    if entity.represents:
        parts.append(f"for {entity.represents}")
    if isinstance(entity, Medium) and entity.inherited:
        parts.append("carried over")
    place = f": “{entity.mention.text}” {_offsets(entity.mention)}" if entity.mention else ""
    return ", ".join(parts) + place


def _offsets(span: TextSpan) -> str:
    return f"{span.start}–{span.end}"
