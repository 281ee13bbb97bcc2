"""Says in words why each name was given, where the article collects a trace.

'“he” (at 120) was taken for Ulm Dorn: the most prominent of those who fit; a speaker in the
sentence before; rivals: Karl Voss (score 0.31; the subject of a subordinate clause 2 sentences before)'
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quotes.candidates.candidate import Candidate, Identity
from quotes.coref.discourse import Discourse
from quotes.coref.expressions import Expression
from quotes.coref.naming import referent_name
from quotes.coref.referents import Reference
from quotes.coref.salience import is_in_subordinate_clause
from quotes.syntax.mention import Mention
from quotes.text.spans import Span

_MOST_RIVALS = 3


class Rival(NamedTuple):
    """Somebody whom an expression could mean.

    Attributes:
        score: How well: salience times fit.
        referent: Index of the referent.
        excluded: Why it cannot be meant, None where it can.
    """

    score: float
    referent: int
    excluded: str | None = None


def explain(
    discourse: Discourse,
    kind: str,
    expression: Expression,
    reference: Reference,
    reason: str,
    rivals: Sequence[Rival] = (),
) -> None:
    """Note what an expression was taken for, why, and which rivals there were; nothing without a trace."""
    if discourse.article.trace is None:
        return
    found = reference.referent
    message = f"was left open: {reason}"
    if found is not None:
        known = _last_mention(discourse, found, expression)
        message = f"was taken for {referent_name(discourse, found)}: {reason}; {known}"
    for number, rival in enumerate([rival for rival in rivals if rival.referent != found][:_MOST_RIVALS]):
        why = rival.excluded or f"score {rival.score:.2f}"
        known = f"{why}; {_last_mention(discourse, rival.referent, expression)}"
        message += f"{', ' if number else '; rivals: '}{referent_name(discourse, rival.referent)} ({known})"
    _note(discourse, kind, discourse.parse.span(expression.token, expression.token), message)


def _note(discourse: Discourse, kind: str, span: Span, message: str) -> None:
    """Note a message that goes on from the words of a span."""
    trace, parse = discourse.article.trace, discourse.parse
    if trace is not None:
        tokens = parse.tokens_in(span)
        trace.note(kind, (tokens[0], tokens[-1]), f"{_quoted(discourse, span)} {message}")


def _quoted(discourse: Discourse, span: Span) -> str:
    trace = discourse.article.trace
    place = span.start if trace is None else trace.offset(span.start)
    return f"“{span.of(discourse.parse.text)}” (at {place})"


def _last_mention(discourse: Discourse, referent: int, expression: Expression) -> str:
    """Return how and where a referent was mentioned last before an expression."""
    before = discourse.expressions[: discourse.expressions.index(expression)]
    last = next((e for e in reversed(before) if discourse.referent_at(e.token) == referent), None)
    if last is None:
        return "not mentioned before"
    sentences = discourse.parse.sentences[expression.token] - discourse.parse.sentences[last.token]
    places = {0: "in the same sentence", 1: "in the sentence before"}
    return f"{_role(discourse, last)} {places.get(sentences, f'{sentences} sentences before')}"


def _role(discourse: Discourse, expression: Expression) -> str:
    parse, token = discourse.parse, expression.token
    if expression.speaks is not None:
        return "a speaker"
    if expression.quoted:
        return "mentioned in quoted words"
    if parse.deps[token] in ("nsubj", "nsubjpass"):
        return f"the subject{' of a subordinate clause' * is_in_subordinate_clause(parse, token)}"
    return "an object" if parse.deps[token] in ("dobj", "dative", "pobj") else "mentioned"


def note_names(discourse: Discourse) -> None:
    """Note which titles were taken off names, and what each short form was taken for."""
    if discourse.article.trace is None:
        return
    for name, entity in zip(discourse.names, discourse.grouping.of_name, strict=True):
        span = discourse.parse.span(name.first, name.last)
        if name.start < name.first:
            title = discourse.parse.span(name.start, name.first - 1)
            _note(discourse, "name", title, f"is a title before “{name.text}”")
        fitting, reason = discourse.grouping.contested.get(name.head, ((), ""))
        others = ", ".join(referent_name(discourse, other) for other in fitting if other != entity)
        if entity is None:
            _note(discourse, "name", span, f"was left open: nothing decides between {others}")
        elif discourse.entities[entity].name != name.text:
            why = f": {reason}; rivals: {others}" if others else ", whose name it shortens"
            _note(discourse, "name", span, f"was taken for {referent_name(discourse, entity)}{why}")


def note_identity(
    discourse: Discourse, kind: str, index: int, mention: Mention | None, found: Identity | None, reason: str
) -> None:
    """Note which name a mention, or for None a candidate without a speaker's mention, got, and why."""
    if discourse.article.trace is not None and found is not None:
        span = discourse.candidates[index].content[0] if mention is None else mention.span
        named = "got no name" if found.name is None else f"got the name {found.name}"
        _note(discourse, kind, span, f"{named}: {reason}")


def note_medium(discourse: Discourse, kind: str, candidate: Candidate, medium: Mention, reason: str) -> None:
    """Note which medium, named without saying so or named earlier, a candidate came through, and why."""
    message = f"came through {_quoted(discourse, medium.span)}, {reason}"
    _note(discourse, kind, candidate.content[0], message)
