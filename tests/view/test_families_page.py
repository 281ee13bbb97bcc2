"""The page of families as text: each report and its differences, self-contained, markup shown as text."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.cli.application import run
from quotes.io.json import statements_to_json
from quotes.view import Article, render_page
from quotes.view.families import render_families
from quotes.view.page import statements_on
from tests.view import reports
from tests.view.builders import library
from tests.view.test_page import Reader


def cards(page: str, family: int) -> list[str]:
    """The text of each report of a family, words that only one side has in brackets."""
    inside = re.search(rf'id="family-{family}".*?(?=<li class="family"|</ol>\s*</main>)', page, re.DOTALL)[0]
    found = re.findall(r'<li class="card.*?(?=<li class="card|\Z)', inside, re.DOTALL)
    marked = [
        re.sub(r"<(ins|del)><span.*?</span>(.*?)</\1>", lambda part: f"[{part[1]} {part[2]}]", each, flags=re.DOTALL)
        for each in found
    ]
    return [" ".join(html.unescape(re.sub("<[^>]*>", " ", each)).split()) for each in marked]


def test_differences_are_in_place() -> None:
    """The fullest wording comes first; what others left out or changed is marked where it would be."""
    fullest, trimmed, altered = cards(render_families(*reports.reported()), 1)
    assert reports.BRIDGE in fullest
    assert "fullest wording" in fullest
    assert "the first of July and [del we will] not open it [del again] before the last crack" in trimmed
    assert "the last crack has been [del sealed] [ins mended]”" in altered


def test_what_a_report_leaves_out_after_its_cue_is_in_place() -> None:
    """Places are right where the words are in two pieces, with the reporting clause between them."""
    families, statements = reports.reported()
    key = next(key for key in statements if key[0] == "gazette" and reports.CUT in statements[key].content.text)
    old, cut = statements[key], reports.CUT.index("not open")
    first, second = reports.CUT[:cut].rstrip(), reports.CUT[cut:]
    spans = [{"start": 9, "end": 9 + len(first), "text": first}]
    spans.append({"start": 200, "end": 200 + len(second), "text": second})
    statements[key] = type(old).model_validate(
        {**old.model_dump(), "content": {"text": f"{first} … {second}", "spans": spans}}
    )
    _, trimmed, _ = cards(render_families(families, statements), 1)
    assert "July and [del we will] … not open it [del again] before" in trimmed


def test_copies_are_folded() -> None:
    """A copy is named with the report that it is a copy of, in the timeline as one, and not shown again."""
    page = render_families(*reports.reported())
    fullest, *others = cards(page, 1)
    assert "1 copy : Courier Courier, 12 June 2024" in fullest.replace("copy:", "copy :")
    assert not any("Courier" in each for each in others)
    assert '<li dir="auto">Courier <span class="copy">copy</span></li>' in page
    assert "3 reports and 1 copy, 4 outlets" in page


def test_chains_are_told() -> None:
    """Who had it first and who names whom is said in sentences; what is not known, too."""
    families, statements = reports.reported()
    page = render_families(families, statements)
    assert "First: Wire." in page
    assert "Ledger names Wire as its source." in page
    members = tuple(each.model_copy(update={"published": None}) for each in families[0].members)
    page = render_families([families[0].model_copy(update={"members": members})], statements)
    assert "Who had it first is not known: no report has a day." in page
    members = tuple(each.model_copy(update={"copy_of": None}) for each in families[0].members)
    same_day = tuple(each.model_copy(update={"published": members[0].published}) for each in members)
    page = render_families([families[0].model_copy(update={"members": same_day})], statements)
    assert "First: Wire, Courier, Gazette and Ledger, all on one day." in page


def test_a_closed_family_tells_who_had_it_first() -> None:
    """Its line has the outlet and the day of the first report, where any day is known."""
    families, statements = reports.reported()
    text = " ".join(re.sub("<[^>]*>", " ", render_families(families, statements)).split())
    assert text.count("first: Wire , 11 June 2024") == len(families)
    members = tuple(each.model_copy(update={"published": None}) for each in families[0].members)
    undated = render_families([families[0].model_copy(update={"members": members})], statements)
    assert "first: " not in undated


def test_what_a_table_knows_of_a_person_is_told() -> None:
    """Each column that has something, but for the names, as text."""
    families, statements = reports.reported()
    known = {"name": "Ines Baptiste", "aliases": "I. B.", "wikidata": "Q7", "party": "", "note": "<b>mayor</b>"}
    speaker = families[0].speaker.model_copy(update={"person": known})
    page = render_families([families[0].model_copy(update={"speaker": speaker})], statements)
    assert '<li dir="auto">wikidata: Q7</li>' in page
    assert "note: &lt;b&gt;mayor&lt;/b&gt;" in page
    assert "party" not in page
    assert "I. B." not in page


def test_large_numbers_are_readable() -> None:
    """With a comma at the thousands."""
    assert "2,000 utterances in 5,000 reports and 2,000 copies of 4 outlets" in render_families(*reports.many(1000))


def test_a_copy_without_its_report_is_a_report() -> None:
    """Nothing is lost where the original of a copy is not in the family."""
    families, statements = reports.reported()
    members = tuple(each for each in families[0].members if each.document != "wire")
    found = cards(render_families([families[0].model_copy(update={"members": members})], statements), 1)
    assert [each.split()[0] for each in found] == ["Courier", "Gazette", "Ledger"]


def test_links_lead_to_pages_beside_it(tmp_path: Path) -> None:
    """Where a page of an article is in the same folder, a report leads to its statement there; another page is none."""
    statements = reports.press_conference()
    (tmp_path / "statements.json").write_text(statements_to_json(statements), "utf-8")
    given_ = library()
    ids = ["other", *(each.id for each in statements if each.provenance.document.id == "wire")]
    page = render_page([Article(given_.document, [given_.statements[0].model_copy(update={"id": e}) for e in ids])])
    (tmp_path / "wire.html").write_text(page, "utf-8")
    (tmp_path / "gazette.html").write_text("<p>no such page</p>", "utf-8")
    out = tmp_path / "families.html"
    assert run(["link", str(tmp_path / "statements.json"), "-o", str(out)]) == 0
    assert re.findall(r'href="([^#"]+#[^"]*)"', out.read_text("utf-8")) == ["wire.html#card-2", "wire.html#card-3"]


@pytest.mark.parametrize("card", ["", '<li class="card x" data-card="x" data-id="">', '<li class="card x" data-id="">'])
def test_a_page_that_only_looks_like_one_has_no_statements(card: str) -> None:
    """It is no error."""
    assert statements_on(f"<ol>{card}</ol>") == {}


def test_a_page_of_articles_tells_its_statements() -> None:
    """Each by its id, numbered from 1."""
    given_ = library()
    assert statements_on(render_page([given_])) == {each.id: n for n, each in enumerate(given_.statements, 1)}


def test_nothing_from_outside() -> None:
    """The page loads nothing, ids are unique, and its policy allows its own style and script alone."""
    page = render_families(*reports.reported())
    reader = Reader(page)
    assert len(reader.ids()) == len(set(reader.ids()))
    for tag, attributes in reader.tags:
        assert not {"src", "srcset", "action", "style"} & set(attributes), tag
        assert not {name for name in attributes if name.startswith("on")}
        assert (attributes.get("href") or "#").startswith("#")
    policy = next(a["content"] for _, a in reader.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert "unsafe" not in policy
    assert not re.search(r"url\(|@import|https?://", page)


def test_markup_is_text() -> None:
    """Markup in a wording, a name, an outlet or a title adds no element."""
    page = render_families(*reports.hostile())
    tags = [tag for tag, _ in Reader(page).tags]
    assert tags.count("script") == 1
    assert "img" not in tags
    page.encode("utf-8")
    assert "\x00" not in page


@settings(deadline=None)
@given(st.text(min_size=1, max_size=80), st.text(max_size=40))
def test_any_texts_keep_the_page_whole(words: str, name: str) -> None:
    """Whatever the words and names, the page can be encoded, its elements nest, and it gains none of them."""
    families, statements = reports.reported()
    changed = {}
    for key, each in statements.items():
        span = each.content.spans[0].model_copy(update={"text": words, "end": each.content.spans[0].start + len(words)})
        content = each.content.model_copy(update={"text": words, "spans": (span,)})
        changed[key] = each.model_copy(update={"content": content})
    members = tuple(each.model_copy(update={"publisher": name}) for each in families[0].members)
    page = render_families([families[0].model_copy(update={"members": members, "wording": words})], changed)
    page.encode("utf-8")
    tags = [tag for tag, _ in Reader(page).tags]
    assert (tags.count("script"), tags.count("details")) == (1, 2)


def test_without_families() -> None:
    """A page without families says so."""
    assert "No two statements report one utterance." in render_families([], {})
