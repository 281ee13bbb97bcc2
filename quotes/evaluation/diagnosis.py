"""What went wrong, one record an error, so that the next points can be found.

Errors are grouped by the cue's lemma and by the frame (construction): what a
person can mend is a frame, a cue in a word list, or a feature of either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from quotes.evaluation.comparison import Comparison, Match, Worded, compare, overlaps, right_source
from quotes.evaluation.construction import annotated_construction, cue_lemma
from quotes.evaluation.corpus import GoldArticle, Relation
from quotes.evaluation.projection import PredictedRelation
from quotes.models import Kind
from quotes.syntax.parse import Parse
from quotes.text.spans import Span, covering

CONTEXT = 90
"""Code points of the article shown before and behind a content."""
NO_CUE = "(no cue)"


class ErrorKind(StrEnum):
    """The ways to be wrong."""

    MISS = "miss"
    """An annotated content that nothing matches."""
    FALSE_FIND = "false find"
    """A predicted content that matches nothing annotated."""
    BOUNDARY = "boundary"
    """Matched, but not with the very same words."""
    SOURCE = "wrong source"
    """Matched, but with another source, or with one where gold has none, or the reverse."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an error: what the annotator or the system marked.

    Attributes:
        content: Text of the content, pieces joined by " … ".
        source: Text of the source, None without one.
        cue: Text of the cue, None without one.
    """

    content: str
    source: str | None
    cue: str | None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One error and what stands around it.

    Attributes:
        error: Which way it is wrong.
        doc_id: The article.
        place: The content's first to last code point; the gold content's
            except for a false find.
        cue: Lemma of the cue; the system's own except for a miss.
        frame: The rule that fired; for a miss the annotated construction, from
            the parse ("ccomp of cue").
        kind: How much of the content is quoted.
        before: The article's text just before the content.
        after: The article's text just behind it.
        gold: The annotated relation; for a false find the one that overlaps
            most, None when none does.
        predicted: The predicted relation; for a miss the one that overlaps
            most, None when none does.
        overlap: Jaccard overlap of the two contents' words.
        confidence: Of the prediction, None without one.
        lacking: Gold words that the prediction lacks; set for boundary errors.
        surplus: Predicted words that gold lacks; set for boundary errors.
    """

    error: ErrorKind
    doc_id: str
    place: Span
    cue: str
    frame: str
    kind: Kind
    before: str
    after: str
    gold: Side | None
    predicted: Side | None
    overlap: float
    confidence: float | None
    lacking: tuple[str, ...] = field(default=())
    surplus: tuple[str, ...] = field(default=())


def diagnose(
    corpus: Iterable[GoldArticle],
    predictions: Mapping[str, Sequence[PredictedRelation]],
    parses: Mapping[str, Parse] = MappingProxyType({}),
) -> tuple[Diagnosis, ...]:
    """List every error of a system on a corpus.

    Args:
        corpus: Annotated articles.
        predictions: Relations by ``doc_id``.
        parses: Parses of the articles by ``doc_id``; they give the lemma of an
            annotated cue and the construction of a miss. Without one the cue
            is its text in lower case and the construction "not parsed".

    Returns:
        The errors, article by article in corpus order.
    """
    out: list[Diagnosis] = []
    for article in corpus:
        comparison = compare(article, predictions.get(article.doc_id, ()))
        parse = parses.get(article.doc_id)
        out.extend(_misses(comparison, parse))
        out.extend(_false_finds(comparison))
        out.extend(_mismatches(comparison))
    return tuple(out)


def _misses(comparison: Comparison, parse: Parse | None) -> Iterator[Diagnosis]:
    matched = {match.gold for match in comparison.matches}
    nearest: dict[int, Match] = {}
    for pair in overlaps(comparison.gold, comparison.predicted):
        nearest.setdefault(pair.gold, pair)
    for index, unit in enumerate(comparison.gold):
        if index not in matched:
            yield _miss(comparison, unit, nearest.get(index), parse)


