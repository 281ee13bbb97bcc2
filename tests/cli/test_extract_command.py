"""``quotes extract`` with a fake extractor: arguments, inputs, output, exit codes."""

from __future__ import annotations

import io
import json
import os
import stat
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

Run = Callable[..., object]


def contents(text: str) -> list[str]:
    """The contents in a JSON array of statements."""
    return [record["content"]["text"] for record in json.loads(text)]


def test_a_folder_gives_one_array_sorted_by_path(quotes: Run, texts: Path) -> None:
    """Every *.txt below a folder is read, at any depth, sorted; hidden and other files are not."""
    result = quotes("extract", texts)
    assert (result.code, result.err) == (0, "")
    assert contents(result.out) == ["the first", "the second", "the third", "the fourth"]


def test_arguments_keep_their_order(quotes: Run, texts: Path) -> None:
    """Files come in the order they are given."""
    assert contents(quotes("extract", texts / "b.txt", texts / "a.txt").out) == ["the second", "the first"]


def test_a_file_of_any_name_is_read(quotes: Run, texts: Path) -> None:
    """A file that is named itself is read whatever its ending."""
    assert contents(quotes("extract", texts / "notes.md").out) == ["never"]


def test_standard_input(quotes: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash reads standard input, whose document has the id stdin and no path."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Said: naïve\n".encode())))
    (record,) = json.loads(quotes("extract", "-").out)
    assert record["content"]["text"] == "naïve"
    assert record["provenance"]["document"]["id"] == "stdin"
    assert record["provenance"]["document"]["path"] is None


def test_standard_input_twice(quotes: Run) -> None:
    """Standard input cannot be read twice."""
    result = quotes("extract", "-", "-")
    assert result.code == 2
    assert "more than once" in result.err


def test_jsonl(quotes: Run, texts: Path) -> None:
    """With --format jsonl each statement is one line."""
    lines = quotes("extract", texts, "--format", "jsonl").out.splitlines()
    assert json.loads(lines[0])["content"]["text"] == "the first"
    assert len(lines) == 4


def test_no_statement_is_an_empty_list(quotes: Run, tmp_path: Path) -> None:
    """A text without a statement gives an empty list and success."""
    path = tmp_path / "a.txt"
    path.write_text("Nothing was said.\n", "utf-8")
    result = quotes("extract", path)
    assert (result.code, result.out, result.err) == (0, "[]\n", "")


def test_output_file_replaces_the_old_one(quotes: Run, texts: Path, tmp_path: Path) -> None:
    """The output goes to the file, keeps the old one's permissions, and leaves nothing beside it."""
    output = tmp_path / "out" / "statements.json"
    output.parent.mkdir()
    output.write_text("old", "utf-8")
    output.chmod(0o640)
    result = quotes("extract", texts, "-o", output)
    assert (result.code, result.out) == (0, "")
    assert result.err == f"Wrote 4 statements by 1 speaker from 3 texts to {output}\n"
    assert len(contents(output.read_text("utf-8"))) == 4
    assert stat.S_IMODE(output.stat().st_mode) == 0o640
    assert list(output.parent.iterdir()) == [output]


def test_a_link_goes_on_pointing_to_the_output(quotes: Run, texts: Path, tmp_path: Path) -> None:
    """An output path that is a link stays one, and its target is replaced."""
    target, link = tmp_path / "real.json", tmp_path / "link.json"
    link.symlink_to(target)
    assert quotes("extract", texts, "-o", link).code == 0
    assert link.is_symlink()
    assert len(contents(target.read_text("utf-8"))) == 4


def test_output_to_a_device(quotes: Run, texts: Path) -> None:
    """A device such as /dev/null is written to and not replaced."""
    assert quotes("extract", texts, "-o", os.devnull).code == 0
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize("end", ["Boom", "Ctrl-C"])
def test_a_failure_leaves_the_old_output(quotes: Run, texts: Path, tmp_path: Path, end: str) -> None:
    """Whatever ends the work early, the old output file stays as it was and nothing else is left."""
    output = tmp_path / "out" / "statements.json"
    output.parent.mkdir()
    output.write_text("old", "utf-8")
    (texts / "z.txt").write_text(end, "utf-8")
    result = quotes("extract", texts, "-o", output)
    assert result.code == {"Boom": 70, "Ctrl-C": 130}[end]
    assert result.err.count("\n") == 1
    assert "Traceback" not in result.err
    assert output.read_text("utf-8") == "old"
    assert list(output.parent.iterdir()) == [output]


@pytest.mark.parametrize("place", ["absent/out.json", "."])
def test_a_bad_output_path_costs_no_work(
    quotes: Run, texts: Path, tmp_path: Path, place: str, options_seen: list[object]
) -> None:
    """An output that cannot be written is reported before the extractor is loaded."""
    result = quotes("extract", texts, "-o", tmp_path / place)
    assert result.code == 5
    assert result.err.startswith("quotes: error: cannot write ")
    assert result.err.count("\n") == 1
    assert options_seen == []


