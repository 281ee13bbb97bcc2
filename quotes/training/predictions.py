"""What the selection would find in an article, given scores for its candidates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from quotes.candidates import Article, Candidate, Extent
from quotes.evaluation.corpus import Relation
from quotes.evaluation.projection import PredictedRelation
from quotes.scoring.scorer import Weights, probability, total
from quotes.scoring.selection import preferred, select
from quotes.text.spans import Span
from quotes.training.examples import Example

Reader = Callable[[Sequence[Candidate]], list[Extent]]


def reader_of(setting: Article, extent: Weights) -> Reader:
    """Return what gives the best extent of candidates of an article, each decided once.

    Args:
        setting: The article's setting.
        extent: Weights for the extents.
    """
    known: dict[int, Extent] = {}

    def read(some: Sequence[Candidate]) -> list[Extent]:
        new = [candidate for candidate in some if id(candidate) not in known]
        best = preferred(setting, new, lambda items: [total(extent, each) for each in items])
        known.update(zip(map(id, new), best, strict=True))
        return [known[id(candidate)] for candidate in some]

    return read


def relations_of(
    example: Example,
    scores: Mapping[int, float],
    read: Reader,
    calibration: tuple[float, float],
    threshold: float,
) -> tuple[PredictedRelation, ...]:
    """Return the relations that a scorer would find in an article.

    Args:
        example: The article.
        scores: Scores in context of the candidates that are not refused outright.
        read: From `reader_of`.
        calibration: Slope and intercept of the probabilities.
        threshold: Least probability.
    """
    probabilities = [0.0] * len(example.candidates)
    for index, score in scores.items():
        probabilities[index] = probability(calibration, score)
    choices = select(example.setting, example.candidates, probabilities, read, threshold)
    return _relations(example.setting, choices)


def _relations(setting: Article, choices: Sequence[Candidate]) -> tuple[PredictedRelation, ...]:
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
        spans = [setting.parse.span(first, last) for first, last in choice.pieces]
        contents.setdefault(target, []).extend(spans)
    return tuple(_relation(setting, choices[index], spans) for index, spans in contents.items())


def _relation(setting: Article, choice: Candidate, content: Sequence[Span]) -> PredictedRelation:
    candidate, parse = choice, setting.parse
    return PredictedRelation(
        relation=Relation(
            source=() if candidate.speaker is None else (candidate.speaker.span,),
            cue=(parse.span(candidate.cue[0], candidate.cue[-1]),) if candidate.cue else (),
            content=tuple(content),
        ),
        rule=candidate.rule,
        lemma=None if candidate.cue_head is None else parse.lemmas[candidate.cue_head],
        confidence=choice.probability,
    )
