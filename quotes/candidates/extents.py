"""Extents: where a content that the parse marks may begin and end.

The parser often attaches the last phrase of a clause to the wrong verb, or
joins two clauses. Each extent mends one such habit; the scorer chooses.
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.candidates.candidate import Extent
from quotes.candidates.pieces import trimmed_pieces, without
from quotes.lexicon.entries import word_class
from quotes.syntax.article import Article
from quotes.syntax.chains import goes_on_saying
from quotes.syntax.mention import Range
from quotes.syntax.parse import Parse

MOST_ONWARD = 3
MOST_CUTS = 5
_STOPS_ONWARD = ("cc", "conj", "parataxis")
_DETACHABLE = (
    "acl", "advcl", "advmod", "appos", "ccomp", "conj", "npadvmod", "parataxis", "prep", "relcl", "xcomp",
)  # fmt: skip


def extents_under(article: Article, cue: int, argument: int, cue_zone: Range) -> Iterator[Extent]:
    """Yield the extents of the content that an argument of a cue heads, its own subtree first.

    The tokens of cue and speaker in the zone can't be content. There are none where the
    content would be one quotation, which has constructions of its own.
    """
    seen: set[tuple[Range, ...]] = set()
    for name, piece in _ranges(article.parse, cue, argument):
        for ending, whole in _fitted_to_quotations(article, cue, piece):
            pieces = trimmed_pieces(article.parse, without(whole, cue_zone))
            if not pieces or pieces in seen or is_quotation(article, cue, pieces):
                continue
            if not _runs_out_of_quotation(article, cue, pieces):
                seen.add(pieces)
                yield Extent(name + ending, pieces)


def is_quotation(article: Article, cue: int, pieces: tuple[Range, ...]) -> bool:
    """Return whether a content lies in one quotation that the cue is no part of."""
    index, at = article.quotation_at[pieces[0][0]], article.quotation_at
    return index >= 0 and at[cue] != index and all(at[a] == index == at[b] for a, b in pieces)


def _runs_out_of_quotation(article: Article, cue: int, pieces: tuple[Range, ...]) -> bool:
    """Return whether a content opens with a quotation after a comma and goes on without it ("said, “...,” he said")."""
    first, last = pieces[0][0], pieces[-1][1]
    quoted = article.quotation_range(first)
    if quoted is None or quoted[0] != first or article.quotation_at[last] == article.quotation_at[first]:
        return False
    ends = article.parse.words[quoted[1]] in (",", ".", "?", "!")
    return ends and cue < first and article.parse.words[first - 2] in (",", ":")


def _fitted_to_quotations(article: Article, cue: int, piece: Range) -> Iterator[tuple[str, Range]]:
    """Yield a range fitted to the quotations that it cuts in two.

    Of "said it was “resolutely opposed” to it" the whole clause stays; a range
    that ends or begins within a quotation is also tried with the rest of it.
    A cue inside a quotation has its content there too.
    """
    first, last = piece
    own = article.quotation_range(cue)
    if own is not None:
        first, last = max(first, own[0]), min(last, own[1])
        if first <= last:
            yield "", (first, last)
        return
    yield "", piece
    near_end = range(last, min(last + 3, len(article.parse)) if last > cue else last + 1)
    opened = article.quotation_range(first)
    closed = article.quotation_range(next(filter(article.is_quoted, near_end), last))
    start = first if opened is None else min(first, opened[0])
    end = last if closed is None else max(last, closed[1])
    if (start, end) != piece and not start <= cue <= end:
        yield "+quotation", (start, end)


def _ranges(parse: Parse, cue: int, argument: int) -> Iterator[tuple[str, Range]]:
    first, last = parse.left[argument], parse.right[argument]
    yield "subtree", (first, last)
    for end in _onward(parse, cue, argument):
        yield "onward", (first, end)
    subject = parse.child(argument, "nsubj", "nsubjpass")
    bare = parse.tags[argument] == "VB" and cue < argument
    if bare and subject is not None and parse.left[subject] == first:
        yield "bare_infinitive", (parse.right[subject] + 1, last)  # "made the crew [wait]"
    for cut in _cuts(parse, argument):
        yield f"without_{parse.deps[cut]}", (first, parse.left[cut] - 1)
    for child in parse.children_with(argument, "npadvmod", "prep", "advmod", "advcl"):
        if parse.lemmas[child] in word_class("instead"):
            continue  # "said [instead of the tram he would walk]"
        if child < argument and parse.left[child] == first:  # "told them this weekend [he would go]"
            yield "without_lead", (parse.right[child] + 1, last)
    start = parse.sentence_start(argument)
    if argument < cue and first > start:
        yield "from_sentence", (start, last)


def _onward(parse: Parse, cue: int, argument: int) -> Iterator[int]:
    """Yield the last token of each of the cue's own dependents that follow the argument.

    In "criticized [the Affordable Care Act] as a “crazy system” during a stop"
    both phrases after the object hang on the verb.
    """
    if argument < cue:
        return
    following = [c for c in parse.children[cue] if c > argument and parse.pos[c] != "PUNCT"]
    for child in following[:MOST_ONWARD]:
        if parse.deps[child] in _STOPS_ONWARD or _is_late_cue(parse, child) or goes_on_saying(parse, cue, child):
            return
        opening = range(parse.left[child] - 2, parse.left[child])
        if [parse.words[t] for t in opening if parse.tags[t] != "``"][-1:] == [":"] and parse.tags[opening[1]] == "``":
            return  # "told them [it was a disgrace]: “We were skating”"
        yield parse.right[child]


def _is_late_cue(parse: Parse, clause: int) -> bool:
    """Return whether a clause after a comma tells who said what comes before it ("..., a poll showed")."""
    opening = parse.left[clause]
    subject = parse.child(clause, "nsubj")
    if parse.deps[clause] != "ccomp" or subject is None or parse.left[subject] != opening:
        return False
    has_content = parse.has_child(clause, "ccomp", "dobj", "xcomp", "attr", "acomp")
    return parse.words[opening - 1] in (",", '"', "”") and not has_content


def _cuts(parse: Parse, argument: int) -> Iterator[int]:
    """Yield the phrases on the right edge of the argument, each of which may not belong to it.

    From "he would consider it an insult if they did not vote, putting his name
    on the line" the clause after the comma is one, "if ..." another.
    """
    token, found = argument, 0
    while right := [c for c in parse.children[token] if c > token and parse.deps[c] not in ("punct", "cc")]:
        for child in reversed(right):
            if parse.deps[child] not in _DETACHABLE:
                break
            if found == MOST_CUTS:
                return
            found += 1
            yield child
        token = right[-1]
