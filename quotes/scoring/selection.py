"""Chooses the best consistent set of a document's candidates.

Greedy by probability. Two choices never cover the same words; one may stand
inside the other's content only with its cue there too; a cue has one content,
except that one cue may attribute several quotations of which the later ones
float behind the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from quotes.candidates.candidate import FLOATING, TURN, Candidate, Extent
from quotes.lexicon import words
from quotes.scoring.contract import fitted
from quotes.scoring.explicit import is_explicit
from quotes.scoring.features import extent_features
from quotes.syntax.article import Article
from quotes.syntax.cues import is_saying
from quotes.syntax.mention import Range
from quotes.syntax.parse import Parse
from quotes.text.overlap import SAME_CONTENT, jaccard

CERTAIN = {
    TURN: 0.97,
    "quoted_as_saying": 0.9,
    "noun_and_colon": 0.9,
    "signed_quotation": 0.6,
    "colon_headline": 0.5,
    "sourced_headline": 0.5,
    "per_source": 0.7,
}
"""Least probability of constructions that decide by themselves, and that the
corpora which weights are learned from hold next to none of: a transcript's
labels, "quoted her as saying", "His answer was short: “No.”", "“Build a wall.” —
A. Reader", "Minister: No new levy", "Storm to hit coast: forecasters", "per the indictment"."""
PLAIN_SAYING = 0.3
"""Least probability of a saying cue with a clause, a quotation, or an object that tells what was said.

Lower than the threshold that training finds for everything together: what is
doubtful there is nominal objects and beliefs, not "he said that ..."."""
PLAINEST = 0.1
"""Least probability of what its construction alone makes plain, as in "a warning from X that ..."."""
SAYING_FRAMES = frozenset(
    {
        "according_to",
        "as_clause",
        "clausal_complement",
        "noun_clause",
        "parenthetical",
        "quotation_after_cue",
        "quotation_before_cue",
    }
)


def select(
    article: Article,
    candidates: Sequence[Candidate],
    probabilities: Sequence[float],
    read: Callable[[Sequence[Candidate]], Sequence[Extent]],
    threshold: float,
) -> tuple[Candidate, ...]:
    """Choose.

    Args:
        article: The document's article.
        candidates: What the frames propose.
        probabilities: Of each candidate, in the same order.
        read: Gives the best extent of each of some candidates.
        threshold: Least probability.

    Returns:
        Choices in the order of their content in the text.
    """
    kept = [
        (max(p, CERTAIN.get(x.rule, 0.0)), x)
        for p, x in zip(probabilities, candidates, strict=True)
        if (p >= PLAINEST or x.rule in CERTAIN)
        and (p >= threshold or p >= least_probability(article, x, threshold))
    ]
    if article.trace is not None:
        _note_refused(article, candidates, probabilities, threshold)
    extents = read([x for _, x in kept])
    scored = [
        x._replace(extent=v, probability=p, tokens=words_of(article.parse, v))
        for (p, x), v in zip(kept, extents, strict=True)
    ]
    scored.sort(key=lambda c: (c.rule != TURN, -c.probability, c.pieces, c.rule))
    for choice in scored:
        if not choice.tokens:
            _note(article, "no words", choice, "no word is left of its content")
    consistent = _consistent(article, [c for c in scored if c.tokens])
    chosen = [part for choice in consistent for part in _fitted(article, choice)]
    chosen.sort(key=lambda c: (min(c.tokens), -max(c.tokens)))
    return _linked(article, chosen)


def least_probability(article: Article, candidate: Candidate, threshold: float) -> float:
    """Return from which probability on `select` keeps a candidate; 0 where its construction decides."""
    if candidate.rule in CERTAIN:
        return 0.0
    if is_explicit(article, candidate):
        return min(threshold, PLAINEST)
    return min(threshold, PLAIN_SAYING) if _is_saying(article, candidate) else threshold


