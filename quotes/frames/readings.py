"""Readings of where a content that the parse marks begins and ends.

The parser often attaches the last phrase of a clause to the wrong verb, or
joins two clauses. Each reading mends one such habit; the scorer chooses.
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.frames.pieces import trimmed_pieces, without
from quotes.frames.proposal import Range, Variant
from quotes.frames.setting import Setting
from quotes.parse import Parse

_STOPS_ONWARD = ("cc", "conj", "parataxis")
_CLAUSES = ("advcl", "relcl", "acl", "ccomp", "conj", "parataxis", "appos", "prep", "npadvmod", "xcomp", "advmod")


def readings(setting: Setting, cue: int, argument: int, hole: Range) -> tuple[Variant, ...]:
    """Return the readings of a content headed by ``argument`` under a cue.

    Args:
        setting: The document's setting.
        cue: The cue word.
        argument: Head of the content, usually a dependent of the cue.
        hole: Tokens of cue and speaker that can't be content.

    Returns:
        Different readings, the argument's own subtree first; none where the
        content would be one quotation, which has frames of its own.
    """
    parse = setting.parse
    seen: set[tuple[Range, ...]] = set()
    out: list[Variant] = []
    for name, piece in _ranges(parse, cue, argument):
        for ending, whole in _in_quotation(setting, cue, piece):
            pieces = trimmed_pieces(parse, without(whole, hole))
            if pieces and pieces not in seen and not _is_quotation(setting, cue, pieces):
                seen.add(pieces)
                out.append(Variant(name + ending, pieces))
    return tuple(out)


def _in_quotation(setting: Setting, cue: int, piece: Range) -> Iterator[tuple[str, Range]]:
    """Yield a range fitted to the quotations that it cuts in two.

    Of "said it was “resolutely opposed” to it" the whole clause stays; a range
    that ends or begins within a quotation is also tried with the rest of it.
    A cue inside a quotation has its content there too.
    """
    first, last = piece
    own = setting.quotation_at[cue]
    bounds = setting.quotation_tokens[own] if own >= 0 else None
    if bounds is not None:
        first, last = max(first, bounds[0]), min(last, bounds[1])
        if first <= last:
            yield "", (first, last)
        return
    yield "", piece
    start, end = first, last
    opening, closing = setting.quotation_at[first], setting.quotation_at[last]
    if closing < 0 and last + 2 < len(setting.quotation_at) and last > cue:
        closing = setting.quotation_at[last + 1] if setting.quotation_at[last + 1] >= 0 else setting.quotation_at[last + 2]
    if opening >= 0 and (bounds := setting.quotation_tokens[opening]) is not None:
        start = min(first, bounds[0])
    if closing >= 0 and (bounds := setting.quotation_tokens[closing]) is not None:
        end = max(last, bounds[1])
    if (start, end) != piece and not start <= cue <= end:
        yield "+quotation", (start, end)


def _is_quotation(setting: Setting, cue: int, pieces: tuple[Range, ...]) -> bool:
    """Return whether a content outside of which the cue stands lies in one quotation."""
    index = setting.quotation_at[pieces[0][0]]
    if index < 0 or setting.quotation_at[cue] == index:
        return False
    return all(setting.quotation_at[a] == index == setting.quotation_at[b] for a, b in pieces)


def _ranges(parse: Parse, cue: int, argument: int) -> Iterator[tuple[str, Range]]:
    first, last = parse.left[argument], parse.right[argument]
    yield "subtree", (first, last)
    end = onward(parse, cue, argument)
    if end > last:
        yield "onward", (first, end)
    subject = parse.child(argument, "nsubj", "nsubjpass")
    if cue < argument and subject is not None and parse.tags[argument] == "VB" and parse.left[subject] == first:
        yield "bare_infinitive", (parse.right[subject] + 1, last)
    conjunct = _conjunct(parse, argument)
    if conjunct is not None:
        yield "first_conjunct", (first, parse.left[conjunct] - 1)
    tail = _tail(parse, argument)
    if tail is not None:
        yield "without_tail", (first, parse.left[tail] - 1)
        deeper = _comma_tail(parse, argument)
        if deeper is not None and deeper != tail:
            yield "until_comma", (first, parse.left[deeper] - 1)
    if argument < cue and first > parse.sentence_bounds[parse.sentences[argument]][0]:
        yield "from_sentence", (parse.sentence_bounds[parse.sentences[argument]][0], last)


def onward(parse: Parse, cue: int, argument: int) -> int:
    """Return the last token of the cue's own dependents that follow the argument."""
    end = parse.right[argument]
    if argument < cue:
        return end
    for child in parse.children[cue]:
        if child <= argument:
            continue
        if parse.deps[child] in _STOPS_ONWARD:
            break
        if parse.pos[child] != "PUNCT":
            end = max(end, parse.right[child])
    return end


def _conjunct(parse: Parse, argument: int) -> int | None:
    """Return the first verb that is coordinated with the argument behind a comma or as a clause."""
    for child in parse.children[argument]:
        if parse.deps[child] == "conj" and parse.pos[child] in ("VERB", "AUX"):
            return child
    return None


def _tail(parse: Parse, argument: int) -> int | None:
    """Return the last dependent behind the argument, if it can be cut off."""
    for child in reversed(parse.children[argument]):
        if child < argument:
            return None
        if parse.deps[child] in _CLAUSES:
            return child
        if parse.deps[child] != "punct":
            return None
    return None


def _comma_tail(parse: Parse, argument: int) -> int | None:
    """Return the last dependent on the right edge that stands behind a comma or dash."""
    token = argument
    found = None
    for _ in range(12):
        right = [c for c in parse.children[token] if c > token and parse.deps[c] != "punct"]
        if not right:
            break
        token = right[-1]
        before = parse.left[token] - 1
        if parse.words[before] in (",", ";", "—", "–", "-", "--", "(") and parse.deps[token] in _CLAUSES:
            found = token
            break
    return found
