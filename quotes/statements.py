"""Turns identified candidates into statements, the records of the contract."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from quotes.candidates.candidate import Candidate, Identity
from quotes.models import (
    Content,
    Cue,
    DocumentInfo,
    Entity,
    ExtractorInfo,
    Kind,
    Medium,
    Provenance,
    Statement,
    TextSpan,
    Times,
    When,
)
from quotes.scoring.names import name_confidence
from quotes.syntax.article import Article
from quotes.syntax.mention import Mention
from quotes.text.document import Document
from quotes.text.reading import Reading
from quotes.text.spans import Span

PIECES_JOINED_BY = " … "


def build_statements(
    article: Article,
    candidates: Sequence[Candidate],
    extractor: ExtractorInfo,
    confidence: Callable[[float, str], float] = lambda probability, _: probability,
) -> list[Statement]:
    """Return the statements of the chosen, complete candidates of a document, in their order.

    ``confidence`` says how sure a candidate of such a probability and attitude is.
    """
    info = DocumentInfo.model_validate(article.document, from_attributes=True)
    ids: dict[int | str, str] = {}
    return [
        _statement(article, each, info, extractor, ids, round(confidence(each.probability, each.attitude), 4))
        for each in candidates
    ]


def kind_of(article: Article, candidate: Candidate) -> Kind:
    """Return whether all, none or a part of the words stand in quotation marks."""
    if candidate.is_verbatim:
        return "direct"
    parse = article.parse
    inside = total = 0
    for span in candidate.content:
        spoken = [t for t in parse.tokens_in(span) if parse.pos[t] not in ("PUNCT", "SPACE")]
        total += len(spoken)
        inside += len([t for t in spoken if article.quotation_at[t] >= 0])
    return "direct" if inside == total else "indirect" if inside == 0 else "mixed"


def joined(text: str, spans: Iterable[Span]) -> str:
    """Return the words of a content whose pieces are these spans of a text."""
    return PIECES_JOINED_BY.join(span.of(text) for span in spans)


def statement_id(document: Document, spans: Sequence[Span]) -> str:
    """Return an id that only the text and the spans decide: 16 hexadecimal digits."""
    key = f"{document.sha256}:{','.join(f'{s.start}-{s.end}' for s in spans)}"
    return hashlib.sha256(key.encode("ascii")).hexdigest()[:16]


def with_original_offsets(statement: Statement, document: Document, reading: Reading) -> Statement:
    """Return a statement found in ``reading.text`` with the offsets of the document as it was given."""

    def placed(value: Any) -> Any:
        if isinstance(value, tuple | list):
            return [placed(item) for item in value]
        if not isinstance(value, dict):
            return value
        fields = {key: placed(field) for key, field in value.items()}
        if "start" in fields:
            span = reading.original(Span(fields["start"], fields["end"]))
            fields |= {"start": span.start, "end": span.end, "text": span.of(document.text)}
        return fields

    record = placed(statement.model_dump())
    pieces = [Span(piece["start"], piece["end"]) for piece in record["content"]["spans"]]
    record["content"]["text"] = joined(document.text, pieces)
    record["id"] = statement_id(document, pieces)
    return Statement.model_validate(record)


def with_times(statement: Statement, document: Document) -> Statement:
    """Return a statement with the times of its content, if it is of subtitles."""
    first, last = statement.content.spans[0], statement.content.spans[-1]
    heard = [each for each in document.timings if each.end > first.start and each.start < last.end]
    if not heard:
        return statement
    times = Times(start=heard[0].begins, end=max(each.ends for each in heard))
    return statement.model_copy(update={"provenance": statement.provenance.model_copy(update={"times": times})})


def _statement(
    article: Article,
    candidate: Candidate,
    info: DocumentInfo,
    extractor: ExtractorInfo,
    ids: dict[int | str, str],
    confidence: float,
) -> Statement:
    text, parse = article.document.text, article.parse
    first = parse.tokens_in(candidate.content[0])[0]
    when = candidate.when
    return Statement(
        id=statement_id(article.document, candidate.content),
        kind=kind_of(article, candidate),
        attitude=candidate.attitude,  # type: ignore[arg-type]  # checked by pydantic
        negated=candidate.negated,
        content=Content(
            text=joined(text, candidate.content), spans=tuple(_text_span(text, s) for s in candidate.content)
        ),
        cue=_cue(article, candidate),
        speaker=_entity(article, candidate, "speaker", ids),
        addressee=_entity(article, candidate, "addressee", ids),
        medium=_entity(article, candidate, "medium", ids),
        when=None if when is None else When(**_text_span(text, when.span).model_dump(), date=when.date),
        confidence=confidence,
        provenance=Provenance(
            document=info,
            paragraph=parse.paragraphs[first],
            sentence=parse.sentences[first],
            rule=candidate.rule,
            extractor=extractor,
        ),
    )


def _text_span(text: str, span: Span) -> TextSpan:
    return TextSpan(start=span.start, end=span.end, text=span.of(text))


def _cue(article: Article, candidate: Candidate) -> Cue | None:
    cue, head, parse = candidate.cue, candidate.cue_head, article.parse
    if not cue or head is None:
        return None
    span = parse.span(cue[0], cue[-1])
    lemma = "according to" if candidate.rule == "according_to" else parse.lemmas[head]
    return Cue(start=span.start, end=span.end, text=span.of(parse.text), lemma=lemma)


def _entity(article: Article, candidate: Candidate, role: str, ids: dict[int | str, str]) -> Any:
    """Return who is in a role of a candidate, or None; entities are numbered as they come, in ``ids``."""
    mention: Mention | None = getattr(candidate, role)
    identity: Identity | None = getattr(candidate, f"{role}_identity")
    if identity is None:
        return None
    text, key = article.document.text, identity.entity
    spans = {"mention": mention and mention.span, "role": identity.role, "anonymity": identity.anonymity}
    fields = {
        **{name: getattr(identity, name) for name in ("name", "type", "represents", "resolved_by")},
        **{name: _text_span(text, span) if span else None for name, span in spans.items()},
        "entity": None if key is None else ids.setdefault(key, f"e{len(ids) + 1}"),
        "confidence": round(name_confidence(article, candidate, role, identity), 4),
    }
    return Medium(**fields, inherited=candidate.medium_inherited) if role == "medium" else Entity(**fields)
