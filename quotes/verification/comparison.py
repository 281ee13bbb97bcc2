"""A statement's quotations beside the passage found for them: what differs, what is left out, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from quotes.lexicon.entries import word_class
from quotes.models import Concern, Verdict
from quotes.text.spans import Span
from quotes.verification.alignment import Alignment
from quotes.verification.differences import FARTHEST, WordDifference, begins_sentence, concern_of, differences
from quotes.verification.matching import Match
from quotes.verification.sources import Source
from quotes.verification.words import Words

_LONGEST_CUT = 60
"""Words before or after a passage that are looked at for a clause that was cut."""
_OPENING = 3
"""Words at the start of a sentence among which a condition may begin: "And if there is ..."."""
_OPINION = 4
"""Words before a passage among which a denied opinion ends: "I do not think that"."""


class Gap(NamedTuple):
    """Words of the source that are left out between two words of a quotation.

    Attributes:
        place: Where the quotation leaves them out, in places of the article's text as it is read.
        source: The words left out; none where the quotation goes on further up in the source.
        lost: How many of them the speaker says.
        marked: Whether an ellipsis shows it.
        at_cue: Whether something else is between, such as "she said".
        concerns: What the words left out bear on, None for nothing and for whole sentences.
    """

    place: Span
    source: range
    lost: int
    marked: bool
    at_cue: bool
    concerns: Concern | None

    @property
    def is_far(self) -> bool:
        """Whether what is before and after it is from different passages."""
        return not self.source or self.lost > FARTHEST


class Cut(NamedTuple):
    """Words of the passage's sentence that the quotation leaves out at an end, and what they bear on."""

    source: range
    concerns: Concern


