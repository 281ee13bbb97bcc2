"""Each reader by itself: what it keeps, what it leaves out, what it refuses."""

from __future__ import annotations

import io
import json
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from quotes.cli.application import run
from quotes.errors import InputError, UsageError
from quotes.inputs.extracted import quotation
from quotes.inputs.kinds import is_mail, is_page, refuse_address, texts_of
from quotes.inputs.markdown import read_markdown
from quotes.inputs.records import is_table
from quotes.inputs.subtitles import read_subtitles
from quotes.text.document import original_to_json, read_document, read_documents, with_original
from quotes.text.language import is_english
from quotes.view.details import detail_lines
from tests.inputs import files, pages

BRIEF = ("The ferry is late again, the captain said on Monday.", "Nobody was hurt.", "It will be back in May.")


NESTED_MAIL = "From: a@b.example\nSubject: x\nMIME-Version: 1.0\n" + "".join(
    f"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n" for number in range(3000)
)


def read(data: str | bytes, name: str = "story") -> str:
    """The text of a file with one text."""
    data = data.encode("utf-8") if isinstance(data, str) else data
    (found,) = texts_of(data, name, where=name)
    return found.content.text


@pytest.mark.parametrize(
    ("blocks", "marked"),
    [
        (["We lost.", "Nobody gave up."], ["“We lost.", "“Nobody gave up.”"]),
        (["We lost.", "— Ann Kord"], ["“We lost.”", "— Ann Kord"]),
        (["“We lost,” she said."], ["“We lost,” she said."]),
        (["— Ann Kord"], ["“— Ann Kord”"]),
        ([], []),
    ],
)
def test_block_quotations_are_marked(blocks: list[str], marked: list[str]) -> None:
    """A block without marks gets those of running text; a block with marks is left alone."""
    assert quotation(blocks) == marked


@pytest.mark.parametrize(
    ("text", "suffix", "is_one"),
    [
        ("<!DOCTYPE html><p>x", ".txt", True),
        ("\ufeff\n<!-- saved --><HTML><BODY>", ".txt", True),
        ("<p>One.</p><p>Two.</p>", ".txt", True),
        ("<p>One.</p>", ".html", True),
        ("<p>One.</p>", ".txt", False),
        ("The tag <p> begins a paragraph.</p></p>", ".txt", False),
        ("Words.", ".html", False),
    ],
)
def test_pages_are_known(text: str, suffix: str, is_one: bool) -> None:
    """A page is known by its beginning; a tag inside a text makes no page."""
    assert is_page(text, suffix) is is_one


@pytest.mark.parametrize(
    ("text", "suffix", "is_one"),
    [
        ("From: a@b.example\nSubject: x\nMIME-Version: 1.0\n\nText", "", True),
        ("From: a@b.example\nSubject: x\nTo: c\n\nText", ".eml", True),
        ("From: a@b.example\nSubject: x\nTo: c\n\nText", ".txt", False),
        ("KORD: We lost.\nFARR: We did.\nKORD: Yes.\n", ".txt", False),
    ],
)
def test_mails_are_known(text: str, suffix: str, is_one: bool) -> None:
    """A mail has fields that only mail programs write; turns of an interview are none."""
    assert is_mail(text, suffix) is is_one


@pytest.mark.parametrize(
    ("text", "named_so", "is_one"),
    [
        ("id,text\n1,One.\n2,Two.\n", False, True),
        ("id;headline\n1;One.\n", False, False),
        ("id;headline\n1;One.\n", True, True),
        ("Bridge closes, mayor says\n\nThe mayor, Ann Kord, said so.\n", False, False),
        ("Text, he said\nOne, two\n", False, False),
        ("", True, False),
    ],
)
def test_tables_are_known(text: str, named_so: bool, is_one: bool) -> None:
    """A table has a header and even rows; prose with commas is none."""
    assert is_table(text, named_so=named_so) is is_one


