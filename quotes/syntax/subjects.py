"""Who a cue belongs to by the syntax (its subject, agent or owner), and who can speak or be spoken to."""

from __future__ import annotations

from quotes.lexicon import words
from quotes.lexicon.entries import addressee_positions, speaking_nouns, word_class
from quotes.syntax.chains import above_in_chain
from quotes.syntax.cues import is_saying
from quotes.syntax.noun_phrases import SUBJECTS
from quotes.syntax.parse import Parse

_CHAIN = ("conj", "xcomp", "advcl", "ccomp", "pcomp", "acl", "prep", "pobj", "acomp")
_NO_PERSONS = frozenset({
    "DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "WORK_OF_ART", "EVENT", "LAW",
})  # fmt: skip
_LONGEST_CLIMB = 6
_LONGEST_APPOSITION = 12
_NOMINAL = ("NOUN", "PROPN", "PRON")
_QUOTATION_MARKS = frozenset({"``", "''"})
_BARRIERS = ("VERB", "PUNCT", "SPACE", "CCONJ", "SCONJ")
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
            return _speaking_subject(parse, own, token, verb)
        other = parse.agent(token) or _controller(parse, token)
        above = _sharing_verb(parse, token)
        if other is not None or above is None:
            return other
        token = above
    return None


def _controller(parse: Parse, token: int) -> int | None:
    """Return the noun that a participle or infinitive takes its subject from, None where a verb gives it."""
    dep, head = parse.deps[token], parse.heads[token]
    if dep == "prep" and parse.lemmas[token] == "as" and parse.pos[head] == "VERB":
        return parse.child(head, "dobj")  # "The agency quoted the minister as saying"
    if dep == "xcomp" and parse.lemmas[head] in word_class("causing_verb"):
        made = parse.child(head, "dobj")  # "forced the <clerk> to admit that no one was warned"
        return made if made is not None and made < token else None
    shown = _shown_saying(parse, token)
    if shown is not None:
        return shown
    # "Pryor, a Democrat, called on both sides": a past tense is no participle.
    is_participle = dep == "acl" and parse.tags[token] in ("VBG", "VBD")
    return head if is_participle and parse.pos[head] in _NOMINAL and not _is_told(parse, head) else None


def _shown_saying(parse: Parse, participle: int) -> int | None:
    """Return the person right before a participle: "The film has footage of <Ulm> asking why"."""
    before, preposition = participle - 1, parse.heads[participle - 1]
    person = parse.pos[before] == "PROPN" and parse.entity_types[before] in ("PERSON", "ORG", "")
    inside = parse.deps[before] == "pobj" and parse.lemmas[preposition] == "of"
    of_noun = inside and parse.pos[parse.heads[preposition]] == "NOUN"
    return before if before > 0 and parse.tags[participle] == "VBG" and person and of_noun else None


def _sharing_verb(parse: Parse, token: int) -> int | None:
    """Return the next word up on the way to a verb whose subject is shared, None where it ends."""
    dep, head = parse.deps[token], parse.heads[token]
    if head == token or dep not in _CHAIN:
        return None
    if dep == "pobj" and parse.has_child(token, "poss", "det", "compound"):
        return None  # "in addition to saying"; but "through his theme of questioning"
    if dep == "acl" and parse.pos[head] in _NOMINAL:
        # "<She> emailed members saying that the fight goes on"
        return parse.heads[head] if _is_told(parse, head) else None
    return head


def _speaking_subject(parse: Parse, own: int, verb: int, cue: int) -> int | None:
    """Return who speaks where a verb has a subject, the cue itself or one that its subject is taken from."""
    suffers = parse.deps[own] == "nsubjpass" and not _speaks_in_passive(parse, verb)
    if cue == verb:
        if parse.deps[own] == "expl":
            return None
        return parse.agent(verb) if suffers else own
    if suffers and is_saying(parse, verb) and parse.deps[cue] == "advcl":
        return parse.agent(verb) or own  # "was attacked by the <union>, saying that it came late"
    above = None
    if not can_speak(parse, own) or (parse.deps[own] == "expl" and parse.deps[verb] == "ccomp"):
        above = _speaking_above(parse, verb)
    elif parse.tags[cue] == "VBG" and parse.tags[own] == "PRP" and parse.deps[verb] == "ccomp":
        # "<Finn> insisted that she had mended it, claiming that ..."; in "Police said he fled,
        # shouting that ..." another one shouts.
        above = _speaking_above(parse, verb)
        if above is not None and parse.is_plural(above) != (parse.lower(own) == "they"):
            above = None
    return own if above is None and parse.deps[own] != "expl" else above


