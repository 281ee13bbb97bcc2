"""Context features: how a candidate compares with the candidates that rival it.

Judged alone, a candidate cannot know that a likelier one claims the same words, or that its cue has a
second content to choose from. Once every candidate of an article has a score of its own, these
features tell each what its rivals scored (stacking: Wolpert, "Stacked generalization", Neural
Networks 5, 1992).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from quotes.candidates.candidate import Candidate
from quotes.syntax.article import Article
from quotes.syntax.mention import Range
from quotes.syntax.parse import Parse

LEAST_SCORE = -2.5
"""Own log-odds up to which a candidate is refused without regard to its context."""
FARTHEST = 80
"""Most tokens between the beginnings of two contents that are compared."""
STRONG = -1.0
"""Own log-odds above which the construction of a rival matters."""
_FARTHEST_SCORE = 6
"""Scores are told apart up to here, on either side of zero."""


def context_features(
    article: Article, candidates: Sequence[Candidate], scores: Sequence[float]
) -> dict[int, list[str]]:
    """Return the context features of each candidate that is not refused outright, by its index.

    The scores are the log-odds of each candidate, judged alone.
    """
    rivals = _Rivals(article.parse, candidates, scores)
    return {index: [*rivals.same_cue(index), *rivals.same_words(index)] for index in rivals.ordered}


class _Rivals:
    """The candidates of an article that are not refused outright, by their content and by their cue."""

    def __init__(self, parse: Parse, candidates: Sequence[Candidate], scores: Sequence[float]) -> None:
        self.parse, self.candidates, self.scores = parse, candidates, scores
        self.contents: dict[int, Range] = {}
        self.of_cue: dict[int, list[int]] = defaultdict(list)
        for index, (candidate, score) in enumerate(zip(candidates, scores, strict=True)):
            if score > LEAST_SCORE:
                pieces = candidate.extents[0].pieces
                self.contents[index] = pieces[0][0], pieces[-1][1]
                if candidate.cue_head is not None:
                    self.of_cue[candidate.cue_head].append(index)
        self.ordered = sorted(self.contents, key=lambda index: (self.contents[index], index))
        self.starts = [self.contents[index][0] for index in self.ordered]

    def same_cue(self, index: int) -> list[str]:
        """The best other content that the cue could attribute."""
        candidate, scores = self.candidates[index], self.scores
        if candidate.cue_head is None:
            return []
        others = [i for i in self.of_cue[candidate.cue_head] if i != index]
        if not others:
            return ["no rival of its cue"]
        best = max(others, key=lambda i: (scores[i], -i))
        lead = scores[index] - scores[best]
        return [
            f"rival of cue={_rounded(scores[best])}|{lead > 0}",
            f"rival of cue rules={self.candidates[best].rule}|{candidate.rule}|{lead > 0}",
            f"lead over rival of cue={_rounded(lead)}",
        ]

    def same_words(self, index: int) -> list[str]:
        """The best candidates of other cues whose contents are around this one, inside it, or across it."""
        candidate, score = self.candidates[index], self.scores[index]
        best: dict[str, int] = {}
        for other in self._overlapping(index):
            relation = self._relation(index, other)
            if relation not in best or self.scores[other] > self.scores[best[relation]]:
                best[relation] = other
        out = [f"{relation}=none" for relation in ("inside", "around", "across") if relation not in best]
        for relation, other in best.items():
            rival, strength = self.candidates[other], self.scores[other]
            out.append(f"{relation}={_rounded(strength)}|{score > strength}")
            if strength > STRONG:
                out.append(f"{relation} rules={rival.rule}|{candidate.rule}|{score > strength}")
                if relation == "inside" and rival.cue_head is not None:
                    out.append(f"inside cue={self.parse.lemmas[rival.cue_head]}|{candidate.rule}")
        return out

    def _overlapping(self, index: int) -> list[int]:
        """Return the candidates of other cues whose content shares tokens with that of one candidate."""
        (first, last), cue = self.contents[index], self.candidates[index].cue_head
        begin = bisect_left(self.starts, max(0, first - FARTHEST))
        end = bisect_right(self.starts, min(last, first + FARTHEST))
        return [
            other
            for other in self.ordered[begin:end]
            if other != index
            and self.contents[other][1] >= first
            and (cue is None or self.candidates[other].cue_head != cue)
        ]

    def _relation(self, index: int, other: int) -> str:
        """Say whether a candidate is inside the content of a rival, around it, or across its border."""
        cue, rival = self.candidates[index].cue_head, self.candidates[other].cue_head
        (first, last), (start, end) = self.contents[index], self.contents[other]
        if cue is not None and start <= first and last <= end and start <= cue <= end:
            return "inside"
        if rival is not None and first <= start and end <= last and first <= rival <= last:
            return "around"
        return "across"


def _rounded(score: float) -> int:
    return round(max(-_FARTHEST_SCORE, min(_FARTHEST_SCORE, score)))
