"""brat standoff (https://brat.nlplab.org/standoff.html): a ``.txt`` and an ``.ann`` for each document.

A statement is an event: its trigger is the content, its arguments are cue,
speaker, addressee, medium and time; kind, attitude and negation are its
attributes. What brat has no place for (resolved names, confidence, provenance)
is JSON in the event's note, so that `read_brat` gives the same statements
again, or corrected ones where a person moved or retyped an annotation in brat.

brat reads the text with universal newlines and wants each annotation with its
text on one line. So an annotation that runs over a line break is written as a
discontinuous one, a piece for each line, and what UTF-8 or brat would change in
the text is replaced by as many characters.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.errors import DataError, InputError, OutputError, UsageError
from quotes.io.json import json_text, parsed_json, statement_record
from quotes.io.records import Extracted, checked_pairs, content_record, file_text, restored_statement, unused_name
from quotes.text.spans import Span, trimmed

if TYPE_CHECKING:
    from quotes.models import Statement

EVENT = "Statement"
ROLES = {"cue": "Cue", "speaker": "Speaker", "addressee": "Addressee", "medium": "Medium", "when": "Time"}
NOTE = "AnnotatorNotes"
CONFIGURATION = """\
# Types of the statements that quotes found, for brat (https://brat.nlplab.org/configuration.html).
[entities]
Person
Organization
Place
Document
Group
Unknown
Cue
Time

[relations]

[events]
Statement\tCue?:Cue, Speaker?:<ENTITY>, Addressee?:<ENTITY>, Medium?:<ENTITY>, Time?:Time

[attributes]
Kind\tArg:Statement, Value:direct|indirect|mixed
Attitude\tArg:Statement, Value:statement|belief|intention|decree|perception
Negated\tArg:Statement
"""

_ENTITY: dict[str, object] = {
    **dict.fromkeys(("entity", "role", "represents", "anonymity")),
    "resolved_by": "name",
    "confidence": 1.0,
}
_DEFAULTS: dict[str, dict[str, object]] = {
    "cue": {},
    "speaker": _ENTITY,
    "addressee": _ENTITY,
    "medium": {**_ENTITY, "inherited": False},
    "when": {"date": None},
}
"""The fields of a role that a person added to a statement in brat."""
_UNSAFE_IN_NAMES = re.compile(r"[^\w.+-]|^\.")
_DEVICE = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
"""A name that is a device to Windows."""
_LONGEST_NAME = 200
_LINE_ENDS_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029]")
# The line ends that Python, and so brat, knows, and the tab between fields.
_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_GRAMMAR = {
    "T": re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)"),
    "E": re.compile(r"(\S+):T\d+(?: \S+:[TE]\d+)* ?"),
    "A": re.compile(r"(\S+) (\S+)(?: (\S+))?"),
    "#": re.compile(r"(\S+) (\S+)"),
}
"""The fields of a line after its id, by the id's first letter; lines of other kinds are passed over."""
_OTHER_LINES = frozenset(("", *"RNM*"))

TextBound = tuple[str, tuple[Span, ...]]
"""A T line: a type, and the pieces of text that it is on."""


@dataclass(frozen=True, slots=True)
class Annotations:
    """The lines of one file, by their ids or those of their targets, and the text that they are on."""

    text: str
    text_bounds: dict[str, TextBound] = field(default_factory=dict)
    events: dict[str, dict[str, str]] = field(default_factory=dict)
    """Those that are statements, in file order: T lines of the trigger (`EVENT`) and of each role."""
    attributes: dict[str, dict[str, str | bool]] = field(default_factory=lambda: defaultdict(dict))
    """Values by type; True for a flag."""
    notes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def write_brat(extracted: Iterable[Extracted], folder: Path) -> list[Path]:
    """Write each document and its statements as two files, and brat's configuration.

    Files of the same names in the folder, which must exist, are replaced. A file
    is named after the document's id; where two have the same, the second is
    numbered. Returned are the annotation files, in the order of the documents.

    Raises:
        UsageError: What is given is no path, or holds no pairs.
        OutputError: A file cannot be written.
    """
    if not isinstance(folder, Path):
        raise UsageError(f"the Path of a folder is needed, not {type(folder).__name__}")
    written: list[Path] = []
    taken: dict[str, int] = {}
    try:
        for document, statements in checked_pairs(extracted):
            name = unused_name(file_name(document.id), taken, key=same_file)
            (folder / f"{name}.txt").write_text(file_text(document.text), "utf-8", newline="\n")
            written.append(folder / f"{name}.ann")
            lines = _Lines(document.text)
            written_lines = (lines.of(each, number) for number, each in enumerate(statements, 1))
            written[-1].write_text("".join(chain.from_iterable(written_lines)), "utf-8", newline="\n")
        (folder / "annotation.conf").write_text(CONFIGURATION, "utf-8", newline="\n")
    except OSError as error:
        reason = error.strerror or error
        raise OutputError(f"cannot write in {folder}: {reason}; give another folder") from error
    return written


