"""Tells a news outlet, a document and a platform by their words."""

from __future__ import annotations

from quotes.lexicon import words
from quotes.lexicon.entries import medium_prepositions, outlet_word_kinds
from quotes.syntax.mention import Mention
from quotes.syntax.noun_phrases import named_by_apposition, noun_phrase
from quotes.syntax.parse import Parse

_ARTICLES = ("the ", "a ", "an ", "its ", "his ", "her ", "their ")
_GATHERED = frozenset({"the media", "the press", "media", "press"})
"""Reporters as a crowd: "told the press" names hearers, no outlet."""
_OF_NEWS = frozenset({"broadcasting", "media", "news", "press", "radio", "television", "tv", "wire"})
_UNSURE_ALONE = frozenset({"the", "a", "an", "this", "that"})


def is_outlet(parse: Parse, mention: Mention) -> bool:
    """Return whether a mention names a news outlet or agency.

    Known names, names that end or begin as outlets' names do ("the Ansgar
    Evening Post", "Radio Vellmark"), and common nouns for outlets ("the
    agency", "a state broadcaster", "Russian media") count.

    Args:
        parse: The parse.
        mention: The mention.

    Returns:
        Whether it is one.
    """
    tokens = parse.tokens_in(mention.span)
    name = _plain_name(mention.span.of(parse.text))
    if name in _GATHERED:
        return False
    bare = _without_article(name)
    if bare in words("outlets") or name in words("outlets"):
        return any(parse.words[t][0].isupper() for t in tokens)
    last = parse.words[tokens[-1]]
    if last[0].isupper():
        proper = [t for t in tokens if parse.words[t][:1].isupper()]
        named = "name" in outlet_word_kinds(last) and _enough(parse, tokens, proper)
        opened = len(proper) > 1 and "first" in outlet_word_kinds(parse.words[proper[0]])
        return named or opened or _is_news_body(parse, proper) or _ends_in_known(parse, tokens)
    if "noun" in outlet_word_kinds(parse.lemmas[mention.head]):
        return _common_outlet(parse, mention, tokens)
    return False


def _enough(parse: Parse, tokens: range, proper: list[int]) -> bool:
    """Return whether a name ending such as "Post" has another name or an article before it."""
    return len(proper) > 1 or (len(tokens) > 1 and parse.words[tokens[0]].lower() == "the")


def _is_news_body(parse: Parse, proper: list[int]) -> bool:
    """Return whether a name ends in a word for outlets behind "News" or "Press" ("Norden News Agency")."""
    if len(proper) < 2 or parse.words[proper[-2]].lower() not in _OF_NEWS:
        return False
    return (
        "noun" in outlet_word_kinds(parse.words[proper[-1]]) or parse.words[proper[-1]].lower() == "service"
    )


def _ends_in_known(parse: Parse, tokens: range) -> bool:
    """Return whether the phrase ends in a known outlet ("the Russian agency TASS")."""
    for first in tokens:
        if parse.words[first][:1].isupper():
            rest = _plain_name(parse.text[parse.starts[first] : parse.ends[tokens[-1]]])
            if rest in words("outlets") and (
                first == tokens[0] or _names_kind(parse, range(tokens[0], first))
            ):
                return True
    return False


def _names_kind(parse: Parse, tokens: range) -> bool:
    return any("noun" in outlet_word_kinds(parse.lemmas[t]) or parse.lemmas[t] == "news" for t in tokens)


def _common_outlet(parse: Parse, mention: Mention, tokens: range) -> bool:
    """Return whether a common noun such as "agency" or "paper" means an outlet here."""
    before = {parse.words[t].lower() for t in tokens if t < mention.head}
    lemma = parse.lemmas[mention.head]
    if lemma in (
        "agency",
        "programme",
        "program",
        "show",
        "site",
        "website",
        "station",
        "network",
        "channel",
        "paper",
    ):
        # "the agency" that was told is the one just named; "a travel agency" is another thing.
        return before <= _UNSURE_ALONE | {"same"} or bool(
            before
            & {
                "news",
                "press",
                "wire",
                "state",
                "radio",
                "television",
                "tv",
                "broadcast",
                "morning",
                "evening",
            }
        )
    return True


def heads_outlet(parse: Parse, head: int, barred: frozenset[int]) -> bool:
    """Return whether the noun phrase of a noun, or the name in apposition to it, is a news outlet's."""
    return is_outlet(parse, named_by_apposition(parse, noun_phrase(parse, head, barred), barred))


def outlet_of(parse: Parse, head: int, barred: frozenset[int]) -> Mention | None:
    """Return the outlet that a journalist is introduced by.

    "CNN's Jake Tapper" and "a Reuters reporter" name one.

    Args:
        parse: The parse.
        head: The noun that was told.
        barred: Tokens that belong to other roles.

    Returns:
        The outlet's mention, None without one.
    """
    titled = _before_job(parse, head, barred)
    if titled is not None:
        return titled
    for child in parse.children[head]:
        if child < head and child not in barred and parse.deps[child] in ("poss", "compound", "nmod"):
            first = parse.left[child]
            while first < child and not parse.words[first][:1].isupper():
                first += 1
            if first > parse.left[child] and parse.words[first - 1].lower() == "the":
                first -= 1
            mention = Mention(parse.span(first, child), child)
            if parse.words[child][:1].isupper() and is_outlet(parse, mention):
                return mention
    return None


def _before_job(parse: Parse, head: int, barred: frozenset[int]) -> Mention | None:
    """Return the outlet's name before a journalist's job ("Harbour News host Alec Marr")."""
    first = last = parse.left[head]
    while last < head and parse.words[last][:1].isupper() and last not in barred:
        last += 1
    if last in (first, head) or parse.pos[last] != "NOUN" or last in barred:
        return None
    mention = Mention(parse.span(first, last - 1), last - 1)
    return mention if is_outlet(parse, mention) else None


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


def medium_prepositions_of(parse: Parse, mention: Mention) -> tuple[str, ...]:
    """Return the prepositions with which a mention is a document, message or platform.

    Args:
        parse: The parse.
        mention: Mention of what may have carried the words.

    Returns:
        "in", "on" and the like; none for what carries no words.
    """
    tokens = parse.tokens_in(mention.span)
    head = mention.head
    keys = [
        parse.lemmas[head],
        parse.words[head].lower(),
        _without_article(_plain_name(mention.span.of(parse.text))),
    ]
    if head > tokens[0]:
        keys.append(f"{parse.words[head - 1].lower()} {parse.lemmas[head]}")
    if parse.words[head].lower() == "x" and parse.words[head] != "X":
        return ()
    return tuple(p for key in keys for p in medium_prepositions(key))


def _plain_name(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split()).removesuffix("'s")


def _without_article(name: str) -> str:
    for article in _ARTICLES:
        name = name.removeprefix(article)
    return name
