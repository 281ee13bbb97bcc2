"""Filters of statements: what each asks, alone and together."""

from __future__ import annotations

import pytest

from quotes.filters import StatementFilter
from quotes.models import Statement
from tests.conftest import entity_record, make_statement

SAID = "The bridge\n is ‘closed’"


def dated(said: str | None, published: str | None) -> Statement:
    """A statement of these two dates."""
    record = make_statement(SAID).model_dump()
    record["provenance"]["document"]["published"] = published
    if said is not None:
        record["when"] = {"start": 0, "end": 3, "text": "May", "date": said}
    return Statement.model_validate(record)


@pytest.mark.parametrize(
    ("name", "asked", "wanted"),
    [
        ("Ann Kord", "kord", True),
        ("Ann Kord", "ann  KORD", True),
        ("Ann Kord", "Kor", False),
        ("Zoë Kord", "zoe", True),
        ("Ann O’Neill", "o'neill", True),
        (None, "Kord", False),
    ],
)
def test_speakers_go_by_whole_words(name: str | None, asked: str, wanted: bool) -> None:
    """A part of the name is enough, in any case and without accents, but a part of a word is not."""
    statement = make_statement(SAID, speaker=name and entity_record(name))
    assert StatementFilter(speakers=(asked,))(statement) is wanted
    assert StatementFilter(speakers=("Somebody", asked))(statement) is wanted


def test_a_speaker_without_a_name_goes_by_the_mention() -> None:
    """Where nobody was found, the words of the text count."""
    mention = {"start": 0, "end": 12, "text": "the minister"}
    statement = make_statement(SAID, speaker=entity_record(None, mention=mention, resolved_by="unresolved"))
    assert StatementFilter(speakers=("Minister",))(statement)


@pytest.mark.parametrize(("text", "wanted"), [("bridge is", True), ("'CLOSED'", True), ("open", False)])
def test_contains(text: str, wanted: bool) -> None:
    """Line breaks, case and the form of quotation marks make no difference."""
    assert StatementFilter(contains=(text,))(make_statement(SAID)) is wanted


def test_kinds() -> None:
    """One of the kinds is enough."""
    assert StatementFilter(kinds=("direct", "indirect"))(make_statement(SAID))
    assert not StatementFilter(kinds=("direct",))(make_statement(SAID))


@pytest.mark.parametrize(
    ("name", "wanted"), [("Ann Kord", True), ("minister", False), ("Harbour Board spokesman", False), (None, False)]
)
def test_named_only(name: str | None, wanted: bool) -> None:
    """A description is no name."""
    assert StatementFilter(named_only=True)(make_statement(SAID, speaker=name and entity_record(name))) is wanted


@pytest.mark.parametrize(
    ("said", "published", "since", "until", "wanted"),
    [
        ("2024-03-10", None, "2024-03-10", "2024-03-10", True),
        ("2024-03-10", None, "2024-03-11", None, False),
        ("2024-03-10", None, None, "2024-03-09", False),
        ("2024-03", None, "2024-03-20", None, True),
        ("2024-03", None, None, "2024-02-20", False),
        ("2024-03-31", None, None, "2024-03", True),
        ("2024-04-01", None, None, "2024-03", False),
        ("2023", "2024-03-10", "2024", None, False),
        (None, "2024-03-10", "2024-03", None, True),
        (None, None, "2024", None, False),
        (None, None, None, None, True),
    ],
)
def test_dates(said: str | None, published: str | None, since: str | None, until: str | None, wanted: bool) -> None:
    """The day of the speaking counts before that of publication; a month counts as a whole, no date as none."""
    assert StatementFilter(since=since, until=until)(dated(said, published)) is wanted


def test_all_that_is_asked_must_hold() -> None:
    """Two filters narrow each other."""
    statement = make_statement(SAID)
    assert StatementFilter(speakers=("Kord",), contains=("bridge",))(statement)
    assert not StatementFilter(speakers=("Kord",), contains=("toll",))(statement)
