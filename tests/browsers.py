"""A headless browser for tests of pages, and what such tests need of it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.docs_examples import lasting

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
SCREENSHOTS = "QUOTES_SCREENSHOTS"
"""Environment variable that lets the tests renew the pictures of the documentation."""
STATE = "page"
"""Text chunk of a picture with the hash of what it shows."""
_SCRIPT = re.compile("<script.*?</script>", re.DOTALL)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def browser(profile: Path) -> Iterator[BrowserContext]:
    """Start the chromium that is installed, with an empty profile; skip the test without one."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("chromium is not installed (Debian: apt-get install chromium)")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (extra 'dev')")
    with sync_api.sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=path,
            headless=True,
            args=FLAGS,
            viewport={"width": 1440, "height": 900},
            color_scheme="light",
            permissions=["clipboard-read", "clipboard-write"],
        )
        yield context
        context.close()


class Watched:
    """A page whose errors, console messages and requests are written down.

    Args:
        page: The page, before it goes anywhere.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.troubles: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.troubles.append(message.text))
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("dialog", lambda dialog: self.troubles.append(dialog.message))
        page.on("request", lambda request: self.requests.append(request.url))


def axe_script() -> str:
    """Return the accessibility checker axe-core; skip the test where it is not installed.

    It comes with the extra ``dev``, or from npm (``npm install axe-core``).
    """
    places = [ROOT / "node_modules" / "axe-core" / "axe.min.js"]
    found = find_spec("axe_playwright_python")
    if found is not None and found.origin is not None:
        places.insert(0, Path(found.origin).with_name("axe.min.js"))
    path = next((place for place in places if place.exists()), None)
    if path is None:
        pytest.skip("axe-core is not installed (extra 'dev', or npm install axe-core)")
    return path.read_text("utf-8")


def accessibility_faults(page: Page) -> list[str]:
    """Return what axe-core finds of serious and critical impact on a page."""
    # Added by the browser's debugger, which the page's own policy does not bind.
    page.evaluate(axe_script())
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert len(result["passes"]) > 10, "the checker did not look at the page"
    return [
        f"{each['id']} ({each['impact']}): {node['target']} {node['failureSummary']}"
        for each in result["violations"]
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"]
    ]


def eventually(page: Page, expression: str) -> None:
    """Wait until an expression is true of a page, five seconds at most."""
    # Not `wait_for_function`, which evaluates text inside of the page; the page's policy forbids that.
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"still not true: {expression}")


def picture_folder(folder: Path) -> Path:
    """Return where pictures go: the documentation's folder when it is asked for, else ``folder``."""
    return IMAGES if os.environ.get(SCREENSHOTS) else folder


def screenshot(page: Page, name: str, folder: Path) -> Path:
    """Save a picture of what a page shows, for the documentation when asked to, else in ``folder``.

    A picture keeps a hash of the page that it was taken of, in the state that it shows; what the documentation
    has must be of this page, but for numbers that change with each training run.
    """
    path = picture_folder(folder) / name
    content = _SCRIPT.sub("", page.content())  # what it does is seen, and its packed data cannot be read
    state = hashlib.sha256(lasting(content).encode("utf-8")).hexdigest()
    save_picture(page.screenshot(animations="disabled"), path, state)
    assert state_of(IMAGES / name) == state, f"docs/images/{name} is of an older page; renew it with {SCREENSHOTS}=1"
    return path


def save_picture(picture: bytes, path: Path, state: str) -> None:
    """Write a PNG with 256 colours, a third of the size, and with a hash of what it shows."""
    noted = PngInfo()
    noted.add_text(STATE, state)
    # Of the ways to choose 256 colours the one that keeps rare ones, as the speakers' are, to within 5 of 255.
    colours = Image.open(BytesIO(picture)).convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE)
    colours.save(path, optimize=True, pnginfo=noted)


def state_of(path: Path) -> str:
    """Return the hash that a picture keeps, or "" where it has none."""
    with Image.open(path) as picture:
        return str(picture.info.get(STATE, ""))
