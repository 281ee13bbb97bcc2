"""Chains of verbs with one speaker, which the parser takes apart.

"Kord confirmed that Dorn had left but did not say why" and "Kord admitted the
radar was off, said he had slept and asked the crew to forgive him" have one
speaker throughout.
"""

from __future__ import annotations

from quotes.syntax.cues import is_saying
from quotes.syntax.parse import FINITE, Parse

_SAYING_OR_NOT = frozenset(
    {"clarify", "comment", "disclose", "elaborate", "explain", "name", "reveal", "say", "specify"}
)
"""What reporters write that somebody did not do."""


def above_in_chain(parse: Parse, verb: int) -> int:
    """Return the verb of a chain whose subject a verb shares, the verb itself outside of one.

    Args:
        parse: The parse.
        verb: A verb that may be a cue.
    """
    first = chained_onto(parse, verb)
    if first is not None:
        return first
    if parse.deps[verb] != "conj":
        return verb
    if withholds(parse, verb):
        return _confirming(parse, verb)
    return _before_clause(parse, verb)


def chained_onto(parse: Parse, verb: int) -> int | None:
    """Return the first verb of "Kord <admitted> the radar was off, said he had slept".

    The parser makes what Kord admitted the content of "said". An inverted "said he" has
    the pronoun for its own subject, and not for that of a clause.

    Args:
        parse: The parse.
        verb: The second verb.

    Returns:
        The first verb, None where there is no such chain.
    """
    if parse.words[verb - 1] != "," or parse.tags[verb] not in FINITE or not is_saying(parse, verb):
        return None
    if parse.child(verb, "nsubj", "nsubjpass", "expl", "agent") is not None:
        return None
    clauses = [c for c in parse.children[verb] if parse.deps[c] == "ccomp"]
    first = next((c for c in clauses if c < verb), None)
    own = next((c for c in clauses if c > verb), None)
    if first is None or own is None or parse.tags[first] != parse.tags[verb]:
        return None
    opening = parse.left[own]
    opens = parse.tags[opening] == "PRP" or parse.lemmas[opening] == "that"
    chained = parse.child(first, "nsubj") is not None and opening == verb + 1 and opens
    return first if chained else None


def _before_clause(parse: Parse, verb: int) -> int:
    """Return the first verb of a chain whose last is coordinated with the clause of the second.

    "admitted ..., said he had slept and <asked> the crew to forgive him"
    """
    clause = parse.heads[verb]
    second = parse.heads[clause]
    if parse.deps[clause] != "ccomp" or not is_saying(parse, verb):
        return verb
    if parse.tags[verb] != parse.tags[second] or parse.child(verb, "nsubj", "nsubjpass") is not None:
        return verb
    first = chained_onto(parse, second)
    subject = parse.child(clause, "nsubj", "nsubjpass")
    pronoun = subject is not None and parse.tags[subject] == "PRP"
    return verb if first is None or not pronoun else first


def withholds(parse: Parse, verb: int) -> bool:
    """Return whether a coordinated verb tells what somebody did not say, after what he did.

    "... but <did not say> when it would be answered", "... but <declined> to say why".
    """
    if parse.deps[verb] != "conj" or parse.child(verb, "nsubj", "nsubjpass") is not None:
        return False
    head = parse.heads[verb]
    but = any(
        parse.lemmas[c] == "but" and parse.deps[c] == "cc"
        for c in (*parse.children[head], *parse.children[verb])
        if head < c < verb
    )
    if not but:
        return False
    if parse.lemmas[verb] in ("decline", "refuse") and parse.tags[verb] == "VBD":
        said = parse.child(verb, "xcomp")
        return said is not None and parse.lemmas[said] in _SAYING_OR_NOT
    negated = parse.child(verb, "neg") is not None and parse.child(verb, "aux") is not None
    return negated and parse.lemmas[verb] in _SAYING_OR_NOT


def _confirming(parse: Parse, verb: int) -> int:
    """Return the verb above the content that a withholding verb was coordinated with, else the verb itself.

    "confirmed that Oduya would rest but would not <say> for how long": Oduya says nothing.
    """
    content = parse.heads[verb]
    above = parse.heads[content]
    reported = parse.deps[content] == "ccomp" and is_saying(parse, above)
    return above if reported and above < content else verb
