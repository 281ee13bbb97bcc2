"""A corpus run harms nothing that is not its own, and no single value ends it."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotes.corpus import Archive, BadDocument, Summary, statements_of_batch
from quotes.corpus.records import Record
from quotes.errors import DataError, OutputError, QuotesError, UsageError
from tests.corpus.fakes import FakeExtractor
from tests.corpus.test_corpus_run import stopped_run

Archives = Callable[..., Path]
Runs = Callable[..., Summary]


def tree(folder: Path) -> dict[str, bytes]:
    """Everything below a folder, with what it holds."""
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


@pytest.mark.parametrize("content", ["letters.txt", "000000/000000000.part", "manifest.json"])
@pytest.mark.parametrize("linked", [False, True])
def test_a_folder_of_somebody_else_is_left_alone(
    archive: Archives, run: Runs, tmp_path: Path, content: str, *, linked: bool
) -> None:
    """Whatever it holds, with and without --restart, also through a link."""
    folder = tmp_path / ("elsewhere" if linked else "o.jsonl.parts")
    (folder / content).parent.mkdir(parents=True)
    (folder / content).write_text("{}")
    if linked:
        (tmp_path / "o.jsonl.parts").symlink_to(folder)
    before = tree(folder)
    for restart in (False, True):
        with pytest.raises(UsageError, match="none of ours"):
            run(archive("Said: a"), "o.jsonl", restart=restart)
        assert tree(folder) == before


def test_only_what_a_run_makes_is_removed(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """A file that somebody put among the checkpoints is there afterwards, and links in the folder are refused."""
    path = archive(*["Said: a"] * 30)
    stopped_run(run, path, "o.jsonl", after=2)
    work, mine = tmp_path / "o.jsonl.parts", tmp_path / "mine"
    (work / "000000" / "notes.txt").write_text("mine")
    mine.mkdir()
    (work / "000001").symlink_to(mine)
    with pytest.raises(UsageError, match="none of ours"):
        run(path, "o.jsonl", restart=True)
    (work / "000001").unlink()
    run(path, "o.jsonl")
    assert tree(work) == {"000000/notes.txt": b"mine"}


def test_a_run_killed_at_its_end_leaves_what_the_next_removes(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """Half-removed checkpoints of a complete run are not gone on with."""
    path = archive(*["Said: a"] * 12)
    stopped_run(run, path, "o.jsonl", after=3)
    manifest = tmp_path / "o.jsonl.parts" / "manifest.json"
    manifest.write_text(json.dumps({"made_by": json.loads(manifest.read_text())["made_by"]}))
    assert run(path, "o.jsonl").resumed == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == ["archive.jsonl", "o.jsonl"]


def test_no_input_is_written(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """Neither the output, the list of bad documents nor the work folder may be an input, by any name."""
    bad = "Boom"
    named = archive(bad, name="o.jsonl.errors.jsonl")
    (tmp_path / "link.jsonl").symlink_to(named)
    folder = tmp_path / "o.jsonl.parts"
    folder.mkdir()
    (folder / "a.txt").write_text("Said: a")
    for given in (named, tmp_path / "link.jsonl", folder, folder / "a.txt"):
        before = tree(tmp_path)
        with pytest.raises(QuotesError):
            run(given, "o.jsonl")
        assert tree(tmp_path) == before
    with pytest.raises(UsageError, match="one of the inputs"):
        run(named, tmp_path / "link.jsonl")


def test_lists_of_bad_documents_have_names_of_their_own(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """Each output has its own list; what else has its name is not replaced; an old list goes when all is well."""
    for output in ("x.jsonl", "x.parquet"):
        assert run(archive("Boom"), output).errors == tmp_path / f"{output}.errors.jsonl"
    run(archive("Said: a"), "x.jsonl")
    assert not (tmp_path / "x.jsonl.errors.jsonl").exists()
    (tmp_path / "y.jsonl.errors.jsonl").write_text('{"id": "article", "text": "mine"}\n')
    with pytest.raises(OutputError, match="no list of bad documents"):
        run(archive("Said: a"), "y.jsonl")
    with pytest.raises(OutputError, match="too long"):
        run(archive("Said: a"), "y" * 245 + ".jsonl")


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet", ".duckdb"])
def test_protected_outputs_and_links(archive: Archives, run: Runs, tmp_path: Path, suffix: str) -> None:
    """A write-protected output is refused before the work; an output that is a link keeps being one."""
    if suffix == ".duckdb":
        pytest.importorskip("duckdb")
    path, target, link = archive("Said: a"), tmp_path / f"there{suffix}", tmp_path / f"o{suffix}"
    target.write_text("old")
    link.symlink_to(target)
    run(path, link.name)
    assert (link.is_symlink(), target.stat().st_size > 20) == (True, True)
    target.chmod(0o444)
    with pytest.raises(OutputError, match="write-protected"):
        run(path, link.name)


def records(path: Path, **options: object) -> list[Record]:
    """What an archive of one input gives."""
    return list(Archive((str(path),), **options).records())


def reasons(found: list[Record]) -> list[str | None]:
    """Why each document is bad, None for a good one."""
    return [each.content.reason if isinstance(each.content, BadDocument) else None for each in found]


def test_no_file_and_no_text_without_a_limit(tmp_path: Path) -> None:
    """A named pipe is not waited for, and too long a text, line or cell is a bad document among good ones."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name, length in (("a", 10), ("b", 101), ("c", 100)):
        (folder / f"{name}.txt").write_text("x" * length)
    os.mkfifo(folder / "d.txt")
    found = reasons(records(folder, max_bytes=100))
    assert found[0] is found[2] is None
    assert "longer than 100 bytes" in (found[1] or "")
    assert "pipe" in (found[3] or "")
    line = json.dumps({"text": "x"}).encode()
    lines = [line, b"x" * 5_000_000, line, line.ljust(100), line.ljust(101), b"y" * 101]
    for name, opened in (("a.jsonl", open), ("a.jsonl.gz", gzip.open)):
        with opened(tmp_path / name, "wb") as stream:
            stream.write(b"\n".join(lines))
        found = reasons(records(tmp_path / name, max_bytes=100))
        assert [reason is None for reason in found] == [True, False, True, True, False, False]
        assert sum(each.size for each in records(tmp_path / name, max_bytes=100)) == (tmp_path / name).stat().st_size
    pq.write_table(pa.table({"text": ["x" * 100, "é" * 51]}), tmp_path / "a.parquet")
    assert [reason is None for reason in reasons(records(tmp_path / "a.parquet", max_bytes=100))] == [True, False]


