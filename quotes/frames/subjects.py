"""Finds who a cue belongs to in the syntax: its subject, agent or owner."""

from __future__ import annotations

from quotes.attributions import Mention
from quotes.frames.chains import above_in_chain
from quotes.lexicon import table, words
from quotes.parse import Parse

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_CHAIN = ("conj", "xcomp", "advcl", "ccomp", "pcomp", "acl", "prep")
_OUTSIDE_MENTION = ("relcl", "appos", "acl", "punct", "cc", "conj", "advcl", "parataxis", "ccomp", "dep")
_SPEAKING_NOUNS = ("person_nouns", "organization_nouns", "group_nouns", "document_nouns", "place_nouns")
_LONGEST_CLIMB = 6
_TOLD_THINGS = frozenset({"joke", "lie", "secret", "story", "tale", "truth"})


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
    head = _without_day(parse, head)
    first, last = parse.left[head], head
    for child in parse.children[head]:
        if child > head and _belongs(parse, child, last):
            last = max(last, parse.right[child])
        elif child > head and parse.words[child] == ")" and child == last + 1:
            last = child
        elif child > head and parse.deps[child] in ("punct", "cc"):
            continue
        elif child > head:
            break
    last = _before_relative(parse, head, last)
    twin = _second_subject(parse, head, last)
    if twin is not None:
        last = parse.right[twin]
    first = _first_of_phrase(parse, first, head)
    while last > head and parse.pos[last] in ("PUNCT", "SPACE", "CCONJ") and not _closes(parse, first, last):
        last -= 1
    return Mention(parse.span(first, last), head)


def _before_relative(parse: Parse, head: int, last: int) -> int:
    """End a mention before a relative clause behind a comma ("a person briefed on it, who asked ...")."""
    for token in range(head + 1, last):
        if parse.words[token] == "," and parse.tags[token + 1] in ("WDT", "WP", "WP$", "WRB"):
            return token - 1
    return last


def _without_day(parse: Parse, head: int) -> int:
    """Return the name in a phrase that a day was made the head of ("Assad today told")."""
    if parse.entity_types[head] in ("DATE", "TIME"):
        for child in reversed(parse.children[head]):
            if (
                child < head
                and parse.pos[child] == "PROPN"
                and parse.entity_types[child] not in ("DATE", "TIME")
            ):
                return child
    return head


def _second_subject(parse: Parse, head: int, last: int) -> int | None:
    """Return a further subject right behind the first: one phrase cut in two ("the charity Rooftree")."""
    if parse.deps[head] not in _SUBJECTS:
        return None
    for child in parse.children[parse.heads[head]]:
        if child > head and parse.deps[child] in _SUBJECTS and parse.left[child] == last + 1:
            return child
    return None


def _closes(parse: Parse, first: int, last: int) -> bool:
    """Return whether a mention ends with a bracket that it also opens ("Ted Cruz (R-Texas)")."""
    return parse.words[last] == ")" and any(parse.words[t] == "(" for t in range(first, last))


def _belongs(parse: Parse, child: int, last: int) -> bool:
    """Return whether a dependent behind its noun is part of the mention."""
    dep = parse.deps[child]
    if dep == "conj":
        return parse.pos[child] in ("NOUN", "PROPN", "PRON", "NUM") and parse.right[child] - child < 12
    gap = parse.left[child] - 1
    after_comma = (
        gap > last and parse.pos[gap] == "PUNCT" and parse.words[gap] not in ("-", "(", "'", '"', "“")
    )
    if dep in ("relcl", "punct", "cc", "case", "ccomp", "advcl", "parataxis", "dep", "npadvmod", "advmod"):
        return False
    if dep == "acl" and parse.tags[child] != "VBN" and parse.lemmas[child] in table("cues"):
        return False  # "a letter saying the lift would close"; but "a person briefed on the merger"
    if parse.entity_types[child] in ("DATE", "TIME"):
        return False  # "Assad today told", "Trump this week said"
    return not after_comma


def _first_of_phrase(parse: Parse, first: int, head: int) -> int:
    """Skip what is attached before a noun but is no part of its phrase."""
    first = _behind_other_phrase(parse, first, head)
    while first < head and (
        parse.pos[first] in ("PUNCT", "SPACE", "SCONJ", "CCONJ")
        or parse.deps[first] in ("advmod", "cc", "mark")
    ):
        if parse.deps[first] == "advmod" and parse.heads[first] != head:
            break
        first += 1
    return first


def _behind_other_phrase(parse: Parse, first: int, head: int) -> int:
    """Skip a phrase of its own, set off by a comma, that the parser hung before a noun.

    "Asked about the smell, plant manager Rollo Finch said": the smell is no part of the manager.
    """
    for child in parse.children[head]:
        behind = parse.right[child] + 1
        if child < head and parse.deps[child] == "nmod" and parse.words[parse.right[child]] == ",":
            return behind
        if child < head and parse.deps[child] == "nmod" and parse.words[behind] == "," and behind < head:
            return behind + 1
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
    found = [c for c in parse.children[verb] if parse.deps[c] in _SUBJECTS]
    before = [c for c in found if c < verb]
    if len(before) < 2:
        return found[0] if found else None
    last, previous = before[-1], before[-2]
    return previous if parse.right[previous] + 1 == parse.left[last] else last


def can_speak(parse: Parse, token: int) -> bool:
    """Return whether a noun names somebody or something that words can come from."""
    if parse.pos[token] in ("PROPN", "PRON") or parse.entity_types[token]:
        return parse.lemmas[token] != "it"
    lemma = parse.lemmas[token]
    return any(lemma in words(name) for name in _SPEAKING_NOUNS)


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
