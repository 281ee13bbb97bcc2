"""``quotes extract --format`` beyond JSON, with a fake extractor."""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from quotes.io import read_brat, read_webannotation

Run = Callable[..., object]
FOUR = ["the first", "the second", "the third", "the fourth"]


def test_csv(quotes: Run, texts: Path) -> None:
    """One table over all inputs, with a byte order mark and a header."""
    result = quotes("extract", texts, "--format", "csv")
    assert (result.code, result.err) == (0, "")
    rows = csv.DictReader(io.StringIO(result.out.removeprefix("\ufeff"), newline=""))
    assert [row["content"] for row in rows] == FOUR


def test_webannotation(quotes: Run, texts: Path) -> None:
    """One collection over all inputs, which can be read back."""
    result = quotes("extract", texts, "--format", "webannotation")
    assert (result.code, result.err) == (0, "")
    assert [each.content.text for each in read_webannotation(result.out)] == FOUR


def test_qdpx(quotes: Run, texts: Path, tmp_path: Path) -> None:
    """A project by its suffix, with a source for each text; saved statements are refused, as it holds the texts."""
    target = tmp_path / "out.qdpx"
    result = quotes("extract", texts, "-o", target)
    assert (result.code, result.out) == (0, "")
    assert result.err == f"Wrote 4 statements by 1 speaker from 3 texts to {target}\n"
    with zipfile.ZipFile(target) as archive:
        names, found = archive.namelist(), ElementTree.fromstring(archive.read("project.qde"))
    assert len(names) == 4
    assert [each.get("name") for each in found.iter("{urn:QDA-XML:project:1.0}PlainTextSelection")] == FOUR
    quotes("extract", texts, "-o", tmp_path / "saved.json")
    result = quotes("extract", tmp_path / "saved.json", "-o", tmp_path / "again.qdpx")
    assert result.code == 2
    assert "which this format needs; give the texts" in result.err


def test_xlsx(quotes: Run, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook by its suffix, to a file and piped; a terminal gets none."""
    target = tmp_path / "out.xlsx"
    result = quotes("extract", texts, "-o", target)
    assert (result.code, result.out) == (0, "")
    assert result.err == f"Wrote 4 statements by 1 speaker from 3 texts to {target}\n"
    head, *rows = openpyxl.load_workbook(target).active.iter_rows(values_only=True)
    assert [row[head.index("content")] for row in rows] == FOUR
    piped = io.TextIOWrapper(io.BytesIO(), "utf-8")
    monkeypatch.setattr(sys, "stdout", piped)
    assert quotes("extract", texts, "--format", "xlsx").code == 0
    assert piped.buffer.getvalue() == target.read_bytes()
    monkeypatch.setattr(piped, "isatty", lambda: True, raising=False)
    result = quotes("extract", texts, "--format", "xlsx")
    assert result.code == 2
    assert "xlsx is not for a terminal; give a file with -o" in result.err


@pytest.mark.parametrize(("name", "root"), [("a.txt", "TEI"), ("", "teiCorpus")])
def test_tei(quotes: Run, texts: Path, tmp_path: Path, name: str, root: str) -> None:
    """One text is a TEI document, several are a corpus."""
    result = quotes("extract", texts / name, "--format", "tei", "-o", tmp_path / "out.xml")
    assert (result.code, result.out) == (0, "")
    found = ElementTree.parse(tmp_path / "out.xml").getroot()
    assert found.tag == f"{{http://www.tei-c.org/ns/1.0}}{root}"
    said = ["".join(each.itertext()) for each in found.iter("{http://www.tei-c.org/ns/1.0}said")]
    assert said == (FOUR if not name else FOUR[:1])


@pytest.mark.parametrize("empty", [False, True])
def test_brat(quotes: Run, texts: Path, tmp_path: Path, empty: bool) -> None:
    """Brat gets a folder, new or empty, with two files a text; nothing else is left beside it."""
    folder = tmp_path / "annotations"
    if empty:
        folder.mkdir(mode=0o700)
    before = {path.name for path in tmp_path.iterdir()}
    result = quotes("extract", texts, "--format", "brat", "-o", folder, "--quiet")
    assert (result.code, result.out, result.err) == (0, "", "")
    assert sorted(each.content.text for each in read_brat(folder)) == sorted(FOUR)
    assert {path.suffix for path in folder.iterdir()} == {".txt", ".ann", ".conf"}
    assert {path.name for path in tmp_path.iterdir()} == before | {"annotations"}
    assert not empty or folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("output", [[], ["-o", "-"]])
def test_brat_needs_a_folder(quotes: Run, texts: Path, output: list[str]) -> None:
    """Without -o the message says that brat needs a folder."""
    result = quotes("extract", texts, "--format", "brat", *output)
    assert (result.code, result.out) == (2, "")
    assert "give a new or an empty folder with -o" in result.err


def test_brat_replaces_nothing(quotes: Run, texts: Path, tmp_path: Path) -> None:
    """A file, and a folder that holds anything, are refused and stay as they were."""
    target = tmp_path / "old"
    target.write_text("old", "utf-8")
    result = quotes("extract", texts, "--format", "brat", "-o", target)
    assert result.code == 2
    assert "is no folder" in result.err
    result = quotes("extract", texts, "--format", "brat", "-o", texts)
    assert result.code == 2
    assert "is not empty" in result.err
    assert target.read_text("utf-8") == "old"


def test_brat_in_a_place_that_is_not_there(quotes: Run, texts: Path, tmp_path: Path) -> None:
    """A folder in a folder that does not exist cannot be made, which is said before the work begins."""
    result = quotes("extract", texts, "--format", "brat", "-o", tmp_path / "no" / "where")
    assert result.code == 5
    assert "cannot write" in result.err


def test_a_failure_leaves_no_folder(quotes: Run, texts: Path, tmp_path: Path) -> None:
    """When a text fails in the middle there is no folder, and no remains of one."""
    (texts / "zz.txt").write_text("Boom", "utf-8")
    before = sorted(tmp_path.iterdir())
    result = quotes("extract", texts, "--format", "brat", "-o", tmp_path / "out")
    assert result.code == 70
    assert sorted(tmp_path.iterdir()) == before


def test_bad_texts_can_be_skipped(quotes: Run, texts: Path) -> None:
    """--on-error skip works for every form."""
    (texts / "aa.txt").write_text("Boom", "utf-8")
    result = quotes("extract", texts, "--format", "webannotation", "--on-error", "skip")
    assert (result.code, json.loads(result.out)["total"]) == (7, 4)
