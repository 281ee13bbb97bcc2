"""Quotations are found in their sources and aligned word by word."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.verification.alignment import alignments
from quotes.verification.differences import differences
from quotes.verification.words import Words, words_of

SOURCE = """We must now close the quay. I was unsatisfied with the plan, and we don't have nine hundred jobs to offer.
If there is such a wish, then we will come back. The red and the blue flags, Mr Hale told us, are almost gone.
Fifteen per cent of the newscasts in Norland were wrong. Nobody knows why. I will not sign it before May.
We must not wait. He'd walk to the old harbour with Ann Kord, and she would carry the lamp and sing of the sea.
Our cybersecurity is old. They had newscasts and a news cast or a newscast. Nobody has cyber security."""

CASES = [
    ("we must now close the quay", []),
    ("15 percent of the news casts", []),
    ("I [the mayor] will not sign it", []),
    ("newscasts and a news cast or a newscast", []),
    ("Nobody has cybersecurity", []),
    ("[They] are almost gone", []),
    ("we must close the quay", [("dropped", "", "now", None)]),
    ("I will sign it before May", [("dropped", "", "not", "negation")]),
    ("are gone", [("dropped", "", "almost", "condition")]),
    ("I was very unsatisfied with the plan", [("added", "very", "", None)]),
    ("we don't have nine jobs to offer", [("changed", "nine", "nine hundred", "quantity")]),
    ("we do not have 900 jobs to offer", [("changed", "do not", "don't", None)]),
    ("I was satisfied with the plan", [("changed", "satisfied", "unsatisfied", "negation")]),
    ("of the newscasts in Sudland were wrong", [("changed", "Sudland", "Norland", "name")]),
    ("then we may come back", [("changed", "may", "will", "condition")]),
    ("we now must close the quay", [("moved", "must", "must", None)]),
    ("we must close the quay now", [("moved", "now", "now", None)]),
    ("The blue and the red flags", [("moved", "blue", "blue", None), ("moved", "red", "red", None)]),
    ("he had walk to the old harbor with Ann", [("changed", "he had", "He'd", None)]),
    ("Nobody knows why. We must not wait.", [("dropped", "", "I will not sign it before May", None)]),
]


def described(quotation: str, source: Words) -> list[tuple[str, str, str, str | None]]:
    """The differences at the best place, in the words of the two texts."""
    alignment = alignments(words_of(quotation), source)[0]
    words = alignment.words
    return [
        (
            each.kind,
            " ".join(words.written(word) for word in each.quotation),
            " ".join(source.written(word) for word in each.source),
            each.concerns,
        )
        for each in differences(alignment, source)
    ]


@pytest.mark.parametrize(("quotation", "expected"), CASES)
def test_differences(quotation: str, expected: list[tuple[str, str, str, str | None]]) -> None:
    """Each difference is named with the words of both sides and what it bears on."""
    assert described(quotation, words_of(SOURCE)) == expected


def test_all_places_of_the_same_words() -> None:
    """Where the very words are there more than once, every place is given, in order."""
    found = alignments(words_of("we must"), words_of(SOURCE))
    assert [each.is_exact for each in found] == [True, True]
    assert found[0].source.start < found[1].source.start


def test_pieces_from_far_apart_and_in_another_order() -> None:
    """Pieces are found wherever they are: later in the source as an omission, earlier as a step back."""
    source = words_of(SOURCE)
    forwards = alignments(words_of("we must now close the quay, he'd walk to the old harbour"), source)[0]
    assert [step.kind for step in forwards.steps] == ["equal", "dropped", "equal"]
    backwards = alignments(words_of("he'd walk to the old harbour, we must now close the quay"), source)[0]
    assert [step.kind for step in backwards.steps] == ["equal", "back", "equal"]


def test_words_that_are_not_there() -> None:
    """Nothing in common is no alignment; a few frequent words in common are a poor one."""
    source = words_of(SOURCE)
    assert alignments(words_of("purple elephants"), source) == []
    assert alignments(words_of(""), source) == alignments(words_of("we"), words_of("")) == []
    assert alignments(words_of("the committee of the whole will meet on the old bridge"), source)[0].fit < 0.3


word_lists = st.lists(st.sampled_from([*SOURCE.split()[:40], "[but]", "...", "12", "new"]), max_size=25)


@given(word_lists, word_lists)
def test_any_two_texts(one: list[str], other: list[str]) -> None:
    """Steps cover the quotation in order and lie in the source; the same again is the same; bounds are kept."""
    quotation, source = words_of(" ".join(one)), words_of(" ".join(other))
    found = alignments(quotation, source)
    assert found == alignments(quotation, source)
    for alignment in found:
        assert 0.0 <= alignment.fit <= 1.0
        assert 0.0 < alignment.score <= 1.0
        covered = [word for step in alignment.steps for word in step.quotation]
        assert covered == list(range(len(alignment.words)))
        for step in alignment.steps:
            assert 0 <= step.source.start <= step.source.stop <= len(source)
            if step.kind == "equal":
                assert [alignment.words.forms[i] for i in step.quotation] == [source.forms[i] for i in step.source]
        for each in differences(alignment, source):
            assert each.quotation or each.source


@given(word_lists.filter(lambda words: words_of(" ".join(words)).forms != ()))
def test_a_text_is_in_itself(words: list[str]) -> None:
    """A text is found in itself without a difference."""
    text = words_of(" ".join(words))
    best = alignments(text, text)[0]
    assert best.fit == 1.0
    assert differences(best, text) == []


def test_work_grows_with_the_source_and_not_faster() -> None:
    """A source ten times as long takes less than twenty times as long."""
    chance = random.Random(5)
    vocabulary = [f"w{number}" for number in range(3000)]
    quotation = words_of(" ".join(chance.choices(vocabulary, k=40)))
    taken = []
    for size in (20_000, 200_000):
        source = words_of(" ".join(chance.choices(vocabulary, k=size)))
        assert source.places
        begun = time.perf_counter()
        for _ in range(5):
            alignments(quotation, source)
        taken.append(time.perf_counter() - begun)
    assert taken[1] < 20 * taken[0]
