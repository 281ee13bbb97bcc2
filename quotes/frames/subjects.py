"""Finds who a cue belongs to in the syntax: its subject, agent or owner."""

from __future__ import annotations

from functools import cache

from quotes.frames.chains import above_in_chain
from quotes.frames.mentions import SUBJECTS
from quotes.lexicon import table, words
from quotes.parse import Parse

_CHAIN = ("conj", "xcomp", "advcl", "ccomp", "pcomp", "acl", "prep")
SPEAKING_NOUNS = ("person_nouns", "organization_nouns", "group_nouns", "document_nouns", "place_nouns")
"""Word lists of what can speak."""
_LONGEST_CLIMB = 6
_TOLD_THINGS = frozenset({"joke", "lie", "secret", "story", "tale", "truth"})


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
    token = above_in_chain(parse, verb)
    for _ in range(_LONGEST_CLIMB):
        own = _own_subject(parse, token)
        if own is not None:
            return _speaking_subject(parse, own, token, shared=token != verb)
        passive = agent_of(parse, token)
        if passive is not None:
            return passive
        dep, head = parse.deps[token], parse.heads[token]
        if head == token or dep not in _CHAIN:
            return None
        if dep == "prep" and parse.lemmas[token] == "as" and parse.pos[head] == "VERB":
            quoted = parse.child(head, "dobj")  # "The agency quoted the minister as saying"
            if quoted is not None:
                return quoted
        if dep == "acl" and parse.pos[head] in ("NOUN", "PROPN", "PRON"):
            # "Pryor, a Democrat, called on both sides": a past tense is no participle.
            return head if parse.tags[token] in ("VBG", "VBD") else None
        token = head
    return None


def _speaking_subject(parse: Parse, own: int, verb: int, *, shared: bool) -> int | None:
    """Return who speaks where a verb has a subject; with ``shared`` the cue is a verb below it."""
    if parse.deps[own] == "expl":
        return None
    if shared and not can_speak(parse, own):
        higher = _speaking_above(parse, verb)
        return own if higher is None else higher
    if parse.deps[own] == "nsubjpass" and not shared and not _quoted(parse, verb):
        return agent_of(parse, verb)
    return own


def _own_subject(parse: Parse, verb: int) -> int | None:
    """Return a verb's subject; of several, the one next to the verb.

    In "The bridge reopened, engineers said" the parser may give "said" two
    subjects. Two that touch are one phrase cut in two ("the charity Rooftree").
    """
    found = [c for c in parse.children[verb] if parse.deps[c] in SUBJECTS]
    if len(found) < 2:
        return found[0] if found else None
    before = [c for c in found if c < verb]
    if len(before) < 2:
        return found[0]
    last, previous = before[-1], before[-2]
    return previous if parse.right[previous] + 1 == parse.left[last] else last


def can_speak(parse: Parse, token: int) -> bool:
    """Return whether a noun names somebody or something that words can come from."""
    if parse.pos[token] in ("PROPN", "PRON") or parse.entity_types[token]:
        return parse.lemmas[token] != "it"
    return parse.lemmas[token] in _speaking_nouns()


@cache
def _speaking_nouns() -> frozenset[str]:
    return frozenset().union(*map(words, SPEAKING_NOUNS))


def _speaking_above(parse: Parse, verb: int) -> int | None:
    """Return the subject of the verb whose content a coordination was wrongly put into.

    In "She wanted to know why the alarm was off and asked the guard" the parser
    coordinates "asked" with "was", and the alarm would speak.
    """
    token = verb
    for _ in range(_LONGEST_CLIMB):
        if parse.deps[token] not in ("ccomp", "xcomp", "conj", "advcl") or parse.heads[token] == token:
            return None
        token = parse.heads[token]
        own = parse.child(token, "nsubj")
        if own is not None and can_speak(parse, own):
            return own
    return None


def has_own_words(parse: Parse, verb: int) -> bool:
    """Return whether a verb has an object that is neither a hearer nor a time: what it is about.

    Of "The guide told a story, the old men told lies" the lies are told and no sentence
    before them; in "It leaked, he told the hearing" somebody hears.
    """
    ways = table("hearer_verbs").get(parse.lemmas[verb], ("",))[0].split()
    hearing = "object" in ways or "person" in ways
    for child in parse.children[verb]:
        if child < verb or parse.deps[child] != "dobj" or parse.pos[child] != "NOUN":
            continue
        lemma = parse.lemmas[child]
        if parse.entity_types[child] or (hearing and lemma in words("hearers")):
            continue
        if not hearing or lemma in words("document_nouns") or lemma in _TOLD_THINGS:
            return True
    return False


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
    return next(
        (c for c in parse.children[noun] if parse.deps[c] == "compound" and parse.entity_types[c]), None
    )


def neighbour_of(parse: Parse, verb: int, *, inverted: bool) -> int | None:
    """Return the noun next to a verb, where the parse gives the verb no subject.

    The parser often loses the subject of "..., said James Acton, a physicist"
    behind a long quotation.

    Args:
        parse: The parse.
        verb: The cue verb.
        inverted: Whether the noun is looked for behind the verb first.

    Returns:
        Head of the noun phrase, None where a verb or a break comes first.
    """
    steps = (1, -1) if inverted else (-1, 1)
    for step in steps:
        token = verb + step
        while (
            0 <= token < len(parse)
            and abs(token - verb) <= 4
            and parse.pos[token] not in ("VERB", "PUNCT", "SPACE")
        ):
            if parse.pos[token] in ("NOUN", "PROPN", "PRON") and parse.entity_types[token] not in (
                "DATE",
                "TIME",
            ):
                return _phrase_head(parse, token)
            token += step
    return None


def _phrase_head(parse: Parse, token: int) -> int:
    while parse.deps[token] in ("compound", "poss", "amod", "nmod", "appos") and parse.heads[token] != token:
        token = parse.heads[token]
    return token