def _is_told(parse: Parse, noun: int) -> bool:
    """Return whether a noun is somebody whom a verb of saying tells something."""
    verb = parse.heads[noun]
    telling = is_saying(parse, verb) and "object" in addressee_positions(parse.lemmas[verb])
    return telling and parse.deps[noun] in ("dobj", "dative") and can_be_addressed(parse, noun)


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
    if len(found) == 2 and len(before) == 1 and parse.right[before[0]] == verb - 2 and parse.left[found[1]] == verb + 1:
        return found[1]  # "Thicker gloves, said <Mendel>, are required"
    if len(before) < 2:
        return _one_subject(parse, found[0]) if found else None
    last, previous = before[-1], before[-2]
    is_cut_in_two = parse.right[previous] + 1 == parse.left[last] and "(" not in parse.words[previous:last]
    return previous if is_cut_in_two else last


def _one_subject(parse: Parse, subject: int) -> int:
    """Return the part of a subject that is one, where the parser put two names into it.

    "the Grain Fund (GF) chief <Ian Hedd>"; "... that he will target Sten Falk, <Glen Marsh> has
    revealed", where no comma closes an apposition; "Giving evidence, <Nora Plimm>, a clerk, said".
    """
    if parse.deps[subject] == "csubj" and parse.tags[subject] == "VBG" and parse.opens_sentence(parse.left[subject]):
        set_off = (c for c in parse.children[subject] if c > subject and parse.words[parse.left[c] - 1] == ",")
        return next((c for c in set_off if parse.pos[c] == "PROPN"), subject)
    for name in parse.children_with(subject, "appos"):
        if parse.pos[name] != "PROPN":
            continue
        between, after = parse.words[subject:name], parse.right[name] + 1
        if "," not in between:
            return name if ")" in between else subject
        opens = parse.words[parse.left[name] - 1] == "," and not parse.opens_sentence(parse.left[subject])
        if parse.pos[subject] == "PROPN" and opens and "-" not in between:  # not "Robert Byrd, D-W.Va."
            return name if parse.words[after] != "," and parse.is_word(after) else subject
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
        own = parse.child(token, "nsubj", "nsubjpass")
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
    quotation. With ``inverted`` the noun is looked for after the verb first, unless one stands
    right before it. None where a verb or a break comes before it.
    """
    tells = not {"object", "person"}.isdisjoint(addressee_positions(parse.lemmas[verb]))
    closes = parse.words[verb - 1] in ",)" and parse.tags[verb - 2] not in _QUOTATION_MARKS
    before = closes or parse.pos[verb - 1] in _NOMINAL
    for step in (1, -1) if inverted and not before else (-1, 1):
        token = verb + step
        if step < 0 and token > 0:
            token = _before_apposition(parse, token)
        for place in range(token, token + _FARTHEST_NOUN * step, step):
            if not 0 <= place < len(parse) or parse.pos[place] in _BARRIERS:
                break
            if parse.pos[place] in _NOMINAL and not parse.is_date(place):
                head = _phrase_head(parse, place)
                if tells and parse.deps[head] == "dobj" and parse.heads[head] == verb and closes:
                    return _after_quotation(parse, verb)
                return head
    return None


def _after_quotation(parse: Parse, verb: int) -> int | None:
    """Return who is named right after a quotation: "“...,” <Ada Ulm>, head of the port, told us"."""
    closing = next((t for t in range(verb - 1, parse.sentence_start(verb), -1) if parse.tags[t] == "''"), verb)
    named = closing + 1 < verb and parse.entity_types[closing + 1] == "PERSON"
    return _phrase_head(parse, closing + 1) if named else None


def _before_apposition(parse: Parse, token: int) -> int:
    """Return the token before "..., a spokesman in Baghdad," or "(D-Dover)", where a token ends either."""
    opening = {",": ",", ")": "("}.get(parse.words[token])
    if opening is None:
        return token
    first = max(parse.sentence_start(token), token - _LONGEST_APPOSITION)
    for place in range(token - 1, first, -1):
        if parse.words[place] == opening:
            return place - 1
        if parse.pos[place] in ("VERB", "AUX") or (
            opening == "," and parse.pos[place] == "PUNCT" and parse.tags[place] != "HYPH"
        ):
            break
    return token


def _phrase_head(parse: Parse, token: int) -> int:
    while parse.deps[token] in ("compound", "poss", "amod", "nmod", "appos") and not parse.is_root(token):
        head = parse.heads[token]
        apart = not _QUOTATION_MARKS.isdisjoint(parse.tags[head:token])  # "“... Ted Cruz,” Bo Kast said"
        if parse.pos[head] not in _NOMINAL or apart:
            break
        if parse.deps[token] == "appos" and parse.deps[head] == "pobj":
            break  # "To the Observer, her adviser, Jake Sullivan, said": no adviser is an Observer
        token = head
    return token
