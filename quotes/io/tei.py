"""TEI P5 (https://tei-c.org): the text with its statements as ``<said>`` elements.

The text stands in the body whole and untouched; see `quotes.io.tei_body`.
Who speaks and who is spoken to is listed in a ``<standOff>``, together with an
``<annotation>`` a statement for what ``<said>`` has no place for: cue, medium,
time, rule, and the offsets into the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, TextIO

from quotes.io.records import Extracted
from quotes.io.tei_body import body_element, marked_pieces
from quotes.io.xml_text import escaped, escaped_attribute

if TYPE_CHECKING:
    from quotes.models import Entity, Statement, TextSpan
    from quotes.text.document import Document

NAMESPACE = "http://www.tei-c.org/ns/1.0"
DIRECT = {"direct": "true", "indirect": "false", "mixed": "inapplicable"}
"""What the ``direct`` of a ``<said>`` says of each kind; mixed speech is neither."""
CATEGORIES = {
    "kind.direct": "All words stand in quotation marks.",
    "kind.indirect": "No word stands in quotation marks.",
    "kind.mixed": "A part of the words stands in quotation marks.",
    "attitude.statement": "Said, written, asked or announced.",
    "attitude.belief": "Thought or believed.",
    "attitude.intention": "Meant to be done or said.",
    "attitude.decree": "Laid down, as by a law.",
    "attitude.perception": "Seen, heard or felt.",
    "negated": "The speaker denied it or did not say it.",
}
"""The categories that the ``ana`` of a ``<said>`` points to."""

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


def write_tei(extracted: Iterable[Extracted], stream: TextIO) -> None:
    """Write documents with their statements as TEI.

    One document is a ``<TEI>``; several are a ``<teiCorpus>`` of them.

    Args:
        extracted: Documents with their statements; each is written as it arrives.
        stream: Text stream to write to; it is not closed.
    """
    iterator = iter(extracted)
    first, second = next(iterator, None), next(iterator, None)
    root = f' xmlns="{NAMESPACE}"'
    stream.write(_DECLARATION)
    if first is None:
        stream.write(f"<TEI{root}>\n{_header('No text', '')}<text><body><p/></body></text>\n</TEI>\n")
    elif second is None:
        stream.writelines(_tei(*first, "d1", root, _categories()))
    else:
        stream.write(f"<teiCorpus{root}>\n{_header('Attributed statements', '', _categories())}")
        for number, (document, statements) in enumerate(chain((first, second), iterator), start=1):
            stream.writelines(_tei(document, statements, f"d{number}"))
        stream.write("</teiCorpus>\n")


def _tei(
    document: Document, statements: Sequence[Statement], prefix: str, root: str = "", categories: str = ""
) -> Iterator[str]:
    """Yield one document as a TEI element; every id in it begins with the prefix."""
    cast = _Cast(prefix)
    blocks, pieces = marked_pieces(document, statements, prefix)
    attributes = [_said_attributes(statement, cast) for statement in statements]
    names: list[list[str]] = [[] for _ in statements]
    for piece in chain.from_iterable(pieces):
        names[piece.owner].append(piece.name)
    annotations = [
        _annotation(statement, f"{prefix}.a{number}", targets, cast)
        for number, (statement, targets) in enumerate(zip(statements, names, strict=True), start=1)
        if targets
    ]
    yield f'<TEI{root} xml:id="{prefix}">\n'
    yield _header(
        document.title or document.id, _bibliography(document), _application(statements) + categories
    )
    yield cast.stand_off(annotations)
    yield '<text xml:space="preserve">'
    yield from body_element(document.text, blocks, pieces, attributes)
    yield "</text>\n</TEI>\n"


def _header(title: str, source: str, encoding: str = "") -> str:
    described = f"<encodingDesc>{encoding}</encodingDesc>\n" if encoding else ""
    return (
        f"<teiHeader>\n<fileDesc><titleStmt><title>{escaped(title)}</title></titleStmt>"
        "<publicationStmt><p>Made by quotes from a text in electronic form.</p></publicationStmt>"
        f"<sourceDesc>{source or '<p>See the texts.</p>'}</sourceDesc></fileDesc>\n{described}</teiHeader>\n"
    )


def _bibliography(document: Document) -> str:
    published = document.published
    parts = (
        f"<title>{escaped(document.title)}</title>" if document.title else "",
        f"<publisher>{escaped(document.publisher)}</publisher>" if document.publisher else "",
        f'<date when="{published.isoformat()}">{published.isoformat()}</date>' if published else "",
        f'<idno type="document">{escaped(document.id)}</idno>',
        f'<idno type="path">{escaped(document.path)}</idno>' if document.path else "",
        f'<idno type="sha256">{document.sha256}</idno>',
    )
    return f"<bibl>{''.join(parts)}</bibl>"


def _application(statements: Sequence[Statement]) -> str:
    if not statements:
        return ""
    extractor = statements[0].provenance.extractor
    version = _VERSION.match(extractor.version)
    label = f"{extractor.name} {extractor.version} with {extractor.model} {extractor.model_version}"
    return (
        f'<appInfo><application ident="quotes" version="{version[0] if version else 0}">'
        f"<label>{escaped(label)}</label></application></appInfo>\n"
    )


def _categories() -> str:
    categories = "".join(
        f'<category xml:id="{name}"><catDesc>{meaning}</catDesc></category>\n'
        for name, meaning in CATEGORIES.items()
    )
    return (
        '<editorialDecl><quotation marks="all"><p>The text is untouched; quotation marks stand outside of '
        "said.</p></quotation></editorialDecl>\n"
        f"<classDecl><taxonomy>\n{categories}</taxonomy></classDecl>\n"
    )


def _said_attributes(statement: Statement, cast: _Cast) -> str:
    """Return the attributes that all pieces of a statement have."""
    speaker, addressee = cast.pointer(statement.speaker), cast.pointer(statement.addressee)
    ana = f"#kind.{statement.kind} #attitude.{statement.attitude}{' #negated' if statement.negated else ''}"
    parts = {
        "who": speaker,
        "toWhom": addressee,
        "direct": DIRECT[statement.kind],
        "ana": ana,
        "cert": f"{statement.confidence:g}",
        "n": escaped_attribute(statement.id),
    }
    return "".join(f' {name}="{value}"' for name, value in parts.items() if value)


def _annotation(statement: Statement, name: str, targets: Sequence[str], cast: _Cast) -> str:
    cue, when, medium = statement.cue, statement.when, statement.medium
    offsets = " ".join(f"{span.start}-{span.end}" for span in statement.content.spans)
    notes = [_note("content", offsets)]
    if cue is not None:
        notes += [_note("cue", cue.text, cue), _note("lemma", cue.lemma)]
    for role, entity in (
        ("speaker", statement.speaker),
        ("addressee", statement.addressee),
        ("medium", medium),
    ):
        pointer = cast.pointer(entity)
        if entity is not None and pointer:
            mention = entity.mention
            reference = (
                f'<ref target="{pointer}">{escaped(mention.text if mention else entity.name or "")}</ref>'
            )
            notes.append(_note(role, None, mention, reference))
    if when is not None:
        day = f' when="{when.date.isoformat()}"' if when.date else ""
        notes.append(_note("when", None, when, f"<date{day}>{escaped(when.text)}</date>"))
    notes.append(_note("rule", statement.provenance.rule))
    pointers = " ".join(f"#{target}" for target in targets)
    start = f'<annotation xml:id="{name}" motivation="describing" target="{pointers}">'
    return f"{start}{''.join(notes)}</annotation>\n"


def _note(type_: str, text: str | None, span: TextSpan | None = None, inner: str = "") -> str:
    offsets = "" if span is None else f' n="{span.start}-{span.end}"'
    return f'<note type="{type_}"{offsets}>{inner if text is None else escaped(text)}</note>'


class _Cast:
    """Gives everybody in a document an id; a mention that was not resolved is somebody of its own."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._ids: dict[tuple[object, ...], str] = {}
        self._members: dict[str, list[str]] = {}

    def pointer(self, entity: Entity | None) -> str:
        """Return what points to an entity; empty where there is nothing to point to."""
        if entity is None or (entity.name is None and entity.mention is None):
            return ""
        of_its_own = entity.mention if entity.name is None else None
        key = (entity.name, entity.type, entity.represents, of_its_own)
        if key not in self._ids:
            self._ids[key] = f"{self._prefix}.e{len(self._ids) + 1}"
            element = _MEMBERS[entity.type][0]
            self._members.setdefault(element, []).append(_member(entity, self._ids[key]))
        return f"#{self._ids[key]}"

    def stand_off(self, annotations: Sequence[str]) -> str:
        """Return the lists of everybody, and the annotations; empty without either."""
        lists = {**self._members, **({"listAnnotation": annotations} if annotations else {})}
        inner = "".join(f"<{name}>\n{''.join(members)}</{name}>\n" for name, members in lists.items())
        return f"<standOff>\n{inner}</standOff>\n" if inner else ""


def _member(entity: Entity, identifier: str) -> str:
    _, element, name_element = _MEMBERS[entity.type]
    role = ' role="unknown"' if entity.type == "unknown" else ""
    if entity.name is not None:
        name = f"<{name_element}>{escaped(entity.name)}</{name_element}>"
    else:
        mention = entity.mention.text if entity.mention else ""
        name = f'<{name_element} type="mention">{escaped(mention)}</{name_element}>'
    represents = ""
    if entity.represents is not None:
        whom = escaped(entity.represents)
        personal = name_element == "persName"
        represents = (
            f"<affiliation>{whom}</affiliation>" if personal else f'<note type="represents">{whom}</note>'
        )
    return f'<{element} xml:id="{identifier}"{role}>{name}{represents}</{element}>\n'
