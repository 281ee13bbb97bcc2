"""Who a cue belongs to by the syntax (its subject, agent or owner), and who can speak or be spoken to."""

from __future__ import annotations

from quotes.lexicon import words
from quotes.lexicon.entries import addressee_positions, speaking_nouns, word_class
from quotes.syntax.chains import above_in_chain
from quotes.syntax.noun_phrases import SUBJECTS
from quotes.syntax.parse import Parse

_CHAIN = ("conj", "xcomp", "advcl", "ccomp", "pcomp", "acl", "prep", "acomp")
_NO_PERSONS = frozenset({
    "DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "WORK_OF_ART", "EVENT", "LAW",
})  # fmt: skip
_LONGEST_CLIMB = 6
_LONGEST_APPOSITION = 12
_FARTHEST_NOUN = 4
"""Tokens beside a verb without a subject within which a noun is its speaker."""


def subject_of(parse: Parse, verb: int) -> int | None:
    """Return the token that heads the subject of a verb, own or shared, None without one.

    A verb without a subject shares that of the verb it is coordinated with
    ("He sat and said"), controlled by ("went on to say") or added to as a
    participle ("..., adding that"). The subject of a relative clause is its
    pronoun; a participle after a noun ("a letter saying") has that noun.
    """
    token = above_in_chain(parse, verb)
    if token == verb and _is_done_to(parse, verb):
        return parse.agent(verb)
    for _ in range(_LONGEST_CLIMB):
        own = _own_subject(parse, token)
        if own is not None:
            return _speaking_subject(parse, own, token, shared=token != verb)
        passive = parse.agent(token)
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
    if parse.deps[own] == "nsubjpass" and not shared and not _speaks_in_passive(parse, verb):
        return parse.agent(verb)
    return own


def _is_done_to(parse: Parse, verb: int) -> bool:
    """Return whether a verb without a subject of its own is a passive that its clause's subject suffers.

    "<Asked> about the smell, Kord said it had gone", "Kord is a donor and has been <mentioned> as
    a candidate", "was praised and <criticised> for it".
    """
    if parse.tags[verb] != "VBN" or _own_subject(parse, verb) is not None or _speaks_in_passive(parse, verb):
        return False
    if parse.has_child(verb, "aux", "auxpass"):
        return parse.is_passive(verb)
    if parse.deps[verb] == "advcl":
        return True
    above = parse.heads[verb]
    suffers = parse.deps[verb] == "conj" and parse.is_passive(above)
    return suffers and not parse.has_child(verb, "dobj", "ccomp")


def _own_subject(parse: Parse, verb: int) -> int | None:
    """Return a verb's subject; of several, the one next to the verb.

    In "The bridge reopened, engineers said" the parser may give "said" two
    subjects. Two that touch are one phrase cut in two ("the charity Rooftree"), of which
    brackets after a body only say its short name ("the Grain Fund (GF) chief Ian Hedd").
    """
    found = parse.children_with(verb, *SUBJECTS)
    before = [c for c in found if c < verb]
    if len(before) < 2:
        return _after_brackets(parse, found[0]) if found else None
    last, previous = before[-1], before[-2]
    is_cut_in_two = parse.right[previous] + 1 == parse.left[last] and "(" not in parse.words[previous:last]
    return previous if is_cut_in_two else last


def _after_brackets(parse: Parse, subject: int) -> int:
    """Return who the name after a body's short name is of: "the Grain Fund (GF) chief Ian Hedd"."""
    for name in parse.children_with(subject, "appos"):
        between = parse.words[subject:name]
        if parse.pos[name] == "PROPN" and ")" in between and "," not in between:
            return name
    return subject


def can_speak(parse: Parse, token: int) -> bool:
    """Return whether a noun names somebody or something that words can come from."""
    if parse.pos[token] in ("PROPN", "PRON") or parse.entity_types[token]:
        return parse.lemmas[token] != "it"
    return parse.lemmas[token] in speaking_nouns()


def can_be_addressed(parse: Parse, noun: int) -> bool:
    """Return whether a noun is somebody, or a body, that can be spoken to."""
    lemma = parse.lemmas[noun]
    if parse.pos[noun] == "PRON":
        return parse.lower(noun) in word_class("addressed_person")
    if parse.entity_types[noun] in _NO_PERSONS:
        return lemma in words("addressees")
    if parse.pos[noun] == "PROPN" or lemma in words("addressees") or lemma in words("person_nouns"):
        return True
    return lemma.endswith(("man", "woman", "men", "women"))


