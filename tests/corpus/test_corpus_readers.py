"""Reading archives: what is read, in which order, and what is said of the rest."""

from __future__ import annotations

import csv
import datetime
import gzip
import json
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotes.corpus.readers import Archive, total_size
from quotes.corpus.records import BadDocument, Columns, InputDocument, PackedFile, Record, batches
from quotes.corpus.unpacking import unpacked
from quotes.errors import InputError, UsageError
from tests.inputs.pages import semantic


def items(*inputs: Path, **options: object) -> list[InputDocument | BadDocument]:
    """What an archive holds; its sizes always add up to those of the files."""
    names = tuple(map(str, inputs))
    archive = Archive(names, **options)
    archive.check()
    records = list(archive.records())
    assert sum(record.size for record in records) == pytest.approx(total_size(names))
    return [record.content for record in records]


def test_a_folder_of_texts(tmp_path: Path) -> None:
    """Every *.txt below a folder is read, sorted by path; hidden files and others are not."""
    for name in ("b/2.txt", "b/1.TXT", "a.txt", ".hidden.txt", ".git/x.txt", "notes.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name, "utf-8")
    archive = Archive((str(tmp_path),))
    found = [record.content for record in archive.records()]
    assert [(item.id, item.text) for item in found] == [("a", "a.txt"), ("1", "b/1.TXT"), ("2", "b/2.txt")]
    assert found[0].path == str(tmp_path / "a.txt")


def test_a_text_in_another_encoding(tmp_path: Path) -> None:
    """A text that is not in the encoding is unreadable; with the right one it is read."""
    path = tmp_path / "a.txt"
    path.write_bytes("naïve".encode("cp1252"))
    (bad,) = items(path)
    assert isinstance(bad, BadDocument)
    assert bad.id == "a"
    assert "byte 2 (0xef) is not utf-8" in bad.reason
    (good,) = items(path, encoding="cp1252")
    assert good == InputDocument("naïve", id="a", path=str(path))


@pytest.mark.parametrize("name", ["news.jsonl", "news.jsonl.gz", "NEWS.NDJSON"])
def test_json_lines(tmp_path: Path, name: str) -> None:
    """JSON Lines are read, gzipped ones too; blank lines do not count, numbers become text."""
    path = tmp_path / name
    records = [
        {"id": 7, "text": "one", "published": "2024-02-29", "publisher": "Ledger", "title": "", "more": [1]},
        {"text": "two"},
    ]
    data = "\n\n".join(map(json.dumps, records)).encode() + b"\n"
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    names = (str(path),)
    found = [record.content for record in Archive(names).records()]
    assert found == [
        InputDocument("one", id="7", published="2024-02-29", publisher="Ledger", path=str(path)),
        InputDocument("two", path=str(path)),
    ]


@pytest.mark.parametrize(
    ("line", "name", "reason"),
    [
        ("{", "bad.jsonl:2", "no JSON: "),
        ("[1]", "bad.jsonl:2", "a JSON object is needed, not list"),
        ('{"id": "x"}', "x", "there is no text in it"),
        ('{"id": "x", "text": 5}', "x", "its text is int, not a string"),
        (
            '{"id": "x", "text": "a \\ud83d b"}',
            "x",
            "its text holds a lone surrogate, which is no character, at",
        ),
        ('{"id": "\\ud83d", "text": "a"}', "\\ud83d", "its id holds a lone surrogate"),
        ("[" * 100_000, "bad.jsonl:2", "no JSON: "),
    ],
)
def test_a_bad_line_costs_only_itself(tmp_path: Path, line: str, name: str, reason: str) -> None:
    """A line that is no document is named, with its reason, and costs none of the others."""
    path = tmp_path / "bad.jsonl"
    path.write_text(f'{{"text": "before"}}\n{line}\n{{"text": "after"}}\n', "utf-8")
    before, bad, after = items(path)
    assert isinstance(bad, BadDocument)
    assert (before.text, bad.id, after.text) == ("before", name, "after")
    assert bad.reason.startswith(reason)


def test_bytes_that_are_no_utf8(tmp_path: Path) -> None:
    """A line that is not UTF-8 is a bad document."""
    path = tmp_path / "bad.jsonl"
    path.write_bytes(b'{"text": "na\xefve"}\n{"text": "fine"}\n')
    bad, good = items(path)
    assert (type(bad), good.text) == (BadDocument, "fine")


def test_a_gzip_file_that_breaks_off(tmp_path: Path) -> None:
    """What comes before the break is read, the break is named, the next file is read."""
    path, after = tmp_path / "cut.jsonl.gz", tmp_path / "z.jsonl"
    lines = "".join(json.dumps({"text": f"{n} " + "x" * 50}) + "\n" for n in range(500))
    path.write_bytes(gzip.compress(lines.encode())[:-200])
    after.write_text('{"text": "after"}\n', "utf-8")
    found = [record.content for record in Archive((str(path), str(after))).records()]
    (bad,) = (item for item in found if isinstance(item, BadDocument))
    assert "the file cannot be read after line" in bad.reason
    assert found[0].text.startswith("0 ")
    assert found[-1].text == "after"


def test_parquet_with_columns_of_other_names(tmp_path: Path) -> None:
    """Columns are found by the names given; dates of any type become ISO text."""
    path = tmp_path / "news.parquet"
    table = pa.table(
        {
            "key": [1, 2],
            "body": ["one", None],
            "day": [datetime.date(2024, 2, 29), None],
            "outlet": pa.array(["Ledger", "Ledger"]).dictionary_encode(),
        }
    )
    pq.write_table(table, path)
    columns = Columns(id="key", text="body", published="day", publisher="outlet")
    first, second = items(path, columns=columns)
    expected = {"id": "1", "published": "2024-02-29", "publisher": "Ledger", "path": str(path)}
    assert first == InputDocument("one", **expected)
    assert second == BadDocument(0, "2", str(path), "there is no text in it")


@pytest.mark.parametrize("columns", [Columns(text="body"), Columns(title="headline")])
def test_a_column_that_is_not_there(tmp_path: Path, columns: Columns) -> None:
    """A Parquet file without a column that was named is refused before the work begins."""
    path = tmp_path / "news.parquet"
    pq.write_table(pa.table({"text": ["one"]}), path)
    with pytest.raises(UsageError, match=r"there is no column '(body|headline)'; it has: text"):
        items(path, columns=columns)


def test_inputs_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing input, a folder without texts and a broken Parquet file are errors at once."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 nonsense")
    for name, message in (
        ("missing.jsonl", "no such file or folder"),
        ("empty", r"no \*.txt file in the folder"),
        ("broken.parquet", "cannot be read as Parquet"),
    ):
        with pytest.raises(InputError, match=message):
            items(tmp_path / name)
    with pytest.raises(UsageError, match="no input"):
        items()


