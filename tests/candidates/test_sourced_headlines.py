"""Headlines with their source behind a colon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.candidates.labels import label_frames
from quotes.syntax.pipeline import parse_document
from quotes.text.document import make_document

if TYPE_CHECKING:
    from spacy.language import Language

BELOW = "\n\nThe town was quiet on Friday. It rained."
SAID = {
    "Storm to hit south coast by dawn: forecasters": ("Storm to hit south coast by dawn", "forecasters"),
    "Two men held over harbour fire, boats seized: police": (
        "Two men held over harbour fire, boats seized",
        "police",
    ),
    "“We heard it before we saw it”: skaters describe collapse": ("We heard it before we saw it", "skaters"),
}
UNSAID = (
    "Last chance to see: museum",
    "What we know so far about the fire: police report",
    "Final score of the night: Moor United",
    "Mayor: no tax will rise",
    "“Where The Wild Boats Go”: critics praise opera",
    "“No way home”: how it happened",
    "Parking will cost more: from May",
)


def found(nlp: Language, headline: str) -> list[tuple[str, str]]:
    """Content and speaker of the sourced headlines of a text that one opens."""
    document = make_document(headline + BELOW)
    parse = parse_document(nlp, document)
    return [
        (parse.span(*each.extents[0].pieces[0]).of(parse.text), each.speaker.span.of(parse.text))
        for each in label_frames(document, parse)
        if each.rule == "sourced_headline" and each.speaker is not None
    ]


@pytest.mark.parametrize(("headline", "parts"), SAID.items())
def test_a_source_behind_the_colon(nlp: Language, headline: str, parts: tuple[str, str]) -> None:
    """What stands before the colon is said by whoever is named behind it."""
    assert found(nlp, headline) == [parts]


@pytest.mark.parametrize("headline", UNSAID)
def test_no_source_behind_the_colon(nlp: Language, headline: str) -> None:
    """A title, a topic, a question and a speaker before the colon are no such headline."""
    assert found(nlp, headline) == []
