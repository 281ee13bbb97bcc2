"""Names the differences between a quotation and the passage that it was aligned with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from quotes.lexicon import table, words
from quotes.verification.alignment import Alignment
from quotes.verification.words import Words, expanded

Kind = Literal["dropped", "added", "changed", "moved"]
Concern = Literal["negation", "condition", "quantity", "name"]
CONCERNS: tuple[Concern, ...] = ("negation", "condition", "quantity", "name")
"""The weightiest first."""
FARTHEST = 15
"""Words that may be left out, inside a quotation or at its reporting clause, within one passage."""
_NEGATING = ("un", "in", "im", "il", "ir", "dis", "non")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s|\n")
"""Between the last word of a sentence and the first of the next."""
_BEGINS = re.compile(r"(?:[.!?…][\"'”’)\]]*\s+|[:\"“‘(\[\n]\s*|[–—-]\s+)[\"'“‘(\[]*\Z|\A\W*\Z")
"""Before a word that has its capital because of its place."""
_NEAR = 2
"""Words before and after a passage among which moved ones are looked for."""
_SHORT = 2
"""Words at an end of a quotation that stand in the place of as many of the source; more are an addition."""
_LOOK_BACK = 8
"""Code points before a word in which these are looked for."""


@dataclass(frozen=True, slots=True)
class WordDifference:
    """Words that a quotation and its source do not share.

    Attributes:
        kind: Dropped words are only in the source, added ones only in the quotation; moved words
            are in both, at different places.
        quotation: Words of the quotation as the alignment has them; none of dropped ones, whose
            place the range still tells.
        source: Words of the source; none of added ones.
        concerns: What is added, taken away or changed, None for nothing of those.
    """

    kind: Kind
    quotation: range
    source: range
    concerns: Concern | None


def differences(alignment: Alignment, source: Words) -> list[WordDifference]:
    """Return what differs, in the order of the quotation.

    Words in brackets, which the writer marked as an addition, are no difference, nor are
    words that only their division tells apart ("per cent", "percent").
    """
    found = list(_differences(alignment, source))
    moves = {index: place for index, each in enumerate(found) if (place := _moved_from(each, alignment, source))}
    taken = set(moves.values())
    return [
        _moved(each, moves[index], alignment, source) if index in moves else each
        for index, each in enumerate(found)
        if index in moves or each.kind != "dropped" or each.source not in taken
    ]


def concern_of(quotation: Words, own: range, source: Words, other: range) -> Concern | None:
    """Return the weightiest thing that only one of two stretches says.

    "don't" and "do not" say the same; "satisfied" and "unsatisfied" do not.
    """
    ours, theirs = Counter(_expanded(quotation, own)), Counter(_expanded(source, other))
    extra, lacking = ours - theirs, theirs - ours
    for one, another in ((extra, lacking), (lacking, extra)):
        if "would" in one and "had" in another:  # "'d" is either
            del one["would"], another["had"]
    found = {_kind_of(form) for form in (*extra, *lacking)}
    if any(_are_opposites(one, another) for one in extra for another in lacking):
        found.add("negation")
    if _names(quotation, own) & extra.keys() or _names(source, other) & lacking.keys():
        found.add("name")
    return next((kind for kind in CONCERNS if kind in found), None)


def begins_sentence(text: Words, word: int) -> bool:
    """Return whether a word is the first of a sentence; so is what would follow the last word."""
    if word <= 0 or word >= len(text):
        return True
    between = text.text[text.ends[word - 1] : text.starts[word]]
    shortened = f"{text.written(word - 1).lower()}." in words("honorifics") and "\n" not in between
    return not shortened and _SENTENCE_END.search(between) is not None


def _differences(alignment: Alignment, source: Words) -> Iterator[WordDifference]:
    own_words = alignment.words
    for step in alignment.steps:
        own, other = step.quotation, step.source
        if step.kind in ("equal", "back") or (own and own_words.inserted.issuperset(own)):
            continue
        own = _without_insertions(own, own_words)
        if own and other and _is_same_written(own, other, own_words, source):
            continue
        if not other:
            other = _instead(own, alignment, source)
        elif own.stop == len(own_words):
            other = _whole_contraction(own, other, own_words, source)
        kind: Kind = "changed" if own and other else "added" if own else "dropped"
        apart = kind == "dropped" and (len(other) > FARTHEST or _is_sentences(source, other))
        yield WordDifference(kind, own, other, None if apart else concern_of(own_words, own, source, other))


def _is_sentences(text: Words, stretch: range) -> bool:
    return begins_sentence(text, stretch.start) and begins_sentence(text, stretch.stop)


def _whole_contraction(own: range, other: range, words: Words, source: Words) -> range:
    """Return the words of the source up to the end of what the last word contracts: "didn't" for "did not"."""
    parts = tuple(expanded(words.forms[own.stop - 1]))
    whole = range(other.stop - 1, other.stop - 1 + len(parts))
    return range(other.start, whole.stop) if _forms(source, whole) == parts else other


def _is_same_written(own: range, other: range, words: Words, source: Words) -> bool:
    """Return whether only the division into words differs, at an end of the quotation with the word beside."""
    wholes = [other]
    if own.start == 0:
        wholes.append(range(max(other.start - 1, 0), other.stop))
    if own.stop == len(words):
        wholes.append(range(other.start, other.stop + 1))
    return _joined(words, own) in {_joined(source, whole) for whole in wholes}


def _instead(own: range, alignment: Alignment, source: Words) -> range:
    """Return the words that the source has where the quotation begins or ends with others, none between sentences."""
    first, last = alignment.parts[0].start, alignment.parts[-1].stop
    if len(own) > _SHORT:
        return range(0)
    if own.stop == len(alignment.words):
        end = last
        while end < last + len(own) and not begins_sentence(source, end):
            end += 1
        return range(last, end)
    start = first
    while own.start == 0 and start > first - len(own) and not begins_sentence(source, start):
        start -= 1
    return range(start, first)


def _without_insertions(own: range, words: Words) -> range:
    """Return a stretch of a quotation without the words in brackets at its ends."""
    kept = [word for word in own if word not in words.inserted]
    return range(kept[0], kept[-1] + 1) if kept else own


def _moved(each: WordDifference, place: range, alignment: Alignment, source: Words) -> WordDifference:
    """Return a difference as words moved from a place; a "not" or "only" elsewhere is another thing said."""
    return WordDifference("moved", each.quotation, place, concern_of(alignment.words, each.quotation, source, range(0)))


def _moved_from(each: WordDifference, alignment: Alignment, source: Words) -> range | None:
    """Return where the source has the very words that are added or changed, in or near the passage, unused there."""
    passage, size = alignment.source, len(each.quotation)
    if Counter(_expanded(alignment.words, each.quotation)) == Counter(_expanded(source, each.source)):
        return None  # a contraction
    used = {place for step in alignment.steps if step.kind == "equal" for place in step.source}
    forms = _forms(alignment.words, each.quotation)
    first, last = max(passage.start - _NEAR, 0), min(passage.stop + _NEAR, len(source)) - size
    near = (range(place, place + size) for place in range(first, last + 1) if size)
    return next((at for at in near if _forms(source, at) == forms and used.isdisjoint(at)), None)


def _expanded(text: Words, stretch: range) -> list[str]:
    return [part for word in stretch for part in expanded(text.forms[word])]


def _forms(text: Words, stretch: range) -> tuple[str, ...]:
    return text.forms[stretch.start : stretch.stop]


def _joined(text: Words, stretch: range) -> str:
    return "".join(_forms(text, stretch))


def _kind_of(form: str) -> Concern | None:
    """Return what a form bears on by itself: a number or a word of the list."""
    if form[0].isdigit():
        return "quantity"
    return cast("Concern | None", table("concerns").get(form, (None,))[0])


def _are_opposites(one: str, other: str) -> bool:
    """Return whether one of two words denies the other by its beginning: "unsatisfied"."""
    short, long = sorted((one, other), key=len)
    return long.endswith(short) and len(short) > 3 and long.removesuffix(short) in _NEGATING


def _names(text: Words, stretch: range) -> set[str]:
    """Return the forms of words with a capital that is not due to their place."""
    capitals = (word for word in stretch if text.written(word)[:1].isupper() and not _begins(text, word))
    names = {expanded(text.forms[word])[0] for word in capitals}
    return {name for name in names if len(name) > 1}


def _begins(text: Words, word: int) -> bool:
    return _BEGINS.search(_before(text, word)) is not None


def _before(text: Words, word: int) -> str:
    """Return a few code points before a word."""
    start = text.starts[word]
    return text.text[max(0, start - _LOOK_BACK) : start]
