"""Reviews on the disk: nothing is lost, nothing of others is overwritten."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotes.errors import DataError, InputError, OutputError, QuotesError, UsageError
from quotes.review import Desk, Review, StaleError, desks_below, open_desk
from quotes.review.desk import JOURNAL
from quotes.text.document import make_document
from tests.browsers import ROOT
from tests.review.builders import begun, place, review_of, texts
from tests.view.builders import library

REVIEW = begun(library(), candidates=1)
KEYS = [item.key for item in REVIEW.items]
ACCEPT = {"do": "accept", "item": KEYS[0]}
KIND = {"do": "change", "item": KEYS[1], "field": "kind", "value": "mixed"}
UNDO = {"do": "undo"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A review that is begun in a new folder."""
    made = opened(tmp_path)
    yield made
    made.close()


def opened(folder: Path, review: Review = REVIEW) -> Desk:
    """Open the review of an article."""
    return open_desk(folder, review.document, lambda _: review)


def no_extractor(_document: object) -> Review:
    """Stand for an extraction that must not happen again."""
    raise AssertionError("it was begun already")


def resumed(desk: Desk) -> Desk:
    """Open a review again after it was closed."""
    desk.close()
    return open_desk(desk.folder.parent, desk.review.document, no_extractor)


def test_starting_again_goes_on(desk: Desk) -> None:
    """Every action is there again, of every kind, without another extraction."""
    for action in (
        ACCEPT,
        KIND,
        {"do": "add", "spans": [place(REVIEW, "library stays open")]},
        {"do": "mention", "item": "a1", "role": "speaker", "span": place(REVIEW, "Minister")},
        {"do": "split", "item": KEYS[1], "at": place(REVIEW, "told him the roof")[0]},
        {"do": "merge", "item": KEYS[1], "other": "a2"},
        UNDO,
        {"do": "note", "item": KEYS[2], "text": "“naïve” \u2028 </script>"},
    ):
        desk.act(desk.revision, action)
    again = resumed(desk)
    assert (again.review, again.revision, again.begun) == (desk.review, 8, desk.begun)
    for _ in range(6):
        again.act(again.revision, UNDO)
    assert again.review == REVIEW
    with pytest.raises(UsageError, match="nothing to undo"):
        again.act(again.revision, UNDO)
    again.close()


def test_what_has_changed(desk: Desk) -> None:
    """An action tells what is other than before, and what is gone."""
    change = desk.act(0, {"do": "split", "item": KEYS[1], "at": place(REVIEW, "told him the roof")[0]})
    assert ([item.key for item in change.items], change.removed, change.revision) == ([KEYS[1], "a1"], (), 1)
    change = desk.act(1, UNDO)
    assert ([item.key for item in change.items], change.removed, change.revision) == ([KEYS[1]], ("a1",), 2)


def test_two_windows(desk: Desk) -> None:
    """An action based on an older revision is refused, and nothing is overwritten."""
    desk.act(0, ACCEPT)
    with pytest.raises(StaleError, match="another window"):
        desk.act(0, {"do": "reject", "item": KEYS[0]})
    assert desk.review.item(KEYS[0]).decision == "accepted"


def test_an_action_that_fails_is_not_written(desk: Desk) -> None:
    """What does not fit leaves no trace."""
    before = (desk.folder / JOURNAL).read_bytes()
    with pytest.raises(UsageError):
        desk.act(0, {"do": "accept", "item": "nobody"})
    assert (desk.folder / JOURNAL).read_bytes() == before


def test_a_line_that_a_crash_cut_short(desk: Desk) -> None:
    """Half a line at the end is no action, and is gone before the next is written."""
    desk.act(0, ACCEPT)
    whole = (desk.folder / JOURNAL).read_bytes()
    desk.act(1, KIND)
    longer = (desk.folder / JOURNAL).read_bytes()
    for cut in (len(whole) + 1, len(longer) - 1):
        (desk.folder / JOURNAL).write_bytes(longer[:cut])
        again = resumed(desk)
        assert (again.revision, again.review.item(KEYS[1]).statement.kind) == (1, "indirect")
        again.act(1, KIND)
        again.close()
        assert len((desk.folder / JOURNAL).read_text("utf-8").splitlines()) == 3


