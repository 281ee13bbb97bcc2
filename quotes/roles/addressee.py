"""Who was spoken to, and what carried the words to the reader.

The two belong together: what was told is the addressee, unless it is a news
outlet, which is the medium. "Told councillors" has an addressee, "told Reuters"
a medium, "in a letter to customers" both.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat

from quotes.lexicon import words
from quotes.lexicon.entries import addressee_positions, word_class
from quotes.roles.clause import CueClause
from quotes.roles.medium import find_medium
from quotes.syntax.mention import Mention
from quotes.syntax.noun_phrases import named_by_apposition, noun_phrase
from quotes.syntax.outlets import heads_outlet, is_outlet, outlet_name, outlet_of
from quotes.syntax.parse import Parse
from quotes.syntax.subjects import can_be_addressed
from quotes.syntax.time_expressions import is_time_word

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_PHRASE_TAGS = frozenset(("CD", "DT", "HYPH", "JJ", "JJS", "NN", "NNP", "PDT", "POS", "PRP$", "RBS", "VBN"))
_OPENING_MARKS = frozenset({":", ",", '"', "“", "”", "«", "'", "‘"})
_FARTHEST_OBJECT = 8


def find_addressee_and_medium(clause: CueClause) -> tuple[Mention | None, Mention | None]:
    """Return who was told and what carried the words, each None where the clause names none."""
    parse, medium = clause.parse, find_medium(clause)
    told = (pair for pair in _heads(clause) if pair[0] not in clause.taken)
    head, why = next((pair for pair in told if not clause.in_other_quotation(pair[0])), (None, ""))
    if head is None:
        return None, medium
    clause.note("addressee", why, parse.words[clause.cue])
    addressee = noun_phrase(parse, head, clause.taken)
    outlet = outlet_of(parse, addressee.head)
    addressee = named_by_apposition(parse, addressee, clause.taken)
    if is_outlet(parse, addressee):
        clause.note("medium", "a news outlet that was told")
        return None, outlet_name(parse, addressee)
    if outlet is not None and not can_be_addressed(parse, addressee.head):
        clause.note("medium", "something of a news outlet that was told")
        return None, addressee  # "told Harbour FM's weekly interview series": a thing of the outlet's
    return addressee, medium or outlet


def _heads(clause: CueClause) -> Iterator[tuple[int, str]]:
    """Yield the nouns that may have been told, the surest first, each with why."""
    parse = clause.parse
    positions = addressee_positions(parse.lemmas[clause.cue])
    sure = "object" in positions
    if sure or "person" in positions:
        yield from zip(_objects(clause, sure=sure), repeat("object of “{}”"))
        told = (head for head in _told_subject(clause) if sure or can_be_addressed(parse, head))
        yield from zip(told, repeat("the subject was told"))
    for token in sorted(clause.chain):
        for preposition in _prepositions(clause, token):
            word = parse.lower(preposition)
            if word in addressee_positions(parse.lemmas[token]) or word in positions:
                yield from zip(_person_after(clause, preposition), repeat(f"after the “{word}” of “{{}}”"))
    yield from zip(_talked_to(clause), repeat("spoken to in the scene that the sentence sets"))
    yield from zip(_receiver(clause), repeat("receiver of what held the words"))


def _objects(clause: CueClause, *, sure: bool) -> Iterator[int]:
    """Yield the told object: by the parse, else the noun phrase right after the cue."""
    parse, verb = clause.parse, clause.cue
    objects = parse.children_with(verb, "dative", "dobj", "iobj")
    told = [c for c in objects if c > verb and c not in clause.taken]
    after = None if parse.is_passive(verb) else _noun_after_cue(clause)
    if after is not None and after not in told:
        told.append(after)
    for head in told:
        if is_time_word(parse, head) or parse.pos[head] not in _NOMINAL:
            continue
        if parse.lemmas[head] in word_class("never_addressed"):
            continue
        if sure or can_be_addressed(parse, head) or (head == after and _content_follows(clause, head)):
            yield head


def _noun_after_cue(clause: CueClause) -> int | None:
    """Return the head of the noun phrase between the cue and what follows it.

    The parser reads "warned growers the spores could survive" in many ways; that
    "growers" comes after the cue and before the content does not change.
    """
    parse, outside = clause.parse, frozenset(clause.outside)
    token, head = clause.last + 1, None
    while token in outside and (parse.pos[token] == "ADV" or is_time_word(parse, token)):
        token += 1
    while token in outside:
        relative = parse.tags[token] in ("WP", "WDT")
        if parse.pos[token] in _NOMINAL and not relative and not is_time_word(parse, token):
            if head is not None and parse.pos[head] == "PRON":
                break
            head = token
        elif parse.tags[token] not in _PHRASE_TAGS:
            break
        token += 1
    return head


def _content_follows(clause: CueClause, head: int) -> bool:
    """Return whether a clause that was said comes right after a noun ("asked the guard whether")."""
    parse, content = clause.parse, clause.candidate.content
    start = next((s.start for s in content if s.start >= parse.ends[head]), None)
    if start is None:
        return False
    first = next(iter(parse.tokens_in(content[0])), head)
    if parse.tags[first] == "TO" and first + 1 < len(parse) and parse.lemmas[first + 1] == "be":
        return False  # "ordered the bridge to be closed": the bridge was not told
    between = [t for t in range(head + 1, min(len(parse), head + 8)) if parse.ends[t] <= start]
    if not all(_opens_content(parse, t) or is_time_word(parse, t) or parse.words[t] == "on" for t in between):
        return False
    return bool(between) or _opens_content(parse, first) or first == head + 1


def _opens_content(parse: Parse, token: int) -> bool:
    word = parse.lower(token)
    return word in word_class("content_opener") or word in _OPENING_MARKS


def _told_subject(clause: CueClause) -> Iterator[int]:
    """Yield the subject that was told: "ministers were told by auditors", "inquiry told"."""
    parse, verb, speaker = clause.parse, clause.cue, clause.candidate.speaker

    def speaks(token: int) -> bool:
        return speaker is not None and speaker.span.overlaps(parse.span(token, token))

    for child in parse.children_with(verb, "nsubj", "nsubjpass"):
        if parse.deps[child] == "nsubjpass" and not speaks(child) and parse.is_passive(verb):
            yield child
        elif speaker is None and parse.lemmas[verb] == "tell":
            # A headline leaves out the verb "was": "Bridge was rusted, inquiry told".
            yield child
    if parse.tags[verb] != "VBN":
        return
    if parse.deps[verb] == "acl" and speaker is None:
        yield parse.heads[verb]
    if parse.deps[verb] == "conj" and not parse.has_child(verb, "nsubjpass", "nsubj"):
        above = parse.child(parse.heads[verb], "nsubjpass")
        if above is not None and not speaks(above):
            yield above


def _prepositions(clause: CueClause, verb: int) -> Iterator[int]:
    """Yield the prepositions of a verb, and one right after the cue whatever the parse says."""
    parse = clause.parse
    for child in parse.children_with(verb, "prep", "dative"):
        if child not in clause.content:
            yield child
    after = clause.last + 1
    while after < len(parse) and parse.pos[after] == "ADV":
        after += 1
    outside = after < len(parse) and after not in clause.content
    if outside and parse.pos[after] == "ADP" and parse.heads[after] != verb:
        yield after
    if parse.pos[clause.last] == "ADP" and clause.last != clause.first:
        yield clause.last


def _person_after(clause: CueClause, preposition: int) -> Iterator[int]:
    """Yield the object of a preposition when it is somebody or an outlet."""
    parse = clause.parse
    head = _object(clause, preposition)
    if head is None:
        return
    # "called on both sides to": what is called on is always addressed.
    called = parse.lower(preposition) == "on" and parse.lemmas[clause.first] == "call"
    if called or can_be_addressed(parse, head) or heads_outlet(parse, head, clause.content):
        yield head


def _object(clause: CueClause, preposition: int) -> int | None:
    """Return the object of a preposition outside the content, by the parse or as the next noun."""
    parse = clause.parse
    head = parse.child(preposition, "pobj")
    if head is not None and head not in clause.content:
        return head
    head = None
    for token in range(preposition + 1, min(len(parse), preposition + _FARTHEST_OBJECT)):
        if token in clause.content:
            break
        if parse.pos[token] in _NOMINAL:
            head = token
        elif parse.pos[token] not in ("DET", "ADJ", "NUM") and parse.tags[token] not in ("PRP$", "POS"):
            break
    return head


def _talked_to(clause: CueClause) -> Iterator[int]:
    """Yield whom a participle of the scene names ("Speaking to reporters", "addressing the crowd")."""
    parse = clause.parse
    for verb in sorted(clause.participles):
        lemma = parse.lemmas[verb]
        addressing = lemma in word_class("addressing_verb")
        for child in parse.children_with(verb, "prep", "dobj"):
            if parse.deps[child] == "prep" and parse.lower(child) in addressee_positions(lemma):
                yield from _person_after(clause, child)
            elif parse.deps[child] == "dobj" and addressing and can_be_addressed(parse, child):
                yield child


def _receiver(clause: CueClause) -> Iterator[int]:
    """Yield the receiver of a letter or a speech that held the words ("in a letter to customers")."""
    parse, letters = clause.parse, words("addressed_documents")
    for token in [t for t in clause.outside if parse.lemmas[t] in letters and t not in clause.taken]:
        if parse.pos[token] != "NOUN" or parse.deps[token] not in ("pobj", "dobj"):
            continue
        governor = parse.lower(parse.heads[token])
        held = parse.deps[token] == "dobj" or governor in word_class("letter_preposition")
        if held and clause.reaches(token):
            for child in parse.children_with(token, "prep"):
                if parse.lower(child) == "to":
                    yield from _person_after(clause, child)
