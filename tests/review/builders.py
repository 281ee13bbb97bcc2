"""Builds reviews by hand, without an extractor."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.models import ExtractorInfo, Statement
from quotes.review import Item, Review
from quotes.text.document import Document
from quotes.text.quotations import find_quotations
from quotes.text.spans import Span
from quotes.view import Article

INFO = ExtractorInfo(name="quotes", version="0", model="none", model_version="0")


def review_of(document: Document, statements: Sequence[Statement], candidates: Sequence[Statement] = ()) -> Review:
    """Return the beginning of a review with these statements and candidates."""
    items = [Item(each.id, "extracted", each, each, why="Speaker: subject of “said”") for each in statements]
    low = "Not taken: its probability, 0.20, is below 0.30"
    items += [Item(each.id, "candidate", each, each, why=low) for each in candidates]
    found = find_quotations(document.text, document.paragraphs)
    review = Review(
        document=document,
        items=(),
        sentences=tuple(match.start() for match in re.finditer(r"(?<![^\s])\S[^.]*", document.text)),
        quotations=tuple((each.outer, each.inner) for each in found),
        extractor=INFO,
    )
    return review.with_items(items)


def with_entities(statements: Sequence[Statement]) -> list[Statement]:
    """Return statements whose people of one name are one entity, numbered as they come."""
    ids: dict[str, str] = {}
    numbered = []
    for statement in statements:
        people = {role: getattr(statement, role) for role in ("speaker", "addressee", "medium")}
        fields = {
            role: each.model_copy(update={"entity": ids.setdefault(each.name, f"e{len(ids) + 1}")})
            for role, each in people.items()
            if each and each.name
        }
        numbered.append(statement.model_copy(update=fields))
    return numbered


def begun(article: Article, candidates: int = 0) -> Review:
    """Return the review of an article of `tests.view.builders`, its last statements as candidates."""
    statements = with_entities(article.statements)
    cut = len(statements) - candidates
    return review_of(article.document, statements[:cut], statements[cut:])


def place(review: Review, words: str, after: int = 0) -> list[int]:
    """Return the span of some words of the article, the first ones after a code point."""
    start = review.document.text.index(words, after)
    return [start, start + len(words)]


def texts(review: Review) -> list[list[str]]:
    """Return the pieces of each content, in order."""
    return [[span.text for span in item.statement.content.spans] for item in review.items]


def check_offsets(review: Review) -> None:
    """Assert that every span of every statement is what the text has there."""

    def spans(value: object) -> None:
        if isinstance(value, dict):
            if "start" in value:
                assert Span(value["start"], value["end"]).of(review.document.text) == value["text"]
            for part in value.values():
                spans(part)
        elif isinstance(value, list | tuple):
            for part in value:
                spans(part)

    for item in review.items:
        spans(item.statement.model_dump())
