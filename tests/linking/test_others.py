"""How a pair stands among others."""

from __future__ import annotations

from quotes.linking.others import Scored, Thirds, standing

LIKELY, UNLIKELY = 2.0, -1.0


def test_neighbours_in_order_and_better_rivals() -> None:
    """A neighbour is near in both documents and in the same order; a rival has one of the two reports."""
    pair = Scored("a", "x", 3, 5, UNLIKELY)
    near, crossed, far = (Scored("b", "y", here, there, LIKELY) for here, there in ((4, 7), (2, 6), (9, 11)))
    rival = Scored("a", "z", 3, 8, LIKELY)
    assert standing(pair, [pair, near], same_document=False)["neighbour linked"] == near.probability
    for other in (crossed, far):
        assert standing(pair, [other], same_document=False)["neighbour linked"] == 0.0
    found = standing(pair, [rival], same_document=False)
    assert found["better rival"] == rival.probability - pair.probability
    assert standing(rival, [pair], same_document=False)["better rival"] == 0.0


def test_a_third_report_speaks_for_a_pair() -> None:
    """One in another document, as far as the less likely of its two pairs."""
    documents = ["tide", "bay", "echo", "bay"]
    thirds = Thirds([(0, 2, 0.9), (1, 2, 0.7), (0, 3, 0.8), (1, 3, 0.6)], documents)
    assert thirds.of(0, 1) == thirds.of(1, 0) == 0.7
    assert Thirds([(0, 2, 0.9)], documents).of(0, 1) == 0.0
    assert Thirds([(0, 3, 0.9), (1, 3, 0.9)], documents).of(0, 1) == 0.0
