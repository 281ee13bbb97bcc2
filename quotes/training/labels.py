"""Says which candidates an annotated article confirms, and which reading is the best."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from quotes.candidates.candidate import FLOATING, Candidate, Extent
from quotes.evaluation.corpus import GoldArticle, Relation
from quotes.scoring.selection import words_of
from quotes.syntax.parse import Parse
from quotes.text.overlap import SAME_CONTENT, jaccard
from quotes.text.spans import Span


@dataclass(frozen=True, slots=True)
class Label:
    """How well each reading of a candidate meets the annotation.

    Attributes:
        overlaps: Best Jaccard overlap of each reading with a content that the
            same cue has in the annotation; 0 without one.
        relation: Index of the annotated relation that the best reading meets; None without one.
    """

    overlaps: tuple[float, ...]
    relation: int | None = None

    @property
    def found(self) -> bool:
        """Whether some reading is good enough."""
        return max(self.overlaps) >= SAME_CONTENT


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated relation in tokens: its cue, its content, and each span of it."""

    cue: frozenset[int]
    contents: tuple[frozenset[int], ...]


def label(parse: Parse, article: GoldArticle, candidates: Sequence[Candidate]) -> tuple[Label, ...]:
    """Compare candidates with the annotation.

    A candidate is right when its content overlaps an annotated one enough and
    its cue word is part of the annotated cue. A resumed quotation, which the
    corpus keeps as one relation, is also right span by span; a floating one is
    right where the relation has something to say before it.
    """
    gold = [in_tokens(parse, relation) for relation in article.relations]
    of_token: dict[int, set[int]] = defaultdict(set)
    for index, relation in enumerate(gold):
        for content in relation.contents:
            for token in content:
                of_token[token].add(index)
    out = []
    for candidate in candidates:
        met = [_overlap(parse, gold, of_token, candidate, extent) for extent in candidate.extents]
        out.append(Label(tuple(overlap for overlap, _ in met), max(met, key=itemgetter(0))[1]))
    return tuple(out)


def in_tokens(parse: Parse, relation: Relation) -> Gold:
    """Return an annotated relation in tokens of a parse."""
    whole = _words(parse, relation.content)
    each = tuple(_words(parse, (span,)) for span in relation.content) if len(relation.content) > 1 else ()
    cue = frozenset(t for span in relation.cue for t in parse.tokens_in(span))
    return Gold(cue, tuple(content for content in (whole, *each) if content))


def _words(parse: Parse, spans: Iterable[Span]) -> frozenset[int]:
    """Return the words of a content without the "that" that our contract leaves out."""
    tokens = sorted({token for span in spans for token in parse.words_in(span)})
    if tokens and parse.lemmas[tokens[0]] == "that" and parse.deps[tokens[0]] == "mark":
        del tokens[0]
    return frozenset(tokens)


def _overlap(
    parse: Parse, gold: Sequence[Gold], of_token: dict[int, set[int]], candidate: Candidate, extent: Extent
) -> tuple[float, int | None]:
    """Return the best overlap of an extent with an annotated content, and the relation that has it."""
    content = words_of(parse, extent)
    if not content:
        return 0.0, None
    ordered = sorted(content)
    probes = (ordered[0], ordered[len(ordered) // 2], ordered[-1])
    best: tuple[float, int | None] = (0.0, None)
    for index in {i for token in probes for i in of_token.get(token, ())}:
        relation = gold[index]
        if candidate.cue_head is not None and candidate.cue_head not in relation.cue:
            continue
        if candidate.rule == FLOATING and min(relation.contents[0]) >= ordered[0] - 1:
            continue
        best = max(best, *((jaccard(content, other), index) for other in relation.contents), key=itemgetter(0))
    return best
