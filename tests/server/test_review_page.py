"""The page of a review in a browser: every action by keyboard and by pointer, windows, crashes, hostile texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("fastapi", reason="FastAPI is not installed (extra 'server')")
pytest.importorskip("uvicorn", reason="uvicorn is not installed (extra 'server')")

from quotes.review import Item, Review, Session, desks_below, open_desk, settled
from quotes.server.reviewing import create_review_app
from tests.browsers import Watched, accessibility_faults, browser, eventually, screenshot
from tests.review.builders import begun, check_offsets
from tests.review.planted import planted_review
from tests.server.running import running
from tests.view.builders import article, library

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

TOKEN = "t0ken"
REVIEW = begun(library(), candidates=1)
STAYS, HAD_TOLD, LEAKING, IT_WAS_NOT, NO_CHOICE = (item.key for item in REVIEW.items)
SIZES = {"wide": (1400, 900), "phone": (390, 844)}
SCHEMES = ("light", "dark")
HANDS = ("keyboard", "pointer")


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser with an empty profile."""
    with browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


@contextmanager
def served(folder: Path, reviews: Sequence[Review], order: str = "position") -> Iterator[tuple[str, Session]]:
    """Serve some reviews; yields the address of the page and the session."""
    desks = [open_desk(folder, review.document, lambda _, review=review: review) for review in reviews]
    session = Session(folder, desks)
    try:
        with running(create_review_app(session, TOKEN, order=order, hosts={"127.0.0.1"})) as address:
            yield f"{address}/{TOKEN}/", session
    finally:
        session.close()


@contextmanager
def opened(context: BrowserContext, address: str, size: str = "wide") -> Iterator[Page]:
    """Open a page; in the end nothing else was asked, and there was no trouble that was not expected."""
    page = context.new_page()
    seen = Watched(page)
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    page.goto(address)
    eventually(page, "document.getElementById('rows').children.length > 0")
    yield page
    page.close()
    assert [each for each in seen.troubles if "409" not in each] == []
    assert all(request.startswith(address) for request in seen.requests), seen.requests


class Hand:
    """One way to use the page: the keys alone, or the pointer alone.

    Args:
        page: The page.
        way: "keyboard" or "pointer".
        session: What the page changes.
    """

    def __init__(self, page: Page, way: str, session: Session) -> None:
        self.page, self.is_keys, self.session = page, way == "keyboard", session

    @property
    def review(self) -> Review:
        """The first article's review as it stands on the disk's side."""
        return self.session.desks[0].review

    def item(self, key: str) -> Item:
        """A statement as it stands."""
        return self.review.item(key)

    def press(self, key: str) -> None:
        """Use the key, or the button that does the same."""
        if self.is_keys:
            self.page.keyboard.press(key)
            return
        buttons = self.page.locator(f"button[data-key='{key}']")
        next(each for each in reversed(buttons.all()) if each.is_visible()).click()  # the bar of the selection first

    def to(self, number: int) -> None:
        """Go to a statement by its number."""
        self.page.keyboard.press("Escape")
        if self.is_keys:
            for _ in range(12):
                now = int(self.page.locator("#which").inner_text().split()[0])
                if now == number:
                    return
                self.page.keyboard.press("j" if now < number else "k")
                self.page.wait_for_timeout(30)
            raise AssertionError("the keys do not lead there")
        if not self.page.locator("#rows").is_visible():
            self.press("h")
        self.page.locator("#rows li").nth(number - 1).locator("button").click()

    def select(self, words: str, then: str = "") -> None:
        """Select words of the text that come once, or once with what comes after them."""
        if self.is_keys:
            self._select_by_keys(words, then)
        else:
            drag(self.page, edge_of(self.page, words, 0), edge_of(self.page, words, 1))
        eventually(self.page, f"document.getElementById('selected').textContent === {words!r}")

    def _select_by_keys(self, words: str, then: str) -> None:
        for key in ["ArrowRight"] * 60 + ["ArrowLeft"] * 120:
            self.page.keyboard.press(key)
            after = self.page.evaluate(
                "(() => { const r = getSelection().rangeCount && getSelection().getRangeAt(0);"
                " return r ? r.startContainer.data.slice(r.startOffset) : ''; })()"
            )
            if after.startswith(words + then):
                break
        for _ in words.split()[1:]:
            self.page.keyboard.press("Shift+ArrowRight")

    def pick(self, role: str, key: str, choice: int) -> None:
        """Choose from the list of a role."""
        if self.is_keys:
            self.page.keyboard.press(key)
            eventually(self.page, "document.getElementById('picker').open")
            self.page.keyboard.press(str(choice))
        else:
            self.page.locator(f"#{role}").click()
            self.page.locator(f"#choices button[data-number='{choice}']").click()

    def close(self) -> None:
        """Close a box."""
        self.page.keyboard.press("Escape")
        eventually(self.page, "!document.querySelector('dialog[open]')")

    def done(self, revision: int) -> None:
        """Wait until so many actions are done and shown."""
        for _ in range(500):
            if self.session.desks[0].revision >= revision:
                break
            self.page.wait_for_timeout(20)
        assert self.session.desks[0].revision == revision, self.page.locator("#trouble").inner_text()
        self.page.wait_for_timeout(40)
        check_offsets(self.review)


