"""Tells a news outlet, a document and a platform by their words."""

from __future__ import annotations

import re

from quotes.lexicon import words
from quotes.lexicon.entries import medium_prepositions, outlet_word_kinds, word_class
from quotes.syntax.mention import Mention
from quotes.syntax.noun_phrases import named_by_apposition, noun_phrase
from quotes.syntax.parse import Parse
from quotes.syntax.surnames import surname_starts

_SITE = re.compile(r"\w[\w-]*(\.\w[\w-]*)*\.[a-z]{2,}")
"""A site that goes by its address ("Polyfact.info")."""


def is_outlet(parse: Parse, mention: Mention) -> bool:
    """Return whether a mention names a news outlet or agency.

    Known names, names that end or begin as outlets' names do ("the Ansgar
    Evening Post", "Radio Vellmark"), addresses of sites, and common nouns for outlets ("the
    agency", "a state broadcaster", "Russian media") count.
    """
    tokens = parse.tokens_in(mention.span)
    name = _normalized(mention.span.of(parse.text))
    bare = _without_article(name)
    if bare in word_class("press_crowd"):
        return False
    if parse.pos[tokens[-1]] in ("NOUN", "PROPN", "X") and _SITE.fullmatch(parse.words[tokens[-1]]):
        return True
    capitalised = [t for t in tokens if parse.words[t][:1].isupper()]
    if not surname_starts(parse.text).isdisjoint(parse.starts[t] for t in capitalised):
        return False
    if bare in words("outlets") or name in words("outlets"):
        return bool(capitalised)
    if capitalised[-1:] == [tokens[-1]]:
        return _is_named_as_outlet(parse, tokens, capitalised)
    if "noun" not in outlet_word_kinds(parse.lemmas[mention.head]):
        return False
    before = {parse.lower(t) for t in tokens if t < mention.head}
    known = before <= word_class("bare_outlet_opener")  # "the agency" that was told is the one just named
    clear = parse.lemmas[mention.head] not in word_class("unclear_outlet")  # "a travel agency" is another thing
    return known or clear or not word_class("outlet_modifier").isdisjoint(before)


def _is_named_as_outlet(parse: Parse, tokens: range, capitalised: list[int]) -> bool:
    """Return whether a name that ends in a capitalised word is an outlet's by its words."""
    last = parse.lower(tokens[-1])
    if len(capitalised) == 1:
        by_end = len(tokens) > 1 and parse.lower(tokens[0]) == "the" and "name" in outlet_word_kinds(last)
    else:
        # "Norden News Agency", "Norden Press Service"
        body = last == "service" or "noun" in outlet_word_kinds(last)
        of_news = body and parse.lower(capitalised[-2]) in word_class("news_word")
        opened = "first" in outlet_word_kinds(parse.words[capitalised[0]])
        by_end = of_news or opened or "name" in outlet_word_kinds(last)
    return by_end or any(_ends_in_known(parse, tokens, first) for first in capitalised)


def _ends_in_known(parse: Parse, tokens: range, first: int) -> bool:
    """Return whether the phrase is or ends in a known outlet ("the Russian agency TASS")."""
    if _normalized(parse.span(first, tokens[-1]).of(parse.text)) not in words("outlets"):
        return False
    before = [parse.lemmas[t] for t in range(tokens[0], first)]
    return any(lemma == "news" or "noun" in outlet_word_kinds(lemma) for lemma in before)


def heads_outlet(parse: Parse, head: int, barred: frozenset[int]) -> bool:
    """Return whether the noun phrase of a noun, or the name in apposition to it, is a news outlet's."""
    return is_outlet(parse, named_by_apposition(parse, noun_phrase(parse, head, barred), barred))


def outlet_of(parse: Parse, head: int) -> Mention | None:
    """Return the outlet that a journalist is introduced by, None without one.

    "CNN's Jake Tapper", "a Reuters reporter" and "Harbour News host Alec Marr" name one.
    """
    first = last = parse.left[head]
    while last < head and parse.words[last][:1].isupper():
        last += 1
    if last not in (first, head) and parse.pos[last] == "NOUN":
        before_job = Mention(parse.span(first, last - 1), last - 1)
        if is_outlet(parse, before_job):
            return before_job
    for child in parse.children_with(head, "poss", "compound", "nmod"):
        if parse.words[child][:1].isupper():
            left = parse.left[child]
            first = next(t for t in range(left, child + 1) if parse.words[t][:1].isupper())
            if first > left and parse.lower(first - 1) == "the":
                first -= 1
            mention = Mention(parse.span(first, child), child)
            if is_outlet(parse, mention):
                return mention
    return None


def outlet_name(parse: Parse, mention: Mention) -> Mention:
    """Return the name alone of an outlet that its kind introduces ("the state agency RIA" gives "RIA")."""
    tokens = parse.tokens_in(mention.span)
    first = tokens[-1]
    while first > tokens[0] and parse.words[first - 1][:1].isupper():
        first -= 1
    introduced = first > tokens[0] and "noun" in outlet_word_kinds(parse.lemmas[first - 1])
    if introduced and parse.words[first][:1].isupper() and parse.pos[first] == "PROPN":
        return Mention(parse.span(first, tokens[-1]), tokens[-1])
    return mention


def is_verbatim_record(parse: Parse, head: int) -> bool:
    """Return whether a noun is a record of what others said ("a transcript", "the minutes")."""
    return not words("verbatim_records").isdisjoint((parse.lemmas[head], parse.lower(head)))


def holds_words(parse: Parse, head: int) -> bool:
    """Return whether a noun is something that words are read or heard in ("minutes", "a statement")."""
    if is_verbatim_record(parse, head):
        return True
    return bool(medium_prepositions_of(parse, noun_phrase(parse, head, frozenset())))


def medium_prepositions_of(parse: Parse, mention: Mention) -> tuple[str, ...]:
    """Return the prepositions with which a mention is a document, message or platform.

    "in", "on" and the like; none for what carries no words.
    """
    head = mention.head
    keys = [parse.lemmas[head], parse.lower(head), _without_article(_normalized(mention.span.of(parse.text)))]
    if head > parse.tokens_in(mention.span)[0]:
        keys.append(f"{parse.lower(head - 1)} {parse.lemmas[head]}")
    return tuple(preposition for key in keys for preposition in medium_prepositions(key))


def _normalized(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split()).removesuffix("'s")


def _without_article(name: str) -> str:
    first, _, rest = name.partition(" ")
    return _without_article(rest) if rest and first in word_class("article_or_possessive") else name
