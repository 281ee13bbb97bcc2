"""A review as it stands: an article, and each statement with what a person has decided about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from quotes.errors import UsageError
from quotes.models import Entity, ExtractorInfo, Statement, TextSpan
from quotes.text.document import Document
from quotes.text.spans import Span
from quotes.validation.comparison import bare_content

Decision = Literal["waiting", "accepted", "rejected"]
Origin = Literal["extracted", "candidate", "added"]
ENTITY_ROLES = ("speaker", "addressee", "medium")
FIELDS = ("content", "kind", "attitude", "negated", "cue", *ENTITY_ROLES, "when")
"""What a reviewer judges of a statement, by the names of its fields."""


@dataclass(frozen=True, slots=True)
class Item:
    """A statement under review.

    Attributes:
        key: Its name within the review, whatever is changed.
        origin: Extracted, a candidate that the extractor nearly took, or added by the reviewer.
        given: As the extractor gave it; None for an added one.
        statement: As it is now.
        decision: Waiting, accepted as it is now, or rejected.
        optional: Whether the reviewer thinks that it may as well be left out.
        note: The reviewer's own words about it.
        why: For a candidate why it was not taken; where two reviewers differ how; else how the speaker was found.
        other: As a second reviewer has it, where two are to be settled and differ.
    """

    key: str
    origin: Origin
    given: Statement | None
    statement: Statement
    decision: Decision = "waiting"
    optional: bool = False
    note: str = ""
    why: str = ""
    other: Statement | None = None

    @property
    def corrected(self) -> tuple[str, ...]:
        """The fields in which it differs from what the extractor gave."""
        if self.given is None or self.statement is self.given:
            return ()
        return differing(self.statement, self.given)

    @property
    def uncertainty(self) -> float:
        """How likely it is wrong, 0 to 1, as far as the extractor can tell: the statement or its speaker's name."""
        given = self.given or self.statement
        sure = given.speaker.confidence if given.speaker and given.speaker.name else 1.0
        return 1.0 - min(given.confidence, sure)


def differing(one: Statement, other: Statement) -> tuple[str, ...]:
    """Return the fields in which two statements differ, as a reviewer judges them."""
    return tuple(field for field in FIELDS if judged(one, field) != judged(other, field))


def judged(statement: Statement, field: str) -> object:
    """Return what counts of a field: its places in the text, and of somebody the name and the type.

    Marks at the edges of a content are not judged.
    """
    value: Any = getattr(statement, field)
    if field == "content":
        return [_words(span) for span in value.spans]
    if isinstance(value, Entity):
        return _place(value.mention), value.name, value.type
    if field == "when" and value is not None:
        return _place(value), value.date
    return _place(value) if isinstance(value, TextSpan) else value


def _words(span: TextSpan) -> tuple[int, int]:
    bare = bare_content(span.text)
    start = span.start + span.text.index(bare)
    return start, start + len(bare)


def _place(span: TextSpan | None) -> tuple[int, int] | None:
    return None if span is None else (span.start, span.end)


@dataclass(frozen=True, slots=True)
class Review:
    """The review of one article.

    Attributes:
        document: The article.
        items: Its statements, in text order.
        sentences: The code points at which its sentences begin.
        quotations: What is in quotation marks, with and without them.
        extractor: What found the statements.
    """

    document: Document
    items: tuple[Item, ...]
    sentences: tuple[int, ...]
    quotations: tuple[tuple[Span, Span], ...]
    extractor: ExtractorInfo

    def item(self, key: object) -> Item:
        """Return an item by its key; a `UsageError` where there is none."""
        for each in self.items:
            if each.key == key:
                return each
        raise UsageError(f"no statement {key!r} in the review of {self.document.id}; load the page again")

    def with_items(self, changed: Iterable[Item], without: Iterable[str] = ()) -> Review:
        """Return the review with items put in or replaced by their keys, and others left out."""
        left_out = set(without)
        items = {each.key: each for each in self.items if each.key not in left_out}
        items |= {each.key: each for each in changed}
        ordered = sorted(items.values(), key=lambda each: (_start(each), each.key))
        return replace(self, items=tuple(ordered))

    def people(self) -> dict[str, Entity]:
        """Return who is named in the article, by entity: as most fully given, in the order of their statements."""
        found: dict[str, Entity] = {}
        for entity in self._entities():
            if entity.entity and entity.name and not (entity.entity in found and found[entity.entity].name):
                found[entity.entity] = entity
        return found

    def entity_ids(self) -> set[str]:
        """Return all ids that entities have, named or not."""
        return {entity.entity for entity in self._entities() if entity.entity}

    def _entities(self) -> Iterator[Entity]:
        for item in self.items:
            for statement in filter(None, (item.given, item.statement)):
                yield from filter(None, (getattr(statement, role) for role in ENTITY_ROLES))

    def is_complete(self) -> bool:
        """Return whether everything that was extracted or added is decided; candidates may wait."""
        return not any(each.decision == "waiting" and each.origin != "candidate" for each in self.items)


def _start(item: Item) -> int:
    return item.statement.content.spans[0].start
