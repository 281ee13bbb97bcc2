"""TEI P5 (https://tei-c.org): the text with its statements as ``<said>`` elements.

The characters of ``<body>`` are those of the document, one for one, so that
offsets into the text are offsets into the body. A paragraph is a ``<p>``; a
headline and boilerplate are an ``<ab>``, since a ``<head>`` may only come
first. Pieces of one statement are chained with ``next`` and ``prev``; a
statement that crosses another is cut at the end of the one that began first.

Speakers and addressees are listed in a ``<standOff>``, together with an
``<annotation>`` for each statement for what ``<said>`` has no place for: cue,
medium, time, rule, and the offsets into the text.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TextIO
from xml.sax.saxutils import escape, quoteattr

from quotes.io.records import CATEGORIES, Extracted, checked_pairs
from quotes.text.spans import Span

if TYPE_CHECKING:
    from quotes.models import Entity, Statement, TextSpan
    from quotes.text.document import Document

NAMESPACE = "http://www.tei-c.org/ns/1.0"
DIRECT = {"direct": "true", "indirect": "false", "mixed": "inapplicable"}
"""The ``direct`` of a ``<said>`` for each kind; mixed speech is neither."""
_ENCODING = (
    '<editorialDecl><quotation marks="all"><p>The text is untouched; quotation marks stand outside of '
    "said.</p></quotation></editorialDecl>\n<classDecl><taxonomy>\n"
    + "".join(
        f'<category xml:id="{name}"><catDesc>{meaning}</catDesc></category>\n' for name, meaning in CATEGORIES.items()
    )
    + "</taxonomy></classDecl>\n"
)

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_VERSION = re.compile(r"\d+(\.\d+){0,3}")
_MEMBERS = {
    "person": ("listPerson", "person", "persName"),
    "unknown": ("listPerson", "person", "persName"),
    "group": ("listPerson", "personGrp", "persName"),
    "organization": ("listOrg", "org", "orgName"),
    "place": ("listPlace", "place", "placeName"),
    "document": ("listBibl", "bibl", "title"),
}
"""List, member and name elements of each type of entity."""
# What XML 1.0 forbids, even as a reference (section 2.2).
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WHITE_SPACE_OF_XML = " \t\r\n"


def write_tei(extracted: Iterable[Extracted], stream: TextIO) -> None:
    """Write documents with their statements: one as a ``<TEI>``, several as a ``<teiCorpus>`` of them."""
    iterator = checked_pairs(extracted)
    first, second = next(iterator, None), next(iterator, None)
    root = f' xmlns="{NAMESPACE}"'
    stream.write(_DECLARATION)
    if first is None:
        stream.write(f"<TEI{root}>\n{_header('No text', '')}<text><body><p/></body></text>\n</TEI>\n")
    elif second is None:
        stream.writelines(_tei(*first, "d1", root, _ENCODING))
    else:
        stream.write(f"<teiCorpus{root}>\n{_header('Attributed statements', '', _ENCODING)}")
        for number, (document, statements) in enumerate(chain((first, second), iterator), start=1):
            stream.writelines(_tei(document, statements, f"d{number}"))
        stream.write("</teiCorpus>\n")


def _tei(
    document: Document, statements: Sequence[Statement], prefix: str, root: str = "", categories: str = ""
) -> Iterator[str]:
    """Yield one document as a TEI element; every id in it begins with the prefix."""
    members = _Members(prefix)
    blocks = list(_blocks(document))
    ranges = [
        (Span(each.start, each.end), owner)
        for owner, statement in enumerate(statements)
        for each in statement.content.spans
    ]
    pieces = [
        [piece for piece in inside if document.text[piece.start : piece.end].strip()]
        for inside in nested(ranges, [span for span, _ in blocks])
    ]
    counts = Counter(piece.owner for inside in pieces for piece in inside)
    names = [_piece_names(f"{prefix}.s{owner + 1}", counts[owner]) for owner in range(len(statements))]
    tags = [_said_tags(own, each, members) for own, each in zip(names, statements, strict=True)]
    annotations = [
        _annotation(statement, f"{prefix}.a{number}", own, members)
        for number, (statement, own) in enumerate(zip(statements, names, strict=True), start=1)
        if own
    ]
    yield f'<TEI{root} xml:id="{prefix}">\n'
    encoding = _application(statements) + categories
    yield _header(document.title or document.id, _bibliography(document), encoding)
    yield members.stand_off(annotations)
    yield '<text xml:space="preserve"><body>'
    at = 0
    for (span, tag), inside in zip(blocks, pieces, strict=True):
        yield f"{_escaped(document.text[at : span.start])}<{tag}>"
        yield from _marked_text(document.text, span, inside, tags)
        yield f"</{tag.split()[0]}>"
        at = span.end
    yield f"{'' if blocks else '<p/>'}{_escaped(document.text[at:])}</body></text>\n</TEI>\n"


def _escaped(text: str) -> str:
    r"""Return text as XML that a parser turns into the same text, code point for code point.

    A carriage return is written as a reference, since parsers change a bare
    one. A character that XML forbids becomes TEI's ``<g>`` with its code point
    as ``n`` and U+FFFD as its content, so that offsets into the text still hold.

    >>> _escaped("a < b\r\n\x07")
    'a &lt; b&#13;\n<g n="U+0007">\ufffd</g>'
    """
    return _FORBIDDEN.sub(lambda found: f'<g n="U+{ord(found.group()):04X}">\ufffd</g>', escape(text, {"\r": "&#13;"}))


def _element(name: str, text: str | None, **attributes: str | None) -> str:
    """Return an element that holds text; nothing where there is none."""
    return "" if text is None else f"<{name}{_attributes(**attributes)}>{_escaped(text)}</{name}>"


def _attributes(**values: str | None) -> str:
    """Return attributes, each after a space; those without a value are left out."""
    return "".join(f" {name}={quoteattr(value)}" for name, value in values.items() if value)


def _header(title: str, source: str, encoding: str = "") -> str:
    described = f"<encodingDesc>{encoding}</encodingDesc>\n" if encoding else ""
    return (
        f"<teiHeader>\n<fileDesc><titleStmt>{_element('title', title)}</titleStmt>"
        "<publicationStmt><p>Made by quotes from a text in electronic form.</p></publicationStmt>"
        f"<sourceDesc>{source or '<p>See the texts.</p>'}</sourceDesc></fileDesc>\n{described}</teiHeader>\n"
    )


def _bibliography(document: Document) -> str:
    day = document.published.isoformat() if document.published else None
    original = document.original
    elements = (
        _element("title", document.title or None),
        _element("publisher", document.publisher or None),
        _element("date", day, when=day),
        _element("idno", document.id, type="document"),
        _element("idno", document.path or None, type="path"),
        _element("idno", document.sha256, type="sha256"),
        _element("idno", original.url if original else None, type="url"),
        _element("idno", original.sha256 if original else None, type="sha256-of-file"),
    )
    return f"<bibl>{''.join(elements)}</bibl>"


def _application(statements: Sequence[Statement]) -> str:
    if not statements:
        return ""
    extractor = statements[0].provenance.extractor
    version = _VERSION.match(extractor.version)
    label = f"{extractor.name} {extractor.version} with {extractor.model} {extractor.model_version}"
    return (
        f'<appInfo><application ident="quotes" version="{version[0] if version else 0}">'
        f"{_element('label', label)}</application></appInfo>\n"
    )


class _Members:
    """Gives every entity of a document an element and id; an unresolved mention is one of its own."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._ids: dict[object, str] = {}
        self._lists: dict[str, list[str]] = {}

    def pointer(self, entity: Entity | None) -> str:
        """Return what points to an entity; empty where there is nothing to point to."""
        if entity is None or (entity.name is None and entity.mention is None):
            return ""
        key = entity.entity or (entity.name, entity.mention)
        if key not in self._ids:
            self._ids[key] = f"{self._prefix}.{entity.entity or f'u{len(self._ids) + 1}'}"
            element = _MEMBERS[entity.type][0]
            self._lists.setdefault(element, []).append(_member(entity, self._ids[key]))
        return f"#{self._ids[key]}"

    def stand_off(self, annotations: Sequence[str]) -> str:
        """Return the lists of all entities, and the annotations; empty without either."""
        lists = {**self._lists, **({"listAnnotation": annotations} if annotations else {})}
        inner = "".join(f"<{name}>\n{''.join(members)}</{name}>\n" for name, members in lists.items())
        return f"<standOff>\n{inner}</standOff>\n" if inner else ""


