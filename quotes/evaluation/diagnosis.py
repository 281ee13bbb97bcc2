"""What went wrong, one record an error.

Errors are grouped by the cue's lemma and by the construction: what a person can
mend is a rule, a cue in a word list, or a feature of either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quotes.evaluation.comparison import Comparison, Worded, compare, right_source
from quotes.evaluation.corpus import GoldArticle, Relation
from quotes.evaluation.projection import PredictedRelation
from quotes.models import Kind
from quotes.syntax.parse import Parse
from quotes.text.overlap import jaccard
from quotes.text.spans import Span, covering

CONTEXT = 90
"""Code points of the article shown before and after a content."""
NOT_PARSED = "not parsed"


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
    """The texts that the annotator or the system marked, pieces joined by " … "; None without any."""

    content: str
    source: str | None
    cue: str | None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One error and the text around it.

    Attributes:
        place: The content's first to last code point; the gold content's
            except for a false find.
        cue: Lemma of the cue; the system's own except for a miss.
        construction: The rule that fired; for a miss the annotated construction,
            from the parse ("ccomp of cue").
        gold: The annotated relation; for a false find the one that overlaps
            most, None when none does.
        predicted: The predicted relation; for a miss the one that overlaps
            most, None when none does.
        overlap: Jaccard index of the two contents' words.
        missing: Gold words that the prediction lacks; set for boundary errors.
        extra: Predicted words that gold lacks; set for boundary errors.
    """

    error: ErrorKind
    doc_id: str
    place: Span
    cue: str
    construction: str
    kind: Kind
    before: str
    after: str
    gold: Side | None
    predicted: Side | None
    overlap: float
    confidence: float | None
    missing: tuple[str, ...]
    extra: tuple[str, ...]


def diagnose(
    corpus: Iterable[GoldArticle],
    predictions: Mapping[str, Sequence[PredictedRelation]],
    parses: Mapping[str, Parse] | None = None,
) -> tuple[Diagnosis, ...]:
    """List every error of a system on a corpus, article by article.

    Predictions and parses go by ``doc_id``. A parse gives the lemma of an annotated cue and the
    construction of a miss; without one these are the cue's text in lower case and "not parsed".
    """
    out: list[Diagnosis] = []
    for article in corpus:
        comparison = compare(article, predictions.get(article.doc_id, ()))
        parse = (parses or {}).get(article.doc_id)
        out.extend(_diagnosis(comparison, parse, *error) for error in _errors(comparison))
    return tuple(out)


def _errors(comparison: Comparison) -> Iterator[tuple[ErrorKind, Worded | None, Worded | None]]:
    """Yield what is unmatched, with what overlaps it most, then what is wrong about matched contents.

    Each is the way to be wrong, the gold and the predicted content.
    """
    gold, predicted, overlaps = comparison.gold, comparison.predicted, comparison.overlaps
    for index in sorted(set(range(len(gold))) - {match.gold for match in comparison.matches}):
        near = (predicted[pair.predicted] for pair in overlaps if pair.gold == index)
        yield ErrorKind.MISS, gold[index], next(near, None)
    for index in sorted(set(range(len(predicted))) - {match.predicted for match in comparison.matches}):
        wanted = (gold[pair.gold] for pair in overlaps if pair.predicted == index)
        yield ErrorKind.FALSE_FIND, next(wanted, None), predicted[index]
    for match in sorted(comparison.matches):
        pair = gold[match.gold], predicted[match.predicted]
        if match.overlap < 1.0:
            yield ErrorKind.BOUNDARY, *pair
        if not right_source(*pair):
            yield ErrorKind.SOURCE, *pair


def _diagnosis(
    comparison: Comparison, parse: Parse | None, error: ErrorKind, gold: Worded | None, predicted: Worded | None
) -> Diagnosis:
    text, wording = comparison.article.text, comparison.wording
    shown = predicted if error is ErrorKind.FALSE_FIND else gold
    assert shown is not None
    relation, place = shown.relation, covering(shown.relation.content)
    prediction = predicted.prediction if predicted else None
    if error is not ErrorKind.MISS and prediction:
        cue, construction = prediction.lemma, prediction.rule
    elif parse:
        cue, construction = cue_lemma(parse, relation.cue), annotated_construction(parse, relation)
    else:
        cue, construction = _text(text, relation.cue).lower(), NOT_PARSED
    missing = extra = frozenset[int]()
    if error is ErrorKind.BOUNDARY and gold and predicted:
        missing, extra = gold.content - predicted.content, predicted.content - gold.content
    return Diagnosis(
        error=error,
        doc_id=comparison.article.doc_id,
        place=place,
        cue=cue or "(no cue)",
        construction=construction,
        kind=shown.kind,
        before=text[max(0, place.start - CONTEXT) : place.start],
        after=text[place.end : place.end + CONTEXT],
        gold=_side(text, gold),
        predicted=_side(text, predicted),
        overlap=jaccard(gold.content, predicted.content) if gold and predicted else 0.0,
        confidence=prediction.confidence if prediction else None,
        missing=tuple(text[wording.starts[word] : wording.ends[word]] for word in sorted(missing)),
        extra=tuple(text[wording.starts[word] : wording.ends[word]] for word in sorted(extra)),
    )


def _side(text: str, unit: Worded | None) -> Side | None:
    if unit is None:
        return None
    content, source, cue = unit.relation.content, unit.relation.source, unit.relation.cue
    return Side(_text(text, content), _text(text, source) or None, _text(text, cue) or None)


def _text(text: str, spans: Iterable[Span]) -> str:
    return " … ".join(span.of(text) for span in spans)


def cue_lemma(parse: Parse, spans: Iterable[Span]) -> str | None:
    """Return the lemma of a cue's head ("say" for "did not say"); None without a cue or a token for it."""
    head = _head(parse, _tokens(parse, spans))
    return None if head is None else parse.lemmas[head]


def annotated_construction(parse: Parse, relation: Relation) -> str:
    """Name the dependency between an annotated content and its cue.

    Returns:
        "ccomp of cue" when the content is a dependent of the cue (or of a word
        in the cue), "cue within content" when the cue hangs on a word of the
        content, "no cue", or "apart" for anything else; "not parsed" where the
        parse has no token for the content.
    """
    content = _tokens(parse, relation.content)
    cue = _tokens(parse, relation.cue) - content
    head = _head(parse, content)
    if head is None:
        return NOT_PARSED
    if not cue:
        return "no cue"
    # A content may hang on its cue by several words: in "said: “Crews left.”" the mark does too.
    dependent = _widest(parse, (token for token in content if parse.heads[token] in cue))
    if dependent is not None:
        return f"{parse.deps[dependent]} of cue"
    if any(parse.heads[token] in content for token in cue):
        return "cue within content"
    return "apart"


def _tokens(parse: Parse, spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(token for span in spans for token in parse.tokens_in(span))


def _head(parse: Parse, tokens: frozenset[int]) -> int | None:
    """Return the token with the widest subtree among those whose head lies outside."""
    heads = parse.heads
    return _widest(parse, (token for token in tokens if heads[token] not in tokens or heads[token] == token))


def _widest(parse: Parse, tokens: Iterable[int]) -> int | None:
    """Return the token with the widest subtree, the first of several; None without tokens."""
    return max(tokens, key=lambda token: (parse.right[token] - parse.left[token], -token), default=None)
