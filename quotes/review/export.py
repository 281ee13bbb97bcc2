"""What a review leaves: a fixture that ``quotes validate`` checks, and a line of a corpus."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from quotes.errors import OutputError
from quotes.evaluation.projection import in_corpus_conventions, predicted_relations
from quotes.files import replaced
from quotes.io.json import json_text, statement_record
from quotes.io.saved import json_lines, read_json
from quotes.models import TextSpan
from quotes.review.items import ENTITY_ROLES, Item, Review
from quotes.text.spans import Span
from quotes.validation.comparison import Difference, compare
from quotes.validation.expectations import NOT_FOUND, expectations_of
from quotes.validation.fixtures import EXPECTED

CORPUS = "corpus.jsonl"
MADE_BY = "made by 'quotes review', checksum "
_NOT_REVIEWED = "not reviewed yet"
_INSIDE = frozenset(TextSpan.model_fields) | {"spans"}
"""Parts of a place, which a mark names as a whole: "cue" for "cue.start"."""


def expectations_record(review: Review, begun: Review) -> dict[str, Any]:
    """Return what is expected of an article, in the form of ``expected.json``.

    Where the extractor gave something else, a mark says so: ``quotes validate`` passes with the extractor as
    it was, and asks for the mark to be taken away once it does better. What is not decided is optional.

    Args:
        review: The review as it stands.
        begun: The review as it began, with what the extractor gave.
    """
    where, text = review.document.id, review.document.text
    items = [item for item in review.items if _is_expected(item)]
    expected = [_expected(item) for item in items]
    given = [item.given for item in begun.items if item.origin == "extracted" and item.given]
    wanted = expectations_of({"statements": expected}, where, text)
    found = compare(where, given, wanted)
    marks = {id(each.expected): _marks(each.differences) for each in found.different}
    marks |= {id(each.expected): {NOT_FOUND: "the extractor does not find it"} for each in found.missing}
    for item, record, statement in zip(items, expected, wanted.statements, strict=True):
        own = marks.get(id(statement))
        if own:
            record["xfail"] = {field: item.note or reason for field, reason in own.items()}
    notes = {item.given.id: item.note for item in review.items if item.given}
    return {
        "statements": expected,
        "extra_allowed": [
            {"content": _places(record), "xfail": notes.get(record["id"]) or "no statement, says the review"}
            for record in found.extra
        ],
    }


def corpus_record(review: Review, doc_id: str) -> dict[str, Any]:
    """Return an article as a line of a corpus, with what was accepted in the way that corpora mark it."""
    text = review.document.text
    accepted = [item.statement for item in review.items if item.decision == "accepted"]
    relations = [in_corpus_conventions(text, each).relation for each in predicted_relations(text, accepted)]
    return {
        "doc_id": doc_id,
        "text": text,
        "published": review.document.published,
        "attributions": [
            {role: _pairs(getattr(each, role)) for role in ("source", "cue", "content")} for each in relations
        ],
    }


def write_fixture(folder: Path, review: Review, begun: Review) -> Path:
    """Write the expectations of an article beside it; return their file.

    Raises:
        OutputError: It cannot be written, or somebody else has changed it since.
    """
    path = folder / EXPECTED
    if path.exists():
        _refuse_changed(path, [read_json(path)])
    _write(path, json_text(_signed(expectations_record(review, begun)), indent=2) + "\n")
    return path


def write_corpus(parent: Path, reviews: Mapping[str, Review]) -> Path | None:
    """Write the articles that are reviewed as a whole as a corpus; return its file, None where there is none.

    Args:
        parent: Where the corpus goes.
        reviews: The reviews by the names that the articles have in the corpus.

    Raises:
        OutputError: It cannot be written, or somebody else has changed it since.
    """
    path = parent / CORPUS
    whole = [corpus_record(review, name) for name, review in sorted(reviews.items()) if review.is_complete()]
    if path.exists():
        _refuse_changed(path, [record for record, _ in json_lines(path)])
    elif not whole:
        return None
    _write(path, "".join(f"{json_text(_signed(record))}\n" for record in whole))
    return path


def _is_expected(item: Item) -> bool:
    return item.decision == "accepted" or (item.decision == "waiting" and item.origin != "candidate")


def _expected(item: Item) -> dict[str, Any]:
    """Return what is expected of one statement; of one that nobody has judged only that it may be there."""
    record = statement_record(item.statement)
    if item.decision == "waiting":
        return {"content": _places(record), "optional": True, "note": item.note or _NOT_REVIEWED}
    fields = {
        **{name: record[name] for name in ("kind", "attitude", "negated")},
        "content": _places(record),
        "cue": _part(record["cue"], "text"),
        **{role: _somebody(record[role], role) for role in ENTITY_ROLES},
        "when": _part(record["when"], "text", "date"),
    }
    marks = {"optional": True} if item.optional else {}
    return {**fields, **marks, **({"note": item.note} if item.note else {})}


def _places(record: Mapping[str, Any]) -> dict[str, Any]:
    return {"spans": record["content"]["spans"]}


def _part(value: Any, *names: str) -> dict[str, Any] | None:
    return None if value is None else {name: value[name] for name in names}


def _somebody(entity: Any, role: str) -> dict[str, Any] | None:
    """Return what was judged of somebody in a role; an unknown type is no judgement."""
    if entity is None:
        return None
    names = ["mention", "name", *(["type"] if entity["type"] != "unknown" else [])]
    return _part(entity, *names, *(["inherited"] if role == "medium" else []))


def _marks(differences: Iterable[Difference]) -> dict[str, str]:
    """Return a mark for each field that differs, a place in the text being one field."""
    marks: dict[str, str] = {}
    for each in differences:
        names: list[str] = []
        for name in each.field.split("."):
            if name in _INSIDE:
                break
            names.append(name)
        marks.setdefault(".".join(names), f"the extractor gives {json_text(each.got)}")
    return marks


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _signed(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record with a note by which it is known again, unless somebody changes it."""
    return {"note": MADE_BY + hashlib.sha256(json_text(record).encode()).hexdigest(), **record}


def _refuse_changed(path: Path, records: Iterable[object]) -> None:
    for record in records:
        rest = {key: value for key, value in record.items() if key != "note"} if isinstance(record, dict) else {}
        if not isinstance(record, dict) or record != _signed(rest):
            raise OutputError(
                f"{path} is not as 'quotes review' wrote it, and is left as it is; move it away, then export again"
            )


def _write(path: Path, text: str) -> None:
    with replaced(path) as temporary:
        temporary.write_text(text, "utf-8", newline="\n")