def _is_saying(article: Article, candidate: Candidate) -> bool:
    """Return whether a cue that the word list knows to make statements has a clause or quotation.

    Or an object that tells what was said ("<reiterated> [its support]", "<denies> [stealing it]").
    """
    if candidate.cue_head is None:
        return False
    if candidate.rule in ("nominal_object", "infinitive", "prepositional_content"):
        named = candidate.speaker is not None
        return named and article.parse.lemmas[candidate.cue_head] in words("content_objects")
    if candidate.rule not in SAYING_FRAMES:
        return False
    return candidate.rule == "according_to" or is_saying(article.parse, candidate.cue_head)


def preferred(
    article: Article,
    candidates: Sequence[Candidate],
    preferences: Callable[[Sequence[Sequence[str]]], Sequence[float]],
) -> list[Extent]:
    """Return the best extent of each candidate.

    Args:
        article: The document's article.
        candidates: The candidates.
        preferences: Gives points to the features of each of many extents.
    """
    return [
        max(zip(preferences(_features(article, p)), p.extents, strict=True), key=lambda pair: pair[0])[1]
        if len(p.extents) > 1
        else p.extents[0]
        for p in candidates
    ]


def _features(article: Article, candidate: Candidate) -> list[list[str]]:
    return [extent_features(article, candidate, extent) for extent in candidate.extents]


def _fitted(article: Article, choice: Candidate) -> list[Candidate]:
    extents = fitted(article, choice, choice.extent or choice.extents[0])
    if extents == (choice.extent,):
        return [choice]  # most: there is nothing to fit
    if article.trace is not None:
        _note_contract(article, choice, extents)
    return [choice._replace(extent=v, tokens=words_of(article.parse, v)) for v in extents]


def words_of(parse: Parse, extent: Extent) -> frozenset[int]:
    """Return the tokens of an extent that are words."""
    pos = parse.pos
    return frozenset(
        [
            t
            for first, last in extent.pieces
            for t in range(first, last + 1)
            if pos[t] not in ("PUNCT", "SPACE")
        ]
    )


def _note(article: Article, kind: str, candidate: Candidate, message: str) -> None:
    """Say in the trace, if there is one, what became of a candidate."""
    if article.trace is not None:
        pieces = candidate.pieces
        article.trace.note(kind, (pieces[0][0], pieces[-1][1]), message, candidate.key)


def _note_refused(
    article: Article, candidates: Sequence[Candidate], probabilities: Sequence[float], threshold: float
) -> None:
    for candidate, p in zip(candidates, probabilities, strict=True):
        least = least_probability(article, candidate, threshold)
        if p == 0.0 < least:
            _note(
                article,
                "refused",
                candidate,
                "its own features are so far from any statement's that nothing around it was looked at",
            )
        elif p < least:
            _note(article, "refused", candidate, f"its probability, {p:.2f}, is below {least:.2f}")


def _note_contract(article: Article, choice: Candidate, extents: Sequence[Extent]) -> None:
    parse = article.parse
    kept = set().union(*[words_of(parse, extent) for extent in extents])
    left = " ".join([parse.words[token] for token in sorted(choice.tokens - kept)])
    several = f"the output contract makes {len(extents)} statements of it" * (len(extents) > 1)
    without = f"the output contract leaves out “{left}”" * bool(left)
    if several or without:
        _note(article, "contract", choice, "; ".join(filter(None, (several, without))))


def _note_conflict(article: Article, candidate: Candidate, better: Candidate) -> None:
    if article.trace is not None:
        same_cue = candidate.cue_head is not None and candidate.cue_head == better.cue_head
        words = article.parse.span(better.pieces[0][0], better.pieces[-1][1]).of(article.parse.text)
        what = "is another content of its cue" if same_cue else "has some of its words for its content"
        message = f"a likelier candidate ({better.probability:.2f}) {what}: “{' '.join(words.split())}”"
        _note(article, "conflict", candidate, message)


