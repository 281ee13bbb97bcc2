"""When something was said: the time expression in the cue's own clause."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from quotes.candidates.candidate import TimeExpression
from quotes.lexicon.entries import word_class
from quotes.roles.clause import CueClause
from quotes.roles.dates import date_meant
from quotes.syntax.parse import Parse
from quotes.syntax.time_expressions import time_expressions
from quotes.text.spans import Span

_HIGHEST = 12
"""Heads above an expression within which its governor is looked for."""


def find_time(clause: CueClause) -> TimeExpression | None:
    """Return the time expression nearest to the cue in its clause, outside the content, None without one."""
    expressions = list(_expressions(clause))
    found = [
        (min(map(clause.distance, tokens)), tokens[0] < clause.first, span)
        for span, tokens in expressions
        if _is_of_cue(clause, tokens)
    ]
    if not found:
        for span, _ in expressions:
            clause.note("time", "“{}” tells when something else was", span.of(clause.parse.text))
        return None
    span = min(found)[2]
    clause.note("time", "in the clause of the cue" + ", nearest to it of {}" * (len(found) > 1), len(found))
    written = " ".join(span.of(clause.parse.text).split())
    return TimeExpression(span, date_meant(written, clause.article.document.published))


def _expressions(clause: CueClause) -> Iterator[tuple[Span, range]]:
    """Yield the time expressions in the unbroken stretches outside the content."""
    parse, outside = clause.parse, clause.outside
    breaks = [place for place, (one, other) in enumerate(pairwise(outside), 1) if other != one + 1]
    for first, end in pairwise((0, *breaks, len(outside))) if outside else ():
        stretch = parse.span(outside[first], outside[end - 1])
        if len(stretch) == 1:
            continue  # most often the full stop after the content
        for opens, closes in time_expressions(stretch.of(parse.text)):
            span = Span(stretch.start + opens, stretch.start + closes)
            yield span, parse.tokens_in(span)


def _is_of_cue(clause: CueClause, tokens: range) -> bool:
    """Return whether an expression tells the time of this cue's clause."""
    parse, speaker = clause.parse, clause.candidate.speaker
    if clause.in_other_quotation(tokens[0]) or _in_title(parse, tokens) or _has_other_verb(clause, tokens):
        return False
    if speaker is not None and speaker.span.overlaps(parse.span(tokens[0], tokens[-1])):
        return False
    if tokens[0] and parse.lower(tokens[0] - 1) in word_class("other_time_preposition"):
        return False
    if _is_beside_cue(clause, tokens):
        return True
    top = next((t for t in tokens if parse.heads[t] not in tokens or parse.is_root(t)), tokens[-1])
    if speaker is not None and parse.heads[top] == speaker.head and top < parse.tokens_in(speaker.span)[0]:
        return parse.deps[top] in ("compound", "poss")  # "On New Year's Eve Ann Kord said": attached to the name
    return not _is_of_other_event(clause, top, tokens) and clause.reaches(top)


def _in_title(parse: Parse, tokens: range) -> bool:
    """Return whether an expression is part of a name: "the Today programme", "Sunday's Observer"."""
    if parse.words[tokens[0]] in ("Today", "Tonight") and not parse.opens_sentence(tokens[0]):
        return True
    owned = tokens[-1] + 2
    if owned >= len(parse) or parse.tags[owned - 1] != "POS":
        return False
    return parse.pos[owned] == "PROPN" and parse.entity_types[owned] != "EVENT"


def _has_other_verb(clause: CueClause, tokens: range) -> bool:
    """Return whether another verb owns the day, as "said" does in "said on Thursday she had warned"."""
    parse, before = clause.parse, tokens[0] - 1
    while before > 0 and parse.lower(before) in word_class("time_opener"):
        before -= 1
    if before < 0 or tokens[0] >= clause.first or parse.pos[before] != "VERB":
        return False
    return before not in clause.own


def _is_beside_cue(clause: CueClause, tokens: range) -> bool:
    """Return whether nothing but a preposition is between the cue and the expression."""
    parse = clause.parse
    if tokens[0] > clause.last:
        between = [parse.lower(t) for t in range(clause.last + 1, tokens[0])]
        return all(word == "at" or word in word_class("time_opener") for word in between)
    return all(parse.pos[t] in ("ADV", "AUX") for t in range(tokens[-1] + 1, clause.first))


def _is_of_other_event(clause: CueClause, top: int, tokens: range) -> bool:
    """Return whether the expression hangs under a noun that another preposition brings in."""
    parse = clause.parse
    for token in (top, *parse.ancestors(top, _HIGHEST - 1)):
        if token in clause.own or parse.is_root(token):
            return False
        label = parse.deps[token]
        if label in ("prep", "agent") and parse.lower(token) in word_class("other_time_preposition"):
            return True
        if label in ("nsubj", "nsubjpass", "poss", "appos") and token not in tokens:
            return True
    return False