def edge_of(page: Page, words: str, end: int) -> tuple[float, float]:
    """Where words of the text begin or end on the screen, scrolled into view."""
    return tuple(
        page.evaluate(
            """([words, end]) => {
              for (const block of document.querySelectorAll('#text [data-article]')) {
                const at = block.textContent.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(block.firstChild, at + (end ? words.length - 1 : 0));
                range.setEnd(block.firstChild, at + (end ? words.length : 1));
                let box = range.getClientRects()[0];
                if (box.top < 90 || box.bottom > 400) scrollBy({ top: box.top - 200, behavior: 'instant' });
                box = range.getClientRects()[0];
                return [end ? box.right - 0.5 : box.left + 0.5, box.top + box.height / 2];
              }
            }""",
            [words, end],
        )
    )


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Press, move, let go."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, end[1], steps=3)
    page.mouse.move(*end, steps=3)
    page.mouse.up()


def choose_value(hand: Hand, field: str, key: str, times: int, value: str) -> None:
    """Set one of the fields with few values."""
    if hand.is_keys:
        for _ in range(times):
            hand.press(key)
    else:
        hand.page.locator(f"#{field}").select_option(value)


def tick(hand: Hand, field: str, key: str) -> None:
    """Set one of the fields that are true or not."""
    if hand.is_keys:
        hand.press(key)
    else:
        hand.page.locator(f"#{field}").click()


def write_note(hand: Hand) -> None:
    """Write a note."""
    if hand.is_keys:
        hand.press("l")
        hand.page.keyboard.type("see page 3")
        hand.page.keyboard.press("Enter")
    else:
        hand.page.locator("#note").fill("see page 3")
        hand.page.locator("#note").blur()


def in_role(hand: Hand, words: str, key: str) -> None:
    """Put words into a role."""
    hand.select(words)
    hand.press(key)


def drag_border(hand: Hand) -> None:
    """Move the end of the first content over two more words."""
    if hand.is_keys:
        for _ in range(2):
            hand.press("]")
            hand.page.wait_for_timeout(60)
        return
    edge_of(hand.page, "and she told", 1)
    box = hand.page.locator(".handle.end").bounding_box()
    start = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    drag(hand.page, start, edge_of(hand.page, "and she", 1))


def split_at(hand: Hand) -> None:
    """Split at a word."""
    hand.select("told him the")
    hand.press("x")


