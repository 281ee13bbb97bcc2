"""Lists the expressions of an article that refer to somebody, in reading order.

A speaker is read before the words said: in '"I sent her pictures," she said'
nobody named only inside the words can be "she".
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from quotes.candidates.candidate import Candidate
from quotes.coref.names import Name
from quotes.lexicon.entries import noun, pronoun
from quotes.syntax.article import Article
from quotes.syntax.descriptions import is_body_of_spokesperson, is_pronoun
from quotes.syntax.parse import Parse

_PREDICATIVE = frozenset({"compound", "amod", "attr", "npadvmod", "nmod", "oprd", "acomp"})
_REFERRING_TYPES = frozenset({"person", "organization", "group"})


class Expression(NamedTuple):
    """A referring expression.

    Attributes:
        token: Its head token.
        kind: name, noun or pronoun.
        name: Index of the name, None for other kinds.
        position: Code point at which it counts as read.
        speaks: Index of the candidate that it is the speaker of, None without one.
        mention: Whether it heads a mention that must be named.
        quoted: Whether it is in quoted words.
    """

    token: int
    kind: str
    name: int | None
    position: int
    speaks: int | None
    mention: bool
    quoted: bool


def expressions(
    article: Article, names: Sequence[Name], candidates: Sequence[Candidate]
) -> tuple[Expression, ...]:
    """List the expressions that can mean somebody, or be meant later, in the order in which they are bound.

    The mentions of the candidates are always among them.
    """
    parse = article.parse
    speaks = {c.speaker.head: i for i, c in reversed(list(enumerate(candidates))) if c.speaker is not None}
    heads = {m.head for c in candidates for m in (c.speaker, c.addressee, c.medium) if m is not None}
    early = _read_before_content(parse, candidates)
    in_name = {t: i for i, name in enumerate(names) for t in range(name.start, name.last + 1)}
    name_speaks = {in_name[t]: speaks[t] for t in sorted(speaks, reverse=True) if t in in_name}
    listed: list[Expression] = []
    for token, kind in _tokens(parse, names, in_name, heads):
        name = in_name[token] if kind == "name" else None
        own = speaks.get(token, None if name is None else name_speaks.get(name))
        mention, quoted = token in heads or own is not None, article.is_quoted(token)
        if kind != "pronoun" or _is_bound(parse, token, mention, quoted):
            position = early.get(token, parse.starts[token])
            listed.append(Expression(token, kind, name, position, own, mention, quoted))
    return tuple(sorted(listed, key=attrgetter("position", "token")))


def _tokens(
    parse: Parse, names: Sequence[Name], in_name: Container[int], heads: set[int]
) -> Iterator[tuple[int, str]]:
    """Yield head token and kind of names, pronouns, mentions and other nouns."""
    apposed = {token for name in names for token in name.apposed}
    for name in names:
        yield name.head, "name"
    for token, pos in enumerate(parse.pos):
        if token in in_name:
            continue
        if is_pronoun(parse, token):
            yield token, "pronoun"
        elif token in heads or (pos in ("NOUN", "PROPN") and token not in apposed and _refers(parse, token)):
            yield token, "noun"


def _is_bound(parse: Parse, token: int, mention: bool, quoted: bool) -> bool:
    """Return whether a pronoun is bound: all mentions are, and others that tell who the text is about.

    Quoted words have another context than the article's, "it" and "which" mean
    anything, "I" and "you" are no third persons.
    """
    known = pronoun(parse.words[token])
    if known is None or known.person != "3":
        return False
    if mention:
        return True
    return not quoted and known.case != "relative" and (known.gender != "n" or known.case == "possessive")


def _refers(parse: Parse, token: int) -> bool:
    """Return whether a common noun means somebody, and does not only say what somebody is."""
    known = noun(parse.lemmas[token] if parse.pos[token] == "NOUN" else parse.words[token].lower())
    if known is None or known.type not in _REFERRING_TYPES:
        return False
    role = parse.deps[token]
    if role in _PREDICATIVE and not is_body_of_spokesperson(parse, token):
        return False
    return role != "appos"


def _read_before_content(parse: Parse, candidates: Sequence[Candidate]) -> dict[int, int]:
    """Return the code point at which the tokens of a speaker count as read, when its words come first."""
    early: dict[int, int] = {}
    for candidate in candidates:
        speaker = candidate.speaker
        start = min([span.start for span in candidate.content], default=len(parse.text))
        if speaker is not None and start < speaker.span.start:
            for token in (*parse.tokens_in(speaker.span), speaker.head):
                early[token] = min(start, early.get(token, start))
    return early
