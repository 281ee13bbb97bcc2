"""Turns statements of the output contract into relations as a corpus marks them.

That a corpus content includes its quotation marks, and that a quotation resumed
after a break is one relation with several content spans, is always converted.
Other habits are converted only where asked for (`as_corpus_marks`): they are listed
in ``docs/evaluation.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from quotes.evaluation.corpus import Relation
from quotes.lexicon.entries import word_class
from quotes.models import Statement
from quotes.text.spans import Span

_OPENING = re.compile(r"(?:''|[\"“‘'«])\Z")
_CLOSING = re.compile(r"[,.?!]?[\"”’'»]")
_TWO_CLOSING = re.compile(r"[,.?!]?''")
_LEADING_THAT = re.compile(r"\bthat,?\s+\Z", re.IGNORECASE)
_REACH = 12
"""How far before a content "that" and the space after it are looked for."""
_APPOSITION = re.compile(r",\s+([^\n“”\"—;:!?]+?)(?=,?\s*(?:\Z|[\n“”\"—;:!?]|''|,\s|(?<![A-Z])\.(?:\s|\Z)))")
_INSERTION = re.compile(r",\s+((?:\d+,\s)?[^\n—;:!?]+?(?:,\s[A-Z][\w.]+(?:\s[A-Z]\w+)?)?),[”\"]?(?=\s)")
_COMMA = re.compile(r",\s*")
_LONGEST_APPOSITION = 200
_CONJUNCTION = re.compile(r",?\s(?:and|but|or)\s(?:that\s)?")
_NOUN_RULES = ("noun_clause", "noun_and_colon", "prepositional_content")
_CARRIER = re.compile(r"(?:['’]s?)?\s+((?:(?!(?:and|but|or|by|who|that|which)\s)[^\s,;:“”\"—]+\s+){1,4})")
_OBJECT_RULES = ("prepositional_content", "object_predicate", "quotation_after_cue")
_OBJECT = re.compile(r"\s[^,:;.!?\n“”\"—]*\w[^,:;.!?\n“”\"—]*\s")
_OF = re.compile(r"\b(?:of|as)\s+\Z")
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
    opened = _OPENING.search(text, max(0, span.start - 2), span.start)
    if opened is None:
        return span
    two = len(opened[0]) == 2
    closed = (_TWO_CLOSING if two else _CLOSING).match(text, span.end)
    return Span(opened.start(), closed.end() if closed else span.end)


def with_complementizer(text: str, predicted: PredictedRelation) -> PredictedRelation:
    """Widen each content span by a "that" directly before it."""
    content: list[Span] = []
    for span in predicted.relation.content:
        found = _LEADING_THAT.search(text, max(0, span.start - _REACH), span.start)
        content.append(Span(found.start(), span.end) if found else span)
    return _with_content(predicted, tuple(content))


def as_corpus_marks(text: str, predictions: Iterable[PredictedRelation]) -> tuple[PredictedRelation, ...]:
    """Return the relations of a document as the corpus marks them: joined, widened, and none within another.

    Of a report inside a report the corpus marks one; the more confident is left.
    """
    found = [in_corpus_conventions(text, each) for each in _joined(text, predictions)]
    kept: list[PredictedRelation] = []
    for each in sorted(found, key=lambda each: -(each.confidence or 0.0)):
        taken = [span for other in kept for span in other.relation.content]
        if not any(one.start < other.end and other.start < one.end for one in each.relation.content for other in taken):
            kept.append(each)
    return tuple(each for each in found if each in kept)


def _joined(text: str, predictions: Iterable[PredictedRelation]) -> Iterator[PredictedRelation]:
    """Yield relations, those of one cue as one where only a conjunction parts them ("said [that A and that B]")."""
    last: PredictedRelation | None = None
    for each in predictions:
        if last is not None and each.relation.cue and each.relation.cue == last.relation.cue:
            (*before, one), (other, *after) = last.relation.content, each.relation.content
            if _CONJUNCTION.fullmatch(text, one.end, other.start):
                last = _with_content(last, (*before, Span(one.start, other.end), *after))
                continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last


def in_corpus_conventions(text: str, predicted: PredictedRelation) -> PredictedRelation:
    """Widen the content, the cue and the source of a relation to what the corpus marks."""
    widened = _with_object(text, _with_addressee(text, with_complementizer(text, predicted)))
    source, cue, content = widened.relation.source, widened.relation.cue, widened.relation.content
    if cue:
        cue = (_with_carrier(text, widened), *cue[1:])
    if len(source) == 1:
        source = (_with_apposition(text, source[0], cue[0] if cue else None, content),)
    return replace(widened, relation=Relation(source, cue, content))


def _with_carrier(text: str, predicted: PredictedRelation) -> Span:
    """Return the cue with a colon behind it, and, where it is a noun, with what stands between it and its source.

    "Crews [have expressed concern] that", "the police's [earlier claim] that".
    """
    (cue, *_), source = predicted.relation.cue, predicted.relation.source
    end = cue.end + text.startswith(":", cue.end)
    if predicted.rule in _NOUN_RULES and source and source[0].end < cue.start:
        found = _CARRIER.fullmatch(text, source[0].end, cue.start)
        if found and not text.startswith("to ", cue.start):
            return Span(found.start(1), end)
    return Span(cue.start, end)


def _with_object(text: str, predicted: PredictedRelation) -> PredictedRelation:
    """Give what stands between a cue and its content to one of them.

    Of whom something is said belongs to the content ("accused [the board of lying]", "called [him “a fool”]"), what
    leads on to a preposition to the cue ("[took aim at] the board").
    """
    cue, content = predicted.relation.cue, predicted.relation.content
    told = predicted.addressee is not None or predicted.lemma == "be"
    between = text[cue[0].end : content[0].start] if cue and content else ""
    if not _OBJECT.fullmatch(between) or predicted.rule not in _OBJECT_RULES:
        return predicted
    opener = re.split(r"\W", text[content[0].start :].lower(), maxsplit=1)[0]
    of_object = opener in word_class("circumstance_opener") | word_class("detail_preposition")
    if predicted.rule == "prepositional_content" and not of_object and not _OF.search(between):
        whole = Span(cue[0].start, cue[0].end + len(between.rstrip()))
        return replace(predicted, relation=replace(predicted.relation, cue=(whole,)))
    if _is_circumstance(between.strip()) or (told and predicted.rule != "prepositional_content"):
        return predicted
    start = content[0].start - len(between.lstrip())
    return _with_content(predicted, (Span(start, content[0].end), *content[1:]))


def _with_addressee(text: str, predicted: PredictedRelation) -> PredictedRelation:
    """Take the addressee directly before an infinitive into the content."""
    told, content = predicted.addressee, predicted.relation.content
    if told is None or not content or not _INFINITIVE.match(text, content[0].start):
        return predicted
    if told.end > content[0].start or text[told.end : content[0].start].strip():
        return predicted
    return _with_content(predicted, (Span(told.start, content[0].end), *content[1:]))


def _with_apposition(text: str, source: Span, cue: Span | None, content: Sequence[Span]) -> Span:
    """Take in what is set off by commas after a source ("[Ann Kord, the mayor,] said").

    Before its cue that is one phrase with its commas, and after an age the next one too ("Ann Kord, 52, of Selm,");
    after the cue all up to the end of the sentence or to the content ("said [Ann Kord, the mayor, who runs it]").
    What begins with a preposition or participle ("Kord, in a speech,", "Kord, speaking in Oslo,") belongs to the verb.
    """
    before = cue is not None and source.end <= cue.start
    limit = cue.start if cue and before else min((s.start for s in content if s.start >= source.end), default=len(text))
    pattern = _INSERTION if before else _APPOSITION
    end = source.end
    while found := pattern.match(text, end, min(limit, source.end + _LONGEST_APPOSITION)):
        if _is_circumstance(found[1]):
            break
        end = found.end() if before else found.end(1)
        if before:
            break
    if end == source.end and before and "," in source.of(text) and _COMMA.fullmatch(text, end, limit):
        end += 1
    return Span(source.start, end)


def _is_circumstance(phrase: str) -> bool:
    """Return whether a phrase belongs to the verb ("in a speech", "speaking in Oslo"), not to the source."""
    first = re.split(r"\W", phrase.lower(), maxsplit=1)[0]
    ends = first.endswith(("ing", "ly", "ed")) and first != "including"
    return ends or first in word_class("circumstance_opener")
