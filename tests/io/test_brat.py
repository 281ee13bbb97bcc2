"""brat standoff: brat's own rules, the way back, corrections made in brat."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from quotes.errors import DataError, InputError, OutputError
from quotes.io import Extracted, read_brat, write_brat
from quotes.io.brat import pieces_of
from quotes.io.records import unused_name
from quotes.models import Statement
from quotes.text.document import make_document
from quotes.text.spans import Span
from tests.io.conftest import person, said

TEXT = "“We lost,” Ann Kord told Bo Dorn. “The men\ntoo.”"


def brat_lines(file: Path) -> Iterator[tuple[str, list[str]]]:
    """The lines of a file as brat splits them: by Python's line ends, fields by tabs."""
    for line in file.read_text("utf-8").splitlines():
        name, *fields = line.split("\t")
        yield name, fields


def check_as_brat_does(file: Path) -> int:
    """Check a file against the rules of brat's server (annotation.py) and return its number of events."""
    text = file.with_suffix(".txt").read_text("utf-8")  # with universal newlines, as brat opens it
    lines = dict(brat_lines(file))
    assert len(lines) == len(list(brat_lines(file))), "an id is there twice"
    events = {name: fields for name, fields in lines.items() if name[0] == "E"}
    triggers = {re.match(r"\w+:(T\d+)", fields[0])[1] for fields in events.values()}
    for name, fields in lines.items():
        data, *tail = fields
        assert re.fullmatch(r"[TEA#]\d+", name)
        if name[0] == "T":
            offsets = [tuple(map(int, pair.split(" "))) for pair in data.split(" ", 1)[1].split(";")]
            assert all(0 <= start < end <= len(text) for start, end in offsets)
            assert all(left[1] <= right[0] for left, right in pairwise(offsets))
            assert tail == [" ".join(text[start:end] for start, end in offsets)]
        elif name[0] == "E":
            (kind, trigger), *arguments = (part.split(":") for part in data.split(" "))
            assert lines[trigger][0].split(" ")[0] == kind
            assert all(target in lines and target not in triggers for _, target in arguments)
        elif name[0] == "A":
            assert re.fullmatch(r"\w+ E\d+( \w+)?", data)
            assert data.split(" ")[1] in events
        else:
            note, target = data.split(" ")
            assert (note, target in events) == ("AnnotatorNotes", True)
    return len(events)


@pytest.fixture
def statement() -> Statement:
    """A statement of two pieces, one over a line break, with two people."""
    document = make_document(TEXT, document_id="a")
    speaker, addressee = person("Ann Kord", document, "Ann Kord"), person("Bo Dorn", document, "Bo Dorn")
    return said(document, "We lost,", "The men\ntoo.", speaker=speaker, addressee=addressee)


@pytest.fixture
def folder(tmp_path: Path, statement: Statement) -> Path:
    """A folder with that statement's document."""
    write_brat([(make_document(TEXT, document_id="a"), [statement])], tmp_path)
    return tmp_path


def changed(folder: Path, old: str, new: str) -> Path:
    """Change the annotation file as a person does in brat."""
    file = folder / "a.ann"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return folder


def test_brat_can_read_it(extracted: list[Extracted], tmp_path: Path) -> None:
    """Each file keeps the rules that brat's own reader has."""
    files = write_brat(extracted, tmp_path)
    assert sum(map(check_as_brat_does, files)) == sum(len(each) for _, each in extracted)


def test_it_comes_back(extracted: list[Extracted], tmp_path: Path) -> None:
    """Reading gives the same statements, every field of them, document by document."""
    for number, (document, statements) in enumerate(extracted):
        folder = tmp_path / str(number)
        folder.mkdir()
        write_brat([(document, statements)], folder)
        assert read_brat(folder) == list(statements)


def test_odd_text_survives(odd: Extracted, tmp_path: Path) -> None:
    """Control characters, lone surrogates and CRLF come back as they were; brat can read the files."""
    (file,) = write_brat([odd], tmp_path)
    assert check_as_brat_does(file) == 3
    assert read_brat(tmp_path) == odd[1]


def test_the_text_keeps_its_length(odd: Extracted, tmp_path: Path) -> None:
    """The text as brat reads it has the code points of the document, so that offsets hold."""
    (file,) = write_brat([odd], tmp_path)
    assert len(file.with_suffix(".txt").read_text("utf-8")) == len(odd[0].text)


def test_files_are_named_after_documents(odd: Extracted, tmp_path: Path) -> None:
    """A document's id becomes a safe file name; one that is taken is numbered."""
    files = write_brat([odd, odd, (make_document("", document_id=".a"), [])], tmp_path)
    names = ["odd_.._name_of_a_file.ann", "odd_.._name_of_a_file-2.ann", "_a.ann"]
    assert [file.name for file in files] == names
    assert files[2].read_text("utf-8") == ""
    assert "Statement\t" in (tmp_path / "annotation.conf").read_text("utf-8")


def test_any_id_makes_a_file_of_its_own(tmp_path: Path) -> None:
    """Ids longer than a file's name, ids that differ in case or in how an accent is written, many equal ones."""
    ids = ["é" * 400, "é" * 401, "Kord", "KORD", "caf\u00e9", "cafe\u0301", "a-2", *["a"] * 300]
    files = write_brat([(make_document("", document_id=each), []) for each in ids], tmp_path)
    assert len({unicodedata.normalize("NFC", file.name).casefold() for file in files}) == len(ids)
    assert max(len(file.name.encode("utf-8")) for file in files) <= 255
    assert [file.stem for file in files[2:4] + files[7:9]] == ["Kord", "KORD-2", "a", "a-3"]


