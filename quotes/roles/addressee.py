"""Who was spoken to, and what carried the words to the reader.

The two belong together: what was told is the addressee, unless it is a news
outlet, which is the medium. "Told councillors" has an addressee, "told Reuters"
a medium, "in a letter to customers" both.
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.candidates.candidate import Candidate
from quotes.lexicon import table, words
from quotes.roles.clause import CueClause, cue_clause, within_other_quotation
from quotes.roles.medium import find_carrier
from quotes.syntax.mention import Mention
from quotes.syntax.mention_spans import named_by_apposition, noun_phrase
from quotes.syntax.outlets import is_outlet, outlet_name, outlet_of
from quotes.syntax.parse import Parse
from quotes.syntax.time_expressions import is_time_word

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_PEOPLE_PRONOUNS = frozenset({
    "anyone", "everybody", "everyone", "her", "him", "me", "others", "somebody", "someone", "them",
    "us", "you",
})  # fmt: skip
_PHRASE_TAGS = frozenset(("CD", "DT", "HYPH", "JJ", "JJS", "NN", "NNP", "PDT", "POS", "PRP$", "RBS", "VBN"))
_TALKING = {"speak": ("to", "with"), "talk": ("to", "with"), "write": ("to",), "testify": ("to", "before")}
_NEVER_TOLD = frozenset({
    "anecdote", "difference", "fortune", "it", "joke", "lie", "question", "secret", "story", "tale",
    "that", "thing", "this", "time", "truth", "what", "which",
})  # fmt: skip
"""Objects of "tell" and "ask" that are told, not told to."""
_CONTENT_OPENERS = frozenset({
    "that", "to", "not", "whether", "if", "how", "why", "what", "when", "where", "who", "which",
    ":", ",", '"', "“", "”", "«", "'", "‘",
})  # fmt: skip


def find_addressee_and_medium(
    parse: Parse, candidate: Candidate, clause: CueClause | None = None
) -> tuple[Mention | None, Mention | None]:
    """Find who was told and what carried the words.

    Args:
        parse: The parse.
        candidate: The attribution.
        clause: Its cue's clause, where that is known already.

    Returns:
        Addressee and medium, each None where the cue's clause names none.
    """
    clause = clause or cue_clause(parse, candidate)
    if clause is None:
        return None, None
    barred = _barred(parse, candidate, clause)
    hearer = _hearer(parse, candidate, clause, barred)
    carrier = find_carrier(parse, candidate, clause, barred)
    if hearer is None:
        return None, carrier
    outlet = outlet_of(parse, hearer.head, barred)
    hearer = named_by_apposition(parse, hearer, barred)
    if is_outlet(parse, hearer):
        return None, outlet_name(parse, hearer)
    if outlet is not None and not _hears(parse, hearer.head):
        # "told Harbour FM's weekly interview series": a thing of the outlet's.
        return None, hearer
    return hearer, carrier or outlet


def _barred(parse: Parse, candidate: Candidate, clause: CueClause) -> frozenset[int]:
    """Return the tokens that already have a role: content, cue, speaker."""
    speaker = parse.tokens_in(candidate.speaker.span) if candidate.speaker is not None else ()
    return clause.content.union(candidate.cue, speaker, (candidate.cue_head or 0,))


def _hearer(parse: Parse, candidate: Candidate, clause: CueClause, barred: frozenset[int]) -> Mention | None:
    """Return who or what was told, outlets included."""
    for head in _heads(parse, candidate, clause, barred):
        if head not in barred and not within_other_quotation(parse, clause, head):
            return noun_phrase(parse, head, barred)
    return None


def _heads(parse: Parse, candidate: Candidate, clause: CueClause, barred: frozenset[int]) -> Iterator[int]:
    """Yield the nouns that may have been told, the surest first."""
    verb = candidate.cue_head
    assert verb is not None
    ways = _ways(parse, verb)
    if "object" in ways or "person" in ways:
        yield from _objects(parse, candidate, clause, barred, "object" in ways)
        told = _told_subject(parse, candidate)
        yield from (head for head in told if "object" in ways or _hears(parse, head))
    for token in sorted(clause.chain):
        for preposition in _prepositions(parse, token, clause):
            word = parse.words[preposition].lower()
            if word in _ways(parse, token) or word in ways:
                yield from _person_behind(parse, preposition, clause)
    yield from _talked_to(parse, clause)
    yield from _addressed(parse, clause, barred)


def _ways(parse: Parse, token: int) -> tuple[str, ...]:
    """Return how a cue names its hearer: object, person, to, on, with."""
    fields = table("hearer_verbs").get(parse.lemmas[token])
    return tuple(fields[0].split()) if fields else ()


def _objects(
    parse: Parse, candidate: Candidate, clause: CueClause, barred: frozenset[int], strong: bool
) -> Iterator[int]:
    """Yield the told object: by the parse, else the noun phrase that stands right behind the cue."""
    verb = candidate.cue_head
    assert verb is not None
    passive = parse.child(verb, "auxpass") is not None
    told = [
        c
        for c in parse.children[verb]
        if parse.deps[c] in ("dative", "dobj", "iobj") and c > verb and c not in barred
    ]
    told = [_object_of_dative(parse, c) for c in told]
    behind = None if passive else _noun_behind(parse, clause)
    if behind is not None and behind not in told:
        told.append(behind)
    for head in told:
        if is_time_word(parse, head) or parse.lemmas[head] in _NEVER_TOLD or parse.pos[head] not in _NOMINAL:
            continue
        if strong or _hears(parse, head) or (head == behind and _content_follows(parse, candidate, head)):
            yield head


def _object_of_dative(parse: Parse, token: int) -> int:
    """Return the noun of a dative; "to" of "said to him" may carry that label itself."""
    if parse.pos[token] == "ADP":
        inner = parse.child(token, "pobj")
        return inner if inner is not None else token
    return token


def _noun_behind(parse: Parse, clause: CueClause) -> int | None:
    """Return the head of the noun phrase between the cue and what follows it.

    The parser reads "warned growers the spores could survive" in many ways;
    that "growers" stands behind the cue and before the content does not change.
    """
    token, limit = clause.last + 1, min(len(parse), clause.last + 13)
    outside = frozenset(clause.outside)
    while token < limit and token in outside and (parse.pos[token] == "ADV" or is_time_word(parse, token)):
        token += 1
    head = None
    while token < limit and token in outside:
        if (
            parse.pos[token] in _NOMINAL
            and not is_time_word(parse, token)
            and parse.tags[token] not in ("WP", "WDT")
        ):
            if head is not None and parse.pos[head] == "PRON":
                break
            head = token
        elif parse.tags[token] not in _PHRASE_TAGS:
            break
        token += 1
    return head


def _content_follows(parse: Parse, candidate: Candidate, head: int) -> bool:
    """Return whether a clause that was said comes right behind a noun ("asked the guard whether")."""
    starts = [s.start for s in candidate.content if s.start >= parse.ends[head]]
    if not starts:
        return False
    between = [t for t in range(head + 1, min(len(parse), head + 8)) if parse.ends[t] <= starts[0]]
    first = next(iter(parse.tokens_in(candidate.content[0])), head)
    if parse.tags[first] == "TO" and first + 1 < len(parse) and parse.lemmas[first + 1] == "be":
        # "ordered the bridge to be closed": the bridge heard nothing.
        return False
    if all(
        parse.words[t].lower() in _CONTENT_OPENERS or is_time_word(parse, t) or parse.words[t] == "on"
        for t in between
    ):
        return bool(between) or parse.words[first].lower() in _CONTENT_OPENERS or first == head + 1
    return False


def _told_subject(parse: Parse, candidate: Candidate) -> Iterator[int]:
    """Yield the subject that was told: "ministers were told by auditors", "inquiry told"."""
    verb = candidate.cue_head
    assert verb is not None
    spoken = candidate.speaker.span if candidate.speaker is not None else None
    for child in parse.children[verb]:
        own = spoken is None or not spoken.overlaps(parse.span(child, child))
        if parse.deps[child] == "nsubjpass" and own and parse.child(verb, "auxpass") is not None:
            yield child
        elif parse.deps[child] in ("nsubj", "nsubjpass") and spoken is None and parse.lemmas[verb] == "tell":
            # A headline leaves out the verb "was": "Bridge was rusted, inquiry told".
            yield child
    if parse.deps[verb] == "acl" and spoken is None and parse.tags[verb] == "VBN":
        yield parse.heads[verb]
    if (
        parse.deps[verb] == "conj"
        and parse.tags[verb] == "VBN"
        and parse.child(verb, "nsubjpass", "nsubj") is None
    ):
        above = parse.child(parse.heads[verb], "nsubjpass")
        if above is not None and (spoken is None or not spoken.overlaps(parse.span(above, above))):
            yield above


def _prepositions(parse: Parse, verb: int, clause: CueClause) -> Iterator[int]:
    """Yield the prepositions of a verb, and one that stands right behind the cue whatever the parse says."""
    for child in parse.children[verb]:
        if parse.deps[child] in ("prep", "dative") and child not in clause.content:
            yield child
    after = clause.last + 1
    while after < len(parse) and parse.pos[after] == "ADV":
        after += 1
    if (
        after < len(parse)
        and after not in clause.content
        and parse.pos[after] == "ADP"
        and parse.heads[after] != verb
    ):
        yield after
    if parse.pos[clause.last] == "ADP" and clause.last != clause.first:
        yield clause.last


def _person_behind(parse: Parse, preposition: int, clause: CueClause) -> Iterator[int]:
    """Yield the object of a preposition when it is somebody or an outlet."""
    head = _object(parse, preposition, clause)
    if head is None:
        return
    mention = noun_phrase(parse, head, clause.content)
    # "called on both sides to": what is called on always hears.
    called = parse.words[preposition].lower() == "on" and parse.lemmas[clause.first] == "call"
    if called or _hears(parse, head) or is_outlet(parse, named_by_apposition(parse, mention, clause.content)):
        yield head


def _object(parse: Parse, preposition: int, clause: CueClause) -> int | None:
    """Return the object of a preposition outside the content, by the parse or as the next noun."""
    head = parse.child(preposition, "pobj")
    if head is not None and head not in clause.content:
        return head
    token, head = preposition + 1, None
    while token < len(parse) and token not in clause.content and token - preposition < 8:
        if parse.pos[token] in _NOMINAL:
            head = token
        elif parse.pos[token] not in ("DET", "ADJ", "NUM") and parse.tags[token] not in ("PRP$", "POS"):
            break
        token += 1
    return head


def _talked_to(parse: Parse, clause: CueClause) -> Iterator[int]:
    """Yield whom a scene-article participle names ("Speaking to reporters", "addressing the crowd")."""
    for verb in sorted(clause.participles):
        lemma = parse.lemmas[verb]
        for child in parse.children[verb]:
            if child in clause.content:
                continue
            if parse.deps[child] == "prep" and parse.words[child].lower() in _TALKING.get(lemma, ()):
                yield from _person_behind(parse, child, clause)
            elif parse.deps[child] == "dobj" and lemma in ("address", "brief") and _hears(parse, child):
                yield child


def _addressed(parse: Parse, clause: CueClause, barred: frozenset[int]) -> Iterator[int]:
    """Yield the receiver of a letter or a speech that the words stood in ("in a letter to customers")."""
    missives = words("missives")
    for token in [t for t in clause.outside if parse.lemmas[t] in missives]:
        if token in barred or parse.pos[token] != "NOUN":
            continue
        if parse.deps[token] not in ("pobj", "dobj") or not clause.reaches(parse, token):
            continue
        if parse.deps[token] == "pobj" and parse.words[parse.heads[token]].lower() not in (
            "in",
            "during",
            "by",
            "via",
        ):
            continue
        for child in parse.children[token]:
            if parse.deps[child] == "prep" and parse.words[child].lower() == "to":
                yield from _person_behind(parse, child, clause)


def _hears(parse: Parse, head: int) -> bool:
    """Return whether a noun is somebody, or a body, that can be spoken to."""
    if parse.pos[head] == "PRON":
        return parse.words[head].lower() in _PEOPLE_PRONOUNS
    if parse.entity_types[head] in (
        *("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "WORK_OF_ART", "EVENT", "LAW"),
    ):
        return parse.lemmas[head] in words("hearers")
    if parse.pos[head] == "PROPN":
        return True
    lemma = parse.lemmas[head]
    listed = lemma in words("hearers") or lemma in words("person_nouns")
    return listed or lemma.endswith(("man", "woman", "men", "women"))
