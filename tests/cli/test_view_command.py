"""``quotes view``: pages and terminal output, with a fake or the real extractor."""

from __future__ import annotations

import io
import os
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.color import Color
from rich.console import CONSOLE_SVG_FORMAT, Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, SVG_EXPORT_THEME, TerminalTheme
from rich.text import Text

from quotes.cli import options, terminal_view
from quotes.cli.application import run
from quotes.cli.terminal_view import print_articles
from quotes.extractor import Extractor
from quotes.view.page import statements_on
from tests.browsers import IMAGES, ROOT, SCREENSHOTS, picture_folder
from tests.docs_examples import lasting
from tests.view.builders import hostile, library
from tests.view.test_colours import contrast
from tests.view.test_page import records


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal with colours and a hundred columns."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return Terminal()


def printed(articles: list[object]) -> str:
    """What is printed where the output is no terminal."""
    stream = io.StringIO()
    print_articles(articles, stream)
    return stream.getvalue()


def test_without_colour_brackets_tell() -> None:
    """Without colours, brackets and numbers show the statements, nested and discontinuous ones too."""
    text = " ".join(printed([library()]).split())
    assert "[The library], 1 Ann Kord said on Friday, [would stay open]. 1" in text
    assert "[Kord had told him [the roof was leaking]], 3 2" in text
    assert "“[We had no choice,]” 5 Ode said. “[None at all.]” 5" in text


def test_table_by_speaker() -> None:
    """The table lists the statements of one speaker together, those without a name last."""
    rows = re.findall(r"^ (.{20,}?) (\d) +(direct|indirect)(, denied)?", printed([library()]), re.MULTILINE)
    assert [(name.strip(), number) for name, number, *_ in rows] == [
        ("Ann Kord", "1"),
        ("", "3"),
        ("Ben Ode", "2"),
        ("", "5"),
        ("Speaker not named", "4"),
    ]
    assert rows[4][3] == ", denied"


def test_colour_on_a_terminal(terminal: Terminal) -> None:
    """On a terminal statements have their speaker's colour and their kind's line, and no brackets."""
    print_articles([library()], terminal)
    out = terminal.getvalue()
    assert "[The library" not in out.replace("\x1b[", "")
    assert re.search(r"\x1b\[4;38;5;\d+mThe library\x1b\[0m", out)
    assert re.search(r"\x1b\[1;38;5;\d+mWe had no choice,\x1b\[0m", out)


def test_control_characters_do_not_reach_the_terminal() -> None:
    """What an article holds can neither colour nor move the cursor, and rich's own markup is text."""
    out = printed([hostile()])
    assert "\x00" not in out
    assert "\u2028" not in out
    assert "<img src=x onerror='window.broken = 2'> said Ann." in out


def test_every_colour_can_be_read() -> None:
    """The terminal has as many colours as the page, each in a contrast of 3 to white and to black."""
    from quotes.view.speakers import COLOURS

    assert len(set(terminal_view.COLOURS)) == len(COLOURS)
    for colour in terminal_view.COLOURS:
        shown = Color.parse(colour).get_truecolor().hex
        assert min(contrast(shown, paper) for paper in ("#ffffff", "#000000")) >= 3, colour


def test_no_statement_is_said(quotes: Callable[..., object], tmp_path: Path) -> None:
    """A text without a statement is shown, and that there is none is said."""
    path = tmp_path / "a.txt"
    path.write_text("It rained.\n", "utf-8")
    outcome = quotes("view", path)
    assert (outcome.code, outcome.err) == (0, "")
    assert "It rained." in outcome.out
    assert "No statement was found." in outcome.out


def test_several_texts(quotes: Callable[..., object], texts: Path) -> None:
    """All texts of a folder are shown, their statements numbered through."""
    outcome = quotes("view", texts)
    assert outcome.code == 0
    for words in ("the first] 1", "the second] 2", "the third] 3", "the fourth] 4"):
        assert words in outcome.out


