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
    content = parse.heads[verb]
    above = parse.heads[content]
    if parse.deps[verb] != "conj" or parse.deps[content] != "ccomp":
        return verb
    if withholds(parse, verb):
        # "confirmed that Oduya would rest but would not <say> for how long": Oduya says nothing.
        return above if is_saying(parse, above) and above < content else verb
    if (
        parse.tags[verb] != parse.tags[above]
        or not is_saying(parse, verb)
        or parse.has_child(verb, "nsubj", "nsubjpass")
    ):
        return verb
    first = chained_onto(parse, above)  # "admitted ..., said he had slept and <asked> the crew to forgive him"
    if first is not None:
        return first
    # "says the answer was to dredge and <says> he wrote the law": the tense tells the clauses apart
    says = is_saying(parse, above) and above < content and parse.tags[content] != parse.tags[verb]
    return above if says else verb


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
    return first if parse.tags[opening] == "PRP" or parse.lemmas[opening] == "that" else None


def goes_on_saying(parse: Parse, cue: int, verb: int) -> bool:
    """Return whether a verb that the parse puts under a cue is the next cue of its speaker.

    "said the comet was breaking up, <acknowledged> that its tail had misled him"
    """
    return (
        parse.deps[verb] in ("ccomp", "conj")
        and cue < verb
        and parse.words[verb - 1] == ","
        and parse.is_finite(verb)
        and parse.tags[verb] == parse.tags[cue]
        and is_saying(parse, verb, "verb")
        and parse.has_child(verb, "ccomp")
        and not parse.has_child(verb, "nsubj", "nsubjpass", "expl", "mark")
    )


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
    else:
        said = verb if parse.is_negated(verb) else None
    return said is not None and parse.lemmas[said] in word_class("withheld_verb")
