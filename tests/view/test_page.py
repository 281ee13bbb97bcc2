"""The page as text: whole, self-contained, and with all markup of articles shown as text."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.explanation import explain
from quotes.extractor import Extractor
from quotes.text.document import make_document
from quotes.view import Article, citation, examine, render_page
from quotes.view.details import title_of
from quotes.view.page import script_json, visible
from tests.view.builders import NESTED, article, hostile, library


class Reader(HTMLParser):
    """Collects elements, scripts, and the text inside of <main>."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.scripts: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that begins."""
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "input"}:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element without content."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Check that the element that ends is the one that began last."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep text of scripts and of the article."""
        if self._open and self._open[-1] in {"script", "style"}:
            self.scripts.append(data)
        elif "article" in self._open and "sup" not in self._open and "header" not in self._open:
            self.text.append(data)

    def ids(self) -> list[str]:
        """All ids of the page."""
        return [attributes["id"] for _, attributes in self.tags if attributes.get("id")]


def records(page: str) -> list[dict[str, object]]:
    """The data that the page's script reads."""
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page)[1])


def test_the_text_is_all_there() -> None:
    """Every paragraph of the article is on the page, word for word and in order."""
    reader = Reader(render_page([library()]))
    paragraphs = [part for part in NESTED.split("\n\n")[1:] if part]
    assert " ".join("".join(reader.text).split()) == " ".join(" ".join(paragraphs).split())


def test_every_statement_has_its_places() -> None:
    """Each statement has a card, a place in the text and a number that leads from one to the other."""
    reader = Reader(render_page([library(), hostile()]))
    ids = reader.ids()
    assert len(ids) == len(set(ids))
    links = {a["href"][1:] for tag, a in reader.tags if tag == "a" and a["href"].startswith("#")}
    assert links <= set(ids)
    for number in range(1, 7):
        assert {f"card-{number}", f"ref-{number}", f"place-{number}"} <= set(ids)


def test_pieces_are_lettered() -> None:
    """A discontinuous statement's pieces carry its number and a letter each."""
    page = render_page([library()])
    assert 'aria-label="Statement 1, part 1 of 2"' in page
    assert 'aria-label="Statement 1, part 2 of 2"' in page


def test_nothing_from_outside() -> None:
    """The page names no address of another place, in no attribute and no style."""
    page = render_page([library()])
    for tag, attributes in Reader(page).tags:
        for name in ("src", "srcset", "action", "data", "poster", "background"):
            assert name not in attributes, (tag, name)
        assert (attributes.get("href") or "#").startswith("#")
        assert not {name for name in attributes if name.startswith("on") or name == "style"}
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", page)


def test_the_policy_allows_only_what_is_there() -> None:
    """The content security policy has the hashes of the style and the script, and nothing else."""
    page = render_page([library()])
    reader = Reader(page)
    policy = next(a["content"] for t, a in reader.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    for element in ("style", "script"):
        found = re.search(rf"<{element}>(.*?)</{element}>", page, re.DOTALL)[1]
        digest = b64encode(hashlib.sha256(found.encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}'" in policy


def test_markup_in_articles_is_text() -> None:
    """Markup in text, names, title and publisher adds no element to the page."""
    tags = [tag for tag, _ in Reader(render_page([hostile()])).tags]
    assert tags.count("script") == 2
    assert not {"img", "b"} & set(tags)
    assert "<svg onload" not in render_page([hostile()])


@given(st.text(max_size=60))
def test_any_text_keeps_the_page_whole(text: str) -> None:
    """Whatever the text, the page can be encoded, its elements nest, and it gains none of them."""
    words = text or "x"
    made = article(f"{words}|said Ann", [{"pieces": [words], "speaker": words, "cue": "said", "kind": "direct"}])
    page = render_page([made])
    page.encode("utf-8")
    assert [tag for tag, _ in Reader(page).tags].count("script") == 2
    assert records(page)[0]["kind"] == "direct"


@given(st.recursive(st.text() | st.integers(), st.lists))
def test_script_data_comes_back(value: object) -> None:
    """Data in a script element reads back as it was, and holds nothing that ends the element."""
    text = script_json(value)
    assert not re.search("[<>&\u2028\u2029]", text)
    assert json.loads(text) == value


def test_control_characters_are_seen() -> None:
    """Control characters are shown, one for one, and line ends stay."""
    assert visible("a\x1b[31mb\r\n\x7f\x9b") == "a␛[31mb\r\n␡\ufffd"


@pytest.mark.parametrize("text", ["", " \n\n ", "One line."])
def test_texts_without_statements(text: str) -> None:
    """A text without a statement, or without any text, gives a page that says so."""
    page = render_page([Article(make_document(text), ())])
    assert "No statement was found." in page
    assert ("There is no text in this article." in page) == (not text.strip())


def test_reasons_are_in_the_panel() -> None:
    """Why a statement is as it is, is in its data, in order."""
    first = library().statements[0]
    page = render_page([library()], {first.id: {"Found by": "a cue <said>", "Sure": "0.97"}})
    assert records(page)[0]["why"] == [["Found by", "a cue <said>"], ["Sure", "0.97"]]
    assert records(page)[1]["why"] == []


def test_an_article_is_examined(extractor: Extractor) -> None:
    """Examining a document gives the statements of the extractor, each with its reasons."""
    document = make_document("Ann Kord said that the bridge would close. It rained.", document_id="a")
    made, reasons = examine(document, extractor)
    assert list(made.statements) == extractor.extract_document(document)
    assert reasons == {each.statement_id: each.reasons for each in explain(document, extractor)}
    assert all("Ann Kord" in reasons[statement.id]["Speaker"] for statement in made.statements)


def test_the_panel_says_who_somebody_is(extractor: Extractor) -> None:
    """The office, the reason for having no name and the confidence of a name are in the panel."""
    text = "Mayor Ada Finch said it rained. An aide who asked not to be named said it had stopped."
    made, _ = examine(make_document(text), extractor)
    finch, aide = (dict(record["lines"])["Speaker"] for record in records(render_page([made])))
    assert re.match("Ada Finch, person, by name, “Mayor”, 0[.][0-9]{2}: ", finch)
    assert "by description, no name: “who asked not to be named”, 0." in aide


def test_citations() -> None:
    """A citation has words, speaker, source and offsets; reported words have no quotation marks."""
    indirect, direct = library().statements[0], library().statements[-1]
    assert citation(direct).startswith("Ben Ode: “We had no choice, … None at all.” In: library, characters ")
    assert citation(indirect).startswith("Ann Kord (reported): The library … would stay open In: ")
    for statement in (direct, indirect):
        for span in statement.content.spans:
            assert f"{span.start}–{span.end}" in citation(statement)
    assert "denied or not said" in citation(library().statements[3])


@pytest.mark.parametrize(
    ("text", "known", "title"),
    [
        (NESTED, {}, "Minister says library stays open"),
        (NESTED, {"title": "The roof"}, "The roof"),
        ("LONDON (Reuters) – It rained, she said.", {"document_id": "9f86d081884c7d65"}, "It rained, she said."),
        ("so " * 40, {}, "so " * 19 + "…"),
        (" \n", {"path": "in/ferry.txt"}, "ferry.txt"),
        ("", {}, "Text without words"),
    ],
)  # fmt: skip
def test_what_an_article_is_called(text: str, known: dict[str, str], title: str) -> None:
    """An article is called by its title, else its first words, else its file: never by a hash."""
    assert title_of(make_document(text, **known)) == title
