"""Thirty files as people have them, through the command line: what comes out, or how it is refused."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from quotes.cli.application import run
from tests.inputs import files, pages

pytest.importorskip("trafilatura", reason="needs the extra 'web'")
pytest.importorskip("mammoth", reason="needs the extra 'docx'")
pytest.importorskip("pdfminer", reason="needs the extra 'pdf'")

TITLE = "Harbour bridge to close for a year"
STORY = (
    "The harbour bridge will be closed to traffic from Monday, the town council said in a statement on Friday.",
    "“The cables are worn through, and we cannot wait another winter,” said Ann Kord, the harbour master.",
    "She told reporters that a ferry would run every ten minutes from six in the morning.",
    "“This is a disaster for every stall on the quay,” Ole Farr, who owns the fish market, told the radio.",
    "The work is paid for by the province and is to end in the spring of next year.",
)
FOUND = {
    "The harbour bridge will be closed to traffic from Monday": "town council",
    "The cables are worn through, and we cannot wait another winter,": "Ann Kord",
    "a ferry would run every ten minutes from six in the morning": "Ann Kord",
    "This is a disaster for every stall on the quay,": "Ole Farr",
}
PLAIN = "\n\n".join((TITLE, *STORY)) + "\n"
KORD = {"The cables are worn through, and we cannot wait another winter,": "Ann Kord"}

SAVED = pages.semantic(TITLE, STORY).replace(
    "<head>",
    "<head><!-- saved from url=(0032)https://ledger.example/story -->"
    "<script>document.write('<p>“Buy now,” said Ad Person.</p>');</script>"
    "<noscript><p>Switch on scripts.</p></noscript>",
)
HOME = (
    f"<!DOCTYPE html><html><head><title>The Daily Ledger</title></head><body><ul>{pages.MENU}</ul><ul>"
    f"{pages.RELATED}</ul></body></html>"
)
QUOTED = (
    f"<!DOCTYPE html><html><head>{pages.metadata(TITLE)}</head><body><article><h1>{TITLE}</h1><p>{STORY[0]}</p>"
    "<p>Ann Kord, the harbour master, said:</p><blockquote><p>The cables are worn through, and we cannot wait another "
    f"winter.</p></blockquote><p>{STORY[4]}</p></article></body></html>"
)
NOTES = f"""---
title: {TITLE}
date: 2024-05-03
---

# {TITLE}

**{STORY[0]}**[^1]

{STORY[1].replace("Ann Kord", "[Ann Kord](https://ledger.example/kord)").replace("worn", "*worn*")}

- {STORY[2]}
- {STORY[3]}

```python
print("“No,” said Code Person.")
```

Lena Moor, a teacher, said:

> Nobody asked us before it was decided.
> <br>

[^1]: The statement was sent by mail.
"""
TRACKED = files.docx(
    [
        files.run(TITLE),
        files.run("“The cables are ")
        + files.deleted("old and ")
        + files.inserted("worn through, and ")
        + files.run("we cannot wait another winter,” said ")
        + files.deleted("the spokeswoman.")
        + files.inserted("Ann Kord, the harbour master."),
    ]
)
COLUMNS = files.pdf(
    [
        [
            "The harbour bridge will be closed to traffic from",
            "Monday, the town council said in a state-",
            "ment on Friday.",
            "",
            "\x93The cables are worn through, and we can-".replace("\x93", "“"),
            "not wait another winter,” said Ann Kord,",
            "the harbour",
        ],
        [
            "master.",
            "",
            "“This is a disaster for every stall on the quay,”",
            "Ole Farr, who owns the fish market, told the radio.",
        ],
    ]
)
VTT = """WEBVTT - Evening news

STYLE
::cue { color: yellow }

1
00:00:01.000 --> 00:00:03.500 align:start
<v Ann Kord>The cables are <i>worn</i> through,

2
00:00:03.500 --> 00:00:06.000
<v Ann Kord>and we cannot wait another winter.

3
00:00:06.500 --> 00:00:08.000
<v Ole Farr>It is a disaster for every stall.
"""
SRT = """1
00:00:01,000 --> 00:00:03,500
“The cables are worn through, and we

