"""What noun phrases describe, whose, and of what.

"The Syrian president" is a president, of SY; "her deputy prime minister" a
prime minister, deputy, of the one "her" means.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from quotes.lexicon import table
from quotes.lexicon.entries import Noun, country, designator, noun, noun_by_form, pronoun, word_class
from quotes.syntax.parse import Parse
from quotes.text.spans import Span, trimmed

ARTICLES = frozenset({"the", "a", "an"})
_UNLISTED = Noun("unknown")
_BRACKETS = re.compile(r"(?<=\s)\([^)]*(?:\)|$)")
LONGEST_TITLE = 3
"""Words in the longest office that the lists hold ("leader of the opposition" is read as "leader")."""


class Description(NamedTuple):
    """What a common noun and the words before it say about its referent.

    Attributes:
        noun: Head noun, or the longest listed office ("prime minister").
        type: person, organization, document, group, place or unknown.
        gender: m, f or -.
        kind: Class of interchangeable nouns, - without one.
        standing: As in `Noun`.
        rank: Words that make another office of it ("deputy").
        country: ISO code of the country it belongs to, None when not said.
        modifiers: Other nouns before the head ("agriculture").
        aged: Whether it describes by age or past ("58-year-old former").
        plural: Whether it means several.
        complement: Head token of the "for", "of" ... phrase after it, None without one.
        body: Words of the name in that phrase, in lower case ("hull" of "the mayor of Hull"), or its noun.
    """

    noun: str
    type: str
    gender: str = "-"
    kind: str = "-"
    standing: str = "-"
    rank: frozenset[str] = frozenset()
    country: str | None = None
    modifiers: frozenset[str] = frozenset()
    aged: bool = False
    plural: bool = False
    complement: int | None = None
    body: tuple[str, ...] = ()

    def repeats(self, known: Description) -> bool:
        """Return whether a definite description can repeat an earlier one.

        "The Syrian dictator" repeats "Syrian President"; "the president" does not
        repeat "vice president", nor "the rail minister" "the agriculture minister", nor "the mayor of Leeds"
        "the mayor of Hull".
        """
        same_noun = self.noun == known.noun
        if not same_noun and "counterpart" in (self.noun, known.noun):
            # "the Portuguese leader" is "his Portuguese counterpart", or the reverse
            office = known if self.noun == "counterpart" else self
            if office.standing == "office" and self.country is not None and self.country == known.country:
                return not self.rank and not known.rank
        if not same_noun and (self.kind == "-" or self.kind != known.kind):
            return False
        if self.rank != known.rank or self.plural != known.plural:
            return False
        if self.country and known.country and self.country != known.country:
            return False
        if self.modifiers and known.modifiers and not self.modifiers & known.modifiers:
            return False
        if not may_be_one_body(self.body, known.body):
            return False
        return same_noun or not self.modifiers - known.modifiers

    def is_akin_to(self, other: Description) -> bool:
        """Return whether two descriptions have the same noun, or nouns of one class."""
        return self.noun == other.noun or (self.kind == other.kind and self.kind != "-")

    def contradicts(self, known: Description) -> bool:
        """Return whether one description rules another out ("Republican nominee", "Democratic nominee")."""
        if self.noun != known.noun or self.plural or known.plural:
            return False
        return bool(self.modifiers and known.modifiers and not self.modifiers & known.modifiers)

    def says_as_much_as(self, later: Description) -> bool:
        """Return whether a description has the country and the modifiers of a later one."""
        return later.country in (None, self.country) and later.modifiers <= self.modifiers


def describe_words(
    lemmas: Sequence[str],
    texts: Sequence[str],
    nominal: Sequence[bool] | None = None,
    *,
    placed: Collection[str] = (),
    beside: Iterable[str] = (),
    complement: int | None = None,
    body: tuple[str, ...] = (),
) -> Description:
    """Return the description in the words of an office, head noun last; its type may be "unknown".

    Args:
        lemmas: Lemmas, in order.
        texts: The words as written.
        nominal: Which of the words before the head noun are nouns; all when not given.
        placed: Words that only say where or by whom, in lower case.
        beside: Words outside that may name the country where these name none.
        complement: Head token of the "for", "of" ... phrase after the head noun.
        body: Words of the name in that phrase, in lower case, or its noun.
    """
    size, known = _longest_title(lemmas)
    head = " ".join(lemmas[-size:])
    known = known or noun_by_form(lemmas[-1]) or _UNLISTED
    before = lemmas[:-size]
    ranks, variants = table("rank_modifiers"), table("modifier_variants")
    states = [country(" ".join(texts[i : i + 2])) or country(texts[i]) for i in range(len(before))]
    state = next(filter(None, (*states, *map(country, beside))), None)
    kept = [
        variants.get(word, (word,))[0]
        for i, word in enumerate(before)
        if (nominal is None or nominal[i]) and word not in ranks and not states[i]
    ]
    return Description(
        noun=head,
        type=known.type,
        gender=known.gender,
        kind=known.kind,
        standing=known.standing,
        rank=frozenset([word for word in before if ranks.get(word) == ("kept",)]),
        country=state,
        modifiers=frozenset([word for word in kept if word not in placed]),
        aged=any(word in word_class("age_word") for word in before),
        complement=complement,
        body=body,
    )


def may_be_one_body(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether the words of two names, in lower case, may name one body or place; without words they may.

    >>> may_be_one_body(("port", "board"), ("norfield", "port", "board"))
    True
    >>> may_be_one_body(("un",), ("united", "nations")), may_be_one_body(("hull",), ("leeds",))
    (True, False)
    >>> may_be_one_body(("farmers", "union"), ("miners", "union"))
    False
    >>> may_be_one_body(("museum",), ("library",)), may_be_one_body(("bank",), ("company",))
    (False, True)
    """
    states = [country(" ".join(words)) for words in (one, other)]
    if all(states):
        return states[0] == states[1]
    initials = ["".join(word[0] for word in words) for words in (one, other)]
    if initials[0] in other or initials[1] in one:
        return True
    telling = [{w for w in words if not designator(w) or not (words[1:] or noun(w))} for words in (one, other)]
    if one and other and not any(telling):  # "of the museum", "of the library"
        first, second = noun(one[-1]), noun(other[-1])
        alike = first is not None and second is not None and first.kind == second.kind != "-"
        return alike or one[-1] == other[-1] or not word_class("general_body").isdisjoint((one[-1], other[-1]))
    return not all(telling) or not telling[0].isdisjoint(telling[1])


