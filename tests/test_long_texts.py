"""Texts longer than the pipeline takes at once, and paragraphs longer than any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

    from quotes.extractor import Extractor

SENTENCE = "“The bridge stays closed until spring,” said Ann Kord, the harbour master, on Monday. "
PLAIN = "The river rose and the boats lay still at the old quay while gulls went over the mud. "


def found_starts(extractor: Extractor, text: str) -> list[int]:
    """Offsets at which the bridge is said to stay closed; every span is checked on the way."""
    starts = []
    for statement in extractor.extract(text):
        for span in statement.content.spans:
            assert text[span.start : span.end] == span.text
        if statement.content.text.startswith("The bridge stays"):
            starts.append(statement.content.spans[0].start)
    return starts


def test_one_paragraph_of_200_000_characters(extractor: Extractor) -> None:
    """In one paragraph of 200,000 characters the statements at its start and end are found."""
    text = SENTENCE + PLAIN * ((200_000 - 2 * len(SENTENCE)) // len(PLAIN)) + SENTENCE
    assert found_starts(extractor, text) == [1, text.rindex("The bridge")]


def test_a_paragraph_without_a_space(extractor: Extractor) -> None:
    """A run of 50,000 letters without a space is no statement and no crash."""
    assert extractor.extract("a" * 50_000) == []


def test_a_paragraph_of_marks(extractor: Extractor) -> None:
    """10,000 quotation marks in a row are no statement and no crash."""
    assert extractor.extract('"' * 10_000) == []
    assert extractor.extract("“" * 10_000) == []


def test_a_text_past_the_limit_of_the_pipeline(
    extractor: Extractor, nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text beyond the pipeline's own limit, which spaCy alone refuses, comes out to its end."""
    monkeypatch.setattr(nlp, "max_length", 100_000)  # a million, which takes a minute to parse
    paragraph = PLAIN * 100 + "\n\n"
    text = SENTENCE + "\n\n" + paragraph * (nlp.max_length // len(paragraph) + 1) + SENTENCE
    with pytest.raises(ValueError, match="exceeds maximum"):
        nlp(text)
    assert found_starts(extractor, text) == [1, text.rindex("The bridge")]
