"""Files are written whole or not at all, and found in one order."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import quotes
from quotes.errors import OutputError
from quotes.files import NotRead, replaced, text_files


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


def found_below(folder: Path) -> tuple[list[str], list[str]]:
    """What a walk yields and what it leaves out, as paths from the folder."""
    found = list(text_files(folder))
    good = [each.relative_to(folder).as_posix() for each in found if isinstance(each, Path)]
    return good, [each.path.relative_to(folder).as_posix() for each in found if isinstance(each, NotRead)]


def test_only_regular_files_of_a_folder(tmp_path: Path) -> None:
    """A named pipe, a socket and a link to a device are left out and said; a link to nothing is for the reader."""
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "nothing.txt").symlink_to(tmp_path / "none")
    (tmp_path / "itself.txt").symlink_to(tmp_path / "itself.txt")
    (tmp_path / "a.txt").touch()
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(tmp_path)  # the name of a socket has to be short
        listening.bind("socket.txt")
        os.chdir(here)
        found = found_below(tmp_path)
    assert found == (["a.txt", "itself.txt", "nothing.txt"], ["pipe.txt", "socket.txt", "zero.txt"])


def test_links_among_folders_do_not_multiply(tmp_path: Path) -> None:
    """Twenty folders with three links each to the next are read twice at most, not 3 ** 20 times."""
    for number in range(20):
        folder = tmp_path / f"{number:02d}"
        folder.mkdir()
        (folder / "a.txt").touch()
        for name in "xyz":
            (folder / name).symlink_to(tmp_path / f"{number + 1:02d}")
    good, left_out = found_below(tmp_path)
    assert {f"{number:02d}/a.txt" for number in range(20)} <= set(good)
    assert len(good) <= 40
    assert not left_out


def test_a_folder_as_deep_as_the_system_allows(tmp_path: Path) -> None:
    """Depth costs no recursion; what is too deep for a path is left out and said."""
    here = Path.cwd()
    os.chdir(tmp_path)
    for _ in range(2500):
        Path("d").mkdir()
        os.chdir("d")
    Path("a.txt").touch()
    os.chdir(here)
    (tmp_path / "z.txt").touch()
    good, left_out = found_below(tmp_path)
    assert good == ["z.txt"]
    assert len(left_out) == 1
    subprocess.run(["rm", "-r", tmp_path / "d"], check=True)  # too deep for pytest


def test_an_unreadable_branch_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that may not be read is left out and said, and its neighbours are found."""
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.txt").touch()
    scan = os.scandir

    def guarded(path: Path) -> object:
        if path == tmp_path / "b":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)  # root may read every folder
    assert found_below(tmp_path) == (["a/1.txt", "c/1.txt"], ["b"])


def test_a_protected_file_is_not_replaced(tmp_path: Path) -> None:
    """Not even by root, who may write to every file."""
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "a.txt").chmod(0o444)
    with pytest.raises(OutputError, match="write-protected"), replaced(tmp_path / "a.txt"):
        raise AssertionError("must not be reached")


KILLED = """
import os, signal, sys
from pathlib import Path
from quotes.files import replaced, unfinished
with replaced(Path(sys.argv[1])) as temporary, unfinished(Path(sys.argv[1]), folder=True) as folder:
    (folder / "part").touch()
    Path(f"{temporary}.duckdb.wal").touch()
    os.kill(os.getpid(), int(sys.argv[2]))
"""


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP], ids=lambda each: each.name)
def test_leftovers_of_a_killed_run_are_removed(tmp_path: Path, by: signal.Signals) -> None:
    """The next run on the same output removes them; those of other outputs and of who is at work stay."""
    target = tmp_path / "a.txt"
    environment = {**os.environ, "PYTHONPATH": str(Path(quotes.__file__).parents[1])}
    subprocess.run([sys.executable, "-c", KILLED, target, str(int(by))], env=environment, check=False)
    assert len(list(tmp_path.iterdir())) == 3
    with replaced(tmp_path / "other.txt"), replaced(target) as first, replaced(target) as second:
        assert {each.name for each in tmp_path.iterdir()} >= {first.name, second.name}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.txt", "other.txt"]
