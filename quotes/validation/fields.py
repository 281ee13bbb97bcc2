"""Compares the fields of an expected statement with those of the found one that answers it.

Only what a careful reader would call a difference is one: a content may begin
or end with another mark, a cue may hold more words than the expected one, a
name may stand with or without its article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quotes.validation.expectations import ENTITIES, Record

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_POSSESSIVE_ENDING = re.compile(r"['’]s$")
_DETERMINER = re.compile(r"(?:the|an?|his|her|its|their)\s+")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not as expected.

    Attributes:
        field: Where it stands, such as "speaker.name".
        expected: The expected JSON value; for names the list of accepted ones.
        got: The JSON value found.
    """

    field: str
    expected: object
    got: object


def field_differences(expected: Record, got: Record, where: str = "") -> Iterator[Difference]:
    """Yield the fields of an expected record that the found one has otherwise.

    Args:
        expected: Only its fields are compared; "names" accepts any of several.
        got: The found record.
        where: Path of both in the statement.
    """
    is_entity = where in ENTITIES
    for key, value in expected.items():
        field = f"{where}.{key}" if where else key
        if is_entity and key in {"name", "names"}:
            continue
        if key == "content" and not where:
            yield from _content_differences(value, got.get(key))
        elif field == "cue.text" and holds_cue(value, got.get(key)):
            continue
        else:
            yield from _value_differences(value, got.get(key), field)
    if is_entity and ("name" in expected or "names" in expected):
        yield from _name_differences(expected, got, where)


def holds_cue(expected: object, got: object) -> bool:
    """Return whether a found cue is the expected one, or has its words in it side by side.

    >>> holds_cue("say", "did not say"), holds_cue("said", "say"), holds_cue("told", "Has told")
    (True, False, True)
    """
    if not (isinstance(expected, str) and isinstance(got, str)):
        return expected == got
    wanted, given = (_WORD.findall(cue.casefold().replace("’", "'")) for cue in (expected, got))
    starts = range(len(given) - len(wanted) + 1)
    return bool(wanted) and any(given[at : at + len(wanted)] == wanted for at in starts)


def plain_name(name: str) -> str:
    """Return a name without case, a leading article or possessive, or a possessive ending.

    >>> plain_name("The minister’s"), plain_name("Her Aunt")
    ('minister', 'aunt')
    """
    plain = _POSSESSIVE_ENDING.sub("", name.strip().casefold()).replace("’", "'")
    return _DETERMINER.sub("", plain, count=1).strip(" .,")


def bare_content(piece: str) -> str:
    """Return a piece of content without marks at its edges; as it is where it has nothing else.

    >>> bare_content("“It is late,”"), bare_content("...")
    ('It is late', '...')
    """
    return _EDGES.sub("", piece) or piece


def content_pieces(content: Record) -> list[Record]:
    """Return the spans of a content record."""
    spans = content["spans"]
    assert isinstance(spans, list)
    return spans


def _value_differences(value: object, got: object, field: str) -> Iterator[Difference]:
    if isinstance(value, Mapping) and isinstance(got, Mapping):
        yield from field_differences(value, got, field)
    elif value != got:
        yield Difference(field, value, got)


def _name_differences(expected: Record, got: Record, where: str) -> Iterator[Difference]:
    """Compare the name; what stands beside the cue is as good where it is an accepted name."""
    names = expected.get("names", [])
    accepted = list(names) if isinstance(names, list) else [names]
    if "name" in expected:
        accepted.insert(0, expected["name"])
    mention = got.get("mention")
    shown = [got.get("name"), mention.get("text") if isinstance(mention, Mapping) else None]
    plain = {plain_name(name) for name in accepted if isinstance(name, str)}
    if got.get("name") in accepted or any(isinstance(n, str) and plain_name(n) in plain for n in shown):
        return
    yield Difference(f"{where}.name", accepted[0] if len(accepted) == 1 else accepted, got.get("name"))


def _content_differences(expected: object, got: object) -> Iterator[Difference]:
    """Compare the pieces without the marks at their edges: first their text, then where they begin."""
    assert isinstance(expected, Mapping)
    assert isinstance(got, Mapping)
    if "text" in expected and bare_content(expected["text"]) != bare_content(got["text"]):
        yield Difference("content.text", expected["text"], got["text"])
    wanted, given = content_pieces(expected), content_pieces(got)
    texts = [[str(piece["text"]) for piece in pieces] for pieces in (wanted, given)]
    if [bare_content(text) for text in texts[0]] != [bare_content(text) for text in texts[1]]:
        yield Difference("content", *texts)
        return
    for index, (piece, found) in enumerate(zip(wanted, given, strict=True)):
        if "start" in piece and _first_letter(piece) != _first_letter(found):
            places = [[each[key] for key in ("start", "end")] for each in (piece, found)]
            yield Difference(f"content.spans.{index}", *places)


def _first_letter(piece: Record) -> int:
    """Return the code point at which a piece begins behind the marks at its edge."""
    text, start = str(piece["text"]), piece["start"]
    assert isinstance(start, int)
    return start + text.index(bare_content(text))