def _longest_title(lemmas: Sequence[str]) -> tuple[int, Noun | None]:
    for size in range(min(LONGEST_TITLE, len(lemmas)), 1, -1):
        if known := noun(" ".join(lemmas[-size:])):
            return size, known
    return 1, noun(lemmas[-1])


def describe(parse: Parse, head: int) -> Description:
    """Return the description that a noun heads, that of a group for a plural or coordinated noun."""
    found = describe_one(parse, head)
    plural = parse.is_plural(head) or (parse.has_child(head, "conj") and not is_one_person(parse, head))
    several = plural and any(parse.lemmas[c] == "both" for c in parse.children[head])  # "both sides"
    kind = "group" if several or (plural and found.type in ("person", "unknown")) else found.type
    return found._replace(plural=True, type=kind) if plural or kind == "group" else found


def is_one_person(parse: Parse, head: int) -> bool:
    """Return whether coordinated nouns with one article call one person two things.

    "The author and activist" is one, "the author and the activist", "the husband and wife" and "the mayor and
    governor" are two.
    """
    other = parse.child(head, "conj")
    if other is None or parse.has_child(other, "det", "poss", "conj") or not parse.is_definite(head):
        return False
    first, second = noun(_word(parse, head)), noun(_word(parse, other))
    if first is None or second is None or parse.is_plural(head) or parse.is_plural(other):
        return False
    of_person = first.type == second.type == "person" and not {first.standing, second.standing} & {"kin", "relation"}
    apart = "-" not in (first.gender, second.gender) and first.gender != second.gender
    former = any(parse.lemmas[t] in word_class("age_word") for t in parse.premodifiers(head))
    apart |= first.standing == second.standing == "office" and not former
    return of_person and not apart and (first.kind == "-" or first.kind != second.kind)


