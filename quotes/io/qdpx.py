"""A REFI-QDA project (https://www.qdasoftware.org), which programs for qualitative analysis import.

A ``.qdpx`` file is a ZIP of ``project.qde``, which is XML, and the texts in ``sources/``. Each piece of a content is
a selection of its text, coded with kind, attitude and speaker, and with "negated" where it is. Positions are code
points of the texts, as the standard counts them. Programs read line ends each in their own way, so the texts have
line feeds only, and a space in the place of a carriage return before one: every position holds in all of them.

Nothing of when or where it was made is written, and ids follow from what they are of: the same statements give the
same bytes, and a code keeps its id from one project to the next.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from quotes.io.readable import UNNAMED, about_speaker, channel, one_line, when
from quotes.io.records import CATEGORIES, SYMBOLS, Extracted, checked_pairs, file_text, unused_name

if TYPE_CHECKING:
    from quotes.models import Statement
    from quotes.text.document import Document

NAMESPACE = "urn:QDA-XML:project:1.0"
MADE = "2000-01-01T00:00:00Z"
"""Importers want a time; it is always the same."""
GROUPS = {"kind": "Kind", "attitude": "Attitude", "speaker": "Speaker"}
"""Codes that only hold others."""
NEGATED = "negated"
VARIABLES = {"publisher": ("Text", "TextValue"), "published": ("Date", "DateValue")}
"""What is known of a document: the variable's type, and the element of its value."""
_IDS = uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)
_LONGEST_NAME = 80
_NO_XML = {**SYMBOLS, 0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
_BYTE_ORDER_MARK = "\ufeff"


def write_qdpx(extracted: Iterable[Extracted], stream: IO[bytes]) -> None:
    """Write documents with their statements as one project, to a stream of bytes."""
    seen: Counter[tuple[str, str]] = Counter()
    names: dict[str, int] = {}
    speakers: set[str] = set()
    sources: list[str] = []
    whole = io.BytesIO()  # a failure on the way leaves the stream untouched
    with zipfile.ZipFile(whole, "w") as archive:
        for document, statements in checked_pairs(extracted):
            known_as = (document.id, document.sha256)
            source = _guid("source", *known_as, seen[known_as])
            seen[known_as] += 1
            _add(archive, f"sources/{source}.txt", _source_text(document.text))
            name = unused_name(_shown(document.title or document.id), names, key=str.casefold)
            sources.append(_source(source, name, document, statements))
            speakers.update(map(_speaker, statements))
        _add(archive, "project.qde", _project(sorted(speakers), sources))
    stream.write(whole.getbuffer())


def _guid(*parts: object) -> str:
    """Return the id of something: always the same for the same parts."""
    return str(uuid.uuid5(_IDS, "\n".join(map(str, parts)).encode("utf-8", "backslashreplace").decode()))


USER = _guid("user")


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    about = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
    about.compress_type = zipfile.ZIP_DEFLATED
    about.external_attr = 0o644 << 16
    archive.writestr(about, text.encode())


def _source_text(text: str) -> str:
    """Return a text of which importers see every code point: a leading byte order mark some leave out."""
    safe = file_text(text)
    return f" {safe[1:]}" if safe.startswith(_BYTE_ORDER_MARK) else safe


def _element(tag: str, /, *inside: str, **attributes: object) -> str:
    """Return an element with what is inside as XML; attributes that are None are left out."""
    given = "".join(f" {key}={quoteattr(_shown(value))}" for key, value in attributes.items() if value is not None)
    return f"<{tag}{given}>{''.join(inside)}</{tag}>\n" if inside else f"<{tag}{given}/>\n"


def _shown(value: object) -> str:
    return one_line(str(value)).translate(_NO_XML)


def _text_element(name: str, text: object) -> str:
    return _element(name, escape(_shown(text)))


def _made(guid: str) -> dict[str, str]:
    return {"guid": guid, "creatingUser": USER, "creationDateTime": MADE}


def _project(speakers: Iterable[str], sources: Iterable[str]) -> str:
    from quotes import __version__

    parts = (
        _element("Users", _element("User", guid=USER, name="quotes", id="quotes")),
        _element("CodeBook", _element("Codes", *_codes(speakers))),
        _element(
            "Variables",
            *(
                _element("Variable", guid=_guid("variable", name), name=name, typeOfVariable=type_)
                for name, (type_, _) in VARIABLES.items()
            ),
        ),
        *([_element("Sources", *sources)] if sources else []),
    )
    about = {"name": "Attributed statements", "origin": f"quotes {__version__}"}
    root = _element("Project", *parts, xmlns=NAMESPACE, **about, creatingUserGUID=USER, creationDateTime=MADE)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}'


