"""What the selection would find in an article, given scores for its proposals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from quotes.evaluation.corpus import Relation
from quotes.evaluation.projection import PredictedRelation
from quotes.frames import Proposal, Setting, Variant
from quotes.scorer import Network
from quotes.selection import Choice, preferred, select
from quotes.spans import Span
from quotes.training.examples import Example

Reader = Callable[[Sequence[Proposal]], list[Variant]]


def reader_of(setting: Setting, reading: Network) -> Reader:
    """Return what gives the best reading of proposals of an article, each decided once.

    Args:
        setting: The article's setting.
        reading: Network for the readings.
    """
    known: dict[int, Variant] = {}

    def read(some: Sequence[Proposal]) -> list[Variant]:
        new = [proposal for proposal in some if id(proposal) not in known]
        best = preferred(setting, new, lambda items: reading.scores(items).tolist())
        known.update(zip(map(id, new), best, strict=True))
        return [known[id(proposal)] for proposal in some]

    return read


def relations_of(
    example: Example,
    second: Mapping[int, float],
    read: Reader,
    calibration: tuple[float, float],
    threshold: float,
) -> tuple[PredictedRelation, ...]:
    """Return the relations that a scorer would find in an article.

    Args:
        example: The article.
        second: Log-odds of its promising proposals.
        read: From `reader_of`.
        calibration: Slope and intercept of the probabilities.
        threshold: Least probability.
    """
    slope, intercept = calibration
    probabilities = [0.0] * len(example.proposals)
    for index, score in second.items():
        probabilities[index] = float(1 / (1 + np.exp(-(slope * score + intercept))))
    choices = select(example.setting, example.proposals, probabilities, read, threshold)
    return _relations(example.setting, choices)


def _relations(setting: Setting, choices: Sequence[Choice]) -> tuple[PredictedRelation, ...]:
    """Join each floating quotation to what it goes on from, as the corpus does."""
    contents: dict[int, list[Span]] = {}
    for index, choice in sorted(
        enumerate(choices), key=lambda pair: (pair[1].continues is not None, pair[0])
    ):
        target = index
        for _ in choices:
            following = choices[target].continues
            if following is None:
                break
            target = following
        spans = [setting.parse.span(first, last) for first, last in choice.variant.pieces]
        contents.setdefault(target, []).extend(spans)
    return tuple(_relation(setting, choices[index], spans) for index, spans in contents.items())


def _relation(setting: Setting, choice: Choice, content: Sequence[Span]) -> PredictedRelation:
    proposal, parse = choice.proposal, setting.parse
    return PredictedRelation(
        relation=Relation(
            source=() if proposal.speaker is None else (proposal.speaker.span,),
            cue=(parse.span(proposal.cue[0], proposal.cue[-1]),) if proposal.cue else (),
            content=tuple(content),
        ),
        rule=proposal.frame,
        lemma=None if proposal.cue_head is None else parse.lemmas[proposal.cue_head],
        confidence=choice.probability,
    )
