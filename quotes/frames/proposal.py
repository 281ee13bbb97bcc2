"""What a frame proposes: a cue, its content in one or more readings, a speaker."""

from __future__ import annotations

from typing import NamedTuple

from quotes.attributions import Mention

Range = tuple[int, int]
"""First and last token, both included."""


class Variant(NamedTuple):
    """One reading of where the content begins and ends.

    Attributes:
        name: How the reading was made ("subtree", "onward", ...).
        pieces: Token ranges of the content, in text order.
    """

    name: str
    pieces: tuple[Range, ...]


class Proposal(NamedTuple):
    """A possible attribution, before anything is decided.

    Attributes:
        frame: Name of the construction.
        cue: Tokens of the cue phrase in order; empty without a cue.
        cue_head: Token with the cue's meaning, None without a cue.
        argument: Token that heads the content, None for a bare quotation.
        variants: Readings of the content, the plainest first; never empty. Of a
            clause or a noun the plainest alone, until `quotes.frames.readings.completed`
            adds the others.
        speaker: Mention beside the cue, None without one.
        quotation: Index of the quotation that the content is, None for clauses.
        hole: Tokens of cue and speaker that can't be content, where further
            readings are still to be made; None where ``variants`` has them all.
    """

    frame: str
    cue: tuple[int, ...]
    cue_head: int | None
    argument: int | None
    variants: tuple[Variant, ...]
    speaker: Mention | None
    quotation: int | None = None
    hole: Range | None = None
