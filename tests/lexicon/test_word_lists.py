"""The word lists keep their form."""

from __future__ import annotations

from pathlib import Path

import pytest

import quotes.lexicon
from quotes.lexicon import table

LISTS = Path(quotes.lexicon.__file__).parent / "en"
NAMES = sorted(path.stem for path in LISTS.glob("*.tsv"))


@pytest.mark.parametrize("name", NAMES)
def test_list_is_sorted_and_says_what_it_is(name: str) -> None:
    """A list begins with its source and scope, is sorted, and has no key twice."""
    lines = (LISTS / f"{name}.tsv").read_text("utf-8").splitlines()
    header = [line for line in lines if line.startswith("#")]
    keys = [line.split("\t")[0] for line in lines if line and not line.startswith("#")]
    assert any(word in line for line in header for word in ("Source:", "general knowledge", "closed class"))
    assert any("Belongs:" in line for line in header)
    assert keys == sorted(set(keys))


def test_ways_to_name_an_addressee_are_known() -> None:
    """Each verb names its addressee in ways that the rules know."""
    ways = {way for fields in table("addressee_verbs").values() for way in fields[0].split()}
    assert ways <= {"object", "person", "to", "on", "at", "with"}
