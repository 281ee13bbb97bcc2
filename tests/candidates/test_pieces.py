"""Token ranges as contents: trimming, and code points with the right marks."""

from __future__ import annotations

import pytest

from quotes.candidates.pieces import to_span, trim, trimmed_pieces, without
from quotes.syntax.mention import Range
from tests.builders import parse_from_rows
from tests.candidates.scenes import scene

CLAUSE = """
    and and CCONJ CC cc 3
    that that SCONJ IN mark 3
    boats boat NOUN NNS nsubj 3
    sank sink VERB VBD ROOT 3
    +, , PUNCT , punct 3
    — — PUNCT : punct 3
"""


def test_edges_are_trimmed() -> None:
    """A conjunction, "that", commas and dashes at the edges go."""
    assert trim(parse_from_rows(CLAUSE), (0, 5)) == (2, 3)


def test_a_conjunction_at_the_end_is_trimmed() -> None:
    """An "and" that leads on to another clause is no part of the content."""
    parse = parse_from_rows(CLAUSE.replace("— — PUNCT : punct", "and and CCONJ CC cc"))
    assert trim(parse, (2, 5)) == (2, 3)


def test_a_question_mark_stays() -> None:
    """A content that ends with a question mark keeps it."""
    parse = parse_from_rows(CLAUSE.replace("+, , PUNCT , punct", "+? ? PUNCT . punct"))
    assert trim(parse, (2, 4)) == (2, 4)


def test_a_pronoun_that_stays() -> None:
    """A "that" which is a word of the clause ("that was late") is no complementiser."""
    rows = """
        that that PRON DT nsubj 1
        was be AUX VBD ROOT 1
        late late ADJ JJ acomp 1
    """
    assert trim(parse_from_rows(rows), (0, 2)) == (0, 2)


def test_nothing_left() -> None:
    """A range of marks alone is no content."""
    parse = parse_from_rows(CLAUSE)
    assert trim(parse, (4, 5)) is None
    assert trimmed_pieces(parse, ((0, 1), (2, 3), (4, 5))) == ((2, 3),)


@pytest.mark.parametrize(
    ("hole", "left"),
    [
        ((0, 2), ((3, 9),)),
        ((3, 4), ((5, 9),)),
        ((8, 12), ((3, 7),)),
        ((2, 10), ()),
        ((5, 6), ((3, 4), (7, 9))),
    ],
)
def test_holes(hole: Range, left: tuple[Range, ...]) -> None:
    """What is cut out leaves what is before and after it."""
    assert without((3, 9), hole) == left


QUOTED = """
    It it PRON PRP nsubj 1
    was be AUX VBD ROOT 1
    “ “ PUNCT `` punct 4
    +very very ADV RB advmod 4
    late late ADJ JJ acomp 1
    +. . PUNCT . punct 1
    +” ” PUNCT '' punct 1
"""


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        ((3, 4), "very late."),  # all of a quotation: its stop stays, its marks go
        ((2, 6), "very late."),
        ((0, 4), "It was “very late.”"),  # a quotation inside: its marks stay
        ((0, 1), "It was"),
        ((3, 3), "very"),
    ],
)
def test_marks_around_the_whole_go(piece: Range, text: str) -> None:
    """Marks that enclose the content are left out, marks inside it are kept in pairs."""
    article = scene(QUOTED)
    assert to_span(article.parse, piece, article.quotations).of(article.parse.text) == text
