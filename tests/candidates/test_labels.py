"""Labels that speak, and those of lists, topics and notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.candidates import Article, Candidate
from quotes.candidates.candidate import TURN
from quotes.candidates.labels import Certainty, certainty_of, from_labels
from quotes.syntax.pipeline import parse_document
from quotes.text.document import make_document
from quotes.text.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language


def labelled(nlp: Language, text: str) -> list[Candidate]:
    """What the labels of a text attribute."""
    document = make_document(text)
    return list(from_labels(Article.of(document, parse_document(nlp, document), ())))


LABELS = {
    "Police chief": Certainty.CERTAIN,
    "MR HALE": Certainty.CERTAIN,
    "Martha Doyle": Certainty.CERTAIN,
    "Commissioner Okafor": Certainty.CERTAIN,
    "Q": Certainty.CERTAIN,
    "Council": Certainty.POSSIBLE,
    "Weather": Certainty.NONE,
    "Tuesday": Certainty.NONE,
    "Parking": Certainty.NONE,
    "Ashby 2-1 Moor": Certainty.NONE,
    "Ferrywoman": Certainty.CERTAIN,
    "B": Certainty.NONE,
    "Rose of Tralee": Certainty.NONE,
    "Press office (Leeds)": Certainty.POSSIBLE,
}


@pytest.mark.parametrize(("label", "certainty"), LABELS.items())
def test_certainty_of_a_label(nlp: Language, label: str, certainty: Certainty) -> None:
    """Offices, titles, full names and capitals speak; topics, days and scores do not."""
    parse = parse_document(nlp, make_document(f"{label}: It was late."))
    assert certainty_of(parse, Span(0, len(label))) is certainty


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
    assert len(labelled(nlp, text)) == count


def test_stage_direction_is_no_part_of_a_turn(nlp: Language) -> None:
    """A paragraph that is one direction in brackets belongs to no turn; other paragraphs go on with it."""
    text = "THE CHAIR: Is it late?\n\nMR HALE: It is.\n\nVery late.\n\n[Applause]\n\nTHE CHAIR: Thank you."
    assert [len(turn.extents[0].pieces) for turn in labelled(nlp, text)] == [1, 2, 1]


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
    parse = parse_document(nlp, make_document(headline + BELOW))
    return [
        (parse.span(*each.extents[0].pieces[0]).of(parse.text), each.speaker.span.of(parse.text))
        for each in labelled(nlp, headline + BELOW)
        if each.rule == "sourced_headline" and each.speaker is not None
    ]


@pytest.mark.parametrize(("headline", "parts"), SAID.items())
def test_a_source_after_the_colon(nlp: Language, headline: str, parts: tuple[str, str]) -> None:
    """What comes before the colon is said by the source after it."""
    assert found(nlp, headline) == [parts]


@pytest.mark.parametrize("headline", UNSAID)
def test_no_source_after_the_colon(nlp: Language, headline: str) -> None:
    """A title, a topic, a question and a speaker before the colon are no such headline."""
    assert found(nlp, headline) == []


def test_a_page_that_says_everything_twice(nlp: Language) -> None:
    """A label is not repeated where its whole paragraph is: an article and its copy are no transcript."""
    once = "Media Release: Pier opens\n\nToday: 3 May\n\nThe pier opens on Friday. It was shut for a year."
    for text in (once, f"{once}\n\n{once}"):
        assert [found.rule for found in labelled(nlp, text) if found.rule == TURN] == []


def test_what_follows_a_transcript_that_comes_twice(nlp: Language) -> None:
    """The last turn of the first copy does not go on in what follows the last turn of all."""
    once = "Q: Why did you leave?\n\nA: It was cold.\n\nQ: And then?\n\nA: I slept.\n\nThe pier was shut on Monday."
    turns = [found for found in labelled(nlp, f"{once}\n\n{once}") if found.rule == TURN]
    assert [len(found.extents[0].pieces) for found in turns] == [1] * 8
