"""What an encoder learns from, as arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from quotes.encoding.places import candidate_places, extent_places
from quotes.training.encoder.arrays import UNKNOWN, arrays_of, kinds_of
from quotes.training.examples import Example


def letters(words: Sequence[str]) -> list[list[int]]:
    """The letters of each word, as its pieces; none of a full stop."""
    return [[ord(letter) for letter in word if letter != "."] for word in words]


def test_words_and_tags(examples: list[Example]) -> None:
    """Each token has the place of its first piece, and says whether it is source, cue or content."""
    arrays = arrays_of(examples[:2], *kinds_of(examples), letters)
    assert arrays["articles"] == 2
    said = len("Kordsaidrainfellonboats")
    assert arrays["window_length"].tolist() == [said, said + 2]
    assert arrays["token_article"].tolist() == [0] * 7 + [1] * 7
    assert arrays["token_place"][:7].tolist() == [0, 4, 8, 12, 16, 18, said - 1]
    assert arrays["token_tags"][:5].tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1], [0, 0, 0]]
    assert not arrays["token_tags"][7:].any()


def test_candidates_extents_and_speakers(examples: list[Example]) -> None:
    """Candidates and extents have the places that the run time looks at, and the answers of the annotation."""
    first, second = examples[:2]
    arrays = arrays_of([first, second], *kinds_of(examples), letters)
    candidates = [*first.candidates, *second.candidates]
    assert arrays["candidate_places"].tolist() == [list(candidate_places(each)) for each in candidates]
    assert arrays["candidate_right"].tolist() == [label.found for e in (first, second) for label in e.labels]
    assert arrays["candidate_article"].tolist() == [0] * len(first.candidates) + [1] * len(second.candidates)
    assert arrays["candidate_window"].tolist() == [[0, 7]] * len(candidates)
    places = [list(extent_places(each, extent, 7)) for each in candidates for extent in each.extents]
    assert arrays["extent_places"].tolist() == places
    (right,) = np.flatnonzero(arrays["candidate_right"])
    best = arrays["extent_best"][arrays["extent_candidate"] == right]
    top = max(first.labels[right].overlaps)
    assert best.tolist() == [overlap == top for overlap in first.labels[right].overlaps]
    assert (arrays["speaker_candidate"].tolist(), arrays["speaker_token"].tolist()) == ([right], [0])


def test_unknown_kinds_have_the_first_row(examples: list[Example]) -> None:
    """A rule that the examples which were learned from do not have is in the row of unknown ones."""
    rules, extents = kinds_of(examples)
    known = arrays_of(examples, rules, extents, letters)
    assert UNKNOWN not in known["candidate_kind"]
    assert set(known["extent_kind"].tolist()) == set(range(1, len(extents) + 1))
    unknown = arrays_of(examples, [], [], letters)
    assert not unknown["candidate_kind"].any()
    assert not unknown["extent_kind"].any()


def test_nothing_to_learn_from() -> None:
    """Without examples every array has its width and no row."""
    arrays = arrays_of([], [], [], letters)
    assert arrays["candidate_places"].shape == (0, 5)
    assert arrays["token_tags"].shape == (0, 3)
