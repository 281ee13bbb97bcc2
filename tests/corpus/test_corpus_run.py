"""Corpus runs: the same output whatever happens on the way."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from quotes import extras
from quotes.corpus import Archive, CorpusRun, Settings, Summary, run_corpus
from quotes.corpus.outputs import ROW_GROUP
from quotes.corpus.run import Progress
from quotes.errors import InputError, ModelError, OutputError, UsageError
from quotes.io.json import write_jsonl
from quotes.text.document import make_document
from tests.corpus.fakes import SLOW_READER, FakeExtractor

Archives = Callable[..., Path]
Runs = Callable[..., Summary]

TEXTS = [f"Said: statement {n}\nand no more\nSaid: “naïve” {n}\n" for n in range(30)]


def errors_of(summary: Summary) -> list[dict[str, str]]:
    """The lines of the errors file."""
    return [json.loads(line) for line in summary.errors.read_text("utf-8").splitlines()]


def plain_lines(path: Path, texts: list[str], into: Path) -> bytes:
    """What the plain path, without workers and Arrow, writes for the same documents."""
    fake = FakeExtractor()
    documents = (make_document(text, document_id=f"d{n}", path=str(path)) for n, text in enumerate(texts))
    with into.open("w", encoding="utf-8", newline="\n") as stream:
        write_jsonl(((document, fake.extract_document(document)) for document in documents), stream)
    return into.read_bytes()


def test_the_output_is_that_of_the_plain_path(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """Two workers write as JSON Lines what ``write_jsonl`` writes, byte for byte."""
    path = archive(*TEXTS)
    summary = run(path, "o.jsonl", workers=2)
    assert (tmp_path / "o.jsonl").read_bytes() == plain_lines(path, TEXTS, tmp_path / "plain.jsonl")
    assert (summary.documents, summary.statements, summary.bad, summary.errors) == (30, 60, 0, None)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["archive.jsonl", "o.jsonl", "plain.jsonl"]


def test_neither_workers_nor_batches_show_in_the_output(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """One worker and two, small batches and large ones give the same Parquet file."""
    path = archive(*TEXTS)
    run(path, "one.parquet", workers=1, batch_documents=7)
    run(path, "two.parquet", workers=2, batch_documents=1)
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
    assert pq.read_table(tmp_path / "one.parquet").num_rows == 60


def test_row_groups_are_cut_by_rows(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """A large output has row groups of one size, so that reading it needs little memory."""
    lines = ROW_GROUP // 2 + 100
    path = archive(*["Said: it is in the\n" * lines] * 3)
    run(path, "o.parquet", batch_documents=1)
    metadata = pq.ParquetFile(tmp_path / "o.parquet").metadata
    sizes = [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)]
    assert sizes == [ROW_GROUP, 3 * lines - ROW_GROUP]


def test_duckdb_holds_the_same_rows(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """The table "statements" of a DuckDB output has the rows of the Parquet output."""
    path = archive(*TEXTS)
    run(path, "o.parquet")
    run(path, "o.duckdb", workers=2)
    with duckdb.connect(str(tmp_path / "o.duckdb"), read_only=True) as database:
        found = database.execute("SELECT * FROM statements").fetchall()
        expected = database.execute(f"SELECT * FROM '{tmp_path / 'o.parquet'}'").fetchall()
    assert len(found) == 60
    assert found == expected


def test_bad_documents_go_to_the_errors_file(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """Documents that cannot be read or fail are listed in order; the others are as they would be alone."""
    texts: list[object] = list(TEXTS[:6])
    texts[1] = {"text": None}
    texts[2] = "Boom"
    texts[4] = {"text": "Said: x", "published": "some day"}
    summary = run(archive(*texts), "o.jsonl", workers=2)
    assert summary.errors == tmp_path / "o.jsonl.errors.jsonl"
    assert [(each["id"], each["reason"].partition(";")[0]) for each in errors_of(summary)] == [
        ("d1", "there is no text in it"),
        ("d2", "RuntimeError: boom second line"),
        ("d4", "published: 'some day' is no date in ISO form"),
    ]
    rows = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text("utf-8").splitlines()]
    assert {row["provenance"]["document"]["id"] for row in rows} == {"d0", "d3", "d5"}
    assert (summary.documents, summary.bad, summary.statements) == (6, 3, 6)
    run(archive(*TEXTS[:2]), "o.jsonl")
    assert not summary.errors.exists()


def test_only_the_document_that_kills_is_lost(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """A document that kills each worker costs itself, not its batch and not the run."""
    texts = [*TEXTS[:9]]
    texts[5] = "Die"
    summary = run(archive(*texts), "o.jsonl", workers=2)
    (bad,) = errors_of(summary)
    assert bad["id"] == "d5"
    assert bad["reason"] == "the worker process died on it, again and again (killed by SIGKILL)"
    assert summary.statements == 16


def test_a_worker_that_dies_once_costs_nothing(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """A batch whose worker died is tried again, and the output is that of an undisturbed run."""
    texts = [*TEXTS[:9], f"Die once: {tmp_path / 'marker'}\nSaid: after all"]
    path = archive(*texts)
    summary = run(path, "o.jsonl", workers=2)
    assert summary.bad == 0
    disturbed = (tmp_path / "o.jsonl").read_bytes()
    run(path, "o.jsonl")
    assert (tmp_path / "o.jsonl").read_bytes() == disturbed


def test_taking_a_text_out_of_its_file_counts(tmp_path: Path) -> None:
    """A file that is slow to read costs its worker the time, not the run; plain texts beside it are done."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("<!doctype html><title>A</title><p>It rained.</p>", "utf-8")
    (folder / "b.txt").write_text("Said: so\n", "utf-8")
    settings = Settings(factory=SLOW_READER)
    begun = time.monotonic()
    summary = run_corpus(
        CorpusRun(Archive((str(folder),)), tmp_path / "o.jsonl", settings=settings, document_seconds=4.0)
    )
    assert time.monotonic() - begun < 50
    assert (summary.documents, summary.statements, summary.bad) == (2, 1, 1)
    (bad,) = errors_of(summary)
    assert (bad["id"], bad["path"], bad["kept"]) == ("a", str(folder / "a.txt"), False)
    assert bad["reason"].startswith("not done after 4 s;")


