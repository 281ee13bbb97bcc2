"""docs/limits.md names only cases that do come out wrong, and quotes them to the letter."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.test_rules import CASES, faults_of, found_in

if TYPE_CHECKING:
    from quotes.extractor import Extractor

PAGE = (Path(__file__).parents[1] / "docs" / "limits.md").read_text("utf-8")
BY_NAME = {case.name: case for case in CASES}
CITED = re.findall(r"`([a-z-]+/[a-z-]+)`", PAGE)


@pytest.mark.parametrize("name", CITED)
def test_a_limit_is_still_one(name: str, extractor: Extractor) -> None:
    """A case that the page names comes out wrong; one that comes out right has to leave the page."""
    case = BY_NAME[name].fields
    assert list(faults_of(case, found_in(case, extractor)))


def test_sentences_are_those_of_the_cases() -> None:
    """Each quoted sentence stands in a case that the page names."""
    texts = [BY_NAME[name].fields["text"] for name in CITED]
    sentences = re.findall(r"^> (.+)$", PAGE, re.MULTILINE)
    assert sentences
    assert [sentence for sentence in sentences if not any(sentence in text for text in texts)] == []
