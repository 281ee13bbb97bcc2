"""What a person sees and gets in Python: short lines, a quotation, dictionaries, data frames, files, pairs."""

from __future__ import annotations

import json
import pickle
import pydoc
import re
import sys
from html import escape
from pathlib import Path

import pytest

import quotes
from quotes.io.csv import COLUMNS
from quotes.io.json import statement_record
from tests.conftest import entity_record, make_statement

WHEN = {"start": 0, "end": 6, "text": "Monday", "date": None}
MEDIUM = {**entity_record("Radio <Harbour>"), "inherited": False}
FULL = make_statement(
    "We are <closed>", kind="direct", negated=True, addressee=entity_record("Bo"), medium=MEDIUM, when=WHEN
)
NOBODY = make_statement("so " * 100, at=7, speaker=None)


def test_a_statement_is_a_short_line() -> None:
    """A list of statements can be read at a glance, and nothing is missing where nobody is named."""
    assert repr(FULL) == "<Statement direct, denied, at 0 by 'Ann Kord': 'We are <closed>' 0.50>"
    assert str(NOBODY).startswith("<Statement indirect at 7 by None: 'so so")
    assert len(repr(NOBODY)) < 120


def test_somebody_is_a_short_line() -> None:
    """An entity is its type and name; without a name its mention."""
    assert repr(FULL.speaker) == "<Entity person 'Ann Kord' unresolved>"
    assert repr(FULL.medium) == "<Medium person 'Radio <Harbour>' unresolved>"
    mention = {"start": 0, "end": 4, "text": "they"}
    unnamed = make_statement("so", speaker=entity_record(None, mention=mention, entity="e2")).speaker
    assert repr(unnamed) == "<Entity person 'they' e2>"


def test_the_name_of_the_speaker() -> None:
    """It is None without a speaker, and without a name."""
    nameless = make_statement("so", speaker=entity_record(None))
    assert [each.speaker_name for each in (FULL, NOBODY, nameless)] == ["Ann Kord", None, None]


def test_a_notebook_shows_a_quotation() -> None:
    """Words of a text are shown, not obeyed; what is unknown is left out."""
    html = FULL._repr_html_()
    assert "<b>Ann Kord</b>" in html
    assert "to Bo · through Radio &lt;Harbour&gt; · Monday · denied · direct · confidence 0.50" in html
    assert "“We are &lt;closed&gt;”" in html
    html = NOBODY._repr_html_()
    assert "<b>Speaker not named</b> <small>indirect · confidence 0.50</small>" in html
    assert "“" not in html


def test_a_notebook_shows_a_list() -> None:
    """The same speaker has the same colour and those without a name are grey; more than it shows are counted."""
    again = make_statement("again", at=3)
    found = quotes.Statements([FULL, NOBODY, again])
    html = found._repr_html_()
    assert "<small>3 statements by 1 speaker</small>" in html
    assert re.findall(r"border-left:.25em solid (light-dark\(.*?\));", html) == [
        *("light-dark(#1e4dc5,#5ad6ff)", "light-dark(#57534c,#b3afa6)", "light-dark(#1e4dc5,#5ad6ff)")
    ]
    assert re.findall(r"underline \w+", html)[:2] == ["underline solid", "underline dotted"]
    assert html.count("<div") == html.count("</div>")
    assert "and 1 more" in quotes.Statements([FULL] * 201)._repr_html_()
    assert "<small>0 statements</small>" in quotes.Statements()._repr_html_()


def test_a_list_of_statements_is_a_list() -> None:
    """Nobody who takes a list need know that it is more."""
    found = quotes.Statements([FULL, NOBODY])
    assert isinstance(found, list)
    assert found == [FULL, NOBODY]
    assert repr(found) == repr([FULL, NOBODY])
    assert found[0] is FULL
    assert pickle.loads(pickle.dumps(found)) == found
    assert all(type(each) is quotes.Statements for each in (found[1:], pickle.loads(pickle.dumps(found))))
    assert json.dumps(quotes.Statements()) == "[]"
    assert all(type(each) is quotes.Statements for each in (quotes.extract(""), quotes.extract("It rained.")))


