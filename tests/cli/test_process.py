"""The command line as a process of its own: signals, pipes, locale, completion."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

DRIVER = """
import sys, time
from quotes.cli import main, options
sys.path.insert(0, {tests!r})
from conftest import make_statement

class Fake:
    def extract_document(self, document):
        if "wait" in document.text:
            sys.stderr.write("begun" + chr(10))
            sys.stderr.flush()
            time.sleep(60)
        return [make_statement("word " * 200, document=document.id)] * 2000

options.make_extractor = lambda *settings: Fake()
main(sys.argv[1:])
"""

needs_signals = pytest.mark.skipif(os.name == "nt", reason="POSIX signals and pipes")


def hear_interrupts() -> None:
    """Let a child hear SIGINT, which a run in the background of a script inherits as ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
    """Start the command line with a fake extractor."""
    driver = DRIVER.format(tests=str(ROOT / "tests"))
    command = [sys.executable, "-c", driver, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("environment", {})}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
    options = {"preexec_fn": hear_interrupts, **pipes, **options}
    return subprocess.Popen(command, env=environment, **options)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A text."""
    path = tmp_path / "a.txt"
    path.write_text("Some naïve text.\n", "utf-8")
    return path


@needs_signals
def test_a_closed_pipe_ends_quietly(text: Path) -> None:
    """When the reader of the output stops reading, the end is quiet and the code is 141."""
    with start("extract", text) as process:
        assert process.stdout.read(10) == b"[\n  {\n    "
        process.stdout.close()
        errors = process.stderr.read()
        assert (process.wait(30), errors) == (141, b"")


@needs_signals
def test_ctrl_c_ends_with_one_line(text: Path, tmp_path: Path) -> None:
    """Ctrl-C gives one line and code 130; the old output stays and nothing is left beside it."""
    text.write_text("wait", "utf-8")
    output = tmp_path / "out" / "statements.json"
    output.parent.mkdir()
    output.write_text("old", "utf-8")
    with start("extract", text, "-o", output) as process:
        assert process.stderr.readline() == b"begun\n"
        process.send_signal(signal.SIGINT)
        errors = process.stderr.read()
        assert (process.wait(30), errors) == (130, b"quotes: interrupted\n")
    assert output.read_text("utf-8") == "old"
    assert list(output.parent.iterdir()) == [output]


def test_two_processes_with_one_output(text: Path, tmp_path: Path) -> None:
    """Each writes it whole, and nothing is left beside it."""
    folder = tmp_path / "out"
    folder.mkdir()
    with start("extract", text) as one:
        whole = one.stdout.read()
    with start("extract", text, "-o", folder / "o.json") as one, start("extract", text, "-o", folder / "o.json") as two:
        assert [each.wait(60) for each in (one, two)] == [0, 0]
        assert all(each.stderr.read().startswith(b"Wrote ") for each in (one, two))
    assert (folder / "o.json").read_bytes() == whole
    assert [each.name for each in folder.iterdir()] == ["o.json"]


@needs_signals
def test_an_output_folder_without_permission(text: Path, tmp_path: Path) -> None:
    """An output folder that may not be written to is one line and code 5."""
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    if os.access(folder, os.W_OK):
        pytest.skip("this user may write everywhere")
    with start("extract", text, "-o", folder / "out.json") as process:
        errors = process.stderr.read()
        assert process.wait(30) == 5
    assert errors.startswith(b"quotes: error: cannot write ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk(text: Path) -> None:
    """A full disk is one line and code 5."""
    with Path("/dev/full").open("wb") as full, start("extract", text, stdout=full) as process:
        errors = process.stderr.read()
        assert process.wait(30) == 5
    assert errors.startswith(b"quotes: error: cannot write: the disk is full")
    assert errors.count(b"\n") == 1


@needs_signals
def test_standard_output_that_is_closed(text: Path) -> None:
    """Without a standard output it is one line and code 5; with -o nothing is missing."""
    output = text.with_suffix(".json")
    for arguments, code in (((text,), 5), ((text, "-o", output), 0)):
        with start("extract", *arguments, stdout=None, preexec_fn=lambda: os.close(1)) as process:
            errors = process.stderr.read()
            assert process.wait(30) == code
            assert errors.count(b"\n") == 1
            assert errors.startswith(b"quotes: error: " if code else b"Wrote ")


@needs_signals
def test_a_progress_bar_only_on_a_terminal(text: Path, tmp_path: Path) -> None:
    """On a terminal a bar is shown on standard error and taken away; it never mixes with the output."""
    import pty

    main_end, terminal = pty.openpty()
    other = tmp_path / "b.txt"
    other.write_text("More.\n", "utf-8")
    output = tmp_path / "out.json"
    with start("extract", text, other, "-o", output, stderr=terminal, environment={"TERM": "xterm"}) as process:
        os.close(terminal)
        shown = b""
        try:
            while part := os.read(main_end, 4096):
                shown += part
        except OSError:  # how a terminal says on Linux that nobody writes to it any more
            pass
        assert process.wait(30) == 0
    os.close(main_end)
    assert b"/2" in shown
    assert b"\x1b[2K" in shown
    assert output.read_bytes().startswith(b"[\n  {")


def test_output_is_utf8_in_any_locale(tmp_path: Path) -> None:
    """The output is UTF-8 and a message gets through even where the locale knows only ASCII."""
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"}
    path = tmp_path / "naïve.txt"
    with start("extract", path, environment=environment) as process:
        output, errors = process.communicate(timeout=30)
    assert (process.returncode, output) == (3, b"")
    assert b"quotes: error: no such file" in errors
    assert b"Traceback" not in errors


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion(shell: str) -> None:
    """The shells' completion scripts are there, and completing "quotes ex" gives extract."""
    environment = {"_QUOTES_COMPLETE": f"complete_{shell}", "COMP_WORDS": "quotes ex", "COMP_CWORD": "1"}
    environment |= {"_TYPER_COMPLETE_ARGS": "quotes ex", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    with start(environment=environment) as process:
        output, errors = process.communicate(timeout=30)
    assert b"extract" in output, errors


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("quotes extract --attitudes belief,dec", b"belief,decree"),
        ("quotes verify a.txt --fail-on altered,spl", b"altered,spliced"),
        ("quotes extract --kind mi", b"mixed"),
        ("quotes a.txt --format web", b"webannotation"),
        ("quotes --named", b"--named-only"),
    ],
)
def test_shells_complete_every_choice(shell: str, line: str, offered: bytes) -> None:
    """Values and lists of values are completed, and so is extract where it is not named."""
    environment = {"_QUOTES_COMPLETE": f"complete_{shell}", "COMP_WORDS": line, "_TYPER_COMPLETE_ARGS": line}
    environment |= {"COMP_CWORD": str(len(line.split()) - 1), "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    with start(environment=environment) as process:
        output, errors = process.communicate(timeout=60)
    assert offered in output, errors


def test_python_m_quotes() -> None:
    """The package can be run as a module."""
    command = [sys.executable, "-m", "quotes", "--version"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(command, capture_output=True, check=True, timeout=30, env=environment)
    assert run.stdout.startswith(b"quotes ")


def test_messages_come_at_once(text: Path) -> None:
    """A wrong option is answered without loading a pipeline."""
    begun = time.monotonic()
    with start("extract", text, "--format", "xml") as process:
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 2
    assert errors.count(b"\n") == 1
    assert time.monotonic() - begun < 5
