"""Two reviewers of one article: what both say is decided, the rest waits for a third look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotes.errors import DataError, UsageError
from quotes.review import Desk, Review, desks_below, open_desk, settled, write_fixture
from quotes.validation import compare, read_fixture
from tests.review.builders import begun, check_offsets, place
from tests.view.builders import library

REVIEW = begun(library(), candidates=1)
STAYS, HAD_TOLD, LEAKING, IT_WAS_NOT, NO_CHOICE = (item.key for item in REVIEW.items)


def reviewed(folder: Path, *actions: dict[str, object]) -> tuple[Desk, ...]:
    """Return a reviewer's folder after some actions."""
    desk = open_desk(folder, REVIEW.document, lambda _: REVIEW)
    for action in actions:
        desk.act(desk.revision, action)
    desk.close()
    return desks_below(folder)


@pytest.fixture
def both(tmp_path: Path) -> Review:
    """Two reviews of the same article as one."""
    first = reviewed(
        tmp_path / "first",
        {"do": "accept", "item": STAYS},
        {"do": "accept", "item": HAD_TOLD},
        {"do": "reject", "item": LEAKING},
        {"do": "reject", "item": IT_WAS_NOT},
        {"do": "add", "spans": [place(REVIEW, "Minister says library stays open")]},
        {"do": "accept", "item": "a1"},
    )
    second = reviewed(
        tmp_path / "second",
        {"do": "accept", "item": STAYS},
        {"do": "change", "item": HAD_TOLD, "field": "kind", "value": "mixed"},
        {"do": "mention", "item": HAD_TOLD, "role": "speaker", "span": place(REVIEW, "Kord", 100)},
        {"do": "accept", "item": HAD_TOLD},
        {"do": "accept", "item": LEAKING},
        {"do": "reject", "item": IT_WAS_NOT},
        {"do": "accept", "item": NO_CHOICE},
        {"do": "add", "spans": [place(REVIEW, "Friday")]},
        {"do": "accept", "item": "a1"},
    )
    return settled(REVIEW.document, first, second)


def test_what_both_say_is_decided(both: Review) -> None:
    """Both accepted or both rejected is decided; all else waits, and tells how the two differ."""
    check_offsets(both)
    found = {item.key: (item.decision, item.why) for item in both.items}
    assert found == {
        STAYS: ("accepted", "Both reviewers have it so"),
        HAD_TOLD: ("waiting", "The second reviewer has kind mixed; speaker Ann Kord “Kord” person"),
        LEAKING: ("waiting", "Only the second reviewer has it, and the other one rejected it"),
        IT_WAS_NOT: ("rejected", both.item(IT_WAS_NOT).why),
        NO_CHOICE: ("waiting", "Only the second reviewer has it"),
        "a1": ("waiting", "Only the first reviewer has it"),
        "second-a1": ("waiting", "Only the second reviewer has it"),
    }
    assert not both.is_complete()


def settling(folder: Path, both: Review) -> Iterator[Desk]:
    """Yield the desk, and the same one opened again."""
    desk = open_desk(folder, both.document, lambda _: both)
    yield desk
    desk.close()
    yield open_desk(folder, both.document, lambda _: pytest.fail("it was begun"))


def test_the_other_version(tmp_path: Path, both: Review) -> None:
    """The second reviewer's version can be taken, and given back; all is there after another start."""
    desks = settling(tmp_path / "settled", both)
    now = next(desks)
    swap = {"do": "swap", "item": HAD_TOLD}
    now.act(0, swap)
    item = now.review.item(HAD_TOLD)
    assert (item.statement.kind, item.statement.speaker.name, item.corrected) == (
        "mixed",
        "Ann Kord",
        ("kind", "speaker"),
    )
    assert item.other == both.item(HAD_TOLD).statement
    now.act(1, swap)
    assert now.review.item(HAD_TOLD).statement == both.item(HAD_TOLD).statement
    now.act(2, swap)
    again = next(desks)
    assert (again.review.items, again.begun.items) == (now.review.items, both.items)
    with pytest.raises(UsageError, match="no second reviewer"):
        again.act(again.revision, {"do": "swap", "item": STAYS})
    again.close()


def test_what_is_settled_is_a_fixture(tmp_path: Path, both: Review) -> None:
    """The fixture of what was settled passes with the extractor as it was."""
    desk = open_desk(tmp_path / "settled", both.document, lambda _: both)
    for action in (
        {"do": "swap", "item": HAD_TOLD},
        {"do": "accept", "item": HAD_TOLD},
        {"do": "reject", "item": LEAKING},
        {"do": "accept", "item": NO_CHOICE},
        {"do": "reject", "item": "second-a1"},
        {"do": "accept", "item": "a1"},
        {"do": "add", "spans": [place(REVIEW, "no choice")]},
        {"do": "accept", "item": "a2"},
    ):
        desk.act(desk.revision, action)
    write_fixture(desk.folder, desk.review, desk.begun)
    desk.close()
    given = [item.statement for item in REVIEW.items if item.origin == "extracted"]
    found = compare("library", given, read_fixture(desk.folder).expectations)
    assert (found.passed, found.expected) == (True, 5)


def test_an_article_that_only_one_has(tmp_path: Path) -> None:
    """Two folders without a common text cannot be settled."""
    with pytest.raises(DataError, match="only one of the two"):
        settled(REVIEW.document, reviewed(tmp_path / "first"), ())
