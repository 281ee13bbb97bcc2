"""Lists the expressions of an article that refer to somebody, in reading order.

A speaker is read before the words said: in '"I sent her pictures," she said'
nobody named only inside the words can be "she".
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from quotes.candidates.candidate import Candidate
from quotes.coref.names import Name
from quotes.lexicon.entries import noun, pronoun
from quotes.syntax.article import Article
from quotes.syntax.descriptions import is_body_of_spokesperson, is_one_person, is_pronoun
from quotes.syntax.parse import Parse

_PREDICATIVE = frozenset({"compound", "amod", "attr", "npadvmod", "nmod", "oprd", "acomp"})
_REFERRING_TYPES = frozenset({"person", "organization", "group"})


class Expression(NamedTuple):
    """A referring expression.

    Attributes:
        token: Its head token.
        kind: name, noun or pronoun.
        name: The name, None for other kinds.
        position: Code point at which it counts as read.
        speaks: The candidate that it is the speaker of, None without one.
        mention: Whether it heads a mention that must be named.
        quoted: Whether it is in quoted words.
    """

    token: int
    kind: str
    name: Name | None
    position: int
    speaks: Candidate | None
    mention: bool
    quoted: bool


def expressions(article: Article, names: Sequence[Name], candidates: Sequence[Candidate]) -> tuple[Expression, ...]:
    """List the expressions that can mean somebody, or be meant later, in the order in which they are bound.

    The mentions of the candidates are always among them.
    """
    parse = article.parse
    speaks = {c.speaker.head: c for c in reversed(candidates) if c.speaker is not None}
    heads = {m.head for c in candidates for m in (c.speaker, c.addressee, c.medium) if m is not None}
    early = _read_before_content(parse, candidates)
    found: dict[int, tuple[str, Name | None, Candidate | None]] = {}
    passed_over = {token for each in names for token in each.apposed} - heads
    for named in names:
        tokens = range(named.start, named.last + 1)
        own = next((speaks[t] for t in (named.head, *tokens) if t in speaks), None)
        found[named.head] = "name", named, own
        passed_over.update(tokens)
    for token in range(len(parse)):
        if token not in passed_over and (kind := _kind(article, token, mention=token in heads)):
            found[token] = kind, None, speaks.get(token)
    listed: list[Expression] = []
    for token, (kind, name, own) in found.items():
        position, mention = early.get(token, parse.starts[token]), token in heads or own is not None
        listed.append(Expression(token, kind, name, position, own, mention, article.is_quoted(token)))
    return tuple(sorted(listed, key=attrgetter("position", "token")))


def _kind(article: Article, token: int, *, mention: bool) -> str | None:
    """Return pronoun or noun for what means somebody, or is a mention; None for what is not bound.

    Pronouns are bound where they tell who the text is about: quoted words have another context
    than the article's, "it" and "which" mean anything, "I" and "you" are no third persons.
    A noun does not only say what somebody is.
    """
    parse = article.parse
    if is_pronoun(parse, token):
        known = pronoun(parse.words[token])
        if known is None or known.person != "3":
            return None
        of_text = not article.is_quoted(token) and known.case != "relative"
        clear = known.gender != "n" or known.case == "possessive"
        return "pronoun" if mention or (of_text and clear) else None
    if mention:
        return "noun"
    role = parse.deps[token]
    if parse.pos[token] not in ("NOUN", "PROPN") or role == "appos":
        return None
    if role == "conj" and is_one_person(parse, parse.heads[token]):
        return None
    noun_of = noun(parse.lemmas[token] if parse.pos[token] == "NOUN" else parse.lower(token))
    if noun_of is None or noun_of.type not in _REFERRING_TYPES:
        is_subject = noun_of is not None and noun_of.type == "document" and role in ("nsubj", "nsubjpass")
        return "noun" if is_subject else None  # "it said" may be the letter's
    return "noun" if role not in _PREDICATIVE or is_body_of_spokesperson(parse, token) else None


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
