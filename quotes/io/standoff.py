"""The lines of a brat annotation file, and how a stretch of text stands on one.

brat keeps the text in a ``.txt`` file, reads it with universal newlines, and
wants each annotation with its text on a line of its own. So a stretch that
runs over a line break is written as a discontinuous one, a piece a line, and
what UTF-8 or brat would change in the text is replaced, length kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.errors import DataError

Offsets = tuple[int, int]
"""First code point and one past the last."""

# The line ends that Python, and so brat, knows, and the tab between fields.
_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_CHANGED = re.compile("\r\n|\r|[\ud800-\udfff]")
_PIECES_JOINED_BY = " "
_TEXT_BOUND = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)")
_EVENT = re.compile(r"(\S+):(T\d+)((?: \S+:[TE]\d+)*) ?")
_ATTRIBUTE = re.compile(r"(\S+) (\S+)(?: (\S+))?")
_NOTE = re.compile(r"(\S+) (\S+)")


@dataclass(frozen=True, slots=True)
class TextBound:
    """A T line: a type on one or more stretches of the text."""

    type: str
    pieces: tuple[Offsets, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """An E line: a trigger with its arguments by role."""

    type: str
    trigger: str
    arguments: dict[str, str]


@dataclass(frozen=True, slots=True)
class Annotations:
    """The lines of one file, by their ids.

    Attributes:
        text_bounds: T lines.
        events: E lines, in file order.
        attributes: Values of A lines by target and type; True for a flag.
        notes: Texts of # lines by target.
    """

    text_bounds: dict[str, TextBound]
    events: dict[str, Event]
    attributes: dict[str, dict[str, str | bool]]
    notes: dict[str, list[str]]


def brat_text(text: str) -> str:
    r"""Return the text as brat will see it, code point for code point.

    >>> brat_text("one\r\ntwo\rthree")
    'one \ntwo\nthree'
    """
    return _CHANGED.sub(_replacement, text)


def _replacement(found: re.Match[str]) -> str:
    return {"\r\n": " \n", "\r": "\n"}.get(found.group(), "\ufffd")


def pieces_of(text: str, start: int, end: int) -> tuple[Offsets, ...]:
    """Return the parts of a stretch between its line breaks, white space at a break left out."""
    found = tuple(_unbroken(text, start, end))
    return found or ((start, end),)


def _unbroken(text: str, start: int, end: int) -> Iterator[Offsets]:
    at = start
    for gap in (*_BREAKS.finditer(text, start, end), None):
        stop = end if gap is None else gap.start()
        part = text[at:stop]
        if part.strip():
            yield at + len(part) - len(part.lstrip()), stop - len(part) + len(part.rstrip())
        at = stop if gap is None else gap.end()


def text_bound_line(name: str, type_: str, pieces: Sequence[Offsets], text: str) -> str:
    """Return a T line."""
    offsets = ";".join(f"{start} {end}" for start, end in pieces)
    covered = _PIECES_JOINED_BY.join(text[start:end] for start, end in pieces)
    return f"{name}\t{type_} {offsets}\t{_BREAKS.sub(' ', covered)}\n"


def parsed_annotations(lines: str, where: str) -> Annotations:
    """Read the lines of an annotation file.

    Args:
        lines: The file's text.
        where: What to call it in messages.

    Raises:
        DataError: A T, E, A or # line breaks brat's grammar.
    """
    annotations = Annotations({}, {}, {}, {})
    for number, line in enumerate(lines.split("\n"), start=1):
        name, _, rest = line.rstrip("\r").partition("\t")
        data, _, tail = rest.partition("\t")
        if name and not _add(annotations, name, data, tail):
            raise DataError(f"{where}, line {number}: not in brat's grammar: {line[:80]!r}")
    return annotations


def _add(annotations: Annotations, name: str, data: str, tail: str) -> bool:
    """Add one line; lines of other kinds, such as relations, are passed over."""
    grammar = {"T": _TEXT_BOUND, "E": _EVENT, "A": _ATTRIBUTE, "#": _NOTE}.get(name[0])
    if grammar is None:
        return name[0] in "RNM*"
    found = grammar.fullmatch(data)
    if found is None:
        return False
    if name[0] == "T":
        pairs = (pair.split() for pair in found[2].split(";"))
        pieces = tuple((int(start), int(end)) for start, end in pairs)
        annotations.text_bounds[name] = TextBound(found[1], pieces)
    elif name[0] == "E":
        arguments = dict(argument.split(":", 1) for argument in found[3].split())
        annotations.events[name] = Event(found[1], found[2], arguments)
    elif name[0] == "A":
        annotations.attributes.setdefault(found[2], {})[found[1]] = found[3] or True
    else:
        annotations.notes.setdefault(found[2], []).append(tail)
    return True