def file_name(document_id: str) -> str:
    """Return an id as a name that any file system takes, with a number and a suffix."""
    safe = _DEVICE.sub(r"_\g<0>", _UNSAFE_IN_NAMES.sub("_", document_id)).encode("utf-8")
    return safe[:_LONGEST_NAME].decode("utf-8", "ignore") or "_"


def same_file(name: str) -> str:
    """Return what names of one file have in common where capitals and accents do not tell files apart."""
    return unicodedata.normalize("NFC", name).casefold()


class _Lines:
    """Numbers the lines of one file and shares those of a mention that is used twice."""

    def __init__(self, text: str) -> None:
        self._text = file_text(text)
        self._shared: dict[TextBound, str] = {}
        self._numbers: Counter[str] = Counter()

    def of(self, statement: Statement, number: int) -> Iterator[str]:
        """Yield the lines of a statement, each with its newline."""
        record: dict[str, Any] = statement_record(statement)
        exact: dict[str, object] = {}
        trigger, line = self._text_bound(EVENT, record.pop("content")["spans"], exact)
        yield line
        arguments = [f"{EVENT}:{trigger}"]
        for role, label in ROLES.items():
            span, type_ = _taken_mention(record[role], label)
            if span:
                name, line = self._text_bound(type_, [span], exact)
                yield line
                arguments.append(f"{label}:{name}")
        yield f"E{number}\t{' '.join(arguments)}\n"
        labels = {label: record.pop(label.lower()) for label in ("Kind", "Attitude", "Negated")}
        for label, value in labels.items():
            if value:
                shown = "" if value is True else f" {value}"
                yield f"{self._new_name('A')}\t{label} E{number}{shown}\n"
        note = json_text({**record, **({"exact": exact} if exact else {})})
        escaped = _LINE_ENDS_IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", note)
        yield f"#{number}\t{NOTE} E{number}\t{escaped}\n"

    def _new_name(self, letter: str) -> str:
        self._numbers[letter] += 1
        return f"{letter}{self._numbers[letter]}"

    def _text_bound(self, type_: str, spans: Sequence[Mapping[str, Any]], exact: dict[str, object]) -> tuple[str, str]:
        """Return a T line's id and the line, which is empty when the mention has one already."""
        pieces = _all_pieces(self._text, spans)
        name, line = self._shared.get((type_, pieces), ""), ""
        if not name or type_ == EVENT:
            name = self._shared[type_, pieces] = self._new_name("T")
            offsets = ";".join(f"{piece.start} {piece.end}" for piece in pieces)
            covered = _BREAKS.sub(" ", " ".join(piece.of(self._text) for piece in pieces))
            line = f"{name}\t{type_} {offsets}\t{covered}\n"
        if [_span(self._text, piece) for piece in pieces] != spans:
            exact[name] = spans
        return name, line


