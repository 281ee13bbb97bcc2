"""Joins the words of names to runs: "Ministry of Canals", "Obuya-Finch", "de la Cruz"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress

from quotes.syntax.parse import Parse
from quotes.syntax.vocabulary import is_particle, noun

_LINKS = frozenset({"of", "for", "and", "&", "the"})


def runs_of_name_words(
    parse: Parse, entity_at: Sequence[int], tokens: Sequence[bool]
) -> Iterator[tuple[int, int]]:
    """Yield (first, last) tokens of the runs of name words.

    Args:
        parse: The parse.
        entity_at: The recogniser's entity at each token, -1 for none.
        tokens: Which tokens are words of names.
    """
    last = -1
    for token in compress(range(len(tokens)), tokens):
        if token <= last:
            continue
        last = token
        while (following := _next_in_run(parse, entity_at, tokens, last)) is not None:
            last = following
        yield token, last


def _next_in_run(parse: Parse, entity_at: Sequence[int], tokens: Sequence[bool], last: int) -> int | None:
    """Return the next token of a run that has reached ``last``, None at its end."""
    after, size = last + 1, len(tokens)
    if after >= size or parse.sentences[after] != parse.sentences[last]:
        return None
    if tokens[after]:
        return after
    if parse.words[after] in ("-", "–") and parse.starts[after] == parse.ends[last]:
        joined = after + 1 < size and parse.starts[after + 1] == parse.ends[after]
        # "Obuya-Finch" and "Ki-moon" are names, "Duluth-based" is none.
        return after + 1 if joined and _goes_on_behind_hyphen(parse, after + 1) else None
    following = after
    while following < size and following - last <= 3 and _is_link(parse, entity_at, last, following):
        following += 1
    if following == after or following >= size or not tokens[following]:
        return None
    return following


def _goes_on_behind_hyphen(parse: Parse, token: int) -> bool:
    first = parse.words[token][0]
    if first.isupper() or first.isdigit():
        return True
    return first.isalpha() and parse.pos[token] in ("PROPN", "NOUN", "X") and parse.tags[token] != "NNS"


def _is_link(parse: Parse, entity_at: Sequence[int], last: int, token: int) -> bool:
    """Return whether a small word holds a name together ("Ministry of Canals", "de la Cruz")."""
    word = parse.words[token].lower()
    if is_particle(word):
        return parse.words[token].islower()
    if word not in _LINKS or parse.sentences[token] != parse.sentences[last]:
        return False
    if (
        entity_at[token] >= 0
        and entity_at[token] == entity_at[last]
        and parse.entity_types[token] != "PERSON"
    ):
        return True
    before = noun(parse.words[last])
    if word == "of" and token + 1 < len(parse) and noun(f"{parse.words[last]} of {parse.words[token + 1]}"):
        return True  # "Secretary of State John F. Kerry"
    return word in ("of", "the") and before is not None and before.type == "organization"