2
00:00:03,500 --> 00:00:06,000
cannot wait another winter,” said
<font color="#fff">Ann Kord, the harbour master.</font>
"""
HEADER = (
    "Received: from mail.example\nMessage-ID: <1@ledger.example>\nFrom: Press Office <press@ledger.example>\n"
    f"To: desk@ledger.example\nSubject: {TITLE}\nDate: Fri, 3 May 2024 09:00:00 +0000\nMIME-Version: 1.0\n"
)
MAIL = HEADER + "Content-Type: text/plain; charset=utf-8\n\n" + "\n\n".join(STORY) + "\n\n-- \nPress Office\nTel. 555\n"
PAGE_MAIL = HEADER + "Content-Type: text/html; charset=utf-8\n\n" + pages.semantic(TITLE, STORY)
RECORDS = [{"id": "a", "text": STORY[1], "published": "2024-05-03"}, {"id": "b", "text": STORY[3]}]
GERMAN = (
    "Die Brücke im Hafen wird ab Montag für den Verkehr gesperrt, teilte die Stadt am Freitag mit. „Die Seile sind "
    "durchgescheuert, und wir können keinen weiteren Winter warten“, sagte die Hafenmeisterin Anna Kord. Sie sagte vor "
    "Journalisten, dass eine Fähre alle zehn Minuten fahren werde. Der Besitzer des Fischmarkts nannte den Plan eine "
    "Katastrophe für jeden Stand am Kai.\n"
)
CHINESE = "市政府周五在一份声明中表示，港口大桥将从周一起对车辆关闭。" * 6


@dataclass(frozen=True)
class Case:
    """A file, and what is found in it, or what the one line of its refusal says."""

    name: str
    data: str | bytes
    found: dict[str, str] | None = None
    refused: str = ""
    warned: str = ""
    kind: str | None = None


CASES = {
    **{
        f"page: {name}": Case("story.html", template(TITLE, STORY), FOUND, kind="html")
        for name, template in pages.TEMPLATES.items()
    },
    "saved page with scripts": Case("story.htm", SAVED, FOUND, kind="html"),
    "page in another encoding": Case(
        "story.html", SAVED.replace('charset="utf-8"', 'charset="windows-1252"').encode("cp1252"), FOUND, kind="html"
    ),
    "page with a block quotation": Case(
        "story.html",
        QUOTED,
        {
            "The harbour bridge will be closed to traffic from Monday": "town council",
            "The cables are worn through, and we cannot wait another winter.": "Ann Kord",
        },
        kind="html",
    ),
    "page called .txt": Case("story.txt", pages.blog(TITLE, STORY), FOUND, kind="html"),
    "text called .html": Case("story.html", PLAIN, FOUND),
    "text without a suffix": Case("story", PLAIN, FOUND),
    "home page": Case("home.html", HOME, refused="no article was found"),
    "broken page": Case("story.html", "<!DOCTYPE html><html><head><title>x", refused="no article was found"),
    "Word with tracked changes": Case("story.docx", TRACKED, KORD, kind="docx"),
    "Word called .pdf": Case("story.pdf", TRACKED, KORD, kind="docx"),
    "two-column PDF": Case(
        "story.pdf",
        COLUMNS,
        {
            "The harbour bridge will be closed to traffic from Monday": "town council",
            **KORD,
            "This is a disaster for every stall on the quay,": "Ole Farr",
        },
        kind="pdf",
    ),
    "WebVTT": Case(
        "news.vtt",
        VTT,
        {
            "The cables are worn through, and we cannot wait another winter.": "Ann Kord",
            "It is a disaster for every stall.": "Ole Farr",
        },
        kind="vtt",
    ),
    "WebVTT called .txt": Case(
        "news.txt",
        VTT,
        {
            "The cables are worn through, and we cannot wait another winter.": "Ann Kord",
            "It is a disaster for every stall.": "Ole Farr",
        },
        kind="vtt",
    ),
    "SubRip": Case("news.srt", SRT, KORD, kind="srt"),
    "mail": Case("press.eml", MAIL, FOUND, kind="eml"),
    "mail in HTML": Case("press.eml", PAGE_MAIL, FOUND, kind="eml"),
    "Markdown with notes": Case(
        "story.md", NOTES, {**FOUND, "Nobody asked us before it was decided.": "Lena Moor"}, kind="markdown"
    ),
    "JSON Lines": Case(
        "news.jsonl",
        "\n".join(map(json.dumps, RECORDS)),
        {
            **KORD,
            "This is a disaster for every stall on the quay,": "Ole Farr",
        },
        kind="json",
    ),
    "JSON called .txt": Case("news.txt", json.dumps({"text": PLAIN}), FOUND, kind="json"),
    "CSV": Case("news.csv", f'id,text\na,"{STORY[1]}"\n', refused="is a table; read the texts in one of its columns"),
    "German": Case("news.txt", GERMAN, warned="does not read as English"),
    "Chinese": Case("news.txt", CHINESE, {}, warned="does not read as English"),
    "empty": Case("news.txt", "", {}, warned="there is no text in it"),
    "broken PDF": Case(
        "story.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<", refused="is a PDF that cannot be read"
    ),
    "broken Word document": Case("story.docx", TRACKED[:400], refused="damaged zip archive"),
    "RTF": Case("story.rtf", r"{\rtf1\ansi “No,” said Ann Kord.}", refused="is RTF; open it in a word processor"),
    "workbook": Case("news.xlsx", files.archive({"xl/workbook.xml": "<x/>"}), refused="save the sheet as CSV"),
    "picture": Case("scan.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), refused="looks binary (a PNG image)"),
    "old Word document": Case("story.doc", b"\xd0\xcf\x11\xe0\xa1\xb1" + bytes(600), refused="save it as DOCX"),
    "feed": Case("feed.xml", "<?xml version='1.0'?><rss><channel/></rss>", refused="is XML, not an article"),
}
MARKUP = re.compile(r"</?\w|\*\*|\]\(|-->|\[\^|&\w+;|\{\\")


def test_there_are_thirty_at_least() -> None:
    """The table has the files that people have, good ones and bad ones."""
    assert len(CASES) >= 30


@pytest.mark.parametrize("name", CASES)
def test_what_comes_out(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Statements without markup and with true offsets into the text that is kept, or one line that names a way."""
    case = CASES[name]
    path = tmp_path / case.name
    path.write_bytes(case.data.encode("utf-8") if isinstance(case.data, str) else case.data)
    code = run(["extract", str(path), "--format", "json", "--keep-text", str(tmp_path / "texts")])
    printed = capsys.readouterr()
    if case.refused:
        assert code in (2, 3)
        assert not printed.out
        assert printed.err.count("\n") == 1
        assert case.refused in printed.err
        return
    assert code == 0
    assert case.warned in printed.err
    assert case.warned or not printed.err
    records = json.loads(printed.out)
    found = {record["content"]["text"]: (record["speaker"] or {}).get("name") for record in records}
    assert not [content for content in found if MARKUP.search(content)]
    if case.found is not None:
        assert found == case.found
    for record in records:
        document = record["provenance"]["document"]
        text = (tmp_path / "texts" / f"{document['id']}.txt").read_bytes().decode("utf-8")
        assert all(text[span["start"] : span["end"]] == span["text"] for span in record["content"]["spans"])
        assert document.get("original", {}).get("format") == case.kind
