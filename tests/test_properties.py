"""What holds for any text whatever: no crash, true offsets, order, the same output twice."""

from __future__ import annotations

import json
import textwrap
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import spans_of
from quotes.io.json import statement_record, statements_to_json

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

SENTENCES = st.builds(
    "{}{},{} {} {}{}".format,
    st.sampled_from(["“", '"', "‘", "", "«"]),
    st.sampled_from(CLAUSES),
    st.sampled_from(["”", '"', "’", "", "»"]),
    st.sampled_from(NAMES),
    st.sampled_from(CUES),
    st.sampled_from([".", "", " on Thursday.", ": “"]),
)
SAYINGS = st.builds(
    "{} {} that {}{}".format,
    st.sampled_from(NAMES),
    st.sampled_from(["said", "denied", "told reporters"]),
    st.sampled_from(CLAUSES),
    st.sampled_from([".", " on Thursday.", ", she added."]),
)
PIECES = st.one_of(
    SENTENCES,
    SAYINGS,
    *(st.sampled_from(list(pieces)) for pieces in (MARKS, NAMES, CUES, CLAUSES, ODD, WHEN)),
    st.text(max_size=12),
)
NEWS_LIKE = st.lists(st.tuples(PIECES, st.sampled_from(JOINTS)), max_size=30).map(
    lambda pairs: "".join(piece + joint for piece, joint in pairs)
)
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=200)

WRAPPED = """Ann Kord, the harbour master, told the assembled councillors on
Monday that the bridge across the river would be closed until the
end of spring. “Nobody will be paid for this, and nobody should
be,” she said. “We have lost the money. And the men.” Bo Dorn,
who was not asked, added that he had “never seen such a mess” in
his life.
"""

slowly = settings(
    deadline=None,
    max_examples=200,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


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
@example(text=WRAPPED.replace("\n", "\r"))
@example(text=WRAPPED.replace("\n", "\r\n"))
@example(text="“Nobody told me,” said Ole Frid and ")
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
    assert sum(found) >= 0.25 * len(found)


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


@settings(parent=slowly, max_examples=60)
@given(text=NEWS_LIKE, width=st.sampled_from([None, None, 45, 60]), doubled=st.booleans())
@example(text=WRAPPED, width=None, doubled=False)
@example(text=WRAPPED.replace("be,”", "\nbe,”"), width=None, doubled=False)
def test_line_ends_do_not_matter(extractor: Extractor, text: str, width: int | None, doubled: bool) -> None:
    """With CRLF, between and inside paragraphs, the same is found as with LF, at its own true offsets."""
    if width is not None:
        text = "\n\n".join(textwrap.fill(part, width) for part in text.split("\n\n"))
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    unix = unix.replace("\n", "\n\n") if doubled else unix
    dos = unix.replace("\n", "\r\n")
    check(extractor, dos)
    assert lasting(dos, extractor.extract(dos)) == lasting(unix, extractor.extract(unix))


def lasting(text: str, statements: list[Statement]) -> list[dict[str, object]]:
    """What line ends must not change of statements: everything but hashes; offsets as line and column."""

    def comparable(value: object) -> object:
        if isinstance(value, dict):
            rest = {key: comparable(part) for key, part in value.items() if key not in {"id", "sha256"}}
            return {**rest, **{key: place(rest[key]) for key in ("start", "end") if key in rest}}
        if isinstance(value, list):
            return [comparable(part) for part in value]
        return value.replace("\r\n", "\n") if isinstance(value, str) else value

    def place(offset: object) -> tuple[int, int]:
        before = text[:offset]
        return before.count("\n"), len(before) - before.rfind("\n")

    return [comparable(statement_record(each)) for each in statements]
