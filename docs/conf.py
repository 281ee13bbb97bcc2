"""How the pages become a site: ``sphinx-build -W --keep-going -c docs . site``, from the root.

The source folder is the root, so that links between the pages, the README and the fixtures
are the same here and in the repository. The navigation is the list of docs/index.md.
"""

from __future__ import annotations

import re
import shutil
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT = Path(__file__).parents[1]
START = "docs/index"
GALLERY = "docs/gallery"
PICTURE = re.compile(r"^(!\[.*\]\(images/gallery-(\w+)\.png\))$", re.MULTILINE)
REDIRECT = (
    '<!doctype html><meta charset="utf-8"><title>quotes</title>'
    f'<meta http-equiv="refresh" content="0; url={START}.html"><a href="{START}.html">quotes</a>\n'
)

project = "quotes"
release = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
extensions = ["myst_parser"]
root_doc = START
include_patterns = ["*.md", "docs/**.md", "fixtures/README.md"]
exclude_patterns = [".*", "site", "build", "dist", "quotes", "tests", "**/node_modules", "**/site-packages"]
highlight_language = "text"
myst_heading_anchors = 4
html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_title = f"quotes {release}"
html_copy_source = False
html_show_copyright = False


def navigation(index: str) -> str:
    """Return hidden tables of contents with the pages that each section of the index links to."""
    sections = re.split(r"^## (.+)$", index, flags=re.MULTILINE)[1:]
    return "".join(
        f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{entries(text)}\n```\n"
        for caption, text in zip(sections[::2], sections[1::2], strict=True)
    )


def entries(section: str) -> str:
    """Return the pages that a section links to, a line each."""
    pages = re.findall(r"\]\(([^)#]+)\.md\)", section)
    return "\n".join(f"/{page[3:]}" if page.startswith("../") else page for page in pages)


def add_navigation(_: Sphinx, page: str, source: list[str]) -> None:
    """Put the tables of contents below the index."""
    if page == START:
        source[0] += navigation(source[0])


def link_gallery(_: Sphinx, page: str, source: list[str]) -> None:
    """Let a picture of the gallery lead to its page, which only the site has."""
    if page == GALLERY:
        source[0] = PICTURE.sub(r'<a href="gallery/\2.html">\1</a>', source[0])


def add_gallery(app: Sphinx, error: Exception | None) -> None:
    """Write the pages of the gallery, as `quotes view` makes them today."""
    if error is None and app.builder.format == "html" and GALLERY in app.env.found_docs:
        sys.path.insert(0, str(ROOT))
        from tests.gallery import write_pages

        write_pages(Path(app.outdir, GALLERY))


def add_entrance(app: Sphinx, error: Exception | None) -> None:
    """Lead from the site's first file to its first page, and bring the pictures that only HTML in a page names."""
    if error is None and app.builder.format == "html":
        (Path(app.outdir) / "index.html").write_text(REDIRECT, "utf-8")
        shutil.copytree(ROOT / "docs" / "images", Path(app.outdir, "docs", "images"), dirs_exist_ok=True)


def setup(app: Sphinx) -> None:
    """Register what is done while the site is built."""
    app.connect("source-read", add_navigation)
    app.connect("source-read", link_gallery)
    app.connect("build-finished", add_entrance)
    app.connect("build-finished", add_gallery)
