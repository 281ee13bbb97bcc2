"""The page in a browser: open, filter, jump, walk by keyboard, copy, print."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.extractor import Extractor
from quotes.text.document import read_document
from quotes.view import Article, citation, examine, render_page
from tests.browsers import ROOT, Watched, accessibility_faults, eventually, screenshot
from tests.view.builders import hostile, library, long_article

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

FIXTURE = ROOT / "fixtures" / "state-visit-curly-marks"
FIRST_PAINT = 1.0
"""Seconds in which a text of 20,000 words is there."""
SCHEMES = ("light", "dark")


def opened(watched: Watched, folder: Path, articles: Sequence[Article], **features: object) -> Page:
    """The page of articles, opened from disk."""
    path = folder / "page.html"
    path.write_text(render_page(articles, **features), "utf-8")
    watched.page.goto(path.as_uri())
    return watched.page


def shown(page: Page) -> list[str]:
    """The numbers of the statements that the list shows."""
    return page.locator(".card:not([hidden]) .number").all_text_contents()


def focused(page: Page) -> str:
    """What has the focus: the id of it or of the card around it."""
    return page.evaluate("(document.activeElement.id || document.activeElement.closest('[id]')?.id) || ''")


def test_filters(watched: Watched, tmp_path: Path) -> None:
    """Filters by speaker, kind and confidence hide statements in the list and their marks in the text."""
    page = opened(watched, tmp_path, [library()])
    assert shown(page) == ["1", "2", "3", "4", "5"]
    page.get_by_label("Ann Kord").uncheck()
    assert shown(page) == ["2", "4", "5"]
    assert page.locator("#status").inner_text() == "3 of 5 shown"
    assert "off" in page.locator("#place-1").get_attribute("class")
    assert page.locator("#ref-1").is_hidden()
    page.get_by_role("checkbox", name="direct quoted words", exact=True).uncheck()
    assert shown(page) == ["2", "4"]
    page.locator("#confidence").fill("0.75")
    assert shown(page) == ["2"]
    page.get_by_role("button", name="None").click()
    assert shown(page) == []
    assert page.locator("#nothing").is_visible()
    page.get_by_role("button", name="All").click()
    page.get_by_role("checkbox", name="direct quoted words", exact=True).check()
    page.locator("#confidence").fill("0")
    assert shown(page) == ["1", "2", "3", "4", "5"]
    assert page.locator("#nothing").is_hidden()


def test_jump_and_back(watched: Watched, tmp_path: Path) -> None:
    """A number in the text leads to its card, and the card leads back; both are then marked."""
    page = opened(watched, tmp_path, [long_article(8000)])
    page.locator("#card-150 .jump").click()
    eventually(page, "document.getElementById('ref-150').getBoundingClientRect().bottom < innerHeight")
    assert focused(page) == "ref-150"
    assert "on" in page.locator("#place-150").get_attribute("class").split()
    page.keyboard.press("Enter")
    assert focused(page) in {"card-150", "panel-150"}
    assert page.locator("#card-150 h3 button").get_attribute("aria-expanded") == "true"
    assert page.locator("#panel-150").is_visible()


def test_keyboard_walk(watched: Watched, tmp_path: Path) -> None:
    """Everything can be reached and done with the keyboard alone, and the focus can always be seen."""
    page = opened(watched, tmp_path, [library()])
    reached: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """(() => { const e = document.activeElement; const s = getComputedStyle(e);
            return [e.id || e.value || e.textContent.trim().slice(0, 40), s.outlineStyle, e.tagName]; })()"""
        )
        if here[2] == "BODY":
            break
        assert here[1] != "none", f"the focus on {here[0]!r} cannot be seen"
        reached.append(here[0])
    assert reached[:2] == ["Skip to the text", "Skip to the statements"]
    assert {"theme", "confidence", "direct", "ref-1", "ref-5", "Show in text"} <= set(reached)
    page.locator("#card-1 h3 button").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert focused(page) == "card-2"
    page.keyboard.press("End")
    assert focused(page) == "card-5"
    page.keyboard.press("Enter")
    assert page.locator("#panel-5").is_visible()
    page.keyboard.press("Escape")
    assert focused(page) == "ref-5"


def test_click_takes_the_inner_statement_first(watched: Watched, tmp_path: Path) -> None:
    """A click on nested statements chooses the inner one, a second click the one around it."""
    page = opened(watched, tmp_path, [library()])
    inner = page.locator("#place-3")
    inner.click()
    assert page.locator(".card.on").get_attribute("id") == "card-3"
    inner.click()
    assert page.locator(".card.on").get_attribute("id") == "card-2"
    lines = [page.locator(f"#place-{n}").evaluate("e => e.getBoundingClientRect().bottom") for n in (2, 3)]
    assert lines[0] > lines[1] + 2, "the outer statement's line lies below the inner one's"


def test_pieces_belong_together(watched: Watched, tmp_path: Path) -> None:
    """Choosing a discontinuous statement marks all of its pieces, its cue and its speaker."""
    page = opened(watched, tmp_path, [library()])
    page.locator("#card-1 h3 button").click()
    marked = page.locator("#text .on:not(.ref)").all_inner_texts()
    assert marked == ["The library", "Ann Kord", "said", "Friday", "would stay open"]


def test_panel_and_citation(watched: Watched, tmp_path: Path) -> None:
    """The panel shows provenance and why the statement is as it is; the citation goes to the clipboard."""
    statement = library().statements[4]
    reasons = {statement.id: {"Content": "a quotation <i>", "Sure": "0.97, kept from 0.30 on"}}
    page = opened(watched, tmp_path, [library()], explanations=reasons)
    page.locator("#card-5 h3 button").click()
    panel = page.locator("#panel-5")
    for text in ("Ben Ode", "clausal complement", statement.provenance.document.sha256, statement.id):
        assert text in panel.inner_text()
    rows = panel.locator("h4, h4 ~ dl > *").all_inner_texts()
    assert rows == ["Why", "Content", "a quotation <i>", "Sure", "0.97, kept from 0.30 on"]
    panel.get_by_role("button", name="Copy as a citation").click()
    panel.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == citation(statement)


def test_hostile_text_stays_text(watched: Watched, tmp_path: Path) -> None:
    """A script tag, an image with onerror and the like in an article are shown as the text they are."""
    page = opened(watched, tmp_path, [hostile()])
    page.locator("#card-1 h3 button").click()
    page.wait_for_timeout(200)
    assert page.evaluate("window.broken") is None
    assert page.locator("img").count() == 0
    first = "& <img src=x onerror='window.broken = 2'> said Ann."  # a script's own words are no text
    assert page.locator("article p[dir]").first.text_content() == first
    assert "<b onclick=alert(1)>Kord</b>" in page.locator("#panel-1").inner_text()
    assert page.title().startswith("</title><script>")


def test_the_policy_stops_scripts_that_get_in(watched: Watched, tmp_path: Path) -> None:
    """Even a script that were written into the page by mistake would not run."""
    page = opened(watched, tmp_path, [library()])
    page.evaluate(
        "const s = document.createElement('div'); s.innerHTML = '<img src=x onerror=\"window.broken=1\">';"
        "document.body.append(s)"
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.broken") is None
    assert watched.troubles
    assert all("Content Security Policy" in trouble for trouble in watched.troubles)
    watched.troubles.clear()
    assert all(address.startswith("file:") for address in watched.requests)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_accessibility(watched: Watched, tmp_path: Path, scheme: str) -> None:
    """The accessibility checker finds no serious fault, in either scheme, with a panel open."""
    watched.page.emulate_media(color_scheme=scheme)
    reasons = {library().statements[1].id: {"Found by": "a cue", "Sure": "0.97"}}
    page = opened(watched, tmp_path, [library(), hostile()], explanations=reasons)
    assert accessibility_faults(page) == []
    page.locator("#card-2 h3 button").click()
    page.wait_for_timeout(300)
    assert accessibility_faults(page) == []


def test_narrow_page_has_no_sideways_scrolling(watched: Watched, tmp_path: Path) -> None:
    """On a telephone nothing is wider than the screen, and numbers still lead to cards."""
    watched.page.set_viewport_size({"width": 360, "height": 740})
    page = opened(watched, tmp_path, [library()])
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("#ref-5").click()
    eventually(page, "document.getElementById('card-5').getBoundingClientRect().top < innerHeight")
    assert focused(page) in {"card-5", "panel-5"}


def test_theme_button(watched: Watched, tmp_path: Path) -> None:
    """The button changes from the system's scheme to light to dark and back."""
    page = opened(watched, tmp_path, [library()])
    background = "getComputedStyle(document.body).backgroundColor"
    papers = []
    for _ in range(3):
        papers.append(page.evaluate(background))
        page.locator("#theme").click()
    assert papers[0] == papers[1] != papers[2]
    assert page.locator("#theme").inner_text() == "Theme: as the system"


