"""Puts a name to a referent: its own, its owner's ("Brandreth's grandson"), or the words it came in with."""

from __future__ import annotations

import re

from quotes.coref.discourse import Discourse
from quotes.coref.referents import Reference, Referent
from quotes.lexicon.entries import noun, pronoun, word_class
from quotes.syntax.descriptions import class_described, represented, without_article
from quotes.syntax.mention import Mention
from quotes.syntax.noun_phrases import core_span
from quotes.syntax.parse import Parse
from quotes.text.spans import Span

_OWNER_MARK = re.compile(r"^(?:['’]s?\s+)?(?:own )?")


def referent_name(discourse: Discourse, index: int) -> str:
    """Return the best name of a referent; for an unnamed one the words it was brought in with."""
    referent = discourse.referents[index]
    if referent.name is not None:
        return referent.name
    if referent.members:
        *first, last = [referent_name(discourse, member) for member in referent.members]
        return f"{', '.join(first)} and {last}"
    span = discourse.speaker_spans.get(referent.head) or core_span(discourse.parse, referent.head)
    called = name_after_verb(discourse.parse, Mention(span, referent.head))
    return called or owned_name(discourse, referent, span) or without_article(discourse.parse.text, span)


def owned_name(discourse: Discourse, referent: Referent, span: Span) -> str | None:
    """Return "Leocadia Brandreth's grandson" for "her grandson", None where the owner has no name."""
    parse = discourse.parse
    token = parse.possessor(referent.head)
    if token is None or referent.owner is None or not span.start <= parse.starts[token] < span.end:
        return None
    owner = discourse.referents[referent.owner]
    if owner.name is None and pronoun(parse.words[token]) is None:
        return None
    if referent.type == "place" or (owner.name is not None and owner.type == "place"):
        return None
    rest = _OWNER_MARK.sub("", parse.text[parse.ends[token] : span.end].strip())
    return possessive(parse, referent_name(discourse, referent.owner), rest) if rest else None


def name_after_verb(parse: Parse, mention: Mention) -> str | None:
    """Return the name in "a user called @kit_47" and "a man named Hob", None without one."""
    verb = next((c for c in parse.children_with(mention.head, "acl") if c > mention.head), None)
    if verb is None or parse.lower(verb) not in word_class("naming_participle"):
        return None
    last = parse.right[verb]
    if last <= verb or parse.pos[verb + 1] in ("PUNCT", "ADP", "SCONJ", "DET"):
        return None
    return without_article(parse.text, parse.span(verb + 1, last))


def possessive(parse: Parse, owner: str, rest: str) -> str:
    """Return "OWNER's REST", with the apostrophe that the article uses."""
    mark = "’" if "’" in parse.text and "'" not in parse.text else "'"
    return f"{owner}{mark}{'' if owner.endswith('s') else 's'} {' '.join(rest.split())}"


def body_represented(discourse: Discourse, index: int, mention: Mention | None = None) -> str | None:
    """Return the name of the body that a referent speaks for, None without one."""
    parse, referent = discourse.parse, discourse.referents[index]
    tokens: list[int | None] = [*referent.represents]
    if referent.name is None and any(d.kind == "spokesperson" for d in referent.descriptions):
        tokens.insert(0, represented(parse, referent.head))
    if mention is not None and class_described(parse, mention.head) == "spokesperson":
        tokens.insert(0, represented(parse, mention.head))
    return next(filter(None, [body_name(discourse, token) for token in tokens]), None)


def body_name(discourse: Discourse, token: int | None) -> str | None:
    """Return the name of an organisation by one of its tokens; None for a person."""
    if token is None:
        return None
    index = discourse.referent_at(token)
    if index is not None:
        return None if discourse.referents[index].shown_type == "person" else referent_name(discourse, index)
    if pronoun(discourse.parse.words[token]) is not None:
        return None
    return without_article(discourse.parse.text, core_span(discourse.parse, token))


def name_after_title(discourse: Discourse, mention: Mention) -> Reference | None:
    """Return what the name right after a title means, when the parse takes the title for the head."""
    parse, head = discourse.parse, mention.head
    near = discourse.names_at.get(head, ())
    name = next((n for n in near if n.start - 1 <= head < n.first and n.start < n.first), None)
    nominal = parse.pos[head] in ("NOUN", "PROPN")
    if name is None or not nominal or parse.starts[name.first] >= mention.span.end:
        return None
    return discourse.references.get(name.first)


def name_at_end(discourse: Discourse, mention: Mention) -> Reference | None:
    """Return what the name means that ends a mention.

    After a comma ("The owner of the inn, Ada Finch") or after what the person is, however the
    parser reads that ("former coach and test player Ada Finch"); not in "the brother of Ada
    Finch" and "the guide and her deputy Ada Finch", who are others.
    """
    parse = discourse.parse
    tokens = parse.tokens_in(mention.span)
    if not tokens or tokens[-1] < mention.head:
        return None
    start = tokens[-1]
    reference, referent = discourse.references.get(start), discourse.meaning_of(start)
    if reference is None or referent is None or referent.name is None or referent.type != "person":
        return None
    while start > tokens[0] and discourse.references.get(start) == reference:
        start -= 1
    if parse.words[start] == ",":
        known = noun(parse.lemmas[mention.head])
        return reference if known is not None and known.type == "person" else None
    if _is_of_post(parse, mention.head, start) or _is_of_body(discourse, mention.head, tokens[-1]):
        return reference
    # "University of Norfield student Amna Jaffer": the parser takes the body for the head.
    by_body = parse.pos[mention.head] == "PROPN" and parse.deps[start] == "compound"
    described = parse.pos[start] == "NOUN" and (by_body or parse.deps[tokens[-1]] not in ("pobj", "poss"))
    one = all(parse.deps[t] not in ("det", "poss") for t in tokens[1:])
    before = filter(None, map(discourse.meaning_of, range(tokens[0], start)))
    alone = not any(other.name is not None and other.type == "person" for other in before)
    return reference if described and one and alone and tokens[-1] - start > 1 else None


def _is_of_post(parse: Parse, head: int, last: int) -> bool:
    """Return whether an office and its country come before a name ("Ambassador to Norland Ole Farr")."""
    known, place = noun(parse.lemmas[head]), parse.pos[head + 2 : last + 1]
    if known is None or known.standing != "office" or parse.lower(head + 1) != "to":
        return False
    titled = noun(parse.words[last]) is not None  # "ambassador to King Ole Farr"
    return place[-1:] == ("PROPN",) and {*place} <= {"PROPN", "DET"} and not titled


def _is_of_body(discourse: Discourse, head: int, last: int) -> bool:
    """Return whether an office and its body come before a name ("Head of the Port Board Alia Salm")."""
    parse, known = discourse.parse, noun(discourse.parse.lemmas[head])
    if known is None or known.standing != "office" or parse.has_child(head, "poss"):
        return False
    name = next((name for name in discourse.names_at.get(last, ()) if name.last == last), None)
    body = () if name is None else parse.words[name.start : name.first]
    # "spokesman for President Ole Farr" is another person
    return bool(body) and not any(each.type == "person" for each in map(noun, body) if each is not None)
