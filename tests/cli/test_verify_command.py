"""``quotes verify`` and ``quotes index``: forms, exit codes, sources of every kind."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.cli import options
from quotes.cli.verify import repeated
from quotes.io.json import verification_schema

if TYPE_CHECKING:
    from quotes.extractor import Extractor
    from tests.cli.conftest import Outcome

Run = Callable[..., "Outcome"]

ARTICLE = (
    "“The bridge will not close in June,” Ann Kord told the council.\n\n“We have nine pumps,” said Bo Dorn. "
    "Kord said the bridge was safe.\n"
)
TRANSCRIPT = (
    "ANN KORD: The bridge will not close in June. It is safe, I think.\n\nBO DORN: We have six pumps.\n\n"
    "ANN KORD: Thank you.\n"
)


@pytest.fixture
def quotes(quotes: Run, extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line with a real extractor, loaded once."""
    monkeypatch.setattr(options, "make_extractor", lambda *_: extractor)
    return quotes


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an article, a transcript and an archive, to work in."""
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "council.txt").write_text(TRANSCRIPT, "utf-8")
    rows = [{"id": "other", "text": "Nothing of the kind."}, {"id": "council", "text": TRANSCRIPT, "published": "May"}]
    (tmp_path / "archive.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_json_keeps_its_schema(quotes: Run, folder: Path) -> None:
    """A file gets JSON, one record a statement in order, as the schema says."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed (extra 'test')")
    result = quotes("verify", "article.txt", "--against", "sources", "-o", "out.json")
    assert (result.code, result.out) == (0, "")
    assert result.err == "Wrote 3 verifications from 1 text to out.json\n"
    records = json.loads((folder / "out.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(verification_schema()).validate(records)
    assert [record["verdict"] for record in records] == ["verbatim", "altered", None]


def test_a_table_for_the_terminal(quotes: Run, folder: Path) -> None:
    """Without a file a table shows verdicts and, in place, what the source has instead."""
    result = quotes("verify", "article.txt", "--against", "sources/council.txt")
    assert result.code == 0
    assert "We have [-six-] {+nine+} pumps" in result.out
    assert "1 verbatim, 1 altered" in result.out
    assert "false" not in result.out.lower()


def test_csv(quotes: Run, folder: Path) -> None:
    """A table for a spreadsheet has a row a statement, with the difference in words."""
    result = quotes("verify", "article.txt", "--against", "sources", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.out.removeprefix("\ufeff"))))
    assert [(row["verdict"], row["source_speaker"]) for row in rows][:2] == [
        ("verbatim", "ANN KORD"),
        ("altered", "BO DORN"),
    ]
    assert (rows[1]["differences"], rows[1]["concerns"]) == ("changed: “nine” for “six” (quantity)", "quantity")


@pytest.mark.parametrize("given", [["-o", "page.html"], ["-o", "page.htm", "--format", "html"]])
def test_a_page(quotes: Run, folder: Path, given: list[str]) -> None:
    """A page has the articles beside the sources, of an archive those that have a passage."""
    result = quotes("verify", "article.txt", "--against", "sources", "archive.jsonl", *given)
    assert result.code == 0
    page = (folder / given[1]).read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert re.findall('data-verdict="(.*?)"', page) == ["verbatim", "altered", "reported"]
    assert "compared with 1 source and the archive archive.jsonl" in page
    assert "Nothing of the kind." not in page
    only = quotes("verify", "article.txt", "--against", "archive.jsonl", "--format", "html")
    assert "compared with the archive archive.jsonl" in only.out
    assert "BO DORN: " in re.sub("<.*?>", "", only.out)


def test_the_ending_tells_the_format(quotes: Run, folder: Path) -> None:
    """A file that ends in .csv is a table; --format may not say otherwise."""
    quotes("verify", "article.txt", "--against", "sources", "-o", "out.csv")
    assert (folder / "out.csv").read_text("utf-8").startswith('\ufeff"document"')
    assert quotes("verify", "article.txt", "--against", "sources", "-o", "out.csv", "--format", "json").code == 2


@pytest.mark.parametrize(("verdicts", "code"), [("altered,not_found", 1), ("not_found", 0), ("other_speaker", 0)])
def test_fail_on(quotes: Run, folder: Path, verdicts: str, code: int) -> None:
    """An unwanted verdict is exit code 1, with the quotations on standard error."""
    result = quotes("verify", "article.txt", "--against", "sources", "-o", "out.json", "--fail-on", verdicts)
    assert result.code == code
    assert ("article.txt:66: altered, quantity: We have nine pumps," in result.err) == (code == 1)
    assert (folder / "out.json").exists()


