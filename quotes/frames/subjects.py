"""Finds who a cue belongs to in the syntax: its subject, agent or owner."""

from __future__ import annotations

from quotes.attributions import Mention
from quotes.parse import Parse

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_CHAIN = ("conj", "xcomp", "advcl", "ccomp", "pcomp", "acl", "prep")
_OUTSIDE_MENTION = ("relcl", "appos", "acl", "punct", "cc", "conj", "advcl", "parataxis", "ccomp", "dep")
_LONGEST_CLIMB = 6


def mention_of(parse: Parse, head: int) -> Mention:
    """Return the noun phrase that a token heads, as a mention.

    Comma-set appositions, relative clauses and a possessive mark at the end are
    left out: of "Odalys Brennick, who chairs the committee," the mention is
    "Odalys Brennick". A coordination stays whole ("Smith and Jones"), and so
    does what follows without a comma ("the head of the bank").

    Args:
        parse: The parse.
        head: The token that heads the noun phrase.
    """
    first, last = parse.left[head], head
    for child in parse.children[head]:
        if child > head and _belongs(parse, child, last):
            last = max(last, parse.right[child])
        elif child > head and parse.deps[child] in ("punct", "cc"):
            continue
        elif child > head:
            break
    first = _first_of_phrase(parse, first, head)
    while last > head and parse.pos[last] in ("PUNCT", "SPACE", "CCONJ"):
        last -= 1
    return Mention(parse.span(first, last), head)


def _belongs(parse: Parse, child: int, last: int) -> bool:
    """Return whether a dependent behind its noun is part of the mention."""
    dep = parse.deps[child]
    if dep == "conj":
        return parse.pos[child] in ("NOUN", "PROPN", "PRON", "NUM") and parse.right[child] - child < 12
    gap = parse.left[child] - 1
    after_comma = gap > last and parse.pos[gap] == "PUNCT" and parse.words[gap] not in ("-", "(", "'", '"', "“")
    if dep in ("relcl", "punct", "cc", "case", "ccomp", "advcl", "parataxis", "dep"):
        return False
    return not after_comma


def _first_of_phrase(parse: Parse, first: int, head: int) -> int:
    """Skip what is attached before a noun but is no part of its phrase."""
    while first < head and (
        parse.pos[first] in ("PUNCT", "SPACE", "SCONJ", "CCONJ") or parse.deps[first] in ("advmod", "cc", "mark")
    ):
        if parse.deps[first] == "advmod" and parse.heads[first] != head:
            break
        first += 1
    return first


def subject_of(parse: Parse, verb: int) -> int | None:
    """Return the token that heads the subject of a verb, own or shared.

    A verb without a subject shares that of the verb it is coordinated with
    ("He sat and said"), controlled by ("went on to say") or added to as a
    participle ("..., adding that"). The subject of a relative clause is its
    pronoun; a participle behind a noun ("a letter saying") has that noun.

    Args:
        parse: The parse.
        verb: The cue verb.

    Returns:
        Token of the subject, None where there is none.
    """
    token = verb
    for _ in range(_LONGEST_CLIMB):
        own = parse.child(token, *_SUBJECTS)
        if own is not None and parse.deps[own] == "expl":
            return None
        if own is not None and not (parse.deps[own] == "nsubjpass" and token == verb and not _quoted(parse, verb)):
            return own
        if own is not None:
            return agent_of(parse, token)
        passive = agent_of(parse, token)
        if passive is not None:
            return passive
        dep, head = parse.deps[token], parse.heads[token]
        if head == token or dep not in _CHAIN:
            return None
        if dep == "acl" and parse.pos[head] in ("NOUN", "PROPN", "PRON"):
            return head if parse.tags[token] == "VBG" else None
        token = head
    return None


def agent_of(parse: Parse, verb: int) -> int | None:
    """Return the noun in a passive verb's by-phrase, None without one."""
    by = parse.child(verb, "agent")
    return None if by is None else parse.child(by, "pobj")


def _quoted(parse: Parse, verb: int) -> bool:
    """Return whether a passive verb's subject is the speaker ("was quoted as saying")."""
    return parse.lemmas[verb] in ("quote", "cite", "report", "hear", "record", "overhear", "say")


def owner_of(parse: Parse, noun: int) -> int | None:
    """Return who a cue noun belongs to.

    By possessive ("his claim"), by a by- or from-phrase ("a warning from the
    auditors"), by an of-phrase ("the view of experts"), or by the subject of
    the verb that the noun is an object of ("He made the claim that ...").

    Args:
        parse: The parse.
        noun: The cue noun.

    Returns:
        Token of the owner, None where there is none.
    """
    owner = parse.child(noun, "poss")
    if owner is not None:
        return owner
    for preposition in parse.children[noun]:
        if parse.deps[preposition] in ("prep", "agent") and parse.lemmas[preposition] in ("by", "from"):
            return parse.child(preposition, "pobj")
    head = parse.heads[noun]
    if parse.deps[noun] in ("dobj", "attr", "oprd") and parse.pos[head] in ("VERB", "AUX"):
        return subject_of(parse, head)
    if parse.deps[noun] == "pobj" and parse.pos[parse.heads[head]] == "VERB":
        return subject_of(parse, parse.heads[head])
    return next((c for c in parse.children[noun] if parse.deps[c] == "compound" and parse.entity_types[c]), None)
