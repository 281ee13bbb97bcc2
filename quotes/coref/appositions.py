"""Learns offices and descriptions from what is beside a name.

"the coroner, Dr Philippa Ardmoyle", "Bastian Feyerl, the foreman",
"Ottoline Marchbanks-Roe, who chairs the board", "Ilse Quist is a potter".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quotes.coref.names import Name
from quotes.lexicon import table
from quotes.lexicon.entries import country, noun, noun_by_form, pronoun, word_class
from quotes.syntax.descriptions import Description, describe_one, describe_words, represented
from quotes.syntax.parse import Parse

_LONGEST_CHAIN = 4
"""Appositions in a row that are followed before a name."""
_COPULAS = ("be", "become", "remain")


def with_appositions(parse: Parse, names: Sequence[Name]) -> tuple[Name, ...]:
    """Return the names with what appositions, relative clauses, predicates and pronouns say of them."""
    in_name = {t for name in names for t in range(name.start, name.last + 1)}
    out: list[Name] = []
    for name in names:
        beside = [t for t in _nouns_beside(parse, name) if t is not None and t not in in_name]
        described = {t: describe_one(parse, t) for t in beside if _is_common(parse, t)}
        more = name._replace(
            apposed=tuple(described),
            appositions=(*described.values(), *_from_relative_clause(parse, name.head)),
            represents=tuple(_bodies(parse, name, described)),
            pronoun=_gender_of_pronoun(parse, name.head),
            inferred=tuple(_inferred(parse, name.head)),
        )
        out.append(more)
    return tuple(out)


def _gender_of_pronoun(parse: Parse, head: int) -> str:
    """Return the gender of the pronoun by which a subject's own clause most likely means it.

    "Halder Mills said it would close" and "raised its forecast" are n; the "it"
    of "said it was late" means nothing.
    """
    if parse.deps[head] != "nsubj":
        return "-"
    for child in parse.children_with(parse.heads[head], "ccomp", "dobj"):
        roles = ("nsubj", "nsubjpass") if parse.deps[child] == "ccomp" else ("poss",)
        token = parse.child(child, *roles)
        if token is not None and parse.deps[token] != "poss":
            owner = parse.child(token, "poss")
            token = token if owner is None else owner  # "admitted that his pick was political"
        known = pronoun(parse.words[token]) if token is not None and child > head else None
        if known is None or known.person != "3" or known.number == "plural":
            continue
        if known.gender != "n" or parse.lemmas[child] not in word_class("impersonal_clause_verb"):
            return known.gender
    return "-"


def _nouns_beside(parse: Parse, name: Name) -> Iterator[int | None]:
    """Yield tokens before and after a name of which the common nouns say what it is."""
    head = token = name.head
    for above in parse.ancestors(head, _LONGEST_CHAIN):
        if parse.deps[token] != "appos" or above > token:
            break
        yield above
        token = above
    for child in parse.children_with(head, "appos"):
        if child > head and ";" not in parse.words[head:child]:
            yield child
    yield _outlet_after(parse, name)
    before = name.start - 1
    if name.description is not None and name.start == name.first:
        # "Her fellow guide Tomas Reiter": a noun of relation right before the name
        owned = parse.has_child(before, "poss") or parse.deps[before] not in ("compound", "nmod")
        yield before if owned and name.description.noun == parse.lemmas[before] else None
    if parse.deps[head] == "nsubj" and parse.lemmas[parse.heads[head]] in _COPULAS:
        yield parse.child(parse.heads[head], "attr")
    yield _before_comma(parse, name)


def _is_common(parse: Parse, token: int) -> bool:
    """Return whether a token is a singular common noun for a person or a body.

    "Davis' commentary, 'Melania, tell your story'" has a title in apposition, no description.
    """
    known = noun(parse.lemmas[token]) or noun_by_form(parse.lemmas[token])
    if known is None or known.type not in ("person", "organization") or parse.is_plural(token):
        return False
    pos = parse.pos[token]
    return pos == "NOUN" or (pos == "PROPN" and noun(parse.words[token]) is not None)


def _outlet_after(parse: Parse, name: Name) -> int | None:
    """Return the noun of "the Sundet news agency", which names an outlet; "the London paper" names none."""
    token = name.last + 1
    determined = name.start > 0 and parse.lower(name.start - 1) in ("the", "a")
    if not determined or name.label in ("GPE", "LOC", "FAC") or country(name.text):
        return None
    while token < len(parse) and parse.lemmas[token] in word_class("news_modifier"):
        token += 1
    if token >= len(parse) or parse.pos[token] != "NOUN" or parse.deps[token] in ("compound", "amod"):
        return None
    news = token > name.last + 1 and parse.lemmas[token] in word_class("news_body")
    known = noun(parse.lemmas[token])
    return token if news or (known is not None and known.kind in ("newspaper", "broadcaster")) else None


def _before_comma(parse: Parse, name: Name) -> int | None:
    """Return the noun in "his apprentice, NAME," that the parser attached elsewhere."""
    token, after = name.start - 2, name.last + 1
    if token < 1 or parse.words[token + 1] != ",":
        return None
    closed = after >= len(parse) or parse.words[after] in (",", ".", ";", ")")
    determiner = parse.child(token, "det", "poss")
    definite = determiner is not None and parse.lower(determiner) not in ("a", "an", "no", "any")
    return token if closed and definite else None


def _from_relative_clause(parse: Parse, head: int) -> Iterator[Description]:
    """Yield the office in "Ottoline Marchbanks-Roe, who chairs the board"."""
    for verb in parse.children_with(head, "relcl"):
        role = table("role_verbs").get(parse.lemmas[verb]) if parse.is_finite(verb) else None
        subject = parse.child(verb, "nsubj")
        if role and subject is not None and parse.lemmas[subject] == "who":
            yield describe_words(role, role)


def _inferred(parse: Parse, head: int) -> Iterator[Description]:
    """Yield what a name's clause, or the body after it, makes of a person.

    "Rolf Amund founded the portal Skjold" gives the founder of a portal, "Omar Vance of the UN
    relief office" the UN official.
    """
    verb = parse.heads[head]
    role = table("role_verbs").get(parse.lemmas[verb]) if parse.deps[head] == "nsubj" else None
    led = parse.child(verb, "dobj")
    known = None if role is None else noun(role[0])
    if role and led is not None and known is not None and known.standing == "office":
        words = [*_nominal_words(parse, led), *role]
        yield describe_words(words, words)
    for preposition in parse.children_with(head, "prep"):
        body = parse.child(preposition, "pobj")
        if body is None or parse.lemmas[preposition] not in word_class("affiliation_preposition"):
            continue
        known = noun(parse.lemmas[body])
        if (known is not None and known.type == "organization") or parse.entity_types[body] == "ORG":
            words = [*_nominal_words(parse, body), "official"]
            yield describe_words(words, words)._replace(standing="relation")


def _nominal_words(parse: Parse, head: int) -> list[str]:
    """Return the nouns of a noun phrase in small letters ("un", "relief", "office")."""
    phrase = (*parse.premodifiers(head), head)
    return [parse.lemmas[t].lower() for t in phrase if parse.pos[t] in ("NOUN", "PROPN")]


def _bodies(parse: Parse, name: Name, described: Mapping[int, Description]) -> Iterator[int]:
    """Yield the tokens of what a named spokesperson speaks for."""
    heads = [token for token, description in described.items() if description.kind == "spokesperson"]
    if name.description is not None and name.description.kind == "spokesperson":
        token = name.first - 1
        while token > 0 and (known := noun(parse.lemmas[token])) is not None and known.kind != "spokesperson":
            token -= 1
        heads.append(token)
    for token in heads:
        body = represented(parse, token)
        if body is not None and body != token:
            yield body
