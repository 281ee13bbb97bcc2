"""Context features: how a candidate compares with the candidates that rival it.

Judged alone, a candidate cannot know that a likelier one claims the same words, or that its cue has a
second content to choose from. Once every candidate of an article has a score of its own, these
features tell each what its rivals scored (stacking: Wolpert, "Stacked generalization", Neural
Networks 5, 1992).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _Rivals:
    """The candidates of an article that are not refused outright, indexed.

    Attributes:
        parse: The parse.
        candidates: All candidates.
        scores: Own log-odds of each.
        contents: First and last token of the content of each that remains.
        ordered: Those candidates by the first token of their content.
        starts: Those first tokens.
        of_cue: Those candidates by cue.
    """

    parse: Parse
    candidates: Sequence[Candidate]
    scores: Sequence[float]
    contents: Mapping[int, Range]
    ordered: Sequence[int]
    starts: Sequence[int]
    of_cue: Mapping[int, Sequence[int]]


def context_features(
    article: Article, candidates: Sequence[Candidate], scores: Sequence[float]
) -> dict[int, list[str]]:
    """Return the context features of each candidate that is not refused outright.

    Args:
        article: The article.
        candidates: All its candidates.
        scores: The log-odds of each, judged alone.

    Returns:
        Index of the candidate to its features.
    """
    rivals = _indexed(article.parse, candidates, scores)
    return {index: [*_same_cue(rivals, index), *_same_words(rivals, index)] for index in rivals.ordered}


def _indexed(parse: Parse, candidates: Sequence[Candidate], scores: Sequence[float]) -> _Rivals:
    contents: dict[int, Range] = {}
    of_cue: dict[int, list[int]] = defaultdict(list)
    for index, (candidate, score) in enumerate(zip(candidates, scores, strict=True)):
        if score > LEAST_SCORE:
            pieces = candidate.extents[0].pieces
            contents[index] = pieces[0][0], pieces[-1][1]
            if candidate.cue_head is not None:
                of_cue[candidate.cue_head].append(index)
    ordered = sorted(contents, key=lambda index: (contents[index], index))
    starts = [contents[index][0] for index in ordered]
    return _Rivals(parse, candidates, scores, contents, ordered, starts, of_cue)


def _same_cue(rivals: _Rivals, index: int) -> list[str]:
    """The best other content that the cue could attribute."""
    candidate, scores = rivals.candidates[index], rivals.scores
    if candidate.cue_head is None:
        return []
    others = [i for i in rivals.of_cue[candidate.cue_head] if i != index]
    if not others:
        return ["no rival of its cue"]
    best = max(others, key=lambda i: (scores[i], -i))
    lead = scores[index] - scores[best]
    return [
        f"rival of cue={_rounded(scores[best])}|{lead > 0}",
        f"rival of cue rules={rivals.candidates[best].rule}|{candidate.rule}|{lead > 0}",
        f"lead over rival of cue={_rounded(lead)}",
    ]


def _same_words(rivals: _Rivals, index: int) -> list[str]:
    """The best candidate of another cue whose content is around this one, inside it, or across its border."""
    candidate, score = rivals.candidates[index], rivals.scores[index]
    best: dict[str, int] = {}
    for other in _overlapping(rivals, index):
        relation = _relation(rivals, index, other)
        if relation not in best or rivals.scores[other] > rivals.scores[best[relation]]:
            best[relation] = other
    out = [f"{relation}=none" for relation in ("inside", "around", "across") if relation not in best]
    for relation, other in best.items():
        rival, strength = rivals.candidates[other], rivals.scores[other]
        out.append(f"{relation}={_rounded(strength)}|{score > strength}")
        if strength > STRONG:
            out.append(f"{relation} rules={rival.rule}|{candidate.rule}|{score > strength}")
            if relation == "inside" and rival.cue_head is not None:
                out.append(f"inside cue={rivals.parse.lemmas[rival.cue_head]}|{candidate.rule}")
    return out


def _overlapping(rivals: _Rivals, index: int) -> list[int]:
    """Return the candidates of other cues whose content shares tokens with that of one candidate."""
    (first, last), cue = rivals.contents[index], rivals.candidates[index].cue_head
    begin = bisect_left(rivals.starts, max(0, first - FARTHEST))
    end = bisect_right(rivals.starts, min(last, first + FARTHEST))
    return [
        other
        for other in rivals.ordered[begin:end]
        if other != index
        and rivals.contents[other][1] >= first
        and (cue is None or rivals.candidates[other].cue_head != cue)
    ]


def _relation(rivals: _Rivals, index: int, other: int) -> str:
    """Say whether a candidate is inside the content of a rival, around the rival's, or across its border."""
    cue, rival = rivals.candidates[index].cue_head, rivals.candidates[other].cue_head
    (first, last), (start, end) = rivals.contents[index], rivals.contents[other]
    if cue is not None and start <= first and last <= end and start <= cue <= end:
        return "inside"
    if rival is not None and first <= start and end <= last and first <= rival <= last:
        return "around"
    return "across"


def _rounded(score: float) -> int:
    return round(max(-_FARTHEST_SCORE, min(_FARTHEST_SCORE, score)))