@pytest.mark.parametrize(
    ("source", "wanted", "line"),
    [
        ("The bridge will not ever close in June.", "altered,negation", ": negation, trimmed: The bridge will ever"),
        ("The bridge will not ever close in June.", "altered,condition", ""),
        ("The bridge will ever close in June.", "negation", ""),
        ("Nothing of the kind was said here at all.", "negation", ""),
    ],
)
def test_fail_on_what_differences_concern(quotes: Run, folder: Path, source: str, wanted: str, line: str) -> None:
    """A "not" that is left out fails a check that lets other trimming pass; of what was not found nothing does."""
    (folder / "draft.txt").write_text("“The bridge will ever close in June,” Ann Kord told the council.\n", "utf-8")
    (folder / "source.txt").write_text(f"ANN KORD: {source}\n", "utf-8")
    result = quotes("verify", "draft.txt", "--against", "source.txt", "-o", "out.json", "--fail-on", wanted)
    assert (result.code, line in result.err, "draft.txt:1:" in result.err) == (int(bool(line)), True, bool(line))


def test_a_verdict_that_does_not_exist(quotes: Run, folder: Path) -> None:
    """An unknown verdict is refused before any work."""
    result = quotes("verify", "article.txt", "--against", "sources", "--fail-on", "wrong")
    assert result.code == 2
    assert "no verdict 'wrong'" in result.err


def test_archives_are_indexed_once(quotes: Run, folder: Path) -> None:
    """An archive is indexed beside it at its first use, again when it has changed, or beforehand."""
    first = quotes("verify", "article.txt", "--against", "archive.jsonl", "--format", "json")
    assert "Indexing archive.jsonl, once" in first.err
    index = folder / "archive.jsonl.quotes-index"
    made = index.stat().st_mtime_ns
    second = quotes("verify", "article.txt", "--against", "archive.jsonl", "--format", "json")
    assert (second.out, second.err, index.stat().st_mtime_ns) == (first.out, "", made)
    assert [record["verdict"] for record in json.loads(first.out)] == ["verbatim", "altered", None]
    with (folder / "archive.jsonl").open("a", encoding="utf-8") as stream:
        stream.write("no JSON\n")
    assert quotes("verify", "article.txt", "--against", "archive.jsonl", "--format", "json").out == first.out
    assert index.stat().st_mtime_ns > made


def test_index(quotes: Run, folder: Path) -> None:
    """An index is made beforehand, of files and folders, and bad lines are named."""
    result = quotes("index", "sources", "-o", "sources.quotes-index")
    assert (result.code, result.err) == (0, "Wrote an index of 1 document to sources.quotes-index\n")
    found = quotes("verify", "article.txt", "--against", "sources.quotes-index", "--format", "json")
    assert [record["verdict"] for record in json.loads(found.out)] == ["verbatim", "altered", None]
    assert quotes("index", "archive.jsonl", "-o", "x.db").code == 2
    (folder / "bad.jsonl").write_text("no JSON\n", "utf-8")
    bad = quotes("index", "bad.jsonl")
    assert bad.code == 7
    assert "left out bad.jsonl:1" in bad.err
    (folder / "no.quotes-index").write_text("nothing", "utf-8")
    assert quotes("verify", "article.txt", "--against", "no.quotes-index").code == 6
    assert quotes("verify", "article.txt", "--against", "none.quotes-index").code == 3


def test_sources_that_cannot_be_compared(quotes: Run, folder: Path) -> None:
    """A source in another language, or without text, is named in a warning."""
    (folder / "german.txt").write_text(
        "Die Brücke wird im Juni nicht gesperrt, und wir haben sechs Pumpen da. " * 3, "utf-8"
    )
    (folder / "empty.txt").write_text(" \n", "utf-8")
    result = quotes("verify", "article.txt", "--against", "german.txt", "empty.txt", "-o", "out.json")
    assert "german.txt: it is not in English; nothing can be compared with it" in result.err
    assert "empty.txt: there is no text in it; nothing can be compared with it" in result.err
    records = json.loads((folder / "out.json").read_text("utf-8"))
    assert {tuple(note["kind"] for note in record["notes"]) for record in records} == {("other_language", "no_text")}


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("a --against b c -o d", "a --against b --against c -o d"),
        ("a --against b --against c", "a --against b --against c"),
        ("--against b a", "--against b a"),
        ("a --against=b c", "a --against=b c"),
        ("-o d a --against b c --format json", "-o d a --against b --against c --format json"),
        ("- --against b c", "- --against b --against c"),
        ("-o d --against b a", "-o d --against b a"),
    ],
)
def test_several_sources_after_one_option(given: str, meant: str) -> None:
    """The option for sources takes all that follows, unless no article is named before it."""
    assert repeated(given.split()) == meant.split()
