"""Line ends of any kind: the same places, and the way back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extractor import Extractor
from quotes.text.document import as_read, make_document
from quotes.text.reading import reading_of
from quotes.text.spans import Span

LINES = st.lists(st.sampled_from(["a", "bc", " ", "\r\n", "\n", "\r"]), max_size=20).map("".join)


@given(text=LINES)
def test_every_place_leads_back(text: str) -> None:
    """A span of words has the same words in the text with line feeds, and leads back to itself."""
    lines = reading_of(text)
    assert "\r" not in lines.text
    for start in range(len(text)):
        if not text[start].isspace():
            span = Span(start, start + 1)
            assert lines.read(span).of(lines.text) == text[start]
            assert lines.original(lines.read(span)) == span


def test_a_line_end_is_one_place() -> None:
    """The line feed that stands for a CRLF covers both of its characters."""
    assert reading_of("a\r\nb").original(Span(1, 2)) == Span(1, 3)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("<p>&ldquo;Yes,&rdquo; she said.</p><br>No", "\n\n“Yes,” she said.\n\n\nNo"),
        ("<v Ann Kord>It is cold.</v>", "Ann Kord: It is cold."),
        ("a < b & c <5>", "a < b & c <5>"),
        ("<!-- out --><script>x()</script>in", "in"),
        ("WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nHello", "\nHello"),
        ("**Bold** and _slanted_ of 2*3*4 snake_case_name", "Bold and slanted of 2*3*4 snake_case_name"),
        ("See [Ann Kord](https://k.test/a) [sic](laughs)", "See Ann Kord [sic](laughs)"),
        ("* [All links](https://k.test/a)\nText", "\nText"),
        ("It fell.[2][13] In [2020] it rose[s].¹", "It fell. In [2020] it rose[s]."),
        ("> We know.\n## Head\n» More", "  We know.\n   Head\n• More"),
        ("com\u00admit\u200btee  of\u00a0\u2009ten\tmen", "committee of ten men"),
        ("“It is fine, ”he said. “No.”She left.", "“It is fine,” he said. “No.” She left."),
        ("The twenty-\nnine ponies of the\nmoor were counted.", "The twenty-nine ponies of the moor were counted."),
    ],
)
def test_what_is_read(given: str, read: str) -> None:
    """Tags, Markdown, footnotes and odd characters are layout; each word leads back to itself."""
    reading = reading_of(given)
    assert reading.text == read
    for found in re.finditer(r"\w+", read):
        span = Span(*found.span())
        assert re.sub(r"[\u00ad\u200b]", "", reading.original(span).of(given)) == found[0]
        assert reading.read(reading.original(span)) == span


def test_a_text_with_line_feeds_stays_itself() -> None:
    """Without a carriage return the document is not copied."""
    document = make_document("One.\n\nTwo.\n")
    assert as_read(document) is document


def test_hash_and_paragraphs_are_the_documents_own() -> None:
    """The document with line feeds keeps hash and metadata; its paragraphs hold the same words."""
    document = make_document("Headline\r\n\r\nOne.\r\nTwo.\r\n", document_id="dos")
    unified = as_read(document)
    assert (unified.id, unified.sha256, unified.title) == (document.id, document.sha256, document.title)
    words = [p.span.of(document.text) for p in document.paragraphs]
    assert [p.span.of(unified.text) for p in unified.paragraphs] == words == ["Headline", "One.", "Two."]


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_a_pipe_keeps_documents_and_offsets_together(ends: str, extractor: Extractor) -> None:
    """In one pipe texts with different line ends each get their own offsets."""
    unix = "The river rose.\n\n“It is over,” said Ann Kord.\n"
    other = unix.replace("\n", ends)
    for text, statements in zip([other, unix, other], extractor.pipe([other, unix, other]), strict=True):
        (statement,) = statements
        (piece,) = statement.content.spans
        assert text[piece.start : piece.end] == piece.text == "It is over,"
        assert statement.speaker is not None
        assert statement.speaker.mention is not None
        mention = statement.speaker.mention
        assert text[mention.start : mention.end] == "Ann Kord"
