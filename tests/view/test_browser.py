"""The page in a browser: open, filter, jump, walk by keyboard, copy, print."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.extractor import Extractor
from quotes.io import write_csv, write_json, write_markdown
from quotes.io.json import statements_to_json
from quotes.text.document import read_document
from quotes.view import Article, citation, examine, quotation, render_page
from quotes.view.details import why_speaker
from tests.browsers import ROOT, Watched, accessibility_faults, eventually, screenshot
from tests.view.builders import NESTED, article, hostile, library, long_article, reported

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

FIXTURE = ROOT / "fixtures" / "state-visit-curly-marks"
TITLE = "Minister says library stays open"
PAINT = 100.0
"""Milliseconds from an action to its paint, at the 95th percentile."""
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
    page.get_by_role("checkbox", name="Ann Kord").uncheck()
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
    page.get_by_role("button", name="All", exact=True).click()
    page.get_by_role("checkbox", name="direct quoted words", exact=True).check()
    page.locator("#confidence").fill("0")
    assert shown(page) == ["1", "2", "3", "4", "5"]
    assert page.locator("#nothing").is_hidden()
    page.get_by_role("button", name="Only Ben Ode").click()
    assert shown(page) == ["2", "5"]
    page.get_by_role("button", name="Show all").click()
    assert shown(page) == ["1", "2", "3", "4", "5"]
    page.locator("#card-3 h3 button").click()
    page.locator("#panel-3").get_by_role("button", name="Only this speaker").click()
    assert shown(page) == ["1", "3"]
    page.locator("#panel-3").get_by_role("button", name="Only this speaker").click()
    assert shown(page) == ["1", "2", "3", "4", "5"]


def test_many_speakers_do_not_hide_the_filters(watched: Watched, tmp_path: Path) -> None:
    """All filters are in the first screen; of more than a hundred speakers ten are listed, the others unfold."""
    page = opened(watched, tmp_path, [reported(240)])
    for control in ("#search", "#by-kind", "#confidence", "#by-speaker > ul li:nth-child(10)"):
        assert page.locator(control).bounding_box()["y"] < 900, control
    assert page.locator("#by-speaker input:visible").count() == 10
    page.get_by_text("more", exact=False).filter(has_text=re.compile(r"^\d+ more$")).click()
    assert page.locator("#by-speaker input:visible").count() > 100


def test_search(watched: Watched, tmp_path: Path) -> None:
    """Words are searched in statements, in speakers and in the text, accents or not; Enter goes from place to place."""
    text = "Lucía Orde said “the ferry is late”. Ann Kord said the ferry’s late. The ferry sailed."
    made = article(
        text,
        [
            {"pieces": ["the ferry is late"], "speaker": "Lucía Orde", "cue": "said", "kind": "direct"},
            {"pieces": ["the ferry’s late"], "speaker": "Ann Kord", "cue": "said", "kind": "indirect"},
        ],
    )
    page = opened(watched, tmp_path, [made])
    for query, found, told in (
        ("lucia", ["1"], "1 in the text"),
        ("FERRY", ["1", "2"], "3 in the text"),
        ("ferry's", ["2"], "1 in the text"),
        ("kord late", ["2"], "0 in the text"),
        ("late”. ann", [], "1 in the text"),
        ("(", [], "0 in the text"),
        ("", ["1", "2"], ""),
    ):
        page.locator("#search").fill(query)
        eventually(page, f"document.getElementById('hits').textContent === {json.dumps(told)}")
        assert shown(page) == found, query
    page.locator("#search").fill("ferry")
    for told in ("1 of 3", "2 of 3", "3 of 3", "1 of 3"):
        page.locator("#search").press("Enter")
        eventually(page, f"document.getElementById('hits').textContent === '{told} in the text'")
    marked = "[...CSS.highlights.get('hit-now')].map(String).join()"
    assert page.evaluate(marked) == "ferry"


JUMPS = """async () => {
  const found = [];
  for (const card of document.querySelectorAll('[data-card]')) {
    const n = card.dataset.card;
    card.querySelector('.jump').click();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    const level = Math.round(innerHeight * (matchMedia('(max-width: 50rem)').matches ? 0.15 : 0.3));
    const place = document.getElementById(`place-${n}`).getBoundingClientRect();
    const head = card.querySelector('h3').getBoundingClientRect();
    const over = document.elementFromPoint(head.left + head.width / 3, head.top + head.height / 2);
    const free = document.getElementById('statements').getBoundingClientRect();
    found.push({
      n,
      error: Math.abs(scrollY - Math.max(0, scrollY + place.top - level)),
      card: head.top >= 0 && head.bottom <= innerHeight && card.contains(over),
      covered: free.left < 50 && place.top + 20 > free.top,
    });
  }
  return found;
}"""
"""Jumps to each statement; how far it is from where it should be, and whether its card can be seen."""


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("count", [5, 67, 240])
def test_every_jump_is_exact(watched: Watched, tmp_path: Path, count: int, width: int, scheme: str) -> None:
    """Each statement is jumped to within two pixels, at any length, and its card is in view; all is accessible."""
    watched.page.set_viewport_size({"width": width, "height": 844})
    watched.page.emulate_media(color_scheme=scheme)
    page = opened(watched, tmp_path, [reported(count)])
    found = page.evaluate(JUMPS)
    assert len(found) == count
    assert max(each["error"] for each in found) <= 2
    assert [each["n"] for each in found if not each["card"] or each["covered"]] == []
    assert accessibility_faults(page) == []
    page.screenshot(path=tmp_path / f"{count}-{width}-{scheme}.png", animations="disabled")


def test_list_and_article_scroll_together(watched: Watched, tmp_path: Path) -> None:
    """Where the article is scrolled, the list follows, and the other way round; the chosen card stays in view."""
    page = opened(watched, tmp_path, [reported(240)])
    in_view = """(n) => { const r = document.getElementById(n).getBoundingClientRect();
        return r.top < innerHeight && r.bottom > 50; }"""
    for n in (200, 30, 120):
        page.evaluate(f"scrollTo(0, scrollY + document.getElementById('place-{n}').getBoundingClientRect().top - 300)")
        page.wait_for_timeout(150)
        assert page.evaluate(in_view, f"card-{n}"), n
    for n in (210, 40, 239):
        page.evaluate(f"document.getElementById('card-{n}').scrollIntoView({{block: 'center'}})")
        page.wait_for_timeout(150)
        assert page.evaluate(in_view, f"place-{n}"), n
    page.locator("#card-239 h3 button").click()
    for top in (0, 5000, 10_000):
        page.evaluate(f"scrollTo(0, {top})")
        page.wait_for_timeout(150)
        assert page.evaluate(in_view, "card-239"), top


def test_the_sheet_of_a_telephone(watched: Watched, tmp_path: Path) -> None:
    """On a telephone the chosen statement lies at the bottom, over neither itself in the text nor the other cards."""
    watched.page.set_viewport_size({"width": 390, "height": 844})
    page = opened(watched, tmp_path, [reported(67)])
    assert page.locator("#statements").is_hidden()
    page.locator("#ref-30").click()
    assert page.locator(".card:visible").count() == 1
    box, place = page.locator("#statements").bounding_box(), page.locator("#place-30").bounding_box()
    assert 844 / 2 - 1 <= box["y"] < 844
    assert place["y"] + 20 < box["y"]
    page.get_by_role("button", name="Next statement").click()
    assert page.locator(".card:visible").get_attribute("id") == "card-31"
    page.get_by_role("button", name="All statements").click()
    assert page.locator(".card:visible").count() == 67
    page.locator("#card-60").scroll_into_view_if_needed()
    page.locator("#card-60 .said").click()
    assert page.locator(".card:visible").get_attribute("id") == "card-60"
    page.get_by_role("button", name="Close").click()
    assert page.locator("#statements").is_hidden()
    page.get_by_role("button", name="Search and filter").click()
    assert focused(page) == "search"
    page.get_by_role("button", name="67 statements").click()
    assert accessibility_faults(page) == []


def test_several_articles(watched: Watched, tmp_path: Path) -> None:
    """Articles are called by their titles or first words, and each statement says which one it is from."""
    untitled = article(
        "Ann Kord said it rained.",
        [{"pieces": ["it rained"], "speaker": "Ann Kord", "cue": "said", "kind": "indirect"}],
    )
    page = opened(watched, tmp_path, [library(), untitled])
    titles = ["Minister says library stays open", "Ann Kord said it rained."]
    assert page.locator(".contents a").all_inner_texts() == titles
    assert page.locator("h1").all_inner_texts() == titles
    assert page.locator(".from").all_inner_texts() == [titles[0]] * 5 + titles[1:]


@pytest.mark.parametrize(("form", "suffix", "write"), [
    ("JSON", "json", write_json), ("CSV", "csv", write_csv), ("Markdown", "md", write_markdown),
])  # fmt: skip
def test_export_of_what_is_shown(
    watched: Watched, tmp_path: Path, form: str, suffix: str, write: Callable[..., None]
) -> None:
    """What is exported are the statements shown, byte for byte as the command line writes them, formulas inert."""
    formula = article(
        "“=HYPERLINK(1)|2”, Ann Kord said.",
        [{"pieces": ["=HYPERLINK(1)|2"], "speaker": "Ann Kord", "cue": "said", "kind": "direct", "confidence": 1.0}],
    )
    given = [library(), formula, hostile()]
    page = opened(watched, tmp_path, given)
    page.get_by_role("button", name="Only Ann Kord").click()
    wanted = [(a.document, [s for s in a.statements if s.speaker_name == "Ann Kord"]) for a in given[:2]]
    assert [len(statements) for _, statements in wanted] == [2, 1]
    with page.expect_download() as download:
        page.get_by_role("button", name=form, exact=True).click()
    stream = io.StringIO(newline="")
    write(wanted, stream)
    assert download.value.suggested_filename == f"statements.{suffix}"
    assert Path(download.value.path()).read_bytes().decode("utf-8") == stream.getvalue()
    watched.requests[:] = [each for each in watched.requests if not each.startswith("blob:")]


def test_the_address_keeps_what_is_chosen_and_filtered(watched: Watched, tmp_path: Path) -> None:
    """A link opens with the same statement, search and filters, also where the page was made again."""
    page = opened(watched, tmp_path, [library()])
    page.get_by_role("checkbox", name="Ben Ode").uncheck()
    page.get_by_role("checkbox", name="mixed partly quoted").uncheck()
    page.locator("#confidence").fill("0.3")
    page.locator("#search").fill("roof")
    eventually(page, "document.getElementById('status').textContent === '1 of 5 shown'")
    page.locator("#card-3 h3 button").click()
    eventually(page, "location.hash.includes('statement=')")
    address = page.url
    for _ in range(2):
        page.goto("about:blank")
        page.goto(address)
        assert shown(page) == ["3"]
        assert page.locator(".card.on").get_attribute("id") == "card-3"
        assert page.locator("#search").input_value() == "roof"
        assert page.locator("#confidence").input_value() == "0.3"
        assert not page.get_by_role("checkbox", name="Ben Ode").is_checked()
        assert not page.get_by_role("checkbox", name="mixed partly quoted").is_checked()
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    eventually(page, "location.hash === ''")
    page.evaluate("location.hash = '#card-4'")
    eventually(page, "document.querySelector('.card.on')?.id === 'card-4'")
    watched.requests.remove("about:blank") if "about:blank" in watched.requests else None


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
    assert page.locator("#panel-5").is_visible()
    page.keyboard.press("Escape")
    assert focused(page) == "ref-5"
    page.keyboard.press("Escape")
    assert page.locator(".card.on").count() == 0


def test_keys(watched: Watched, tmp_path: Path) -> None:
    """Keys step, search, filter, copy and unfold; "?" tells them; a box gives letters back to the browser."""
    page = opened(watched, tmp_path, [library()])
    for keys, chosen in (("j", 1), ("jj", 3), ("k", 2), ("jjjj", 5)):
        for key in keys:
            page.keyboard.press(key)
        assert page.locator(".card.on").get_attribute("id") == f"card-{chosen}"
    page.keyboard.press("d")
    assert page.locator("#panel-5 dl").first.is_visible()
    for key, text in (("q", quotation(library().statements[4])), ("c", citation(library().statements[4], TITLE))):
        page.evaluate("navigator.clipboard.writeText('')")
        page.keyboard.press(key)
        page.get_by_text("of statement 5 copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == text
    page.keyboard.press("o")
    assert shown(page) == ["2", "5"]
    page.keyboard.press("a")
    assert shown(page) == ["1", "2", "3", "4", "5"]
    page.keyboard.press("/")
    page.keyboard.type("jok")
    assert page.locator("#search").input_value() == "jok"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    assert dialog.is_visible()
    assert accessibility_faults(page) == []
    dialog.get_by_label("Use letters and signs as keys of this page").uncheck()
    page.keyboard.press("Escape")
    assert dialog.is_hidden()
    page.keyboard.press("a")
    page.keyboard.press("?")
    assert dialog.is_hidden()
    assert shown(page) == []
    page.get_by_role("button", name="Keys").click()
    dialog.get_by_label("Use letters and signs as keys of this page").check()


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


def test_panel_and_copies(watched: Watched, tmp_path: Path) -> None:
    """The panel says why this speaker; provenance is folded; quotation, citation, JSON and link can be copied."""
    statement = library().statements[4]
    reasons = {statement.id: {"Content": "a quotation <i>", "Sure": "0.97, kept from 0.30 on"}}
    page = opened(watched, tmp_path, [library()], explanations=reasons)
    page.locator("#card-5 h3 button").click()
    panel = page.locator("#panel-5")
    assert panel.locator(".because").inner_text() == why_speaker(statement)
    assert statement.provenance.document.sha256 not in panel.inner_text()
    panel.get_by_text("Details").click()
    for text in ("Ben Ode", "clausal complement", statement.provenance.document.sha256, statement.id):
        assert text in panel.inner_text()
    rows = panel.locator("h4, h4 ~ dl > *").all_inner_texts()
    assert rows == ["Why", "Content", "a quotation <i>", "Sure", "0.97, kept from 0.30 on"]
    record = statements_to_json([statement])
    for form, text in (
        ("Quotation", quotation(statement)),
        ("Citation", citation(statement, TITLE)),
        ("JSON", json.loads(record)[0]),
        ("Link", f"{(tmp_path / 'page.html').as_uri()}#statement={statement.id}"),
    ):
        page.wait_for_timeout(300)
        panel.get_by_role("button", name=form, exact=True).click()
        panel.get_by_role("button", name="Copied").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert (json.loads(copied) if form == "JSON" else copied) == text
        panel.get_by_role("button", name=form, exact=True).wait_for()


def test_hostile_text_stays_text(watched: Watched, tmp_path: Path) -> None:
    """A script tag, an image with onerror and the like in an article are shown as the text they are."""
    page = opened(watched, tmp_path, [hostile()])
    page.locator("#card-1 h3 button").click()
    page.wait_for_timeout(200)
    assert page.evaluate("window.broken") is None
    assert page.locator("img").count() == 0
    first = "& <img src=x onerror='window.broken = 2'> said Ann."  # a script's own words are no text
    assert page.locator("article p[dir]").first.text_content() == first
    page.locator("#panel-1 summary").click()
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
    """A text of 20,000 words with 500 statements is laid out within a second; the best of five counts."""
    taken = []
    for _ in range(5):
        page = opened(watched, tmp_path, [long_article()])
        timing = page.evaluate(
            "new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0)))"
        )
        taken.append(timing / 1000)
    assert page.locator(".card").count() == 500
    assert min(taken) < FIRST_PAINT, taken


@pytest.mark.parametrize("chosen", [0, 3])
@pytest.mark.parametrize("width", [1440, 390])
def test_print(watched: Watched, tmp_path: Path, width: int, chosen: int) -> None:
    """In print there are the text and all statements in full; a chosen one with its details; none of the controls."""
    pdf = pytest.importorskip("pdfminer.high_level", reason="pdfminer.six is not installed (extra 'pdf')")
    watched.page.set_viewport_size({"width": width, "height": 844})
    page = opened(watched, tmp_path, [library()])
    if chosen:
        page.locator(f"#ref-{chosen}").click()
    path = tmp_path / "page.pdf"
    page.pdf(path=path)
    printed = " ".join(pdf.extract_text(path).split())
    for each in (*NESTED.split(), *(statement.content.text for statement in library().statements)):
        assert " ".join(each.split()) in printed, each
    assert printed.count("We had no choice, … None at all.") == 1
    for control in ("Search", "Theme", "Export", "Copy as", "Show in text", "All statements", "Close"):
        assert control not in printed, control
    assert ("clausal complement" in printed) == bool(chosen)
    assert page.locator(".card details[open]").count() == 0
    page.emulate_media(media="print")
    assert page.locator(".card:visible").count() == 5


def test_print_of_what_is_filtered(watched: Watched, tmp_path: Path) -> None:
    """Only what is shown is printed, and how many of how many that are."""
    page = opened(watched, tmp_path, [library()])
    page.get_by_role("button", name="Only Ben Ode").click()
    page.emulate_media(media="print")
    assert page.locator(".card:visible").count() == 2
    assert page.locator("#status").is_visible()
    assert page.locator("#status").inner_text() == "2 of 5 shown"


ACTIONS = """async () => {
  const taken = [];
  for (let i = 0; i < 40; i += 1) {
    await new Promise((done) => setTimeout(done, 20));
    const start = performance.now();
    if (i % 2) document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
    else document.querySelector(`#card-${(i * 167) % 1000 + 1} .jump`).click();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    taken.push(performance.now() - start);
  }
  return taken;
}"""
"""Jumps and steps, each with the milliseconds until it is painted."""


def test_a_thousand_statements(watched: Watched, tmp_path: Path) -> None:
    """A page of 1,000 statements is below 3 MB; 95 % of actions are painted in 100 ms, in the best of four rounds."""
    given = reported(1000)
    reasons = {each.id: {"Found by": f"a cue: “{i}” " * 12, "Sure": f"{i} against it " * 30}
               for i, each in enumerate(given.statements)}  # fmt: skip
    page = opened(watched, tmp_path, [given], explanations=reasons)
    assert (tmp_path / "page.html").stat().st_size < 3_000_000
    page.locator("#card-1 h3 button").click()
    rounds = [sorted(page.evaluate(ACTIONS)) for _ in range(4)]
    assert page.locator(".card.on").count() == 1
    taken = [each[int(len(each) * 0.95)] for each in rounds]
    assert min(taken) < PAINT, taken


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
    if scheme == "light":
        page.set_viewport_size({"width": 390, "height": 844})
        page.locator("#ref-5").click()
        page.wait_for_timeout(200)
        screenshot(page, "view-phone.png", tmp_path)
