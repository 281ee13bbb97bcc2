"""A table of people whom the caller knows: names joined by it, all its columns passed through, wrong ones refused."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quotes.errors import UsageError
from quotes.io.json import family_schema, parsed_json, statements_to_json
from quotes.linking.people import People
from tests.linking.reports_of_a_visit import FERRY, said

TABLE = (
    "name,aliases,id,wikidata,party\n"
    "Emil Vasarai,Baron Skar; E. Vasarai|Vasarai,p7,Q7,\n"
    'Ann Kord,,p8,Q8,"Left, Green"\n'
)
EMIL = {"name": "Emil Vasarai", "aliases": "Baron Skar; E. Vasarai|Vasarai", "id": "p7", "wikidata": "Q7", "party": ""}
Run = Callable[..., object]


@pytest.fixture
def statements(tmp_path: Path) -> Path:
    """Two reports of one thing said, and one of somebody else."""
    path = tmp_path / "statements.json"
    given = [
        said(FERRY),
        said(FERRY, document="courier", speaker="Baron Skar"),
        said("the museum needs a new roof", document="echo", speaker="Ole Farr"),
    ]
    path.write_text(statements_to_json(given), "utf-8")
    return path


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """The table."""
    path = tmp_path / "people.csv"
    path.write_text(TABLE, "utf-8")
    return path


def test_people_have_ids_and_aliases() -> None:
    """A row without an id is one person by its name; several rows may be of one."""
    people = People(
        csv.DictReader(io.StringIO("name,alias,id\nEmil Vasarai,E. Vasarai,Q7\n,Harbourmaster,Q7\nAnn Kord,,\n"))
    )
    assert people.ids == {"emil vasarai": "Q7", "e vasarai": "Q7", "harbourmaster": "Q7", "ann kord": "Ann Kord"}
    assert people.columns == ("name", "alias", "id")
    assert people.named("Mr. E. Vasarai") == {"name": "Emil Vasarai", "alias": "E. Vasarai", "id": "Q7"}
    assert people.named("Ole Farr") is people.named(None) is None


def test_one_name_of_two_people_is_refused() -> None:
    """Also in another spelling."""
    with pytest.raises(UsageError, match=r"person 2: 'Mr Emil Vasarai' is a name of 'Q7' too"):
        People([{"name": "Emil Vasarai", "id": "Q7"}, {"name": "Mr Emil Vasarai", "id": "Q8"}])


def test_columns_pass_through_to_families(quotes: Run, statements: Path, people: Path, tmp_path: Path) -> None:
    """As the speaker's row in JSON, which keeps its schema, and as columns in CSV."""
    import jsonschema

    out = quotes("link", statements, "--people", people, "--format", "json").out
    (family,) = families = json.loads(out)
    jsonschema.validate(families, parsed_json(json.dumps(family_schema())))
    assert family["speaker"]["person"] == EMIL
    assert family["speaker"]["name"] == "Emil Vasarai"
    assert sorted(family["speaker"]["names"]) == ["Baron Skar", "Emil Vasarai"]
    table = quotes("link", statements, "--people", people, "--format", "csv").out.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["person_wikidata"] for row in rows] == ["Q7", "Q7"]
    assert [name for name in rows[0] if name.startswith("person_")] == [f"person_{name}" for name in EMIL]


def test_columns_pass_through_to_speakers(quotes: Run, statements: Path, people: Path) -> None:
    """As a row in JSON, None for somebody the table does not have, and as columns in CSV."""
    emil, ole = json.loads(quotes("speakers", statements, "--people", people, "--json").out)
    assert (emil["name"], emil["statements"], emil["person"]) == ("Emil Vasarai", 2, EMIL)
    assert (ole["name"], ole["person"]) == ("Ole Farr", None)
    first, second = csv.DictReader(io.StringIO(quotes("speakers", statements, "--people", people, "--csv").out))
    assert (first["person_id"], first["person_party"], second["person_id"]) == ("p7", "", "")


def test_without_a_table_nothing_is_added(quotes: Run, statements: Path) -> None:
    """Speakers have the fields that they always had."""
    assert all("person" not in each for each in json.loads(quotes("speakers", statements, "--json").out))
    assert "person_" not in quotes("speakers", statements, "--csv").out


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("id,label\nQ7,Emil\n", "no column 'name' in its first line (id, label)"),
        ("name;id\nEmil;Q7\n", "no column 'name' in its first line (name;id)"),
        ("", "no column 'name' in its first line (which is empty)"),
        ("name,id,id\nEmil,Q7,Q8\n", "there are two columns 'id'"),
        ("name,id\nEmil Vasarai,Q7\nAnn Kord,Q8,Left\n", "people.csv:3: more cells than columns"),
        ("name,id\nEmil Vasarai,Q7\n,Q8\n", "person 2: there is no name"),
        ("name,id\nEmil Vasarai,Q7\nEmil  Vasarai,Q8\n", "person 2: 'Emil  Vasarai' is a name of 'Q7' too"),
        ('name,id\n"Emil Vasarai,Q7\n', "cannot be read as a CSV table"),
    ],
)
@pytest.mark.parametrize("command", ["link", "speakers"])
def test_a_wrong_table_is_refused(
    quotes: Run, statements: Path, people: Path, command: str, table: str, message: str
) -> None:
    """In one line that says what is wrong and where, before anything is written."""
    people.write_text(table, "utf-8")
    found = quotes(command, statements, "--people", people)
    assert found.code in (2, 3)
    assert found.out == ""
    assert found.err.count("\n") == 1
    assert str(people) in found.err
    assert message in found.err


def test_what_is_no_text_is_refused(quotes: Run, statements: Path, people: Path) -> None:
    """A spreadsheet, a folder, and a file that is not there."""
    people.write_bytes(b"PK\x03\x04\xff\xfe")
    for path in (people, people.parent, people.parent / "nobody.csv"):
        found = quotes("link", statements, "--people", path)
        assert (found.code, found.err.count("\n")) == (3, 1)