def test_a_disk_that_is_full(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An action that cannot be written has not happened."""
    desk.act(0, ACCEPT)
    whole = (desk.folder / JOURNAL).read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        desk.act(1, KIND)
    assert ((desk.folder / JOURNAL).read_bytes(), desk.revision) == (whole, 1)


KILLED = """
import sys
from pathlib import Path
from tests.review.test_desk import ACCEPT, KIND, opened
desk = opened(Path(sys.argv[1]))
for number in range(10**6):
    desk.act(desk.revision, (ACCEPT, KIND)[number % 2])
    print(desk.revision, flush=True)
"""


def test_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    """What was answered is there after kill -9, and the lock is free."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-c", KILLED, str(tmp_path)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            if int(line) > 20:
                process.kill()
                break
        answered = [int(line), *map(int, process.stdout.read().split())][-1]
    again = open_desk(tmp_path, REVIEW.document, no_extractor)
    assert again.revision in {answered, answered + 1}
    again.close()


def test_one_process_at_a_time(desk: Desk) -> None:
    """A review that is open somewhere else is not opened, but can be read."""
    with pytest.raises(OutputError, match="open in another"):
        opened(desk.folder.parent)
    (read,) = desks_below(desk.folder.parent)
    assert (texts(read.review), read.review.document) == (texts(REVIEW), REVIEW.document)
    with pytest.raises(QuotesError, match="read only"):
        read.act(0, ACCEPT)


def test_folders_of_others(tmp_path: Path) -> None:
    """A folder that no review made is left alone; two texts of one name have two folders."""
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "expected.json").write_text("[]")
    with pytest.raises(OutputError, match="no review has made"):
        opened(tmp_path)
    assert [each.name for each in (tmp_path / "library").iterdir()] == ["expected.json"]
    other = tmp_path / "other"
    first, second = opened(other), opened(other, review_of(make_document("Other.", document_id="library"), []))
    assert (first.folder.name, second.folder.name[:8]) == ("library", "library-")
    assert (second.folder / "article.txt").read_text("utf-8") == "Other."
    for each in (first, second):
        each.close()


@pytest.mark.parametrize("name", ["../../etc", "a/b\\c:d", "", "x" * 300, ".", "news:3"])
def test_odd_names(name: str, tmp_path: Path) -> None:
    """Whatever an article is called, its folder lies where it should."""
    parent = tmp_path / "reviews"
    made = opened(parent, review_of(make_document("Words.", document_id=name), []))
    assert made.folder.parent == parent
    made.close()
    assert [each.review.document.text for each in desks_below(parent)] == ["Words."]


@pytest.mark.parametrize("text", ["\ufeffWords.", "half \ud800", "<html><body><p>Words.</p></body></html>"])
def test_texts_that_no_file_keeps(text: str, tmp_path: Path) -> None:
    """A text that would not come back from a file is refused before anything is made."""
    with pytest.raises(InputError, match="cannot be kept"):
        opened(tmp_path, review_of(make_document(text, document_id="odd"), []))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "line",
    [b"{}", b"[]", b"{", b"\xff", b'{"revision": 1, "action": {"do": "undo"}, "items": [], "removed": []}'],
    ids=str,
)
def test_broken_journals(desk: Desk, line: bytes) -> None:
    """A whole line that is no action is an error that names its place."""
    path = desk.folder / JOURNAL
    path.write_bytes(path.read_bytes() + line + b"\n")
    with pytest.raises(DataError, match=r"review\.jsonl:2"):
        resumed(desk)


def test_a_journal_of_another_form(desk: Desk) -> None:
    """A first line of another version is refused, and so is a text that is not the reviewed one."""
    path = desk.folder / JOURNAL
    header = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**header, "quotes_review": 99}) + "\n", "utf-8")
    with pytest.raises(DataError, match="no review of this version"):
        desks_below(desk.folder.parent)
    path.write_text(json.dumps(header) + "\n", "utf-8")
    (desk.folder / "article.txt").write_text("other", "utf-8")
    with pytest.raises(DataError, match="not the text that was reviewed"):
        desks_below(desk.folder.parent)


def test_folders_without_a_review(tmp_path: Path) -> None:
    """A folder without a review, or none, is an error that says so."""
    with pytest.raises(DataError, match="no review in it"):
        desks_below(tmp_path)
    with pytest.raises(UsageError, match="no such folder"):
        desks_below(tmp_path / "none")
