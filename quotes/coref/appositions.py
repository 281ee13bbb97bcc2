"""Learns offices and descriptions from what stands beside a name.

"the coroner, Dr Philippa Ardmoyle", "Bastian Feyerl, the foreman",
"Ottoline Marchbanks-Roe, who chairs the board", "Ilse Quist is a potter".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quotes.coref.names import Name
from quotes.lexicon import table
from quotes.syntax.noun_phrases import Description, describe_one, describe_words, represented
from quotes.syntax.parse import Parse
from quotes.syntax.vocabulary import country, noun, noun_by_form, pronoun

_LONGEST_CHAIN = 4
_EMPTY_IT = frozenset({"appear", "be", "become", "happen", "look", "make", "mean", "rain", "seem", "take"})
_COPULAS = frozenset({"be", "become", "remain"})


@dataclass(frozen=True, slots=True)
class Learned:
    """What the surroundings of names say.

    Attributes:
        beside: Descriptions by the first token of the name they describe.
        bodies: Tokens of represented organisations by the first token of the name.
        named: First token of the name that a common noun in apposition stands for.
        noun_beside: Head tokens of the nouns in apposition, by first token of the name.
        echoes: Gender of the pronoun that takes a name up in its own clause, by first token.
    """

    beside: Mapping[int, tuple[Description, ...]]
    bodies: Mapping[int, tuple[int, ...]]
    named: Mapping[int, int]
    noun_beside: Mapping[int, tuple[int, ...]]
    echoes: Mapping[int, str]

    def descriptions_of(self, name: Name) -> tuple[Description, ...]:
        """Return the descriptions that stand beside one occurrence of a name."""
        return self.beside.get(name.first, ())

    def represented_by(self, name: Name) -> tuple[int, ...]:
        """Return the tokens of the bodies that one occurrence is said to speak for."""
        return self.bodies.get(name.first, ())

    def echo_of(self, name: Name) -> str:
        """Return m, f, n or -: what takes one occurrence up ("Halder raised its forecast" is n)."""
        return self.echoes.get(name.first, "-")

    def gender_of(self, name: Name) -> str:
        """Return the gender that a noun beside the name shows ("her husband, Fintan")."""
        return next((d.gender for d in self.descriptions_of(name) if d.gender != "-"), "-")


def learn(parse: Parse, found: Sequence[Name]) -> Learned:
    """Read the appositions, relative clauses and predicates of names.

    Args:
        parse: The parse.
        found: The document's names.

    Returns:
        What they say.
    """
    name_of_token = {t: name for name in found for t in range(name.start, name.last + 1)}
    beside: dict[int, tuple[Description, ...]] = {}
    bodies: dict[int, tuple[int, ...]] = {}
    named: dict[int, int] = {}
    nouns: dict[int, tuple[int, ...]] = {}
    echoes: dict[int, str] = {}
    for name in found:
        head = head_of(parse, name)
        nouns_beside = _nouns_beside(parse, name, head, name_of_token)
        heads = dict.fromkeys([t for t in nouns_beside if parse.tags[t] not in ("NNS", "NNPS")])
        described = [describe_one(parse, t) for t in heads]
        beside[name.first] = (*described, *_from_relative_clause(parse, head))
        if (echo := _echo(parse, head)) != "-":
            echoes[name.first] = echo
        for token in heads:
            named.setdefault(token, name.first)
        nouns[name.first] = tuple(heads)
        if heads or name.description is not None:
            bodies[name.first] = tuple(_bodies(parse, name, [*heads], described))
    return Learned(beside, bodies, named, nouns, echoes)


def _echo(parse: Parse, head: int) -> str:
    """Return the gender of the pronoun that a subject's own clause most likely means it by.

    "Halder Mills said it would close" and "raised its forecast" are n; the "it"
    of "said it was late" means nothing.
    """
    if parse.deps[head] != "nsubj":
        return "-"
    verb = parse.heads[head]
    for child in parse.children[verb]:
        if child < head or parse.deps[child] not in ("ccomp", "dobj"):
            continue
        role = ("nsubj", "nsubjpass") if parse.deps[child] == "ccomp" else ("poss",)
        token = parse.child(child, *role)
        known = pronoun(parse.words[token]) if token is not None else None
        if known is None or known.person != "3" or known.number == "plural":
            continue
        if known.gender != "n" or parse.lemmas[child] not in _EMPTY_IT:
            return known.gender
    return "-"


def head_of(parse: Parse, name: Name) -> int:
    """Return the token of a name that the rest of the sentence hangs on."""
    for token in range(name.last, name.first - 1, -1):
        if not name.start <= parse.heads[token] <= name.last or parse.heads[token] == token:
            return token
    return name.last


def _nouns_beside(parse: Parse, name: Name, head: int, name_of_token: Mapping[int, Name]) -> Iterator[int]:
    """Yield the heads of common nouns that stand in apposition to a name, before and behind it."""
    if parse.deps[head] == "appos":
        yield from _before(parse, head, name_of_token)
    for child in parse.children[head]:
        if (
            parse.deps[child] == "appos"
            and child > head
            and child not in name_of_token
            and _is_common(parse, child)
            and ";" not in parse.words[head:child]
        ):
            yield child
    outlet = _outlet_behind(parse, name)
    if outlet is not None:
        yield outlet
    if name.start == name.first and name.description is not None and _is_owned_office(parse, name):
        yield name.start - 1
    if parse.deps[head] == "nsubj" and parse.lemmas[parse.heads[head]] in _COPULAS:
        attribute = parse.child(parse.heads[head], "attr")
        if attribute is not None and _is_common(parse, attribute) and attribute not in name_of_token:
            yield attribute
    ahead = _before_comma(parse, name)
    if ahead is not None and ahead not in name_of_token:
        yield ahead
    behind = _behind_comma(parse, name)
    if behind is not None and behind not in name_of_token:
        yield behind


def _is_owned_office(parse: Parse, name: Name) -> bool:
    """Return whether a noun of relation stands right before a name ("Her fellow guide Tomas Reiter")."""
    token = name.start - 1
    if token < 1 or parse.pos[token] != "NOUN" or name.description is None:
        return False
    owned = parse.child(token, "poss") is not None or parse.deps[token] not in ("compound", "nmod")
    return owned and name.description.noun == parse.lemmas[token] and _is_common(parse, token)


def _outlet_behind(parse: Parse, name: Name) -> int | None:
    """Return the noun of "the Sundet news agency", which names an outlet; "the London paper" names none."""
    token = name.last + 1
    determined = name.start > 0 and parse.words[name.start - 1].lower() in ("the", "a")
    if not determined or name.label in ("GPE", "LOC", "FAC") or country(name.text):
        return None
    while token < len(parse) and parse.lemmas[token] in ("news", "press", "radio", "television", "tv"):
        token += 1
    if token >= len(parse) or parse.pos[token] != "NOUN" or parse.deps[token] in ("compound", "amod"):
        return None
    news = token > name.last + 1 and parse.lemmas[token] in (
        "agency",
        "service",
        "station",
        "channel",
        "network",
    )
    known = noun(parse.lemmas[token])
    return token if news or (known is not None and known.kind in ("newspaper", "broadcaster")) else None


def _before(parse: Parse, head: int, name_of_token: Mapping[int, Name]) -> Iterator[int]:
    token = head
    for _ in range(_LONGEST_CHAIN):
        if parse.deps[token] != "appos" or parse.heads[token] > token:
            return
        token = parse.heads[token]
        if token in name_of_token or not _is_common(parse, token):
            return
        yield token


def _is_common(parse: Parse, token: int) -> bool:
    known = noun(parse.lemmas[token]) or noun_by_form(parse.lemmas[token])
    if known is None or known.type not in ("person", "organization"):
        return False  # "Davis' commentary, 'Melania, tell your story'": a title, not a person's description
    return parse.pos[token] == "NOUN" or (
        parse.pos[token] == "PROPN" and noun(parse.words[token]) is not None
    )


def _before_comma(parse: Parse, name: Name) -> int | None:
    """Return the noun in "his apprentice, NAME," that the parser hung elsewhere."""
    token, after = name.start - 2, name.last + 1
    if token < 1 or parse.words[token + 1] != "," or parse.tags[token] not in ("NN", "NNP"):
        return None
    closed = after >= len(parse) or parse.words[after] in (",", ".", ";", ")")
    known = noun(parse.lemmas[token])
    if not closed or known is None or known.type not in ("person", "organization"):
        return None
    if parse.tags[token] == "NNP":
        return token if known.standing == "office" else None
    determiner = parse.child(token, "det", "poss")
    opens = determiner is not None and parse.words[determiner].lower() not in ("a", "an", "no", "any")
    return token if opens else None


def _behind_comma(parse: Parse, name: Name) -> int | None:
    """Return the noun in "NAME, the/a/his ... NOUN" that the parser hung elsewhere."""
    comma = name.last + 1
    if comma + 2 >= len(parse) or parse.words[comma] != "," or parse.pos[comma + 1] not in ("DET", "PRON"):
        return None
    if parse.pos[comma + 1] == "PRON" and parse.tags[comma + 1] != "PRP$":
        return None
    token = comma + 2
    while token < min(comma + 9, len(parse)) and parse.pos[token] in ("ADJ", "NOUN", "PROPN", "NUM", "PUNCT"):
        if parse.pos[token] == "PUNCT" and parse.words[token] != "-":
            break
        token += 1
    last = token - 1
    known = noun(parse.lemmas[last])
    ends = token >= len(parse) or parse.words[token] in (
        ",",
        "of",
        "for",
        "at",
        "in",
        "from",
        "who",
        "beside",
        "on",
        ".",
    )
    if known is None or known.type not in ("person", "organization") or not ends or parse.tags[last] == "NNS":
        return None
    verb_ahead = parse.deps[last] in ("nsubj", "nsubjpass", "conj") and parse.heads[last] != name.last
    return None if verb_ahead else last


def _from_relative_clause(parse: Parse, head: int) -> Iterator[Description]:
    for child in parse.children[head]:
        if parse.deps[child] != "relcl" or parse.tags[child] not in ("VBZ", "VBP", "VBD"):
            continue
        role = table("role_verbs").get(parse.lemmas[child])
        subject = parse.child(child, "nsubj")
        if role and subject is not None and parse.lemmas[subject] == "who":
            yield describe_words((role[0],), (role[0],))


def _bodies(
    parse: Parse, name: Name, heads: Sequence[int], described: Sequence[Description]
) -> Iterator[int]:
    """Yield the tokens of what a named spokesperson speaks for."""
    for token, description in zip(heads, described, strict=True):
        if description.kind == "spokesperson" and (body := represented(parse, token)) is not None:
            yield body
    if name.description is not None and name.description.kind == "spokesperson":
        token = name.start - 1 if name.start == name.first else name.first - 1
        while token > 0 and (known := noun(parse.lemmas[token])) is not None and known.kind != "spokesperson":
            token -= 1
        body = represented(parse, token)
        if body is None:
            body = _possessor_before(parse, token)
        if body is not None and body != token:
            yield body


def _possessor_before(parse: Parse, token: int) -> int | None:
    """Return the owner in "the ministry's spokeswoman Ada Finch", whose possessive hangs on the name."""
    while token > 0 and parse.pos[token] in ("NOUN", "ADJ", "PROPN"):
        token -= 1
    return token - 1 if parse.tags[token] == "POS" and token > 0 else None