def test_only_some_statements(quotes: Callable[..., object], texts: Path) -> None:
    """The filters of the other commands hold here: all texts are shown, and what is wanted is marked in them."""
    outcome = quotes("view", texts, "--contains", "second", "--contains", "third")
    assert outcome.code == 0
    assert [word in outcome.out for word in ("the second] 1", "the third] 2", "the first]", "the fourth]")] == [
        *(True, True, False, False)
    ]
    assert "the first" in outcome.out
    assert "No statement was found." in quotes("view", texts / "a.txt", "--speaker", "Corrie").out


def test_only_some_statements_of_a_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, extractor: Extractor) -> None:
    """A page has only the statements that are asked for."""
    monkeypatch.setattr(options, "make_extractor", lambda *_: extractor)
    text, page = tmp_path / "a.txt", tmp_path / "page.html"
    text.write_text("Ann Kord said that the bridge would close. Bo Lind said that the ferry would sink.\n", "utf-8")
    for speaker, said in (("Kord", "the bridge would close"), ("Lind", "the ferry would sink")):
        assert run(["view", str(text), "-o", str(page), "--speaker", speaker, "--quiet"]) == 0
        (wanted,) = (each for each in extractor.extract(text.read_text("utf-8")) if each.content.text == said)
        assert set(statements_on(page.read_text("utf-8"))) == {wanted.id}


def test_a_page_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, extractor: Extractor) -> None:
    """With -o the page is written with the statements and why each is as it is."""
    monkeypatch.setattr(options, "make_extractor", lambda *_: extractor)
    text, page = tmp_path / "a.txt", tmp_path / "page.html"
    text.write_text("Ann Kord said that the bridge would close. It rained.\n", "utf-8")
    assert run(["view", str(text), "-o", str(page), "--title", "A bridge"]) == 0
    written = page.read_text("utf-8")
    assert written.startswith("<!doctype html>")
    assert "the bridge would close" in written
    assert records(written)[0]["why"][0][0] == "Found by"
    assert "A bridge" in written


def test_the_text_is_never_replaced(quotes: Callable[..., object], tmp_path: Path) -> None:
    """An output that is one of the texts is refused, and the text stays."""
    path = tmp_path / "a.html"
    path.write_text("It rained.\n", "utf-8")
    outcome = quotes("view", path, "-o", path)
    assert outcome.code == 2
    assert "is one of the texts to read" in outcome.err
    assert path.read_text("utf-8") == "It rained.\n"


def test_a_missing_file(quotes: Callable[..., object], tmp_path: Path) -> None:
    """A file that is not there is one line and the code for inputs; no page is left."""
    outcome = quotes("view", tmp_path / "none.txt", "-o", tmp_path / "page.html")
    assert outcome.code == 3
    assert outcome.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("scheme", "theme"), [("light", DEFAULT_TERMINAL_THEME), ("dark", SVG_EXPORT_THEME)])
def test_pictures_for_the_documentation(
    scheme: str, theme: TerminalTheme, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the command prints on a terminal is pictured; the picture needs no font from elsewhere."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "stdout", terminal)
    command = ["view", "fixtures/wire-dateline-reservoir/article.txt", "--published", "2024-03-14"]
    assert run(command) == 0
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True)
    console.print(Text(f"$ quotes {shlex.join(command)}"))
    console.print(Text.from_ansi(terminal.getvalue()))
    drawn = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    picture = console.export_svg(title="quotes view", theme=theme, code_format=drawn, unique_id="quotes")
    assert not re.search(r"@font-face|@import|href|url\(['\" ]*http", picture)
    assert "Halina" in picture
    assert picture.count("<rect") + picture.count("<text") > 100
    name = f"terminal-{scheme}.svg"
    (picture_folder(tmp_path) / name).write_text(picture, "utf-8")
    assert lasting((IMAGES / name).read_text("utf-8")) == lasting(picture), f"renew it with {SCREENSHOTS}=1"


def test_what_is_no_file_is_left_out(quotes: Callable[..., Any], texts: Path) -> None:
    """A named pipe in a folder is told of and changes the code; the other texts are shown."""
    os.mkfifo(texts / "pipe.txt")
    result = quotes("view", texts)
    assert (result.code, result.err.count("skipped")) == (7, 1)
    assert "the first" in result.out
