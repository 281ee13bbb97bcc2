"""The page as text: whole, self-contained, and with all markup of articles shown as text."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from base64 import b64decode, b64encode
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.explanation import explain
from quotes.extractor import Extractor
from quotes.text.document import make_document
from quotes.view import Article, citation, examine, quotation, render_page
from quotes.view.details import title_of, why_speaker
from quotes.view.page import packed, script_json, visible
from tests.conftest import entity_record, make_statement
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
    """What the page's script unpacks of each statement."""
    data = re.search(r'<script type="application/octet-stream" id="data">(.*?)</script>', page)[1]
    return json.loads(zlib.decompress(b64decode(data)))["statements"]


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
    for element, opening in (("style", "style"), ("script", 'script type="module"')):
        found = re.search(rf"<{opening}>(.*?)</{element}>", page, re.DOTALL)[1]
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
    assert json.loads(records(page)[0]["json"])["kind"] == "direct"


@given(st.recursive(st.text() | st.integers(), st.lists))
def test_script_json_comes_back(value: object) -> None:
    """Data in a script element reads back as it was, and holds nothing that ends the element."""
    text = script_json(value)
    assert not re.search("[<>&\u2028\u2029]", text)
    assert json.loads(text) == value


@given(st.recursive(st.text() | st.integers(), st.lists))
def test_script_data_comes_back(value: object) -> None:
    """Packed data reads back as it was, and holds nothing that ends an element."""
    text = packed(value)
    assert not re.search("[<>&\"']", text)
    assert json.loads(zlib.decompress(b64decode(text))) == value


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


def test_quotations() -> None:
    """What is copied as a quotation has the words and the speaker; reported words have no quotation marks."""
    assert [quotation(each) for each in library().statements] == [
        "The library … would stay open – Ann Kord (reported)",
        "Kord had told him the roof was leaking – Ben Ode (reported)",
        "the roof was leaking – Ann Kord (reported)",
        "it was not – Speaker not named (“she”) (reported), denied or not said",
        "“We had no choice, … None at all.” – Ben Ode",
    ]


def test_citations() -> None:
    """A citation says who, to whom and through what, when, the words, and where they were printed; no hash."""
    document = library().document
    info = library().statements[0].provenance.document
    known = info.model_copy(update={"publisher": "The Evening Paper", "published": document.published})
    found = [each.model_copy(update={"provenance": each.provenance.model_copy(update={"document": known})})
             for each in library().statements]  # fmt: skip
    printed = "In: The Evening Paper, “Minister says library stays open”, 15 March 2024."
    assert [citation(each, document.title) for each in found] == [
        f"Ann Kord, Friday (reported): The library … would stay open {printed}",
        f"Ben Ode (reported): Kord had told him the roof was leaking {printed}",
        f"Ann Kord to him (reported): the roof was leaking {printed}",
        f"Speaker not named (“she”) through Reuters (reported), denied or not said: it was not {printed}",
        f"Ben Ode: “We had no choice, … None at all.” {printed}",
    ]


@pytest.mark.parametrize(
    ("how", "fields", "said"),
    [
        ("name", {}, "The text gives these words to “Kord” beside “said”. Sure of the name: 0.90."),
        ("alias", {}, "“Kord” beside “said” is who the text elsewhere calls Ann Kord. Sure of the name: 0.90."),
        ("title", {}, "“Kord” beside “said” is somebody whom the text names: Ann Kord. Sure of the name: 0.90."),
        ("pronoun", {"confidence": 0.5}, "“Kord” beside “said” stands for Ann Kord. Sure of the name: 0.50."),
        ("turn", {}, "The label of the turn, “Kord”, names Ann Kord. Sure of the name: 0.90."),
        ("unresolved", {"name": None}, "Whom “Kord” beside “said” means is not certain enough to give a name."),
        ("description", {}, "The text says “Kord” beside “said” and gives no name."),
        ("continuation", {"mention": None},
         "Nobody is named beside these words; Ann Kord is who spoke before them. Sure of the name: 0.90."),
    ],
)  # fmt: skip
def test_why_this_speaker(how: str, fields: dict[str, object], said: str) -> None:
    """A panel says in a sentence why the statement has its speaker."""
    mention = {"start": 5, "end": 9, "text": "Kord"}
    speaker = entity_record(**{"name": "Ann Kord", "mention": mention, "resolved_by": how, **fields})
    assert why_speaker(make_statement("it rained", at=20, speaker=speaker)) == said
    assert why_speaker(make_statement("it rained", speaker=None)) == "Nobody is named for these words."


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
