"""The page to paste an article into, in a browser and without one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes import read_documents
from quotes.errors import QuotesError
from quotes.server.application import create_app
from quotes.server.pages import EXAMPLES, form_source
from quotes.server.pool import Limits, WorkerPool, load_extractor
from quotes.text.document import original_to_json
from tests.browsers import ROOT, Watched, accessibility_faults, browser, screenshot
from tests.inputs import files, pages
from tests.server.running import running

if TYPE_CHECKING:
    from httpx import Client
    from playwright.sync_api import BrowserContext

STORY = """<!doctype html><html><head><title>Ferry stays in port</title></head>
<body><article><h1>Ferry stays in port</h1><p>The ferry to Orra will not sail before the end of the month, the harbour
board said on Thursday, after inspectors found the ramp at its bow cracked in two places.</p>
<p>“We would rather be late than sorry,” said Ada Voss, who chairs the
board. “Nobody who has looked at that ramp would put a car on it.”</p><p>Islanders are less patient. “My hens are on one
side and their feed is on the other,” said Jon Tarn, who farms on Orra and has asked for a small boat.</p></article>
</body></html>"""
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


DROP = """([name, text]) => { const data = new DataTransfer(); data.items.add(new File([text], name));
    document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true})); }"""


def test_drop_a_file(watched: Watched) -> None:
    """A dropped file fills the text; one that cannot be read, or is too large, is refused in words."""
    page = watched.page
    page.locator("#file").set_input_files(ARTICLE)
    area = page.get_by_label("Text of the article")
    page.get_by_text("article.txt: ").wait_for()
    assert area.input_value() == ARTICLE.read_text("utf-8")
    picture = {"name": "old.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n\0\0"}
    page.locator("#file").set_input_files(picture)
    page.get_by_text(re.compile(r"^old[.]png: .*(binary|picture|image)")).wait_for()
    page.locator("#file").set_input_files({"name": "big.txt", "mimeType": "", "buffer": b"a" * 50_001})
    page.get_by_text("big.txt: Too long: 50,001 of 50,000 bytes.").wait_for()
    page.locator("#file").set_input_files({"name": "huge.txt", "mimeType": "", "buffer": b"a" * 2_500_001})
    page.get_by_text("huge.txt: the body is larger than 2500000 bytes").wait_for()
    page.evaluate(DROP, ["dropped.txt", "It rained, Ann Kord said."])
    page.get_by_text("dropped.txt: ").wait_for()
    assert area.input_value() == "It rained, Ann Kord said."
    watched.troubles[:] = [each for each in watched.troubles if not each.startswith("Failed to load resource")]


WORDS = ("The ferry is late again, the captain said on Monday.", "Nobody was hurt.", "It will be back in May.")
KINDS = {
    "plain.txt": " ".join(WORDS).encode(),
    "saved.html": pages.semantic("The ferry is late", WORDS * 3).encode(),
    "notes.md": "# The ferry\n\n{}\n\n> {}\n\n{}".format(*WORDS).encode(),
    "report.docx": files.docx([files.run(each) for each in WORDS]),
    "report.pdf": files.pdf([WORDS]),
    "words.vtt": f"WEBVTT\n\n00:01.000 --> 00:04.000\n{WORDS[0]}\n".encode(),
    "words.srt": f"1\n00:00:01,000 --> 00:00:04,000\n{WORDS[0]}\n".encode(),
    "mail.eml": f"From: a@b.example\nSubject: Ferry\nMIME-Version: 1.0\n\n{WORDS[0]}\n".encode(),
    "record.json": json.dumps({"title": "Ferry", "text": WORDS[0], "published": "2024-05-03"}).encode(),
    "records.jsonl": "\n".join(json.dumps({"text": each}) for each in WORDS).encode(),
    "old.rtf": b"{\\rtf1 The ferry}",
    "table.csv": b"text,day\nThe ferry,1\nThe boat,2\n",
    "empty.pdf": b"%PDF-1.4",
}
REFUSED = ("old.rtf", "table.csv", "empty.pdf")
"""What no command reads either; the page says the same of it."""


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_file_can_be_dropped(client: Client, name: str, tmp_path: Path) -> None:
    """What the command line reads, the page reads: the same text and the same facts about it."""
    path = tmp_path / name
    path.write_bytes(KINDS[name])
    answer = client.post("/file", params={"name": f"../{name}"}, content=KINDS[name])
    if name in REFUSED:
        with pytest.raises(QuotesError) as refused:
            read_documents(path)
        assert (answer.status_code, f"{tmp_path}/{answer.json()['detail']}") == (422, str(refused.value))
        return
    wanted = read_documents(path)
    facts = [(each.id, each.text, each.title, each.publisher, original_to_json(each)) for each in wanted]
    keys = ("id", "text", "title", "publisher", "original")
    assert [tuple(each[key] for key in keys) for each in answer.json()] == facts


def test_a_page_keeps_what_it_was_taken_out_of(watched: Watched) -> None:
    """The text of a saved page comes with its title; the view tells of the file, unless the text was changed."""
    page = watched.page
    for is_changed in (False, True):
        page.evaluate(DROP, ["story.html", STORY])
        page.get_by_text("story.html: ").wait_for()
        assert page.get_by_label("Title").input_value() == "Ferry stays in port"
        area = page.get_by_label("Text of the article")
        assert "<p>" not in area.input_value()
        if is_changed:
            area.press("End")
            area.press_sequentially(" x")
        page.get_by_role("button", name="Show who said what").click()
        page.locator(".card h3 button").first.click()
        page.locator(".panel summary").first.click()
        assert ("html, by trafilatura" in page.locator(".panel").first.inner_text()) != is_changed
        page.get_by_role("link", name="Another article").click()


def test_several_texts_in_a_file(watched: Watched) -> None:
    """Of a file with several texts one is chosen."""
    page = watched.page
    lines = [
        {"title": f"The {n} day", "text": f"It rained on the {n} day, Ann Kord said."} for n in ("first", "second")
    ]
    page.evaluate(DROP, ["news.jsonl", "\n".join(map(json.dumps, lines))])
    page.get_by_text("news.jsonl: the first of 2 texts").wait_for()
    page.get_by_label("Texts in this file").select_option("The second day")
    assert page.get_by_label("Text of the article").input_value() == lines[1]["text"]
    assert page.get_by_label("Title").input_value() == "The second day"


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(watched: Watched, name: str) -> None:
    """Each of the three examples has statements of several people to look at."""
    page = watched.page
    page.get_by_role("link", name=EXAMPLES[name]).click()
    assert len(page.get_by_label("Text of the article").input_value()) > 500
    page.get_by_role("button", name="Show who said what").click()
    page.locator(".card").first.wait_for()
    assert page.locator(".card").count() >= 5
    assert page.locator("#by-speaker input").count() >= 2


def test_history_only_if_asked(watched: Watched) -> None:
    """Texts are kept in the browser only after the box is ticked, and are gone when it is not any more."""
    page = watched.page
    stored = "Object.keys(localStorage).filter((name) => name.includes('history'))"

    def show(text: str) -> None:
        page.get_by_label("Text of the article").fill(text)
        page.get_by_role("button", name="Show who said what").click()
        page.get_by_role("link", name="Another article").click()

    show("It rained, Ann Kord said.")
    assert page.evaluate(stored) == []
    page.get_by_label("Keep the texts").check()
    show("<b>It snowed</b>, Ben Ode said.")
    show("It hailed, Ben Ode said.")
    items = page.locator(".history li")
    assert items.locator("button:first-child").all_inner_texts() == [
        "It hailed, Ben Ode said.",
        "<b>It snowed</b>, Ben Ode said.",
    ]
    items.nth(1).locator("button").first.click()
    assert page.get_by_label("Text of the article").input_value() == "<b>It snowed</b>, Ben Ode said."
    page.get_by_role("button", name="Forget It hailed, Ben Ode said.").click()
    assert items.count() == 1
    page.get_by_label("Keep the texts").uncheck()
    assert items.count() == 0
    assert page.evaluate(stored) == []


def test_progress_on_long_texts(watched: Watched) -> None:
    """While a text is read the page says for how long, and, once one has been read, about how long it takes."""
    page = watched.page
    text = ARTICLE.read_text("utf-8") * 8
    for told in (r"^\d+ s", r"^\d+ s of about \d+ s$"):
        page.get_by_label("Text of the article").fill(text)
        page.evaluate(
            """() => new MutationObserver(() => {
              const [bar, span] = document.querySelector('.reading').children;
              if (bar.checkVisibility()) sessionStorage.setItem('told', span.textContent);
            }).observe(document.querySelector('.reading'), {subtree: true, childList: true, attributes: true})"""
        )
        page.get_by_role("button", name="Show who said what").click()
        page.locator(".card").first.wait_for()
        assert re.match(told, page.evaluate("sessionStorage.getItem('told')"))
        page.get_by_role("link", name="Another article").click()
        assert page.locator(".reading").is_hidden()


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
