"""Words are compared in one spelling, with true places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.text.spans import Span
from quotes.verification.words import expanded, words_of

SAME = [
    ("E-MAILS", "e‑mails"),
    ("okay", "O.K."),
    ("Sen. Orde", "Senator Orde"),
    ("the U.S. army", "the US army"),
    ("eighty-four", "84"),
    ("a hundred and thirty", "130"),
    ("nineteen eighty-four", "1984"),
    ("the twenty-first century", "the 21st century"),
    ("$1.5bn", "1.5 billion dollars"),
    ("£3,000", "three thousand pounds"),
    ("15%", "fifteen percent"),
    ("organise the labour force", "organize the labor force"),
    ("don’t", "don't"),
    ("the teachers’ pay", "the teachers' pay"),
    ("law & order", "law and order"),
]
DIFFERENT = [
    ("we'll", "we will"),
    ("its", "it's"),
    ("US", "us"),
    ("nine", "ninety"),
    ("one two", "twelve"),
    ("second", "two"),
    ("5 m", "5m"),
    ("twenty, thirty", "2030"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_the_same_words(one: str, other: str) -> None:
    """Case, typography, abbreviated titles and ways to write a number make no difference."""
    assert words_of(one).forms == words_of(other).forms


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_words(one: str, other: str) -> None:
    """A contraction is another word than what it stands for, and so is another number."""
    assert words_of(one).forms != words_of(other).forms


def test_brackets_and_marks_of_omission() -> None:
    """Words in square brackets are the writer's; an ellipsis, in brackets or not, says that something is left out."""
    words = words_of("We [the council] paid ... for it […] and left …")
    assert [words.forms[word] for word in sorted(words.inserted)] == ["the", "council"]
    assert sorted(words.omissions) == [4, 6, 8]


def test_only_some_spans() -> None:
    """Words are taken from the spans alone, and their places are those of the text."""
    text = "“Not now,” she said, “not ever.”"
    words = words_of(text, [Span(1, 8), Span(22, 31)])
    assert words.forms == ("not", "now", "not", "ever")
    assert words.span(range(2, 4)).of(text) == "not ever"
    assert list(words.within(Span(0, 12))) == [0, 1]


@pytest.mark.parametrize(
    ("form", "full"), [("don't", "do not"), ("can't", "can not"), ("we'll", "we will"), ("hale", "hale")]
)
def test_what_contractions_stand_for(form: str, full: str) -> None:
    """A contraction is several words in one."""
    assert " ".join(expanded(form)) == full


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("$[].…'’-,0123 aint\n")), max_size=80))
def test_any_text(text: str) -> None:
    """Whatever the text, words are in order, lie in it, and have a form."""
    words = words_of(text)
    assert len(words.forms) == len(words.starts) == len(words.ends)
    assert all(words.forms)
    assert list(words.starts) == sorted(words.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(words.starts, words.ends, strict=True))
    assert words.inserted <= set(range(len(words)))
    assert words.omissions <= set(range(len(words) + 1))
