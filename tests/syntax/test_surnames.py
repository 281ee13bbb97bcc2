"""How the surnames of a text are read by the parser: one code point for another."""

from __future__ import annotations

import pytest

from quotes.syntax.surnames import with_joined_surnames


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Irena van den Bosch spoke to de la Cruz.", "Irena Van Den Bosch spoke to De La Cruz."),
        ("Ada Crane-Moss sat. MS CRANE-MOSS: No.", "Ada Craneemoss sat. MS CRANEEMOSS: No."),
        ("Georgia NFL-TIO met the Orno-Vell line.", "Georgia NFL-TIO met the Orno-Vell line."),
        ("They met at a cafe in Orno.", "They met at a cafe in Orno."),
    ],
)
def test_surnames_are_read_as_one_name(text: str, read: str) -> None:
    """Particles get capitals, double-barrelled surnames become one word; initials and places stay."""
    assert with_joined_surnames(text, text, 0) == read
