"""The gallery of the documentation shows what comes out: its pictures, and what it says is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests import gallery
from tests.browsers import browser, screenshot

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext

pieces = pytest.mark.parametrize("piece", gallery.PIECES, ids=lambda piece: piece.name)


@pieces
def test_what_is_wrong_is_told(piece: gallery.Piece) -> None:
    """Each article comes out as its expectations say, which the page of the gallery is made of."""
    _, result = gallery.examined(piece)
    assert (result.missing, result.different, result.extra, result.now_passing) == ((), (), (), ())


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser."""
    with browser(tmp_path_factory.mktemp("profile")) as context:
        yield context


@pieces
def test_pictures_are_current(piece: gallery.Piece, context: BrowserContext, tmp_path: Path) -> None:
    """The picture of an article is of its page as it is now."""
    path = tmp_path / "page.html"
    path.write_text(gallery.examined(piece)[0], "utf-8")
    page = context.new_page()
    page.goto(path.as_uri())
    screenshot(page, f"gallery-{piece.name}.png", tmp_path)
    page.close()