Step = tuple[str, int, Callable[[Hand], None], Callable[[Hand], object], object]
STEPS: list[Step] = [
    ("accept", 3, lambda h: h.press("a"), lambda h: h.item(LEAKING).decision, "accepted"),
    ("reject", 3, lambda h: h.press("r"), lambda h: h.item(LEAKING).decision, "rejected"),
    ("kind", 3, lambda h: choose_value(h, "kind", "d", 1, "mixed"), lambda h: h.item(LEAKING).statement.kind, "mixed"),
    (
        *("attitude", 3, lambda h: choose_value(h, "attitude", "t", 1, "belief")),
        *(lambda h: h.item(LEAKING).statement.attitude, "belief"),
    ),
    ("negated", 3, lambda h: tick(h, "negated", "n"), lambda h: h.item(LEAKING).statement.negated, True),
    ("optional", 3, lambda h: tick(h, "optional", "p"), lambda h: h.item(LEAKING).optional, True),
    ("note", 3, write_note, lambda h: h.item(LEAKING).note, "see page 3"),
    ("person", 3, lambda h: h.pick("speaker", "s", 2), lambda h: h.item(LEAKING).statement.speaker.name, "Ben Ode"),
    ("nobody", 3, lambda h: h.pick("addressee", "o", 0), lambda h: h.item(LEAKING).statement.addressee, None),
    ("speaker", 3, lambda h: in_role(h, "Reuters", "s"), lambda h: h.item(LEAKING).statement.speaker.name, "Reuters"),
    ("cue", 3, lambda h: in_role(h, "told Reuters", "c"), lambda h: h.item(LEAKING).statement.cue.text, "told Reuters"),
    ("to", 3, lambda h: in_role(h, "Ben Ode", "o"), lambda h: h.item(LEAKING).statement.addressee.name, "Ben Ode"),
    ("medium", 3, lambda h: in_role(h, "Reuters", "m"), lambda h: h.item(LEAKING).statement.medium.name, "Reuters"),
    ("when", 3, lambda h: in_role(h, "Friday", "w"), lambda h: h.item(LEAKING).statement.when.date, "2024-03-15"),
    ("no cue", 3, lambda h: h.pick("cue", "c", 0), lambda h: h.item(LEAKING).statement.cue, None),
    (
        *("content", 3, lambda h: in_role(h, "roof was", "v")),
        *(lambda h: h.item(LEAKING).statement.content.text, "roof was"),
    ),
    (
        *("piece", 3, lambda h: in_role(h, "told Reuters", "V")),
        *(lambda h: h.item(LEAKING).statement.content.text, "the roof was leaking … told Reuters"),
    ),
    ("split", 2, split_at, lambda h: h.item(HAD_TOLD).statement.content.text, "Kord had"),
    (
        *("merge", 1, lambda h: h.press("g")),
        *(lambda h: len(h.item(STAYS).statement.content.spans), 3),
    ),
    (
        *("add", 1, lambda h: in_role(h, "Minister says", "+")),
        *(lambda h: h.item("a1").statement.content.text, "Minister says"),
    ),
]


@pytest.mark.parametrize("way", HANDS)
@pytest.mark.parametrize("size", SIZES)
def test_every_action_and_undo(context: BrowserContext, tmp_path: Path, size: str, way: str) -> None:
    """Each action does what it should, and undo takes it back, with the keys alone and with the pointer alone."""
    with served(tmp_path, [REVIEW]) as (address, session), opened(context, address, size) as page:
        hand, revision = Hand(page, way, session), 0
        for name, number, do, seen, wanted in STEPS:
            hand.to(number)
            do(hand)
            revision += 1
            hand.done(revision)
            assert seen(hand) == wanted, name
            page.keyboard.press("Escape")
            hand.press("u")
            revision += 1
            hand.done(revision)
            assert hand.review == REVIEW, name
        hand.to(3)
        drag_border(hand)
        hand.done(revision + (2 if hand.is_keys else 1))
        assert hand.item(LEAKING).statement.content.text == "the roof was leaking, and she"


def test_decisions_lead_on(context: BrowserContext, tmp_path: Path) -> None:
    """The least certain comes first, then the next; what was nearly taken comes last; the line of progress counts."""
    with (
        served(tmp_path, [REVIEW], "confidence") as (address, session),
        opened(context, address) as page,
    ):
        hand = Hand(page, "keyboard", session)
        order = [page.locator("#which").inner_text().split()[0]]
        for revision, key in enumerate("araa", 1):
            hand.press(key)
            hand.done(revision)
            order.append(page.locator("#which").inner_text().split()[0])
        assert order == ["3", "4", "2", "1", "5"]
        assert page.locator("#done").inner_text() == "4 of 4 reviewed · 1 rejected · 1 nearly taken"
        assert page.locator("#state").inner_text().startswith("nearly taken")
        hand.press("z")
        page.locator("#order").select_option("position")


