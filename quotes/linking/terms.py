"""Words as they are compared between reports, and how rare each of them is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, KeysView, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from math import log, sqrt
from typing import TypeAlias

from quotes.lexicon import words

Vector: TypeAlias = "dict[str, float]"
"""The weight of each term, its length 1."""

BACKGROUND = "words.tsv"
_WORDS_KEPT = 262_144


@lru_cache(maxsize=_WORDS_KEPT)
def stem(form: str) -> str:
    """Return what the forms of a word have in common, "" for a function word.

    >>> stem("proposals"), stem("proposed"), stem("the")
    ('propos', 'propos', '')
    """
    return "" if form in words("function_words") else str(_stemmer().stemWord(form.removesuffix("'s")))


def stems(forms: Iterable[str]) -> tuple[str, ...]:
    """Return the stems of some words, function words left out."""
    return tuple(filter(None, map(stem, forms)))


class Rarity:
    """How rare terms are: the fewer documents have one, the more it counts.

    The documents at hand are counted together with those that the package knows of, so that a few
    articles about one thing do not make its words common, nor everything else rare.
    """

    def __init__(self, counts: Mapping[str, int] | None = None, documents: int = 0) -> None:
        """Take the number of documents at hand, and how many of them have each term."""
        known, total = background()
        self._counts, self._known = counts or {}, known
        self._documents = total + documents
        self._weights: dict[str, float] = {}

    def __call__(self, term: str) -> float:
        """Return the logarithm of how many documents there are to one that has the term."""
        weight = self._weights.get(term)
        if weight is None:
            count = self._counts.get(term, 0) + self._known.get(term, 0)
            weight = self._weights[term] = log((self._documents + 1) / (count + 1))
        return weight

    @property
    def terms(self) -> KeysView[str]:
        """All terms of the documents at hand."""
        return self._counts.keys()

    def mass(self, terms: Iterable[str]) -> float:
        """Return what some terms weigh together."""
        return sum(map(self, terms))

    def vector(self, terms: Mapping[str, int] | Iterable[str]) -> Vector:
        """Return terms with their frequency times their rarity, scaled to length 1."""
        weights = {term: count * self(term) for term, count in Counter(terms).items()}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {term: weight / length for term, weight in weights.items()}


def cosine(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors, 0 to 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def rarity_of(documents: Iterable[Iterable[str]]) -> Rarity:
    """Return how rare terms are, given those of each document at hand."""
    number, counts = 0, Counter[str]()
    for terms in documents:
        number += 1
        counts.update(set(terms))
    return Rarity(counts, number)


@cache
def background() -> tuple[Mapping[str, int], int]:
    """Return in how many news articles each common word is, and how many were counted."""
    lines = (files("quotes.linking") / "weights" / BACKGROUND).read_text("utf-8").splitlines()
    counts = {term: int(count) for term, count in (line.split("\t") for line in lines[1:])}
    return counts, counts.pop("")


@cache
def _stemmer():  # type: ignore[no-untyped-def]  # the library has no types
    import snowballstemmer

    return snowballstemmer.stemmer("english")
