"""``--open``: a page in the browser, where there is a page and a browser."""

from __future__ import annotations

import json
import webbrowser
from collections.abc import Callable
from pathlib import Path

import pytest

from quotes.io.json import statements_to_json
from tests.conftest import make_statement

Run = Callable[..., object]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser was asked for."""
    asked: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: asked.append(address) or True)
    return asked


def test_a_page_of_families_is_opened(quotes: Run, tmp_path: Path, opened: list[str]) -> None:
    """The browser gets the whole address of the file, which is written by then."""
    (tmp_path / "saved.json").write_text(statements_to_json([make_statement("so")]), "utf-8")
    page = tmp_path / "a page.html"
    result = quotes("link", tmp_path / "saved.json", "-o", page, "--open")
    assert (result.code, opened) == (0, [page.as_uri()])
    assert page.read_text("utf-8").startswith("<!")
    assert quotes("link", tmp_path / "saved.json", "-o", page).code == 0
    assert len(opened) == 1


@pytest.mark.parametrize("failure", [False, webbrowser.Error("no browser"), OSError("none")])
def test_without_a_browser_it_is_said(
    quotes: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: object
) -> None:
    """The page is there all the same, and the exit code is that of the work."""

    def fail(_: str) -> bool:
        if isinstance(failure, Exception):
            raise failure
        return False

    monkeypatch.setattr(webbrowser, "open", fail)
    (tmp_path / "saved.json").write_text(statements_to_json([make_statement("so")]), "utf-8")
    result = quotes("link", tmp_path / "saved.json", "-o", tmp_path / "page.html", "--open")
    assert result.code == 0
    assert f"warning: no browser could be opened; open {tmp_path / 'page.html'} in one yourself" in result.err
    assert (tmp_path / "page.html").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("view", "a.txt"),
        ("view", "a.txt", "-o", "-"),
        ("verify", "a.txt", "--against", "b.txt"),
        ("verify", "a.txt", "--against", "b.txt", "-o", "out.json"),
        ("verify", "a.txt", "--against", "b.txt", "--format", "html"),
        ("link", "saved.json", "-o", "out.csv"),
    ],
)
def test_without_a_page_there_is_nothing_to_open(
    quotes: Run, texts: Path, monkeypatch: pytest.MonkeyPatch, opened: list[str], arguments: tuple[str, ...]
) -> None:
    """It is said before any work, with what to do."""
    monkeypatch.chdir(texts)
    Path("saved.json").write_text(json.dumps([]), "utf-8")
    result = quotes(*arguments, "--open")
    assert (result.code, result.out, opened) == (2, "", [])
    assert "--open shows a page, and none is written; give an HTML file with -o, such as page.html" in result.err
    assert not Path("out.json").exists()
