"""TEI: validity, the whole text, speakers, and statements that nest, cross and break off."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import etree

from quotes.io import Extracted, write_tei
from quotes.io.tei import NAMESPACE
from quotes.text.document import make_document
from tests.io.conftest import person, said

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "schemas" / "tei_said.rng"))
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
POINTERS = ("who", "toWhom", "next", "prev", "target", "ana")


def tei(*extracted: Extracted) -> etree._Element:
    """Write documents, check that they are valid and that every pointer leads somewhere; return the root."""
    stream = io.StringIO(newline="")
    write_tei(extracted, stream)
    root = etree.fromstring(stream.getvalue().encode("utf-8"))
    assert SCHEMA.validate(root), SCHEMA.error_log
    names = [element.get(XML_ID) for element in root.iter() if element.get(XML_ID)]
    assert len(set(names)) == len(names)
    pointers = [p for e in root.iter() for a in POINTERS for p in e.get(a, "").split()]
    assert {pointer.removeprefix("#") for pointer in pointers} <= set(names)
    return root


def all_of(root: etree._Element, name: str) -> list[etree._Element]:
    """The elements of this name."""
    return list(root.iter(f"{{{NAMESPACE}}}{name}"))


def text_of(element: etree._Element) -> str:
    """All characters in an element."""
    return "".join(element.itertext())


def chains(root: etree._Element) -> list[list[str]]:
    """The texts of the pieces of each statement, followed along ``next``."""
    said_by_name = {element.get(XML_ID): element for element in all_of(root, "said")}
    found = []
    for element in all_of(root, "said"):
        if element.get("prev") is None:
            pieces = [element]
            while (after := pieces[-1].get("next")) is not None:
                pieces.append(said_by_name[after[1:]])
            found.append([text_of(piece) for piece in pieces])
    return found


def test_it_is_valid(extracted: list[Extracted]) -> None:
    """All documents together are a valid corpus in which every pointer leads somewhere."""
    root = tei(*extracted)
    assert root.tag == f"{{{NAMESPACE}}}teiCorpus"
    assert len(all_of(root, "TEI")) == len(extracted)


def test_text_and_contents_are_whole(extracted: list[Extracted]) -> None:
    """The body's characters are the document's, and the pieces of each statement make its content."""
    for document, statements in extracted:
        root = tei((document, statements))
        (body,) = all_of(root, "body")
        assert text_of(body) == document.text
        contents = ["".join(span.text for span in each.content.spans).split() for each in statements]
        assert sorted("".join(pieces).split() for pieces in chains(root)) == sorted(contents)


def test_odd_text_survives(odd: Extracted) -> None:
    """What XML forbids is a ``<g>`` with its code point; all else, CR and markup too, is there as it was."""
    root = tei(odd)
    (body,) = all_of(root, "body")
    forbidden = [character for character in odd[0].text if character in "\x00\x07\x1c\ud800\ufffe"]
    assert [g.get("n") for g in body.iter(f"{{{NAMESPACE}}}g")] == [f"U+{ord(each):04X}" for each in forbidden]
    expected = odd[0].text
    for character in forbidden:
        expected = expected.replace(character, "\ufffd")
    assert text_of(body) == expected
    assert [text_of(name) for name in all_of(root, "persName")] == ["A\ufffd\ufffd & <Co>", "She"]


def test_crossing_statements_are_cut_and_chained(odd: Extracted) -> None:
    """A statement that runs out of another is cut at its end; nothing of it is lost."""
    discontinuous, first, crossing = chains(tei(odd))
    assert discontinuous == ["line", "it", "End 😀"]
    assert first == ["it is\ufffd so\ufffd\r\nor\tnot"]  # a wrapped line goes on
    assert crossing == ["so\ufffd\r\nor\tnot", "”</b> & left\ufffd"]
    document = make_document("She said one two three.")
    statements = [said(document, "one two"), said(document, "two three", id="b")]
    assert chains(tei((document, statements))) == [["one two"], ["two", " three"]]


def test_a_said_has_what_tei_asks_for() -> None:
    """Who, to whom, direct, and what else is known are attributes and notes."""
    text = "On Monday she told Bo Dorn that the harbour “was lost”."
    document = make_document(text, document_id="a", published="2024-01-02", title="The <harbour>")
    role = {"start": 36, "end": 43, "text": "harbour"}
    statement = said(
        document,
        "the harbour “was lost”",
        kind="mixed",
        speaker={**person("Ann Kord", document, "she"), "represents": "Port & Co", "entity": "e1", "role": role},
        addressee={**person("Bo Dorn", document, "Bo Dorn"), "entity": "e2"},
        cue={"start": 14, "end": 18, "text": "told", "lemma": "tell"},
        when={"start": 0, "end": 9, "text": "On Monday", "date": "2024-01-01"},
    )
    root = tei((document, [statement]))
    (element,) = all_of(root, "said")
    attributes = {
        "who": "#d1.e1",
        "toWhom": "#d1.e2",
        "direct": "inapplicable",
        "cert": "0.5",
        "n": "article-0",
    }
    assert attributes.items() <= dict(element.attrib).items() | {("n", "article-0")}
    assert element.get("ana") == "#kind.mixed #attitude.statement"
    notes = {note.get("type"): (note.get("n"), text_of(note)) for note in all_of(root, "note")}
    assert notes == {
        "content": (None, "32-54"),
        "cue": ("14-18", "told"),
        "lemma": (None, "tell"),
        "speaker-role": ("36-43", "harbour"),
        "speaker": ("10-13", "she"),
        "addressee": ("19-26", "Bo Dorn"),
        "when": ("0-9", "On Monday"),
        "rule": (None, "clausal_complement"),
    }
    assert text_of(all_of(root, "affiliation")[0]) == "Port & Co"
    assert text_of(all_of(root, "title")[0]) == "The <harbour>"
    assert [date.get("when") for date in all_of(root, "date")] == ["2024-01-02", "2024-01-01"]


@pytest.mark.parametrize(
    ("type_", "element"),
    [
        ("person", "person"),
        ("unknown", "person"),
        ("group", "personGrp"),
        ("organization", "org"),
        ("place", "place"),
        ("document", "bibl"),
    ],
)
def test_everybody_is_listed(type_: str, element: str) -> None:
    """Each type of entity has its element in the standOff, once, however often it speaks."""
    document = make_document("She said no. She said yes.")
    speaker = {**person("The Port", document), "type": type_, "represents": "The Town"}
    root = tei((document, [said(document, "no", speaker=speaker), said(document, "yes", speaker=speaker)]))
    (found,) = [each for each in all_of(root, element) if each.get(XML_ID)]
    assert "The PortThe Town" in text_of(found)
    assert {each.get("who") for each in all_of(root, "said")} == {f"#{found.get(XML_ID)}"}


def test_unresolved_mentions_are_not_merged() -> None:
    """Two pronouns that were not resolved are two speakers; a speaker without anything is none."""
    document = make_document("He said no. Then he said yes. Nobody.")
    nobody = {**person(None, document), "type": "unknown"}
    he = [person(None, document, "He"), person(None, document, "he"), nobody]
    contents = zip(("no", "yes", "Nobody"), he, strict=True)
    root = tei((document, [said(document, each, speaker=speaker) for each, speaker in contents]))
    assert [element.get("who") for element in all_of(root, "said")] == ["#d1.u1", "#d1.u2", None]


@pytest.mark.parametrize("text", ["", " \r\n", "\x0b\u00a0", "One."])
def test_without_a_statement(text: str) -> None:
    """A text without a statement, and one without a word, is a valid document with all its characters."""
    (body,) = all_of(tei((make_document(text), [])), "body")
    assert text_of(body) == text.replace("\x0b", "\ufffd")


def test_without_a_document() -> None:
    """No document at all gives a valid, empty one."""
    assert text_of(all_of(tei(), "body")[0]) == ""


def test_the_schema_can_fail() -> None:
    """The schema knows TEI: a said that says what is no truth value, or a word outside, is found."""
    document = make_document("She said no.")
    good = etree.tostring(tei((document, [said(document, "no")]))).decode()
    for old, new in [('direct="false"', 'direct="perhaps"'), ("<p>", "<p><shout/>"), ("</body>", "x</body>")]:
        assert old in good
        assert not SCHEMA.validate(etree.fromstring(good.replace(old, new)))