def test_many_equal_ids_cost_no_more_each() -> None:
    """The thousandth of a name is found as fast as the second."""
    taken: dict[str, int] = {}
    begun = time.process_time()
    names = [unused_name("a", taken) for _ in range(40_000)]
    assert time.process_time() - begun < 5
    assert (len(set(names)), names[-1]) == (40_000, "a-40000")


def test_a_line_break_makes_two_pieces(folder: Path) -> None:
    """A stretch over a line break is written as brat writes it: discontinuous, white space left out."""
    lines = (folder / "a.ann").read_text("utf-8").splitlines()
    assert lines[0] == "T1\tStatement 1 9;35 42;43 47\tWe lost, The men too."
    assert pieces_of("a \r\n\t b", 0, 7) == (Span(0, 1), Span(6, 7))


def test_a_moved_content_comes_back_moved(folder: Path) -> None:
    """When a person takes a piece away in brat, the content has it no more."""
    changed(folder, "1 9;35 42;43 47\tWe lost, The men too.", "1 8\tWe lost")
    (found,) = read_brat(folder)
    assert (found.content.text, found.content.spans[0].end) == ("We lost", 8)


def test_corrections_come_back(folder: Path) -> None:
    """A changed type, kind and role, a flag that was added and a note of somebody's own are read."""
    changed(folder, "Person 11 19", "Organization 11 19")
    changed(folder, "Kind E1 indirect", "Kind E1 direct")
    changed(folder, "Addressee:T4", "Medium:T4")
    changed(folder, "A2\t", "A9\tNegated E1\n#9\tAnnotatorNotes E1\tlooks right\nR1\tX Arg1:T1 Arg2:T2\nA2\t")
    (found,) = read_brat(folder)
    assert (found.speaker.type, found.kind, found.addressee, found.negated) == (
        "organization",
        "direct",
        None,
        True,
    )
    assert (found.medium.name, found.medium.inherited) == ("Bo Dorn", False)


def test_roles_that_were_added_come_back(folder: Path) -> None:
    """A cue and a time that a person marks in brat need no note."""
    changed(folder, "E1\tStatement:T1", "T8\tCue 20 24\ttold\nT9\tTime 35 38\tThe\nE1\tStatement:T1 Time:T9")
    changed(folder, "Cue:T2", "Cue:T8")
    changed(folder, '"cue": {"lemma": "say"}', '"cue": null')
    (found,) = read_brat(folder)
    assert (found.cue.text, found.cue.lemma, found.when.text, found.when.date) == (
        "told",
        "told",
        "The",
        None,
    )


def test_a_mention_is_written_once(tmp_path: Path) -> None:
    """Two statements of one mention share its line, and none shares a content's."""
    document = make_document(TEXT, document_id="a")
    speaker = person("Ann Kord", document, "Ann Kord")
    both = [said(document, "We lost,", speaker=speaker), said(document, "We lost,", speaker=speaker, id="b")]
    (file,) = write_brat([(document, both)], tmp_path)
    types = [fields[0].split(" ")[0] for name, fields in brat_lines(file) if name[0] == "T"]
    assert sorted(types) == ["Cue", "Person", "Statement", "Statement"]
    assert read_brat(tmp_path) == both


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("T1\tStatement 1 9", "T1\tStatement 1-9", "line 1: not in brat's grammar"),
        ("Statement:T1", "Statement:T77", "a.ann, E1: there is no T77"),
        ("11 19", "11 190", "T3 reaches beyond the text, which has 48 code points"),
        ("AnnotatorNotes E1\t{", "AnnotatorNotes E1\t", "E1: it has no note"),
        ("AnnotatorNotes E1\t{", "AnnotatorNotes E1\t{{", "E1: its note is no JSON"),
        ("Kind E1 indirect", "Kind E1 loud", "E1: no statement of this version of quotes: kind"),
        ("Speaker:T3", "Speaker:T2", "E1: no statement of this version of quotes: speaker.type"),
        ("A1\t", "?\t", "not in brat's grammar"),
    ],
)
def test_what_cannot_be_read(folder: Path, old: str, new: str, message: str) -> None:
    """The message says in which file and at which annotation what is wrong."""
    with pytest.raises(DataError, match=re.escape(message)):
        read_brat(changed(folder, old, new))


def test_files_that_are_not_there(folder: Path, tmp_path: Path) -> None:
    """A folder without annotations, a missing text and one in another encoding are errors."""
    with pytest.raises(InputError, match=r"no \*\.ann file"):
        read_brat(tmp_path / "nothing")
    (folder / "a.txt").write_bytes(b"\xff")
    with pytest.raises(DataError, match="not UTF-8 at byte 0"):
        read_brat(folder)
    (folder / "a.txt").unlink()
    with pytest.raises(InputError, match=r"cannot read .*a\.txt"):
        read_brat(folder)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """Writing into a folder that does not exist is an error that says what to do."""
    with pytest.raises(OutputError, match="give another folder"):
        write_brat([(make_document("a", document_id="a"), [])], tmp_path / "nothing")
