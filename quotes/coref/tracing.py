"""Says in words why each name was given, where the article collects a trace.

'“he” (at 120) was taken for Ulm Dorn: the most prominent of those who fit; he is a speaker,
one sentence before; rivals: Karl Voss (in a subordinate clause, two sentences before)'
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
    trace = discourse.article.trace
    if trace is None:
        return
    parse, token = discourse.parse, expression.token
    message = f"{_words(discourse, token, token)} "
    if reference.referent is None:
        message += f"was left open: {reason}"
    else:
        message += f"was taken for {_name(discourse, reference.referent)}: {reason}"
        message += f"; {_last_mention(discourse, reference.referent, expression)}"
    others = [rival for rival in rivals if rival.referent != reference.referent][:_MOST_RIVALS]
    if others:
        message += "; rivals: " + ", ".join(_described(discourse, rival, expression) for rival in others)
    trace.note(kind, (parse.left[token], token) if kind == "description" else (token, token), message)


def _described(discourse: Discourse, rival: Rival, expression: Expression) -> str:
    known = rival.excluded or f"score {rival.score:.2f}"
    where = _last_mention(discourse, rival.referent, expression)
    return f"{_name(discourse, rival.referent)} ({known}; {where})"


def _name(discourse: Discourse, referent: int) -> str:
    return referent_name(discourse, discourse.referents[referent])


def _words(discourse: Discourse, first: int, last: int) -> str:
    span = discourse.parse.span(first, last)
    return f"“{span.of(discourse.parse.text)}” (at {span.start})"


def _last_mention(discourse: Discourse, referent: int, expression: Expression) -> str:
    """Return where a referent was mentioned last before an expression, as words."""
    last: Expression | None = None
    for earlier in discourse.expressions:
        if earlier is expression:
            break
        if discourse.referent_at(earlier.token) == referent:
            last = earlier
    if last is None:
        return "not mentioned before"
    sentences = discourse.parse.sentences
    return f"{_role(discourse, last)} {_distance(sentences[expression.token] - sentences[last.token])}"


def _role(discourse: Discourse, expression: Expression) -> str:
    parse, token = discourse.parse, expression.token
    if expression.speaks is not None:
        return "a speaker"
    if expression.quoted:
        return "mentioned in quoted words"
    if parse.deps[token] in ("nsubj", "nsubjpass"):
        return f"the subject{' of a subordinate clause' * is_in_subordinate_clause(parse, token)}"
    return "an object" if parse.deps[token] in ("dobj", "dative", "pobj") else "mentioned"


def _distance(sentences: int) -> str:
    if sentences <= 0:
        return "in the same sentence" if sentences == 0 else "in a later sentence"
    return "in the sentence before" if sentences == 1 else f"{sentences} sentences before"


def note_names(discourse: Discourse) -> None:
    """Note which titles were taken off names, and what each short form was taken for."""
    trace = discourse.article.trace
    if trace is None:
        return
    for index, (name, entity) in enumerate(zip(discourse.names, discourse.grouping.of_name, strict=True)):
        written = (name.first, name.last)
        if name.start < name.first:
            title = _words(discourse, name.start, name.first - 1)
            trace.note("name", (name.start, name.last), f"{title} is a title before “{name.text}”")
        fitting, reason = discourse.grouping.contested.get(index, ((), ""))
        others = ", ".join(_name(discourse, other) for other in fitting if other != entity)
        here = _words(discourse, *written)
        if entity is None:
            trace.note("name", written, f"{here} was left open: nothing decides between {others}")
        elif discourse.entities[entity].name != name.text:
            why = f": {reason}; rivals: {others}" if others else ", whose name it shortens"
            trace.note("name", written, f"{here} was taken for {_name(discourse, entity)}{why}")


def note_identity(
    discourse: Discourse, kind: str, index: int, mention: Mention | None, found: Identity | None, reason: str
) -> None:
    """Note which name a mention, or for None a candidate without a speaker's mention, got, and why."""
    trace = discourse.article.trace
    if trace is None or found is None:
        return
    span = discourse.candidates[index].content[0] if mention is None else mention.span
    tokens = discourse.parse.tokens_in(span)
    named = f"got the name {found.name}" if found.name is not None else "got no name"
    trace.note(kind, (tokens[0], tokens[-1]), f"{_words(discourse, tokens[0], tokens[-1])} {named}: {reason}")


def note_medium(discourse: Discourse, kind: str, candidate: Candidate, mention: Mention) -> None:
    """Note that a candidate came through an outlet that was told, or through an earlier medium."""
    trace = discourse.article.trace
    if trace is None:
        return
    text = discourse.parse.text
    tokens = discourse.parse.tokens_in(candidate.content[0])
    medium = f"“{mention.span.of(text)}” (at {mention.span.start})"
    if kind == "told outlet":
        message = f"{medium} is a news outlet, so what it was told came through it"
    else:
        message = f"the words came through {medium}, as those of the same occasion before"
    trace.note(kind, (tokens[0], tokens[-1]), message)
