"""Which tokens the encoder looks at to judge a candidate, one extent of its content, and its speaker."""

from __future__ import annotations

from quotes.candidates.candidate import Candidate, Extent

NOWHERE = -1
"""Place that a candidate lacks: a quotation without a cue has none for it."""
FARTHEST = 150
"""Most tokens between a cue, or the beginning of a quotation without one, and the speaker."""
Places = tuple[int, ...]


def candidate_places(candidate: Candidate) -> Places:
    """Return five tokens: cue, head of the content, head of the speaker, first and last word of the content."""
    pieces = candidate.extents[0].pieces
    speaker = NOWHERE if candidate.speaker is None else candidate.speaker.head
    return _or_nowhere(candidate.cue_head), _or_nowhere(candidate.argument), speaker, pieces[0][0], pieces[-1][1]


def extent_places(candidate: Candidate, extent: Extent, tokens: int) -> Places:
    """Return seven tokens: cue, head, first, the one before it, last, the one after it, end of the first piece.

    ``tokens`` is how many the document has.
    """
    first, last = extent.pieces[0][0], extent.pieces[-1][1]
    after = last + 1 if last + 1 < tokens else NOWHERE
    cue, head = _or_nowhere(candidate.cue_head), _or_nowhere(candidate.argument)
    return cue, head, first, first - 1, last, after, extent.pieces[0][1]


def speaker_window(candidate: Candidate, tokens: int) -> range:
    """Return the tokens among which the speaker of a candidate is looked for."""
    center = candidate.extents[0].pieces[0][0] if candidate.cue_head is None else candidate.cue_head
    return range(max(0, center - FARTHEST), min(tokens, center + FARTHEST + 1))


def _or_nowhere(token: int | None) -> int:
    return NOWHERE if token is None else token
