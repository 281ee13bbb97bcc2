"""Two reviews of one article as one: what both say is decided, and where they differ a person settles it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from quotes.errors import DataError
from quotes.models import Entity, Statement
from quotes.review.desk import Desk
from quotes.review.items import Item, Review, differing
from quotes.text.document import Document
from quotes.validation.matching import Said, matched


def settled(document: Document, first: Sequence[Desk], second: Sequence[Desk]) -> Review:
    """Return the beginning of a review that settles two of an article.

    Raises:
        DataError: One of the two has no review of this text.
    """
    ours, theirs = (_of(document, desks) for desks in (first, second))
    return replace(ours, items=()).with_items(_items(ours, theirs))


def _of(document: Document, desks: Sequence[Desk]) -> Review:
    found = next((desk.review for desk in desks if desk.review.document.sha256 == document.sha256), None)
    if found is None:
        raise DataError(f"{document.id}: only one of the two reviewers has it; settle the articles that both have")
    return found


def _items(ours: Review, theirs: Review) -> Iterator[Item]:
    one, other = ([item for item in review.items if item.decision == "accepted"] for review in (ours, theirs))
    pairs = matched([_said(item) for item in one], [_said(item) for item in other])
    used: set[str] = set()
    for place, item in enumerate(one):
        used.add(item.key)
        yield _pair(item, other[pairs[place]]) if place in pairs else _alone(item, theirs, "first")
    for place, item in enumerate(other):
        if place not in pairs.values():
            found = _alone(item, ours, "second")
            key = f"second-{item.key}" if item.key in used else item.key
            used.add(key)
            yield replace(found, key=key)
    for item in ours.items:
        if item.origin == "extracted" and item.key not in used:
            both = all(each.decision == "rejected" for each in (item, *_same(item, theirs)))
            yield replace(item, decision="rejected" if both else "waiting")


def _pair(item: Item, other: Item) -> Item:
    """Return a statement that both have; it waits where they have it differently."""
    fields = differing(item.statement, other.statement)
    if not fields and item.optional == other.optional:
        return _seen(item, why="Both reviewers have it so")
    told = [f"{field} {_told(other.statement, field)}" for field in fields]
    told += [f"{'optional' if other.optional else 'not optional'}"] * (item.optional != other.optional)
    why = f"The second reviewer has {'; '.join(told)}"
    return _seen(item, decision="waiting", other=other.statement if fields else None, why=why)


def _alone(item: Item, others: Review, who: str) -> Item:
    """Return a statement that only one has."""
    rejected = any(each.decision == "rejected" for each in _same(item, others))
    why = f"Only the {who} reviewer has it" + (", and the other one rejected it" if rejected else "")
    return _seen(item, decision="waiting", why=why)


def _same(item: Item, review: Review) -> list[Item]:
    return [each for each in review.items if each.key == item.key and each.origin != "added"]


def _seen(item: Item, **fields: Any) -> Item:
    """Return an item of a reviewer; a candidate that was accepted counts as added from here on."""
    return (
        replace(item, **fields) if item.origin == "extracted" else replace(item, origin="added", given=None, **fields)
    )


def _said(item: Item) -> Said:
    spans = item.statement.content.spans
    return Said(tuple(span.text for span in spans), spans[0].start)


def _told(statement: Statement, field: str) -> str:
    """Return what a statement has in a field, in words."""
    value: Any = getattr(statement, field)
    if isinstance(value, Entity):
        mention = f"“{value.mention.text}”" if value.mention else ""
        return " ".join(filter(None, (value.name, mention, value.type if value.type != "unknown" else "")))
    if field == "when" and value is not None:
        return f"“{value.text}” {value.date or ''}".strip()
    if field in {"content", "cue"} and value is not None:
        return f"“{value.text}”"
    return {True: "yes", False: "no", None: "none"}.get(value, str(value))