def test_long_text_opens_in_time(watched: Watched, tmp_path: Path) -> None:
    """A text of 20,000 words with 500 statements is laid out within a second; the best of three counts."""
    taken = []
    for _ in range(3):
        page = opened(watched, tmp_path, [long_article()])
        timing = page.evaluate(
            "new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0)))"
        )
        taken.append(timing / 1000)
    assert page.locator(".card").count() == 500
    assert min(taken) < FIRST_PAINT, taken


def test_print(watched: Watched, tmp_path: Path) -> None:
    """In print there are the text and all statements in full, and none of the controls."""
    watched.page.emulate_media(media="print")
    page = opened(watched, tmp_path, [library()])
    for hidden in (".bar", ".filters", ".jump", ".skip"):
        assert page.locator(hidden).first.is_hidden(), hidden
    assert page.locator(".card").count() == 5
    assert page.locator(".card .said").first.is_visible()
    path = tmp_path / "page.pdf"
    page.pdf(path=path)
    assert path.read_bytes().startswith(b"%PDF-")


def test_without_script(context: BrowserContext, tmp_path: Path) -> None:
    """Where scripts are off, the text, its marks and the list are there, and controls that need them not."""
    path = tmp_path / "page.html"
    path.write_text(render_page([library()]), "utf-8")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setScriptExecutionDisabled", {"value": True})
    page.goto(path.as_uri())
    assert page.locator(".card").count() == 5
    assert page.locator("#theme").is_hidden()
    page.locator("#ref-5").click()
    assert page.url.endswith("#card-5")
    page.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_pictures_for_the_documentation(watched: Watched, tmp_path: Path, extractor: Extractor, scheme: str) -> None:
    """The view of a fixture, as extracted, with a statement chosen, is pictured."""
    metadata = json.loads((FIXTURE / "metadata.json").read_text("utf-8"))
    known = {key: metadata[key] for key in ("published", "publisher", "title") if metadata.get(key)}
    document = read_document(FIXTURE / "article.txt", **known)
    here = replace(document, path=FIXTURE.relative_to(ROOT).joinpath("article.txt").as_posix())
    made, explanations = examine(here, extractor)
    assert made.statements
    watched.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page = opened(watched, tmp_path, [made], explanations=explanations)
    if scheme == "dark":
        chosen = next(i for i, s in enumerate(made.statements, 1) if s.kind != "indirect")
        page.locator(f"#card-{chosen} h3 button").click()
    page.wait_for_timeout(200)
    path = screenshot(page, f"view-{scheme}.png", tmp_path)
    assert path.stat().st_size > 50_000
