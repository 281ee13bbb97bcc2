"""Chooses the place of a source that a statement's quotations are compared with.

Each piece of a quotation may be at several places. The best combination is chosen in two rounds: first
for each statement by itself, by how well its pieces fit, by how near they are to each other, and by
who says them; then, where several places are equally good, by where the statements before and after
it were found, and by what the article around it has in common with the source there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import inf, log1p

from quotes.verification.alignment import Alignment, alignments
from quotes.verification.differences import FARTHEST
from quotes.verification.pieces import Reported
from quotes.verification.sources import Source
from quotes.verification.speakers import same_speaker
from quotes.verification.words import Words

LEAST_FIT = 0.38
"""Fit from which words that differ are still those of the passage; see the benchmarks."""
LEAST_SHARE = 0.68
"""Share of the words, weighted, that such a passage has at least."""
FEWEST_EQUAL = 4
"""Words that are the same, unless all are, or three with the first and the last: "it is hard to avoid" for "it is
hard to believe" may be anybody's, "we have nine pumps" for "we have six pumps" hardly."""
PLAIN_FIT = 0.6
LEAST_RUN = 0.4
"""Share of the words that such a passage has without a break, unless it fits plainly: what has the same sense in
other words throughout is a translation, or another occasion."""
_TELLING = 4
"""Words from which a quotation's place says where those beside it are."""
_MOST_COMBINED = 60
"""Places of one piece that are combined with those of the next."""
_EQUALLY_GOOD = 0.02
_OTHER_SPEAKER = 0.05
_APART = 0.02
"""What a logarithm of the words between two pieces costs."""
_BACK = 0.1
_WRONG_ORDER = 1.0
_AROUND = 100
"""Words of a source before and after a place that are compared with what is around a quotation."""


@dataclass(frozen=True)
class Match:
    """A statement laid beside a source.

    Attributes:
        source: The source.
        alignments: One for each piece, None for a piece without a word in common.
        pieces: The pieces.
        says: Whether the source gives the words to the statement's speaker, None where nobody can tell.
        rivals: Number of other places that are as good.
    """

    source: Source
    alignments: tuple[Alignment | None, ...]
    pieces: tuple[Words, ...]
    says: bool | None
    rivals: int = 0

    @cached_property
    def fit(self) -> float:
        """How well the pieces fit, each weighted by its length, 0 to 1."""
        return self._mean([each.fit if each else 0.0 for each in self.alignments])

    @cached_property
    def score(self) -> float:
        """Share of the words that are there in order, weighted by how rare they are, 0 to 1."""
        return self._mean([each.score if each else 0.0 for each in self.alignments])

    @property
    def is_found(self) -> bool:
        """Whether this is the passage that the words come from."""
        if self.fit < LEAST_FIT or self.score < LEAST_SHARE:
            return False
        if (self.equal < FEWEST_EQUAL and not self.is_closed) or self.smallest_scrap < FEWEST_EQUAL:
            return False
        return self.fit >= PLAIN_FIT or self.longest_run >= LEAST_RUN * sum(map(len, self.pieces))

    @property
    def is_closed(self) -> bool:
        """Whether it begins and ends as the source does there, which has one word more at most."""
        if self.equal < FEWEST_EQUAL - 1 and self.fit < 1.0:
            return False
        ends = (step for each in self.found for step in (each.steps[0], each.steps[-1]))
        size = sum(len(each.source) for each in self.found)
        return all(step.kind == "equal" for step in ends) and size <= sum(map(len, self.pieces)) + 1

    @cached_property
    def equal(self) -> int:
        """How many words are the same."""
        return sum(len(step.source) for each in self.found for step in each.steps if step.kind == "equal")

    @cached_property
    def smallest_scrap(self) -> float:
        """The fewest words of a piece that are together, far from the rest of it: "this country" may be anywhere."""
        fewest = inf
        for each in self.found:
            if any(step.kind in ("changed", "added") for step in each.steps):
                continue  # the differences show what is not from here
            scraps = [len(each.parts[0])]
            for one, other in pairwise(each.parts):
                if abs(other.start - one.stop) <= FARTHEST:
                    scraps[-1] += len(other)
                else:
                    scraps.append(len(other))
            if len(scraps) > 1:
                fewest = min(fewest, *scraps)
        return fewest

    @cached_property
    def longest_run(self) -> int:
        """The most words that are the same without a break."""
        steps = (step for each in self.found for step in each.steps)
        return max((len(step.source) for step in steps if step.kind == "equal"), default=0)

    @property
    def is_telling(self) -> bool:
        """Whether it is found, and long and single enough for its place to be beyond doubt."""
        return self.is_found and not self.rivals and sum(map(len, self.pieces)) >= _TELLING

    @property
    def found(self) -> list[Alignment]:
        """The alignments of the pieces that have a word in common with the source."""
        return [each for each in self.alignments if each is not None]

    @cached_property
    def start(self) -> int:
        """The first word of the source that belongs to it."""
        return min((each.source.start for each in self.found), default=0)

    @cached_property
    def rank(self) -> float:
        """How good it is: its fit, less what is lost when its pieces are far apart or another says them."""
        lost = _OTHER_SPEAKER * (self.says is False)
        for one, other in pairwise(self.found):
            lost += _distance_cost(one, other)
        return self.fit - lost

    def _mean(self, values: Sequence[float]) -> float:
        sizes = [len(piece) for piece in self.pieces]
        total = sum(size * value for size, value in zip(sizes, values, strict=True))
        return total / sum(sizes) if sizes else 0.0