def test_the_output_never_replaces_an_input(quotes: Run, texts: Path) -> None:
    """A text that is also named as the output is refused and stays as it was."""
    result = quotes("extract", texts, "-o", texts / "a.txt")
    assert result.code == 2
    assert "is one of the texts to read" in result.err
    assert (texts / "a.txt").read_text("utf-8").startswith("Said: the first")


def test_options_reach_the_extractor(quotes: Run, texts: Path, options_seen: list[object]) -> None:
    """Model, attitudes and confidence are handed on."""
    quotes("extract", texts, "--model", "m", "--attitudes", "belief, Statement", "--min-confidence", "0.5")
    quotes("extract", texts, "--attitudes", "all")
    from quotes.extractor import ATTITUDES

    assert options_seen == [("m", {"belief", "statement"}, 0.5), (None, set(ATTITUDES), 0.0)]


def test_metadata_reaches_the_document(quotes: Run, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Date, publisher, title and encoding are given to every document."""
    from quotes.text import document

    seen, read = [], document.read_documents
    monkeypatch.setattr(document, "read_documents", lambda path, **how: seen.append(how) or read(path, **how))
    arguments = ("--published", "2023-03-16", "--publisher", "P", "--title", "T", "--encoding", "latin-1")
    arguments += ("--max-bytes", "5000")
    assert quotes("extract", texts / "a.txt", *arguments).code == 0
    known = {"published": date(2023, 3, 16), "publisher": "P", "title": "T"}
    assert seen == [{**known, "encoding": "latin-1", "max_bytes": 5000}]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extract"], "Missing argument"),
        (["extract", "a.txt", "--format", "xml"], "--format"),
        (["extract", "a.txt", "--published", "16 March"], "--published '16 March' is not a date"),
        (["extract", "a.txt", "--encoding", "klingon"], "--encoding 'klingon' is no known"),
        (["extract", "a.txt", "--encoding", "hex"], "--encoding 'hex' is no known"),
        (["extract", "a.txt", "--on-error", "retry"], "--on-error"),
        (["extract", "a.txt", "--nonsense"], "--nonsense"),
        (["translate"], "translate"),
        (["extract", "a.txt", "--quiet", "--verbose"], "--quiet and --verbose together"),
        (["extract", "a.txt", "--since", "March"], "'March' is no date"),
    ],
)
def test_usage_errors_are_one_line(quotes: Run, arguments: list[str], message: str) -> None:
    """A wrong option or argument is one line on standard error and exit code 2."""
    result = quotes(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("quotes: error: ")
    assert message in result.err
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    ("attitudes", "confidence", "message"),
    [
        ("statement,hope", 0.0, "no attitude 'hope'"),
        (" , ", 0.0, "no attitude given"),
        ("all", 1.5, "not between 0 and 1"),
        ("all", float("nan"), "not between 0 and 1"),
    ],
)
def test_extractor_options_are_checked(attitudes: str, confidence: float, message: str) -> None:
    """Options of the extractor are checked before it is loaded."""
    from quotes.cli.options import make_extractor
    from quotes.errors import UsageError

    with pytest.raises(UsageError, match=message):
        make_extractor("no_such_pipeline", attitudes, confidence)


def test_attitude_names_are_those_of_the_contract() -> None:
    """The attitudes that the command line offers are the contract's."""
    from quotes.cli.options import AttitudesOption
    from quotes.extractor import ATTITUDES

    (option,) = AttitudesOption.__metadata__
    assert f"one or more of {', '.join(ATTITUDES)}, separated" in option.help


BAD_INPUTS = {
    "absent.txt": None,
    "binary.txt": bytes(range(256)) * 8,
    "latin.txt": "Said: naïve".encode("latin-1"),
}


@pytest.fixture(params=sorted(BAD_INPUTS))
def bad(request: pytest.FixtureRequest, texts: Path) -> Path:
    """A file that is no text."""
    data = BAD_INPUTS[request.param]
    path = texts / request.param
    if data is not None:
        path.write_bytes(data)
    return path


def test_a_bad_input_stops_with_one_line(quotes: Run, bad: Path) -> None:
    """An input that is no text is one line that names it, and exit code 3."""
    result = quotes("extract", bad)
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith("quotes: error: ")
    assert bad.name in result.err
    assert result.err.count("\n") == 1


def test_a_bad_input_that_is_skipped_costs_only_itself(quotes: Run, bad: Path, texts: Path) -> None:
    """With --on-error skip the other texts come out whole, a line says what is left out, the code is 7."""
    result = quotes("extract", texts / "a.txt", bad, texts / "b.txt", "--on-error", "skip")
    assert result.code == 7
    assert contents(result.out) == ["the first", "the second"]
    assert result.err.startswith("quotes: warning: skipped ")
    assert bad.name in result.err
    assert result.err.count("\n") == 1


def test_a_fault_on_one_text_costs_only_itself(quotes: Run, texts: Path) -> None:
    """With --on-error skip even a fault of the extractor itself costs one text."""
    (texts / "aa.txt").write_text("Boom", "utf-8")
    result = quotes("extract", texts, "--on-error", "skip")
    assert (result.code, len(contents(result.out))) == (7, 4)
    assert "aa.txt: internal fault, RuntimeError: boom." in result.err
    assert result.err.count("\n") == 1


def test_a_traceback_is_shown_only_when_asked_for(quotes: Run, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """QUOTES_TRACEBACK=1 lets a fault of quotes itself through, for those who mend it."""
    (texts / "aa.txt").write_text("Boom", "utf-8")
    monkeypatch.setenv("QUOTES_TRACEBACK", "1")
    with pytest.raises(RuntimeError, match="boom"):
        quotes("extract", texts, "--on-error", "skip")


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_gives_an_empty_list(quotes: Run, tmp_path: Path, data: bytes) -> None:
    """A file without any text gives an empty list, and a line that says why."""
    path = tmp_path / "empty.txt"
    path.write_bytes(data)
    result = quotes("extract", path)
    assert (result.code, result.out) == (0, "[]\n")
    assert result.err == f"quotes: warning: {path}: there is no text in it\n"


def test_a_folder_without_text(quotes: Run, tmp_path: Path) -> None:
    """A folder in which there is no *.txt is an error that says so."""
    result = quotes("extract", tmp_path)
    assert result.code == 3
    assert "no *.txt file in the folder" in result.err


def test_all_skipped_gives_an_empty_list(quotes: Run, tmp_path: Path) -> None:
    """When every input is skipped the output is an empty list, and the code says that some are missing."""
    result = quotes("extract", tmp_path, "--on-error", "skip")
    assert (result.code, result.out) == (7, "[]\n")


def test_encoding_reads_what_is_not_utf8(quotes: Run, tmp_path: Path) -> None:
    """The message on bytes that are not UTF-8 names the offset, and --encoding helps."""
    path = tmp_path / "latin.txt"
    path.write_bytes("Said: naïve".encode("latin-1"))
    message = quotes("extract", path).err
    assert " 8" in message
    assert "--encoding" in message
    assert contents(quotes("extract", path, "--encoding", "latin-1").out) == ["naïve"]


def test_two_texts_of_one_id_are_warned_about_once(quotes: Run, texts: Path) -> None:
    """Texts with the same file name keep it as their id; one line says how to tell them apart."""
    for folder in ("x", "y"):
        (texts / folder).mkdir()
        (texts / folder / "a.txt").write_text("Said: again\n", "utf-8")
    result = quotes("extract", texts)
    assert result.code == 0
    assert result.err.count("\n") == 1
    assert "have the same document id 'a'" in result.err
    paths = {record["provenance"]["document"]["path"] for record in json.loads(result.out)}
    assert len(paths) == 5


def test_control_characters_in_a_name_stay_out_of_the_terminal(quotes: Run, tmp_path: Path) -> None:
    """A file name with an escape sequence or a line break is shown with them made visible."""
    result = quotes("extract", tmp_path / "a\x1b[31m\nb.txt")
    assert result.err.count("\n") == 1
    assert "\x1b" not in result.err


def test_what_is_no_file_is_left_out(quotes: Run, texts: Path) -> None:
    """A named pipe in a folder would be waited for for ever: a line tells of it, and the code is 7."""
    os.mkfifo(texts / "pipe.txt")
    result = quotes("extract", texts)
    assert (result.code, len(contents(result.out))) == (7, 4)
    assert result.err == f"quotes: warning: skipped {texts / 'pipe.txt'}: it is a pipe, a socket or a device\n"


def test_a_branch_that_cannot_be_read(quotes: Run, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stops the run; with --on-error skip it costs only itself."""
    (texts / "locked").mkdir()
    scan = os.scandir

    def guarded(path: Path) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)  # root may read every folder
    assert quotes("extract", texts).code == 3
    result = quotes("extract", texts, "--on-error", "skip")
    assert (result.code, len(contents(result.out))) == (7, 4)
    assert "Permission denied" in result.err


def test_a_text_that_is_too_long(quotes: Run, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file, an endless device and standard input are read up to a limit only."""
    (texts / "b.txt").write_text("Said: long\n" * 100, "utf-8")
    result = quotes("extract", texts, "--on-error", "skip", "--max-bytes", "1000")
    assert (result.code, contents(result.out)) == (7, ["the first", "the third", "the fourth"])
    assert "b.txt: it is longer than 1,000 bytes" in result.err
    assert "longer than 20,000,000 bytes" in quotes("extract", "/dev/zero").err
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 1001)))
    assert "standard input: it is longer" in quotes("extract", "-", "--max-bytes", "1000").err


def test_a_path_too_long_for_the_system(quotes: Run, texts: Path) -> None:
    """It is no file, and cannot be written to: one line each."""
    for arguments, code in ((["x" * 5000], 3), ([texts, "-o", "x" * 300], 5), (["y/" * 3000], 3)):
        result = quotes("extract", *arguments)
        assert (result.code, result.err.count("\n")) == (code, 1)
        assert "internal fault" not in result.err
