"""The REFI-QDA project: valid against the standard's schema, and read by others with every position in its place."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from quotes.io import write_qdpx
from quotes.text.document import make_document
from tests.conftest import make_statement
from tests.io.conftest import person, said

if TYPE_CHECKING:
    from quotes.io import Extracted
    from quotes.text.document import Document

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "schemas" / "refi_qda_project.xsd"))
Q = "{urn:QDA-XML:project:1.0}"
MATCH = "“We lost,” Ann Kord told the council, “but nobody gave up.” 😀\r\nIt is safe, she denied.\n"


def project(extracted: list[Extracted]) -> bytes:
    """The bytes of a project."""
    stream = io.BytesIO()
    write_qdpx(extracted, stream)
    return stream.getvalue()


def tree(data: bytes) -> etree._Element:
    """The XML of a project."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return etree.fromstring(archive.read("project.qde"))


def as_imported(data: bytes, source: etree._Element) -> str:
    """The text of a source as a program reads it: UTF-8, with or without a byte order mark, universal newlines."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.open(f"sources/{source.get('plainTextPath').removeprefix('internal://')}")
        return io.TextIOWrapper(content, "utf-8-sig").read()


@pytest.fixture
def match() -> tuple[Document, list[Any]]:
    """A match report with a statement in two pieces behind which a line end and an emoji come, and a denied one."""
    document = make_document(MATCH, document_id="match", publisher="Castell & Wire", published="2024-05-02")
    return document, [
        said(document, "We lost,", "but nobody gave up.", kind="direct", speaker=person("Ann Kord", document)),
        said(document, "It is safe", id="second", negated=True, speaker=person(None, document, "she")),
    ]


def test_projects_are_valid(extracted: list[Extracted]) -> None:
    """What is written of any source keeps the standard's schema, with a selection for each piece."""
    root = tree(project(extracted))
    SCHEMA.assertValid(root)
    pieces = sum(len(each.content.spans) for _, statements in extracted for each in statements)
    assert len(root.findall(f".//{Q}PlainTextSelection")) == pieces
    guids = [each.get("guid") for each in root.iter() if each.get("guid")]
    assert len(guids) == len(set(guids))
    assert {each.get("targetGUID") for each in root.iter() if each.get("targetGUID")} <= set(guids)


def test_odd_texts_are_valid(odd: Extracted) -> None:
    """What XML forbids is nowhere, and a project without any text is one too."""
    for extracted in ([odd, odd], [(odd[0], [])], []):
        SCHEMA.assertValid(tree(project(extracted)))


def test_selections_are_coded(match: Extracted) -> None:
    """Each piece has the codes of its statement, by their names, and says what else is known."""
    root = tree(project([match]))
    parents = {code.get("guid"): code.getparent().get("name") for code in root.iter(f"{Q}Code")}
    names = {code.get("guid"): code.get("name") for code in root.iter(f"{Q}Code")}
    found = [
        [
            (parents[each.get("targetGUID")], names[each.get("targetGUID")])
            for each in selection.iterfind(f"{Q}Coding/{Q}CodeRef")
        ]
        for selection in root.iter(f"{Q}PlainTextSelection")
    ]
    first = [("Kind", "direct"), ("Attitude", "statement"), ("Speaker", "Ann Kord")]
    second = [("Kind", "indirect"), ("Attitude", "statement"), ("Speaker", "(not named)"), (None, "negated")]
    assert found == [first, first, second]
    described = [each.findtext(f"{Q}Description") for each in root.iter(f"{Q}PlainTextSelection")]
    assert described[1] == (
        "Ann Kord; cue “said”; rule clausal_complement; confidence 0.50; statement match-0; piece 2 of 2"
    )
    assert [each.text for each in root.iter(f"{Q}TextValue", f"{Q}DateValue")] == ["Castell & Wire", "2024-05-02"]


def test_a_second_reader_finds_the_words(match: Extracted, odd: Extracted, tmp_path: Path) -> None:
    """Another library reads the project, and the words at each position are those of the statement."""
    pyrefiqda = pytest.importorskip("pyrefiqda", reason="pyrefiqda is not installed (extra 'test')")
    path = tmp_path / "both.qdpx"
    path.write_bytes(project([match, odd]))
    read = pyrefiqda.RefiProject.load(path, extract_dir=tmp_path)
    assert read.users.user[0].name == "quotes"
    words = []
    for source in read.sources.text_source:
        text = pyrefiqda.RefiProject.resolve_source_path(source.plain_text_path, tmp_path).read_text("utf-8")
        words.append([text[each.start_position : each.end_position] for each in source.plain_text_selection])
    assert words == [
        ["We lost,", "but nobody gave up.", "It is safe"],
        [
            "it is\x00 so� \nor\tnot",
            "so� \nor\tnot”</b> & left\ufffe",
            *("line", "it", "End 😀"),
        ],
    ]


ANY_TEXT = st.text(st.sampled_from("a“ \r\n\ufeff😀\u2028\x85\x00\ud83d"), min_size=1, max_size=30)


@given(text=ANY_TEXT)
@example("\ufeffa\r\n\r\r\n")
def test_every_position_holds(text: str) -> None:
    """However a text ends its lines, a program that reads it with its own line ends finds as many code points."""
    document = make_document(text, document_id="any")
    data = project([(document, [make_statement(text, at=0)])])
    root = tree(data)
    SCHEMA.assertValid(root)
    (source,) = root.iter(f"{Q}TextSource")
    given, imported = (re.sub("[\r\n\ufeff\ufffd\ud83d]", " ", each) for each in (text, as_imported(data, source)))
    assert imported == given


def test_the_same_is_the_same(match: Extracted, odd: Extracted) -> None:
    """The same statements give the same bytes; a code, a text and a selection keep their ids beside other texts."""
    alone, both = project([match]), project([odd, match])
    assert alone == project([match])
    ids = [{each.get("guid") for each in tree(data).iter() if each.get("guid")} for data in (alone, both)]
    assert ids[0] <= ids[1]


def test_texts_of_one_name_are_told_apart(match: Extracted) -> None:
    """Programs want each source under a name of its own."""
    sources = tree(project([match, match])).iter(f"{Q}TextSource")
    assert [each.get("name") for each in sources] == ["match", "match-2"]


def test_nothing_is_written_after_a_failure(match: Extracted) -> None:
    """A fault on the way leaves the stream untouched."""
    stream = io.BytesIO()

    def failing() -> Any:
        yield match
        raise RuntimeError("a text that fails")

    with pytest.raises(RuntimeError, match="a text that fails"):
        write_qdpx(failing(), stream)
    assert stream.getvalue() == b""