def test_subtitles_that_roll_up_are_read_once() -> None:
    """A line that a caption repeats from the one before is one line; times are those of its first showing."""
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nWe lost\n\n00:02.000 --> 00:03.000\nWe lost\nthe game.\n"
    found = read_subtitles(text, "x")
    assert found.text == "We lost the game.\n"
    assert [(each.start, each.end, each.begins, each.ends) for each in found.timings] == [
        (0, 7, 1.0, 2.0),
        (8, 17, 2.0, 3.0),
    ]
    assert [found.text[each.start : each.end] for each in found.timings] == ["We lost", "the game."]


def test_subtitles_in_a_txt_file_are_joined_only_where_they_must_be() -> None:
    """Where each cue is a sentence, the offsets of a .txt file stay those of the file."""
    whole = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann Kord>We lost.\n\n00:02.000 --> 00:03.000\n<v Ole Farr>Why?\n"
    assert read(whole, "a.txt") == whole
    assert read(whole, "a.vtt") == "Ann Kord: We lost.\n\nOle Farr: Why?\n"
    divided = whole.replace("We lost.", "We lost and")
    assert read(divided, "a.txt") == "Ann Kord: We lost and\n\nOle Farr: Why?\n"


def test_subtitles_begin_a_paragraph_for_each_speaker() -> None:
    """Marks of a new speaker, labels, and long pauses part paragraphs."""
    cues = [(1, ">> We lost."), (3, "- It was cold."), (5, "KORD: It rained."), (20, "The end.")]
    text = "\n\n".join(
        f"{n}\n00:00:{at:02},000 --> 00:00:{at + 1:02},500\n{line}" for n, (at, line) in enumerate(cues, 1)
    )
    assert read_subtitles(text, "x").text == "We lost.\n\nIt was cold.\n\nKORD: It rained.\n\nThe end.\n"


def test_statements_of_subtitles_have_times(tmp_path: Path, extractor: object) -> None:
    """The times of a statement go from its first to its last cue."""
    path = tmp_path / "news.srt"
    path.write_text(
        "1\n00:00:01,000 --> 00:00:03,500\n“The ferry is late and\n\n2\n00:00:03,500 --> 01:00:06,250\n"
        "will be later still,” said Ann Kord.\n",
        "utf-8",
    )
    (statement,) = extractor.extract_document(read_document(path))  # type: ignore[attr-defined]
    record = statement.model_dump()
    assert record["provenance"]["times"] == {"start": 1.0, "end": 3606.25}
    assert ("Heard", "0:00:01–1:00:06") in list(detail_lines(statement))
    assert record["provenance"]["document"]["original"]["format"] == "srt"


def test_plain_text_is_written_as_before(tmp_path: Path, extractor: object) -> None:
    """What came later is absent from the statements of a plain text."""
    path = tmp_path / "a.txt"
    path.write_text("“The ferry is late,” said Ann Kord.", "utf-8")
    (statement,) = extractor.extract_document(read_document(path))  # type: ignore[attr-defined]
    record = json.loads(statement.model_dump_json())
    assert set(record["provenance"]) == {"document", "paragraph", "sentence", "rule", "extractor"}
    assert set(record["provenance"]["document"]) == {"id", "path", "sha256", "title", "publisher", "published"}


def test_markdown_without_its_marks() -> None:
    """Marks go, code and pictures too; front matter gives title, day and author."""
    found = read_markdown(
        "---\ntitle: 'A'\ndate: 2024-05-03\nauthor: Jo\n---\n# Head\n\nOne **bold** [link](x) `code`\nline.[^1]\n\n"
        "![pic](p.png)\n\n<div>tag</div>\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: A note.\n"
    )
    assert found.text == "Head\n\nOne bold link code line.\n\ntag\n\na\n\nb\n\nc\n\nd\n\nA note.\n"
    assert (found.title, str(found.published), found.author) == ("A", "2024-05-03", "Jo")