def best_matches(reported: Sequence[Reported], sources: Sequence[Sequence[Source]]) -> list[Match | None]:
    """Return for each statement of an article, in order, the best place in its sources, None without a word in common.

    Args:
        reported: The statements of one article, in order.
        sources: Those that each of them is looked up in.
    """
    choices = [_choices(each, some) for each, some in zip(reported, sources, strict=True)]
    anchors = [some[0] if len(some) == 1 else None for some in choices]
    return [_chosen(index, some, reported, anchors) for index, some in enumerate(choices)]


def _choices(reported: Reported, sources: Iterable[Source]) -> list[Match]:
    """Return the places that are about as good as the best one, in the order of the sources."""
    found = [match for source in sources for match in _matches(reported, source)]
    best = max((match.rank for match in found), default=0.0)
    return [match for match in found if match.rank >= best - _EQUALLY_GOOD]


def _matches(reported: Reported, source: Source) -> list[Match]:
    """Return the places of a source for all pieces together, one for each place of the piece that tells most."""
    places = [alignments(piece, source.words) for piece in reported.pieces]
    if not any(places):
        return []
    # the piece with the fewest places that fit holds the others in place
    sizes = [(-max((each.fit for each in some), default=-1.0), len(some), index) for index, some in enumerate(places)]
    anchor = min(sizes)[2]
    matches = []
    for start in places[anchor][:_MOST_COMBINED]:
        chain: list[Alignment | None] = [start]
        for index in range(anchor + 1, len(places)):
            chain.append(_nearest(places[index], chain, forward=True))
        backward: list[Alignment | None] = [start]
        for index in range(anchor - 1, -1, -1):
            backward.append(_nearest(places[index], backward, forward=False))
        found = (*backward[:0:-1], *chain)
        matches.append(Match(source, found, reported.pieces, _says(reported, source, found)))
    return matches


def _nearest(places: Sequence[Alignment], chain: Sequence[Alignment | None], *, forward: bool) -> Alignment | None:
    """Return the place that goes best with the one before (or, backwards, after) it, None without any."""
    beside = next((each for each in reversed(chain) if each is not None), None)
    if beside is None or not places:
        return places[0] if places else None
    return max(
        places,
        key=lambda each: each.fit - (_distance_cost(beside, each) if forward else _distance_cost(each, beside)),
    )


def _distance_cost(one: Alignment, other: Alignment) -> float:
    """Return what it costs that one piece is followed by another: little for near ones, more when it is before."""
    between = other.parts[0].start - one.parts[-1].stop
    return _APART * log1p(abs(between)) + (_BACK if between < 0 else 0.0)


def _says(reported: Reported, source: Source, found: Iterable[Alignment | None]) -> bool | None:
    """Return whether the speaker of a statement says the words in the source, None where nobody can tell."""
    if not source.turns:
        return None
    turns = [source.turn_at(step.source[0]) for each in found if each for step in each.steps if step.kind == "equal"]
    told = [same_speaker(reported.statement.speaker, turn.speaker) for turn in turns if turn is not None]
    return False if False in told else True if True in told else None


def _chosen(
    index: int, choices: Sequence[Match], reported: Sequence[Reported], anchors: Sequence[Match | None]
) -> Match | None:
    """Return the choice that says most, then the one that fits best to what is around the statement."""
    if len(choices) < 2:
        return choices[0] if choices else None
    before = next((match for match in anchors[index - 1 :: -1] if match and match.is_found), None) if index else None
    after = next((match for match in anchors[index + 1 :] if match and match.is_found), None)
    around = _words_around(index, reported)

    def goodness(match: Match) -> tuple[bool, float, float, int]:
        shared = len(around & _words_of_place(match))
        apart = _steps_between(before, match) + _steps_between(match, after)
        return match.says is True, shared - apart, match.rank, -match.start

    best = max(choices, key=goodness)
    rivals = sum(match.says is best.says for match in choices) - 1
    return replace(best, rivals=rivals)


def _steps_between(one: Match | None, other: Match | None) -> float:
    """Return how far apart two places are, more where they are in the other order; 0 where one is not known."""
    if one is None or other is None:
        return 0.0
    if one.source is not other.source:
        return log1p(len(one.source.words))
    return log1p(abs(other.start - one.start)) + (_WRONG_ORDER if other.start < one.start else 0.0)


def _words_around(index: int, reported: Sequence[Reported]) -> frozenset[str]:
    """Return the longer words of the statements before and after one."""
    beside = (*reported[max(0, index - 1) : index], *reported[index + 1 : index + 2])
    return frozenset(form for each in beside for piece in each.pieces for form in piece.forms if len(form) > 4)


def _words_of_place(match: Match) -> frozenset[str]:
    return frozenset(match.source.words.forms[max(0, match.start - _AROUND) : match.start + _AROUND])
