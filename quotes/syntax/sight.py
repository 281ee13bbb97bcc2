"""The first sight: whether a candidate is worth being made, before anything of it is computed.

Every verb with an object could attribute something, and nine in ten verbs never
do. Cue, frame, and how the content begins tell most of it. Each of these few
features has a weight, learned from an annotated corpus (`quotes.training`);
their sum decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from quotes.syntax.parse import Parse

PREPOSITIONAL_FRAME = "prepositional_content"
"""The frame whose content is the object of a preposition that hangs on the cue."""

Weights = Mapping[str, float]
Content = tuple[str, int | None]
"""What a cue may have for its content: the frame, and the token that heads it if one does."""


class Seen(NamedTuple):
    """Where the first sight looks.

    Attributes:
        parse: The parse.
        quotation_at: For each token the quotation around it, -1 outside.
        frame: Name of the construction.
        cue: The cue word.
        argument: Token that heads the content, None for what has no such head.
        has_speaker: Whether somebody stands beside the cue.
    """

    parse: Parse
    quotation_at: Sequence[int]
    frame: str
    cue: int
    argument: int | None
    has_speaker: bool


def sight_features(seen: Seen) -> list[str]:
    """Return the features that decide whether something is worth being proposed.

    Each is named ``kind=frame|value`` or ``kind=cue|value``.
    """
    parse, frame, argument = seen.parse, seen.frame, seen.argument
    word = parse.lemmas[seen.cue]
    out = [
        f"speaker={frame}|{_yes(seen.has_speaker)}",
        f"cue={frame}|{word}",
        f"tag={frame}|{parse.tags[seen.cue]}",
        f"dependency={frame}|{parse.deps[seen.cue]}",
        f"any frame={word}|",
    ]
    if argument is not None:
        first = parse.left[argument]
        out += (
            f"quoted={frame}|{_yes(seen.quotation_at[first] >= 0)}",
            f"argument={frame}|{parse.tags[argument]}",
            f"opening={frame}|{parse.lemmas[first]}",
            f"cue opening={word}|{parse.lemmas[first]}",
        )
        if frame == PREPOSITIONAL_FRAME:
            preposition = parse.lemmas[parse.heads[argument]]
            out += (f"preposition={frame}|{preposition}", f"cue preposition={word}|{preposition}")
    return out


class FirstSight:
    """Refuses most of what frames could propose.

    Attributes:
        weights: Weight of each known feature; unknown ones count nothing.
        bias: Added to every sum of weights.
        least: Least log-odds of what is worth being proposed.
    """

    def __init__(self, weights: Weights, bias: float = 0.0, least: float = 0.0) -> None:
        self.weights, self.bias, self.least = weights, bias, least
        self._of_frame = _tables(weights, _OF_FRAME)
        for speaker, *_ in self._of_frame.values():
            speaker["either"] = max(speaker.get("yes", 0.0), speaker.get("no", 0.0))
        self._of_cue = _tables(weights, _OF_CUE)

    def log_odds(self, seen: Seen) -> float:
        """Return the log-odds that something is an attribution: the sum of its features' weights."""
        parse, quotation_at, frame, cue, argument, has_speaker = seen
        return self.log_odds_of(parse, quotation_at, cue, ((frame, argument),), has_speaker)[0]

    def doubts(self, frame: str, *, has_speaker: bool) -> bool:
        """Return whether having a speaker, or none, makes a frame less likely than the other."""
        speaker = self._of_frame.get(frame, _UNKNOWN_FRAME)[0]
        return speaker.get(_yes(has_speaker), 0.0) < speaker.get("either", 0.0)

    def log_odds_of(
        self,
        parse: Parse,
        quotation_at: Sequence[int],
        cue: int,
        contents: Iterable[Content],
        has_speaker: bool | None,
    ) -> list[float]:
        """Return the log-odds of each content that a cue may have.

        Asked of every fourth word, it looks values up in tables and makes no names.

        Args:
            parse: The parse.
            quotation_at: For each token the quotation around it, -1 outside.
            cue: The cue word.
            contents: Frame of each content, and the token that heads it if one does.
            has_speaker: Whether somebody stands beside the cue; None for whichever is likelier.
        """
        lemmas, tags = parse.lemmas, parse.tags
        word, tag, dependency = lemmas[cue], tags[cue], parse.deps[cue]
        beside = "either" if has_speaker is None else _yes(has_speaker)
        any_frame, cue_openings, cue_prepositions = self._of_cue.get(word, _UNKNOWN_CUE)
        out = []
        for frame, argument in contents:
            speaker, cues, cue_tags, dependencies, quoted, arguments, openings, prepositions = (
                self._of_frame.get(frame, _UNKNOWN_FRAME)
            )
            total = (
                self.bias
                + speaker.get(beside, 0.0)
                + cues.get(word, 0.0)
                + cue_tags.get(tag, 0.0)
                + dependencies.get(dependency, 0.0)
                + any_frame.get("", 0.0)
            )
            if argument is not None:
                first = parse.left[argument]
                opening = lemmas[first]
                total += (
                    quoted.get("yes" if quotation_at[first] >= 0 else "no", 0.0)
                    + arguments.get(tags[argument], 0.0)
                    + openings.get(opening, 0.0)
                    + cue_openings.get(opening, 0.0)
                )
                if frame == PREPOSITIONAL_FRAME:
                    preposition = lemmas[parse.heads[argument]]
                    total += prepositions.get(preposition, 0.0) + cue_prepositions.get(preposition, 0.0)
            out.append(total)
        return out


_OF_FRAME = ("speaker", "cue", "tag", "dependency", "quoted", "argument", "opening", "preposition")
_OF_CUE = ("any frame", "cue opening", "cue preposition")
_UNKNOWN_FRAME: tuple[dict[str, float], ...] = tuple({} for _ in _OF_FRAME)
_UNKNOWN_CUE: tuple[dict[str, float], ...] = tuple({} for _ in _OF_CUE)


def _tables(weights: Weights, kinds: Sequence[str]) -> dict[str, tuple[dict[str, float], ...]]:
    """Return for each frame, or cue, the weights of the values of each kind of feature."""
    out: dict[str, tuple[dict[str, float], ...]] = {}
    for feature, weight in weights.items():
        kind, _, pair = feature.partition("=")
        if kind in kinds:
            key, _, value = pair.partition("|")
            out.setdefault(key, tuple({} for _ in kinds))[kinds.index(kind)][value] = weight
    return out


def _yes(fact: bool) -> str:
    return "yes" if fact else "no"