def test_a_page_tells_about_itself(tmp_path: Path) -> None:
    """Title, publisher, author, day and address come from the page; what the caller knows comes first."""
    pytest.importorskip("trafilatura")
    path = tmp_path / "a.html"
    path.write_text(pages.semantic("The ferry is late", BRIEF), "utf-8")
    document = read_document(path)
    assert (document.title, document.publisher) == ("The ferry is late", "The Daily Ledger")
    assert str(document.published) == "2024-05-03"
    assert document.original is not None
    assert (document.original.author, document.original.url) == ("Jo Berg", "https://ledger.example/story")
    assert document.original.tool.startswith("trafilatura ")
    assert read_document(path, publisher="Other").publisher == "Other"


@pytest.mark.parametrize("template", pages.TEMPLATES)
@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_brief_is_read_without_its_page(template: str, length: int) -> None:
    """Of a page with a story of a sentence or three, nothing but the story is read."""
    pytest.importorskip("trafilatura")
    text = read(pages.TEMPLATES[template]("The ferry is late", BRIEF[:length]))
    lines = [line for line in text.split("\n") if line and line != "Posted on May 3, 2024 by Jo Berg"]
    assert lines == ["The ferry is late", *BRIEF[:length]]


def test_no_reader_opens_a_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that names pictures, scripts and frames elsewhere is read without a single request."""
    pytest.importorskip("trafilatura")
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("a connection was opened"))
    page = pages.blog("The ferry is late", BRIEF)
    page = page.replace(
        "<body", "<script src='https://x.example/a.js'></script><img src='https://x.example/b.png'><body"
    )
    assert "the captain said" in read(page)


def test_a_document_that_grows_when_unpacked_is_refused() -> None:
    """A zip archive may not hold more than 20 times the longest text."""
    data = files.docx([files.run("a" * 100_000)])
    with pytest.raises(InputError, match="longer than 20,000 bytes when unpacked"):
        texts_of(data, "a.docx", where="a.docx", max_bytes=1000)


@pytest.mark.parametrize(
    ("library", "module", "data", "extra"),
    [
        ("trafilatura", "trafilatura", b"<!DOCTYPE html><p>x</p>", "web"),
        ("mammoth", "mammoth", files.docx([files.run("x")]), "docx"),
        ("pdfminer", "pdfminer.high_level", b"%PDF-1.4", "pdf"),
    ],
)
def test_a_missing_reader_names_its_extra(
    library: str, module: str, data: bytes, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the library the message says what to install."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UsageError, match=rf"needs {library}.*pip install 'quotes-attribution\[{extra}\]'"):
        read(data)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        ("[]", "a.json", "without a record"),
        ("[1]", "a.json", "record 1: a JSON object with a text is needed, not int"),
        ('{"words": "x"}', "a.txt", r"has no text under text, body, .*its keys: words"),
        ('{"schema_version": 2, "provenance": {}}', "a.json", "is a statement that quotes has found"),
        ("{'a': 1}", "a.json", "is no JSON that can be read"),
        ("WEBVTT\n\nNOTE nothing\n", "a.vtt", "no subtitles"),
        (files.archive({"content.xml": "", "mimetype": "x"}), "a.odt", "OpenDocument"),
        (files.archive({"META-INF/container.xml": ""}), "a.epub", "e-book"),
        (files.archive({"a.txt": "x"}), "a.zip", "unpack it"),
        (b"bplist00" + bytes(20), "a.webarchive", "save the page as HTML"),
        ("From: a@b.example\nSubject: x\nMIME-Version: 1.0\n\n", "a.eml", "no text in this mail"),
        (NESTED_MAIL, "a.eml", "cannot be read as a mail"),
    ],
)
def test_what_is_refused_says_why(data: str | bytes, name: str, message: str) -> None:
    """Each refusal is one line that names the file and a way."""
    if name in ("a.odt", "a.epub", "a.zip"):
        pytest.importorskip("mammoth")
    with pytest.raises(InputError, match=message) as caught:
        read(data, name)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(name)


@pytest.mark.parametrize("name", ["https://ledger.example/a", "HTTP://a.example", "www.ledger.example/a"])
def test_addresses_are_refused(name: str) -> None:
    """An address is refused with a word on how to save a page, from Python too."""
    with pytest.raises(InputError, match="pages are not fetched"):
        refuse_address(name)
    with pytest.raises(InputError, match="pages are not fetched"):
        read_document(name)


def test_several_texts(tmp_path: Path) -> None:
    """JSON Lines give a document for each record; read_document wants one text."""
    path = tmp_path / "news.jsonl"
    path.write_text('{"id": 7, "text": "One."}\n{"content": {"rendered": "Two."}, "date": "2024-05-03"}\n', "utf-8")
    one, two = read_documents(path)
    assert (one.id, one.text, two.id, two.text) == ("7", "One.", "news:2", "Two.")
    assert str(two.published) == "2024-05-03"
    with pytest.raises(InputError, match="holds 2 texts"):
        read_document(path)
    assert with_original(one, original_to_json(one) or "") == one


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("Die Fähre kommt wieder zu spät, sagte der Kapitän am Montag im Hafen. " * 5, False),
        ("Le bac est encore en retard, a dit le capitaine lundi dans le port de la ville. " * 5, False),
        ("El barco llega tarde otra vez, dijo el capitán el lunes en el puerto de la ciudad. " * 5, False),
        ("Паром снова опаздывает, сказал капитан в понедельник в порту города. " * 5, False),
        ("The ferry is late again, the captain said on Monday in the harbour of the town. " * 5, True),
        ("Die Fähre kommt.", True),
        ("Kord 3, Farr 2, Lind 1. " * 5, True),
        ("", True),
    ],
)
def test_english_is_known(text: str, is_it: bool) -> None:
    """A text in another language is known by its words or its script; a short one is given the benefit of the doubt."""
    assert is_english(text) is is_it


HOSTILE = {
    "comments": "<!---->" * 100_000,
    "nested tags": "<!doctype html><article><p>" + "<b>" * 50_000,
    "nested blocks": "<!doctype html>" + "<div>" * 50_000,
    "nested quotations": "<!doctype html><article><p>Text.</p>" + "<blockquote>" * 5000,
    "one endless line": "<!doctype html><article><p>" + "a b " * 200_000,
    "Markdown": ">" * 10_000 + "[" * 10_000 + "*a " * 10_000,
    "JSON": "[" * 200_000,
    "a table": 'a,b\n"' + "x" * 500_000,
    "the header of a mail": "A: b\n" * 100_000,
    "cues": "WEBVTT\n\n" + "00:01.000 --> 00:02.000\nx\n\n" * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("suffix", ["", ".md", ".eml", ".csv"])
def test_files_made_to_be_slow_are_not(name: str, suffix: str) -> None:
    """Files that try to be slow or to nest too deeply are read, or refused, in seconds."""
    pytest.importorskip("trafilatura")
    begun = time.process_time()
    with suppress(InputError):
        texts_of(HOSTILE[name].encode("utf-8"), f"x{suffix}", where="x")
    assert time.process_time() - begun < 10


def test_a_page_on_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard input has no name, and is known by its content all the same."""
    pytest.importorskip("trafilatura")
    page = pages.semantic("The ferry is late", ["“We lost an engine,” said Ann Kord, the captain."])
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(page.encode("utf-8")), "utf-8"))
    assert run(["extract", "-", "--format", "json"]) == 0
    (record,) = json.loads(capsys.readouterr().out)
    document = record["provenance"]["document"]
    assert (document["id"], document["path"], document["original"]["format"]) == ("stdin", None, "html")
