"""Builds the attributions of a small text from the strings in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.candidates.candidate import Candidate
from quotes.coref import resolve
from quotes.syntax.article import Article
from quotes.syntax.mention import Mention
from quotes.syntax.parse import Parse
from quotes.syntax.pipeline import parse_document
from quotes.text.document import make_document
from quotes.text.quotations import find_quotations
from quotes.text.spans import Span
from tests.builders import attributed

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Line:
    """One attribution: strings of the text, looked for from the place that the line before reached.

    A line whose speaker is None goes on from the line ``continues``.
    """

    speaker: str | None
    cue: str | None
    content: str
    addressee: str | None = None
    medium: str | None = None
    continues: int | None = None
    turn: bool = False


def identify(nlp: Language, text: str, *lines: Line) -> tuple[Candidate, ...]:
    """Parse a text and resolve the mentions of its lines."""
    document = make_document(text)
    parse = parse_document(nlp, document)
    article = Article.of(document, parse, find_quotations(document.text, document.paragraphs))
    return resolve(article, attributions_of(parse, lines))


def speaker_names(nlp: Language, text: str, *lines: Line) -> list[str | None]:
    """Return the resolved names of the speakers, in order."""
    found = [each.speaker_identity for each in identify(nlp, text, *lines)]
    return [None if who is None else who.name for who in found]


def attributions_of(parse: Parse, lines: Sequence[Line]) -> tuple[Candidate, ...]:
    """Make the attributions of lines of a text in order."""
    out: list[Candidate] = []
    reached = 0
    for line in lines:
        content = _find(parse.text, line.content, reached)
        start, end = _paragraph(parse.text, content)
        cue = None if line.cue is None else _nearest(parse.text, line.cue, content, start, end)
        beside = content if cue is None else cue
        tokens = () if cue is None else tuple(parse.tokens_in(cue))
        speaker, addressee, medium = (
            None if part is None else _mention(parse, _nearest(parse.text, part, beside, start, end))
            for part in (line.speaker, line.addressee, line.medium)
        )
        argument = next((t for t in parse.tokens_in(content) if parse.deps[t] in ("ccomp", "ROOT")), None)
        out.append(
            attributed(
                "turn" if line.turn else "said",
                tokens,
                tokens[0] if tokens else None,
                (content,),
                speaker,
                argument,
                addressee=addressee,
                medium=medium,
                continues=line.continues,
            )
        )
        reached = content.start
    return tuple(out)


def _find(text: str, part: str, start: int) -> Span:
    at = text.index(part, start)
    return Span(at, at + len(part))


def _paragraph(text: str, content: Span) -> tuple[int, int]:
    end = text.find("\n", content.end)
    return text.rfind("\n", 0, content.start) + 1, len(text) if end < 0 else end


def _nearest(text: str, part: str, beside: Span, start: int, end: int) -> Span:
    """Return the occurrence of a string in a paragraph that is nearest to a span."""
    found: list[Span] = []
    at = text.find(part, start, end)
    while at >= 0:
        found.append(Span(at, at + len(part)))
        at = text.find(part, at + 1, end)
    assert found, f"{part!r} is not in the paragraph of {beside.of(text)!r}"
    return min(found, key=lambda s: min(abs(s.start - beside.end), abs(s.end - beside.start)))


def _mention(parse: Parse, span: Span) -> Mention:
    tokens = parse.tokens_in(span)
    outside = [t for t in tokens if parse.heads[t] not in tokens or parse.heads[t] == t]
    nominal = [t for t in outside if parse.pos[t] in ("NOUN", "PROPN", "PRON", "NUM", "ADJ")]
    return Mention(span, (nominal or outside)[0])
