"""What a cue governs, as a candidate: a clause, a noun phrase, the object of a preposition."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.candidates.candidate import Candidate
from quotes.candidates.extents import plainest
from quotes.syntax.article import Article
from quotes.syntax.mention import Mention, Range
from quotes.syntax.parse import Parse
from quotes.syntax.sight import PREPOSITIONAL_FRAME


def objects_of(parse: Parse, preposition: int) -> list[int]:
    """Return the heads of what a preposition leads to ("called for [an inquiry]")."""
    return [
        target
        for target in parse.children[preposition]
        if target > preposition and parse.deps[target] in ("pobj", "pcomp", "ccomp", "prep")
    ]


def governed(
    article: Article, frame: str, cue: tuple[int, ...], head: int, argument: int, speaker: Mention | None
) -> Iterator[Candidate]:
    """Propose what an argument of a cue heads, in its plainest reading, if any is left of it.

    Args:
        article: The document's article.
        frame: Name of the construction.
        cue: The cue phrase; a preposition right behind it that leads to the argument is added.
        head: The cue word.
        argument: Token that heads the content.
        speaker: Mention beside the cue, None without one.
    """
    parse = article.parse
    if frame == PREPOSITIONAL_FRAME:
        preposition = parse.heads[argument]
        cue = (*cue, preposition) if preposition == cue[-1] + 1 else cue
        hole = cue[0], cue[-1]
    else:
        hole = cue_zone(parse, cue, speaker)
    extent = plainest(article, head, argument, hole)
    if extent is not None:
        yield Candidate(frame, cue, head, argument, (extent,), speaker, hole=hole)


def cue_zone(parse: Parse, cue: tuple[int, ...], speaker: Mention | None) -> Range:
    """Return the run of tokens from the speaker to the cue, if nothing but them lies between."""
    first, last = cue[0], cue[-1]
    if speaker is None:
        return first, last
    left, right = parse.left[speaker.head], parse.right[speaker.head]
    if right < first and first - right <= 2:
        first = left
    elif left > last and left - last <= 2:
        last = right
    return first, last
