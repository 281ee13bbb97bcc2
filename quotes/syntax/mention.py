"""A mention: the words beside a cue that refer to somebody or something."""

from __future__ import annotations

from typing import NamedTuple

from quotes.text.spans import Span

Range = tuple[int, int]
"""First and last token, both included."""


class Mention(NamedTuple):
    """A stretch of text that refers to somebody or something.

    Attributes:
        span: Code points of the mention, without a comma-set apposition.
        head: Index, in the parse, of the token that heads the mention.
    """

    span: Span
    head: int
