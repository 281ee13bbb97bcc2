"""Finds the words that say what somebody named is: "Syrian President", "a Space Agency fellow", "MP"."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from quotes.coref.discourse import Discourse
from quotes.coref.names import Name
from quotes.lexicon.entries import honorific, noun, word_class
from quotes.syntax.mention import Mention
from quotes.syntax.noun_phrases import core_span
from quotes.syntax.parse import Parse
from quotes.text.spans import Span

_NO_OFFICES = ("-", "doctor")
"""What courtesy titles stand for: of "the coroner, Dr Philippa Ardmoyle" the office is coroner."""
_AT_EDGES = ("DT", "PRP$", "PDT", "POS", "HYPH", "IN")
"""Tags of the words that an office does not begin or end with."""


def office_of(
    discourse: Discourse, referent: int, mention: Mention | None, mentions: Mapping[int, Mention]
) -> Span | None:
    """Return the office or description of somebody named, as written.

    That beside the mention, the nearest to the name, goes before that of the first other
    mention that has one, "her counterpart" last; then come letters after the name.
    ``mentions`` are all those of the candidates, by their tokens.
    """
    if referent >= len(discourse.entities):
        return None
    parse = discourse.parse
    names = sorted(discourse.grouping.clusters[referent].names, key=lambda name: (_is_related(name), name.first))
    ranked = [*(name for name in names if mention is not None and _is_at(parse, name, mention)), *names]
    found = chain(
        (
            _opening(parse, name, mentions.get(name.head)) or _before(parse, name) or _beside(parse, name)
            for name in ranked
        ),
        (_letters(parse, name) for name in ranked),
    )
    return next((parse.span(tokens[0], tokens[-1]) for tokens in found if tokens), None)


def _is_related(name: Name) -> bool:
    return name.description is not None and name.description.standing in ("relation", "kin")


def _is_at(parse: Parse, name: Name, mention: Mention) -> bool:
    return mention.head in name.apposed or parse.span(name.first, name.last).overlaps(mention.span)


def _opening(parse: Parse, name: Name, mention: Mention | None) -> range:
    """Return the tokens before the name that ends a mention ("the former chief of staff Ada Finch")."""
    if mention is None:
        return range(0)
    tokens = parse.tokens_in(mention.span)
    before = range(tokens[0], name.start)
    is_person = any((known := noun(parse.lemmas[t])) and known.type == "person" for t in before)
    one = all(parse.pos[t] not in ("PUNCT", "CCONJ") or parse.words[t] == "-" for t in before)
    return _bare(parse, _without_courtesy(parse, before.start, name.first)) if is_person and one else range(0)


def _before(parse: Parse, name: Name) -> range:
    """Return the tokens of an office right before a name, with its country or body."""
    if name.description is None or name.description.type not in ("person", "unknown"):
        return range(0)
    first = name.start
    while first > parse.sentence_start(name.start) and _modifies(parse, first - 1):
        first -= 1
    return _bare(parse, _without_courtesy(parse, first, name.first))


def _without_courtesy(parse: Parse, first: int, end: int) -> range:
    """Return the tokens from one up to another, which opens a name, without courtesy titles before it."""
    while end > first and (title := honorific(parse.words[end - 1])) and title.office in _NO_OFFICES:
        end -= 1
    return range(first, end)


def _modifies(parse: Parse, token: int) -> bool:
    """Return whether a token before a name belongs to its office ("the former U.S.-born rail minister")."""
    if parse.words[token] == "-" or parse.is_date(token):
        return parse.words[token] == "-"
    owns = parse.deps[token] in ("poss", "case") and parse.tags[token] in ("NNP", "POS")
    nominal = parse.pos[token] in ("NOUN", "PROPN", "ADJ") and parse.tags[token] != "NNS"
    return owns or (nominal and parse.deps[token] not in ("poss", "pobj", "nsubj"))


def _beside(parse: Parse, name: Name) -> range:
    """Return the tokens of the nearest description in apposition to a name, before or after it."""
    for head in sorted(name.apposed, key=lambda token: abs(token - name.head)):
        tokens = parse.tokens_in(core_span(parse, head))
        ends = min(tokens[-1] + 1, name.start) if head < name.start else tokens[-1] + 1
        while ends > head + 1 and parse.pos[ends - 1] == "PUNCT":
            ends -= 1
        if found := _bare(parse, range(tokens[0], ends)):
            return found
    return range(0)


def _letters(parse: Parse, name: Name) -> range:
    """Return the tokens of the letters after a name ("Perrin Ashgrove MP")."""
    first = name.last + 1
    while first > name.first + 1 and parse.words[first - 1] in (",", *word_class("letters_after_name")):
        first -= 1
    return range(first + (parse.words[first : first + 1] == (",",)), name.last + 1)


def _bare(parse: Parse, tokens: range) -> range:
    """Return the tokens without articles, possessives and hyphens at the edges; none over a bracket."""
    first, end = tokens.start, tokens.stop
    while first < end and (parse.tags[first] in _AT_EDGES or parse.words[first] == "-"):
        first += 1
    while first < end and (parse.tags[end - 1] in _AT_EDGES or parse.words[end - 1] == "-"):
        end -= 1
    return range(first, first if {"(", ")"} & {*parse.words[first:end]} else end)
