"""What the values of features are made with: buckets, attitudes, the quoted share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from quotes.frames.proposal import Variant
from quotes.frames.setting import Setting
from quotes.lexicon import table
from quotes.parse import Parse

LENGTHS = (1, 2, 3, 5, 8, 12, 20, 35, 60)
DISTANCES = (0, 1, 2, 3, 5, 8, 13, 21)
AUXILIARIES = ("aux", "auxpass")


@cache
def attitudes() -> dict[str, str]:
    """Return the attitude of each cue word."""
    return {lemma: fields[1].split(",")[0] for lemma, fields in table("cues").items()}


def bucket(number: int, steps: Sequence[int]) -> str:
    """Return the bucket of a number: the smallest step not below it, or "more".

    >>> bucket(4, (1, 2, 5))
    '5'
    """
    return next((str(step) for step in steps if number <= step), "more")


def determiner_of(parse: Parse, noun: int) -> str:
    """Return the article or owner of a noun, "none" without one."""
    return next((parse.lemmas[c] for c in parse.children[noun] if parse.deps[c] in ("det", "poss")), "none")


def quoted_share(setting: Setting, variant: Variant) -> str:
    """Return how much of a reading stands in quotation marks: none, some, most or all."""
    tokens = [t for a, b in variant.pieces for t in range(a, b + 1)]
    inside = sum(setting.quotation_at[t] >= 0 for t in tokens)
    if inside == 0:
        return "none"
    return "all" if inside == len(tokens) else "most" if 2 * inside > len(tokens) else "some"