def test_dictionaries() -> None:
    """They are the records of the JSON output."""
    assert quotes.to_dicts([FULL, NOBODY]) == [statement_record(FULL), statement_record(NOBODY)]
    with pytest.raises(quotes.UsageError, match="at index 1 is str"):
        quotes.to_dicts([FULL, "so"])


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_data_frame(library: str) -> None:
    """It has a row a statement and the columns of the CSV, empty ones too."""
    pytest.importorskip(library, reason=f"{library} is not installed (extra 'dev')")
    frame = quotes.to_dataframe([FULL, NOBODY], library)
    assert type(frame).__module__.startswith(library)
    assert list(frame.columns) == list(COLUMNS)
    assert list(frame["kind"]) == ["direct", "indirect"]
    assert list(frame["negated"]) == [True, False]
    assert list(quotes.to_dataframe([], library).columns) == list(COLUMNS)


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither library can be imported."""
    for name in ("pandas", "polars"):
        monkeypatch.setitem(sys.modules, name, None)


@pytest.mark.usefixtures("nothing_installed")
def test_without_a_library_there_is_a_sentence() -> None:
    """It says what to install; a library that nobody knows is another error."""
    with pytest.raises(quotes.UsageError, match="needs pandas or polars, which is not installed: pip install pandas"):
        quotes.to_dataframe([FULL])
    with pytest.raises(quotes.UsageError, match=r"needs polars, .* pip install polars"):
        quotes.to_dataframe([FULL], "polars")
    with pytest.raises(quotes.UsageError, match="no data frames of 'arrow'"):
        quotes.to_dataframe([FULL], "arrow")


TEXT = "Ann Kord said the bridge was closed. She fears the worst."


def test_a_file_and_a_text_give_the_same(tmp_path: Path) -> None:
    """A file is read with its encoding, and attitudes are those asked for."""
    path = tmp_path / "bridge.txt"
    path.write_text(TEXT, "utf-16")
    from_file = quotes.extract_file(path, encoding="utf-16", published="2024-01-17", attitudes="all")
    from_text = quotes.extract(TEXT, attitudes=("statement", "belief"))
    assert [each.content.text for each in from_file] == [each.content.text for each in from_text]
    assert {each.attitude for each in from_text} == {"statement", "belief"}
    assert {each.attitude for each in quotes.extract(TEXT)} == {"statement"}
    assert from_file[0].provenance.document.path == str(path)
    assert str(from_file[0].provenance.document.published) == "2024-01-17"
    with pytest.raises(quotes.UsageError, match="no attitude 'hope'"):
        quotes.extract(TEXT, attitudes="hope")


def test_pairs_keep_what_goes_with_a_text() -> None:
    """What comes with each text comes out with its statements, however many there are."""
    given = [(TEXT, number) if number % 3 else ("Nothing.", number) for number in range(40)]
    found = list(quotes.Extractor().pipe(iter(given), as_tuples=True))
    assert [number for _, number in found] == list(range(40))
    assert [bool(statements) for statements, _ in found] == [bool(number % 3) for number in range(40)]


@pytest.mark.parametrize("bad", [[TEXT], [(TEXT, 1, 2)], [(TEXT, 1), 7]])
def test_what_is_no_pair(bad: list[object]) -> None:
    """The message names the place."""
    with pytest.raises(quotes.UsageError, match=f"at index {len(bad) - 1} is "):
        list(quotes.Extractor().pipe(bad, as_tuples=True))


def test_the_loop_of_the_readme_never_fails() -> None:
    """Whatever a text leaves out, the attributes that the README uses are there."""
    fixtures = Path(__file__).parents[1] / "fixtures"
    documents = [quotes.read_document(path) for path in sorted(fixtures.glob("*/article.txt"))]
    extractor = quotes.Extractor(attitudes="all")
    names = []
    for statements in extractor.pipe(documents):
        for statement in statements:
            names.append(statement.speaker_name)
            line = f"{statement.kind} {statement.negated} {statement.speaker_name} | {statement.content.text}"
            assert line.endswith(statement.content.text)
            assert f"<b>{escape(statement.speaker_name or 'Speaker not named')}</b>" in statement._repr_html_()
    assert None in names


@pytest.mark.parametrize(
    "model", [quotes.Statement, quotes.Entity, quotes.DocumentInfo, quotes.Verification, quotes.Family]
)
def test_help_tells_of_fields(model: type) -> None:
    """What each field means is in ``help``, and once in the JSON schema."""
    shown = pydoc.render_doc(model, renderer=pydoc.plaintext)
    for name, field in model.model_fields.items():
        assert f" {name}: {field.description}" in shown
    schema = model.model_json_schema()
    assert "Fields:" not in json.dumps(schema)
    assert schema["description"] == model.__doc__.split("\n\nFields:")[0]


def test_everything_public_is_documented() -> None:
    """Each name has a docstring of its own."""
    for name in quotes.__all__:
        assert name == "__version__" or getattr(quotes, name).__doc__, name
