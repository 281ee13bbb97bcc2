"""What the values of features are made with: buckets, attitudes, the quoted share."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from quotes.candidates.candidate import Extent
from quotes.syntax.article import Article
from quotes.syntax.parse import Parse

LENGTHS = (1, 2, 3, 5, 8, 12, 20, 35, 60)
DISTANCES = (0, 1, 2, 3, 5, 8, 13, 21)
AUXILIARIES = ("aux", "auxpass")


@lru_cache(maxsize=4096)
def bucket(number: int, steps: Sequence[int]) -> str:
    """Return the bucket of a number: the smallest step not below it, or "more".

    >>> bucket(4, (1, 2, 5))
    '5'
    """
    place = bisect_left(steps, number)
    return str(steps[place]) if place < len(steps) else "more"


def determiner_of(parse: Parse, noun: int) -> str:
    """Return the article or owner of a noun, "none" without one."""
    determiner = parse.child(noun, "det", "poss")
    return "none" if determiner is None else parse.lemmas[determiner]


def quoted_share(article: Article, extent: Extent) -> str:
    """Return how much of an extent is in quotation marks: none, some, most or all."""
    at = article.quotation_at
    outside = size = 0
    for first, last in extent.pieces:
        outside += at[first : last + 1].count(-1)
        size += last - first + 1
    if outside == size:
        return "none"
    return "all" if outside == 0 else "most" if 2 * outside < size else "some"