def pieces_of(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the pieces of a range between its line breaks, without white space at a break."""
    breaks = [found.span() for found in _BREAKS.finditer(text, start, end)]
    edges = [start, *chain.from_iterable(breaks), end]
    pieces = (trimmed(text, Span(*edge)) for edge in zip(edges[::2], edges[1::2], strict=True))
    return tuple(filter(len, pieces)) or (Span(start, end),)


def _all_pieces(text: str, spans: Sequence[Mapping[str, Any]]) -> tuple[Span, ...]:
    return tuple(piece for span in spans for piece in pieces_of(text, span["start"], span["end"]))


def _span(text: str, piece: Span) -> dict[str, object]:
    return {"start": piece.start, "end": piece.end, "text": piece.of(text)}


def _taken_mention(value: dict[str, Any] | None, label: str) -> tuple[Mapping[str, Any] | None, str]:
    """Take what a T line holds out of a role's record; the rest is for the note."""
    if value is None:
        return None, ""
    if "mention" not in value:  # a cue or a time
        return {key: value.pop(key) for key in ("start", "end", "text")}, label
    mention = value.pop("mention")
    return mention, value.pop("type").capitalize() if mention else ""


def read_brat(folder: Path | str) -> list[Statement]:
    """Read the statements of every ``.ann`` file in a folder, sorted by name.

    They come in file and line order. Annotations may have been moved, retyped or
    deleted in brat since `write_brat` wrote the folder.

    Raises:
        UsageError: What is given is no path.
        InputError: The folder has no annotation file, or one cannot be read.
        DataError: A line breaks brat's grammar, or an event of the type
            Statement lacks its note.
    """
    if not isinstance(folder, Path | str):
        raise UsageError(f"the path of a folder is needed, not {type(folder).__name__}")
    files = sorted(each for each in Path(folder).glob("*.ann") if each.is_file())  # no named pipe
    if not files:
        raise InputError(f"{folder}: no *.ann file in it; give the folder that --format brat wrote")
    parsed = ((file, _parsed(_read(file.with_suffix(".txt")), _read(file), str(file))) for file in files)
    return [_statement(lines, name, f"{file}, {name}") for file, lines in parsed for name in lines.events]


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8") from error


def _parsed(text: str, lines: str, where: str) -> Annotations:
    annotations = Annotations(text)
    for number, line in enumerate(lines.split("\n"), start=1):
        name, _, rest = line.rstrip("\r").partition("\t")
        data, _, tail = rest.partition("\t")
        kind = name[:1]
        if kind in _OTHER_LINES:
            continue
        found = _GRAMMAR[kind].fullmatch(data) if kind in _GRAMMAR else None
        if found is None:
            raise DataError(f"{where}, line {number}: not in brat's grammar: {line[:80]!r}")
        if kind == "T":
            offsets = (map(int, pair.split()) for pair in found[2].split(";"))
            annotations.text_bounds[name] = found[1], tuple(Span(start, end) for start, end in offsets)
        elif kind == "E":
            if found[1] == EVENT:
                annotations.events[name] = dict(each.split(":", 1) for each in data.split())
        elif kind == "A":
            annotations.attributes[found[2]][found[1]] = found[3] or True
        else:
            annotations.notes[found[2]].append(tail)
    return annotations


def _statement(annotations: Annotations, name: str, where: str) -> Statement:
    record = _noted(annotations.notes.get(name, []), where)
    exact = record.pop("exact", {})
    arguments = annotations.events[name]
    attributes = annotations.attributes.get(name, {})
    for role, label in ROLES.items():
        found = _text_bound(annotations, arguments[label], exact, where) if label in arguments else None
        record[role] = _role(role, record.get(role), found)
    record["kind"] = attributes.get("Kind")
    record["attitude"] = attributes.get("Attitude")
    record["negated"] = "Negated" in attributes
    _, spans = _text_bound(annotations, arguments[EVENT], exact, where)
    return restored_statement({**record, "content": content_record(spans)}, where)


def _text_bound(annotations: Annotations, name: str, exact: Mapping[str, Any], where: str) -> tuple[str, list[Any]]:
    """Return a T line's type and its spans: those in the note unless somebody moved it in brat."""
    if name not in annotations.text_bounds:
        raise DataError(f"{where}: there is no {name}")
    text = annotations.text
    type_, pieces = annotations.text_bounds[name]
    if any(not 0 <= piece.start <= piece.end <= len(text) for piece in pieces):
        raise DataError(f"{where}: {name} reaches beyond the text, which has {len(text)} code points")
    noted = exact.get(name, [])
    return type_, noted if _all_pieces(text, noted) == pieces else [_span(text, piece) for piece in pieces]


def _noted(notes: Sequence[str], where: str) -> dict[str, Any]:
    """Return the fields in an event's note; a person may have added other notes."""
    for note in notes:
        if note.lstrip().startswith("{"):
            try:
                return dict(parsed_json(note))
            except json.JSONDecodeError as error:
                raise DataError(f"{where}: its note is no JSON: {error.msg}") from error
    raise DataError(
        f"{where}: it has no note with the fields that brat has no place for; "
        "copy the note of another statement of this document and change it"
    )


def _role(role: str, rest: Any, found: tuple[str, list[Any]] | None) -> object:
    """Put a T line and the rest of a role's record, which is in the note, together again."""
    if found is None:
        # An entity that was resolved without a mention has its type in the note.
        return {**rest, "mention": None} if isinstance(rest, dict) and "type" in rest else None
    type_, (span, *_) = found
    known = {**_DEFAULTS[role], **(rest or {})}
    if role == "cue":
        return {"lemma": span["text"].lower(), **span, **known}
    if role == "when":
        return {**span, **known}
    return {"name": span["text"], **known, "mention": span, "type": type_.lower()}