def _member(entity: Entity, identifier: str) -> str:
    _, element, name_element = _MEMBERS[entity.type]
    role = ' role="unknown"' if entity.type == "unknown" else ""
    mention = entity.mention.text if entity.mention else ""
    name = _element(name_element, entity.name) or _element(name_element, mention, type="mention")
    affiliation = _element("affiliation", entity.represents)
    note = _element("note", entity.represents, type="represents")
    represents = affiliation if name_element == "persName" else note
    return f'<{element} xml:id="{identifier}"{role}>{name}{represents}</{element}>\n'


def _annotation(statement: Statement, name: str, targets: Sequence[str], members: _Members) -> str:
    cue, when = statement.cue, statement.when
    notes = [_element("note", " ".join(map(_offsets, statement.content.spans)), type="content")]
    if cue is not None:
        notes.append(_element("note", cue.text, type="cue", n=_offsets(cue)))
        notes.append(_element("note", cue.lemma, type="lemma"))
    for role in ("speaker", "addressee", "medium"):
        entity: Entity | None = getattr(statement, role)
        pointer = members.pointer(entity)
        if entity is not None and pointer:
            mention = entity.mention
            place = _attributes(n=_offsets(mention) if mention else None, cert=f"{entity.confidence:g}")
            reference = _element("ref", mention.text if mention else entity.name, target=pointer)
            notes.append(f'<note type="{role}"{place}>{reference}</note>')
            more = {"role": entity.role, "anonymity": entity.anonymity}
            notes += [
                _element("note", span.text, type=f"{role}-{kind}", n=_offsets(span))
                for kind, span in more.items()
                if span is not None
            ]
    if when is not None:
        date = _element("date", when.text, when=when.date)
        notes.append(f'<note type="when" n="{_offsets(when)}">{date}</note>')
    notes.append(_element("note", statement.provenance.rule, type="rule"))
    pointers = " ".join(f"#{target}" for target in targets)
    start = f'<annotation xml:id="{name}" motivation="describing" target="{pointers}">'
    return f"{start}{''.join(notes)}</annotation>\n"


