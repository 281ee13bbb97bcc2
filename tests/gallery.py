"""The gallery of the documentation: six articles of different kinds, their pages, and what is wrong on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from quotes.extractor import Extractor
from quotes.text.document import Document, read_document
from quotes.validation import Comparison, Expectations, compare, read_expectations, read_fixture
from quotes.view import examine, render_page

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Piece:
    """One article of the gallery.

    Attributes:
        name: What its page and its picture are called.
        kind: What kind of text it is: the heading.
        path: The text, from the root.
        look: What to look at.
    """

    name: str
    kind: str
    path: str
    look: str


PIECES = (
    Piece(
        "agency",
        "An agency report",
        "fixtures/wire-dateline-reservoir/article.txt",
        "A dateline and a credit line, which are no part of the story; an authority that denies, and a document that "
        "speaks.",
    ),
    Piece(
        "interview",
        "An interview in questions and answers",
        "fixtures/interview-lighthouse-keeper/article.txt",
        "“A” is Eskil Brandvold, and “Q” stays Q: nobody says in so many words that the reporter asks the questions.",
    ),
    Piece(
        "feature",
        "A magazine feature",
        "fixtures/gallery/feature.txt",
        "Scenes, the present tense, two people of one surname, a nameless neighbour with his reason, a letter that "
        "speaks. This is the hardest kind: all the words are found, but not always who said them.",
    ),
    Piece(
        "release",
        "A press release",
        "fixtures/gallery/release.txt",
        "A trust that announces and confirms, a report, and two people with their offices. “Today” is the day of the "
        "dateline.",
    ),
    Piece(
        "liveblog",
        "A liveblog in Markdown",
        "fixtures/gallery/liveblog.markdown",
        "Title, outlet and day from the front matter, links and emphasis gone, a signed block quotation, lists, a "
        "headline that quotes.",
    ),
    Piece(
        "court",
        "A court report",
        "fixtures/court-report-warehouse-fire/article.txt",
        "Counsel, a witness, a judge, a message read out, and “denies manslaughter”, which is a plea.",
    ),
)


def read(piece: Piece) -> tuple[Document, Expectations]:
    """Return an article and what must be found in it; its path is from the root, wherever the checkout is."""
    path = ROOT / piece.path
    if path.name == "article.txt":
        fixture = read_fixture(path.parent)
        document, expected = fixture.document, fixture.expectations
    else:
        document = read_document(path)
        expected = read_expectations(path.with_suffix(".expected.json"), document.text)
    return replace(document, id=piece.name, path=piece.path), expected


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    """Return the extractor with its defaults."""
    return Extractor()


@lru_cache(maxsize=len(PIECES))
def examined(piece: Piece) -> tuple[str, Comparison]:
    """Return the page of an article as `quotes view` makes it, and how it compares with what is right."""
    document, expected = read(piece)
    article, explanations = examine(document, extractor())
    return render_page([article], explanations), compare(piece.name, article.statements, expected)


def sections() -> str:
    """Return a section for each article: the picture, the links, and what is wrong."""
    return "\n".join("".join(section(piece)) for piece in PIECES)


def section(piece: Piece) -> Iterator[str]:
    """Yield the lines of one section."""
    _, result = examined(piece)
    yield f"## {piece.kind}\n\n{piece.look}\n\n"
    yield f"![{piece.kind} with its statements marked](images/gallery-{piece.name}.png)\n\n"
    yield f"[The text](../{piece.path}). Of {result.expected} statements {result.right} came out right in every field."
    yield "\n"
    faults = [f"- “{each.expected.said.pieces[0]}”: {each.reason}.\n" for each in result.expected_failures]
    yield "".join(["\nNot right:\n\n", *faults]) if faults else ""


def write_pages(folder: Path) -> None:
    """Write the pages of all articles."""
    folder.mkdir(parents=True, exist_ok=True)
    for piece in PIECES:
        (folder / f"{piece.name}.html").write_text(examined(piece)[0], "utf-8")
