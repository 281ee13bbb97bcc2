"""Cuts the mention out of a noun phrase: determiner to head, without what trails behind."""

from __future__ import annotations

from collections.abc import Collection

from quotes.syntax.mention import Mention
from quotes.syntax.parse import Parse
from quotes.syntax.time_expressions import is_time_word

_BEFORE = frozenset(
    {"det", "poss", "amod", "compound", "nummod", "nmod", "predet", "quantmod", "case", "neg"}
)
_NAMING = frozenset({"PROPN", "NOUN", "PRON", "NUM", "ADJ", "X"})
_LONGEST = 14


def noun_phrase(
    parse: Parse, head: int, barred: Collection[int], prepositions: Collection[str] = ("of",)
) -> Mention:
    """Return the mention that a noun heads.

    Args:
        parse: The parse.
        head: The noun.
        barred: Tokens that the mention may not touch: content, cue, speaker.
        prepositions: Prepositional phrases that stay in ("members of the council").

    Returns:
        The mention, without commas, relative clauses and other phrases.
    """
    first, last = head, head
    while first - 1 >= 0 and head - first < _LONGEST and _leads(parse, first - 1, head, barred):
        first -= 1
    last = _name_end(parse, head, barred)
    while (end := _extended(parse, head, last, barred, prepositions)) > last and end - head < _LONGEST:
        last = end
    while first < head and (is_time_word(parse, first) or parse.pos[first] in ("ADV", "PUNCT", "ADP")):
        first += 1
    return Mention(parse.span(first, last), head)


def _leads(parse: Parse, token: int, head: int, barred: Collection[int]) -> bool:
    """Return whether a token is part of what stands before the head in its phrase."""
    if token in barred or parse.sentences[token] != parse.sentences[head]:
        return False
    if parse.words[token] in (",", ";", ":", "—", "–", '"', "“", "”"):
        return False
    while token not in barred and token < head:
        if parse.heads[token] == head:
            return parse.deps[token] in _BEFORE or (
                parse.deps[token] == "punct" and parse.words[token] == "-"
            )
        if (
            parse.deps[token] not in _BEFORE | {"advmod", "punct", "cc", "conj"}
            or parse.heads[token] == token
        ):
            return False
        token = parse.heads[token]
    return False


def _name_end(parse: Parse, head: int, barred: Collection[int]) -> int:
    """Return the last token of the proper name that runs on behind the head."""
    last = head
    label = parse.entity_types[head]
    if parse.pos[head] == "NOUN":
        return _tight_name_end(parse, head, barred)
    if parse.pos[head] != "PROPN" or label in ("DATE", "TIME"):
        return last
    for begin, end, kind in _entities_at(parse, head):
        if kind not in ("DATE", "TIME") and not any(t in barred for t in range(begin, end)):
            last = max(last, end - 1)
    while (
        last + 1 < len(parse)
        and last + 1 not in barred
        and parse.pos[last + 1] == "PROPN"
        and parse.sentences[last + 1] == parse.sentences[head]
        and not is_time_word(parse, last + 1)
        and parse.heads[last + 1] in range(head, last + 2)
    ):
        last += 1
    return last


def _tight_name_end(parse: Parse, head: int, barred: Collection[int]) -> int:
    """Return the end of what runs on behind a common noun: "state agency RIA", "co-host Ada Lind"."""
    last = head
    if last + 2 < len(parse) and parse.words[last + 1] == "-" and parse.ends[last] == parse.starts[last + 1]:
        last += 2
    while (
        last + 1 < len(parse)
        and last + 1 not in barred
        and parse.sentences[last + 1] == parse.sentences[head]
    ):
        behind = last + 1
        if parse.pos[behind] != "PROPN" or is_time_word(parse, behind) or parse.heads[behind] < head:
            break
        last = behind
    return last if last not in barred else head