def test_two_windows(context: BrowserContext, tmp_path: Path) -> None:
    """A window that is behind is told so, shows what there is now, and then goes on."""
    with (
        served(tmp_path, [REVIEW]) as (address, session),
        opened(context, address) as first,
        opened(context, address) as second,
    ):
        one, two = Hand(first, "keyboard", session), Hand(second, "keyboard", session)
        one.press("n")
        one.done(1)
        two.press("r")
        eventually(second, "!document.getElementById('trouble').hidden")
        assert "another window" in second.locator("#trouble").inner_text()
        assert (session.desks[0].revision, second.locator("#negated").is_checked()) == (1, True)
        two.press("r")
        two.done(2)
        assert session.desks[0].review.items[0].decision == "rejected"


HOSTILE = (
    "Text & <img src=x onerror='window.broken = 2'> \u2028 🚢 said Ann.\n\nAnn Kord said "
    "</script><script>window.broken = 3</script> and 🚢 <!-- “x” closed.\n"
)
MARKUP = {
    "pieces": ["</script><script>window.broken = 3</script> and 🚢 <!-- “x” closed"],
    "speaker": ("Ann <b onclick=alert(1)>Kord</b>", "Ann Kord"),
    "cue": ("said", 70),
    "kind": "mixed",
}


def test_hostile_texts_stay_inert(context: BrowserContext, tmp_path: Path) -> None:
    """Markup in a text, a name, a note or a title is shown as text wherever it comes, and does nothing."""
    review = begun(
        article(HOSTILE, [MARKUP], title="</title><img src=x onerror='window.broken = 6'>", publisher="<svg>")
    )
    with served(tmp_path, [review]) as (address, session), opened(context, address) as page:
        hand = Hand(page, "keyboard", session)
        page.locator("#note").fill("</script><img src=x onerror='window.broken = 9'>")
        page.locator("#note").blur()
        hand.done(1)
        hand.press("s")
        eventually(page, "document.getElementById('picker').open")
        assert "<b onclick" in page.locator("#choices").inner_text()
        page.locator("#find").fill("<b onclick=alert(1)>")
        hand.close()
        page.reload()
        eventually(page, "document.getElementById('rows').children.length > 0")
        assert page.locator("#note").input_value().startswith("</script>")
        assert page.evaluate("window.broken") is None
        assert page.evaluate("document.querySelectorAll('#text script, #text img, b, svg').length") == 0
        shown = page.locator("#text").evaluate("each => each.textContent")
        assert "<script>window.broken = 3" in shown
        hand.select("closed")
        hand.press("c")
        hand.done(2)
        assert hand.review.items[0].statement.cue.text == "closed"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_accessible(context: BrowserContext, tmp_path: Path, size: str, scheme: str) -> None:
    """The page has no serious accessibility fault, in no state."""
    with served(tmp_path, [REVIEW]) as (address, session), opened(context, address, size) as page:
        page.emulate_media(color_scheme=scheme)
        hand = Hand(page, "keyboard", session)
        assert accessibility_faults(page) == []
        hand.select("Ann Kord")
        hand.press("s")
        hand.done(1)
        hand.select("Friday")
        assert accessibility_faults(page) == []
        page.keyboard.press("Escape")
        for key in "s?y":
            hand.press(key)
            eventually(page, "document.querySelector('dialog[open]')")
            assert accessibility_faults(page) == []
            hand.close()
        for key in "ar":
            hand.press(key)
        hand.done(3)
        assert accessibility_faults(page) == []


