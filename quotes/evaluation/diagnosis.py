"""What went wrong, one record an error.

Errors are grouped by the cue's lemma and by the construction: what a person can
mend is a rule, a cue in a word list, or a feature of either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from quotes.evaluation.comparison import Comparison, Match, Worded, compare, right_source
from quotes.evaluation.corpus import GoldArticle, Relation
from quotes.evaluation.projection import PredictedRelation
from quotes.models import Kind
from quotes.syntax.parse import Parse
from quotes.text.spans import Span, covering

CONTEXT = 90
"""Code points of the article shown before and after a content."""
NO_CUE = "(no cue)"
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
    parses: Mapping[str, Parse] = MappingProxyType({}),
) -> tuple[Diagnosis, ...]:
    """List every error of a system on a corpus, article by article.

    Args:
        corpus: Annotated articles.
        predictions: Relations by ``doc_id``.
        parses: Parses of the articles by ``doc_id``; they give the lemma of an
            annotated cue and the construction of a miss. Without one the cue
            is its text in lower case and the construction "not parsed".
    """
    out: list[Diagnosis] = []
    for article in corpus:
        comparison = compare(article, predictions.get(article.doc_id, ()))
        parse = parses.get(article.doc_id)
        out.extend(_diagnosis(comparison, *error, parse) for error in _errors(comparison))
    return tuple(out)


Error = tuple[ErrorKind, Worded | None, Worded | None, float]
"""The way to be wrong, the gold and the predicted content, and their overlap."""


def _errors(comparison: Comparison) -> Iterator[Error]:
    """Yield what is unmatched, with what overlaps it most, then what is wrong about matched contents."""
    gold, predicted = comparison.gold, comparison.predicted
    worst_first = comparison.overlaps[::-1]
    nearest_to_gold = {pair.gold: pair for pair in worst_first}
    nearest_to_predicted = {pair.predicted: pair for pair in worst_first}
    for index in sorted(set(range(len(gold))) - {match.gold for match in comparison.matches}):
        near = nearest_to_gold.get(index)
        yield ErrorKind.MISS, gold[index], predicted[near.predicted] if near else None, _overlap(near)
    for index in sorted(set(range(len(predicted))) - {match.predicted for match in comparison.matches}):
        near = nearest_to_predicted.get(index)
        yield ErrorKind.FALSE_FIND, gold[near.gold] if near else None, predicted[index], _overlap(near)
    for match in sorted(comparison.matches, key=lambda match: match.gold):
        wanted, found = gold[match.gold], predicted[match.predicted]
        if match.overlap < 1.0:
            yield ErrorKind.BOUNDARY, wanted, found, match.overlap
        if not right_source(wanted, found):
            yield ErrorKind.SOURCE, wanted, found, match.overlap


def _overlap(pair: Match | None) -> float:
    return pair.overlap if pair else 0.0


def _diagnosis(
    comparison: Comparison,
    error: ErrorKind,
    gold: Worded | None,
    predicted: Worded | None,
    overlap: float,
    parse: Parse | None,
) -> Diagnosis:
    text = comparison.article.text
    shown = predicted if error is ErrorKind.FALSE_FIND else gold
    assert shown is not None
    place = covering(shown.relation.content)
    prediction = predicted.prediction if predicted else None
    if error is ErrorKind.MISS or prediction is None:
        cue, construction = _annotated(text, shown.relation, parse)
    else:
        cue, construction = prediction.lemma, prediction.rule
    missing = extra = frozenset[int]()
    if error is ErrorKind.BOUNDARY and gold and predicted:
        missing, extra = gold.content - predicted.content, predicted.content - gold.content
    return Diagnosis(
        error=error,
        doc_id=comparison.article.doc_id,
        place=place,
        cue=cue or NO_CUE,
        construction=construction,
        kind=shown.kind,
        before=text[max(0, place.start - CONTEXT) : place.start],
        after=text[place.end : place.end + CONTEXT],
        gold=_side(text, gold),
        predicted=_side(text, predicted),
        overlap=overlap,
        confidence=prediction.confidence if prediction else None,
        missing=_words(comparison, missing),
        extra=_words(comparison, extra),
    )


def _side(text: str, unit: Worded | None) -> Side | None:
    if unit is None:
        return None
    relation = unit.relation
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


def _annotated(text: str, relation: Relation, parse: Parse | None) -> tuple[str | None, str]:
    """Return the lemma of an annotated cue and the construction, as far as there is a parse."""
    if parse is None:
        return _text(text, relation.cue).lower(), NOT_PARSED
    return cue_lemma(parse, relation.cue), annotated_construction(parse, relation)


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
    dependents = [token for token in content if parse.heads[token] in cue]
    if dependents:
        return f"{parse.deps[_widest(parse, dependents)]} of cue"
    if any(parse.heads[token] in content for token in cue):
        return "cue within content"
    return "apart"


def _tokens(parse: Parse, spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(token for span in spans for token in parse.tokens_in(span))


def _head(parse: Parse, tokens: frozenset[int]) -> int | None:
    """Return the token with the widest subtree among those whose head lies outside."""
    heads = parse.heads
    tops = [token for token in tokens if heads[token] not in tokens or heads[token] == token]
    return _widest(parse, tops) if tops else None


def _widest(parse: Parse, tokens: Iterable[int]) -> int:
    """Return the token with the widest subtree, the first of several."""
    return max(tokens, key=lambda token: (parse.right[token] - parse.left[token], -token))
