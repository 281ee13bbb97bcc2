"""The noun phrase that a token heads, as a mention."""

from __future__ import annotations

from quotes.lexicon import table
from quotes.syntax.mention import Mention
from quotes.syntax.parse import Parse

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})


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
    if parse.deps[head] not in SUBJECTS:
        return None
    for child in parse.children[parse.heads[head]]:
        if child > head and parse.deps[child] in SUBJECTS and parse.left[child] == last + 1:
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
