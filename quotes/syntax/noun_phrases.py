"""Where a noun phrase begins and ends.

By the parse for a speaker or for what names somebody (`mention_of`, `core_span`);
word by word for what is told or carries the words (`noun_phrase`), because what
follows the noun there often hangs elsewhere in the parse.
"""

from __future__ import annotations

from collections.abc import Collection

from quotes.lexicon.entries import cues, word_class
from quotes.syntax.mention import Mention
from quotes.syntax.parse import Parse
from quotes.syntax.time_expressions import is_in_holiday, is_time_word
from quotes.text.spans import Span, trimmed

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_NAMING = frozenset({"PROPN", "NOUN", "PRON", "NUM", "ADJ", "X"})
_COORDINATED = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_NO_PART = frozenset({
    "relcl", "punct", "cc", "case", "ccomp", "advcl", "parataxis", "dep", "npadvmod", "advmod",
})  # fmt: skip
"""Labels of dependents after a noun that are no part of a mention of it."""
_LONGEST = 14
_LONGEST_COORDINATE = 12


def mention_of(parse: Parse, head: int) -> Mention:
    """Return the noun phrase that a token heads, as a mention.

    Comma-set appositions, relative clauses and a possessive mark at the end are
    left out: of "Odalys Brennick, who chairs the committee," the mention is
    "Odalys Brennick". A coordination stays whole ("Smith and Jones"), and so
    does what follows without a comma ("the head of the bank").
    """
    head = last = _without_day(parse, head)
    for child in [child for child in parse.children[head] if child > head]:
        if _belongs(parse, child, last):
            last = max(last, parse.right[child])
        elif parse.words[child] == ")" and child == last + 1:
            last = child
        elif parse.deps[child] not in ("punct", "cc"):
            break
    last = _before_relative_clause(parse, head, last)
    twin = _second_subject(parse, head, last)
    last = last if twin is None else parse.right[twin]
    first = _start(parse, head)
    while last > head and (
        parse.pos[last] in ("PUNCT", "SPACE", "CCONJ")
        or (parse.deps[last] == "appos" and parse.tags[last] == "DT")  # "Lund and Kord <both> said"
    ):
        if parse.words[last] == ")" and "(" in parse.words[first:last]:
            break  # a bracket that it also opens: "Ted Cruz (R-Texas)"
        last -= 1
    return Mention(trimmed(parse.text, parse.span(first, last), "-"), head)


def core_span(parse: Parse, head: int) -> Span:
    """Return a noun phrase without clauses, appositions, coordinates and commas after its head."""
    last = head
    for child in parse.children_with(head, "prep"):
        if child > head and parse.left[child] == last + 1:
            last = _prepositional_end(parse, child)
    return parse.span(_start(parse, head), last)


def noun_phrase(parse: Parse, head: int, barred: frozenset[int], prepositions: Collection[str] = ("of",)) -> Mention:
    """Return the noun phrase of what is told or carries the words, without commas and clauses.

    It touches no barred token (content, cue, speaker); phrases with one of the prepositions
    stay in ("members of the council").
    """
    first = _start(parse, head)
    for token in range(head - 1, first - 1, -1):
        if token in barred or parse.deps[token] in ("prep", "pobj"):
            first = token + 1
            break
    end = parse.sentence_of(head)[1]
    limit = next((t for t in range(head + 1, end) if t in barred), end)
    last = _name_end(parse, head, limit)
    while (end := _extended(parse, head, last, limit, prepositions)) > last and end - head < _LONGEST:
        last = end
    return Mention(parse.span(first, last), head)


