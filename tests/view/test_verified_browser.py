"""The page of an article beside its sources in a browser: choose, jump, filter, walk by keyboard, print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.extractor import Extractor
from quotes.text.document import Document, read_document
from quotes.verification import Verifier, statements_of
from quotes.view.verified import Checked, render_verified
from tests.browsers import ROOT, Watched, accessibility_faults, eventually, screenshot
from tests.view.builders import hostile_check, long_check, verified

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

SCHEMES = ("light", "dark")
REPORT = Path("fixtures/reports/harbour-crane-hearing.txt")
FIRST_PAINT = 1.0
"""Seconds in which an article is there with a transcript of 20,000 words."""


@pytest.fixture
def watched(watched: Watched) -> Watched:
    """A new page without moving scrolls."""
    watched.page.emulate_media(reduced_motion="reduce")
    return watched


def opened(watched: Watched, folder: Path, made: tuple[Checked, Sequence[Document]]) -> Page:
    """The page of an article, opened from disk."""
    path = folder / "page.html"
    path.write_text(render_verified([made[0]], made[1]), "utf-8")
    watched.page.goto(path.as_uri())
    return watched.page


def shown(page: Page) -> list[str]:
    """The numbers of the quotations that the list shows."""
    return page.locator(".card:not([hidden]) .number").all_text_contents()


def focused(page: Page) -> str:
    """What has the focus: the id of it or of the card around it."""
    return page.evaluate("(document.activeElement.id || document.activeElement.closest('[id]')?.id) || ''")


def top(page: Page, element: str) -> float:
    """Where an element begins, in pixels from the top of the window."""
    return page.locator(f"#{element}").evaluate("e => e.getBoundingClientRect().top")


def test_filters(watched: Watched, tmp_path: Path) -> None:
    """Filters by verdict and flag hide quotations in the list and their marks in both texts."""
    page = opened(watched, tmp_path, verified())
    assert len(shown(page)) == 8
    page.get_by_role("checkbox", name="verbatim").uncheck()
    assert shown(page) == ["3", "4", "5", "6", "7"]
    assert page.locator("#status").inner_text() == "5 of 8 shown"
    for place in ("place-1", "passage-1"):
        assert "off" in page.locator(f"#{place}").get_attribute("class").split()
    page.get_by_role("checkbox", name="verbatim").check()
    page.get_by_label("only another speaker").check()
    assert shown(page) == ["8"]
    page.get_by_role("checkbox", name="verbatim").uncheck()
    assert shown(page) == []
    assert page.locator("#nothing").is_visible()


def test_keys(watched: Watched, tmp_path: Path) -> None:
    """Keys lead from quotation to quotation, to the passage and back, and to the place in the article."""
    page = opened(watched, tmp_path, verified())
    for key, place in [
        *[("j", "card-1"), ("j", "card-2"), ("j", "card-3"), ("k", "card-2"), ("ArrowDown", "card-3")],
        *[("ArrowUp", "card-2"), ("End", "card-8"), ("j", "card-8"), ("Home", "card-1"), ("k", "card-1")],
        *[
            ("Enter", "source-ref-1"),
            ("Enter", "card-1"),
            ("Escape", "ref-1"),
            ("j", "card-2"),
            ("Enter", "source-ref-2"),
        ],
        *[("Escape", "ref-2"), ("Enter", "card-2")],
    ]:
        page.keyboard.press(key)
        assert focused(page) == place, key
    assert page.locator("#card-2 h3 button").get_attribute("aria-current") == "true"
    assert page.locator("[aria-current]").count() == 1
    page.get_by_role("checkbox", name="trimmed").uncheck()
    page.keyboard.press("j")
    assert focused(page) == "card-4", "what is filtered out is passed over"


def test_help(watched: Watched, tmp_path: Path) -> None:
    """The keys are told on "?", and single letters can be turned off for who speaks to the browser."""
    page = opened(watched, tmp_path, verified())
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keys").is_visible()
    assert accessibility_faults(page) == []
    page.get_by_label("Use letters and signs as keys of this page").uncheck()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    page.keyboard.press("j")
    assert page.locator(".card.on").count() == 0
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Use letters and signs as keys of this page").check()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    assert page.locator(".card.on").get_attribute("id") == "card-1"


def test_everything_can_be_reached(watched: Watched, tmp_path: Path) -> None:
    """Tab reaches each control, and the focus can always be seen."""
    page = opened(watched, tmp_path, verified())
    reached: list[str] = []
    for _ in range(90):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """(() => { const e = document.activeElement; const s = getComputedStyle(e);
            return [e.id || e.value || e.textContent.trim().slice(0, 40), s.outlineStyle, e.tagName]; })()"""
        )
        if here[2] == "BODY":
            break
        assert here[1] != "none", f"the focus on {here[0]!r} cannot be seen"
        reached.append(here[0])
    assert reached[:3] == ["Skip to the article", "Skip to the quotations", "Skip to the sources"]
    assert {"keys", "theme", "altered", "other_speaker", "ref-1", "In the source", "source-ref-8"} <= set(reached)


def test_what_belongs_together_is_side_by_side(watched: Watched, tmp_path: Path) -> None:
    """A quotation deep in a long text and its passage are brought to one height, and both are marked."""
    page = opened(watched, tmp_path, long_check())
    for n in (60, 3, 100):
        page.locator(f"#card-{n} .to-source").click()
        assert focused(page) == f"source-ref-{n}"
        assert abs(top(page, f"place-{n}") - top(page, f"passage-{n}")) <= 2
        assert 0 < top(page, f"passage-{n}") < 900
        assert 0 < top(page, f"card-{n}") < 900
        for place in ("place", "passage"):
            assert "on" in page.locator(f"#{place}-{n}").get_attribute("class").split()
    page.locator("#passage-50").evaluate("e => e.click()")
    assert page.locator(".card.on").get_attribute("id") == "card-50"
    assert abs(top(page, "place-50") - top(page, "passage-50")) <= 2


def test_moving_scrolls_arrive(watched: Watched, tmp_path: Path) -> None:
    """Where scrolls move, the first jump and quick steps arrive as exactly."""
    watched.page.emulate_media(reduced_motion="no-preference")
    page = opened(watched, tmp_path, long_check())
    for keys, n in (("j", 1), ("jjjjjjjj", 9)):
        for key in keys:
            page.keyboard.press(key)
        both = "Math.abs(" + " - ".join(
            f"document.getElementById('{place}-{n}').getBoundingClientRect().top" for place in ("place", "passage")
        )
        eventually(page, f"{both}) <= 2")


def test_an_address_leads_to_a_quotation(watched: Watched, tmp_path: Path) -> None:
    """An address with a number opens the page at that quotation."""
    page = opened(watched, tmp_path, long_check(6000))
    page.goto(f"{page.url}#card-70")
    eventually(page, "document.querySelector('.card.on')?.id === 'card-70'")
    assert 0 < top(page, "passage-70") < 900


def test_long_texts_open_in_time(watched: Watched, tmp_path: Path) -> None:
    """An article with 100 quotations and a transcript of 20,000 words are laid out in a second; best of three."""
    taken = []
    for _ in range(3):
        page = opened(watched, tmp_path, long_check())
        timing = page.evaluate(
            "new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0)))"
        )
        taken.append(timing / 1000)
    assert min(taken) < FIRST_PAINT, taken


def test_hostile_text_stays_text(watched: Watched, tmp_path: Path) -> None:
    """Markup in an article, a source and their names is shown as the text that it is."""
    page = opened(watched, tmp_path, hostile_check())
    page.keyboard.press("j")
    page.wait_for_timeout(200)
    assert page.evaluate("window.broken") is None
    assert page.locator("img, b").count() == 0
    assert page.title().startswith("</title><script>")
    assert "window.broken = 8" in page.locator("#sources").inner_text()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_accessibility(watched: Watched, tmp_path: Path, scheme: str) -> None:
    """The accessibility checker finds no serious fault in either scheme, with and without a quotation chosen."""
    watched.page.emulate_media(color_scheme=scheme)
    page = opened(watched, tmp_path, verified())
    assert accessibility_faults(page) == []
    for _ in range(4):
        page.keyboard.press("j")
    assert accessibility_faults(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [390, 760, 1100])
def test_smaller_windows(watched: Watched, tmp_path: Path, width: int, scheme: str) -> None:
    """Nothing is wider than the window, jumps arrive in sight, and the checker finds no serious fault."""
    watched.page.set_viewport_size({"width": width, "height": 844})
    watched.page.emulate_media(color_scheme=scheme)
    page = opened(watched, tmp_path, long_check(3000))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.get_by_role("checkbox", name="verbatim").is_visible() == (width > 800)
    for n in (90, 5):
        page.locator(f"#card-{n} .to-source").click()
        assert focused(page) == f"source-ref-{n}"
        assert 0 <= top(page, f"source-ref-{n}") < 844
        page.keyboard.press("Enter")
        assert focused(page) == f"card-{n}"
        assert 0 <= page.locator(f"#card-{n} h3").evaluate("e => e.getBoundingClientRect().top") < 844
        page.locator(f"#card-{n} .jump").first.click()
        assert 0 <= top(page, f"ref-{n}") < 844
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert accessibility_faults(page) == []


def test_print(watched: Watched, tmp_path: Path) -> None:
    """In print there are the article, all quotations, the paragraphs with passages, and none of the controls."""
    watched.page.emulate_media(media="print", color_scheme="dark")
    page = opened(watched, tmp_path, verified())
    for hidden in (".bar", ".filters", ".jump", ".skip", "#sources p:not(.has)", "#source-2"):
        assert page.locator(hidden).first.is_hidden(), hidden
    assert page.locator(".card .meaning:visible").count() == 8
    assert page.locator("#passage-4").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    path = tmp_path / "page.pdf"
    page.pdf(path=path)
    assert path.read_bytes().startswith(b"%PDF-")


def test_without_script(context: BrowserContext, tmp_path: Path) -> None:
    """Where scripts are off, both texts, all words and the links are there, and controls that need them not."""
    path = tmp_path / "page.html"
    made, sources = verified()
    path.write_text(render_verified([made], sources), "utf-8")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setScriptExecutionDisabled", {"value": True})
    page.goto(path.as_uri())
    assert page.locator(".card .meaning:visible").count() == 8
    for hidden in ("#theme", "#keys", "#by-verdict input", "#by-flag"):
        assert page.locator(hidden).first.is_hidden(), hidden
    page.locator("#card-4 .to-source").click()
    assert page.url.endswith("#source-ref-4")
    page.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_pictures_for_the_documentation(watched: Watched, tmp_path: Path, extractor: Extractor, scheme: str) -> None:
    """The report of the tutorial beside its transcript, with a quotation chosen, is pictured."""
    sources = [read_document(path) for path in sorted((ROOT / "fixtures" / "transcripts").glob("hearing-*.txt"))]
    document = read_document(ROOT / REPORT)
    found = Verifier(sources).verify(statements_of(document, extractor), document)
    watched.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page = opened(watched, tmp_path, (Checked(document, found), sources))
    altered = next(n for n, each in enumerate(found, 1) if each.verdict == "altered")
    page.locator(f"#card-{altered}").click()
    page.wait_for_timeout(200)
    path = screenshot(page, f"verify-{scheme}.png", tmp_path)
    assert path.stat().st_size > 50_000
