"""Finds where the words of a quotation are in a source, and aligns them word by word.

    quotation = words_of(article, [span])
    source = words_of(transcript)
    for alignment in alignments(quotation, source):  # the best one first
        alignment.score, alignment.span, alignment.steps

Work grows linearly with the source: the words of the quotation are looked up in an index of the
source, which is made once, and only the neighbourhoods where many of them meet are aligned. Nothing
here knows about speakers, sentences or verdicts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from math import log
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from quotes.verification.words import Words, expanded

StepKind = Literal["equal", "changed", "added", "dropped", "back"]
_Floats: TypeAlias = "npt.NDArray[np.float64]"
_Ints: TypeAlias = "npt.NDArray[np.int64]"
_Flags: TypeAlias = "npt.NDArray[np.bool_]"

MOST_PLACES = 200
"""Places of the very same words that are given; of a phrase as frequent as that, none says more than another."""
_NEIGHBOURHOODS = 4
_MARGIN = 24
"""Words on either side of where a quotation's words meet that are aligned too."""
_COMMON = 0.4
"""Worth of a word that every few words of the source is; a word that is there once is worth 1."""
_CHANGED = 0.5
_CHANGED_FORM = 0.25
_STEM = 5
"""Letters with which two forms of one word begin."""
_ADDED = 0.4
_DROPPED = 0.5
_DROPPED_MORE = 0.03
"""For each further word: the shorter of two omissions is the likelier, but not by much."""
_JUMP = 2.2
"""Cost of going on anywhere else in the source, backwards too."""
_REPLACED = 0.1
"""Cost of a word in brackets beside a word of the source that it may stand for."""
_CHANGED_FOR = 4
"""Words of the source that one word of the quotation can replace; more than that are an omission beside it."""
_NONE = -1e9


@dataclass(frozen=True, slots=True)
class Step:
    """Neighbouring words that are treated alike.

    Attributes:
        kind: "equal"; "changed" for other words; "added" where only the quotation has them,
            "dropped" where only the source has, however many; "back" where the quotation goes on
            with words that are further up in the source.
        quotation: Words of the quotation, none of a step that is "dropped" or "back".
        source: Words of the source, none of a step that is "added" or "back".
    """

    kind: StepKind
    quotation: range
    source: range


@dataclass(frozen=True, slots=True)
class Alignment:
    """A quotation laid beside a passage of a source.

    Attributes:
        words: The quotation's words as they were compared: where the source writes as one what
            the quotation writes as two ("e-mails", "emails"), or the other way round, as the
            source does.
        steps: In the order of the quotation, all of whose words they cover; neither the first nor
            the last is "dropped": a quotation may begin and end anywhere.
        score: Share of the quotation's words, weighted by how rare they are in the source, that
            are equal, 0 to 1.
        fit: What the score leaves, 0 to 1, for all that is changed, added, dropped and jumped over.
    """

    words: Words
    steps: tuple[Step, ...]
    score: float
    fit: float

    @property
    def is_exact(self) -> bool:
        """Whether all words are the same, in order, without any between them."""
        return all(step.kind == "equal" for step in self.steps) and len(self.steps) == 1

    @property
    def source(self) -> range:
        """The words of the source from the first to the last that is equal or changed."""
        return range(min(part.start for part in self.parts), max(part.stop for part in self.parts))

    @property
    def parts(self) -> list[range]:
        """The words of the source that are equal or changed, step by step (at least one)."""
        return [step.source for step in self.steps if step.kind in ("equal", "changed") and step.source]


def alignments(quotation: Words, source: Words) -> list[Alignment]:
    """Return where a quotation may be in a source, the best places first.

    All places that have the very same words are given, up to `MOST_PLACES`, in order. Otherwise
    the neighbourhoods that share most with the quotation are aligned, each by itself and all of
    them together, which finds pieces of one that are far apart in the other.

    Returns:
        An empty list when the two share no word.
    """
    if not len(quotation) or not len(source):
        return []
    quotation = _written_as_in(source, quotation)
    exact = list(islice(_exact_places(quotation, source), MOST_PLACES))
    if exact:
        whole = range(len(quotation))
        steps = ((Step("equal", whole, range(at, at + len(whole))),) for at in exact)
        return [Alignment(quotation, each, 1.0, 1.0) for each in steps]
    weights = _weights(quotation, source)
    regions = _neighbourhoods(quotation, source, weights)
    together = [_aligned(quotation, source, weights, _merged(regions))] if len(regions) > 1 else []
    found = [*(_aligned(quotation, source, weights, [region]) for region in regions), *together]
    return _ranked(each for each in found if each is not None)


