"""Finds the words that say what somebody named is: "Syrian President", "a Space Agency fellow", "MP"."""

from __future__ import annotations

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
_AT_EDGES = ("DT", "PRP$", "PDT", "POS", "HYPH", "IN", ":")
"""Tags of the words, and of a dash, that an office does not begin or end with."""


def office_of(discourse: Discourse, referent: int, mention: Mention) -> Span | None:
    """Return the office that is beside a mention of an entity, else that of the first other mention that has one.

    "Her counterpart" comes last of those, then letters after the name.
    """
    parse, names = discourse.parse, discourse.grouping.clusters[referent].names
    tokens = parse.tokens_in(mention.span)
    near = {name.first: name for t in (mention.head, *tokens) for name in discourse.names_at.get(t, ())}
    own = [name for first, name in near.items() if discourse.entity_at[first] == referent]
    here = [n for n in own if mention.head in n.apposed or (tokens and n.first <= tokens[-1] and tokens[0] <= n.last)]
    here.sort(key=lambda name: (not name.is_full, name.first))
    office = next(filter(None, (_at(discourse, name) for name in here)), None)
    if office is not None:
        return parse.span(office[0], office[-1])
    if referent not in discourse.offices:
        ranked = sorted(names, key=lambda name: (_is_related(name), name.first))
        offices = chain((_at(discourse, name) for name in ranked), (_letters(parse, name) for name in ranked))
        first = next(filter(None, offices), None)
        discourse.offices[referent] = None if first is None else parse.span(first[0], first[-1])
    return discourse.offices[referent]


def _is_related(name: Name) -> bool:
    return name.description is not None and name.description.standing in ("relation", "kin")


def _at(discourse: Discourse, name: Name) -> range:
    """Return the tokens of the office of one name: what is nearest, before it first."""
    parse = discourse.parse
    return _opening(parse, name, discourse.mentions.get(name.head)) or _before(parse, name) or _beside(parse, name)


def _opening(parse: Parse, name: Name, mention: Mention | None) -> range:
    """Return the tokens before the name that ends a mention ("the former chief of staff Ada Finch")."""
    if mention is None:
        return range(0)
    before = range(parse.tokens_in(mention.span)[0], name.start)
    is_person = any((known := noun(parse.lemmas[t])) and known.type == "person" for t in before)
    one = all(parse.pos[t] not in ("PUNCT", "CCONJ") or parse.words[t] == "-" for t in before)
    return _before_name(parse, before.start, name.first) if is_person and one else range(0)


def _before(parse: Parse, name: Name) -> range:
    """Return the tokens of an office right before a name, with its country or body."""
    if name.description is None or name.description.type not in ("person", "unknown"):
        return range(0)
    first = name.start
    while first > parse.sentence_start(name.start) and _modifies(parse, first - 1):
        first -= 1
    return _before_name(parse, first, name.first)


def _modifies(parse: Parse, token: int) -> bool:
    """Return whether a token belongs to the office after it ("the former U.S.-born rail minister")."""
    if parse.words[token] == "-" or parse.is_date(token):
        return parse.words[token] == "-"
    owns = parse.deps[token] in ("poss", "case") and parse.tags[token] in ("NNP", "POS")
    nominal = parse.pos[token] in ("NOUN", "PROPN", "ADJ") and parse.tags[token] != "NNS"
    return owns or (nominal and parse.deps[token] not in ("poss", "pobj", "nsubj"))


def _beside(parse: Parse, name: Name) -> range:
    """Return the tokens of the nearest description in apposition to a name, before or after it."""
    for head in sorted(name.apposed, key=lambda token: abs(token - name.head)):
        tokens = parse.tokens_in(core_span(parse, head))
        end = min(tokens.stop, name.start) if head < name.start else tokens.stop
        if found := _bare(parse, tokens[0], end):
            return found
    return range(0)


def _letters(parse: Parse, name: Name) -> range:
    """Return the tokens of the letters after a name ("Perrin Ashgrove MP")."""
    first, words = name.last + 1, parse.words
    while first > name.first + 1 and words[first - 1] in (",", *word_class("letters_after_name")):
        first -= 1
    return range(first + (words[first : first + 1] == (",",)), name.last + 1)


def _before_name(parse: Parse, first: int, end: int) -> range:
    """Return the tokens from one up to a name without courtesy titles before it."""
    words = parse.words
    while end > first and (title := honorific(words[end - 1])) and title.office in _NO_OFFICES:
        end -= 1
    return _bare(parse, first, end)


def _bare(parse: Parse, first: int, end: int) -> range:
    """Return the tokens without articles and marks at the edges; none over a bracket."""
    tags, words = parse.tags, parse.words
    while first < end and (tags[first] in _AT_EDGES or words[first] == "-"):
        first += 1
    while first < end and (tags[end - 1] in (*_AT_EDGES, ",") or words[end - 1] == "-"):
        end -= 1
    return range(first, first if {"(", ")"} & {*words[first:end]} else end)
