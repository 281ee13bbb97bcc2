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
from typing import TYPE_CHECKING, Any

from pygments.lexers.special import TextLexer

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
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_member_order = "bysource"
autodoc_default_options = {"exclude-members": "model_config, model_post_init"}
python_use_unqualified_type_names = True
default_role = "code"
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


def without_fields(_app: Sphinx, _what: str, _name: str, _object: Any, _options: Any, lines: list[str]) -> None:
    """Leave out of a model's docstring the list of its fields, each of which has an entry of its own."""
    if "Fields:" in lines:
        del lines[lines.index("Fields:") :]


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


def add_gallery(app: Sphinx) -> None:
    """Write the pages of the gallery, as `quotes view` makes them today.

    Before anything else: the reference reads pydantic's annotations in a way that spaCy cannot be loaded after.
    """
    if app.builder.format == "html" and Path(app.srcdir, f"{GALLERY}.md").exists():
        sys.path.insert(0, str(ROOT))
        from tests.gallery import write_pages

        write_pages(Path(app.outdir, GALLERY))


def add_entrance(app: Sphinx, error: Exception | None) -> None:
    """Lead from the site's first file to its first page, and bring the pictures that only HTML in a page names."""
    if error is None and app.builder.format == "html":
        (Path(app.outdir) / "index.html").write_text(REDIRECT, "utf-8")
        shutil.copytree(ROOT / "docs" / "images", Path(app.outdir, "docs", "images"), dirs_exist_ok=True)


class AttributeDocs:
    """Keeps the docstrings of attributes from Napoleon, which takes what is before a colon for a type."""

    def __init__(self) -> None:
        self.kept: dict[str, list[str]] = {}

    def hide(self, *event: Any) -> None:
        """Take an attribute's docstring away before Napoleon looks at it."""
        _, what, name, *_, lines = event
        if what == "attribute":
            self.kept[name], lines[:] = list(lines), []

    def show(self, *event: Any) -> None:
        """Put it back."""
        _, _, name, *_, lines = event
        lines[:] = self.kept.pop(name, lines)


def short_signature(_: Sphinx, what: str, name: str, *__: Any) -> tuple[str, None] | None:
    """Show a class by its fields alone where nobody calls it."""
    return ("", None) if what == "class" and name != "quotes.Extractor" else None


def setup(app: Sphinx) -> None:
    """Register what is done while the site is built."""
    app.add_lexer("csv", TextLexer)
    docs = AttributeDocs()
    app.connect("autodoc-process-docstring", docs.hide, priority=400)
    app.connect("autodoc-process-docstring", docs.show, priority=600)
    app.connect("autodoc-process-docstring", without_fields)
    app.connect("autodoc-process-signature", short_signature)
    app.connect("source-read", add_navigation)
    app.connect("source-read", link_gallery)
    app.connect("builder-inited", add_gallery)
    app.connect("build-finished", add_entrance)
