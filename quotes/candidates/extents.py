"""Readings of where a content that the parse marks begins and ends.

The parser often attaches the last phrase of a clause to the wrong verb, or
joins two clauses. Each reading mends one such habit; the scorer chooses.
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.candidates.candidate import Candidate, Extent
from quotes.candidates.pieces import trimmed_pieces, without
from quotes.syntax.article import Article
from quotes.syntax.mention import Range
from quotes.syntax.parse import Parse
from quotes.syntax.sight import PREPOSITIONAL_FRAME

MOST_ONWARD = 3
MOST_CUTS = 5
_STOPS_ONWARD = ("cc", "conj", "parataxis")
_CLAUSES = (
    "advcl",
    "relcl",
    "acl",
    "ccomp",
    "conj",
    "parataxis",
    "appos",
    "prep",
    "npadvmod",
    "xcomp",
    "advmod",
)


def plainest(article: Article, cue: int, argument: int, hole: Range) -> Extent | None:
    """Return the first reading of a content headed by ``argument`` under a cue; see `readings`."""
    parse, at = article.parse, article.quotation_at
    first, last = parse.left[argument], parse.right[argument]
    if at[cue] < 0 and at[first] < 0 and at[last] < 0:  # most: nothing to fit to a quotation
        pieces = trimmed_pieces(parse, without((first, last), hole))
        if pieces and not is_quotation(article, cue, pieces):
            return Extent("subtree", pieces)
    return next(readings(article, cue, argument, hole), None)


def completed(article: Article, candidate: Candidate) -> Candidate:
    """Return a candidate with all its readings.

    Frames give clauses their plainest reading only: most candidates are refused,
    and whatever refuses them looks at no other.

    Args:
        article: The document's article.
        candidate: From `quotes.candidates.propose`.
    """
    cue, argument, hole = candidate.cue_head, candidate.argument, candidate.hole
    if hole is None or cue is None or argument is None:
        return candidate
    extents = tuple(readings(article, cue, argument, hole))
    if candidate.rule == PREPOSITIONAL_FRAME:  # "called [for an inquiry]"
        preposition = article.parse.heads[argument]
        whole = Extent("with_preposition", ((preposition, extents[0].pieces[-1][1]),))
        extents = (*extents, whole)
    return candidate._replace(extents=extents, hole=None)


def readings(article: Article, cue: int, argument: int, hole: Range) -> Iterator[Extent]:
    """Yield the readings of a content headed by ``argument`` under a cue.

    Args:
        article: The document's article.
        cue: The cue word.
        argument: Head of the content, usually a dependent of the cue.
        hole: Tokens of cue and speaker that can't be content.

    Yields:
        Different readings, the argument's own subtree first; none where the
        content would be one quotation, which has frames of its own.
    """
    parse = article.parse
    seen: set[tuple[Range, ...]] = set()
    for name, piece in _ranges(parse, cue, argument):
        for ending, whole in _in_quotation(article, cue, piece):
            pieces = trimmed_pieces(parse, without(whole, hole))
            if pieces and pieces not in seen and not is_quotation(article, cue, pieces):
                seen.add(pieces)
                yield Extent(name + ending, pieces)


def _in_quotation(article: Article, cue: int, piece: Range) -> Iterator[tuple[str, Range]]:
    """Yield a range fitted to the quotations that it cuts in two.

    Of "said it was “resolutely opposed” to it" the whole clause stays; a range
    that ends or begins within a quotation is also tried with the rest of it.
    A cue inside a quotation has its content there too.
    """
    first, last = piece
    own = article.quotation_at[cue]
    bounds = article.quotation_tokens[own] if own >= 0 else None
    if bounds is not None:
        first, last = max(first, bounds[0]), min(last, bounds[1])
        if first <= last:
            yield "", (first, last)
        return
    yield "", piece
    start, end = first, last
    opening, closing = article.quotation_at[first], article.quotation_at[last]
    if closing < 0 and last + 2 < len(article.quotation_at) and last > cue:
        closing = (
            article.quotation_at[last + 1]
            if article.quotation_at[last + 1] >= 0
            else article.quotation_at[last + 2]
        )
    if opening >= 0 and (bounds := article.quotation_tokens[opening]) is not None:
        start = min(first, bounds[0])
    if closing >= 0 and (bounds := article.quotation_tokens[closing]) is not None:
        end = max(last, bounds[1])
    if (start, end) != piece and not start <= cue <= end:
        yield "+quotation", (start, end)


def is_quotation(article: Article, cue: int, pieces: tuple[Range, ...]) -> bool:
    """Return whether a content lies in one quotation that the cue is no part of."""
    index = article.quotation_at[pieces[0][0]]
    if index < 0 or article.quotation_at[cue] == index:
        return False
    return all(article.quotation_at[a] == index == article.quotation_at[b] for a, b in pieces)


def _ranges(parse: Parse, cue: int, argument: int) -> Iterator[tuple[str, Range]]:
    first, last = parse.left[argument], parse.right[argument]
    yield "subtree", (first, last)
    for end in _onward(parse, cue, argument):
        yield "onward", (first, end)
    subject = parse.child(argument, "nsubj", "nsubjpass")
    if (
        cue < argument
        and subject is not None
        and parse.tags[argument] == "VB"
        and parse.left[subject] == first
    ):
        yield "bare_infinitive", (parse.right[subject] + 1, last)
    for cut in _cuts(parse, argument):
        yield f"without_{parse.deps[cut]}", (first, parse.left[cut] - 1)
    lead = _lead(parse, argument)
    if lead is not None:
        yield "without_lead", (parse.right[lead] + 1, last)
    sentence = parse.sentence_bounds[parse.sentences[argument]][0]
    if argument < cue and first > sentence:
        yield "from_sentence", (sentence, last)


def _onward(parse: Parse, cue: int, argument: int) -> Iterator[int]:
    """Yield the last token of each of the cue's own dependents that follow the argument.

    In "criticized [the Affordable Care Act] as a “crazy system” during a stop"
    both phrases behind the object hang on the verb.
    """
    if argument < cue:
        return
    found = 0
    for child in parse.children[cue]:
        if child <= argument or parse.pos[child] == "PUNCT":
            continue
        if parse.deps[child] in _STOPS_ONWARD or found == MOST_ONWARD or _is_put_behind(parse, child):
            break
        found += 1
        yield parse.right[child]


def _is_put_behind(parse: Parse, clause: int) -> bool:
    """Return whether a clause behind a comma tells who said what stands before it ("..., a poll showed")."""
    opening = parse.left[clause]
    subject = parse.child(clause, "nsubj")
    if parse.deps[clause] != "ccomp" or subject is None or parse.left[subject] != opening:
        return False
    content = parse.child(clause, "ccomp", "dobj", "xcomp", "attr", "acomp") is not None
    return parse.words[opening - 1] in (",", '"', "”") and not content


def _cuts(parse: Parse, argument: int) -> Iterator[int]:
    """Yield the phrases on the right edge of the argument, each of which may not belong to it.

    From "he would consider it an insult if they did not vote, putting his name
    on the line" the clause behind the comma is one, "if ..." another.
    """
    token = argument
    found = 0
    while found < MOST_CUTS:
        right = [c for c in parse.children[token] if c > token and parse.deps[c] not in ("punct", "cc")]
        if not right:
            return
        for child in reversed(right):
            if parse.deps[child] in _CLAUSES and found < MOST_CUTS:
                found += 1
                yield child
            if parse.deps[child] not in _CLAUSES:
                break
        token = right[-1]


def _lead(parse: Parse, argument: int) -> int | None:
    """Return a time phrase at the start of the content ("told them this weekend he would go")."""
    for child in parse.children[argument]:
        if child >= argument:
            return None
        if parse.left[child] == parse.left[argument] and parse.deps[child] in (
            "npadvmod",
            "prep",
            "advmod",
            "advcl",
        ):
            return child
        if parse.deps[child] not in ("mark", "punct"):
            return None
    return None
