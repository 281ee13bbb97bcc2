"""``quotes speakers`` with a fake extractor: table, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., object]


def test_a_table_of_one_text(quotes: Run, texts: Path) -> None:
    """The table has a row a speaker: name, what is known, counts, an example; no column for a single text."""
    result = quotes("speakers", texts / "deep" / "c.TXT")
    assert (result.code, result.err) == (0, "")
    head, _, *rows = result.out.strip().splitlines()
    assert head.split() == ["Speaker", "Said", "Words", "For", "example"]
    assert [row.split() for row in rows] == [["Ann", "Kord", "2", "4", "the", "third"], ["person;", "2", "indirect"]]


def test_a_table_of_many(quotes: Run, texts: Path) -> None:
    """Over several texts one speaker is one row, with the number of texts."""
    head, _, row, _ = quotes("speakers", texts).out.strip().splitlines()
    assert head.split()[:4] == ["Speaker", "Said", "Words", "Texts"]
    assert row.split()[:5] == ["Ann", "Kord", "4", "8", "3"]


@pytest.mark.parametrize("columns", [80, 120])
def test_the_table_fits_a_terminal(quotes: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    """No line is wider than the terminal, and a long example is cut and closed."""
    (tmp_path / "a.txt").write_text(f"Said: {'the bridge is closed ' * 30}\n", "utf-8")
    monkeypatch.setattr("quotes.cli.speakers.WIDTH", columns)
    out = quotes("speakers", tmp_path / "a.txt").out
    assert max(map(len, out.splitlines())) <= columns
    assert " …" in out


def test_each_document_alone(quotes: Run, texts: Path) -> None:
    """With --by-document nobody is merged."""
    found = json.loads(quotes("speakers", texts, "--by-document", "--json").out)
    assert [(len(each["documents"]), each["statements"]) for each in found] == [(1, 1), (1, 1), (1, 2)]


def test_json(quotes: Run, texts: Path) -> None:
    """JSON holds every field, positions with their documents."""
    (kord,) = json.loads(quotes("speakers", texts, "--json").out)
    assert kord["name"] == "Ann Kord"
    assert kord["kinds"] == {"direct": 0, "indirect": 4, "mixed": 0}
    assert kord["first"] == {"document": str(texts / "a.txt"), "paragraph": 0, "start": 6}
    assert kord["last"] == {"document": str(texts / "deep" / "c.TXT"), "paragraph": 0, "start": 22}


def test_csv_into_a_file(quotes: Run, texts: Path, tmp_path: Path) -> None:
    """CSV has one line a speaker; -o writes it to a file."""
    target = tmp_path / "speakers.csv"
    result = quotes("speakers", texts, "--csv", "-o", target)
    assert (result.code, result.out) == (0, "")
    (row,) = csv.DictReader(io.StringIO(target.read_text("utf-8")))
    assert (row["name"], row["statements"], row["indirect"], row["words"]) == ("Ann Kord", "4", "4", "8")
    assert row["documents"].split("; ") == [str(texts / name) for name in ("a.txt", "b.txt", "deep/c.TXT")]
    assert row["last_start"] == "22"


def test_nobody_is_quoted(quotes: Run, tmp_path: Path) -> None:
    """A text without statements gives a line that says so, and JSON an empty list."""
    path = tmp_path / "silent.txt"
    path.write_text("Nothing.\n", "utf-8")
    assert quotes("speakers", path).out == "Nobody is quoted.\n"
    assert json.loads(quotes("speakers", path, "--json").out) == []


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--json", "--csv"), 2, "give one of them"),
        (("--attitudes", "nonsense"), 2, "no attitude 'nonsense'"),
    ],
)
def test_wrong_options(quotes: Run, texts: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    """Options that make no sense are one line, and code 2."""
    result = quotes("speakers", texts, *arguments)
    assert result.code == code
    assert message in result.err


def test_an_input_is_never_replaced(quotes: Run, texts: Path) -> None:
    """An output that is one of the texts is refused."""
    result = quotes("speakers", texts, "-o", texts / "a.txt")
    assert result.code == 2
    assert (texts / "a.txt").read_text("utf-8").startswith("Said: ")


def test_bad_texts_can_be_left_out(quotes: Run, texts: Path) -> None:
    """With --on-error skip a text that cannot be read costs only itself, and the code is 7."""
    (texts / "b.txt").write_bytes(b"\xff\xfe\xfd bad")
    result = quotes("speakers", texts, "--json", "--on-error", "skip")
    assert result.code == 7
    assert json.loads(result.out)[0]["statements"] == 3


def test_control_characters_do_not_reach_the_terminal(quotes: Run, tmp_path: Path) -> None:
    """A file name with an escape sequence is shown, not obeyed."""
    for name in ("one\x1b[31m.txt", "two.txt"):
        (tmp_path / name).write_text("Said: so\n", "utf-8")
    assert "\x1b" not in quotes("speakers", tmp_path).out


def test_known_people_are_counted_under_their_name(quotes: Run, texts: Path, tmp_path: Path) -> None:
    """An alias of the table is the person, whatever other columns the table has."""
    people = tmp_path / "people.csv"
    people.write_text("name,aliases,wikidata\nAnna Kord-Lind,A. Kord; Ann Kord,Q7\n", "utf-8")
    (found,) = json.loads(quotes("speakers", texts, "--people", people, "--json").out)
    assert (found["name"], found["statements"]) == ("Anna Kord-Lind", 4)


def test_copies_count_once(quotes: Run, tmp_path: Path) -> None:
    """A text that repeats another is folded, unless nobody asks for it."""
    for folder in ("tide", "courier"):
        (tmp_path / folder).mkdir()
        lines = (f"Said: the mill number {n} on Varn street burned down in the night of Sunday\n" for n in range(9))
        (tmp_path / folder / f"{folder}.txt").write_text("".join(lines), "utf-8")
    (found,) = json.loads(quotes("speakers", tmp_path, "--json").out)
    assert found["statements"] == 18
    (found,) = json.loads(quotes("speakers", tmp_path, "--fold-copies", "--json").out)
    assert found["statements"] == 9
