"""Archives: every kind of file, block by block, killed and resumed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from quotes.errors import InputError
from quotes.io.families import families_text
from quotes.io.json import json_text, statements_to_json
from quotes.io.saved import statement_records
from quotes.linking import blocks, link, pairs
from quotes.linking.archive import LinkRun, linked_archive
from quotes.linking.blocks import Block, cut
from quotes.linking.people import People
from quotes.models import Statement
from tests.linking.reports_of_a_visit import said, visit


def many() -> list[Statement]:
    """A month of visits, two articles each, that differ in their numbers."""
    found = []
    for day in range(1, 25):
        for document, offset in (("tide", 0), ("courier", 1)):
            text = f"the ferry number {day * 7} to Skarholm would sail from quay {day + 100} in October"
            published = f"2024-09-{day + offset:02d}"
            found.append(said(text, document=f"{document}-{day}", published=published))
    return found


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of a few reports, so that a small archive has many."""
    monkeypatch.setattr(blocks, "BLOCK", 5)


def run_of(statements: list[Statement], folder: Path, **options: Any) -> LinkRun:
    """A run over statements that writes into a folder."""
    return LinkRun(lambda: (each.model_dump() for each in statements), folder / "families.json", People(), **options)


@pytest.mark.usefixtures("small_blocks")
def test_an_archive_gives_what_memory_gives(tmp_path: Path) -> None:
    """The same families, byte for byte, and nothing is left behind."""
    expected = link(many())
    assert len(expected) >= 5
    assert families_text(linked_archive(run_of(many(), tmp_path))) == families_text(expected)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("small_blocks")
def test_a_killed_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks that are done are not done again, and the output is the same byte for byte."""
    expected = families_text(link(many()))
    compared: list[int] = []
    edges_of = pairs.edges_of

    def dying(*args: Any) -> Any:
        compared.append(len(args[0].reports))
        if len(compared) == 4:
            raise KeyboardInterrupt
        return edges_of(*args)

    monkeypatch.setattr(pairs, "edges_of", dying)
    with pytest.raises(KeyboardInterrupt):
        list(linked_archive(run_of(many(), tmp_path)))
    assert (tmp_path / "families.json.work").is_dir()
    total = sum(1 for _ in cut(range(len(many()))))
    assert families_text(linked_archive(run_of(many(), tmp_path))) == expected
    assert len(compared) == total + 1  # only the block at which it died was begun twice


def test_no_document_is_cut(small_blocks: None) -> None:
    """Blocks and what is before them begin with documents."""
    found = list(cut([document for document in range(8) for _ in range(3)]))
    assert [block.start for block in found][1:] == [block.end for block in found][:-1]
    assert all(block.start % 3 == block.window % 3 == 0 for block in found)
    assert found[0] == Block(0, 0, 6)


@pytest.fixture(params=["json", "jsonl", "parquet", "duckdb"])
def written(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The statements of a visit in a file of each kind."""
    import duckdb
    import pyarrow as pa
    import pyarrow.parquet as pq

    from quotes.corpus.arrow import statement_schema

    path = tmp_path / f"statements.{request.param}"
    rows = [each.model_dump() for each in visit()]
    table = pa.Table.from_pylist(rows, schema=statement_schema())
    if request.param == "json":
        path.write_text(statements_to_json(visit()), "utf-8")
    elif request.param == "jsonl":
        path.write_text("".join(json_text(row) + "\n" for row in rows), "utf-8")
    elif request.param == "parquet":
        pq.write_table(table, path)
    else:
        with duckdb.connect(str(path)) as database:
            database.register("arriving", table)
            database.execute("CREATE TABLE statements AS SELECT * FROM arriving")
    return path


def test_every_kind_of_file_is_read(written: Path) -> None:
    """The statements are the same ones."""
    assert [Statement.model_validate(record) for record in statement_records(written)] == visit()


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.parquet", "a.duckdb"])
def test_a_file_that_is_not_there_is_an_error(tmp_path: Path, name: str) -> None:
    """It says so."""
    with pytest.raises(InputError):
        list(statement_records(tmp_path / name))


Quotes = Callable[..., Any]


class TestCommand:
    """``quotes link``."""

    @pytest.fixture
    def statements(self, tmp_path: Path) -> Iterator[str]:
        """A file of statements."""
        path = tmp_path / "statements.json"
        path.write_text(statements_to_json(visit()), "utf-8")
        return str(path)

    def test_json_is_what_python_gives(self, statements: str, tmp_path: Path) -> None:
        """To a file, and to standard output."""
        from quotes.cli.application import run

        assert run(["link", statements, "-o", str(tmp_path / "out.json")]) == 0
        assert (tmp_path / "out.json").read_text("utf-8") == families_text(link(visit()))

    def test_the_default_confidence_is_that_of_python(self) -> None:
        """It is written down twice, so that help is shown without what linking needs."""
        from inspect import signature

        from quotes.cli.link import link as command
        from quotes.linking.clusters import JOINED_FROM

        assert signature(command).parameters["pair_confidence"].default == JOINED_FROM

    def test_csv_has_a_row_for_each_member(self, statements: str, tmp_path: Path) -> None:
        """And a header."""
        import csv

        from quotes.cli.application import run
        from quotes.io.families import COLUMNS

        assert run(["link", statements, "--format", "csv", "-o", str(tmp_path / "out.csv")]) == 0
        with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        families = json.loads(families_text(link(visit())))
        assert tuple(rows[0]) == COLUMNS
        assert [row["statement"] for row in rows] == [m["statement"] for f in families for m in f["members"]]

    def test_a_table_is_readable_in_a_narrow_terminal(
        self, statements: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each family has its first report, its speaker, its words and its size, all within 80 columns."""
        from quotes.cli import link as command
        from quotes.cli.application import run

        monkeypatch.setattr(command, "WIDTH", 80)
        assert run(["link", statements, "--format", "table"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert max(map(len, lines)) <= 80
        table = " ".join(" ".join(lines).split())
        assert (
            table.count("2024-09-03") == table.count("Emil Vasarai") == table.count("2 reports") == len(link(visit()))
        )
        assert "“We will not dredge" in table
        assert "…”" not in table
        assert "the Skarholm ferry" in table or "the ferry to Skarholm" in table

    def test_a_long_wording_is_cut_at_a_word(self) -> None:
        """The table shows its beginning, on one line."""
        from quotes.cli.link import _short

        assert _short("It rains,", is_quoted=True) == "“It rains”"
        assert _short(f"It\nrains {'x ' * 60}", is_quoted=False) == f"It rains {'x ' * 55}…"
        assert len(_short("x" * 500, is_quoted=True)) < 130

    def test_the_ending_says_the_form(self, statements: str, tmp_path: Path) -> None:
        """A page or a table for a spreadsheet, without an option."""
        from quotes.cli.application import run

        page = "<!doctype html>"
        for name, beginning in (("a.html", page), ("a.htm", page), ("a.CSV", "\ufeff"), ("a.data", "[")):
            assert run(["link", statements, "-o", str(tmp_path / name)]) == 0
            assert (tmp_path / name).read_text("utf-8").startswith(beginning)

    def test_a_large_archive_gives_the_same(
        self, statements: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """When more is read than is held at once."""
        from quotes.cli import link as command
        from quotes.cli.application import run

        monkeypatch.setattr(command, "AT_ONCE", 2)
        assert run(["link", statements, "-o", str(tmp_path / "out.json")]) == 0
        assert (tmp_path / "out.json").read_text("utf-8") == families_text(link(visit()))
        assert run(["link", statements]) == 2
