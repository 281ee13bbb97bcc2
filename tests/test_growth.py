"""What a text costs grows with its length, and no faster, however it was written."""

from __future__ import annotations

import cProfile
import pstats
from math import log2
from typing import TYPE_CHECKING

import pytest

from benchmarks import growth
from quotes.extractor import analyse_parse
from quotes.syntax.pipeline import parse_document
from quotes.text.document import make_document

if TYPE_CHECKING:
    from spacy.language import Language

    from quotes.extractor import Extractor

SIZE = 6_000
FASTEST = 1.15
"""Exponent of the number of calls: without the words that are looked up for the first time it is below 1.05."""


@pytest.mark.parametrize(
    "name",
    [
        "two people of one surname",
        "acronyms with what they stand for",
        "sources",
        "stray marks between words",
    ],
)
def test_calls_grow_with_the_text(name: str, nlp: Language, extractor: Extractor) -> None:
    """Four times as much text takes about four times as many calls after the parse, not sixteen times."""
    calls = []
    for size in (SIZE, 4 * SIZE):
        document = make_document(growth.text_of(growth.GENERATORS[name][1](), size))
        parse = parse_document(nlp, document)
        analyse_parse(document, parse, extractor.scorer)  # what is looked up once
        with cProfile.Profile() as profile:
            analyse_parse(document, parse, extractor.scorer)
        calls.append(pstats.Stats(profile).total_calls)
    assert log2(calls[1] / calls[0]) / 2 < FASTEST


def test_an_exponent_is_fitted() -> None:
    """Twice the size for four times the cost is 2; what a text costs at all does not matter."""
    assert growth.Growth("", (10, 20, 40), (0.3, 1.2, 4.8)).exponent == pytest.approx(2)
    assert growth.Growth("", (10, 20, 40), (0.3, 0.6, 1.2)).exponent == pytest.approx(1)
    slow = growth.Growth("", (10, 20, 40), (0.3, 0.9, 1.2))
    assert slow.at_best((0.4, 0.6, 1.3)).seconds == (0.3, 0.6, 1.2)
