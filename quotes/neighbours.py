"""Features of a proposal among the other proposals of its document.

Looking at one proposal alone, the scorer's first network can't know that a
better one claims the same words, that a cue has two contents to choose from,
or that the sentence before is a statement too. The second network sees, beside
the features of the proposal itself, how the first one judged its neighbours
(stacking: Wolpert, "Stacked generalization", Neural Networks 5, 1992).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from quotes.frames.proposal import Proposal, Range
from quotes.frames.setting import Setting

WORTH_A_LOOK = -2.5
"""Least log-odds, from the first network, of a proposal that is looked at again."""
FARTHEST = 80
"""Most tokens between the beginnings of two contents that are compared."""
_NOBODY = -9.0


@dataclass(frozen=True, slots=True)
class _Neighbourhood:
    """The proposals of a document that are worth a look, indexed.

    Attributes:
        proposals: All proposals.
        scores: Log-odds of each from the first network.
        extents: First and last token of each kept proposal's content.
        ordered: Kept proposals by the first token of their content.
        starts: Those first tokens.
        of_cue: Kept proposals of each cue.
        of_sentence: Kept proposals of each sentence.
        of_lemma: Kept proposals of each cue lemma.
        density: Expected attributions a sentence.
    """

    proposals: Sequence[Proposal]
    scores: Sequence[float]
    extents: Mapping[int, Range]
    ordered: Sequence[int]
    starts: Sequence[int]
    of_cue: Mapping[int, Sequence[int]]
    of_sentence: Mapping[int, Sequence[int]]
    of_lemma: Mapping[str, Sequence[int]]
    density: float


def neighbour_features(
    setting: Setting, proposals: Sequence[Proposal], scores: Sequence[float]
) -> dict[int, list[str]]:
    """Return the features of each proposal that is worth a second look.

    Args:
        setting: The document's setting.
        proposals: All its proposals.
        scores: Log-odds of each from the first network.

    Returns:
        Index of the proposal to its features.
    """
    around = _neighbourhood(setting, proposals, scores)
    return {
        index: [
            *_own(around, index),
            *_same_cue(around, index),
            *_same_words(setting, around, index),
            *_same_sentence(setting, around, index),
        ]
        for index in around.ordered
    }


def _neighbourhood(
    setting: Setting, proposals: Sequence[Proposal], scores: Sequence[float]
) -> _Neighbourhood:
    parse = setting.parse
    extents: dict[int, Range] = {}
    of_cue: dict[int, list[int]] = defaultdict(list)
    of_sentence: dict[int, list[int]] = defaultdict(list)
    of_lemma: dict[str, list[int]] = defaultdict(list)
    expected = 0.0
    for index, (proposal, score) in enumerate(zip(proposals, scores, strict=True)):
        if score <= WORTH_A_LOOK:
            continue
        pieces, cue = proposal.variants[0].pieces, proposal.cue_head
        extents[index] = pieces[0][0], pieces[-1][1]
        of_sentence[parse.sentences[pieces[0][0] if cue is None else cue]].append(index)
        if cue is not None:
            of_cue[cue].append(index)
            of_lemma[parse.lemmas[cue]].append(index)
        expected += 1 / (1 + exp(-score))
    ordered = sorted(extents, key=lambda index: (extents[index], index))
    return _Neighbourhood(
        proposals,
        scores,
        extents,
        ordered,
        [extents[index][0] for index in ordered],
        of_cue,
        of_sentence,
        of_lemma,
        expected / max(1, len(parse.sentence_bounds)),
    )


def _own(around: _Neighbourhood, index: int) -> list[str]:
    fine = f"{max(-5.0, min(5.0, round(around.scores[index] * 2) / 2)):.1f}"
    return [
        f"first look={fine}",
        f"first look={fine}|{around.proposals[index].frame}",
        f"density={round(around.density * 4) / 4}",
    ]


def _same_cue(around: _Neighbourhood, index: int) -> list[str]:
    """What else the cue could attribute."""
    proposal, score = around.proposals[index], around.scores[index]
    if proposal.cue_head is None:
        return []
    others = [i for i in around.of_cue[proposal.cue_head] if i != index]
    if not others:
        return ["only content of its cue"]
    best = max(others, key=lambda i: (around.scores[i], -i))
    ahead = score > around.scores[best]
    return [
        f"other content of cue={_whole(around.scores[best])}|{ahead}",
        f"other content's frame={around.proposals[best].frame}|{proposal.frame}|{ahead}",
        f"lead on other content={_whole(score - around.scores[best])}",
    ]


def _same_words(setting: Setting, around: _Neighbourhood, index: int) -> list[str]:
    """What else covers the same words: around, inside or across."""
    proposal, score = around.proposals[index], around.scores[index]
    first, last = around.extents[index]
    best: dict[str, tuple[float, int]] = {}
    begin = bisect_left(around.starts, max(0, first - FARTHEST))
    for other in around.ordered[begin : bisect_right(around.starts, min(last, first + FARTHEST))]:
        relation = _relation(around, index, other)
        if relation is not None and around.scores[other] > best.get(relation, (_NOBODY, 0))[0]:
            best[relation] = around.scores[other], other
    out = []
    for relation in ("inside", "around", "across"):
        strength, other = best.get(relation, (_NOBODY, -1))
        out.append(
            f"{relation}={_whole(strength)}|{score > strength}"
            if relation == "across"
            else f"{relation}={_whole(strength)}"
        )
        if strength > -1:
            rival = around.proposals[other]
            out.append(f"{relation} frame={rival.frame}|{proposal.frame}|{score > strength}")
            if relation == "inside" and rival.cue_head is not None:
                out.append(f"inside cue={setting.parse.lemmas[rival.cue_head]}|{proposal.frame}")
    return out


def _relation(around: _Neighbourhood, index: int, other: int) -> str | None:
    """Return how another content lies to this one; None where they don't meet or share a cue."""
    cue, rival = around.proposals[index].cue_head, around.proposals[other].cue_head
    (first, last), (start, end) = around.extents[index], around.extents[other]
    if other == index or end < first or (cue is not None and cue == rival):
        return None
    if start <= first and last <= end and cue is not None and start <= cue <= end:
        return "inside"
    if first <= start and end <= last and rival is not None and first <= rival <= last:
        return "around"
    return "across"


def _same_sentence(setting: Setting, around: _Neighbourhood, index: int) -> list[str]:
    """How the sentence and its neighbours, and the same cue elsewhere, were judged."""
    parse, cue = setting.parse, around.proposals[index].cue_head
    sentence = parse.sentences[around.extents[index][0] if cue is None else cue]
    out = []
    for step in (-1, 0, 1):
        others = (around.scores[i] for i in around.of_sentence.get(sentence + step, ()) if i != index)
        out.append(f"sentence {step:+d}={_whole(max(others, default=_NOBODY))}")
    if cue is not None:
        others = (around.scores[i] for i in around.of_lemma[parse.lemmas[cue]] if i != index)
        out.append(f"cue elsewhere={_whole(max(others, default=_NOBODY))}")
    return out


def _whole(score: float) -> int:
    return int(max(-6, min(6, round(score))))