def _speaking_above(parse: Parse, verb: int) -> int | None:
    """Return the subject of the verb whose content a coordination was wrongly put into.

    In "She wanted to know why the alarm was off and asked the guard" the parser
    coordinates "asked" with "was", and the alarm would speak.
    """
    below = verb
    for token in parse.ancestors(verb, _LONGEST_CLIMB):
        if parse.deps[below] not in ("ccomp", "xcomp", "conj", "advcl"):
            return None
        own = parse.child(token, "nsubj")
        if own is not None and can_speak(parse, own):
            return own
        below = token
    return None


def has_own_words(parse: Parse, verb: int) -> bool:
    """Return whether a verb has an object that is neither an addressee nor a time: what it is about.

    Of "The guide told a story, the old men told lies" the lies are told and no sentence
    before them; in "It leaked, he told the hearing" somebody is told.
    """
    telling = not {"object", "person"}.isdisjoint(addressee_positions(parse.lemmas[verb]))
    for child in parse.children_with(verb, "dobj"):
        lemma = parse.lemmas[child]
        if child < verb or parse.pos[child] != "NOUN" or parse.entity_types[child]:
            continue
        if not telling:
            return True
        own = lemma in words("document_nouns") or lemma in word_class("told_thing")
        if own and lemma not in words("addressees"):
            return True
    return False


def _speaks_in_passive(parse: Parse, verb: int) -> bool:
    """Return whether a passive verb's subject is the speaker, or thinks so."""
    lemma = parse.lemmas[verb]
    return lemma in word_class("quoted_passive") or lemma in word_class("moved_passive")


def owner_of(parse: Parse, noun: int) -> int | None:
    """Return the token that heads whom a cue noun belongs to, None without one.

    By possessive ("his claim"), by a by- or from-phrase ("a warning from the auditors"),
    by the subject of the verb that the noun is an object of ("He made the claim that ...")
    or by a compound ("police claims that ...").
    """
    owner = parse.possessor(noun)
    if owner is not None:
        return owner
    for preposition in parse.children_with(noun, "prep", "agent"):
        if parse.lemmas[preposition] in ("by", "from"):
            return parse.child(preposition, "pobj")
    first = noun
    while parse.deps[first] == "conj" and parse.pos[parse.heads[first]] == "NOUN":
        first = parse.heads[first]  # "carried a threat and an acknowledgment that ..."
    head = parse.heads[first]
    if parse.deps[first] in ("dobj", "attr", "oprd") and parse.pos[head] in ("VERB", "AUX"):
        return subject_of(parse, head)
    if parse.deps[first] == "pobj" and parse.pos[parse.heads[head]] == "VERB":
        return subject_of(parse, parse.heads[head])
    compounds = parse.children_with(noun, "compound")
    if len(compounds) == 1 and can_speak(parse, compounds[0]):
        return compounds[0]
    return next((c for c in compounds if parse.entity_types[c]), None)


def adjacent_noun(parse: Parse, verb: int, *, inverted: bool) -> int | None:
    """Return the noun next to a verb, where the parse gives the verb no subject.

    The parser often loses the subject of "..., said James Acton, a physicist" after a long
    quotation. With ``inverted`` the noun is looked for after the verb first. None where a
    verb or a break comes before it.
    """
    for step in (1, -1) if inverted else (-1, 1):
        token = verb + step
        if step < 0 and token > 0 and parse.words[token] == ",":
            token = _before_apposition(parse, token)
        for place in range(token, token + _FARTHEST_NOUN * step, step):
            if not 0 <= place < len(parse) or parse.pos[place] in ("VERB", "PUNCT", "SPACE"):
                break
            if parse.pos[place] in ("NOUN", "PROPN", "PRON") and not parse.is_date(place):
                return _phrase_head(parse, place)
    return None


def _before_apposition(parse: Parse, comma: int) -> int:
    """Return the token before "..., a spokesman in Baghdad," where that is all between two commas.

    Otherwise the comma itself.
    """
    first = max(parse.sentence_start(comma), comma - _LONGEST_APPOSITION)
    for token in range(comma - 1, first, -1):
        if parse.words[token] == ",":
            return token - 1
        if parse.pos[token] in ("VERB", "AUX", "PUNCT"):
            break
    return comma


def _phrase_head(parse: Parse, token: int) -> int:
    while parse.deps[token] in ("compound", "poss", "amod", "nmod", "appos") and not parse.is_root(token):
        if parse.deps[token] == "appos" and parse.deps[parse.heads[token]] == "pobj":
            break  # "To the Observer, her adviser, Jake Sullivan, said": no adviser is an Observer
        token = parse.heads[token]
    return token
