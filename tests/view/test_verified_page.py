"""The page of articles beside their sources as text: every verdict in words, self-contained, markup shown as text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.text.document import make_document
from quotes.verification import Verifier
from quotes.verification.wording import FLAGS, VERDICTS
from quotes.view.verified import Checked, render_verified
from tests.view import builders
from tests.view.builders import HEARING, article, hostile_check, verified
from tests.view.test_page import Reader


def page_of(checked: Checked, sources: list[object], **more: object) -> str:
    """The page of one article."""
    return render_verified([checked], sources, **more)


def cards(page: str) -> list[str]:
    """The text of each card, without tags."""
    found = re.findall(r'<li class="card.*?(?=<li class="card|</ol>)', page, re.DOTALL)
    return [" ".join(re.sub("<[^>]*>", " ", each).split()) for each in found]


def test_every_verdict_is_told() -> None:
    """Each card has its verdict, what it means, and what was looked at and how."""
    page = page_of(*verified())
    assert re.findall('data-verdict="(.*?)"', page) == builders.VERDICTS
    for card, verdict in zip(cards(page), builders.VERDICTS, strict=True):
        assert verdict.replace("_", " ") in card
        if verdict in VERDICTS and verdict != "not_found":
            assert VERDICTS[verdict][1:] + ", found by looking word by word in 2 sources." in card
    missing = cards(page)[5]
    assert "Looked for word by word in 2 sources: these words are not there. The nearest passage is 0." in missing
    assert "They may have been said elsewhere." in missing
    assert "These are the reporter&#39;s words: no verdict." in cards(page)[6]
    assert "false" not in " ".join(cards(page)).lower()


def test_differences_are_marked_word_by_word() -> None:
    """A card has the words of both sides in place; the texts have them marked, with what they concern."""
    page = page_of(*verified())
    card = re.search(r'id="card-4".*?</li>', page, re.DOTALL)[0]
    assert '<del><span class="spoken">in the source: </span>do not</del> <ins>' in card
    assert "changed: “did” for “do not” (negation)" in card
    assert re.search(r'class="r d changed c1" data-n="4" data-tag="changed: negation">did<', page)
    assert re.search(r'class="r d changed c1" data-n="4" data-tag="changed: negation">do not<', page)
    # what is left out at the reporting clause is told once
    third = cards(page)[2]
    assert third.count("left out at the reporting clause: “to the mate” (3 words)") == 1
    assert "dropped: " not in third
    assert re.search(r'class="r d cut_clause c2" data-n="2" data-tag="cut off: condition">If the water', page)


def test_far_apart_pieces() -> None:
    """What lies between pieces from far apart is neither shown whole nor struck out; the first piece is jumped to."""
    hearing = HEARING.replace("thirty years.", "thirty years. " + "It rained that day. " * 90)
    checked, _ = verified()
    statement = checked.verifications[4].statement
    sources = [builders.hearing(hearing)]
    found = Verifier(sources).verify([statement], checked.document)
    assert [each.verdict for each in found] == ["spliced"]
    page = page_of(Checked(checked.document, found), sources)
    assert cards(page)[0].count("It rained that day.") < 8
    assert 'data-tag="dropped"' not in page
    assert re.search(r'quay</span>.<sup><a class="ref" data-n="1" href="#card-1" id="source-ref-1"', page)


def test_speakers_and_occasions_are_told() -> None:
    """A card says to whom each side gives the words, and a flag is said in words."""
    page = page_of(*verified())
    last, first = cards(page)[-1], cards(page)[0]
    for text in ("Article Tom Hale", "Source MS. ORDE", FLAGS["other_speaker"][1:], "said in the source by “MS. ORDE”"):
        assert text in last
    for text in ("Article Tom Hale, 20 March 2024", "Source MR. HALE", FLAGS["occasion_differs"][1:]):
        assert text in first
    assert FLAGS["other_speaker"][1:] not in first


def test_both_texts_are_all_there() -> None:
    """Every paragraph of the article and of the sources is on the page, word for word."""
    checked, sources = verified()
    reader = Reader(page_of(checked, sources))
    text = " ".join("".join(reader.text).split())
    for document in (checked.document, *sources):
        for paragraph in document.paragraphs:
            if paragraph.kind == "text":
                assert " ".join(paragraph.span.of(document.text).split()) in text


def test_links_have_their_targets() -> None:
    """Ids are unique, and each link leads to one of them."""
    reader = Reader(page_of(*verified()))
    ids = reader.ids()
    assert len(ids) == len(set(ids))
    links = {a["href"][1:] for tag, a in reader.tags if tag == "a"}
    assert links <= set(ids)
    for number in (1, 6, 8):
        assert {f"card-{number}", f"ref-{number}", f"source-ref-{number}", f"passage-{number}"} <= set(ids)


def test_sources_with_passages_come_first() -> None:
    """A source without a passage comes last, folded; of an archive its name is told."""
    checked, sources = verified()
    page = page_of(checked, sources)
    titles = re.findall(r'<h3 id="source-title-\d" dir="auto">(.*?)</h3>', page)
    assert [re.sub("<.*?>", "", title) for title in titles] == [
        "Hearing on the ferry of Aldmouth, 14 March 2024",
        "other",
    ]
    assert page.count('<details class="unused">') == 1
    assert re.findall('dir="auto">(?:Hearing.*?|other)</a> <span class="count">(.*?)<', page) == ["6", "0"]
    looked_up = page_of(checked, [], archives=["news.jsonl"], looked_up=[*sources, *sources])
    assert "compared with the archive news.jsonl" in looked_up
    assert looked_up.count('id="source-title-') == 2


def test_several_articles_share_their_sources() -> None:
    """Articles on one page are numbered through, and a source is there once."""
    checked, sources = verified()
    page = render_verified([checked, checked], [*sources, *sources])
    count = len(builders.VERDICTS)
    assert f'id="card-{2 * count}"' in page
    assert page.count('id="source-title-') == 2
    assert f'aria-label="Passage of quotation {count + 1}"' in page


def test_nothing_from_outside() -> None:
    """The page loads nothing, and its policy allows its own style and script alone."""
    page = page_of(*verified())
    reader = Reader(page)
    for tag, attributes in reader.tags:
        assert not {"src", "srcset", "action", "style"} & set(attributes), tag
        assert not {name for name in attributes if name.startswith("on")}
        assert (attributes.get("href") or "#").startswith("#")
    policy = next(a["content"] for _, a in reader.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert "unsafe" not in policy
    assert not re.search(r"url\(|@import|https?://", page)


def test_markup_is_text() -> None:
    """Markup in an article, in a source and in their names adds no element."""
    page = page_of(*hostile_check())
    tags = [tag for tag, _ in Reader(page).tags]
    assert tags.count("script") == 1
    assert not {"img", "b", "svg"} & set(tags)


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_texts_keep_the_page_whole(words: str, source: str) -> None:
    """Whatever the texts, the page can be encoded, its elements nest, and it gains none of them."""
    said = words or "x"
    made = article(f"{said}|said Ann", [{"pieces": [said], "speaker": said, "cue": "said", "kind": "direct"}])
    texts = [make_document(f"{source}\n\n{said}", document_id=source or "s")]
    found = Verifier(texts).verify(made.statements, made.document)
    page = page_of(Checked(made.document, found), texts)
    page.encode("utf-8")
    assert [tag for tag, _ in Reader(page).tags].count("script") == 1


@pytest.mark.parametrize("source", ["", "Die Brücke wird im Juni nicht gesperrt, und wir haben sechs Pumpen da. " * 3])
def test_sources_that_cannot_be_read(source: str) -> None:
    """A source without text or in another language is told, not taken for one that lacks the words."""
    checked, _ = verified()
    texts = [make_document(source, document_id="s")]
    statements = [each.statement for each in checked.verifications]
    page = page_of(Checked(checked.document, Verifier(texts).verify(statements, checked.document)), texts)
    assert set(re.findall('data-verdict="(.*?)"', page)) == {"not_compared"}
    assert "Nothing was compared: no source could be read." in page


def test_without_quotations() -> None:
    """An article without quotations gives a page that says so."""
    page = page_of(Checked(make_document("It rained."), ()), [make_document(HEARING)])
    assert "No quotation was found." in page