def named_by_apposition(parse: Parse, mention: Mention, barred: frozenset[int]) -> Mention:
    """Return the proper name that a comma-set apposition gives a common noun, else the mention.

    "his Russian counterpart, Vladimir Putin," gives "Vladimir Putin"; "the
    state agency, RIA," gives "RIA".
    """
    if parse.pos[mention.head] not in ("NOUN", "ADJ") and parse.lemmas[mention.head] != "agency":
        return mention
    comma = parse.tokens_in(mention.span)[-1] + 1
    name = last = comma + 1
    if name >= len(parse) or name in barred or parse.words[comma] != "," or parse.pos[name] != "PROPN":
        return mention
    while last + 1 < len(parse) and last + 1 not in barred:
        if parse.pos[last + 1] != "PROPN" and parse.words[last + 1] not in word_class("name_linker"):
            break
        last += 1
    after = last + 1
    closers = (",", ".", ":", ";", '"', "“", "that", "to")
    if after < len(parse) and after not in barred and parse.words[after] not in closers:
        return mention
    heads = [t for t in range(name, after) if parse.heads[t] not in range(name, after)]
    return Mention(parse.span(name, last), heads[-1])


def _start(parse: Parse, head: int) -> int:
    """Return the first token of a noun's phrase, what is attached before it but no part skipped."""
    first = _after_other_phrase(parse, head)
    before = parse.words[first:head]
    if ")" in before and "(" not in before:
        first += before.index(")") + 1  # "The Grain Fund (GF) <chief Ian Hedd>"
    while first < head and (
        parse.pos[first] in ("PUNCT", "SPACE", "SCONJ", "CCONJ")
        or parse.deps[first] == "mark"
        or (parse.deps[first] == "advmod" and parse.heads[first] == head)
        or parse.lemmas[first] == "who"  # "Rubio, <who> many feel needs a win"
        or (parse.tags[first] == "WDT" and parse.words[first - 1] == ",")
        or is_in_holiday(parse, first)
    ):
        first += 1
    return first


def _after_other_phrase(parse: Parse, head: int) -> int:
    """Skip a phrase of its own, set off by a comma, that the parser hung before a noun.

    "Asked about the smell, plant manager Rollo Finch said": the smell is no part of the manager.
    """
    for child in parse.children_with(head, "nmod"):
        last = parse.right[child]
        if parse.words[last] == ",":
            return last + 1
        if parse.words[last + 1] == ",":
            return last + 2
    return parse.left[head]


def _without_day(parse: Parse, head: int) -> int:
    """Return the name in a phrase that a day was made the head of ("Assad today told")."""
    if parse.is_date(head):
        for child in reversed(parse.children[head]):
            if child < head and parse.pos[child] == "PROPN" and not parse.is_date(child):
                return child
    return head


def _belongs(parse: Parse, child: int, last: int) -> bool:
    """Return whether a dependent after its noun is part of the mention."""
    dep = parse.deps[child]
    if dep == "conj":
        is_noun = parse.pos[child] in _COORDINATED and parse.right[child] - child < _LONGEST_COORDINATE
        return is_noun and not _is_next_act(parse, child)
    if dep in _NO_PART or parse.is_date(child):
        return False  # "Assad today told", "Trump this week said"
    if dep == "acl" and parse.tags[child] != "VBN" and parse.lemmas[child] in cues():
        return False  # "a letter saying the lift would close"; but "a person briefed on the merger"
    gap = parse.left[child] - 1
    return gap <= last or parse.pos[gap] != "PUNCT" or parse.words[gap] in ("-", "(", "'", '"', "“")


def _is_next_act(parse: Parse, other: int) -> bool:
    """Return whether a coordinate is a verb taken for a noun, as two would "say": "says Anna Quill, and <shrugs>"."""
    noun = parse.heads[other]
    verb = parse.heads[noun]
    is_inverted = verb < noun and parse.deps[noun] == "nsubj" and parse.tags[verb] == "VBZ"
    return is_inverted and parse.tags[other] == "NNS" and parse.left[other] == other


def _before_relative_clause(parse: Parse, head: int, last: int) -> int:
    """End a mention before a relative clause after a comma ("a person briefed on it, who asked ...")."""
    for token in range(head + 1, last):
        if parse.words[token] == "," and parse.tags[token + 1] in ("WDT", "WP", "WP$", "WRB"):
            return token - 1
    return last


