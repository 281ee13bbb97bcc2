"""Features of a candidate among the other candidates of its document.

Looking at one candidate alone, the scorer's first network can't know that a
better one claims the same words, that a cue has two contents to choose from,
or that the sentence before is a statement too. The second network sees, beside
the features of the candidate itself, how the first one judged its neighbours
(stacking: Wolpert, "Stacked generalization", Neural Networks 5, 1992).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import NamedTuple

from quotes.candidates.candidate import Candidate
from quotes.syntax.article import Article
from quotes.syntax.mention import Range

WORTH_A_LOOK = -2.5
"""Least log-odds, from the first network, of a candidate that is looked at again."""
FARTHEST = 80
"""Most tokens between the beginnings of two contents that are compared."""
_FARTHEST_SCORE = 6
"""Scores are told apart up to here, either side of nought; nobody's is the least."""
_NOBODY = -9.0
_WHOLE_SCORES = range(-_FARTHEST_SCORE, _FARTHEST_SCORE + 1)
_SENTENCES = {step: {n: f"sentence {step:+d}={n}" for n in _WHOLE_SCORES} for step in (-1, 0, 1)}
_CUE_ELSEWHERE = {n: f"cue elsewhere={n}" for n in _WHOLE_SCORES}
_RELATIONS = {
    relation: {n: f"{relation}={n}" for n in _WHOLE_SCORES} for relation in ("inside", "around", "across")
}
"""Names of features for each whole score."""


class _BestTwo(NamedTuple):
    """The two best whole scores of a group of candidates."""

    first: int = -_FARTHEST_SCORE
    second: int = -_FARTHEST_SCORE

    def joined_by(self, score: int) -> _BestTwo:
        """Return the best two when one more candidate joins the group."""
        if score > self.first:
            return _BestTwo(score, self.first)
        return _BestTwo(self.first, score) if score > self.second else self

    def beside(self, score: int) -> int:
        """Return the best score but for one of the group that has this score."""
        return self.second if score == self.first else self.first


_NO_GROUP = _BestTwo()


@dataclass(frozen=True, slots=True)
class _Neighbourhood:
    """The candidates of a document that are worth a look, indexed.

    Attributes:
        candidates: All candidates.
        scores: Log-odds of each from the first network.
        wholes: Those scores of the kept candidates, rounded.
        extents: First and last token of each kept candidate's content.
        ordered: Kept candidates by the first token of their content.
        starts: Those first tokens.
        of_cue: Kept candidates of each cue.
        of_sentence: Best of the kept candidates of each sentence.
        of_lemma: Best of the kept candidates of each cue lemma.
        density: Name of the feature for the expected attributions a sentence.
    """

    candidates: Sequence[Candidate]
    scores: Sequence[float]
    wholes: Mapping[int, int]
    extents: Mapping[int, Range]
    ordered: Sequence[int]
    starts: Sequence[int]
    of_cue: Mapping[int, Sequence[int]]
    of_sentence: Mapping[int, _BestTwo]
    of_lemma: Mapping[str, _BestTwo]
    density: str


def neighbour_features(
    article: Article, candidates: Sequence[Candidate], scores: Sequence[float]
) -> dict[int, list[str]]:
    """Return the features of each candidate that is worth a second look.

    Args:
        article: The document's article.
        candidates: All its candidates.
        scores: Log-odds of each from the first network.

    Returns:
        Index of the candidate to its features.
    """
    around = _neighbourhood(article, candidates, scores)
    return {
        index: [
            *_own(around, index),
            *_same_cue(around, index),
            *_same_words(article, around, index),
            *_same_sentence(article, around, index),
        ]
        for index in around.ordered
    }


def _neighbourhood(
    article: Article, candidates: Sequence[Candidate], scores: Sequence[float]
) -> _Neighbourhood:
    parse = article.parse
    wholes: dict[int, int] = {}
    extents: dict[int, Range] = {}
    of_cue: dict[int, list[int]] = defaultdict(list)
    of_sentence: dict[int, _BestTwo] = {}
    of_lemma: dict[str, _BestTwo] = {}
    expected = 0.0
    for index, (candidate, score) in enumerate(zip(candidates, scores, strict=True)):
        if score <= WORTH_A_LOOK:
            continue
        pieces, cue = candidate.extents[0].pieces, candidate.cue_head
        extents[index] = pieces[0][0], pieces[-1][1]
        wholes[index] = whole = _whole(score)
        sentence = parse.sentences[pieces[0][0] if cue is None else cue]
        of_sentence[sentence] = of_sentence.get(sentence, _NO_GROUP).joined_by(whole)
        if cue is not None:
            lemma = parse.lemmas[cue]
            of_cue[cue].append(index)
            of_lemma[lemma] = of_lemma.get(lemma, _NO_GROUP).joined_by(whole)
        expected += 1 / (1 + exp(-score))
    ordered = sorted(extents, key=lambda index: (extents[index], index))
    density = expected / max(1, len(parse.sentence_bounds))
    return _Neighbourhood(
        candidates,
        scores,
        wholes,
        extents,
        ordered,
        [extents[index][0] for index in ordered],
        of_cue,
        of_sentence,
        of_lemma,
        f"density={round(density * 4) / 4}",
    )