def test_a_document_has_a_time_limit(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """What takes too long is listed, alone in its batch or not, and its worker goes on; the rest is as without it."""
    texts = [*TEXTS[:9]]
    texts[5] = texts[8] = "Said: one\nWait: 60"
    begun = time.monotonic()
    summary = run(archive(*texts), "o.jsonl", workers=2, document_seconds=1.5)
    assert time.monotonic() - begun < 50
    reason = "not done after 1.5 s; --document-seconds changes the limit"
    assert [(each["id"], each["reason"]) for each in errors_of(summary)] == [("d5", reason), ("d8", reason)]
    kept = [text for n, text in enumerate(TEXTS[:9]) if n not in (5, 8)]
    path = archive(*[{"id": f"d{n}", "text": text} for n, text in zip((0, 1, 2, 3, 4, 6, 7), kept, strict=True)])
    run(path, "without.jsonl")
    assert (tmp_path / "o.jsonl").read_bytes() == (tmp_path / "without.jsonl").read_bytes()
    with pytest.raises(UsageError, match="give a number above 0"):
        run(path, "o.jsonl", document_seconds=0)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads the size of a process from /proc")
def test_a_document_without_memory_enough(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """One that takes too much is listed; those that only found too little left are done in a fresh process."""
    texts = [*TEXTS[:9]]
    texts[1] = texts[2] = "Keep: 1600000000\nSaid: enough"  # too much only together
    texts[4] = "Said: one\nKeep: 4000000000"
    path = archive(*texts)
    limited = Settings(factory="tests.corpus.fakes:make_limited")
    summary = run(path, "o.jsonl", settings=limited)
    reason = "the worker process died on it, again and again (killed by SIGKILL)"
    assert [(each["id"], each["reason"]) for each in errors_of(summary)] == [("d4", reason)]
    texts[4] = ""
    run(archive(*texts), "unlimited.jsonl")
    assert (tmp_path / "o.jsonl").read_bytes() == (tmp_path / "unlimited.jsonl").read_bytes()


def test_progress_adds_up_to_the_archive(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """The sizes that are reported are those of the files."""
    told: list[Progress] = []
    path = archive(*TEXTS)
    run(path, on_progress=told.append)
    assert sum(each.size for each in told) == pytest.approx(path.stat().st_size)
    assert sum(each.documents for each in told) == 30


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        (Settings(factory="tests.corpus.fakes:make_broken"), ModelError, "RuntimeError: no weights"),
        (Settings(factory="tests.corpus.fakes:make_none"), ModelError, r"3 workers in a row .*SIGKILL"),
        (Settings(factory="tests.corpus.fakes:missing"), UsageError, "module:function"),
        (Settings(min_confidence=2), UsageError, "not between 0 and 1"),
    ],
)
def test_an_extractor_that_cannot_be_made(
    archive: Archives, run: Runs, tmp_path: Path, settings: Settings, error: type[Exception], message: str
) -> None:
    """The run ends with one error, and leaves nothing that a right run would stumble over."""
    with pytest.raises(error, match=message):
        run(archive("Said: a"), settings=settings, workers=2)
    assert [each.name for each in tmp_path.iterdir()] == ["archive.jsonl"]


def test_outputs_that_cannot_be_written(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """A wrong suffix, a folder, a missing folder and an input as the output are refused before the work."""
    path = archive("Said: a")
    (tmp_path / "folder.jsonl").mkdir()
    for output, error in (
        ("o.csv", UsageError),
        ("folder.jsonl", OutputError),
        ("missing/o.jsonl", OutputError),
        (path.name, UsageError),
    ):
        with pytest.raises(error, match=r"o\.csv|folder|missing|one of the inputs"):
            run(path, output)
    with pytest.raises(InputError, match="no such file"):
        run(tmp_path / "none.jsonl")
    with pytest.raises(UsageError, match="no engine 'spark'"):
        run(path, engine="spark")


@pytest.mark.parametrize(
    ("library", "output", "options", "extra"),
    [
        ("pyarrow", "o.jsonl", {}, "corpus"),
        ("duckdb", "o.duckdb", {}, "corpus"),
        ("ray", "o.jsonl", {"engine": "ray"}, "ray"),
    ],
)
def test_an_extra_that_is_missing(
    archive: Archives,
    run: Runs,
    monkeypatch: pytest.MonkeyPatch,
    library: str,
    output: str,
    options: dict[str, str],
    extra: str,
) -> None:
    """What is not installed is named, with the command that installs it."""
    find_spec = extras.find_spec
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == library else find_spec(name))
    with pytest.raises(UsageError, match=rf"needs {library}.*pip install 'quotes-attribution\[{extra}\]'"):
        run(archive("Said: a"), output, **options)


class StoppedError(Exception):
    """What ends a run in the middle."""


def stopped_run(run: Runs, path: Path, output: str, after: int) -> None:
    """Run until so many batches are done."""
    left = after

    def stop(_: Progress) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise StoppedError

    with pytest.raises(StoppedError):
        run(path, output, on_progress=stop)


def test_a_run_goes_on_where_it_was(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """What is done is kept, a damaged checkpoint is made again, the bytes are those of an undisturbed run."""
    path = archive(*TEXTS)
    run(path, "whole.parquet")
    stopped_run(run, path, "o.parquet", after=3)
    finished = sorted((tmp_path / "o.parquet.parts").glob("*/*.part"))
    assert len(finished) == 3
    finished[1].write_bytes(finished[1].read_bytes()[:-10])
    summary = run(path, "o.parquet", workers=2)
    assert (summary.documents, summary.resumed, summary.statements) == (30, 8, 60)
    assert (tmp_path / "o.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()
    assert not (tmp_path / "o.parquet.parts").exists()


def test_another_command_does_not_go_on(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """Unfinished work of other settings or of a changed archive is not mixed in, unless it is thrown away."""
    path = archive(*TEXTS)
    stopped_run(run, path, "o.jsonl", after=1)
    with pytest.raises(UsageError, match=r"unfinished work of another command \(what differs: batch\)"):
        run(path, "o.jsonl", batch_documents=5)
    assert run(path, "o.jsonl", batch_documents=5, restart=True).resumed == 0


def test_what_changed_in_the_archive_is_done_again(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """A batch is known by its content: neither the same size and time nor a mere touch deceives."""
    path = archive(*TEXTS)
    stopped_run(run, path, "o.jsonl", after=3)
    about = path.stat()
    path.write_text(path.read_text("utf-8").replace("5", "9", 1), "utf-8")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert path.stat().st_size == about.st_size
    summary = run(path, "o.jsonl")
    assert (summary.documents, summary.resumed) == (30, 8)
    run(path, "fresh.jsonl")
    assert (tmp_path / "o.jsonl").read_bytes() == (tmp_path / "fresh.jsonl").read_bytes()
    stopped_run(run, path, "o.jsonl", after=3)
    path.touch()
    assert run(path, "o.jsonl").resumed == 12


def test_two_runs_do_not_share_a_work_folder(archive: Archives, run: Runs, tmp_path: Path) -> None:
    """While a run is at work its folder is locked."""
    path = archive(*TEXTS)
    stopped_run(run, path, "o.jsonl", after=1)
    with (tmp_path / "o.jsonl.parts" / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(UsageError, match="another run is at work"):
            run(path, "o.jsonl")
    assert run(path, "o.jsonl").resumed == 4
    assert sorted(each.name for each in tmp_path.iterdir()) == ["archive.jsonl", "o.jsonl"]
