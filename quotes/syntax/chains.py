"""Chains of verbs with one speaker, which the parser takes apart.

"Kord confirmed that Dorn had left but did not say why" and "Kord admitted the
radar was off, said he had slept and asked the crew to forgive him" have one
speaker throughout.
"""

from __future__ import annotations

from quotes.lexicon.entries import word_class
from quotes.syntax.cues import is_saying
from quotes.syntax.parse import Parse


def above_in_chain(parse: Parse, verb: int) -> int:
    """Return the verb of a chain whose subject a verb shares, the verb itself outside of one."""
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
    """
    if parse.words[verb - 1] != "," or not parse.is_finite(verb) or not is_saying(parse, verb):
        return None
    if parse.has_child(verb, "nsubj", "nsubjpass", "expl", "agent"):
        return None
    clauses = parse.children_with(verb, "ccomp")
    first = next((c for c in clauses if c < verb), None)
    own = next((c for c in clauses if c > verb), None)
    if first is None or own is None or parse.tags[first] != parse.tags[verb]:
        return None
    opening = parse.left[own]
    opens = parse.tags[opening] == "PRP" or parse.lemmas[opening] == "that"
    return first if opens else None


def _before_clause(parse: Parse, verb: int) -> int:
    """Return the first verb of a chain whose last is coordinated with the clause of the second.

    "admitted ..., said he had slept and <asked> the crew to forgive him"
    """
    clause = parse.heads[verb]
    second = parse.heads[clause]
    if parse.deps[clause] != "ccomp" or not is_saying(parse, verb):
        return verb
    if parse.tags[verb] != parse.tags[second] or parse.has_child(verb, "nsubj", "nsubjpass"):
        return verb
    first = chained_onto(parse, second)
    return verb if first is None else first


def withholds(parse: Parse, verb: int) -> bool:
    """Return whether a coordinated verb tells what somebody did not say, after what he did.

    "... but <did not say> when it would be answered", "... but <declined> to say why".
    """
    if parse.deps[verb] != "conj" or parse.has_child(verb, "nsubj", "nsubjpass"):
        return False
    head = parse.heads[verb]
    between = parse.children_with(head, "cc") + parse.children_with(verb, "cc")
    if not any(parse.lemmas[c] == "but" and head < c < verb for c in between):
        return False
    if parse.lemmas[verb] in ("decline", "refuse") and parse.tags[verb] == "VBD":
        said = parse.child(verb, "xcomp")
        return said is not None and parse.lemmas[said] in word_class("withheld_verb")
    negated = parse.is_negated(verb) and parse.has_child(verb, "aux")
    return negated and parse.lemmas[verb] in word_class("withheld_verb")


def _confirming(parse: Parse, verb: int) -> int:
    """Return the verb above the content that a withholding verb was coordinated with, else the verb itself.

    "confirmed that Oduya would rest but would not <say> for how long": Oduya says nothing.
    """
    content = parse.heads[verb]
    above = parse.heads[content]
    reported = parse.deps[content] == "ccomp" and is_saying(parse, above)
    return above if reported and above < content else verb
