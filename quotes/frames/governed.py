"""What a cue governs, as a proposal: a clause, a noun phrase, the object of a preposition."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.attributions import Mention
from quotes.frames.proposal import Proposal, Range
from quotes.frames.readings import PREPOSITIONAL_FRAME, plainest
from quotes.frames.setting import Setting
from quotes.parse import Parse


def prepositional(
    setting: Setting, cue_head: int, preposition: int, speaker: Mention | None, cue: tuple[int, ...]
) -> Iterator[Proposal]:
    """Propose the object of a preposition ("<called for> [an inquiry]")."""
    parse = setting.parse
    for target in parse.children[preposition]:
        if parse.deps[target] not in ("pobj", "pcomp", "ccomp", "prep") or target < preposition:
            continue
        phrase = (*cue, preposition) if preposition == cue[-1] + 1 else cue
        yield from _clause(
            setting, PREPOSITIONAL_FRAME, phrase, cue_head, target, speaker, (phrase[0], phrase[-1])
        )


def governed(
    setting: Setting, frame: str, cue: tuple[int, ...], head: int, argument: int, speaker: Mention | None
) -> Iterator[Proposal]:
    """Propose what an argument of a cue heads, in its plainest reading, if any is left of it."""
    yield from _clause(setting, frame, cue, head, argument, speaker, cue_zone(setting.parse, cue, speaker))


def _clause(
    setting: Setting,
    frame: str,
    cue: tuple[int, ...],
    head: int,
    argument: int,
    speaker: Mention | None,
    hole: Range,
) -> Iterator[Proposal]:
    variant = plainest(setting, head, argument, hole)
    if variant is not None:
        yield Proposal(frame, cue, head, argument, (variant,), speaker, hole=hole)


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
