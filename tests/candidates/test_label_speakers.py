"""Labels that speak, and those of lists, topics and notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.candidates.label_speakers import Standing, standing_of
from quotes.candidates.labels import label_frames
from quotes.syntax.pipeline import parse_document
from quotes.text.document import make_document
from quotes.text.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language

LABELS = {
    "Police chief": Standing.SURELY,
    "MR HALE": Standing.SURELY,
    "Martha Doyle": Standing.SURELY,
    "Commissioner Okafor": Standing.SURELY,
    "Q": Standing.SURELY,
    "Council": Standing.PERHAPS,
    "Weather": Standing.NOBODY,
    "Tuesday": Standing.NOBODY,
    "Parking": Standing.NOBODY,
    "Ashby 2-1 Moor": Standing.NOBODY,
}


@pytest.mark.parametrize(("label", "standing"), LABELS.items())
def test_standing_of_a_label(nlp: Language, label: str, standing: Standing) -> None:
    """Offices, titles, full names and capitals speak; topics, days and scores do not."""
    parse = parse_document(nlp, make_document(f"{label}: It was late."))
    assert standing_of(parse, Span(0, len(label))) is standing


TEXTS = {
    "headline-of-an-office": ("Bank boss: No branch will close\n\nThe bank met on Friday. It was long.", 1),
    "headline-of-a-topic": (
        "Traffic: Delays on all bridges\n\nThe bridges are old. They were built in 1960.",
        0,
    ),
    "results": ("Results\n\nMoor Town: 3\n\nAshby: 1\n\nHill End: 0\n\nThe next round is in May.", 0),
    "opening-hours": (
        "The pool is open again.\n\nMonday: closed\n\nTuesday: ten to four\n\nParking: free",
        0,
    ),
    "interview": (
        "Host: Why now?\n\nDr Parr: Because it rained.\n\nHost: And then?\n\nDr Parr: It stopped.",
        4,
    ),
}


@pytest.mark.parametrize(("text", "count"), TEXTS.values(), ids=TEXTS)
def test_labelled_paragraphs(nlp: Language, text: str, count: int) -> None:
    """Only labels of speakers make turns and colon headlines."""
    document = make_document(text)
    assert len(list(label_frames(document, parse_document(nlp, document)))) == count


def test_stage_direction_is_no_part_of_a_turn(nlp: Language) -> None:
    """A paragraph that is one direction in brackets belongs to no turn; other paragraphs go on with it."""
    text = "THE CHAIR: Is it late?\n\nMR HALE: It is.\n\nVery late.\n\n[Applause]\n\nTHE CHAIR: Thank you."
    document = make_document(text)
    turns = list(label_frames(document, parse_document(nlp, document)))
    assert [len(turn.extents[0].pieces) for turn in turns] == [1, 2, 1]
