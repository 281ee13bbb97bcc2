"""brat standoff (https://brat.nlplab.org/standoff.html): a ``.txt`` and an ``.ann`` a document.

A statement is an event: its trigger is the content, its arguments are cue,
speaker, addressee, medium and time; kind, attitude and negation are its
attributes. What brat has no place for (resolved names, confidence, provenance)
stands as JSON in the event's note, so that `read_brat` gives the same
statements again, or corrected ones where a person moved or retyped an
annotation in brat.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.errors import DataError, InputError, OutputError
from quotes.io.json import json_text, statement_record
from quotes.io.records import Extracted, content_record, fresh_name, restored_statement, span_record
from quotes.io.standoff import (
    Annotations,
    Event,
    TextBound,
    brat_text,
    parsed_annotations,
    pieces_of,
    text_bound_line,
)

if TYPE_CHECKING:
    from quotes.models import Statement
    from quotes.text.document import Document

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

# What holds of a role that a person gave to a statement in brat.
_ENTITY = {"represents": None, "resolved_by": "name"}
_DEFAULTS: dict[str, dict[str, object]] = {
    "cue": {},
    "speaker": {**_ENTITY},
    "addressee": {**_ENTITY},
    "medium": {**_ENTITY, "inherited": False},
    "when": {"date": None},
}
_UNSAFE_IN_NAMES = re.compile(r"[^\w.+-]|^\.")
_LINE_ENDS_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029]")


def write_brat(extracted: Iterable[Extracted], folder: Path) -> list[Path]:
    """Write each document and its statements as two files, and brat's configuration.

    Args:
        extracted: Documents with their statements; each is written as it arrives.
        folder: An existing folder; files of the same names in it are replaced.

    Returns:
        The annotation files in the order of the documents. A file is named
        after the document's id; where two have the same, the second is numbered.

    Raises:
        OutputError: A file cannot be written.
    """
    written: list[Path] = []
    taken: set[str] = set()
    try:
        for document, statements in extracted:
            name = fresh_name(_UNSAFE_IN_NAMES.sub("_", document.id) or "_", taken)
            (folder / f"{name}.txt").write_text(brat_text(document.text), "utf-8", newline="\n")
            written.append(folder / f"{name}.ann")
            written[-1].write_text("".join(annotation_lines(document, statements)), "utf-8", newline="\n")
        (folder / "annotation.conf").write_text(CONFIGURATION, "utf-8", newline="\n")
    except OSError as error:
        raise OutputError(
            f"cannot write in {folder}: {error.strerror or error}; give another folder"
        ) from error
    return written


def annotation_lines(document: Document, statements: Sequence[Statement]) -> Iterator[str]:
    """Yield the lines of a document's annotation file, each with its newline."""
    lines = _Lines(document.text)
    for number, statement in enumerate(statements, start=1):
        yield from lines.of(statement, number)


class _Lines:
    """Numbers the lines of one file and shares those of a mention that is used twice."""

    def __init__(self, text: str) -> None:
        self._seen = brat_text(text)
        self._names: dict[TextBound, str] = {}
        self._count = 0
        self._attributes = 0

    def of(self, statement: Statement, number: int) -> Iterator[str]:
        record: dict[str, Any] = statement_record(statement)
        content = record.pop("content")["spans"]
        exact: dict[str, object] = {}
        trigger, line = self._text_bound(EVENT, content, exact, shared=False)
        yield line
        arguments = [f"{EVENT}:{trigger}"]
        for role, label in ROLES.items():
            span, type_ = _mention(record, role)
            if span is not None:
                name, line = self._text_bound(type_, [span], exact)
                yield line
                arguments.append(f"{label}:{name}")
        yield f"E{number}\t{' '.join(arguments)}\n"
        values = (
            f" {record.pop('kind')}",
            f" {record.pop('attitude')}",
            "" if record.pop("negated") else None,
        )
        for label, value in zip(("Kind", "Attitude", "Negated"), values, strict=True):
            if value is not None:
                self._attributes += 1
                yield f"A{self._attributes}\t{label} E{number}{value}\n"
        note = json_text({**record, **({"exact": exact} if exact else {})})
        escaped = _LINE_ENDS_IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", note)
        yield f"#{number}\t{NOTE} E{number}\t{escaped}\n"

    def _text_bound(
        self, type_: str, spans: Sequence[Mapping[str, Any]], exact: dict[str, object], *, shared: bool = True
    ) -> tuple[str, str]:
        """Return a T line and its name; the line is empty when it is there already."""
        pieces = [pieces_of(self._seen, span["start"], span["end"]) for span in spans]
        bound = TextBound(type_, tuple(piece for several in pieces for piece in several))
        name = self._names.get(bound) if shared else None
        line = ""
        if name is None:
            self._count += 1
            name = f"T{self._count}"
            line = text_bound_line(name, type_, bound.pieces, self._seen)
            if shared:
                self._names[bound] = name
        if [_span(self._seen, piece) for piece in bound.pieces] != list(spans):
            exact[name] = list(spans)
        return name, line


