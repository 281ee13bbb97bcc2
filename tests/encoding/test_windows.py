"""How a document is cut into what the encoder reads at once."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from quotes.candidates.candidate import Candidate, Extent
from quotes.encoding import windows
from quotes.encoding.places import FARTHEST, NOWHERE, candidate_places, extent_places, speaker_window
from quotes.encoding.windows import windows_of
from quotes.syntax.mention import Mention
from quotes.syntax.parse import Parse
from quotes.text.spans import Span
from tests.builders import parse_from_rows

ROW = "{} w NOUN NN ROOT {}"


def paragraphs(*lengths: int) -> Parse:
    """A parse with paragraphs of so many tokens: t0, t1, ..."""
    count = sum(lengths)
    numbers = tuple(paragraph for paragraph, length in enumerate(lengths) for _ in range(length))
    return parse_from_rows("\n".join(ROW.format(f"t{i}", i) for i in range(count)), paragraphs=numbers)


def two_each(words: Sequence[str]) -> list[tuple[int, ...]]:
    """Two word pieces a word: its number, and 1000 more."""
    return [(int(word[1:]), int(word[1:]) + 1000) for word in words]


@pytest.fixture(autouse=True)
def short_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows of at most ten pieces."""
    monkeypatch.setattr(windows, "MOST_PIECES", 10)


@pytest.mark.parametrize(
    ("lengths", "sizes"),
    [((2, 3), [10]), ((3, 3), [6, 6]), ((2, 2, 2), [8, 4]), ((7,), [10, 4]), ((1, 6, 1), [2, 10, 4])],
    ids=["they fit", "whole paragraphs", "as many as fit", "a long one is cut", "which begins a window"],
)
def test_a_window_holds_whole_paragraphs_where_they_fit(lengths: tuple[int, ...], sizes: list[int]) -> None:
    """Only a paragraph that is longer than a window is cut, between tokens."""
    read = windows_of(paragraphs(*lengths), two_each)
    assert [len(pieces) for pieces in read.pieces] == sizes
    assert [piece for pieces in read.pieces for piece in pieces][::2] == list(range(sum(lengths)))


def test_a_token_is_at_its_first_piece() -> None:
    """One of which no piece is left takes the place of what comes before it."""
    read = windows_of(paragraphs(4), lambda _: [(1, 2), (), (3,), (4, 5)])
    assert read.place_of == (0, 1, 2, 3)
    assert read.pieces == ((1, 2, 3, 4, 5),)


def test_places_of_a_candidate() -> None:
    """What a candidate lacks is nowhere; an extent is known by its borders and what is beyond them."""
    extent = Extent("subtree", ((4, 5), (8, 9)))
    said = Candidate("quotation_before_cue", (7,), 7, 5, (extent,), Mention(Span(0, 2), 6))
    bare = Candidate.without_cue("floating_quotation", extent)
    assert candidate_places(said) == (7, 5, 6, 4, 9)
    assert candidate_places(bare) == (NOWHERE, NOWHERE, NOWHERE, 4, 9)
    assert extent_places(said, extent, 11) == (7, 5, 4, 3, 9, 10, 5)
    assert extent_places(bare, Extent("whole", ((0, 9),)), 10) == (NOWHERE, NOWHERE, 0, NOWHERE, 9, NOWHERE, 9)
    assert speaker_window(said, 1000) == range(7 + FARTHEST + 1)
    assert speaker_window(bare, 20) == range(20)
