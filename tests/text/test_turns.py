"""Turns of transcripts are found by their labels."""

from __future__ import annotations

import pytest

from quotes.text.document import make_document
from quotes.text.turns import turns_of, unspoken

TRANSCRIPTS = [
    ("MR. HALE: Yes, I was there.\n\nMS. ORDE: When?\n\nMR. HALE: In May.", ["MR. HALE", "MS. ORDE", "MR. HALE"]),
    ("Q: Were you there?\n\nA: Yes, I was.\n\nQ: When?\n\nA: In May.", ["Q", "A", "Q", "A"]),
    ("MAYOR: Good evening.\n\nCLERK: Two ayes.\n\nAll rose.", ["MAYOR", "CLERK"]),
    (
        "Ann Kord: It rains.\n\nMan in the audience: Yes!\n\nAnn Kord: Quite.",
        ["Ann Kord", "Man in the audience", "Ann Kord"],
    ),
    ("PRESIDENT HARLOW: My friends.\n\nWe meet again.\n\nThank you.", ["PRESIDENT HARLOW"]),
]
OTHERS = [
    "The mayor said one thing is plain: it rains.\n\nThe clerk said: Yes.\n\nNothing was done.",
    "Results: Norby 2, Aldmouth 1\n\nWeather: rain\n\nThe match was short.",
    "One thing is plain: it rains.\n\nOne thing is plain: it pours.",
    "",
]


@pytest.mark.parametrize(("text", "speakers"), TRANSCRIPTS)
def test_turns(text: str, speakers: list[str]) -> None:
    """Each turn goes from its label to the next one, and its name is where the text has it."""
    turns = turns_of(make_document(text))
    assert [turn.speaker for turn in turns] == speakers
    assert [turn.name.of(text) for turn in turns] == speakers
    assert [turn.end for turn in turns] == [*(turn.label.start for turn in turns[1:]), len(text)]


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_no_transcript(text: str) -> None:
    """Colons in prose, results and notices make no turns."""
    assert turns_of(make_document(text)) == []


def test_what_nobody_says() -> None:
    """Applause and what is done are no words; an aside in brackets is."""
    text = "Thank you. (APPLAUSE) We (that is, the town) paid [laughter] for it.\n[Reads from the letter]\nYes."
    assert sorted({span.of(text) for span in unspoken(text)}) == ["(APPLAUSE)", "[Reads from the letter]", "[laughter]"]
