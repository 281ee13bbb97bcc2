"""Whether a speaker denied the words or did not say them."""

from __future__ import annotations

from itertools import chain

from quotes.candidates.candidate import Candidate
from quotes.lexicon import words
from quotes.roles.clause import CueClause, cue_clause
from quotes.roles.factuality import overcome
from quotes.syntax.parse import Parse

_NOT = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})
_NOBODY = frozenset({"nobody", "none", "neither", "no-one"})


def is_negated(parse: Parse, candidate: Candidate, clause: CueClause | None = None) -> bool:
    """Return whether a candidate's content was denied or not said.

    "Denied that", "did not say", "has never claimed", "nobody said" are
    negated; "did not deny" is not, and neither is a negation inside the content.

    Args:
        parse: The parse.
        candidate: The attribution.
        clause: Its cue's clause, where that is known already.

    Returns:
        Whether it is negated; False without a cue.
    """
    clause = clause or cue_clause(parse, candidate)
    if clause is None or candidate.cue_head is None:
        return False
    denied = parse.lemmas[candidate.cue_head] in words("denials")
    return denied != (_is_denying(parse, candidate, clause) or _nobody(parse, candidate))


def _is_denying(parse: Parse, candidate: Candidate, clause: CueClause) -> bool:
    """Return whether a "not" stands at the cue or a verb above it."""
    verbs = [v for v in clause.chain if v == candidate.cue_head or not overcome(parse, v)]
    around = chain(candidate.cue, *[parse.children[verb] for verb in verbs])
    denying = {t for t in around if parse.words[t].lower() in _NOT and t not in clause.content}
    if not denying:
        return False
    denying.difference_update(*[parse.children[v] for v in clause.chain.difference(verbs)])
    # "He did not say on Monday whether": what stands far from its verb still negates it.
    return any(
        parse.deps[t] in ("neg", "advmod", "preconj", "cc") and t <= clause.last for t in denying
    ) and not any(_is_not_only(parse, t) for t in denying)


def _is_not_only(parse: Parse, token: int) -> bool:
    behind = token + 1
    if parse.words[token].lower() != "not" or behind >= len(parse):
        return False
    return parse.words[behind].lower() == "only"


def _nobody(parse: Parse, candidate: Candidate) -> bool:
    """Return whether the subject itself says that nobody spoke ("no official said")."""
    if candidate.speaker is None:
        return False
    spoken = parse.tokens_in(candidate.speaker.span)
    first = parse.words[spoken[0]].lower() if spoken else ""
    return first in _NOBODY or first == "no"
