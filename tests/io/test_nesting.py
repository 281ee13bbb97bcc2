"""Stretches that overlap become pieces that nest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes.io.tei import nested
from quotes.text.spans import Span

STRETCHES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda p: Span(p[0], p[0] + p[1])))


@given(STRETCHES)
def test_pieces_nest_and_nothing_is_lost(stretches: list[Span]) -> None:
    """Any two pieces are apart or one in the other; each stretch is covered by its own, inside containers."""
    containers = [Span(0, 15), Span(18, 30), Span(30, 70)]
    found = nested([(span, owner) for owner, span in enumerate(stretches)], containers)
    covered: dict[int, set[int]] = {}
    for container, pieces in zip(containers, found, strict=True):
        for index, piece in enumerate(pieces):
            assert container.start <= piece.start < piece.end <= container.end
            covered.setdefault(piece.owner, set()).update(range(piece.start, piece.end))
            for later in pieces[index + 1 :]:
                apart = later.start >= piece.end
                assert apart or (piece.start <= later.start and later.end <= piece.end)
    inside = {place for container in containers for place in range(container.start, container.end)}
    expected = {owner: set(range(s.start, s.end)) & inside for owner, s in enumerate(stretches)}
    assert covered == {owner: places for owner, places in expected.items() if places}
