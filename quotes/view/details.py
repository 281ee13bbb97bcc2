"""A statement in words: as a citation, and as the lines of its panel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import shorten

from quotes.models import DocumentInfo, Entity, Medium, Statement, TextSpan
from quotes.text.document import Document

FIRST_WORDS = 60
"""Code points of an article's first words, where they stand for its title."""

_RESOLVED = {
    "name": "by name",
    "alias": "by another name",
    "title": "by title",
    "description": "by description",
    "pronoun": "by pronoun",
    "continuation": "continued from before",
    "turn": "by the turn's label",
    "unresolved": "not resolved",
}


def title_of(document: Document) -> str:
    """Return what an article is called on a page: its title, else its first words, else the name of its file."""
    if document.title:
        return document.title
    bodies = [paragraph.body.of(document.text) for paragraph in document.paragraphs]
    words = shorten(next(filter(str.strip, bodies), ""), FIRST_WORDS, placeholder=" …")
    if words:
        return words
    return Path(document.path).name if document.path else "Text without words"


def citation(statement: Statement) -> str:
    """Return a statement as a line to paste into a text and to check: words, speaker, source, offsets, hash.

    Direct words are put in quotation marks; reported ones are not, because they are
    the reporter's: ``Ann Kord (reported): the bridge would close. …``
    """
    said = " ".join(statement.content.text.split())
    speaker = statement.speaker.name if statement.speaker and statement.speaker.name else "speaker not named"
    words = f"“{said}”" if statement.kind == "direct" else said
    how = {"direct": "", "indirect": " (reported)", "mixed": " (partly reported)"}[statement.kind]
    denied = ", denied or not said" if statement.negated else ""
    document = statement.provenance.document
    places = ", ".join(map(offsets, statement.content.spans))
    return (
        f"{speaker}{how}{denied}: {words} In: {source_text(document)}, characters {places} "
        f"(sha256 {document.sha256[:16]}, statement {statement.id})"
    )


def detail_lines(statement: Statement) -> Iterator[tuple[str, str]]:
    """Yield (label, text) of everything the statement holds, unknown fields left out."""
    yield "Speaker", _entity(statement.speaker) if statement.speaker else "not named"
    if statement.cue:
        lemma = "" if statement.cue.lemma == statement.cue.text else f" ({statement.cue.lemma})"
        yield "Cue", f"“{statement.cue.text}”{lemma} {offsets(statement.cue)}"
    if statement.addressee:
        yield "To", _entity(statement.addressee)
    if statement.medium:
        yield "Through", _entity(statement.medium)
    if statement.when:
        day = statement.when.date or "date not known"
        yield "When", f"“{statement.when.text}”, {day} {offsets(statement.when)}"
    attitude = "" if statement.attitude == "statement" else f", {statement.attitude}"
    yield "Kind", f"{statement.kind}{attitude}{', denied or not said' if statement.negated else ''}"
    yield "Confidence", f"{statement.confidence:.2f}"
    provenance = statement.provenance
    document, extractor = provenance.document, provenance.extractor
    yield "Rule", provenance.rule.replace("_", " ")
    yield "Characters", ", ".join(map(offsets, statement.content.spans))
    yield "Place", f"paragraph {provenance.paragraph}, sentence {provenance.sentence}, counted from 0"
    yield "Source", source_text(document)
    if document.path:
        yield "File", document.path
    yield "SHA-256", document.sha256
    if document.original is not None:
        original = document.original
        yield "Taken out of", f"{original.format}, by {original.tool}, SHA-256 {original.sha256}"
        if original.author:
            yield "Written by", original.author
        if original.url:
            yield "Address", original.url
    if provenance.times is not None:
        yield "Heard", f"{_clock(provenance.times.start)}–{_clock(provenance.times.end)}"
    yield "Statement", statement.id
    versions = f"{extractor.name} {extractor.version}, {extractor.model} {extractor.model_version}"
    yield "Found by", versions


def _entity(entity: Entity) -> str:
    known = (
        entity.name or "not named",
        entity.type if entity.type != "unknown" else None,
        _RESOLVED[entity.resolved_by],
        f"“{entity.role.text}”" if entity.role else None,
        f"for {entity.represents}" if entity.represents else None,
        f"no name: “{entity.anonymity.text}”" if entity.anonymity else None,
        f"{entity.confidence:.2f}" if entity.name else None,
        "carried over" if isinstance(entity, Medium) and entity.inherited else None,
    )
    place = f": “{entity.mention.text}” {offsets(entity.mention)}" if entity.mention else ""
    return ", ".join(filter(None, known)) + place


def _clock(seconds: float) -> str:
    """Return seconds as hours, minutes and seconds.

    >>> _clock(3723.5)
    '1:02:03'
    """
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def source_text(document: DocumentInfo) -> str:
    """Return the title, publisher, day and id of a document, as far as they are known."""
    known = (
        f"“{document.title}”" if document.title else document.id,
        document.publisher,
        document.published.isoformat() if document.published else None,
        document.id if document.title else None,
    )
    return ", ".join(filter(None, known))


def offsets(span: TextSpan) -> str:
    """Return the code points of a span: "17–41"."""
    return f"{span.start}–{span.end}"
