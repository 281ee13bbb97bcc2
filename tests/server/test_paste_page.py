"""The page to paste an article into, in a browser and without one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.server.application import create_app
from quotes.server.pages import form_source
from quotes.server.pool import Limits, WorkerPool, load_extractor
from tests.browsers import ROOT, Watched, accessibility_faults, browser, screenshot
from tests.server.running import running

if TYPE_CHECKING:
    from httpx import Client
    from playwright.sync_api import BrowserContext

ARTICLE = ROOT / "fixtures" / "disaster-ferry-capsize" / "article.txt"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a service with the real extractor."""
    pool = WorkerPool(load_extractor, limits=Limits(max_bytes=50_000))
    pool.start()
    with running(create_app(pool, hosts={"127.0.0.1"})) as started:
        yield started
    pool.close()


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser with an empty profile."""
    with browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture
def watched(context: BrowserContext, address: str) -> Iterator[Watched]:
    """The page to paste into; in the end nothing else was asked, and there was no trouble."""
    page = context.new_page()
    seen = Watched(page)
    page.goto(address)
    yield seen
    page.close()
    assert seen.troubles == []
    assert all(request.startswith((address, "data:")) for request in seen.requests)


def test_paste_and_see(watched: Watched, tmp_path: Path) -> None:
    """A text that is pasted comes back as the view of it, from which one can go back for another."""
    page = watched.page
    page.get_by_label("Text of the article").fill(ARTICLE.read_text("utf-8"))
    page.get_by_label("Published").fill("2024-03-19")
    page.get_by_label("Publisher").fill("The Santa Lucera Wire")
    page.get_by_label("Text of the article").evaluate("area => { area.scrollTop = 0; area.blur(); }")
    screenshot(page, "serve-paste.png", tmp_path)
    page.get_by_role("button", name="Show who said what").click()
    page.locator(".card").first.wait_for()
    assert page.locator(".card").count() > 5
    assert "The Santa Lucera Wire · 19 March 2024" in page.locator(".kicker").inner_text()
    page.get_by_role("link", name="Another article").click()
    assert page.get_by_role("button", name="Show who said what").is_visible()


def test_drop_a_file(watched: Watched) -> None:
    """A dropped file fills the text; one that is no text in UTF-8, or too large, is refused in words."""
    page = watched.page
    page.locator("#file").set_input_files(ARTICLE)
    area = page.get_by_label("Text of the article")
    page.get_by_text("article.txt: ").wait_for()
    assert area.input_value() == ARTICLE.read_text("utf-8")
    broken = {"name": "old.txt", "mimeType": "text/plain", "buffer": b"caf\xe9"}
    page.locator("#file").set_input_files(broken)
    page.get_by_text("old.txt is no text in UTF-8").wait_for()
    page.locator("#file").set_input_files({**broken, "name": "big.txt", "buffer": b"a" * 50_001})
    page.get_by_text("big.txt is too long").wait_for()
    page.evaluate(
        """() => { const data = new DataTransfer();
        data.items.add(new File(['It rained, Ann Kord said.'], 'dropped.txt'));
        document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true})); }"""
    )
    page.get_by_text("dropped.txt: ").wait_for()
    assert area.input_value() == "It rained, Ann Kord said."


def test_too_long_is_told_before_it_is_sent(watched: Watched) -> None:
    """A text over the limit cannot be sent, and the page says why."""
    page = watched.page
    page.get_by_label("Text of the article").fill("é" * 25_001)
    assert "Too long: 50,002 of 50,000 bytes." in page.locator("#room").inner_text()
    assert page.get_by_role("button", name="Show who said what").is_disabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility(watched: Watched, scheme: str) -> None:
    """The accessibility checker finds no serious fault."""
    watched.page.emulate_media(color_scheme=scheme)
    assert accessibility_faults(watched.page) == []


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"text": "  "}, 422, "there is no text in it"),
        ({}, 422, "there is no text in it"),
        ({"text": "a", "published": "soon"}, 422, "no date in ISO form"),
        ({"text": "x" * 2500}, 413, "larger than 2000 bytes"),
        ({"text": "Boom <b>"}, 500, "internal fault"),
    ],
)
def test_refusals_are_a_page(client: Client, fields: dict[str, str], status: int, told: str) -> None:
    """What cannot be shown comes back as the page to paste into, with the text and the reason."""
    answer = client.post("/view", data=fields)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert told in answer.text
    assert "<b>" not in answer.text
    if status == 500:
        assert "Boom &lt;b&gt;</textarea>" in answer.text


def test_a_form_that_is_none(client: Client) -> None:
    """A body that is no form in UTF-8 is refused, never a fault."""
    for body in (b"\xff", b"text=%FF", b"&" * 50):
        assert client.post("/view", content=body).status_code == 422


def test_line_ends_of_forms() -> None:
    """The line ends that a browser's form adds are taken out again, so that offsets fit the pasted text."""
    assert form_source(b"text=a%0D%0Ab%C3%A9", 100).text == "a\nbé"