def test_batches_are_cut_the_same_way_every_time(tmp_path: Path) -> None:
    """Batches are numbered, hold so many documents or so much text, and every document once."""
    path = tmp_path / "news.jsonl"
    texts = ["short", "short", "x" * 500_000, "y" * 399_999, "a", "b", "c", "d"]
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
    cut = [list(batches(Archive((str(path),)).records(), documents=3)) for _ in range(2)]
    assert cut[0] == cut[1]
    assert [batch.number for batch in cut[0]] == [0, 1, 2, 3]
    assert [[d.text[:1] for d in batch.documents] for batch in cut[0]] == [
        ["s", "s"], ["x"], ["y", "a"], ["b", "c", "d"],
    ]  # fmt: skip
    assert sum(batch.size for batch in cut[0]) == path.stat().st_size


@pytest.mark.parametrize(
    ("name", "delimiter", "encoding"), [("a.csv", ",", "utf-8-sig"), ("a.CSV", ";", "cp1252"), ("a.tsv", "\t", "utf-8")]
)
def test_tables(tmp_path: Path, name: str, delimiter: str, encoding: str) -> None:
    """A row of a table is a document; cells may hold line breaks; an empty one is an unknown value."""
    rows = [["id", "body", "date"], ["1", "“Naïve,” she said.\n\nTwo lines.", "2024-05-03"], ["", "Two.", ""]]
    path = tmp_path / name
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
    first, second = items(path, columns=Columns(text="body", published="date"), encoding=encoding.removesuffix("-sig"))
    assert first == InputDocument(rows[1][1], id="1", published="2024-05-03", path=str(path))
    assert second == InputDocument("Two.", path=str(path))


def test_tables_that_cannot_be_read(tmp_path: Path) -> None:
    """A table without the column is refused before the run; a byte that is no text costs its row."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,body\n1,One.\n")
    with pytest.raises(UsageError, match="no column 'text'; it has: id, body"):
        items(path)
    path.write_bytes(b"id,text\n1,One.\n2,\xff\n3,Three.\n")
    one, bad, three = items(path)
    assert (one.id, bad.id, three.id) == ("1", "2", "3")
    assert "is no character" in bad.reason


def test_files_of_other_kinds(tmp_path: Path) -> None:
    """A page is read as the article in it, and what it was taken out of goes along."""
    pytest.importorskip("trafilatura")
    path = tmp_path / "story.html"
    path.write_text(semantic("The ferry is late", ["“It is late again,” the captain told passengers."] * 2), "utf-8")
    (page,) = items(path)
    assert (page.id, page.title, page.published) == ("story", "The ferry is late", "2024-05-03")
    assert json.loads(page.original)["format"] == "html"
    (bad,) = items(write(tmp_path / "b.html", "<!doctype html><ul><li>Home</ul>"))
    assert "no article was found" in bad.reason


def test_slow_kinds_can_be_left_packed(tmp_path: Path) -> None:
    """A page stays as it is, and unpacked it is the document that it would have been; a text never stays packed."""
    pytest.importorskip("trafilatura")
    page = write(tmp_path / "a.txt", semantic("The ferry is late", ["“It is late again,” the captain said."] * 2))
    mail = write(tmp_path / "mail.txt", "From: a@b.example\nSubject: Ferry\nMessage-ID: <1@b>\n\nIt is late.\n")
    records = write(tmp_path / "c.json", json.dumps([{"text": "One."}, {"text": "Two."}]))
    broken = write(tmp_path / "b.html", "<!doctype html><ul><li>Home</ul>")
    packed = [each.content for each in Archive((str(page), str(mail), str(records), str(broken))).records(packed=True)]
    assert [type(each).__name__ for each in packed] == [
        *("PackedFile", "PackedFile", "InputDocument", "InputDocument", "PackedFile")
    ]
    unpacked_all = [unpacked(each) if isinstance(each, PackedFile) else each for each in packed]
    assert unpacked_all == items(page, mail, records, broken)
    assert batches_of_sizes(packed[0], 16 * 300_000) == [1, 2]


def batches_of_sizes(file: PackedFile, size: int) -> list[int]:
    """How many documents the batches have of a large file and two small ones."""
    large = replace(file, data=bytes(size))
    return [len(each.documents) for each in batches(Record(each, 1) for each in (large, replace(large), file))]


def test_addresses_are_no_archives() -> None:
    """An address is refused, with a way to save the page."""
    with pytest.raises(InputError, match="pages are not fetched"):
        Archive(("https://ledger.example/a",)).check()


def write(path: Path, text: str) -> Path:
    """Write a file."""
    path.write_text(text, "utf-8")
    return path