def _codes(speakers: Iterable[str]) -> Iterator[str]:
    """Yield the tree of codes: every kind and attitude, and the speakers that there are."""
    known = [tuple(category.split(".")) for category in CATEGORIES if category != NEGATED]
    members = [*known, *(("speaker", name) for name in speakers)]
    for group, name in GROUPS.items():
        codes = (_code(*path) for path in members if path[0] == group)
        yield _element("Code", *codes, guid=_guid("code", group), name=name, isCodable="false")
    yield _code(NEGATED)


def _code(*path: str) -> str:
    meaning = CATEGORIES.get(".".join(path)) if path[0] != "speaker" else None
    described = [_text_element("Description", meaning)] if meaning else []
    return _element("Code", *described, guid=_guid("code", *path), name=path[-1], isCodable="true")


def _source(guid: str, name: str, document: Document, statements: Iterable[Statement]) -> str:
    selections = (
        selection
        for number, statement in enumerate(statements)
        for selection in _selections(statement, _guid(guid, statement.id, number))
    )
    values = (
        _element(
            "VariableValue",
            _element("VariableRef", targetGUID=_guid("variable", variable)),
            _text_element(element, getattr(document, variable)),
        )
        for variable, (_, element) in VARIABLES.items()
        if getattr(document, variable) is not None
    )
    described = [_text_element("Description", document.path)] if document.path else []
    inside = (*described, *selections, *values)
    return _element("TextSource", *inside, name=name, plainTextPath=f"internal://{guid}.txt", **_made(guid))


def _selections(statement: Statement, prefix: str) -> Iterator[str]:
    """Yield a coded selection for each piece of a content."""
    paths = [("kind", statement.kind), ("attitude", statement.attitude), ("speaker", _speaker(statement))]
    codes = [_guid("code", *path) for path in (*paths, *([(NEGATED,)] * statement.negated))]
    spans = statement.content.spans
    for number, span in enumerate(spans, 1):
        guid = _guid(prefix, number)
        codings = (
            _element("Coding", _element("CodeRef", targetGUID=code), **_made(_guid(guid, code))) for code in codes
        )
        piece = f"piece {number} of {len(spans)}" if len(spans) > 1 else ""
        place = {"startPosition": span.start, "endPosition": span.end}
        yield _element(
            "PlainTextSelection",
            _text_element("Description", "; ".join(filter(None, (*_facts(statement), piece)))),
            *codings,
            name=_shortened(one_line(span.text)),
            **place,
            **_made(guid),
        )


def _facts(statement: Statement) -> Iterator[str]:
    """Yield what else is known of a statement, in words."""
    yield ", ".join(filter(None, (_speaker(statement), about_speaker(statement))))
    yield channel(statement)
    yield when(statement)
    yield f"cue “{statement.cue.text}”" if statement.cue else ""
    yield f"rule {statement.provenance.rule}"
    yield f"confidence {statement.confidence:.2f}"
    yield f"statement {statement.id}"


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 2].rstrip()} …"


def _speaker(statement: Statement) -> str:
    """Return the name of the code of a speaker."""
    return _shown(statement.speaker_name or "") or UNNAMED