def _mention(record: dict[str, Any], role: str) -> tuple[Mapping[str, Any] | None, str]:
    """Take what a T line holds out of a role's record; the rest stays for the note."""
    part = record[role]
    if part is None:
        return None, ""
    if role in ("cue", "when"):
        span = {key: part.pop(key) for key in ("start", "end", "text")}
        return span, ROLES[role]
    mention: Mapping[str, Any] | None = part.pop("mention")
    if mention is None:
        return None, ""
    return mention, str(part.pop("type")).capitalize()


def _span(text: str, piece: tuple[int, int]) -> dict[str, object]:
    return span_record(*piece, text[slice(*piece)])


def read_brat(folder: Path | str) -> list[Statement]:
    """Read the statements of every ``.ann`` file in a folder, sorted by name.

    Args:
        folder: A folder that `write_brat` wrote; annotations may have been
            moved, retyped or deleted in brat since.

    Returns:
        The statements, in file and line order.

    Raises:
        InputError: The folder has no annotation file, or one cannot be read.
        DataError: A line breaks brat's grammar, or an event of the type
            Statement lacks its note.
    """
    files = sorted(Path(folder).glob("*.ann"))
    if not files:
        raise InputError(f"{folder}: no *.ann file in it; give the folder that --format brat wrote")
    return [each for file in files for each in _statements_in(file)]


def _statements_in(file: Path) -> Iterator[Statement]:
    text, lines = _read(file.with_suffix(".txt")), _read(file)
    annotations = parsed_annotations(lines, str(file))
    for name, event in annotations.events.items():
        if event.type == EVENT:
            yield _statement(text, annotations, name, event, f"{file}, {name}")


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8") from error


def _statement(text: str, annotations: Annotations, name: str, event: Event, where: str) -> Statement:
    record = _noted(annotations.notes.get(name, []), where)
    exact = record.pop("exact", {})
    attributes = annotations.attributes.get(name, {})

    def spans(bound_name: str) -> tuple[str, list[Any]]:
        bound = annotations.text_bounds.get(bound_name)
        if bound is None:
            raise DataError(f"{where}: there is no {bound_name}")
        if any(not 0 <= start <= end <= len(text) for start, end in bound.pieces):
            raise DataError(
                f"{where}: {bound_name} reaches beyond the text, which has {len(text)} code points"
            )
        noted = exact.get(bound_name)
        if noted and _all_pieces(text, noted) == bound.pieces:  # nobody moved it in brat
            return bound.type, noted
        return bound.type, [_span(text, piece) for piece in bound.pieces]

    for role, label in ROLES.items():
        bound_name = event.arguments.get(label)
        found = None if bound_name is None else spans(bound_name)
        record[role] = _role(role, record.get(role), found)
    record["kind"] = attributes.get("Kind")
    record["attitude"] = attributes.get("Attitude")
    record["negated"] = "Negated" in attributes
    return restored_statement({**record, "content": content_record(spans(event.trigger)[1])}, where)


def _noted(notes: Sequence[str], where: str) -> dict[str, Any]:
    """Return the fields in an event's note; a person may have added other notes."""
    for note in notes:
        if note.lstrip().startswith("{"):
            try:
                record: dict[str, Any] = json.loads(note)
            except json.JSONDecodeError as error:
                raise DataError(f"{where}: its note is no JSON: {error.msg}") from error
            return record
    raise DataError(
        f"{where}: it has no note with the fields that brat has no place for; "
        "copy the note of another statement of this document and change it"
    )


def _all_pieces(text: str, spans: Sequence[Mapping[str, Any]]) -> tuple[tuple[int, int], ...]:
    return tuple(piece for span in spans for piece in pieces_of(text, span["start"], span["end"]))


def _role(role: str, rest: Any, found: tuple[str, list[Any]] | None) -> object:
    """Put a T line and the rest of a role's record together again.

    The rest is in the note; a role that a person added in brat has none.
    """
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
