"""Ranges of code points."""

from __future__ import annotations

from quotes.text.spans import Span, covering, trimmed


def test_touching_spans_do_not_overlap() -> None:
    """A span ends before its end: spans that touch share nothing."""
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 4).overlaps(Span(3, 5))
    assert Span(0, 5).contains(Span(3, 5))
    assert not Span(0, 4).contains(Span(3, 5))


def test_trimmed() -> None:
    """White space and further characters at the ends go; a span of nothing else is empty at its start."""
    assert trimmed("  ab, ", Span(0, 6)).of("  ab, ") == "ab,"
    assert trimmed("  ab, ", Span(0, 6), ",").of("  ab, ") == "ab"
    assert trimmed("a  b", Span(1, 3)) == Span(1, 1)


def test_covering() -> None:
    """Spans are covered from the first start to the last end, in whatever order they come."""
    assert covering([Span(5, 6), Span(1, 9), Span(2, 3)]) == Span(1, 9)
