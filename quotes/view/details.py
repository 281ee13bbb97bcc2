"""A statement in words: as a citation, and as the lines of its panel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from textwrap import shorten

from quotes.io.readable import called, channel, one_line
from quotes.lexicon import table
from quotes.models import DocumentInfo, Entity, Medium, Statement, TextSpan
from quotes.text.document import Document
from quotes.view.speakers import UNNAMED

_HOW = {"direct": "", "indirect": " (reported)", "mixed": " (partly reported)"}
_WHY = {
    "name": "The text gives these words to {words}{beside}.",
    "alias": "{words}{beside} is who the text elsewhere calls {name}.",
    "title": "{words}{beside} is somebody whom the text names: {name}.",
    "description": "The text says {words}{beside} and gives no name.",
    "pronoun": "{words}{beside} stands for {name}.",
    "continuation": "Nobody is named beside these words; {name} is who spoke before them.",
    "turn": "The label of the turn, {words}, names {name}.",
    "unresolved": "Whom {words}{beside} means is not certain enough to give a name.",
}
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


def quotation(statement: Statement) -> str:
    """Return a statement as words and speaker: ``“We had no choice,” – Ben Ode, mayor``.

    Direct words are put in quotation marks; reported ones are not, because they are
    the reporter's: ``the bridge would close – Ann Kord (reported)``
    """
    speaker = statement.speaker
    role = f", {one_line(speaker.role.text)}" if speaker and speaker.role else ""
    return f"{_words(statement)} – {_speaker(statement)}{role}{_HOW[statement.kind]}{_denied(statement)}"


def citation(statement: Statement, title: str | None = None) -> str:
    """Return a statement as a newsroom cites it: who, to whom and through what, the words, where they were printed.

    Args:
        statement: The statement.
        title: What its article is called, where it has no title of its own.
    """
    document = statement.provenance.document
    channelled = f" {channel(statement)}" if channel(statement) else ""
    said = f", {one_line(statement.when.text)}" if statement.when else ""
    title = document.title or title
    printed = (
        document.publisher,
        f"“{one_line(title)}”" if title else document.path,
        day(document.published),
        document.original.url if document.original else None,
    )
    who = f"{_speaker(statement)}{channelled}{said}{_HOW[statement.kind]}{_denied(statement)}"
    return f"{who}: {_words(statement)} In: {', '.join(filter(None, printed))}."


def why_speaker(statement: Statement) -> str:
    """Return in words why a statement has its speaker, or has none."""
    speaker = statement.speaker
    if speaker is None:
        return "Nobody is named for these words."
    words = f"“{one_line(speaker.mention.text)}”" if speaker.mention else ""
    beside = f" beside “{one_line(statement.cue.text)}”" if statement.cue else ""
    name = speaker.name or ""
    said = _WHY[speaker.resolved_by].format(words=words or "nobody", beside=beside, name=name)
    is_named = name and speaker.resolved_by != "description"
    return f"{said} Sure of the name: {speaker.confidence:.2f}." if is_named else said


@lru_cache(maxsize=1000)
def day(published: date | None) -> str:
    """Return a day as newspapers print it, whatever the locale: "12 September 2024"."""
    if published is None:
        return ""
    names = (name for name, (number, *_) in table("months").items() if int(number) == published.month)
    return f"{published.day} {max(names, key=len).capitalize()} {published.year}"


def _words(statement: Statement) -> str:
    said = one_line(statement.content.text)
    return f"“{said}”" if statement.kind == "direct" else said


def _speaker(statement: Statement) -> str:
    if statement.speaker_name or not called(statement.speaker):
        return statement.speaker_name or UNNAMED
    return f"{UNNAMED} (“{called(statement.speaker)}”)"


def _denied(statement: Statement) -> str:
    return ", denied or not said" if statement.negated else ""


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
