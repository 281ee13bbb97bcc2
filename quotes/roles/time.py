"""When something was said: the time expression in the cue's own clause."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from quotes.candidates.candidate import Candidate, TimeExpression
from quotes.roles.clause import CueClause, cue_clause, within_other_quotation
from quotes.roles.dates import day_meant
from quotes.syntax.parse import Parse
from quotes.syntax.time_expressions import time_expressions
from quotes.text.spans import Span

_OTHER_TIME = frozenset({
    "about", "after", "ahead", "amid", "because", "before", "between", "by", "concerning", "despite", "due",
    "during", "following", "for", "from", "of", "over", "regarding", "since", "till", "to", "until",
})  # fmt: skip
"""Prepositions whose object tells when something else was: "After the vote on Monday, he said"."""


def find_time(
    parse: Parse, candidate: Candidate, published: date | None, clause: CueClause | None = None
) -> TimeExpression | None:
    """Find when the words were said.

    Args:
        parse: The parse.
        candidate: The attribution.
        published: Day of publication, for the date.
        clause: Its cue's clause, where that is known already.

    Returns:
        The time expression nearest to the cue in the cue's clause, outside the
        content; None when there is none.
    """
    clause = clause or cue_clause(parse, candidate)
    if clause is None:
        return None
    found = [
        (min(map(clause.distance, tokens)), tokens[0] < clause.first, span)
        for span, tokens in _expressions(parse, clause)
        if _tells(parse, candidate, clause, tokens)
    ]
    if not found:
        return None
    span = min(found)[2]
    return TimeExpression(span, day_meant(" ".join(span.of(parse.text).split()), published))


def _expressions(parse: Parse, clause: CueClause) -> Iterator[tuple[Span, range]]:
    """Yield the time expressions in the unbroken stretches outside the content."""
    outside = clause.outside
    breaks = [place for place, (one, other) in enumerate(pairwise(outside), 1) if other != one + 1]
    for first, behind in pairwise((0, *breaks, len(outside))) if outside else ():
        begin, end = parse.starts[outside[first]], parse.ends[outside[behind - 1]]
        if end - begin == 1:
            continue  # most often the full stop behind the content
        for opens, closes in time_expressions(parse.text[begin:end]):
            span = Span(begin + opens, begin + closes)
            yield span, parse.tokens_in(span)


def _tells(parse: Parse, candidate: Candidate, clause: CueClause, tokens: range) -> bool:
    """Return whether an expression tells the time of this cue's clause."""
    if within_other_quotation(parse, clause, tokens[0]) or _in_speaker(parse, candidate, tokens):
        return False
    top = next((t for t in tokens if parse.heads[t] not in tokens or parse.heads[t] == t), tokens[-1])
    introduced = parse.words[tokens[0] - 1].lower() if tokens[0] else ""
    if introduced in _OTHER_TIME:
        return False
    if _in_title(parse, tokens) or _behind_other_verb(parse, clause, tokens):
        return False
    if _beside_cue(parse, clause, tokens):
        return True
    return not _under_other_event(parse, clause, top, tokens) and clause.reaches(parse, top)


def _in_title(parse: Parse, tokens: range) -> bool:
    """Return whether an expression is part of a name: "the Today programme", "Sunday's Observer"."""
    opens = tokens[0] == parse.sentence_bounds[parse.sentences[tokens[0]]][0]
    if parse.words[tokens[0]] in ("Today", "Tonight") and not opens:
        return True
    behind = tokens[-1] + 2
    owns = behind < len(parse) and parse.tags[behind - 1] == "POS"
    return owns and parse.pos[behind] == "PROPN" and parse.entity_types[behind] != "EVENT"


def _behind_other_verb(parse: Parse, clause: CueClause, tokens: range) -> bool:
    """Return whether another verb owns the day, as "said" does in "said on Thursday she had warned"."""
    before = tokens[0] - 1
    while before > 0 and parse.words[before].lower() in ("on", "in", "late", "early"):
        before -= 1
    own = clause.chain | clause.participles | clause.content
    return tokens[0] < clause.first and before >= 0 and parse.pos[before] == "VERB" and before not in own


def _in_speaker(parse: Parse, candidate: Candidate, tokens: range) -> bool:
    speaker = candidate.speaker
    return speaker is not None and speaker.span.overlaps(parse.span(tokens[0], tokens[-1]))


def _beside_cue(parse: Parse, clause: CueClause, tokens: range) -> bool:
    """Return whether nothing but a preposition stands between the cue and the expression."""
    if tokens[0] > clause.last:
        between = range(clause.last + 1, tokens[0])
        return all(parse.words[t].lower() in ("on", "in", "late", "early", "at") for t in between)
    between = range(tokens[-1] + 1, clause.first)
    return all(parse.pos[t] in ("ADV", "AUX") for t in between)


def _under_other_event(parse: Parse, clause: CueClause, top: int, tokens: range) -> bool:
    """Return whether the expression hangs under a noun that another preposition brings in."""
    token = top
    for _ in range(12):
        if token in clause.chain | clause.participles | clause.content or parse.heads[token] == token:
            return False
        if parse.deps[token] in ("prep", "agent") and parse.words[token].lower() in _OTHER_TIME:
            return True
        if parse.deps[token] in ("nsubj", "nsubjpass", "poss", "appos") and token not in tokens:
            return True
        token = parse.heads[token]
    return False
