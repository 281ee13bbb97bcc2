"""What holds for any text whatever: no crash, true offsets, order, the same output twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from quotes.writers import statement_record, statements_to_json

if TYPE_CHECKING:
    from quotes.extractor import Extractor
    from quotes.models import Statement

MARKS = [*"\"'“”‘’«»„‟‹›`", "''", "``", "“ ", " ”"]
NAMES = ["Ann Kord", "Mr Kord", "the minister", "she", "Reuters", "A spokesman for the NHS", "QUESTION", "Q"]
CUES = [
    "said",
    "told reporters",
    "according to",
    "denied that",
    "as saying",
    "wrote",
    "asked whether",
    "added",
]
CLAUSES = ["the bridge would close", "it is “only” a start", "We lost.", "no", "to leave", "6'2\""]
ODD = [
    "\u200b",
    "\u200e",
    "\u202e",
    "\ufeff",
    "\x00",
    "\x1b",
    "\x85",
    "\u2028",
    "\ud83d",
    "\u0301",
    "\xa0",
    "😀",
    "ﬁ",
]
JOINTS = [" ", " ", " ", "\n", "\n\n", "\r\n\r\n", "\t", "", ": ", ", ", ". ", " – ", "... "]
WHEN = ["on Thursday", "16 Mar 2023; MEMO:", "LONDON, May 2 (Reuters) –", "last week", "yesterday"]

PIECES = st.one_of(
    *(st.sampled_from(list(pieces)) for pieces in (MARKS, NAMES, CUES, CLAUSES, ODD, WHEN)),
    st.text(max_size=12),
)
NEWS_LIKE = st.lists(st.tuples(PIECES, st.sampled_from(JOINTS)), max_size=30).map(
    lambda pairs: "".join(piece + joint for piece, joint in pairs)
)
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=200)

slowly = settings(
    deadline=None,
    max_examples=200,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def spans_of(value: object) -> Iterator[dict[str, object]]:
    """Every object with offsets in a statement's record."""
    if isinstance(value, dict):
        if "start" in value:
            yield value
        for part in value.values():
            yield from spans_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans_of(part)


def check_statement(text: str, statement: Statement) -> None:
    """Check what the contract promises of one statement."""
    record = statement_record(statement)
    for span in spans_of(record):
        assert 0 <= span["start"] < span["end"] <= len(text)
        assert text[span["start"] : span["end"]] == span["text"]
    pieces = statement.content.spans
    assert pieces
    assert statement.content.text == " … ".join(piece.text for piece in pieces)
    for piece in pieces:
        assert piece.text == piece.text.strip()
    for one, other in pairwise(pieces):
        assert one.end <= other.start


def check(extractor: Extractor, text: str) -> None:
    """Check what the contract promises of a text's statements."""
    statements = extractor.extract(text, document_id="any")
    for statement in statements:
        check_statement(text, statement)
    starts = [statement.content.spans[0].start for statement in statements]
    assert starts == sorted(starts)
    identifiers = [statement.id for statement in statements]
    assert len(set(identifiers)) == len(identifiers)
    written = statements_to_json(statements)
    assert statements_to_json(extractor.extract(text, document_id="any")) == written
    assert len(json.loads(written.encode("utf-8"))) == len(statements)


@slowly
@given(text=NEWS_LIKE)
@example(text="")
@example(text="“")
@example(text="\ufeff“A,” said Ann Kord.\r\n\r\n“B.”\r\n")
@example(text="\u202eAnn Kord said\u202c that\u200b it \x00 would rain.")
@example(text="“A \ud83d b,” said Ann.")
@example(text="said that said that said that said that")
@example(text="Q: Why?\nA: Because.\nQ: \nA:\n")
def test_news_like_text(extractor: Extractor, text: str) -> None:
    """Names, cues, marks, line breaks and odd characters in any order keep the contract."""
    check(extractor, text)


def test_the_texts_are_worth_trying(extractor: Extractor) -> None:
    """Many of the news-like texts hold statements, so that the properties are about something."""
    found = []

    @settings(slowly, derandomize=True, database=None)
    @given(text=NEWS_LIKE)
    def count(text: str) -> None:
        found.append(bool(extractor.extract(text)))

    count()
    assert sum(found) >= 0.2 * len(found)


@slowly
@given(text=ANY_TEXT)
def test_any_text(extractor: Extractor, text: str) -> None:
    """Any code points at all, lone surrogates and control characters included, keep the contract."""
    check(extractor, text)


@settings(parent=slowly, max_examples=15)
@given(texts=st.lists(NEWS_LIKE, max_size=4))
def test_many_documents_are_as_good_as_one(extractor: Extractor, texts: list[str]) -> None:
    """A pipe gives for each document, in order, what extracting it alone gives."""
    alone = [extractor.extract(text) for text in texts]
    assert list(extractor.pipe(texts, batch_size=2)) == alone


@settings(parent=slowly, max_examples=20)
@given(text=NEWS_LIKE)
def test_line_ends_do_not_matter(extractor: Extractor, text: str) -> None:
    """With CRLF instead of LF the same words are found, at offsets true to their own text."""
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    dos = unix.replace("\n", "\r\n")
    check(extractor, dos)
    found = [" ".join(each.content.text.split()) for each in extractor.extract(unix)]
    assert [" ".join(each.content.text.split()) for each in extractor.extract(dos)] == found
