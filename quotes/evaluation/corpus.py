"""Reads a corpus of articles with annotated attribution relations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from quotes.errors import DataError
from quotes.io.saved import json_lines
from quotes.text.spans import Span


@dataclass(frozen=True, slots=True)
class Relation:
    """Who said what by which word, as code points of the article.

    Source and cue are empty where the text has none; a resumed quotation has several contents.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article, its text untouched, with the relations that an annotator marked in it.

    The ``doc_id`` is unique in the corpus; the day of publication is None where the corpus gives none.
    """

    doc_id: str
    text: str
    relations: tuple[Relation, ...]
    published: date | None = None


def read_corpus(path: Path, limit: int | None = None) -> tuple[GoldArticle, ...]:
    """Read a corpus, or its first ``limit`` articles: one JSON object a line.

    An object has ``doc_id``, ``text`` and ``attributions`` and may have ``published``
    (YYYY-MM-DD). An attribution is ``source``, ``cue`` and ``content``, each a list
    of half-open [start, end] pairs.

    Raises:
        InputError: The file cannot be read as UTF-8 text.
        DataError: It has another form, an identifier twice, or no article.
    """
    articles = tuple(islice((_article(row, where) for row, where in json_lines(path)), limit))
    if not articles:
        raise DataError(f"{path}: no article in it; a corpus has one JSON object a line")
    for doc_id, count in Counter(article.doc_id for article in articles).items():
        if count > 1:
            raise DataError(f"{path}: doc_id {doc_id!r} occurs twice; give every article its own")
    return articles


def _article(row: Mapping[str, object], where: str) -> GoldArticle:
    doc_id, text, attributions = row.get("doc_id"), row.get("text"), row.get("attributions")
    if not isinstance(doc_id, str) or not isinstance(text, str) or not isinstance(attributions, list):
        raise DataError(f"{where}: an article needs doc_id and text (strings) and attributions (a list)")
    published = row.get("published") or None
    try:
        day = date.fromisoformat(str(published)[:10]) if published else None
    except ValueError as error:
        raise DataError(f"{where}: published {published!r} is no date; write YYYY-MM-DD") from error
    relations = tuple(_relation(item, len(text), where) for item in attributions)
    return GoldArticle(doc_id, text, relations, day)


def _relation(item: object, length: int, where: str) -> Relation:
    if not isinstance(item, dict):
        raise DataError(f"{where}: an attribution must be an object with source, cue and content")
    return Relation(*(_spans(item.get(role), role, length, where) for role in ("source", "cue", "content")))


def _spans(pairs: object, role: str, length: int, where: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    for pair in pairs if isinstance(pairs, list) else [None]:
        match pair:
            case [int(start), int(end)] if 0 <= start <= end <= length:
                spans.append(Span(start, end))
            case _:
                raise DataError(f"{where}: {role} must be a list of [start, end] pairs inside the text (0 to {length})")
    return tuple(spans)
