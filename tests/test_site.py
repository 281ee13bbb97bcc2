"""The documentation as a site: built with every warning fatal, whole, and readable without a network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

pytest.importorskip("sphinx", reason="Sphinx is not installed (extra 'dev')")
pytest.importorskip("myst_parser", reason="MyST is not installed (extra 'dev')")
pytest.importorskip("furo", reason="the theme Furo is not installed (extra 'dev')")

import subprocess
import sys

from quotes.view.page import statements_on
from tests.gallery import PIECES

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "fixtures" / "README.md"]


def build(source: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Run the command of CONTRIBUTING.md over a checkout."""
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-c", "docs", ".", str(out)]
    return subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built."""
    out = tmp_path_factory.mktemp("site")
    done = build(ROOT, out)
    assert (done.returncode, done.stderr) == (0, "")
    return out


class Addresses(HTMLParser):
    """What a page leads to and what it loads, and the places in it that can be led to."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the addresses of one tag."""
        given = dict(attrs)
        self.ids |= {value for name in ("id", "name") if (value := given.get(name))}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        elif tag in {"link", "script", "img", "iframe", "source", "object"}:
            self.loaded += [value for name in ("href", "src", "data") if (value := given.get(name))]
            self.loaded += [given["srcset"]] if given.get("srcset") else []


def read(page: Path) -> Addresses:
    """Read the addresses of a page."""
    found = Addresses()
    found.feed(page.read_text("utf-8"))
    return found


def html_pages(site: Path) -> Iterator[tuple[Path, Addresses]]:
    """Every page of the site."""
    for page in site.rglob("*.html"):
        yield page, read(page)


def test_every_page_is_there(site: Path) -> None:
    """Each Markdown page is a page of the site, and in the navigation of its first page."""
    names = {page.relative_to(ROOT).with_suffix(".html") for page in PAGES}
    assert [name for name in names if not (site / name).exists()] == []
    start = site / "docs" / "index.html"
    led_to = {(start.parent / link.partition("#")[0]).resolve() for link in read(start).links}
    assert [name for name in names if (site / name).resolve() not in led_to | {start.resolve()}] == []
    assert "docs/index.html" in read(site / "index.html").links


def test_the_gallery_has_its_pages(site: Path) -> None:
    """Each picture of the gallery leads to the page that it is of."""
    led_to = [link for link in read(site / "docs" / "gallery.html").links if link.startswith("gallery/")]
    assert led_to == [f"gallery/{piece.name}.html" for piece in PIECES]
    for link in led_to:
        assert statements_on((site / "docs" / link).read_text("utf-8"))


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    """Pages and their styles load nothing from the network: no font, script or picture of another host."""
    loaded = {(page.parent, address) for page, found in html_pages(site) for address in found.loaded}
    assert loaded
    assert [address for _, address in loaded if re.match(r"(https?:)?//", address)] == []
    assert [address for folder, address in loaded if not (folder / re.split("[?#]", address)[0]).exists()] == []
    styles = "".join(path.read_text("utf-8") for path in site.rglob("*.css"))
    assert re.findall(r"url\(\s*['\"]?(?:https?:)?//|@import", styles) == []


def test_links_lead_somewhere(site: Path) -> None:
    """Each link within the site leads to a page, a file, and the place in it that it names."""
    pages = dict(html_pages(site))
    checked = 0
    for page, found in pages.items():
        for link in found.links:
            name, _, place = unquote(link).partition("#")
            if re.match(r"[a-z]+:", name):
                continue
            target = (page.parent / name) if name else page
            assert target.exists(), (page.name, link)
            known = pages.get(Path(str(target.resolve()))) if target.suffix == ".html" else None
            assert not place or known is None or place in known.ids, (page.name, link)
            checked += 1
    assert checked > 1000


def test_a_wrong_link_is_fatal(tmp_path: Path) -> None:
    """A link to a heading that is not there ends the build with an error."""
    (tmp_path / "docs" / "images").mkdir(parents=True)
    (tmp_path / "docs" / "conf.py").write_text((ROOT / "docs" / "conf.py").read_text("utf-8"), "utf-8")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1"\n', "utf-8")
    (tmp_path / "docs" / "index.md").write_text("# A\n\n## B\n\n[there](other.md#nowhere)\n", "utf-8")
    (tmp_path / "docs" / "other.md").write_text("# Other\n", "utf-8")
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode != 0
    assert "nowhere" in done.stderr