def describe_one(parse: Parse, head: int) -> Description:
    """Return a description that is known to be of one person or body."""
    before = parse.premodifiers(head)
    tokens = [*before, head]
    if parse.lemmas[head] == "old" and any(parse.lemmas[t] == "year" for t in tokens):
        return Description("year-old", "person", standing="attribute", aged=True)  # "the 61-year-old said"
    complement = _object_after(parse, head, "complement_preposition")
    beside = [parse.words[t] for t in (parse.possessor(head), complement) if t is not None]
    opening = parse.sentence_start(head)
    return describe_words(
        [_word(parse, t) for t in tokens],
        [parse.words[t] for t in tokens],
        # a proper adjective ("Democratic") sets people apart as nouns do
        [parse.pos[t] in ("NOUN", "PROPN") or (parse.words[t][0].isupper() and t != opening) for t in before],
        placed=[parse.lemmas[t] for t in tokens if _is_placed(parse, t)],
        beside=beside,
        complement=complement,
        body=() if complement is None else _name_at(parse, complement),
    )


def _name_at(parse: Parse, head: int) -> tuple[str, ...]:
    """Return the words of the name that heads a phrase, in lower case; of a common noun the lemma."""
    if parse.pos[head] != "PROPN":
        return (parse.lemmas[head],) if parse.pos[head] == "NOUN" and not parse.is_plural(head) else ()
    end = head
    while end < parse.right[head] and parse.pos[end + 1] in ("PROPN", "ADP"):
        end += 1
    return tuple(parse.words[t].lower() for t in range(parse.left[head], end + 1) if parse.pos[t] == "PROPN")


def class_described(parse: Parse, head: int) -> str:
    """Return only the class of nouns of what `describe` reads ("spokesperson"), - without one."""
    tokens = [*parse.premodifiers(head)[1 - LONGEST_TITLE :], head]
    _, known = _longest_title([_word(parse, t) for t in tokens])
    return known.kind if known is not None else "-"


def _word(parse: Parse, token: int) -> str:
    """Return the lemma of a word, which of a proper noun is no lemma but the word."""
    return parse.lemmas[token] if parse.pos[token] != "PROPN" else parse.words[token].lower()


def _is_placed(parse: Parse, token: int) -> bool:
    """Return whether a word only says where, by whom or how often ("Duluth-based", "four-term")."""
    if token >= 2 and parse.words[token - 1] == "-" and parse.tags[token - 2] == "CD":
        return True
    if token + 2 >= len(parse.words) or parse.words[token + 1] != "-":
        return False
    return parse.tags[token + 2] == "VBN" and parse.starts[token + 2] == parse.ends[token + 1]


def _object_after(parse: Parse, noun: int, prepositions: str) -> int | None:
    """Return the head of the first phrase after a noun whose preposition is of a class, None without one."""
    for child in parse.children_with(noun, "prep"):
        if child > noun and parse.lemmas[child] in word_class(prepositions):
            return parse.child(child, "pobj")
    return None


def represented(parse: Parse, head: int) -> int | None:
    """Return the token of the body that a spokesperson noun names, None when it names none.

    "a spokeswoman for the Ministry", "the ministry's spokeswoman", "Pentagon spokesman".
    """
    for body in (_object_after(parse, head, "representing_preposition"), parse.possessor(head)):
        if body is not None:
            return body
    for token in reversed(parse.premodifiers(head)):
        body_noun = noun(parse.lemmas[token])
        if parse.pos[token] == "PROPN" or (body_noun and body_noun.type == "organization"):
            return token
    return None


def is_body_of_spokesperson(parse: Parse, token: int) -> bool:
    """Return whether a noun only says whom a spokesperson speaks for ("a company spokeswoman")."""
    speaker = noun(parse.lemmas[parse.heads[token]])
    return parse.deps[token] == "compound" and speaker is not None and speaker.kind == "spokesperson"


def without_article(text: str, span: Span) -> str:
    """Return a mention's text without a leading article, marks, brackets and odd white space.

    >>> without_article("The  trustees,", Span(0, 14))
    'trustees'
    >>> without_article("the agency (founded in May", Span(0, 26))
    'agency'
    """
    kept = trimmed(text, span, edges=',.;:"“”‘«»()[]')
    parts = _BRACKETS.sub(" ", kept.of(text)).split()
    if len(parts) > 1 and parts[0].lower() in ARTICLES:
        parts = parts[1:]
    return " ".join(parts)


def is_pronoun(parse: Parse, token: int) -> bool:
    """Return whether a token is a personal, possessive or relative pronoun."""
    known = pronoun(parse.words[token])
    return known is not None and (known.case != "relative" or parse.tags[token] in ("WP", "WDT", "WP$"))