def _miss(comparison: Comparison, unit: Worded, near: Match | None, parse: Parse | None) -> Diagnosis:
    relation = comparison.article.relations[unit.origin]
    prediction = _prediction(comparison, near.predicted) if near else None
    cue = cue_lemma(parse, relation.cue) if parse else _text(comparison.article.text, relation.cue).lower()
    return _diagnosis(
        comparison,
        ErrorKind.MISS,
        unit,
        relation,
        prediction,
        cue=cue,
        frame=annotated_construction(parse, relation) if parse else "not parsed",
        overlap=near.overlap if near else 0.0,
    )


def _false_finds(comparison: Comparison) -> Iterator[Diagnosis]:
    matched = {match.predicted for match in comparison.matches}
    nearest: dict[int, Match] = {}
    for pair in overlaps(comparison.gold, comparison.predicted):
        nearest.setdefault(pair.predicted, pair)
    for index, unit in enumerate(comparison.predicted):
        if index in matched:
            continue
        near = nearest.get(index)
        prediction = comparison.predictions[unit.origin]
        yield _diagnosis(
            comparison,
            ErrorKind.FALSE_FIND,
            unit,
            _gold(comparison, near.gold) if near else None,
            prediction,
            cue=prediction.lemma,
            frame=prediction.rule,
            overlap=near.overlap if near else 0.0,
        )


def _mismatches(comparison: Comparison) -> Iterator[Diagnosis]:
    """Yield what is wrong about the matched contents: borders, sources."""
    for match in sorted(comparison.matches, key=lambda match: match.gold):
        gold, predicted = comparison.gold[match.gold], comparison.predicted[match.predicted]
        prediction = _prediction(comparison, match.predicted)
        wrong = []
        if match.overlap < 1.0:
            wrong.append(ErrorKind.BOUNDARY)
        if not right_source(gold, predicted):
            wrong.append(ErrorKind.SOURCE)
        for error in wrong:
            borders = error is ErrorKind.BOUNDARY
            yield _diagnosis(
                comparison,
                error,
                gold,
                _gold(comparison, match.gold),
                prediction,
                cue=prediction.lemma,
                frame=prediction.rule,
                overlap=match.overlap,
                lacking=_words(comparison, gold.content - predicted.content) if borders else (),
                surplus=_words(comparison, predicted.content - gold.content) if borders else (),
            )


def _diagnosis(
    comparison: Comparison,
    error: ErrorKind,
    unit: Worded,
    gold: Relation | None,
    prediction: PredictedRelation | None,
    *,
    cue: str | None,
    frame: str,
    overlap: float,
    lacking: tuple[str, ...] = (),
    surplus: tuple[str, ...] = (),
) -> Diagnosis:
    text = comparison.article.text
    shown = prediction.relation if error is ErrorKind.FALSE_FIND and prediction else gold
    place = covering(shown.content) if shown else Span(0, 0)
    return Diagnosis(
        error=error,
        doc_id=comparison.article.doc_id,
        place=place,
        cue=cue or NO_CUE,
        frame=frame,
        kind=unit.kind,
        before=text[max(0, place.start - CONTEXT) : place.start],
        after=text[place.end : place.end + CONTEXT],
        gold=_side(text, gold) if gold else None,
        predicted=_side(text, prediction.relation) if prediction else None,
        overlap=overlap,
        confidence=prediction.confidence if prediction else None,
        lacking=lacking,
        surplus=surplus,
    )


def _gold(comparison: Comparison, index: int) -> Relation:
    return comparison.article.relations[comparison.gold[index].origin]


def _prediction(comparison: Comparison, index: int) -> PredictedRelation:
    return comparison.predictions[comparison.predicted[index].origin]


def _side(text: str, relation: Relation) -> Side:
    return Side(
        content=_text(text, relation.content),
        source=_text(text, relation.source) or None,
        cue=_text(text, relation.cue) or None,
    )


def _text(text: str, spans: Iterable[Span]) -> str:
    return " … ".join(span.of(text) for span in spans)


def _words(comparison: Comparison, words: Iterable[int]) -> tuple[str, ...]:
    text, wording = comparison.article.text, comparison.wording
    return tuple(text[wording.starts[word] : wording.ends[word]] for word in sorted(words))