def _written_as_in(source: Words, quotation: Words) -> Words:
    """Return the quotation with compounds written as one or as two words as the source has them."""
    known, forms = source.places, quotation.forms
    parts: list[tuple[str, int, int]] = []  # a form, and the first and the last word that it is made of
    word = 0
    while word < len(forms):
        form, pair = forms[word], "".join(forms[word : word + 2])
        if word + 1 < len(forms) and pair in known and not _follow(source, *forms[word : word + 2]):
            parts.append((pair, word, word + 1))
            word += 2
            continue
        cuts = range(1, len(form)) if form not in known else ()
        halves = next(((form[:at], form[at:]) for at in cuts if _follow(source, form[:at], form[at:])), (form,))
        parts.extend((half, word, word) for half in halves)
        word += 1
    firsts = [first for _, first, _ in parts]
    return Words(
        quotation.text,
        tuple(form for form, _, _ in parts),
        tuple(quotation.starts[first] for first in firsts),
        tuple(quotation.ends[last] for _, _, last in parts),
        frozenset(place for place, first in enumerate(firsts) if first in quotation.inserted),
        frozenset(bisect_left(firsts, word) for word in quotation.omissions),
    )


def _follow(source: Words, one: str, other: str) -> bool:
    """Return whether one form is followed by another anywhere in the source."""
    places = source.places.get(one, ())
    return other in source.places and any(source.forms[place + 1 : place + 2] == (other,) for place in places)


def _exact_places(quotation: Words, source: Words) -> Iterator[int]:
    """Yield where the source has the quotation's forms one after the other."""
    places = [source.places.get(form, []) for form in quotation.forms]
    rarest = min(range(len(places)), key=lambda word: len(places[word]))
    size = len(quotation)
    for place in places[rarest]:
        start = place - rarest
        if start >= 0 and source.forms[start : start + size] == quotation.forms:
            yield start


def _weights(quotation: Words, source: Words) -> _Floats:
    """Return what each word of the quotation is worth: less, the more frequent it is in the source."""
    size = log(len(source) + 1)
    counts = (len(source.places.get(form, ())) for form in quotation.forms)
    return np.array([1.0 - (1.0 - _COMMON) * log(max(count, 1)) / size for count in counts])