BAD_CELLS = {
    "seconds out of range": ("published", pa.array([0, 10**13], pa.timestamp("s"))),
    "days out of range": ("published", pa.array([0, 10**8], pa.date32())),
    "unknown zone": ("published", pa.array([None, 1], pa.timestamp("us", "Nowhere/City"))),
    "title that is no UTF-8": ("title", pa.array([b"a", b"\xff\xfe"]).view(pa.string())),
    "id that is no UTF-8": ("id", pa.array([b"a", b"\xff\xfe"]).view(pa.string())),
    "text that is no UTF-8": ("text", pa.array([b"Said: a", b"Said: \xff"]).view(pa.string())),
}


@pytest.mark.parametrize("case", BAD_CELLS)
def test_a_bad_cell_is_a_bad_document(run: Runs, tmp_path: Path, case: str) -> None:
    """A value that Python cannot hold costs its row: in a Parquet file and in a batch of one's own."""
    column, values = BAD_CELLS[case]
    table = pa.table({"text": ["Said: a", "Said: b"], column: values})
    pq.write_table(table, tmp_path / "a.parquet", store_schema=True)
    summary = run(tmp_path / "a.parquet", "o.jsonl")
    assert (summary.documents, summary.statements, summary.bad) == (2, 1, 1)
    (line,) = (tmp_path / "o.jsonl.errors.jsonl").read_text("utf-8").splitlines()
    assert f"its {column} cannot be read: " in json.loads(line)["reason"]
    bad: list[BadDocument] = []
    (batch,) = table.to_batches()
    assert statements_of_batch(batch, FakeExtractor(), on_bad=bad.append).num_rows == 1
    assert [each.position for each in bad] == [1]
    with pytest.raises(DataError, match=f"its {column} cannot be read"):
        statements_of_batch(batch, FakeExtractor())


def test_times_of_nanoseconds(run: Runs, tmp_path: Path) -> None:
    """The times of pandas are dates as others are."""
    times = pa.array([1_709_164_801_000_000_001], pa.timestamp("ns"))
    pq.write_table(pa.table({"text": ["Said: a"], "published": times}), tmp_path / "a.parquet")
    run(tmp_path / "a.parquet", "o.jsonl")
    about = json.loads((tmp_path / "o.jsonl").read_text("utf-8"))["provenance"]["document"]
    assert about["published"] == "2024-02-29"


def test_a_column_that_is_there_twice(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """A file with two columns of a name that is read is a bad input, and the run goes on."""
    columns = [pa.array(["Said: a"]), pa.array(["Said: b"])]
    pq.write_table(pa.Table.from_arrays(columns, names=["text", "text"]), tmp_path / "a.parquet")
    summary = run([tmp_path / "a.parquet", archive("Said: c")], "o.jsonl")
    assert (summary.statements, summary.bad) == (1, 1)
    assert "2 columns 'text'" in (tmp_path / "o.jsonl.errors.jsonl").read_text("utf-8")
