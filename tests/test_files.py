"""Files are written whole or not at all, and found in one order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quotes.errors import OutputError
from quotes.files import replaced, text_files


def test_a_file_is_replaced_when_all_is_written(tmp_path: Path) -> None:
    """The old file is there until the block ends; a link goes on pointing to its file; the mode is kept."""
    target, link = tmp_path / "a.txt", tmp_path / "link.txt"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    with replaced(link) as temporary:
        temporary.write_text("new")
        assert target.read_text() == "old"
    assert (link.is_symlink(), target.read_text()) == (True, "new")
    assert target.stat().st_mode & 0o777 == 0o640


def test_an_error_leaves_everything_as_it_was(tmp_path: Path) -> None:
    """An error in the block passes unchanged, and the temporary file is gone."""
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), replaced(target) as temporary:
        temporary.write_text(str(1 / 0))
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.txt", "old")]


def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    """A new file may be read by whom the umask lets read."""
    mask = os.umask(0o022)
    try:
        with replaced(tmp_path / "new.txt"):
            pass
    finally:
        os.umask(mask)
    assert (tmp_path / "new.txt").stat().st_mode & 0o777 == 0o644


def test_paths_that_cannot_be_written(tmp_path: Path) -> None:
    """A folder and a path in a missing folder are refused before the block runs."""
    for path, reason in ((tmp_path, "it is a folder"), (tmp_path / "none" / "a.txt", "No such file")):
        with pytest.raises(OutputError, match=reason), replaced(path):
            raise AssertionError("must not be reached")


def test_texts_of_a_folder(tmp_path: Path) -> None:
    """Texts come sorted by path, folders among files; hidden ones and other endings are left out."""
    for name in ("b/1.TXT", "a.txt", "a/2.txt", "c.txt", ".hidden.txt", ".git/x.txt", "notes.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    found = [str(path.relative_to(tmp_path)) for path in text_files(tmp_path)]
    assert found == ["a/2.txt", "a.txt", "b/1.TXT", "c.txt"]
    assert list(text_files(tmp_path / "notes.md")) == [tmp_path / "notes.md"]


def test_a_link_that_leads_back_is_left_out(tmp_path: Path) -> None:
    """A link to a folder above it would never end; one to another folder is followed."""
    inside, other = tmp_path / "news" / "deep", tmp_path / "other"
    for folder in (inside, other):
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text("x")
    (inside / "back").symlink_to(tmp_path / "news")
    (inside / "self").symlink_to(inside)
    (inside / "there").symlink_to(other)
    found = [path.relative_to(tmp_path).as_posix() for path in text_files(tmp_path / "news")]
    assert found == ["news/deep/a.txt", "news/deep/there/a.txt"]
