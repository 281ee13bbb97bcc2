"""The page of families in a browser: search, filter, open, walk by keyboard, print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.models import Family, Statement
from quotes.view import render_page
from quotes.view.families import Key, render_families
from tests.browsers import ROOT, Watched, accessibility_faults, eventually, screenshot
from tests.view.builders import library
from tests.view.reports import hostile, many, reported

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

SCHEMES = ("light", "dark")
FIRST_PAINT = 2.0
"""Seconds in which a page of 2,000 families is there."""
FILTERED = 1.0
"""Seconds in which they are filtered."""


@pytest.fixture
def watched(watched: Watched) -> Watched:
    """A new page without moving scrolls."""
    watched.page.emulate_media(reduced_motion="reduce")
    return watched


def opened(watched: Watched, folder: Path, made: tuple[Sequence[Family], Mapping[Key, Statement]]) -> Page:
    """A page of families, opened from disk."""
    path = folder / "page.html"
    path.write_text(render_families(*made), "utf-8")
    watched.page.goto(path.as_uri())
    return watched.page


def shown(page: Page) -> list[str]:
    """The numbers of the families that the list shows."""
    return page.locator(".family:not([hidden]) summary .number").all_text_contents()


def focused(page: Page) -> str:
    """The id of the family that has the focus."""
    return page.evaluate("document.activeElement.closest('[id]')?.id || ''")


def test_filters(watched: Watched, tmp_path: Path) -> None:
    """Search, person, outlet and altered words each hide families, and together more."""
    page = opened(watched, tmp_path, many(20))
    assert len(shown(page)) == 40
    page.get_by_label("Person").select_option(label="Speaker 3 (2)")
    assert shown(page) == ["7", "8"]
    page.get_by_label("with altered words only").check()
    assert shown(page) == ["7"]
    assert page.locator("#status").inner_text() == "1 of 40 shown"
    page.get_by_label("Outlet").select_option(label="Ledger (20)")
    assert shown(page) == ["7"]
    page.get_by_label("Person").select_option(label="everybody")
    assert len(shown(page)) == 20
    page.get_by_role("searchbox").fill("MENDED  ledger")
    eventually(page, "document.getElementById('status').textContent === '20 of 40 shown'")
    page.get_by_role("searchbox").fill("speaker 13 ferry")
    eventually(page, "!document.getElementById('nothing').hidden")
    page.get_by_label("Outlet").select_option(label="all")
    page.get_by_label("with altered words only").uncheck()
    assert shown(page) == ["28"]


def test_families_can_be_asked_to_be_sure(watched: Watched, tmp_path: Path) -> None:
    """The slider hides families of less confidence."""
    families, statements = reported()
    made = [family.model_copy(update={"confidence": sure}) for family, sure in zip(families, (0.9, 0.4), strict=True)]
    page = opened(watched, tmp_path, (made, statements))
    page.get_by_role("slider", name="Confidence").fill("0.5")
    eventually(page, "document.getElementById('status').textContent === '1 of 2 shown'")
    assert shown(page) == ["1"]
    assert page.locator("output").inner_text() == "0.50"


def test_keys(watched: Watched, tmp_path: Path) -> None:
    """Arrows, Home and End lead from family to family, past those that are hidden; Enter opens and closes."""
    page = opened(watched, tmp_path, many(20))
    page.locator("#family-1 > details > summary").focus()
    for key, place in [("ArrowDown", 2), ("End", 40), ("ArrowDown", 40), ("ArrowUp", 39), ("Home", 1), ("ArrowUp", 1)]:
        page.keyboard.press(key)
        assert focused(page) == f"family-{place}", key
    assert not page.locator("#family-1 .wordings").is_visible()
    page.keyboard.press("Enter")
    assert page.locator("#family-1 .wordings").is_visible()
    page.get_by_label("with altered words only").check()
    page.locator("#family-1 > details > summary").focus()
    page.keyboard.press("ArrowDown")
    assert focused(page) == "family-3", "what is filtered out is passed over"


def test_everything_can_be_reached(watched: Watched, tmp_path: Path) -> None:
    """Tab reaches each control, and the focus can always be seen."""
    page = opened(watched, tmp_path, reported())
    reached: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """(() => { const e = document.activeElement; const s = getComputedStyle(e);
            return [e.id || e.className || e.closest('[id]').id, s.outlineStyle, e.tagName]; })()"""
        )
        if here[2] == "BODY":
            break
        assert here[1] != "none", f"the focus on {here[0]!r} cannot be seen"
        reached.append(here[0])
    controls = ["search", "person", "outlet", "confidence", "altered", "open-all", "close-all"]
    expected = ["skip", "theme", *controls, "family-1"]
    assert reached[: len(expected)] == expected
    assert reached.count("family-1") == 2, "the family, and the copies of its first report"
    assert "family-2" in reached


def test_many_are_closed_until_asked_for(watched: Watched, tmp_path: Path) -> None:
    """Few families are open from the start; of many each is a line, which an address or a button opens."""
    page = opened(watched, tmp_path, reported())
    assert page.locator("#family-2 .wordings").is_visible()
    page = opened(watched, tmp_path, many(20))
    assert page.locator("#family-30 .wordings").is_hidden()
    assert "first: Wire, 11 June 2024" in page.locator("#family-1 > details > summary").inner_text()
    page.goto(f"{page.url}#family-30")
    eventually(page, "document.querySelector('#family-30 > details').open")
    assert focused(page) == "family-30"
    assert page.locator("#family-30").evaluate("e => e.getBoundingClientRect().top") < 500
    page.get_by_role("button", name="Open all").click()
    assert page.locator("details:not([open]) > .inside").count() == 0
    page.get_by_role("button", name="Close all").click()
    assert page.locator("details[open] > .inside").count() == 0


def test_a_link_leads_to_the_statement_in_its_article(watched: Watched, tmp_path: Path) -> None:
    """The page of the article opens with the statement chosen."""
    (tmp_path / "wire.html").write_text(render_page([library()]), "utf-8")
    families, statements = reported()
    key = (families[0].members[0].document, families[0].members[0].statement)
    path = tmp_path / "page.html"
    path.write_text(render_families(families, statements, {key: "wire.html#card-2"}), "utf-8")
    watched.page.goto(path.as_uri())
    watched.page.get_by_role("link", name="Wire: in the article").click()
    eventually(watched.page, "document.querySelector('.card.on')?.id === 'card-2'")


def test_large_pages_stay_quick(watched: Watched, tmp_path: Path) -> None:
    """2,000 families are laid out, searched and filtered without a wait; best of three."""
    painted, filtered = [], []
    families = many(1000)
    for _ in range(3):
        page = opened(watched, tmp_path, families)
        frame = "await new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));"
        painted.append(page.evaluate(f"(async () => {{ {frame} return performance.now(); }})()") / 1000)
        page.evaluate("document.getElementById('search').value = 'mended'")
        change = "document.getElementById('person').value = '3'; const start = performance.now();"
        change += "document.getElementById('person').dispatchEvent(new Event('change'));"
        filtered.append(
            page.evaluate(f"(async () => {{ {change} {frame} return performance.now() - start; }})()") / 1000
        )
        assert len(shown(page)) == 50
    assert min(painted) < FIRST_PAINT, painted
    assert min(filtered) < FILTERED, filtered


def test_hostile_text_stays_text(watched: Watched, tmp_path: Path) -> None:
    """Markup in wordings, names and titles is shown as the text that it is."""
    page = opened(watched, tmp_path, hostile())
    page.wait_for_timeout(200)
    assert page.evaluate("window.broken") is None
    assert page.locator("img").count() == 0
    assert "window.broken = 1" in page.locator("#family-1 h2").inner_text()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [390, 760, 1440])
def test_windows(watched: Watched, tmp_path: Path, width: int, scheme: str) -> None:
    """Nothing is wider than the window, and the checker finds no serious fault, open and closed."""
    watched.page.set_viewport_size({"width": width, "height": 844})
    watched.page.emulate_media(color_scheme=scheme)
    for made in (reported(), hostile()):
        page = opened(watched, tmp_path, made)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page = opened(watched, tmp_path, reported())
    page.locator(".copies summary").first.click()
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Close all").click()
    assert accessibility_faults(page) == []


def test_print(watched: Watched, tmp_path: Path) -> None:
    """In print every family is open, with its copies, and there are none of the controls."""
    page = opened(watched, tmp_path, many(20))
    watched.page.emulate_media(media="print", color_scheme="dark")
    for hidden in (".bar", ".controls", ".skip", "#status"):
        assert page.locator(hidden).first.is_hidden(), hidden
    assert page.locator("#family-40 .wordings").is_visible()
    assert page.locator("#family-1 .copies li").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    path = tmp_path / "page.pdf"
    page.pdf(path=path)
    assert path.read_bytes().startswith(b"%PDF-")


def test_without_script(context: BrowserContext, tmp_path: Path) -> None:
    """Where scripts are off, families open all the same, and controls that need them are not there."""
    path = tmp_path / "page.html"
    path.write_text(render_families(*many(20)), "utf-8")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setScriptExecutionDisabled", {"value": True})
    page.goto(path.as_uri())
    assert page.locator(".controls").is_hidden()
    assert page.locator("#theme").is_hidden()
    page.locator("#family-2 > details > summary").click()
    assert page.locator("#family-2 .wordings").is_visible()
    page.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_pictures_for_the_documentation(watched: Watched, tmp_path: Path, scheme: str) -> None:
    """The families of the how-to are pictured."""
    from quotes.extractor import Extractor
    from quotes.io.json import parsed_json
    from quotes.linking import link
    from quotes.text.document import make_document

    extractor, statements = Extractor(), []
    for line in (ROOT / "fixtures" / "press-conference" / "articles.jsonl").read_text("utf-8").splitlines():
        row = parsed_json(line)
        text, name = row.pop("text"), row.pop("id")
        statements += extractor.extract_document(make_document(text, document_id=name, **row))
    by_key = {(each.provenance.document.id, each.id): each for each in statements}
    watched.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page = opened(watched, tmp_path, (link(statements), by_key))
    path = screenshot(page, f"families-{scheme}.png", tmp_path)
    assert path.stat().st_size > 40_000
