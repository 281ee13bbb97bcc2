"""W3C Web Annotations (https://www.w3.org/TR/annotation-model/) as JSON-LD.

All statements form one AnnotationCollection with one page. An annotation's
targets are the pieces of the content, each selected twice: by position, which
the model counts in code points as the contract does, and by quotation with its
context. The bodies are a line for people, tags for kind and attitude, and the
statement's other fields as JSON, from which, with the targets,
`read_webannotation` restores the same statement.
"""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO
from urllib.parse import quote
from uuid import UUID

from quotes.errors import DataError, UsageError
from quotes.io.json import json_text, parsed_json, statement_record
from quotes.io.records import Extracted, checked_pairs, content_record, restored_statement, unused_name

if TYPE_CHECKING:
    from quotes.models import Entity, Statement, TextSpan
    from quotes.text.document import Document

SURROUNDINGS = 32
"""Code points of prefix and suffix."""
RECORD_FORMAT = "application/json"
_HEAD = (
    '{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationCollection", "label": "Attributed statements"'
)


def write_webannotation(extracted: Iterable[Extracted], stream: TextIO) -> None:
    """Write the statements of all documents as one AnnotationCollection."""
    names: dict[str, int] = {}
    digest = hashlib.sha256()
    separator = f'{_HEAD}, "first": {{"type": "AnnotationPage", "startIndex": 0, "items": [\n'
    for document, statements in checked_pairs(extracted):
        digest.update(document.sha256.encode("ascii"))
        for statement in statements:
            annotation = annotation_record(document, statement, names)
            digest.update(statement.id.encode("utf-8", "surrogatepass"))
            stream.write(separator + json_text(annotation))
            separator = ",\n"
    iri = f"urn:uuid:{UUID(bytes=digest.digest()[:16], version=5)}"
    # The model wants no page in an empty collection.
    before = f'\n], "id": "{iri}#page-1"}}' if names else _HEAD
    stream.write(f'{before}, "total": {len(names)}, "id": "{iri}"}}\n')


def document_iri(sha256: str) -> str:
    """Return the name of a text by its hash, as RFC 6920 makes it.

    >>> document_iri("00" * 32)
    'ni:///sha-256;AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    """
    return "ni:///sha-256;" + urlsafe_b64encode(bytes.fromhex(sha256)).decode("ascii").rstrip("=")


def annotation_record(document: Document, statement: Statement, names: dict[str, int]) -> dict[str, object]:
    """Return one statement as an annotation, and add its IRI to the names in use."""
    source = document_iri(document.sha256)
    record = statement_record(statement)
    del record["content"]  # the targets hold it
    targets = [_target(document.text, source, span) for span in statement.content.spans]
    extractor = statement.provenance.extractor
    return {
        "id": unused_name(f"{source}#{quote(statement.id, errors='surrogatepass')}", names),
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"type": "Software", "name": f"{extractor.name} {extractor.version}"},
        "body": [
            {**_body("describing", description(statement)), "language": "en"},
            _body("tagging", statement.kind),
            _body("tagging", statement.attitude),
            _body("describing", json_text(record), RECORD_FORMAT),
        ],
        "target": targets[0] if len(targets) == 1 else targets,
    }


def description(statement: Statement) -> str:
    """Return who said it, to whom and through what, in one line for people."""
    cue, when = statement.cue, statement.when
    known = {
        "speaker": _called(statement.speaker) or "unknown",
        "cue": cue.text if cue else None,
        "addressee": _called(statement.addressee),
        "medium": _called(statement.medium),
        "when": str(when.date or when.text) if when else None,
        "negated": "yes" if statement.negated else None,
        "confidence": f"{statement.confidence:.2f}",
    }
    return "; ".join(f"{label}: {value}" for label, value in known.items() if value)


def _called(entity: Entity | None) -> str | None:
    mention = entity.mention.text if entity and entity.mention else None
    return entity.name or mention if entity else None


def _body(purpose: str, value: str, format_: str = "text/plain") -> dict[str, object]:
    return {"type": "TextualBody", "purpose": purpose, "format": format_, "value": value}


def _target(text: str, source: str, span: TextSpan) -> dict[str, object]:
    prefix = text[max(span.start - SURROUNDINGS, 0) : span.start]
    suffix = text[span.end : span.end + SURROUNDINGS]
    quotation = {"type": "TextQuoteSelector", "exact": span.text, "prefix": prefix, "suffix": suffix}
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {"type": "SpecificResource", "source": source, "selector": [position, quotation]}


def read_webannotation(source: str | TextIO) -> list[Statement]:
    """Read statements from what `write_webannotation` wrote.

    The source is JSON text or a stream of it: a collection, a page, a list of
    annotations or a single one. Positions and quotations are those of the targets,
    so that a content that was corrected with another tool comes back corrected.

    Raises:
        UsageError: The source is neither.
        DataError: It is no JSON, or an annotation lacks what a statement needs.
    """
    if not isinstance(source, str) and not hasattr(source, "read"):
        raise UsageError(f"JSON text or an open file is needed, not {type(source).__name__}")
    text = source if isinstance(source, str) else source.read()
    try:
        found = parsed_json(text)
    except json.JSONDecodeError as error:
        raise DataError(f"line {error.lineno}, column {error.colno}: no JSON: {error.msg}") from error
    statements = []
    for number, annotation in enumerate(_annotations(found), 1):
        where = f"annotation {number}"
        spans = [_span(target, where) for target in _each(annotation.get("target"))]
        record = {**_record(annotation, where), "content": content_record(spans)}
        statements.append(restored_statement(record, where))
    return statements


def _annotations(found: Any) -> Iterator[dict[str, object]]:
    """Yield the annotations in a collection, a page, a list, or the annotation itself."""
    match found:
        case list():
            for each in found:
                yield from _annotations(each)
        case {"type": "Annotation"}:
            yield found
        case {"type": "AnnotationCollection"}:
            yield from _annotations(found.get("first") or [])
        case {"type": "AnnotationPage"}:
            yield from _annotations(found.get("items") or [])
        case _:
            raise DataError("neither an annotation nor a collection of them; give what --format webannotation wrote")


def _record(annotation: Mapping[str, object], where: str) -> dict[str, object]:
    """Return the fields that the JSON body holds."""
    for body in _each(annotation.get("body")):
        if isinstance(body, dict) and body.get("format") == RECORD_FORMAT:
            try:
                record = parsed_json(str(body.get("value")))
            except json.JSONDecodeError as error:
                raise DataError(f"{where}: its {RECORD_FORMAT} body is no JSON: {error.msg}") from error
            if isinstance(record, dict):
                return record
    raise DataError(f"{where}: no body of the format {RECORD_FORMAT}, which holds the statement's fields")


def _span(target: object, where: str) -> dict[str, object]:
    selectors = _each(target.get("selector")) if isinstance(target, dict) else []
    by_type = {each.get("type"): each for each in selectors if isinstance(each, dict)}
    position, quotation = by_type.get("TextPositionSelector"), by_type.get("TextQuoteSelector")
    if position is None or quotation is None:
        raise DataError(f"{where}: a target needs a TextPositionSelector and a TextQuoteSelector")
    start, end, exact = position.get("start"), position.get("end"), quotation.get("exact")
    if not (isinstance(start, int) and isinstance(end, int) and isinstance(exact, str)):
        raise DataError(f"{where}: a selector lacks its start, end or exact")
    if end - start != len(exact):
        raise DataError(f"{where}: {start} to {end} are not the {len(exact)} code points of {exact!r}")
    return {"start": start, "end": end, "text": exact}


def _each(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [] if value is None else [value]
