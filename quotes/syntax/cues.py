"""The cue phrase around a cue word: auxiliaries, negation, particles, adverbs."""

from __future__ import annotations

from quotes.lexicon.entries import saying_words, word_class
from quotes.syntax.parse import Parse

_BEFORE = ("aux", "auxpass", "neg", "advmod")
_LONGEST_CHAIN = 3


def cue_phrase(parse: Parse, head: int) -> tuple[int, ...]:
    """Return the unbroken run of tokens that makes up a cue.

    Of "Trump also did not say" the cue of "say" is "also did not say"; of "went
    on to say" it is the whole.
    """
    first = last = head
    token = head
    for _ in range(_LONGEST_CHAIN):
        first = _leftmost(parse, token, first)
        parent = parse.heads[token]
        between = range(parent + 1, first)
        particles = [c for c in parse.children_with(parent, "prt", "advmod", "neg") if c in between]
        goes_on = parse.deps[token] == "advcl" and any(parse.deps[c] == "prt" for c in particles)  # "went on to say"
        if not (goes_on or parse.deps[token] == "xcomp") or parent > first or len(particles) < len(between):
            break
        first = token = parent
    first = _leftmost(parse, token, first)
    for child in parse.children_with(head, "prt", "advmod"):
        if child == last + 1 and (parse.deps[child] == "prt" or parse.lemmas[child] == "back"):
            last = child  # "shot back that"
    if parse.lemmas[head] == "put" and parse.lemmas[last + 1 : last + 2] == ("it",):
        last += 1  # "as her grandson put it"
    return tuple(range(first, last + 1))


def is_saying(parse: Parse, word: int, kind: str = "") -> bool:
    """Return whether the word list of cues has a word as one that makes statements.

    "say" is one, "believe" is none. With a kind it must be listed with that part of speech ("noun").
    """
    return parse.lemmas[word] in saying_words(kind)


def quoted_sayings(parse: Parse, verb: int) -> list[int]:
    """Return the "saying" of "quoted her as saying" under a verb."""
    prepositions = parse.children_with(verb, "prep")
    return [saying for p in prepositions for saying in parse.children[p] if is_quoted_saying(parse, saying)]


def is_quoted_saying(parse: Parse, verb: int) -> bool:
    """Return whether a verb is the "saying" of "quoted her as saying"."""
    preposition = parse.heads[verb]
    return (
        parse.deps[verb] == "pcomp"
        and parse.lemmas[preposition] == "as"
        and parse.lemmas[verb] in word_class("quoted_as_verb")
        and parse.lemmas[parse.heads[preposition]] in word_class("quoting_as_verb")
    )


def _leftmost(parse: Parse, verb: int, first: int) -> int:
    """Return where the auxiliaries and adverbs directly before a verb begin."""
    if parse.deps[first - 1] not in _BEFORE:
        return first
    for child in reversed([c for c in parse.children[verb] if c < first]):
        beside = child == first - 1 and parse.left[child] == child
        if not beside or parse.deps[child] not in _BEFORE or parse.tags[child] == "WRB":  # "[When] asked about"
            break
        first = child
    return first
