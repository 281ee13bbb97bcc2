"""What the selection would find in an article, given scores for its candidates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from quotes.candidates import Candidate, Extent
from quotes.evaluation.corpus import Relation
from quotes.evaluation.projection import PredictedRelation
from quotes.roles import with_roles
from quotes.scoring.scorer import Weights, own_scores, probability
from quotes.scoring.selection import preferred, select
from quotes.syntax.article import Article
from quotes.text.spans import Span
from quotes.training.examples import Example

Reader = Callable[[Sequence[Candidate]], list[Extent]]


def reader_of(example: Example, extent: Weights) -> Reader:
    """Return what gives the best extents, by these weights, of an example's candidates; each decided once."""
    known: dict[int, Extent] = {}
    place = {id(candidate): index for index, candidate in enumerate(example.candidates)}

    def points(candidate: Candidate, items: Sequence[Sequence[str]]) -> list[float]:
        said = None if example.encoded is None else example.encoded.extents[place[id(candidate)]]
        return own_scores(extent, items, said)

    def read(some: Sequence[Candidate]) -> list[Extent]:
        new = [candidate for candidate in some if id(candidate) not in known]
        best = preferred(example.setting, new, points)
        known.update(zip(map(id, new), best, strict=True))
        return [known[id(candidate)] for candidate in some]

    return read


def relations_of(
    example: Example,
    scores: Mapping[int, float],
    read: Reader,
    calibration: tuple[float, float],
    threshold: float,
    *,
    attitudes: bool = False,
) -> tuple[PredictedRelation, ...]:
    """Return the relations that a scorer would find in an article, of candidates with scores in context.

    Each floating quotation is joined to what it goes on from, as the corpus does. They have their attitudes only where
    asked for, which takes most of the time.
    """
    probabilities = [0.0] * len(example.candidates)
    for index, score in scores.items():
        probabilities[index] = probability(calibration, score)
    choices = select(example.setting, example.candidates, probabilities, read, threshold)
    parse = example.setting.parse
    contents: dict[int, list[Span]] = {}
    for index in sorted(range(len(choices)), key=lambda index: choices[index].continues is not None):
        target = index
        for _ in choices:
            if (following := choices[target].continues) is None:
                break
            target = following
        contents.setdefault(target, []).extend(parse.span(*piece) for piece in choices[index].pieces)
    return tuple(_relation(example.setting, choices[index], spans, attitudes) for index, spans in contents.items())


def _relation(article: Article, candidate: Candidate, content: Sequence[Span], attitudes: bool) -> PredictedRelation:
    parse = article.parse
    return PredictedRelation(
        relation=Relation(
            source=() if candidate.speaker is None else (candidate.speaker.span,),
            cue=(parse.span(candidate.cue[0], candidate.cue[-1]),) if candidate.cue else (),
            content=tuple(content),
        ),
        rule=candidate.rule,
        lemma=None if candidate.cue_head is None else parse.lemmas[candidate.cue_head],
        confidence=candidate.probability,
        attitude=with_roles(article, candidate).attitude if attitudes else None,
    )
