"""What Windows and macOS do otherwise, simulated: open files stay, folders cannot be opened, capitals tell nothing."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from quotes import files
from quotes.cli import application
from quotes.cli.inputs import TextRun
from quotes.errors import UsageError
from quotes.files import replaced
from quotes.io.brat import file_name
from quotes.io.json import statements_to_json
from quotes.text.document import make_document
from tests.conftest import make_statement

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks /proc which files are open")


def is_open(path: str | os.PathLike[str]) -> bool:
    """Whether this process has a file or folder open."""
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            if descriptor.samefile(path):
                return True
    return False


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the calls of the system fail that fail on Windows, and take away what it does not have."""
    monkeypatch.setattr(files, "fcntl", None)
    monkeypatch.setattr(shutil, "_use_fd_functions", False)
    monkeypatch.delattr(signal, "pthread_sigmask")
    for name in ("O_NOFOLLOW", "O_NONBLOCK"):
        monkeypatch.delattr(os, name)
    monkeypatch.setitem(sys.modules, "resource", None)
    monkeypatch.setitem(sys.modules, "fcntl", None)

    def refusing(function: Callable[..., object]) -> Callable[..., object]:
        def call(*paths: str, **options: object) -> object:
            if any(is_open(path) for path in paths):
                raise PermissionError(errno.EACCES, "the file is being used by another process", str(paths[0]))
            return function(*paths, **options)

        return call

    for name in ("rename", "replace", "unlink", "remove", "rmdir"):
        monkeypatch.setattr(os, name, refusing(getattr(os, name)))
    opened = os.open

    def open_file(path: str, *arguments: object, **options: object) -> int:
        if Path(path).is_dir():
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, *arguments, **options)

    monkeypatch.setattr(os, "open", open_file)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A file of two statements."""
    path = tmp_path / "saved.json"
    path.write_text(statements_to_json([make_statement("one"), make_statement("two", at=9)]), "utf-8")
    return path


@pytest.mark.usefixtures("windows")
def test_the_simulation_refuses(tmp_path: Path) -> None:
    """An open file cannot be renamed, replaced or removed, and a folder cannot be opened."""
    path = tmp_path / "a.txt"
    with path.open("w"):
        for call in (lambda: path.rename(tmp_path / "b.txt"), path.unlink, lambda: path.replace(tmp_path / "b.txt")):
            with pytest.raises(PermissionError):
                call()
    path.rename(tmp_path / "b.txt")
    with pytest.raises(PermissionError):
        os.open(tmp_path, os.O_RDONLY)


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize("name", ["x.json", "x.csv", "x.xlsx", "x.md", "families.html"])
def test_files_are_written_and_replaced(saved: Path, name: str) -> None:
    """No file is open any more when it takes its place, and nothing is left beside it."""
    target = saved.with_name(name)
    command = "link" if name.startswith("families") else "extract"
    for _ in range(2):
        assert application.run([command, str(saved), "-o", str(target)]) == 0
    assert {path.name for path in saved.parent.iterdir()} == {"saved.json", name}


@pytest.mark.usefixtures("windows")
def test_folders_are_written(tmp_path: Path) -> None:
    """A folder of annotations takes its place, new or empty, and so do texts that are kept."""
    from quotes.cli.outputs import output_folder
    from quotes.io import write_brat
    from quotes.io.texts import TextFolder

    document = make_document("Ann Kord said so.", document_id="a")
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        with output_folder(tmp_path / name, "brat") as folder:
            write_brat([(document, [])], folder)
        assert (tmp_path / name / "a.txt").exists()
    TextFolder(tmp_path / "kept").keep(document)
    assert {path.name for path in tmp_path.iterdir()} == {"new", "empty", "kept"}


@pytest.mark.usefixtures("windows")
def test_an_error_leaves_nothing(tmp_path: Path) -> None:
    """The unfinished file is removed."""
    with pytest.raises(ZeroDivisionError), replaced(tmp_path / "a.txt") as temporary:
        temporary.write_text(str(1 / 0))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize("suffix", [".jsonl", ".parquet", ".duckdb"])
def test_an_archive_is_worked_through(tmp_path: Path, suffix: str) -> None:
    """A run writes its table and the list of bad documents, and removes its work folder."""
    pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'quotes-attribution[corpus]'")
    from quotes.corpus import Archive, CorpusRun, Settings, run_corpus
    from tests.corpus.fakes import FACTORY

    archive = tmp_path / "archive.jsonl"
    archive.write_text('{"id": "a", "text": "Said: so"}\n{"id": "b", "text": "Boom"}\n', "utf-8")
    output = tmp_path / f"o{suffix}"
    run = CorpusRun(Archive((str(archive),)), output, Settings(factory=FACTORY))
    for _ in range(2):
        summary = run_corpus(run)
        assert (summary.statements, summary.bad) == (1, 1)
    assert {path.name for path in tmp_path.iterdir()} == {archive.name, output.name, f"{output.name}.errors.jsonl"}


@pytest.mark.usefixtures("windows")
def test_an_index_is_made_again(tmp_path: Path) -> None:
    """An index of another state of the archive is closed before it is replaced."""
    from quotes.corpus import Archive
    from quotes.corpus.search import index_beside

    path = tmp_path / "archive.jsonl"
    archive = Archive((str(path),))
    for count in (1, 2):
        path.write_text('{"text": "The bridge is closed."}\n' * count, "utf-8")
        index = index_beside(archive)
        assert len(index) == count
        index.close()


@pytest.mark.usefixtures("windows")
def test_limits_of_the_system_are_not_asked(tmp_path: Path) -> None:
    """What only other systems have is done without."""
    from quotes.evaluation.benchmark import peak_memory

    assert peak_memory() is None


def test_a_worker_works_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes are spawned on every system; a signal mask, which Windows lacks, is not needed."""
    from quotes.workers import Worker

    monkeypatch.delattr(signal, "pthread_sigmask")
    worker = Worker(dict)
    try:
        assert worker.run(len) == 0
    finally:
        worker.close()


def test_a_reader_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows says of a closed pipe that the argument is invalid."""
    assert errno.EPIPE in application.CLOSED
    assert (errno.EINVAL in application.CLOSED) is (os.name == "nt")


def test_an_input_is_known_by_what_it_is(tmp_path: Path) -> None:
    """Where capitals do not tell names apart, as a link shows here, the text is not overwritten."""
    text, other = tmp_path / "a.txt", tmp_path / "A.txt"
    text.write_text("It rained.", "utf-8")
    os.link(text, other)
    with pytest.raises(UsageError, match="is one of the texts to read"):
        TextRun().find([str(text)], other)
    assert TextRun().find([str(text)], tmp_path / "b.txt") == [str(text)]


def test_names_that_are_devices() -> None:
    """No file is called as a device of Windows is, and none has a character that it refuses."""
    assert [
        file_name(name) for name in ("con", "AUX.txt", "com1", "lpt9.a", "nul", "console", "mail:1", 'a"<b>|?*')
    ] == [*("_con", "_AUX.txt", "_com1", "_lpt9.a", "_nul", "console", "mail_1", "a__b____")]
    assert json.dumps(file_name("a/b\\c")) == '"a_b_c"'
