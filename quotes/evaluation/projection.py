"""Turns statements of the output contract into relations as a corpus marks them.

The contract and the corpus differ in five habits: a corpus content includes
its quotation marks, a quotation resumed after a break is one relation with
several content spans, the complementizer "that" belongs to the content, so does
the addressee before an infinitive ("urged [the council to act]"), and an
apposition between commas belongs to the source. The first two are always
converted here; the others only where asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from quotes.evaluation.corpus import Relation
from quotes.lexicon.entries import word_class
from quotes.models import Statement
from quotes.text.spans import Span

_OPENING = frozenset("\"“‘'«")
_CLOSING = frozenset("\"”’'»")
_STOPS = frozenset(",.?!")
_LEADING_THAT = re.compile(r"\bthat,?\s+\Z", re.IGNORECASE)
_REACH = 12
"""How far before a content "that" and the space after it are looked for."""
_APPOSITION = re.compile(r",\s+([^\n“”\"—;:!?]+?)(?=,?\s*(?:\Z|[\n“”\"—;:!?]|,\s|\.(?:\s|\Z)))")
_LONGEST_APPOSITION = 200
_INFINITIVE = re.compile(r"(?:not\s+)?to\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PredictedRelation:
    """A relation that a system found by a rule, with the lemma of the cue's head.

    The confidence is the probability of being right, where the system gives one.
    """

    relation: Relation
    rule: str
    lemma: str | None = None
    confidence: float | None = None
    addressee: Span | None = None
    attitude: str | None = None


def predicted_relations(text: str, statements: Iterable[Statement]) -> tuple[PredictedRelation, ...]:
    """Return the statements of one document, which are in text order, as relations.

    A statement attributed by continuation adds its content to the relation
    before it, which keeps its rule, cue and confidence.
    """
    out: list[PredictedRelation] = []
    for statement in statements:
        content = tuple(with_marks(text, Span(piece.start, piece.end)) for piece in statement.content.spans)
        cue, speaker, addressee = statement.cue, statement.speaker, statement.addressee
        if out and cue is None and speaker and speaker.resolved_by == "continuation":
            out[-1] = _with_content(out[-1], out[-1].relation.content + content)
            continue
        source, told = speaker and speaker.mention, addressee and addressee.mention
        found = PredictedRelation(
            relation=Relation(
                source=(Span(source.start, source.end),) if source else (),
                cue=(Span(cue.start, cue.end),) if cue else (),
                content=content,
            ),
            rule=statement.provenance.rule,
            lemma=cue.lemma if cue else None,
            confidence=statement.confidence,
            attitude=statement.attitude,
            addressee=Span(told.start, told.end) if told else None,
        )
        out.append(found)
    return tuple(out)


def _with_content(predicted: PredictedRelation, content: tuple[Span, ...]) -> PredictedRelation:
    return replace(predicted, relation=replace(predicted.relation, content=content))


def with_marks(text: str, span: Span) -> Span:
    """Take in the quotation marks that touch a span.

    A comma or stop between the content and its closing mark comes with it.
    Without a mark before the span nothing is taken in after it: the mark
    there closes a longer quotation or opens the next.

    >>> with_marks("He said, “Go home.”", Span(10, 17))
    Span(start=9, end=19)
    """
    if not span.start or text[span.start - 1] not in _OPENING:
        return span
    stop = span.end + (text[span.end : span.end + 1] in _STOPS)
    closed = text[stop : stop + 1] in _CLOSING
    return Span(span.start - 1, stop + 1 if closed else span.end)


def with_complementizer(text: str, predicted: PredictedRelation) -> PredictedRelation:
    """Widen each content span by a "that" directly before it."""
    content: list[Span] = []
    for span in predicted.relation.content:
        found = _LEADING_THAT.search(text, max(0, span.start - _REACH), span.start)
        content.append(Span(found.start(), span.end) if found else span)
    return _with_content(predicted, tuple(content))


def in_corpus_conventions(text: str, predicted: PredictedRelation) -> PredictedRelation:
    """Widen contents by "that" and by an addressee before an infinitive, sources by their apposition."""
    widened = _with_addressee(text, with_complementizer(text, predicted))
    source, cue = widened.relation.source, widened.relation.cue
    if len(source) != 1:
        return widened
    whole = _with_apposition(text, source[0], cue[0] if cue else None)
    return replace(widened, relation=replace(widened.relation, source=(whole,)))


def _with_addressee(text: str, predicted: PredictedRelation) -> PredictedRelation:
    """Take the addressee directly before an infinitive into the content."""
    told, content = predicted.addressee, predicted.relation.content
    if told is None or not content or not _INFINITIVE.match(text, content[0].start):
        return predicted
    if told.end > content[0].start or text[told.end : content[0].start].strip():
        return predicted
    return _with_content(predicted, (Span(told.start, content[0].end), *content[1:]))


def _with_apposition(text: str, source: Span, cue: Span | None) -> Span:
    """Take in what is set off by a comma after a source ("[Ann Kord, the mayor,] said").

    Before its cue a source goes on up to the cue, with the comma; after it, to
    the next mark that ends a phrase. What begins with a preposition or a participle
    ("Kord, in a speech,", "Kord, speaking in Oslo,") belongs to the verb.
    """
    limit = cue.start if cue is not None and source.end <= cue.start else len(text)
    found = _APPOSITION.match(text, source.end, min(limit, source.end + _LONGEST_APPOSITION))
    if found is None or _is_circumstance(found[1]):
        return source
    end = found.end(1)
    if limit == len(text):
        return Span(source.start, end)
    between = text[end:limit].strip()
    # More than a comma before the cue: a clause of another kind.
    return source if between.strip(",") else Span(source.start, end + len(between))


def _is_circumstance(phrase: str) -> bool:
    """Return whether a phrase belongs to the verb ("in a speech", "speaking in Oslo"), not to the source."""
    first = re.split(r"\W", phrase.lower(), maxsplit=1)[0]
    return first in word_class("circumstance_opener") or first.endswith(("ing", "ly", "ed"))
