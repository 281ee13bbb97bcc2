"""The word lists behind the roles keep their form."""

from __future__ import annotations

from pathlib import Path

import pytest

import quotes.lexicon
from quotes.lexicon import table

LISTS = Path(quotes.lexicon.__file__).parent / "en"
NAMES = (
    "cues",
    "denials",
    "hearer_verbs",
    "hearers",
    "idioms",
    "laws",
    "media",
    "missives",
    "outlet_words",
    "outlets",
    "times",
    "unrealised",
)


@pytest.mark.parametrize("name", NAMES)
def test_list_is_sorted_and_says_what_it_is(name: str) -> None:
    """A list begins with its source and scope, is sorted, and has no key twice."""
    lines = (LISTS / f"{name}.tsv").read_text("utf-8").splitlines()
    header = [line for line in lines if line.startswith("#")]
    keys = [line.split("\t")[0] for line in lines if line and not line.startswith("#")]
    assert any("Source:" in line for line in header)
    assert any("Belongs:" in line for line in header)
    assert keys == sorted(set(keys))


def test_ways_to_name_a_hearer_are_known() -> None:
    """Each verb of hearing names its hearer in ways that the rules know."""
    ways = {way for fields in table("hearer_verbs").values() for way in fields[0].split()}
    assert ways <= {"object", "person", "to", "on", "at", "with"}