def _neighbourhoods(quotation: Words, source: Words, weights: _Floats) -> list[range]:
    """Return the stretches of the source, not overlapping, that share most with the quotation, best first."""
    size = len(source)
    worth = np.zeros(size)
    for form, weight in {form: weights[word] for word, form in enumerate(quotation.forms)}.items():
        worth[source.places.get(form, [])] = weight
    # words that follow each other in both count twice
    runs = np.zeros(size)
    for one, other in zip(quotation.forms, quotation.forms[1:], strict=False):
        first = np.array(source.places.get(one, []), dtype=np.int64)
        second = np.array(source.places.get(other, []), dtype=np.int64)
        runs[np.intersect1d(first, second - 1, assume_unique=True)] = 1.0
    length = min(len(quotation) + _MARGIN // 2, size)
    total = np.concatenate(([0.0], np.cumsum(worth + runs)))
    total = np.concatenate((total, np.full(length, total[-1])))  # a window may reach over the end
    windows = total[length:] - total[:-length]
    found: list[range] = []
    for _ in range(_NEIGHBOURHOODS):
        best = int(np.argmax(windows))
        if windows[best] <= 0.0:
            break
        found.append(range(max(best - _MARGIN, 0), min(best + length + _MARGIN, size)))
        windows[max(best - length, 0) : best + length] = 0.0
    return found


def _merged(regions: Sequence[range]) -> list[range]:
    """Return the regions in order, overlapping ones as one."""
    merged: list[range] = []
    for region in sorted(regions, key=lambda each: each.start):
        if merged and region.start <= merged[-1].stop:
            merged[-1] = range(merged[-1].start, max(merged[-1].stop, region.stop))
        else:
            merged.append(region)
    return merged


def _ranked(found: Iterable[Alignment]) -> list[Alignment]:
    """Return alignments without repetitions, the best one first."""
    return sorted(dict.fromkeys(found), key=lambda each: (-each.fit, each.source.start))


def _aligned(quotation: Words, source: Words, weights: _Floats, regions: Sequence[range]) -> Alignment | None:
    """Return the best alignment with some stretches of the source, None when no word is equal."""
    places = np.concatenate([np.arange(region.start, region.stop) for region in regions])
    path, reached = _best_path(quotation, source, weights, places)
    steps = _steps(quotation, source, path)
    equal = [word for step in steps if step.kind == "equal" for word in step.quotation]
    if not equal:
        return None
    counted = [word for word in range(len(quotation)) if word not in quotation.inserted] or range(len(quotation))
    total = float(sum(weights[word] for word in counted))
    same = float(sum(weights[word] for word in equal))
    return Alignment(quotation, steps, min(1.0, same / total), min(1.0, max(0.0, reached / total)))


def _steps(quotation: Words, source: Words, path: Sequence[int]) -> tuple[Step, ...]:
    """Return the steps along a path, words that differ one after the other as one step."""
    steps: list[Step] = []
    last = -1
    for word, place in enumerate(path):
        own = range(word, word + 1)
        if place < 0:
            steps.append(Step("added", own, range(0)))
            continue
        if 0 <= last < place - 1:
            steps.append(Step("dropped", range(word, word), range(last + 1, place)))
        elif place <= last:
            steps.append(Step("back", range(word, word), range(0)))
        kind: StepKind = "equal" if quotation.forms[word] == source.forms[place] else "changed"
        steps.append(Step(kind, own, range(place, place + 1)))
        last = place
    joined: list[Step] = []
    for step in steps:
        if joined and (whole := _together(joined[-1], step)) is not None:
            joined[-1] = whole
        else:
            joined.append(step)
    return tuple(joined)


def _together(one: Step, other: Step) -> Step | None:
    """Return two neighbouring steps as one, None where they are different things."""
    kinds = {one.kind, other.kind}
    if "back" in kinds or (kinds != {"equal"} and "equal" in kinds):
        return None
    words = range(one.quotation.start, other.quotation.stop)
    if not one.source or not other.source:
        places = one.source or other.source
    else:
        places = range(one.source.start, other.source.stop)
    if "dropped" in kinds and len(places) > _CHANGED_FOR * len(words):
        return None
    return Step(one.kind if len(kinds) == 1 else "changed", words, places)


def _best_path(quotation: Words, source: Words, weights: _Floats, places: _Ints) -> tuple[list[int], float]:
    """Return for each word of the quotation the word of the source beside it, -1 for none, and the score.

    Rows of the table are words of the quotation, columns the places, with one in front for the
    beginning. Each cell holds the best score that ends with that word at that place; a row is
    computed at once. To leave words of the source out costs something for the first and little
    for each further one, and never more than a jump.
    """
    size, forms = len(places), len(quotation)
    same, alike = _resemblance(quotation, source, places)
    # distances count words of the source, across the stretches that are left out
    along = np.concatenate(([places[0] - 1], places)).astype(float) * _DROPPED_MORE
    best = np.zeros(size + 1)  # a quotation may begin anywhere
    rows: list[tuple[_Floats, _Ints, _Floats]] = []
    for word in range(forms):
        optional = word in quotation.inserted
        reached, origin = _after_omissions(best, along)
        changed = np.where(alike[word], -_CHANGED_FORM, -(_REPLACED if optional else _CHANGED))
        gain = np.where(same[word], weights[word], changed)
        beside = np.concatenate(([_NONE], reached[:-1] + gain))
        alone = best - (0.0 if optional else _ADDED)
        rows.append((beside, origin, alone))
        best = np.maximum(beside, alone)
    return _traced(rows, best, places), float(best.max())


def _resemblance(quotation: Words, source: Words, places: _Ints) -> tuple[list[_Flags], list[_Flags]]:
    """Return for each word of the quotation at which places is its form, and at which another form of the word.

    Other forms are a contraction and its parts ("he'd", "he"), and words that begin with the
    same letters ("country", "countries").
    """
    forms = [source.forms[place] for place in places.tolist()]
    numbers = {form: number for number, form in enumerate(dict.fromkeys(forms))}
    beside = np.array([numbers[form] for form in forms])
    kin: defaultdict[str, list[int]] = defaultdict(list)
    for form, number in numbers.items():
        for key in _kin_keys(form):
            kin[key].append(number)
    same, alike = {}, {}
    for form in dict.fromkeys(quotation.forms):
        same[form] = beside == numbers.get(form, -1)
        alike[form] = np.isin(beside, [number for key in _kin_keys(form) for number in kin.get(key, ())])
    return [same[form] for form in quotation.forms], [alike[form] for form in quotation.forms]


@lru_cache(maxsize=65536)
def _kin_keys(form: str) -> tuple[str, ...]:
    """Return keys of which two forms of one word share one."""
    parts = expanded(form)
    return (*parts, *((f"{form[:_STEM]}*",) if len(form) >= _STEM and form.isalpha() else ()))


def _after_omissions(best: _Floats, along: _Floats) -> tuple[_Floats, _Ints]:
    """Return the best score at each place after leaving words of the source out, and where that began."""
    size = len(best)
    here = np.arange(size)
    gained = best + along
    highest = np.maximum.accumulate(gained)
    # the last place where the running maximum was reached
    began = np.maximum.accumulate(np.where(gained >= highest, here, 0))
    began = np.concatenate(([0], began[:-1]))  # at least one word is left out
    omitted = gained[began] - along - _DROPPED
    top = int(np.argmax(best))
    reached, origin = best.copy(), here.copy()
    for scores, origins in ((omitted, began), (np.full(size, best[top] - _JUMP), np.full(size, top))):
        better = scores > reached
        reached = np.where(better, scores, reached)
        origin = np.where(better, origins, origin)
    return reached, origin


def _traced(rows: Sequence[tuple[_Floats, _Ints, _Floats]], last: _Floats, places: _Ints) -> list[int]:
    """Return the place beside each word, from the best end back to the beginning."""
    column = int(np.argmax(last))
    path: list[int] = []
    for beside, origin, alone in reversed(rows):
        if beside[column] >= alone[column]:
            path.append(int(places[column - 1]))
            column = int(origin[column - 1])
        else:
            path.append(-1)
    return path[::-1]
