"""Constructions that say so clearly that somebody speaks that little is left to be learned.

The corpora which weights are learned from hold few of them, so that the scorer
doubts them more than a reader would.
"""

from __future__ import annotations

from quotes.candidates.candidate import Candidate
from quotes.lexicon import words
from quotes.lexicon.entries import cues
from quotes.syntax.article import Article
from quotes.syntax.chains import chained_onto, withholds
from quotes.syntax.cues import is_saying
from quotes.syntax.parse import Parse
from quotes.syntax.subjects import can_be_addressed, can_speak, owner_of


def is_explicit(article: Article, candidate: Candidate) -> bool:
    """Return whether the words around a candidate leave hardly any doubt that it was said.

    "<appealed> to witnesses [to come forward]", "As Tillman <told> the inquest, [the gate
    had no lock]", "a <warning> from the gas company that [the main leaked]", "“[Mind the
    glass!]” <bellowed> a steward".

    Args:
        article: The document's article.
        candidate: The candidate.
    """
    if candidate.cue_head is None:
        return False
    parse = article.parse
    if candidate.rule == "clausal_complement":
        return _opens_chain(parse, candidate.cue_head) or withholds(parse, candidate.cue_head)
    if candidate.rule == "infinitive":
        return _asks_somebody(parse, candidate)
    if candidate.rule == "as_clause":
        return _set_off(parse, candidate.cue_head)
    if candidate.rule == "noun_clause":
        return _given_by_somebody(parse, candidate)
    if candidate.rule == "nominal_object":
        return _tells_stance(parse, candidate)
    return candidate.rule == "quotation_before_cue" and _right_after(article, candidate)


def _opens_chain(parse: Parse, verb: int) -> bool:
    """Return whether a verb of saying is the first of "admitted ..., said he ..."."""
    return is_saying(parse, verb, "verb") and chained_onto(parse, parse.heads[verb]) == verb


def _asks_somebody(parse: Parse, candidate: Candidate) -> bool:
    """Return whether a verb of asking has people after it, or after its "to", and then an infinitive."""
    verb, asked = candidate.cue_head, candidate.argument
    assert verb is not None
    if candidate.speaker is None or asked is None or parse.lemmas[verb] not in words("request_verbs"):
        return False
    addressee = parse.child(verb, "dobj", "dative")
    preposition = parse.child(verb, "prep")
    if addressee is None and preposition is not None and parse.lemmas[preposition] in ("on", "to", "with"):
        addressee = parse.child(preposition, "pobj")
    return addressee is not None and verb < addressee < asked and can_speak(parse, addressee)


def _tells_stance(parse: Parse, candidate: Candidate) -> bool:
    """Return whether an object tells whose stance somebody put into words ("<reiterated> [its support]")."""
    verb, stance = candidate.cue_head, candidate.argument
    assert verb is not None
    if candidate.speaker is None or stance is None or parse.lemmas[verb] not in words("content_objects"):
        return False
    owned = parse.possessor(stance) is not None
    return owned and parse.lemmas[stance] in cues() and can_speak(parse, candidate.speaker.head)


def _set_off(parse: Parse, verb: int) -> bool:
    """Return whether a comma parts "as X told Y" from its clause, and the verb has no words of its own."""
    if not (is_saying(parse, verb) or parse.lemmas[verb] == "put"):
        return False
    told = [c for c in parse.children_with(verb, "ccomp", "dobj", "xcomp", "oprd") if c > verb]
    if parse.lemmas[verb] == "put":
        own = [parse.lemmas[c] for c in told] == ["it"]
    else:
        own = all(parse.deps[c] == "dobj" and can_be_addressed(parse, c) for c in told)
    before, after = parse.left[verb] - 1, parse.right[verb] + 1
    start, end = parse.sentence_of(verb)
    opens = before < start and after < end and parse.words[after] == ","
    return own and (opens or (before >= start and parse.words[before] == ","))


def _given_by_somebody(parse: Parse, candidate: Candidate) -> bool:
    """Return whether a noun of saying has both a giver and a clause that opens with "that"."""
    noun, clause = candidate.cue_head, candidate.argument
    assert noun is not None
    owner = owner_of(parse, noun)
    if clause is None or owner is None or not is_saying(parse, noun, "noun") or not can_speak(parse, owner):
        return False
    subject = parse.child(clause, "nsubj", "nsubjpass", "expl")
    that = parse.left[clause]
    return parse.lemmas[that] == "that" and subject is not None and that < subject < clause


def _right_after(article: Article, candidate: Candidate) -> bool:
    """Return whether a verb of saying comes right after the closing mark, its subject after it.

    A comma inside the marks shows that words go on in another's mouth; after a title ("“Who
    Goes?” opened the season") the verb has a thing for its object.
    """
    parse, verb = article.parse, candidate.cue_head
    assert verb is not None
    last = candidate.extents[0].pieces[-1][1]
    if candidate.speaker is None or not last < verb <= last + 3 or not is_saying(parse, verb, "verb"):
        return False
    closed = all(parse.pos[t] == "PUNCT" for t in range(last + 1, verb))
    finite = parse.is_finite(verb) and parse.words[verb].islower()
    inverted = candidate.speaker.head > verb and can_speak(parse, candidate.speaker.head)
    return closed and finite and inverted and parse.words[last] in (",", "!", "?")
