"""What a person meets first: no command, a file alone, the table, suffixes, reports, filters, saved statements."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from quotes.cli import extract as extract_command
from quotes.io import Format
from quotes.io.json import statements_to_json
from tests.conftest import make_statement

Run = Callable[..., object]


class Terminal(io.StringIO):
    """A standard output that says it is a terminal."""

    def isatty(self) -> bool:
        """It always is."""
        return True


def said(text: str) -> list[str]:
    """The contents in a JSON array of statements."""
    return [record["content"]["text"] for record in json.loads(text)]


def test_without_arguments_there_is_help(quotes: Run) -> None:
    """The program alone shows its commands and ends well."""
    result = quotes()
    assert (result.code, result.err) == (0, "")
    assert "Usage: quotes" in result.out
    assert "extract" in result.out


def test_a_text_alone_is_extracted(quotes: Run, texts: Path) -> None:
    """A file, a folder or an option in the place of a command means extract."""
    assert said(quotes(texts / "a.txt").out) == ["the first"]
    assert len(said(quotes(texts).out)) == 4
    assert quotes("--format", "jsonl", texts).out == quotes("extract", texts, "--format", "jsonl").out


def test_a_mistyped_command_is_no_text(quotes: Run, texts: Path) -> None:
    """A word that is neither is said to be no command, with the one that is like it."""
    result = quotes("speakrs", texts)
    assert result.code == 2
    assert result.err == "quotes: error: No such command 'speakrs'. Did you mean 'speakers'? Try 'quotes --help'.\n"


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (("speakers", "--nonsense"), "quotes speakers"),
        (("speakers", ".", "--json", "--csv"), "quotes speakers"),
        (("verify", "a.txt"), "quotes verify"),
        (("a.txt", "--published", "May"), "quotes extract"),
        (("link", "a.json", "--min-confidence", "7"), "quotes link"),
    ],
)
def test_errors_name_the_help_of_their_command(quotes: Run, arguments: tuple[str, ...], command: str) -> None:
    """Whoever mistypes an option is led to the right page of help."""
    result = quotes(*arguments)
    assert result.code == 2
    assert result.err.endswith(f" Try '{command} --help'.\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--format", "xml"), "--format: 'xml' is none of table, json, jsonl, csv, "),
        (("--kind", "spoken"), "--kind: 'spoken' is none of direct, indirect, mixed. Try"),
        (("--max-bytes", "0"), "--max-bytes: give a number from 1 on. Try"),
        (("--max-bytes", "many"), "--max-bytes: give a whole number. Try"),
        (("--min-confidence", "high"), "--min-confidence: give a number. Try"),
        (("--formt", "csv"), "No such option: --formt. Did you mean --format? Try"),
        (("-o",), "Option '-o' requires an argument. Try"),
        (("--since", "May"), "'May' is no date; write it like 2023-03-16, 2023-03 or 2023. Try"),
    ],
)
def test_mistakes_are_explained_in_plain_words(
    quotes: Run, texts: Path, arguments: tuple[str, ...], message: str
) -> None:
    """Nobody sees the library that checks values."""
    result = quotes("extract", texts, *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"quotes: error: {message}")
    assert not re.search(r"pydantic|Value error|Input should|type=", result.err)


def test_a_port_out_of_range(quotes: Run) -> None:
    """The most that can be given is said too."""
    assert "error: --port: give a number up to 65535." in quotes("serve", "--port", "99999").err


@pytest.mark.parametrize("columns", [80, 120])
def test_a_table_on_a_terminal(quotes: Run, texts: Path, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    """On a terminal there is a table of its width, in which everything is said in full; JSON is asked for."""
    long = " ".join(f"word{number}" for number in range(60))
    (texts / "a.txt").write_text(f"Said: {long}\n", "utf-8")
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm-256color")  # rich keeps the codes of a style that it has printed once
    shown = {}
    for arguments in ((), ("--format", "json")):
        monkeypatch.setattr(sys, "stdout", Terminal())
        assert quotes(texts / "a.txt", *arguments).code == 0
        shown[arguments] = re.sub("\x1b\\[[0-9;]*m", "", sys.stdout.getvalue())
    lines = shown[()].splitlines()
    assert "Ann Kord" in shown[()]
    assert "1 statement by 1 speaker from 1 text." in shown[()]
    assert [word for word in long.split() if word not in shown[()]] == []
    assert max(map(len, lines)) <= columns
    assert said(shown["--format", "json"]) == [long]


def test_the_table_says_to_whom_through_what_when_and_how_sure(capsys: pytest.CaptureFixture[str]) -> None:
    """Only what is known has a column; a quotation has its marks, a denial and a doubt are said."""
    from quotes.cli.statement_table import print_statements
    from quotes.text.document import make_document
    from tests.conftest import entity_record

    medium = {**entity_record("Radio Harbour"), "inherited": False}
    when = {"start": 0, "end": 6, "text": "Monday", "date": "2024-01-15"}
    full = make_statement(
        "We are closed",
        kind="direct",
        negated=True,
        confidence=0.4,
        addressee=entity_record("councillors"),
        medium=medium,
        when=when,
    )
    document = make_document("", document_id="a")
    print_statements([(document, [full])], sys.stdout)
    out = " ".join(capsys.readouterr().out.split())
    assert "Who What To, through When" in out
    assert "Ann Kord (denied) “We are closed” (?) to councillors, 2024-01-15 through Radio Harbour" in out
    assert "(?) marks those that are less than 70% sure." in out
    print_statements([(document, [make_statement("no more", speaker=None)])], sys.stdout)
    out = " ".join(capsys.readouterr().out.split())
    assert "Who What ─" in out
    assert "(not named) no more" in out


def test_control_characters_do_not_reach_the_terminal(quotes: Run, tmp_path: Path) -> None:
    """What a text says to a terminal is shown, not obeyed."""
    (tmp_path / "a.txt").write_text("Said: \x1b[31mred\n", "utf-8")
    assert "\x1b" not in quotes(tmp_path / "a.txt", "--format", "table").out


def test_the_forms_are_those_of_the_library_and_a_table() -> None:
    """No format of the library is missing on the command line."""
    assert {*Format} | {"table"} == {*extract_command.Form}
    assert {each.suffix for each in Format if each.suffix} <= {*extract_command.SUFFIXES}
    for each in Format:
        assert each.is_folder or extract_command.Form(each) in extract_command.SUFFIXES[each.suffix]


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("x.json", "[\n"),
        ("x.jsonl", '{"schema_version"'),
        ("x.CSV", '\ufeff"document"'),
        ("x.md", "## "),
        ("x.xml", "<?xml"),
        ("x.jsonld", '{"@context"'),
        ("x.out", "[\n"),
    ],
)
def test_the_suffix_decides(quotes: Run, texts: Path, tmp_path: Path, name: str, beginning: str) -> None:
    """A file is what its name says; JSON where that says nothing."""
    assert quotes("extract", texts, "-o", tmp_path / name).code == 0
    assert (tmp_path / name).read_text("utf-8").startswith(beginning)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("extract", "--format", "csv", "-o", "x.json"), "--format csv clashes with x.json, whose suffix means json"),
        (("extract", "--format", "brat", "-o", "x.csv"), "--format brat clashes with x.csv"),
        (("extract", "-o", "x.html"), "no .html file can be written here (x.html); 'quotes view' writes pages"),
        (("speakers", "-o", "x.xlsx"), "let the name end in .csv"),
        (("speakers", "--json", "-o", "x.csv"), "--format json clashes with x.csv"),
        (("verify", "--format", "csv", "--against", "a.txt", "-o", "x.json"), "--format csv clashes with x.json"),
        (("view", "-o", "x.csv"), "a page is HTML, and x.csv is none"),
    ],
)
def test_a_clash_is_an_error(quotes: Run, texts: Path, arguments: tuple[str, ...], message: str) -> None:
    """What the option says and what the name says must agree; it is one sentence, and nothing is written."""
    command, *options = arguments
    result = quotes(command, texts / "a.txt", *options)
    assert result.code == 2
    assert message in result.err
    assert result.err.count("\n") == 1
    assert not Path(options[-1]).exists()


def test_web_annotations_may_be_called_json(quotes: Run, texts: Path, tmp_path: Path) -> None:
    """JSON-LD is JSON."""
    assert quotes("extract", texts, "--format", "webannotation", "-o", tmp_path / "x.json").code == 0


def test_reports(quotes: Run, texts: Path, tmp_path: Path) -> None:
    """A line says what was written; --verbose also what each text gave, --quiet nothing, not even a warning."""
    (texts / "empty.txt").write_text("", "utf-8")
    target = tmp_path / "x.csv"
    result = quotes("speakers", texts, "-o", target)
    assert result.err.splitlines()[-1] == f"Wrote 1 speaker of 4 statements from 4 texts to {target}"
    lines = quotes(texts, "-o", target, "--verbose").err.splitlines()
    assert f"{texts / 'deep' / 'c.TXT'}: 2 statements" in lines
    assert lines[-1].startswith(f"Wrote 4 statements by 1 speaker from 4 texts to {target} in ")
    assert quotes(texts, "-o", target, "--quiet").err == ""
    assert "there is no text in it" in quotes(texts, "-o", target).err
    assert "no such file" in quotes("absent.txt", "--quiet").err


def test_a_hint_where_a_terminal_is_read(quotes: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for standard input and gives nothing is told what it waits for."""
    given = io.TextIOWrapper(io.BytesIO(b"Said: so\n"))
    monkeypatch.setattr(sys, "stdin", given)
    assert quotes("-").err == ""
    given = io.TextIOWrapper(io.BytesIO(b"Said: so\n"))
    monkeypatch.setattr(given, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdin", given)
    result = quotes("-")
    assert said(result.out) == ["so"]
    assert result.err.startswith("Reading from the terminal: paste a text")


FILTERS = [
    (("--speaker", "kord"), 4),
    (("--speaker", "Corrie"), 0),
    (("--contains", "FIRST", "--contains", "third"), 2),
    (("--kind", "direct"), 0),
    (("--kind", "direct", "--kind", "indirect"), 4),
    (("--since", "2024"), 0),
    (("--until", "2024-03"), 0),
    (("--named-only",), 4),
]


@pytest.mark.parametrize(("options", "number"), FILTERS)
def test_filters_hold_for_texts_and_saved_statements(
    quotes: Run, texts: Path, tmp_path: Path, options: tuple[str, ...], number: int
) -> None:
    """What is asked of texts can be asked of the file that was written, with the same answer."""
    from_texts = quotes(texts, *options).out
    assert len(said(from_texts)) == number
    saved = tmp_path / "saved.jsonl"
    quotes(texts, "-o", saved)
    assert quotes(saved, *options).out == from_texts
    assert sum(each["statements"] for each in json.loads(quotes("speakers", saved, *options, "--json").out)) == number
    assert quotes("speakers", texts, *options, "--json").out == quotes("speakers", saved, *options, "--json").out


def test_dates(quotes: Run, tmp_path: Path) -> None:
    """A statement of March is found between days, months and years around it."""
    when = {"start": 0, "end": 6, "text": "Monday", "date": "2024-03-11"}
    (tmp_path / "saved.json").write_text(statements_to_json([make_statement("so", when=when)]), "utf-8")
    for since, until, number in (("2024-03-11", "2024-03-11", 1), ("2024", "2024-03", 1), ("2023", "2024-02", 0)):
        assert len(said(quotes(tmp_path / "saved.json", "--since", since, "--until", until).out)) == number


def test_a_filtered_table_leaves_out_other_texts(quotes: Run, texts: Path) -> None:
    """A text with nothing that was asked for has no heading."""
    out = quotes(texts, "--contains", "second", "--format", "table").out
    assert out.startswith("b ──")
    assert "\nc ──" not in out
    assert quotes(texts, "--contains", "absent", "--format", "markdown").out == ""


def test_saved_statements_in_other_forms(quotes: Run, texts: Path, tmp_path: Path) -> None:
    """A saved file becomes a table or CSV without its texts; what needs the texts says so."""
    saved = tmp_path / "saved.json"
    quotes(texts, "-o", saved)
    assert quotes(saved, "--format", "csv").out == quotes(texts, "--format", "csv").out
    assert "| **Ann Kord** | the first (?) |  |  |" in quotes(saved, "--format", "markdown").out
    for form in ("tei", "webannotation"):
        assert "holds statements without their texts" in quotes(saved, "--format", form).err
    assert "give texts or statements" in quotes(saved, texts).err
    assert "is one of the texts to read" in quotes(saved, "-o", saved).err
    (tmp_path / "none.json").write_text("[]\n", "utf-8")
    assert quotes(tmp_path / "none.json").out == "[]\n"


def test_saved_statements_are_chosen_by_attitude_and_confidence(quotes: Run, tmp_path: Path) -> None:
    """As for texts, beliefs come only when they are asked for."""
    saved = tmp_path / "saved.json"
    statements = [make_statement("one", at=4, attitude="belief"), make_statement("two", at=9, confidence=0.9)]
    saved.write_text(statements_to_json(statements), "utf-8")
    assert said(quotes(saved).out) == ["two"]
    assert said(quotes(saved, "--attitudes", "all").out) == ["one", "two"]
    assert said(quotes(saved, "--attitudes", "all", "--min-confidence", "0.6").out) == ["two"]


def test_a_bad_saved_file_is_explained_in_plain_words(quotes: Run, tmp_path: Path) -> None:
    """The message names the place, and nothing of the library that found it."""
    saved = tmp_path / "saved.json"
    for record, reason in (
        ({"schema_version": 2}, "statement 0: no statement of this version of quotes: id is missing;"),
        ({"schema_version": 2, "more": 1}, "more is no field of a statement;"),
    ):
        full = {**json.loads(statements_to_json([make_statement("one")]))[0], **record} if "more" in record else record
        saved.write_text(json.dumps([full]), "utf-8")
        result = quotes(saved)
        assert result.code == 6
        assert reason in result.err
        assert "pydantic" not in result.err
