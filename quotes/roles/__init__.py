"""Who was told the words, what carried them, when, and whether they were said at all."""

from __future__ import annotations

from quotes.candidates.candidate import FLOATING, Candidate
from quotes.candidates.pieces import content_of
from quotes.roles.addressee import find_addressee_and_medium
from quotes.roles.attitude import attitude_of
from quotes.roles.clause import CueClause
from quotes.roles.factuality import is_factual, is_negated
from quotes.roles.time import find_time
from quotes.syntax.article import Article

__all__ = ["with_roles"]


def with_roles(article: Article, candidate: Candidate) -> Candidate:
    """Return a chosen candidate with content, attitude, negation, addressee, medium and time.

    A quotation that continues another has no cue, speaker or roles of its own. Words that
    have not been said are an intention: "she <will say> that ..." and "he <refused to say>
    whether ..." report what somebody means to do, and are left out of the default output.
    """
    candidate = candidate._replace(content=content_of(article, candidate.pieces))
    if candidate.continues is not None:
        candidate = candidate._replace(rule=FLOATING, cue=(), cue_head=None, speaker=None)
    if candidate.cue_head is None:
        return candidate
    clause = CueClause(article, candidate, candidate.cue_head)
    addressee, medium = find_addressee_and_medium(clause)
    return candidate._replace(
        attitude=attitude_of(clause) if is_factual(clause) else "intention",
        negated=is_negated(clause),
        addressee=addressee,
        medium=medium,
        when=find_time(clause),
    )
