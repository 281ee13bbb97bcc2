"""A statement as a line that a person can paste into a text and another can check."""

from __future__ import annotations

from quotes.models import DocumentInfo, Statement


def citation(statement: Statement) -> str:
    """Return a statement as a citation: words, speaker, source, offsets, hash.

    Direct words stand in quotation marks; reported ones do not, because they are
    the reporter's: ``Ann Kord (reported): the bridge would close. …``

    Args:
        statement: The statement.
    """
    said = " ".join(statement.content.text.split())
    speaker = statement.speaker.name if statement.speaker and statement.speaker.name else "speaker not named"
    words = f"“{said}”" if statement.kind == "direct" else said
    how = {"direct": "", "indirect": " (reported)", "mixed": " (partly reported)"}[statement.kind]
    denied = ", denied or not said" if statement.negated else ""
    document = statement.provenance.document
    offsets = ", ".join(f"{span.start}–{span.end}" for span in statement.content.spans)
    return (
        f"{speaker}{how}{denied}: {words} In: {source(document)}, characters {offsets} "
        f"(sha256 {document.sha256[:16]}, statement {statement.id})"
    )


def source(document: DocumentInfo) -> str:
    """Return the title, publisher, day and id of a document, as far as they are known."""
    title = f"“{document.title}”" if document.title else document.id
    day = document.published.isoformat() if document.published else None
    name = document.id if document.title else None
    return ", ".join(part for part in (title, document.publisher, day, name) if part)
