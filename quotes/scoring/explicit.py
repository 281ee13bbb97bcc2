"""Constructions that say so explicitly that somebody speaks that little is left to be learned.

The corpora which weights are learned from hold few of them, so that the scorer
doubts them more than a reader would.
"""

from __future__ import annotations

from quotes.candidates.candidate import Candidate
from quotes.lexicon import words
from quotes.lexicon.entries import addressee_positions, cues, word_class
from quotes.scoring.endings import is_report_of_others
from quotes.syntax.article import Article
from quotes.syntax.chains import chained_onto, withholds
from quotes.syntax.cues import is_saying
from quotes.syntax.parse import Parse
from quotes.syntax.subjects import can_be_addressed, can_speak, owner_of


def is_explicit(article: Article, candidate: Candidate) -> bool:
    """Return whether the words around a candidate leave hardly any doubt that it was said.

    "<appealed> to witnesses [to come forward]", "As Tillman <told> the inquest, [the gate
    had no lock]", "a <warning> from the gas company that [the main leaked]", "“[Mind the
    glass!]” <bellowed> a steward", "<insisted> that “[nobody knew]”".
    """
    parse, cue, argument = article.parse, candidate.cue_head, candidate.argument
    if cue is None:
        return False
    if candidate.rule == "clausal_complement":
        opens_chain = is_saying(parse, cue, "verb") and chained_onto(parse, parse.heads[cue]) == cue
        others = parse.deps[cue] == "advcl" and is_saying(parse, cue, "verb") and is_report_of_others(parse, cue)
        return opens_chain or others or withholds(parse, cue)  # "<admitted> ..., said he ..."
    if candidate.rule == "as_clause":
        return _is_set_off(parse, cue)
    if candidate.rule == "quotation_before_cue" and candidate.speaker is not None:
        last = candidate.extents[0].pieces[-1][1]
        return _closes_quotation(parse, last, cue, candidate.speaker.head)
    if candidate.rule == "quotation_after_cue":
        first = candidate.extents[0].pieces[0][0]
        between = [parse.lemmas[t] for t in range(cue + 1, first) if parse.is_word(t)]
        return candidate.speaker is not None and between == ["that"] and is_saying(parse, cue, "verb")
    if argument is None:
        return False
    if candidate.rule == "noun_clause":
        return _is_given_by_somebody(parse, cue, argument)
    if candidate.rule == "infinitive":
        return candidate.speaker is not None and _asks_somebody(parse, cue, argument)
    if candidate.rule == "nominal_object" and candidate.speaker is not None:  # "<reiterated> [its support]"
        owned = parse.possessor(argument) is not None and can_speak(parse, candidate.speaker.head)
        return owned and parse.lemmas[cue] in words("content_objects") and parse.lemmas[argument] in cues()
    return False


def is_report_in_report(parse: Parse, candidate: Candidate) -> bool:
    """Return whether a content of another's is a report with its own speaker ("said doctors <told> her that ...")."""
    cue, argument, speaker = candidate.cue_head, candidate.argument, candidate.speaker
    if candidate.rule != "clausal_complement" or cue is None or argument is None or speaker is None:
        return False
    above, own = parse.heads[cue], parse.child(cue, "nsubj")
    return (
        parse.deps[cue] == "ccomp"
        and above < cue < argument
        and is_saying(parse, above, "verb")
        and is_saying(parse, cue, "verb")
        and own == speaker.head
        and can_speak(parse, own)
        and parse.tags[own] != "PRP"
        and parse.tags[cue] in ("VBD", "VBN", "VBZ", "VBP")
        and parse.has_child(argument, "nsubj", "nsubjpass", "expl")
        and not parse.is_negated(cue)
        and not parse.is_passive(cue)
    )


def tells_deed(parse: Parse, candidate: Candidate) -> bool:
    """Return whether somebody is said to have admitted or denied doing something ("<denied> [taking it]")."""
    cue, argument, speaker = candidate.cue_head, candidate.argument, candidate.speaker
    if candidate.rule != "infinitive" or cue is None or argument is None or speaker is None:
        return False
    admitted = parse.lemmas[cue] in word_class("deed_verb") and parse.tags[argument] == "VBG"
    return admitted and not parse.is_passive(cue) and can_speak(parse, speaker.head)


def _asks_somebody(parse: Parse, verb: int, asked: int) -> bool:
    """Return whether a verb of asking has people after it, or after its "to", and then an infinitive."""
    if parse.lemmas[verb] not in words("request_verbs"):
        return False
    addressee = parse.child(verb, "dobj", "dative")
    preposition = parse.child(verb, "prep")
    positions = addressee_positions(parse.lemmas[verb])
    if addressee is None and preposition is not None and parse.lemmas[preposition] in positions:
        addressee = parse.child(preposition, "pobj")
    return addressee is not None and verb < addressee < asked and can_speak(parse, addressee)


def _is_set_off(parse: Parse, verb: int) -> bool:
    """Return whether a comma parts "as X told Y" from its clause, and the verb has no words of its own."""
    told = [c for c in parse.children_with(verb, "ccomp", "dobj", "xcomp", "oprd") if c > verb]
    if parse.lemmas[verb] == "put":
        without_words = [parse.lemmas[c] for c in told] == ["it"]
    else:
        addressed = all(parse.deps[c] == "dobj" and can_be_addressed(parse, c) for c in told)
        without_words = is_saying(parse, verb) and addressed
    before, after = parse.left[verb] - 1, parse.right[verb] + 1
    start, end = parse.sentence_of(verb)
    comma = before if before >= start else after
    return without_words and comma < end and parse.words[comma] == ","


def _is_given_by_somebody(parse: Parse, noun: int, clause: int) -> bool:
    """Return whether a noun of saying has both a giver and a clause that opens with "that"."""
    owner = owner_of(parse, noun)
    if owner is None or not is_saying(parse, noun, "noun") or not can_speak(parse, owner):
        return False
    subject, that = parse.child(clause, "nsubj", "nsubjpass", "expl"), parse.left[clause]
    return parse.lemmas[that] == "that" and subject is not None and that < subject < clause


def _closes_quotation(parse: Parse, last: int, verb: int, speaker: int) -> bool:
    """Return whether a verb of saying comes directly after the closing mark, its subject after it.

    A comma inside the marks shows that words go on in another's mouth; after a title ("“Who
    Goes?” opened the season") the verb has a thing for its object.
    """
    return (
        last < verb <= last + 3
        and verb < speaker
        and is_saying(parse, verb, "verb")
        and all(parse.pos[t] == "PUNCT" for t in range(last + 1, verb))
        and parse.words[last] in (",", "!", "?")
        and parse.is_finite(verb)
        and parse.words[verb].islower()
        and can_speak(parse, speaker)
    )