def _own(around: _Neighbourhood, index: int) -> list[str]:
    fine = f"{max(-5.0, min(5.0, round(around.scores[index] * 2) / 2)):.1f}"
    return [
        f"first look={fine}",
        f"first look={fine}|{around.candidates[index].rule}",
        around.density,
    ]


def _same_cue(around: _Neighbourhood, index: int) -> list[str]:
    """What else the cue could attribute."""
    candidate, score = around.candidates[index], around.scores[index]
    if candidate.cue_head is None:
        return []
    others = [i for i in around.of_cue[candidate.cue_head] if i != index]
    if not others:
        return ["only content of its cue"]
    best = max(others, key=lambda i: (around.scores[i], -i))
    ahead = score > around.scores[best]
    return [
        f"other content of cue={around.wholes[best]}|{ahead}",
        f"other content's frame={around.candidates[best].rule}|{candidate.rule}|{ahead}",
        f"lead on other content={_whole(score - around.scores[best])}",
    ]


def _same_words(article: Article, around: _Neighbourhood, index: int) -> list[str]:
    """What else covers the same words: around, inside or across."""
    candidate, score = around.candidates[index], around.scores[index]
    first, last = around.extents[index]
    best = {"inside": -1, "around": -1, "across": -1}
    begin = bisect_left(around.starts, max(0, first - FARTHEST))
    for other in around.ordered[begin : bisect_right(around.starts, min(last, first + FARTHEST))]:
        if around.extents[other][1] < first or other == index:
            continue
        relation = _relation(around, index, other)
        if relation is None:
            continue
        rival = best[relation]
        if rival < 0 or around.scores[other] > around.scores[rival]:
            best[relation] = other
    out = []
    for relation, other in best.items():
        strength = _NOBODY if other < 0 else around.scores[other]
        name = _RELATIONS[relation][around.wholes.get(other, -_FARTHEST_SCORE)]
        out.append(f"{name}|{score > strength}" if relation == "across" else name)
        if strength > -1:
            rival_proposal = around.candidates[other]
            out.append(f"{relation} frame={rival_proposal.rule}|{candidate.rule}|{score > strength}")
            if relation == "inside" and rival_proposal.cue_head is not None:
                out.append(f"inside cue={article.parse.lemmas[rival_proposal.cue_head]}|{candidate.rule}")
    return out


def _relation(around: _Neighbourhood, index: int, other: int) -> str | None:
    """Return how another content that meets this one lies to it; None where they share a cue."""
    cue, rival = around.candidates[index].cue_head, around.candidates[other].cue_head
    (first, last), (start, end) = around.extents[index], around.extents[other]
    if cue is not None and cue == rival:
        return None
    if start <= first and last <= end and cue is not None and start <= cue <= end:
        return "inside"
    if first <= start and end <= last and rival is not None and first <= rival <= last:
        return "around"
    return "across"


def _same_sentence(article: Article, around: _Neighbourhood, index: int) -> list[str]:
    """How the sentence and its neighbours, and the same cue elsewhere, were judged."""
    parse, cue, own = article.parse, around.candidates[index].cue_head, around.wholes[index]
    sentence = parse.sentences[around.extents[index][0] if cue is None else cue]
    best = around.of_sentence
    out = [
        _SENTENCES[-1][best.get(sentence - 1, _NO_GROUP).first],
        _SENTENCES[0][best[sentence].beside(own)],
        _SENTENCES[1][best.get(sentence + 1, _NO_GROUP).first],
    ]
    if cue is not None:
        out.append(_CUE_ELSEWHERE[around.of_lemma[parse.lemmas[cue]].beside(own)])
    return out


def _whole(score: float) -> int:
    return int(max(-_FARTHEST_SCORE, min(_FARTHEST_SCORE, round(score))))
