"""What carried the words: a document, a message, a platform, an outlet that reports them."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.lexicon.entries import word_class
from quotes.roles.clause import CueClause
from quotes.syntax.mention import Mention
from quotes.syntax.noun_phrases import named_by_apposition, noun_phrase
from quotes.syntax.outlets import heads_outlet, holds_words, medium_prepositions_of, outlet_name

_HIGHEST = 6
"""Heads above a phrase within which its governor is looked for."""


def find_medium(clause: CueClause) -> Mention | None:
    """Return the mention of what carried the words, apart from an outlet that was told, else None."""
    for source, why in _SOURCES:
        for mention in source(clause):
            if not clause.in_other_quotation(mention.head):
                clause.note("medium", why)
                return outlet_name(clause.parse, named_by_apposition(clause.parse, mention, clause.taken))
    return None


def _phrase(clause: CueClause, head: int) -> Mention:
    """Return the noun phrase of a document, with who it is by and for ("a transcript by the court")."""
    return noun_phrase(clause.parse, head, clause.taken, word_class("detail_preposition"))


def _short_phrase(clause: CueClause, head: int) -> Mention:
    return noun_phrase(clause.parse, head, clause.taken)


def _quoting_outlet(clause: CueClause) -> Iterator[Mention]:
    """Yield who quotes the speaker.

    "The Wire quoted her as saying", "was reported by Harbour FM to have said".
    """
    parse, verbs = clause.parse, sorted(clause.chain)
    quoting = [verb for verb in verbs if parse.lemmas[verb] in word_class("quoting_verb")]
    if not quoting:
        return
    for verb in quoting:
        subject = parse.child(verb, "nsubj") if parse.pos[verb] == "VERB" else None
        if subject is not None and subject not in clause.taken and clause.candidate.speaker is not None:
            yield _short_phrase(clause, subject)
    for verb in verbs:
        for child in parse.children_with(verb, "agent", "prep"):
            head = parse.child(child, "pobj") if parse.lower(child) == "by" else None
            if head is not None and head not in clause.taken:
                yield _short_phrase(clause, head)


def _carrying_phrase(clause: CueClause) -> Iterator[Mention]:
    """Yield what a preposition in the cue's clause leads to: "in a statement", "on Twitter", "to Reuters"."""
    parse = clause.parse
    heads = [t for t in clause.outside if parse.deps[t] == "pobj" and t not in clause.taken]
    for head in sorted(heads, key=clause.distance):
        preposition = parse.heads[head]
        word = parse.lower(preposition)
        leads = word in word_class("medium_preposition") and preposition not in clause.content
        if not leads or not _in_clause(clause, preposition):
            continue
        short = _short_phrase(clause, head)
        if heads_outlet(parse, head, clause.taken):
            yield short
        elif word in medium_prepositions_of(parse, short):
            yield _aired_by(clause, head) or _phrase(clause, head)


def _in_clause(clause: CueClause, preposition: int) -> bool:
    """Return whether a preposition's phrase belongs to the cue's clause itself or opens or ends it."""
    parse, governor = clause.parse, clause.parse.heads[preposition]
    if governor in clause.own:
        return True
    if parse.pos[governor] in ("VERB", "AUX") or parse.pos[preposition - 1] == "PUNCT":
        return False
    # "said in a speech on Twitter": under a noun it counts when that noun is in a phrase of the cue.
    return _in_phrase_of_cue(clause, governor)


def _in_phrase_of_cue(clause: CueClause, noun: int) -> bool:
    parse = clause.parse
    for token in (noun, *parse.ancestors(noun, _HIGHEST - 1)):
        label = parse.deps[token]
        if parse.is_root(token) or label in ("nsubj", "nsubjpass", "poss", "appos", "conj", "compound"):
            return False
        if token in clause.chain or token in clause.participles:
            return True
        if parse.pos[token] in ("VERB", "AUX"):
            return token in clause.content
        if label == "prep" and parse.lower(token) not in word_class("nested_preposition"):
            return False
    return False


def _aired_by(clause: CueClause, head: int) -> Mention | None:
    """Return the outlet that an interview was given to ("in an interview with the BBC")."""
    parse = clause.parse
    if parse.lemmas[head] not in word_class("aired_noun"):
        return None
    for child in parse.children_with(head, "prep"):
        inner = parse.child(child, "pobj") if parse.lower(child) in word_class("airing_preposition") else None
        if inner is not None and heads_outlet(parse, inner, clause.taken):
            return _short_phrase(clause, inner)
    return None


def _announced(clause: CueClause) -> Iterator[Mention]:
    """Yield the document that "saying" opens: "issued a statement saying", "a letter warning"."""
    parse, verb = clause.parse, clause.cue
    if parse.tags[verb] != "VBG" or parse.deps[verb] not in ("acl", "advcl"):
        return
    noun: int | None = parse.heads[verb]
    if parse.deps[verb] == "advcl":
        if parse.lemmas[parse.heads[verb]] not in word_class("issuing_verb"):
            return  # "mocked the complaint, saying": the complaint is another's
        noun = parse.child(parse.heads[verb], "dobj")
    if noun is None or noun in clause.taken or noun > verb or parse.pos[noun] != "NOUN":
        return
    if "in" in medium_prepositions_of(parse, _short_phrase(clause, noun)):
        yield _phrase(clause, noun)


def _according_to(clause: CueClause) -> Iterator[Mention]:
    """Yield the document or outlet after "according to" when the cue is another."""
    parse = clause.parse
    for token in [t for t in clause.outside if parse.lower(t) == "according"]:
        to = parse.child(token, "prep")
        head = None if to is None or token in clause.taken else parse.child(to, "pobj")
        if head is None:
            continue
        if heads_outlet(parse, head, clause.taken):
            yield _short_phrase(clause, head)
        elif holds_words(parse, head):
            yield _phrase(clause, head)


def _reporting_outlet(clause: CueClause) -> Iterator[Mention]:
    """Yield the outlet of an inserted "Reuters reported" or "as quoted by TASS"."""
    parse = clause.parse
    for verb in [t for t in clause.outside if parse.lemmas[t] in word_class("quoting_verb")]:
        if verb in clause.chain or verb in clause.taken or parse.pos[verb] != "VERB":
            continue
        head = parse.child(verb, "nsubj")
        head = parse.agent(verb) if head is None else head
        if head is not None and head not in clause.taken and heads_outlet(parse, head, clause.taken):
            yield _short_phrase(clause, head)


_SOURCES = (
    (_quoting_outlet, "it quotes the speaker"),
    (_carrying_phrase, "a preposition in the cue's clause leads to it"),
    (_announced, "the cue opens what it says"),
    (_according_to, "“according to” leads to it"),
    (_reporting_outlet, "it is inserted as the outlet that reports"),
)
"""Where a medium is looked for, in this order, and what a trace says of each."""