def _second_subject(parse: Parse, head: int, last: int) -> int | None:
    """Return a further subject right after the first: one phrase cut in two ("the charity Rooftree")."""
    if parse.deps[head] not in SUBJECTS:
        return None
    subjects = parse.children_with(parse.heads[head], *SUBJECTS)
    return next((s for s in subjects if s > head and parse.left[s] == last + 1), None)


def _prepositional_end(parse: Parse, preposition: int) -> int:
    """Return the last token of a phrase before any comma or clause in it."""
    last = preposition
    for token in range(preposition, parse.right[preposition] + 1):
        is_break = parse.pos[token] == "PUNCT" and parse.words[token] != "-"
        if is_break or parse.deps[token] in ("relcl", "acl"):
            break
        last = token
    while parse.pos[last] in ("PRON", "AUX"):
        last -= 1
    return last


def _name_end(parse: Parse, head: int, limit: int) -> int:
    """Return the last token, before a limit, of the name that runs on after the head.

    "Jake Tapper", and after a common noun "state agency RIA", "co-host Ada Lind".
    """
    last = head
    if parse.pos[head] == "NOUN":
        if parse.words[head + 1 : head + 2] == ("-",) and parse.starts[head + 1] == parse.ends[head]:
            last = head + 2
    elif parse.pos[head] != "PROPN" or parse.is_date(head):
        return head
    else:
        last = _entity_end(parse, head)
    for after in range(last + 1, limit):
        if parse.pos[after] != "PROPN" or is_time_word(parse, after) or parse.heads[after] < head:
            break
        if parse.pos[head] == "PROPN" and parse.heads[after] > after:
            break
        last = after
    return last


def _entity_end(parse: Parse, head: int) -> int:
    """Return the last token of the entity that holds a name, up to a comma or an "and"."""
    label, last = parse.entity_types[head], head
    for token in range(head + 1, parse.sentence_of(head)[1]):
        if not label or parse.entity_types[token] != label or parse.words[token] in (",", "and"):
            break
        last = token
    return last


def _extended(parse: Parse, head: int, last: int, limit: int, prepositions: Collection[str]) -> int:
    """Return the end of the phrase with one more prepositional phrase or coordinate, else ``last``."""
    after = last + 1
    if after >= limit:
        return last
    word = parse.lower(after)
    if parse.pos[after] == "ADP" and word in prepositions:
        return _object_end(parse, after, last, limit)
    if parse.tags[after] == "VBN" and "by" in prepositions and after + 1 < limit:
        # "an interview published by a Russian paper": the participle stays with its agent.
        return _object_end(parse, after + 1, last, limit) if parse.lower(after + 1) == "by" else last
    if parse.deps[after] == "cc" and word in ("and", "or"):
        # "reporters and editors", but not "told reporters and asked them".
        other = next((t for t in parse.children_with(head, "conj") if t > after), None)
        if other is not None and parse.pos[other] in _NAMING:
            return _object_end(parse, after, last, limit)
    return last


def _object_end(parse: Parse, preposition: int, last: int, limit: int) -> int:
    """Return the last token of the noun phrase right after a preposition, ``last`` without one."""
    for token in range(preposition + 1, limit):
        if is_time_word(parse, token):
            break
        if parse.pos[token] in _NAMING:
            last = token
        elif parse.pos[token] != "DET" and parse.tags[token] not in ("PRP$", "POS", "HYPH", "VBN", "VBG"):
            break
        if last == token and parse.pos[token] in ("NOUN", "PROPN"):
            # Another noun, a possessive mark or a hyphen goes on with the phrase.
            following = {*parse.pos[token + 1 : token + 2], *parse.tags[token + 1 : token + 2]}
            if following.isdisjoint(("NOUN", "PROPN", "POS", "HYPH")):
                break
    return last