def _offsets(span: TextSpan) -> str:
    return f"{span.start}-{span.end}"


def _said_tags(names: Sequence[str], statement: Statement, members: _Members) -> Iterator[str]:
    """Return the start tags of the pieces of one statement, each pointing to those next to it."""
    ana = f"#kind.{statement.kind} #attitude.{statement.attitude}{' #negated' if statement.negated else ''}"
    attributes = _attributes(
        who=members.pointer(statement.speaker),
        toWhom=members.pointer(statement.addressee),
        direct=DIRECT[statement.kind],
        ana=ana,
        cert=f"{statement.confidence:g}",
        n=_FORBIDDEN.sub("\ufffd", statement.id),
    )
    pointers = ("", *(f"#{name}" for name in names), "")
    chained = (_attributes(prev=one, next=other) for one, other in zip(pointers, pointers[2:], strict=False))
    tags = zip(names, chained, strict=True)
    return (f'<said xml:id="{name}"{attributes}{links}>' for name, links in tags)


def _blocks(document: Document) -> Iterator[tuple[Span, str]]:
    """Yield an element for each paragraph, and for whatever XML does not take for white space between."""
    text, at = document.text, 0
    for paragraph in (*document.paragraphs, None):
        end = paragraph.span.start if paragraph else len(text)
        odd = text[at:end].strip(_WHITE_SPACE_OF_XML)
        if odd:
            first = text.index(odd, at)
            yield Span(first, first + len(odd)), 'ab type="gap"'
        if paragraph:
            yield paragraph.span, "p" if paragraph.kind == "text" else f'ab type="{paragraph.kind}"'
            at = paragraph.span.end


class Piece(NamedTuple):
    """A part of a range of text, and the number of its owner."""

    start: int
    end: int
    owner: int


def nested(ranges: Iterable[tuple[Span, int]], containers: Sequence[Span]) -> list[list[Piece]]:
    """Cut ranges so that of any two pieces one holds the other or they are apart, as XML wants it.

    Each range comes with its owner's number. No piece crosses a container (they are in text order and
    apart); what lies outside all of them is left out. Returned are each container's pieces in the order
    in which they open: of two that begin together the longer first, then that of the smaller number.
    """
    # (start, -end, owner): sorted, this is the order in which elements open.
    result: list[list[tuple[int, int, int]]] = [[] for _ in containers]
    ends = [container.end for container in containers]
    for span, owner in ranges:
        for index in range(bisect_right(ends, span.start), len(containers)):
            start, end = max(span.start, containers[index].start), min(span.end, containers[index].end)
            if start >= end:
                break
            result[index].append((start, -end, owner))
    return [list(_uncrossed(pieces)) for pieces in result]


def _uncrossed(waiting: list[tuple[int, int, int]]) -> Iterator[Piece]:
    """Yield the pieces, cutting those that cross the end of an open one there."""
    heapq.heapify(waiting)
    open_ends: list[int] = []
    while waiting:
        start, minus_end, owner = heapq.heappop(waiting)
        end = -minus_end
        while open_ends and open_ends[-1] <= start:
            open_ends.pop()
        if open_ends and end > open_ends[-1]:
            heapq.heappush(waiting, (open_ends[-1], minus_end, owner))
            end = open_ends[-1]
        open_ends.append(end)
        yield Piece(start, end, owner)


def _piece_names(name: str, count: int) -> list[str]:
    """Return the ids of a statement's pieces: "d1.s2", or "d1.s2.1" and "d1.s2.2"."""
    return [name] if count == 1 else [f"{name}.{ordinal}" for ordinal in range(1, count + 1)]


def _marked_text(text: str, span: Span, pieces: Sequence[Piece], tags: Sequence[Iterator[str]]) -> Iterator[str]:
    at = span.start
    open_ends: list[int] = []
    for piece in (*pieces, None):
        while open_ends and (piece is None or open_ends[-1] <= piece.start):
            yield _escaped(text[at : open_ends[-1]]) + "</said>"
            at = open_ends.pop()
        if piece is not None:
            yield _escaped(text[at : piece.start]) + next(tags[piece.owner])
            at = piece.start
            open_ends.append(piece.end)
    yield _escaped(text[at : span.end])
