"""``quotes corpus`` and ``quotes benchmark`` on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quotes.cli.application import run
from tests.corpus.fakes import FACTORY
from tests.inputs.pages import semantic

Archives = Callable[..., Path]


def test_a_whole_run(archive: Archives, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command writes the table, says what it did, and exits with 7 when documents were bad."""
    good = {"key": "k1", "body": "Said: it", "day": "2024-02-29", "outlet": "Ledger", "head": "Bridge"}
    path = archive({**good}, {"key": "k2", "body": "Boom"})
    output = tmp_path / "o.jsonl"
    columns = ["--id-column", "key", "--text-column", "body", "--published-column", "day"]
    columns += ["--publisher-column", "outlet", "--title-column", "head"]
    code = run(["corpus", str(path), "-o", str(output), "--extractor", FACTORY, *columns])
    captured = capsys.readouterr()
    assert (code, captured.out) == (7, "")
    first, second = captured.err.splitlines()
    assert first.startswith(f"Wrote 1 statement from 2 documents to {output} in ")
    assert second == (
        f"quotes: warning: left out 1 bad document; ids and reasons are in {tmp_path / 'o.jsonl.errors.jsonl'}"
    )
    about = json.loads(output.read_text("utf-8"))["provenance"]["document"]
    assert {key: about[key] for key in ("id", "published", "publisher", "title")} == {
        "id": "k1", "published": "2024-02-29", "publisher": "Ledger", "title": "Bridge",
    }  # fmt: skip


def test_files_of_other_kinds_and_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page keeps what it was taken out of in each form of the table; a German text is warned of, and kept."""
    pytest.importorskip("trafilatura")
    page, german, output = tmp_path / "story.html", tmp_path / "fähre.txt", tmp_path / "o.jsonl"
    page.write_text(semantic("The ferry is late", ["“We lost an engine,” said Ann Kord, the captain."]), "utf-8")
    german.write_text("Die Fähre kommt wieder zu spät, sagte der Kapitän am Montag im Hafen. " * 5, "utf-8")
    assert run(["corpus", str(page), str(german), "-o", str(output)]) == 0
    assert "warning: 1 document does not read as English, see " in capsys.readouterr().err
    record, *others = map(json.loads, output.read_text("utf-8").splitlines())
    assert {each["provenance"]["document"]["id"] for each in others} <= {"fähre"}
    assert record["provenance"]["document"]["original"]["author"] == "Jo Berg"
    assert "times" not in record["provenance"]
    (bad,) = map(json.loads, output.with_name("o.jsonl.errors.jsonl").read_text("utf-8").splitlines())
    assert (bad["id"], bad["kept"]) == ("fähre", True)
    assert bad["reason"].startswith("it does not read as English, the only language that is read;")
    assert run(["extract", str(page), str(german), "--format", "jsonl", "-o", str(tmp_path / "p.jsonl")]) == 0
    assert (tmp_path / "p.jsonl").read_bytes() == output.read_bytes()


def test_quiet_and_verbose(archive: Archives, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--quiet says nothing but how it ended, by the code; --verbose tells of each batch and each bad document."""
    path = archive({"id": "k1", "text": "Said: it"}, {"id": "k2", "text": "Boom"}, {"id": "k3", "text": "Said: so"})
    command = ["corpus", str(path), "-o", str(tmp_path / "o.jsonl"), "--extractor", FACTORY, "--batch", "2"]
    assert run([*command, "--quiet"]) == 7
    assert capsys.readouterr().err == ""
    assert run([*command, "--verbose"]) == 7
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "2 documents: 1 statement"
    assert lines[1].startswith("k2: ")
    assert "boom" in lines[1].lower()
    assert lines[2] == "1 document: 1 statement"
    assert lines[3].startswith("Wrote 2 statements from 3 documents to ")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["none.jsonl", "-o", "o.jsonl"], 3, "no such file or folder: none.jsonl"),
        (["{archive}", "-o", "o.xlsx"], 2, "name the output .parquet, .jsonl, .duckdb"),
        (["{archive}", "-o", "{folder}/o.jsonl", "--min-confidence", "3"], 2, "between 0 and 1"),
        (["{archive}", "-o", "{folder}/o.jsonl", "--attitudes", "mood"], 2, "no attitude 'mood'"),
        (["{archive}", "-o", "{folder}/o.jsonl", "--model", "no_such_model"], 4, "no spaCy pipeline"),
        (["{archive}"], 2, "output"),
    ],
)
def test_what_goes_wrong_is_one_line(
    archive: Archives,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    message: str,
) -> None:
    """Each error is one line and has its code."""
    path = archive("Said: it")
    filled = [each.format(archive=path, folder=tmp_path) for each in arguments]
    assert run(["corpus", *filled]) == code
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("quotes: error: ")
    assert message in line