def _entities_at(parse: Parse, token: int) -> tuple[tuple[int, int, str], ...]:
    """Return the entity that holds a token, found without a scan of the document."""
    if not parse.entity_types[token]:
        return ()
    label = parse.entity_types[token]
    begin, end = token, token + 1
    while (
        end < len(parse)
        and parse.entity_types[end] == label
        and parse.sentences[end] == parse.sentences[token]
    ):
        if parse.words[end] in (",", ";", "and"):
            break
        end += 1
    return ((begin, end, label),)


def _extended(
    parse: Parse, head: int, last: int, barred: Collection[int], prepositions: Collection[str]
) -> int:
    """Return the end of the phrase with one more prepositional phrase or coordinate, else ``last``."""
    nxt = last + 1
    if nxt >= len(parse) or nxt in barred or parse.sentences[nxt] != parse.sentences[head]:
        return last
    word = parse.words[nxt].lower()
    if parse.pos[nxt] == "PART" and parse.deps[nxt] == "case":
        return last
    if parse.pos[nxt] == "ADP" and word in prepositions:
        return _object_end(parse, nxt, last, barred)
    if parse.tags[nxt] == "VBN" and nxt + 1 < len(parse) and "by" in prepositions:
        # "an interview published by a Russian media": the participle stays with its agent.
        if parse.words[nxt + 1].lower() == "by" and nxt + 1 not in barred:
            return _object_end(parse, nxt + 1, last, barred)
        return last
    if parse.deps[nxt] == "cc" and word in ("and", "or", "&") and nxt + 1 < len(parse):
        # "reporters and editors", but not "told reporters and asked them".
        after = next((t for t in parse.children[head] if t > nxt and parse.deps[t] == "conj"), None)
        if after is not None and parse.pos[after] in _NAMING and not _touches(barred, nxt, after):
            return _object_end(parse, nxt, last, barred)
    return last


def _object_end(parse: Parse, preposition: int, last: int, barred: Collection[int]) -> int:
    """Return the last token of the noun phrase right behind a preposition, ``last`` without one."""
    end, token = last, preposition + 1
    while (
        token < len(parse) and token not in barred and parse.sentences[token] == parse.sentences[preposition]
    ):
        if is_time_word(parse, token):
            break
        if parse.pos[token] in _NAMING:
            end = token
        elif not (parse.pos[token] == "DET" or parse.tags[token] in ("PRP$", "POS", "HYPH", "VBN", "VBG")):
            break
        if end == token and token + 1 < len(parse) and parse.pos[token] in ("NOUN", "PROPN"):
            following = token + 1
            if parse.pos[following] not in ("NOUN", "PROPN") and parse.tags[following] not in ("POS", "HYPH"):
                break
        token += 1
    return end


def _touches(barred: Collection[int], first: int, last: int) -> bool:
    return any(t in barred for t in range(first, last + 1))


def named_by_apposition(parse: Parse, mention: Mention, barred: Collection[int]) -> Mention:
    """Return the proper name that a comma-set apposition gives a common noun, else the mention.

    "his Russian counterpart, Vladimir Putin," gives "Vladimir Putin"; "the
    state agency, RIA," gives "RIA".
    """
    head = mention.head
    if parse.pos[head] not in ("NOUN", "ADJ") and parse.lemmas[head] not in ("counterpart", "agency"):
        return mention
    comma = parse.tokens_in(mention.span)[-1] + 1
    if comma + 1 >= len(parse) or parse.words[comma] != "," or comma + 1 in barred:
        return mention
    name = comma + 1
    if parse.pos[name] != "PROPN" or is_time_word(parse, name):
        return mention
    last = name
    while last + 1 < len(parse) and last + 1 not in barred and _in_name(parse, last + 1):
        last += 1
    ends = last + 1 >= len(parse) or parse.words[last + 1] in (",", ".", ":", ";") or last + 1 in barred
    if not ends and parse.words[last + 1] not in ('"', "“", "that", "to"):
        return mention
    heads = [t for t in range(name, last + 1) if parse.heads[t] not in range(name, last + 1)]
    return Mention(parse.span(name, last), heads[-1] if heads else last)


def _in_name(parse: Parse, token: int) -> bool:
    return parse.pos[token] == "PROPN" or parse.words[token] in ("-", "al", "de", "von", "van", "bin", "of")
