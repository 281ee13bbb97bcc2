"""The dependency parse of a document as columns, and the questions that every stage asks of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quotes.lexicon.entries import determiner_kinds
from quotes.syntax.mention import Range
from quotes.text.spans import Span

FINITE = ("VBD", "VBZ", "VBP")
"""Tags of verbs in past and present tense."""
FINITE_OR_MODAL = (*FINITE, "MD")
MOST_ANCESTORS = 80
"""Heads above a token that are looked at, so that a run-on sentence stays cheap."""
_PREMODIFYING = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "ADV"})
_LONGEST_PREMODIFIERS = 12
"""Tokens before a noun within which its modifiers are looked for."""


@dataclass(frozen=True, slots=True)
class Parse:
    """The dependency parse of a document as columns, one entry a token.

    Attributes:
        text: The document's text, untouched.
        words: Token texts, as the document has them.
        starts: First code point of each token, in the document.
        ends: One past the last code point of each token.
        lemmas: Lemmas in lower case.
        pos: Universal parts of speech.
        tags: Penn Treebank tags.
        deps: ClearNLP dependency labels, "ROOT" for a sentence's root.
        heads: Index of each token's head; a root is its own head.
        entity_types: OntoNotes entity label, "" outside of entities.
        entities: Entities as (first token, one past the last token, label).
        sentences: Index of each token's sentence.
        sentence_bounds: Sentences as (first token, one past the last token).
        paragraphs: Index of each token's paragraph in the document.
        children: Dependents of each token, in text order.
        left: First token of each token's subtree.
        right: Last token of each token's subtree.
        surnames: Last words of the entities that are people.
        model: Name of the pipeline.
        model_version: Version of the pipeline.
    """

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lemmas: tuple[str, ...]
    pos: tuple[str, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    entity_types: tuple[str, ...]
    entities: tuple[tuple[int, int, str], ...]
    sentences: tuple[int, ...]
    sentence_bounds: tuple[tuple[int, int], ...]
    paragraphs: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    model: str
    model_version: str
    surnames: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        surnames = frozenset([self.words[end - 1] for _, end, kind in self.entities if kind == "PERSON"])
        object.__setattr__(self, "surnames", surnames)

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, last: int) -> Span:
        """Return the code points from token ``first`` to token ``last``, both included."""
        return Span(self.starts[first], self.ends[last])

    def tokens_in(self, span: Span) -> range:
        """Return the indices of the tokens that overlap a span."""
        return range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end))

    def words_in(self, span: Span) -> list[int]:
        """Return the indices of the words that overlap a span, punctuation and white space left out."""
        return list(filter(self.is_word, self.tokens_in(span)))

    def range_of(self, span: Span) -> Range | None:
        """Return the first and last token of a span, None where it holds no word."""
        tokens = self.tokens_in(span)
        return (tokens[0], tokens[-1]) if any(map(self.is_word, tokens)) else None

    def lower(self, token: int) -> str:
        """Return a token's text in lower case."""
        return self.words[token].lower()

    def is_word(self, token: int) -> bool:
        """Return whether a token is neither punctuation nor white space."""
        return self.pos[token] not in ("PUNCT", "SPACE")

    def is_main_verb(self, token: int) -> bool:
        """Return whether a token is a verb, the copula included, and no auxiliary of another."""
        is_auxiliary = self.deps[token] in ("aux", "auxpass")
        return self.pos[token] == "VERB" or (self.pos[token] == "AUX" and not is_auxiliary)

    def heads_clause(self, token: int) -> bool:
        """Return whether a token is a verb, or in form and place a verb that the tagger took for none."""
        return self.pos[token] == "VERB" or (
            self.tags[token][:2] == "VB" and self.deps[token] in ("ROOT", "conj", "advcl", "ccomp")
        )

    def is_finite(self, verb: int) -> bool:
        """Return whether a verb is in past or present tense; a modal verb is not."""
        return self.tags[verb] in FINITE

    def is_passive(self, verb: int) -> bool:
        """Return whether a verb has a passive auxiliary."""
        return self.has_child(verb, "auxpass")

    def is_negated(self, verb: int) -> bool:
        """Return whether "not" hangs on a verb."""
        return self.has_child(verb, "neg")

    def is_infinitive(self, verb: int) -> bool:
        """Return whether a verb has "to" before it."""
        return any(self.tags[child] == "TO" and child < verb for child in self.children[verb])

    def is_plural(self, noun: int) -> bool:
        """Return whether a noun is tagged as a plural."""
        return self.tags[noun] in ("NNS", "NNPS")

    def is_date(self, token: int) -> bool:
        """Return whether the recognizer takes a token for part of a date or a time."""
        return self.entity_types[token] in ("DATE", "TIME")

    def child(self, token: int, *labels: str) -> int | None:
        """Return the first dependent with one of these labels, None without one."""
        deps = self.deps
        for child in self.children[token]:
            if deps[child] in labels:
                return child
        return None

    def has_child(self, token: int, *labels: str) -> bool:
        """Return whether a token has a dependent with one of these labels."""
        return self.child(token, *labels) is not None

    def children_with(self, token: int, *labels: str) -> list[int]:
        """Return the dependents with one of these labels, in text order."""
        deps = self.deps
        return [child for child in self.children[token] if deps[child] in labels]

    def ancestors(self, token: int, most: int = MOST_ANCESTORS) -> Iterator[int]:
        """Yield a token's head, that one's head, and so on up to the root, ``most`` at most."""
        for _ in range(most):
            head = self.heads[token]
            if head == token:
                return
            yield head
            token = head

    def is_under(self, token: int, ancestor: int) -> bool:
        """Return whether a token lies between the first and the last token of another's subtree."""
        return self.left[ancestor] <= token <= self.right[ancestor]

    def is_root(self, token: int) -> bool:
        """Return whether a token is its sentence's root."""
        return self.heads[token] == token

    def agent(self, verb: int) -> int | None:
        """Return the noun in a passive verb's by-phrase, None without one."""
        by = self.child(verb, "agent")
        return None if by is None else self.child(by, "pobj")

    def possessor(self, noun: int) -> int | None:
        """Return the token that owns a noun ("her" in "her grandson"), None without one."""
        return self.child(noun, "poss")

    def premodifiers(self, noun: int) -> tuple[int, ...]:
        """Return the adjectives and nouns directly before a noun, hyphens left out."""
        before: list[int] = []
        opening = max(self.sentence_start(noun), noun - _LONGEST_PREMODIFIERS)
        for token in range(noun - 1, opening - 1, -1):
            if self.pos[token] in _PREMODIFYING or self.deps[token] in ("amod", "compound"):
                before.append(token)
            elif self.words[token] != "-":
                break
        return tuple(reversed(before))

    def is_definite(self, noun: int) -> bool:
        """Return whether a noun points back or to a known holder: "the N", "this N"."""
        determiner = self.child(noun, "det")
        if determiner is not None:
            return "definite" in determiner_kinds(self.lemmas[determiner])
        before = next(iter(self.premodifiers(noun)), noun) - 1
        return before >= 0 and self.lower(before) == "the"

    def is_indefinite(self, noun: int) -> bool:
        """Return whether a noun brings in somebody new ("a donor", "another official", "two officials")."""
        determiner = self.child(noun, "det", "nummod")
        if determiner is None:
            return False
        return self.deps[determiner] == "nummod" or "indefinite" in determiner_kinds(self.lemmas[determiner])

    def is_quantified(self, noun: int) -> bool:
        """Return whether a noun means anybody of a kind ("every voter", "no minister")."""
        determiner = self.child(noun, "det")
        return determiner is not None and "quantifier" in determiner_kinds(self.lemmas[determiner])

    def is_bare(self, noun: int) -> bool:
        """Return whether a singular noun has neither article nor owner ("Syrian President announced")."""
        return not self.is_plural(noun) and not self.has_child(noun, "poss", "det", "nummod")

    def entity_of(self, token: int) -> Range | None:
        """Return the first and the last token of the entity that a token is in, None outside."""
        before = bisect_right(self.entities, (token, len(self), "")) - 1
        if before < 0:
            return None
        start, end, _ = self.entities[before]
        return (start, end - 1) if token < end else None

    def sentence_of(self, token: int) -> tuple[int, int]:
        """Return the first token of a token's sentence and one past its last."""
        return self.sentence_bounds[self.sentences[token]]

    def sentence_start(self, token: int) -> int:
        """Return the first token of a token's sentence."""
        return self.sentence_of(token)[0]

    def opens_sentence(self, token: int) -> bool:
        """Return whether a token is the first of its sentence."""
        return self.sentence_start(token) == token

    def same_sentence(self, token: int, other: int) -> bool:
        """Return whether two tokens are in one sentence."""
        return self.sentences[token] == self.sentences[other]

    def same_paragraph(self, token: int, other: int) -> bool:
        """Return whether two tokens are in one paragraph."""
        return self.paragraphs[token] == self.paragraphs[other]


def edges(heads: Sequence[int]) -> tuple[list[list[int]], list[int], list[int]]:
    """Return dependents in order, first and last subtree token of each token; roots are their own heads."""
    count = len(heads)
    left = list(range(count))  # all three hold the same numbers, each of which is there once
    right = [*left]
    children: list[list[int]] = [[] for _ in range(count)]
    for token, head in zip(left, heads, strict=True):
        if head != token:
            children[head].append(token)
    order = [token for token, head in zip(left, heads, strict=True) if head == token]
    for token in order:
        order.extend(children[token])
    for token in reversed(order):
        head = heads[token]
        left[head] = min(left[head], left[token])
        right[head] = max(right[head], right[token])
    return children, left, right