def test_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rate and time left are those of this run; what an earlier run has done does not count."""
    from rich.progress import Progress as Bar

    from quotes.cli import progress
    from quotes.corpus.run import Progress

    now = 100.0
    bar = Bar(get_time=lambda: now, auto_refresh=False, speed_estimate_period=1e9)
    monkeypatch.setattr(progress, "bar_wanted", lambda *, output_is_file: output_is_file)
    monkeypatch.setattr(progress, "_bar", lambda *_: bar)
    with progress.archive_bar(lambda: 25_000) as show:
        (task,) = bar.tasks
        show(Progress(5_000.0, 50, resumed=True))
        assert (task.description, task.completed, task.time_remaining) == ("50 documents", 5_000, None)
        for _ in range(2):
            now += 10.0
            show(Progress(5_000.0, 50, resumed=False))
        assert task.description == "150 documents, 5.0/s"
        assert (task.completed, task.time_remaining) == (15_000, 20)


def test_a_bar_for_who_watches(
    archive: Archives,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On a terminal a bar shows how much is done; the output and the summary are the same."""
    from quotes.cli import progress

    monkeypatch.setattr(progress, "bar_wanted", lambda *, output_is_file: output_is_file)
    output = tmp_path / "o.jsonl"
    path = archive(*["Said: it"] * 10)
    assert run(["corpus", str(path), "-o", str(output), "--extractor", FACTORY, "--batch", "2"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines()[-1].startswith("Wrote 10 statements from 10 documents")


def test_the_benchmark_tells_the_costs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The benchmark times extraction and the bare pipeline, and can fail on their ratio."""
    path = tmp_path / "a.txt"
    path.write_text("“The bridge is closed,” Ann Kord said on Monday.\r\n\r\nShe said it was cracked.\r\n", "utf-8")
    code = run(["benchmark", str(path), "--rounds", "1", "--json", "--ceiling-ratio", "0"])
    captured = capsys.readouterr()
    assert code == 1
    assert "above 0" in captured.err
    record = json.loads(captured.out)
    assert record["texts"] == 1
    assert record["statements"] == 2
    assert record["peak_memory"] > 2**20
    timings = record["timings"]
    assert all(seconds > 0 for seconds in timings.values())
    bare = min(timings["bare_texts"], timings["bare_paragraphs"])
    assert record["ratio"] == pytest.approx(timings["extraction"] / bare)


def test_the_benchmark_prints_tables(capsys: pytest.CaptureFixture[str]) -> None:
    """Without texts the package's own text is timed; the table has a row for each thing."""
    assert run(["benchmark", "--rounds", "1"]) == 0
    out = capsys.readouterr().out
    for row in ("bare pipeline, whole texts", "whole extraction", "stages after the parse", "textacy"):
        assert row in out
    assert "peak memory" in out


def test_growth_and_adversarial_texts_are_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts of growing size and hostile ones are each timed, with the bare pipeline beside."""
    from quotes.evaluation import benchmark

    costs = list(benchmark.growth(sizes=(500, 1500)))
    assert [cost.characters for cost in costs] == [500, 1500]
    assert all(cost.seconds > 0 and cost.bare > 0 and cost.words > 50 for cost in costs)
    assert len(benchmark.adversarial_texts()["one sentence of 200,000 characters"]) == 200_000
    monkeypatch.setattr(benchmark, "adversarial_texts", lambda: {"brackets": "(" * 50 + ")" * 50})
    (cost,) = benchmark.adversarial()
    assert (cost.name, cost.characters) == ("brackets", 100)
