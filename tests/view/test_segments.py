"""Texts are cut at every boundary of every mark."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.text.spans import Span
from quotes.view.segments import CONTENT, Mark, marks_of, nesting, paragraph_segments
from tests.view.builders import NESTED, library

spans = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda at: Span(at[0], at[0] + at[1]))
roles = st.sampled_from((CONTENT, "speaker", "cue"))
PARAGRAPHS = (Span(0, 20), Span(22, 50), Span(52, 90))
TEXT = "x" * 90


def marks_from(places: list[tuple[Span, str]]) -> tuple[Mark, ...]:
    """Marks with numbers from 1, sorted as `marks_of` sorts them."""
    made = [Mark(span, role, (number,)) for number, (span, role) in enumerate(places, 1)]
    return tuple(sorted(made, key=lambda mark: (mark.span.start, -mark.span.end, mark.statements)))


@given(st.lists(st.tuples(spans, roles), max_size=8))
def test_segments_cover_each_paragraph_and_know_their_marks(places: list[tuple[Span, str]]) -> None:
    """Segments cover each paragraph without gap, and carry just the marks that cover their text."""
    marks = marks_from(places)
    for paragraph, segments in zip(PARAGRAPHS, paragraph_segments(marks, PARAGRAPHS, TEXT), strict=True):
        assert segments[0].span.start == paragraph.start
        assert segments[-1].span.end == paragraph.end
        for one, other in itertools.pairwise(segments):
            assert one.span.end == other.span.start
        for segment in segments:
            assert set(segment.marks) == {mark for mark in marks if mark.span.overlaps(segment.span)}
            assert all(mark.span.contains(segment.span) or not PARAGRAPHS for mark in segment.marks)
            lengths = [len(mark.span) for mark in segment.marks]
            assert lengths == sorted(lengths, reverse=True)


@given(st.lists(st.tuples(spans, roles), max_size=8))
def test_every_content_ends_once(places: list[tuple[Span, str]]) -> None:
    """Each content that ends inside of a paragraph ends at one segment, so that its number shows once."""
    marks = marks_from(places)
    ends = [mark for segments in paragraph_segments(marks, PARAGRAPHS, TEXT) for s in segments for mark in s.ends]
    inside = [
        mark for mark in marks if mark.role == CONTENT and any(p.start < mark.span.end <= p.end for p in PARAGRAPHS)
    ]
    assert sorted(ends, key=lambda mark: mark.statements) == sorted(inside, key=lambda mark: mark.statements)


def test_a_statement_within_another() -> None:
    """The words of a nested statement carry both marks, the outer one first."""
    marks = marks_of(enumerate(library().statements, 1))
    paragraphs = [paragraph.span for paragraph in library().document.paragraphs]
    found = {
        segment.span.of(NESTED): [mark.statements for mark in segment.marks if mark.role == CONTENT]
        for segments in paragraph_segments(marks, paragraphs, NESTED)
        for segment in segments
    }
    assert found["the roof was leaking"] == [(2,), (3,)]
    assert found["Kord"] == [(2,)]
    assert found["The library"] == [(1,)]


@pytest.mark.parametrize(
    ("text", "content", "before"),
    [
        ("“We had no choice,” Ode said.", "We had no choice,", "“We had no choice,”"),
        ("“It leaks”, she said.", "It leaks", "“It leaks”,"),
        ("He said “Hal called it ‘a mess’.”", "a mess", "He said “Hal called it ‘a mess’.”"),
        ('"Never!" he said.', "Never!", '"Never!"'),
        ("She said it would stay open, and left.", "it would stay open", "She said it would stay open,"),
        ("She said it would stay open and left.", "it would stay open", "She said it would stay open"),
        ("He spoke of the board's end.", "the board", "He spoke of the board"),
        ("“Open” “shut”", "Open", "“Open”"),
    ],
)
def test_a_number_follows_the_closing_mark(text: str, content: str, before: str) -> None:
    """The number of a statement is written after the marks and the punctuation that close it, as in print."""
    at = text.index(content)
    marks = marks_from([(Span(at, at + len(content)), CONTENT)])
    [segments] = paragraph_segments(marks, [Span(0, len(text))], text)
    assert [text[: segment.span.end] for segment in segments if segment.ends] == [before]


def test_levels_of_nesting() -> None:
    """A statement that holds another has its line one step lower, everywhere."""
    levels = nesting(marks_of(enumerate(library().statements, 1)))
    assert levels == {1: 0, 2: 1, 3: 0, 4: 0, 5: 0}


def test_a_shared_speaker_is_marked_once() -> None:
    """A speaker of two coordinated statements is one mark with both numbers."""
    one, two = library().statements[:2]
    marks = marks_of([(1, one), (2, two.model_copy(update={"speaker": one.speaker}))])
    assert [mark.statements for mark in marks if mark.role == "speaker"] == [(1, 2)]


def test_a_medium_carried_over_is_not_marked_again() -> None:
    """A medium that comes from an earlier statement is marked at that one only."""
    statement = library().statements[3]
    inherited = statement.medium.model_copy(update={"inherited": True})
    marks = marks_of([(1, statement.model_copy(update={"medium": inherited}))])
    assert "medium" not in {mark.role for mark in marks}
    assert "medium" in {mark.role for mark in marks_of([(1, statement)])}
