"""``quotes sample``: what it writes, and what it refuses."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import make_statement
from tests.sampling.made import made, saved

Run = Callable[..., object]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two hundred saved statements."""
    return saved([made(number) for number in range(200)], tmp_path / "statements.jsonl")


def test_a_sample_and_its_design(quotes: Run, archive: Path, tmp_path: Path) -> None:
    """The statements are in the file, how they were drawn is beside it, and a line says both."""
    target = tmp_path / "sample.json"
    result = quotes("sample", archive, "-n", 10, "--by", "outlet", "--seed", 3, "-o", target)
    assert (result.code, result.out) == (0, "")
    assert result.err == (
        f"Wrote 10 of 200 statements from 3 strata to {target}, and how they were drawn to {target}.design.json\n"
    )
    assert len(json.loads(target.read_text("utf-8"))) == 10
    assert json.loads((tmp_path / "sample.json.design.json").read_text("utf-8")) == {
        "by": ["publisher"],
        "seed": 3,
        "strata": [
            {"values": [None], "statements": 20, "drawn": 1},
            {"values": ["Castell Wire"], "statements": 120, "drawn": 6},
            {"values": ["Marlow Wire"], "statements": 60, "drawn": 3},
        ],
    }
    again = quotes("sample", archive, "-n", 10, "--by", "publisher", "--seed", 3)
    assert again.out == target.read_text("utf-8")
    assert again.err == "Drew 10 of 200 statements from 3 strata\n"


@pytest.mark.parametrize(("name", "beginning"), [("a.csv", "\ufeff"), ("a.jsonl", '{"schema'), ("a.md", "## d")])
def test_other_formats(quotes: Run, archive: Path, tmp_path: Path, name: str, beginning: str) -> None:
    """The suffix decides, as for extract; a project, which holds texts, cannot be."""
    assert quotes("sample", archive, "-n", 5, "-o", tmp_path / name, "--quiet").err == ""
    assert (tmp_path / name).read_text("utf-8").startswith(beginning)
    result = quotes("sample", archive, "-o", tmp_path / "a.qdpx")
    assert (result.code, (tmp_path / "a.qdpx").exists()) == (2, False)
    assert "--format qdpx needs the texts" in result.err


@pytest.fixture
def texts_and_statements(tmp_path: Path) -> tuple[Path, Path]:
    """Texts as JSON Lines, two of them with a statement; a third statement is of a text that is gone."""
    texts = {name: f"Said: the text {name}\r\n“😀”" for name in ("a", "b", "c")}
    archive = tmp_path / "archive.jsonl"
    rows = [{"id": name, "body": text, "title": name.upper()} for name, text in texts.items() if name != "c"]
    archive.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    statements = []
    for name, text in texts.items():
        base = make_statement(f"the text {name}", at=6, document=name, path=str(archive))
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        info = base.provenance.document.model_copy(update={"sha256": sha256})
        provenance = base.provenance.model_copy(update={"document": info})
        statements.append(base.model_copy(update={"provenance": provenance}))
    return archive, saved(statements, tmp_path / "statements.json")


def test_articles_are_kept(quotes: Run, texts_and_statements: tuple[Path, Path], tmp_path: Path) -> None:
    """The articles come from the files that the statements name; what is missing is said, and the rest is there."""
    archive, statements = texts_and_statements
    target, articles = tmp_path / "sample.json", tmp_path / "articles.json"
    options = ("-o", target, "--articles", articles, "--text-column", "body")
    result = quotes("sample", statements, *options)
    assert result.code == 7
    assert f"Wrote 2 articles to {articles}\n" in result.err
    assert "warning: the text of 1 document was not found (c); say with --texts where it is" in result.err
    assert len(json.loads(target.read_text("utf-8"))) == 3
    unknown = {"published": None, "publisher": None}
    assert json.loads(articles.read_text("utf-8")) == [
        {"id": name, **unknown, "title": name.upper(), "text": f"Said: the text {name}\r\n“😀”"} for name in "ab"
    ]
    text = "Said: the text c\r\n“😀”"
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "c.txt").write_bytes(text.encode())
    assert quotes("sample", statements, *options, "--texts", folder, "--texts", archive).code == 0
    found = quotes("extract", articles, "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["provenance"]["document"]["id"] for line in found] == ["a", "b", "c"]


def test_a_file_that_is_not_there(quotes: Run, tmp_path: Path) -> None:
    """It is said to be missing, not to be of another kind."""
    result = quotes("sample", tmp_path / "gone.parquet")
    assert (result.code, f"no such file: {tmp_path / 'gone.parquet'}" in result.err) == (3, True)


def test_what_is_refused(quotes: Run, archive: Path, tmp_path: Path) -> None:
    """One line says what is wrong, and no file is left."""
    (tmp_path / "news.txt").write_text("Said: so\n", "utf-8")
    for arguments, said in (
        ([archive, "--by", "mood"], "choose from publisher, kind, attitude, rule, document, outlet"),
        ([archive, "-n", "0"], "give a number from 1 on"),
        ([tmp_path / "news.txt"], "holds no saved statements"),
        ([archive, "--texts", tmp_path], "give both, or neither"),
        ([archive, archive], "given twice"),
    ):
        result = quotes("sample", *arguments, "-o", tmp_path / "sample.json")
        assert result.code == 2, arguments
        assert said in result.err
        assert result.err.count("\n") == 1
        assert not (tmp_path / "sample.json").exists()