@dataclass(frozen=True)
class Comparison:
    """A statement's pieces and the passage that was found for them.

    Attributes:
        match: Where the pieces are in the source.
        runs_on: Whether the pieces are given as one speech.
        before: The quotation that this one goes on from, None for one that stands alone.
        after: The one that goes on from this one.
    """

    match: Match
    runs_on: bool
    before: Match | None = None
    after: Match | None = None

    @property
    def source(self) -> Source:
        """The source."""
        return self.match.source

    @property
    def words(self) -> Words:
        """The words of the source."""
        return self.match.source.words

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict for words that were found; of several that hold, the weightiest."""
        if any(each.kind != "dropped" for _, each in self.differing):
            return "altered"
        if any(gap.is_far for gap in self.gaps):
            return "spliced"
        return "trimmed" if self.gaps else "verbatim"

    @cached_property
    def differing(self) -> list[tuple[int, WordDifference]]:
        """The differences inside the pieces, each with the index of its piece; a piece not found is added."""
        found = []
        for index, (piece, alignment) in enumerate(zip(self.match.pieces, self.match.alignments, strict=True)):
            if alignment is None:
                whole = range(len(piece))
                concern = concern_of(piece, whole, self.words, range(0))
                found.append((index, WordDifference("added", whole, range(0), concern)))
            else:
                found += [(index, each) for each in differences(alignment, self.words)]
        return [(index, each) for index, each in found if each.quotation or self._lost(each.source)]

    @cached_property
    def gaps(self) -> list[Gap]:
        """What is left out inside the pieces and, where they are one speech, between them."""
        every = (*self._gaps_inside(), *self._gaps_at_cues())
        return sorted((gap for gap in every if gap.lost or not gap.source), key=lambda gap: gap.place)

    @cached_property
    def stretches(self) -> list[range]:
        """The passage as runs of words of the source, in the order of the quotation, split where it is far apart."""
        runs: list[range] = []
        for alignment in self.match.alignments:
            own: list[range] = []
            for part in alignment.parts if alignment else ():
                if own and own[-1].stop <= part.start <= own[-1].stop + FARTHEST and self._same_turn(own[-1], part):
                    own[-1] = range(own[-1].start, part.stop)
                else:
                    own.append(part)
            runs += own
        return runs

    def cuts(self) -> Iterator[Cut]:
        """Yield conditions and doubts of the passage's sentences that the quotation leaves out at its ends.

        "[If there is such a wish, then] we will come", "we will come[, unless it rains]",
        "[I do not think that] we will come".
        """
        words = self.words
        openers, opinions = word_class("condition_opener"), word_class("opinion_verb")
        first, last = self.stretches[0].start, self.stretches[-1].stop
        start = first
        while not begins_sentence(words, start) and start > 0 and first - start < _LONGEST_CUT:
            start -= 1
        for place in range(start, first):
            if words.forms[place] in openers and (place - start < _OPENING or self._after_break(place)):
                yield Cut(range(place, first), "condition")
                break
            if words.forms[place] in opinions and first - place <= _OPINION and self._is_denied(start, place):
                yield Cut(range(start, first), "negation")
                break
        end = last
        while end < len(words) and not begins_sentence(words, end) and end - last < _LONGEST_CUT:
            end += 1
        for place in range(last, end):
            if words.forms[place] in openers and (place - last < _OPENING - 1 or self._after_break(place)):
                yield Cut(range(place, end), "condition")
                break

    def _gaps_inside(self) -> Iterator[Gap]:
        for alignment in filter(None, self.match.alignments):
            words = alignment.words
            for step in alignment.steps:
                if step.kind in ("dropped", "back"):
                    at = step.quotation.start
                    place = Span(words.ends[at - 1], max(words.starts[at], words.ends[at - 1]))
                    yield self._gap(place, step.source, marked=at in words.omissions)

    def _gaps_at_cues(self) -> Iterator[Gap]:
        own = [each for each in self.match.alignments if each] if self.runs_on else []
        first, last = self.match.found[:1], self.match.found[-1:]
        chains = [own]
        if self.before is not None and self.before.source is self.source:
            chains.append([*self.before.found[-1:], *first])
        if self.after is not None and self.after.source is self.source:
            chains.append([*last, *self.after.found[:1]])
        for one, other in (pair for chain in chains for pair in pairwise(chain)):
            left, goes_on = one.parts[-1].stop, other.parts[0].start
            if goes_on != left:
                marked = len(one.words) in one.words.omissions or 0 in other.words.omissions
                place = Span(one.words.ends[-1], max(other.words.starts[0], one.words.ends[-1]))
                yield self._gap(place, range(left, max(left, goes_on)), marked=marked, at_cue=True)

    def _gap(self, place: Span, source: range, *, marked: bool, at_cue: bool = False) -> Gap:
        lost = self._lost(source)
        concern: Concern | None = None
        if 0 < lost <= FARTHEST and not self._is_sentences(source):
            concern = concern_of(self.words, range(0), self.words, source)
        return Gap(place, source, lost, marked, at_cue, concern)

    def _lost(self, gap: range) -> int:
        """Return how many of the words left out the speaker says: not what is in brackets, nor what others call out."""
        own = [word for word in gap if word not in self.words.inserted]
        if not self.source.turns or not own:
            return len(own)
        ends = {
            self.source.speaker_at(max(gap.start - 1, 0)),
            self.source.speaker_at(min(gap.stop, len(self.words) - 1)),
        }
        if len(ends) > 1:
            return len(own)
        return sum(self.source.speaker_at(word) in ends for word in own)

    def _is_sentences(self, stretch: range) -> bool:
        return begins_sentence(self.words, stretch.start) and begins_sentence(self.words, stretch.stop)

    def _same_turn(self, one: range, other: range) -> bool:
        return self.source.speaker_at(one.stop - 1) == self.source.speaker_at(other.start)

    def _after_break(self, place: int) -> bool:
        """Return whether a comma, a dash or the like is before a word."""
        words = self.words
        return place > 0 and words.text[words.ends[place - 1] : words.starts[place]].strip(" \n\t\"'“”’") != ""

    def _is_denied(self, start: int, verb: int) -> bool:
        before = range(max(start, verb - 3), verb)
        return concern_of(self.words, range(0), self.words, before) == "negation"


def segments(alignment: Alignment) -> list[range]:
    """Return the stretches of the source that an alignment goes through without going back or far ahead."""
    found: list[range] = []
    for part in alignment.parts:
        if found and found[-1].stop <= part.start <= found[-1].stop + FARTHEST:
            found[-1] = range(found[-1].start, part.stop)
        else:
            found.append(part)
    return found
