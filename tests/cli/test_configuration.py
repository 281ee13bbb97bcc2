"""Options that a folder keeps in a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

Run = Callable[..., object]
SETTINGS = (
    'publisher = "Castell Wire"\nattitudes = ["statement", "belief"]\nencoding = "latin-1"\npublished = 2024-03-05\n'
)


@pytest.fixture
def folder(texts: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a text in it, in which commands run."""
    monkeypatch.chdir(texts)
    return texts


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("quotes.toml", SETTINGS),
        ("pyproject.toml", f'[project]\nname = "news"\n[tool.quotes]\n{SETTINGS}'),
    ],
)
def test_the_folder_sets_options(
    quotes: Run,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    options_seen: list[tuple[object, ...]],
    name: str,
    content: str,
) -> None:
    """Both files say the same; what is given on the command line comes first; other commands do not mind."""
    from quotes.cli import extract
    from quotes.cli.inputs import TextRun

    seen = []
    monkeypatch.setattr(extract, "TextRun", lambda *given, **more: seen.append(given[:3]) or TextRun(*given, **more))
    (folder / name).write_text(content, "utf-8")
    assert quotes("a.txt").code == 0
    assert quotes("a.txt", "--publisher", "Other", "--attitudes", "all").code == 0
    assert seen == [("latin-1", date(2024, 3, 5), "Castell Wire"), ("latin-1", date(2024, 3, 5), "Other")]
    assert options_seen[0][1] == {"statement", "belief"}
    assert len(options_seen[1][1]) == 5
    assert quotes("schema").code == 0


ALIASES = '{"Ada Kord" = ["Ann Kord", "A. Kord"], "Bo Lind" = []}'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("quotes.toml", f"aliases = {ALIASES}\n"),
        ("quotes.toml", '[aliases]\n"Ada Kord" = ["A. Kord", "Ann Kord"]\n'),
        ("pyproject.toml", f"[tool.quotes]\naliases = {ALIASES}\n"),
        ("pyproject.toml", '[tool.quotes.aliases]\n"Ada Kord" = ["Ann Kord"]\n'),
    ],
)
def test_the_folder_names_people(quotes: Run, folder: Path, name: str, content: str) -> None:
    """Speakers are counted under the name that the folder gives them; a table that is given comes first."""
    (folder / name).write_text(content, "utf-8")
    (found,) = json.loads(quotes("speakers", "a.txt", "--json").out)
    assert (found["name"], found["statements"]) == ("Ada Kord", 1)
    (folder / "people.csv").write_text("name,aliases\nEve Kord,Ann Kord\n", "utf-8")
    (found,) = json.loads(quotes("speakers", "a.txt", "--json", "--people", "people.csv").out)
    assert found["name"] == "Eve Kord"


def test_people_of_the_folder_link_statements(quotes: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `quotes link` is told of people by a table it is told by the folder's file too."""
    from quotes.linking import families

    seen = []
    monkeypatch.setattr(families, "linked", lambda _, people, __: seen.append(people) or iter(()))
    (folder / "saved.json").write_text("[]", "utf-8")
    (folder / "people.csv").write_text("name,aliases\nAda Kord,Ann Kord; A. Kord\n", "utf-8")
    quotes("link", "saved.json", "--people", "people.csv")
    (folder / "quotes.toml").write_text('[aliases]\n"Ada Kord" = ["Ann Kord", "A. Kord"]\n', "utf-8")
    quotes("link", "saved.json")
    assert seen[0].ids == seen[1].ids
    assert len(set(seen[0].ids.values())) == 1


def test_quotes_toml_counts_alone(quotes: Run, folder: Path, options_seen: list[tuple[object, ...]]) -> None:
    """Where both are there, the file of its own name is read."""
    (folder / "quotes.toml").write_text('attitudes = "belief"\n', "utf-8")
    (folder / "pyproject.toml").write_text('[tool.quotes]\nattitudes = "decree"\n', "utf-8")
    quotes("a.txt")
    assert options_seen[0][1] == {"belief"}


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        ("publisher = \n", 3, "quotes.toml: cannot be read as TOML"),
        ('outlet = "x"\n', 2, "quotes.toml: 'outlet' cannot be set there; what can is aliases, attitudes"),
        ('aliases = {"" = ["A. Kord"]}\n', 2, "quotes.toml: aliases is a table of names, each with a list"),
        ('aliases = ["Ann Kord"]\n', 2, "quotes.toml: aliases is a table of names, each with a list"),
        ('aliases = {"Ann Kord" = "A. Kord"}\n', 2, "quotes.toml: aliases is a table of names, each with a list"),
        ('published = "May"\n', 2, "'May' is not a date"),
        ('encoding = "klingon"\n', 2, "no known text encoding"),
    ],
)
def test_a_bad_file_is_one_line(quotes: Run, folder: Path, content: str, code: int, message: str) -> None:
    """It is said what is wrong with it, before any work."""
    (folder / "quotes.toml").write_text(content, "utf-8")
    result = quotes("a.txt")
    assert (result.code, result.out) == (code, "")
    assert message in result.err
    assert result.err.count("\n") == 1


def test_a_name_of_two_people(quotes: Run, folder: Path) -> None:
    """What is wrong with the people is said with the file that names them."""
    (folder / "quotes.toml").write_text('[aliases]\n"Ann Kord" = ["A. Kord"]\n"Ada Kord" = ["A. Kord"]\n', "utf-8")
    result = quotes("speakers", "a.txt")
    assert result.code == 2
    assert result.err.startswith("quotes: error: quotes.toml, aliases: person 2: 'A. Kord' is a name of 'Ann Kord' too")


def test_help_is_there_whatever_the_file_says(quotes: Run, folder: Path) -> None:
    """Whoever looks for help because of a bad file gets it."""
    (folder / "quotes.toml").write_text("publisher = \n", "utf-8")
    for arguments in (("--help",), ("extract", "-h"), ("--version",)):
        assert quotes(*arguments).code == 0


def test_another_project_is_left_alone(quotes: Run, folder: Path) -> None:
    """A pyproject.toml that sets nothing for quotes is not even parsed."""
    (folder / "pyproject.toml").write_text("[tool.other\n", "utf-8")
    assert quotes("a.txt").code == 0
