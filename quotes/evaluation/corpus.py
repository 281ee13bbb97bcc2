"""Reads a corpus of articles with annotated attribution relations."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from quotes.errors import DataError, InputError
from quotes.text.spans import Span


@dataclass(frozen=True, slots=True)
class Relation:
    """Who said what by which word, as code points of the article.

    Attributes:
        source: Spans of the source; empty where the text names none.
        cue: Spans of the cue; empty where there is none.
        content: Spans of the words said; several for a resumed quotation.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with the relations that an annotator marked in it.

    Attributes:
        doc_id: Identifier, unique in the corpus.
        text: The article, untouched.
        relations: The annotated relations, in the corpus' order.
        title: Headline, None when the corpus gives none.
        publisher: Outlet, None when the corpus gives none.
        published: Day of publication, None when the corpus gives none.
    """

    doc_id: str
    text: str
    relations: tuple[Relation, ...]
    title: str | None = None
    publisher: str | None = None
    published: date | None = None


def read_corpus(path: Path, limit: int | None = None) -> tuple[GoldArticle, ...]:
    """Read a corpus: one JSON object a line.

    An object has ``doc_id``, ``text`` and ``attributions`` and may have ``title``,
    ``publisher`` and ``published`` (YYYY-MM-DD). An attribution is ``source``,
    ``cue`` and ``content``, each a list of half-open [start, end] pairs.

    Args:
        path: The corpus file, UTF-8.
        limit: Read only so many articles; all of them when None.

    Returns:
        The articles in file order.

    Raises:
        InputError: The file cannot be read as UTF-8 text.
        DataError: It has another form, an identifier twice, or no article.
    """
    articles = tuple(islice((_article(row, where) for row, where in json_lines(path)), limit))
    if not articles:
        raise DataError(f"{path}: no article in it; a corpus has one JSON object a line")
    seen: set[str] = set()
    for article in articles:
        if article.doc_id in seen:
            raise DataError(f"{path}: doc_id {article.doc_id!r} occurs twice; give every article its own")
        seen.add(article.doc_id)
    return articles


def json_lines(path: Path) -> Iterator[tuple[Mapping[str, object], str]]:
    """Yield each non-blank line's JSON object and where it stands, for messages.

    Args:
        path: The file, UTF-8.

    Yields:
        The object, and "FILE:LINE".

    Raises:
        InputError: The file cannot be read as UTF-8 text.
        DataError: A line is not a JSON object.
    """
    try:
        with path.open(encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _json_object(line, f"{path}:{number}"), f"{path}:{number}"
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start}); convert it first") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path") from error


def _json_object(line: str, where: str) -> Mapping[str, object]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise DataError(f"{where}: not JSON ({error}); write one JSON object a line") from error
    if not isinstance(row, dict):
        raise DataError(f"{where}: a {type(row).__name__}, not a JSON object; write one object a line")
    return row


def _article(row: Mapping[str, object], where: str) -> GoldArticle:
    doc_id, text, attributions = row.get("doc_id"), row.get("text"), row.get("attributions")
    if not isinstance(doc_id, str) or not isinstance(text, str) or not isinstance(attributions, list):
        raise DataError(f"{where}: an article needs doc_id and text (strings) and attributions (a list)")
    return GoldArticle(
        doc_id=doc_id,
        text=text,
        relations=tuple(_relation(item, len(text), where) for item in attributions),
        title=_optional(row, "title", where),
        publisher=_optional(row, "publisher", where),
        published=_day(row, where),
    )


def _relation(item: object, length: int, where: str) -> Relation:
    if not isinstance(item, dict):
        raise DataError(f"{where}: an attribution must be an object with source, cue and content")
    return Relation(*(_spans(item.get(part), part, length, where) for part in ("source", "cue", "content")))


def _spans(pairs: object, part: str, length: int, where: str) -> tuple[Span, ...]:
    match pairs:
        case list() if all(_is_pair(pair, length) for pair in pairs):
            return tuple(Span(*pair) for pair in pairs)
    raise DataError(f"{where}: {part} must be a list of [start, end] pairs inside the text (0 to {length})")


def _is_pair(pair: object, length: int) -> bool:
    match pair:
        case [int(start), int(end)]:
            return 0 <= start <= end <= length
    return False


def _optional(row: Mapping[str, object], key: str, where: str) -> str | None:
    value = row.get(key)
    if value is None or isinstance(value, str):
        return value or None
    raise DataError(f"{where}: {key} must be a string or null")


def _day(row: Mapping[str, object], where: str) -> date | None:
    value = _optional(row, "published", where)
    if value is None:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError as error:
        raise DataError(f"{where}: published {value!r} is no date; write YYYY-MM-DD") from error