def test_pictures_are_current(context: BrowserContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The documentation shows the page as it is: wide, on a phone, and with a list to choose from."""
    monkeypatch.chdir(tmp_path)  # the page names the folder
    with served(Path("reviewed"), [planted_review()], "confidence") as (address, session):
        with opened(context, address) as page:
            hand = Hand(page, "keyboard", session)
            for revision, key in enumerate("aadar", 1):
                hand.press(key)
                hand.done(revision)
            hand.to(3)
            screenshot(page, "review-wide.png", tmp_path)
            page.emulate_media(color_scheme="dark")
            hand.press("s")
            eventually(page, "document.getElementById('picker').open")
            screenshot(page, "review-picker-dark.png", tmp_path)
        with opened(context, address, "phone") as page:
            hand = Hand(page, "pointer", session)
            hand.to(6)
            hand.select("the council had")
            screenshot(page, "review-phone.png", tmp_path)


def test_borders_by_their_handles_and_keys_that_are_off(context: BrowserContext, tmp_path: Path) -> None:
    """A handle is moved by the arrow keys; with single keys off no letter does anything."""
    with served(tmp_path, [REVIEW]) as (address, session), opened(context, address) as page:
        hand = Hand(page, "keyboard", session)
        hand.to(3)
        page.locator(".handle.start").focus()
        page.keyboard.press("ArrowRight")
        hand.done(1)
        assert hand.item(LEAKING).statement.content.text == "roof was leaking"
        page.keyboard.press("ArrowLeft")
        hand.done(2)
        assert hand.item(LEAKING).statement.content.text == "the roof was leaking"
        hand.press("?")
        page.locator("#single-keys").uncheck()
        hand.close()
        page.keyboard.press("a")
        page.keyboard.press("r")
        page.wait_for_timeout(200)
        assert session.desks[0].revision == 2


def test_clicks_in_the_text(context: BrowserContext, tmp_path: Path) -> None:
    """A click chooses the inner statement, a second one that around it; one beside them chooses nothing."""
    with served(tmp_path, [REVIEW]) as (address, _), opened(context, address) as page:
        for words, wanted in (
            ("roof was leaking", "3"),
            ("roof was leaking", "2"),
            ("no choice", "5"),
            ("Ode said that", "5"),
        ):
            x, y = edge_of(page, words, 0)
            page.mouse.click(x + 6, y)
            page.wait_for_timeout(100)
            assert page.locator("#which").inner_text().split()[0] == wanted, words


def test_types_and_dates(context: BrowserContext, tmp_path: Path) -> None:
    """What somebody is, and the date of a time, are set in the list; a date that is none is refused."""
    with served(tmp_path, [REVIEW]) as (address, session), opened(context, address) as page:
        hand = Hand(page, "pointer", session)
        hand.to(1)
        page.locator("#speaker").click()
        page.locator("#type").select_option("organization")
        hand.done(1)
        assert hand.item(STAYS).statement.speaker.type == "organization"
        page.locator("#when").click()
        page.locator("#date").fill("2024-03")
        page.locator("#date").blur()
        hand.done(2)
        assert hand.item(STAYS).statement.when.date == "2024-03"
        page.locator("#when").click()
        page.locator("#date").fill("next week")
        page.locator("#date").blur()
        eventually(page, "document.getElementById('trouble').textContent.includes('is no date')")
        page.locator("#when").click()
        page.locator("#choices button").first.click()
        hand.done(3)
        assert hand.item(STAYS).statement.when is None


@pytest.mark.parametrize("way", HANDS)
def test_an_article_without_statements(context: BrowserContext, tmp_path: Path, way: str) -> None:
    """Where nothing was found a statement can be added all the same."""
    review = replace(REVIEW, items=())
    with served(tmp_path, [review]) as (address, session):
        page = context.new_page()
        page.goto(address)
        hand = Hand(page, way, session)
        page.keyboard.press("a")
        hand.select("would stay open")
        hand.press("+")
        hand.done(1)
        assert page.locator("#which").inner_text() == "1 of 1"
        page.close()


@pytest.mark.parametrize("way", HANDS)
def test_settling_two_reviewers(context: BrowserContext, tmp_path: Path, way: str) -> None:
    """Where two reviewers differ the page says how, and takes either version."""
    folders = []
    for name, negated in (("first", False), ("second", True)):
        desk = open_desk(tmp_path / name, REVIEW.document, lambda _: REVIEW)
        for key in (STAYS, HAD_TOLD):
            desk.act(desk.revision, {"do": "accept", "item": key})
        desk.act(desk.revision, {"do": "change", "item": HAD_TOLD, "field": "negated", "value": negated})
        desk.close()
        folders.append(desks_below(tmp_path / name))
    review = settled(REVIEW.document, *folders)
    with served(tmp_path / "settled", [review]) as (address, session), opened(context, address) as page:
        hand = Hand(page, way, session)
        assert page.locator("#which").inner_text().startswith("2 of")
        assert "The second reviewer has negated yes." in page.locator("#why").inner_text()
        hand.press("b")
        hand.done(1)
        assert (hand.item(HAD_TOLD).statement.negated, page.locator("#negated").is_checked()) == (True, True)
        hand.press("b")
        hand.done(2)
        assert hand.item(HAD_TOLD).statement.negated is False
        hand.press("a")
        hand.done(3)
        eventually(page, "document.getElementById('swap').hidden")
