"""The page to paste an article into, in a browser and without one."""

from __future__ import annotations

import re
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


def test_paste_and_see_with_pictures(watched: Watched, tmp_path: Path) -> None:
    """A text that is pasted comes back as the view of it, from which one can go back for another."""
    page = watched.page
    page.get_by_label("Text of the article").fill(ARTICLE.read_text("utf-8"))
    page.get_by_label("Published").fill("2024-03-19")
    page.get_by_label("Publisher").fill("The Santa Lucera Wire")
    page.get_by_label("Text of the article").evaluate("area => { area.scrollTop = 0; document.activeElement.blur(); }")
    screenshot(page, "serve-paste.png", tmp_path)
    page.get_by_role("button", name="Show who said what").click()
    page.locator(".card").first.wait_for()
    assert page.locator(".card").count() > 5
    assert "The Santa Lucera Wire · 19 March 2024" in page.locator(".kicker").inner_text()
    page.get_by_role("link", name="Another article").click()
    assert page.get_by_role("button", name="Show who said what").is_visible()


def test_check_against_sources(watched: Watched, tmp_path: Path) -> None:
    """The view leads to the form for sources, filled in, and this to the page with both texts."""
    page = watched.page
    report = (ROOT / "fixtures" / "reports" / "harbour-crane-hearing.txt").read_text("utf-8")
    page.get_by_label("Text of the article").fill(report)
    page.get_by_role("button", name="Show who said what").click()
    page.get_by_role("button", name="Check against sources").click()
    assert page.get_by_label("Article", exact=True).input_value() == report
    assert page.get_by_label("Published").input_value() == "2023-05-18"
    transcript = next((ROOT / "fixtures" / "transcripts").glob("hearing-*.txt"))
    page.get_by_label("Text of source 1").evaluate(
        """(area, text) => { const data = new DataTransfer(); data.items.add(new File([text], 'hearing.txt'));
        area.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true})); }""",
        transcript.read_text("utf-8"),
    )
    page.get_by_text("hearing.txt: ").wait_for()
    assert page.get_by_label("Source 1: name").input_value() == "hearing"
    page.get_by_text("Further sources").click()
    page.get_by_label("Text of source 2").fill("Nothing of the kind.")
    page.get_by_role("button", name="Compare").click()
    page.locator(".card").first.wait_for()
    assert page.locator(".card.altered").count() == 1
    assert "compared with 2 sources" in page.locator(".tally").inner_text()
    assert "hearing" in page.locator("#source-1 .kicker").inner_text()
    page.get_by_role("link", name="Another article").click()
    page.get_by_role("link", name="Who said what").click()
    page.get_by_role("link", name="Check quotations against sources").click()
    assert page.get_by_role("button", name="Compare").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_form_for_sources(watched: Watched, tmp_path: Path, scheme: str, width: int) -> None:
    """The checker finds no serious fault in the form for sources, nothing is wider than a telephone."""
    page = watched.page
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme)
    page.get_by_role("link", name="Check quotations against sources").click()
    page.get_by_text("Further sources").click()
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("Article", exact=True).fill("é" * 15_000)
    page.get_by_label("Text of source 3").fill("é" * 10_001)
    assert "Too long: 50,002 of 50,000 bytes." in page.locator("#room").inner_text()
    assert page.get_by_role("button", name="Compare").is_disabled()


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


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({}, 200, "Check quotations against sources"),
        ({"text": "Boom <b>"}, 200, "Boom &lt;b&gt;</textarea>"),
        ({"text": "Boom", "source": "  "}, 200, "Boom</textarea>"),
        (
            {"text": "a", "source": ["", "<i>"], "source_title": ["", "<u>"], "published": "soon"},
            422,
            "no date in ISO form",
        ),
        ({"text": "x" * 1500, "source": "x" * 1500}, 413, "larger than 2000 bytes"),
        ({"text": "a", "source": "b", "source_title": "x" * 1001}, 422, "1000 characters"),
        ({"text": "Boom", "source": "<i>", "source_title": "<u>"}, 500, "internal fault"),
    ],
)
def test_what_lacks_something_is_asked_again(client: Client, fields: dict[str, object], status: int, told: str) -> None:
    """A form without a source, or one that cannot be compared, comes back with what was filled in."""
    answer = client.post("/check", data=fields)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert told in answer.text
    assert not re.search("<[biu]>", answer.text)
    if "<i>" in fields.get("source", ""):
        assert "&lt;i&gt;</textarea>" in answer.text
        assert 'value="&lt;u&gt;"' in answer.text


def test_a_form_that_is_none(client: Client) -> None:
    """A body that is no form in UTF-8 is refused, never a fault."""
    for body in (b"\xff", b"text=%FF", b"&" * 50):
        assert client.post("/view", content=body).status_code == 422
        assert client.post("/check", content=body).status_code == 422


def test_line_ends_of_forms() -> None:
    """The line ends that a browser's form adds are taken out again, so that offsets fit the pasted text."""
    assert form_source(b"text=a%0D%0Ab%C3%A9", 100).text == "a\nbé"