def _consistent(article: Article, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates, the best first, that do not conflict with a better one."""
    parse = article.parse
    chosen: list[Candidate] = []
    of_sentence: dict[int, list[int]] = defaultdict(list)
    of_cue: dict[int, list[int]] = defaultdict(list)
    for candidate in candidates:
        cue = candidate.cue_head
        sentences = {s for piece in candidate.pieces for s in _sentences_of(parse, piece)}
        near = {i for sentence in sentences for i in of_sentence.get(sentence, ())}
        if cue is not None:
            near.update(of_cue.get(cue, ()))
        better = next((chosen[i] for i in near if _conflict(candidate, chosen[i])), None)
        if better is not None:
            _note_conflict(article, candidate, better)
            continue
        for sentence in sentences:
            of_sentence[sentence].append(len(chosen))
        if cue is not None:
            of_cue[cue].append(len(chosen))
        chosen.append(candidate)
    return chosen


def _sentences_of(parse: Parse, piece: Range) -> range:
    return range(parse.sentences[piece[0]], parse.sentences[piece[1]] + 1)


def _conflict(one: Candidate, other: Candidate) -> bool:
    first, second = one, other
    if second.rule == TURN and first.quotation is not None and one.tokens > other.tokens:
        return True  # a block quotation of a transcript is its turns
    if first.cue_head is not None and first.cue_head == second.cue_head:
        both_quotations = first.quotation is not None and second.quotation is not None
        return not both_quotations or bool(one.tokens & other.tokens)
    overlap = jaccard(one.tokens, other.tokens)
    if not overlap:
        return False
    if overlap >= SAME_CONTENT:
        return True
    inside = one.tokens <= other.tokens and first.cue_head in other.tokens
    around = other.tokens <= one.tokens and second.cue_head in one.tokens
    return not inside and not around


def _linked(article: Article, chosen: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Say of each quotation without a cue of its own which choice it goes on from."""
    main: dict[int, int] = {}
    for index, choice in enumerate(chosen):
        cue = choice.cue_head
        if cue is None or choice.quotation is None:
            continue
        # "“By locking in China,” he said, “it allowed ...”": the last one before
        # the cue is the cue's own; without one, the first behind it.
        if cue not in main or max(choice.tokens) < cue:
            main[cue] = index
    out: list[Candidate] = []
    for index, choice in enumerate(chosen):
        cue = choice.cue_head
        if choice.rule == FLOATING:
            target = _before(article, chosen, index)
            if target is not None:
                out.append(choice._replace(continues=target))
            else:
                out.append(choice)
        elif cue is not None and choice.quotation is not None and main[cue] < index:
            out.append(choice._replace(continues=main[cue]))
        else:
            out.append(choice)
    return _without_orphans(article, out)


def _before(article: Article, chosen: Sequence[Candidate], index: int) -> int | None:
    """Return the nearest earlier choice whose speaker a floating quotation can carry on."""
    first = min(chosen[index].tokens)
    paragraph = article.parse.paragraphs[first]
    for earlier in range(index - 1, -1, -1):
        other = chosen[earlier]
        last = max(other.tokens)
        if last > first:
            continue
        cue = other.cue_head
        if cue is not None and article.quotation_at[cue] >= 0:
            continue  # said by somebody inside another quotation
        if other.quotation is not None or article.parse.paragraphs[last] == paragraph:
            return earlier
        if paragraph - article.parse.paragraphs[last] > 2:
            return None
    return None


def _without_orphans(article: Article, choices: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Leave out floating quotations with nothing to carry on, and close the ranks."""
    places: dict[int, int] = {}
    out: list[Candidate] = []
    for index, choice in enumerate(choices):
        target = None if choice.continues is None else places.get(choice.continues)
        if target is not None or choice.rule != FLOATING:
            places[index] = len(out)
            out.append(choice if target == choice.continues else choice._replace(continues=target))
        else:
            _note(article, "orphan", choice, "it has no cue, and nobody before it is quoted and can go on")
    return tuple(out)
