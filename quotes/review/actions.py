"""What a reviewer does: each action a pure function from a review to the next.

An action is a mapping of JSON values with ``do``, the name of a function here, and the function's other
arguments: ``{"do": "cue", "item": "6f1e", "span": [40, 44]}``. Spans are pairs of code points of the article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any, get_args

from quotes.errors import UsageError
from quotes.lexicon.entries import pronoun
from quotes.models import (
    Attitude,
    Content,
    Cue,
    DocumentInfo,
    Entity,
    EntityType,
    Kind,
    Medium,
    Provenance,
    Statement,
    TextSpan,
    When,
)
from quotes.review.items import ENTITY_ROLES, Item, Review
from quotes.roles.dates import date_meant
from quotes.statements import joined, statement_id
from quotes.syntax.descriptions import without_article
from quotes.text.spans import Span, trimmed

MOST_PIECES = 50
"""Pieces that a content may have."""
LONGEST_NOTE = 2000
BY_HAND = "review"
"""The rule of a statement that a reviewer added."""
_VALUES: Mapping[str, Sequence[object]] = {
    "kind": get_args(Kind),
    "attitude": get_args(Attitude),
    "negated": (True, False),
}
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_WORD = re.compile(r"\w")
_ADDED = re.compile(r"a[0-9]+")


def perform(review: Review, action: Mapping[str, Any]) -> Review:
    """Return a review after an action.

    Raises:
        UsageError: The action does not fit the review or the text; nothing has happened.
    """
    given = dict(action)
    name = given.pop("do", None)
    act = ACTIONS.get(name) if isinstance(name, str) else None
    if act is None:
        raise UsageError(f"no action {name!r}; there are {', '.join(ACTIONS)}")
    try:
        return act(review, **given)
    except TypeError as error:  # an argument is missing, unknown, or of another type
        raise UsageError(f"the action {name!r} does not take {given}") from error


def accept(review: Review, item: str) -> Review:
    """Accept a statement as it now is."""
    return _with(review, item, decision="accepted")


def reject(review: Review, item: str) -> Review:
    """Say that it is no statement."""
    return _with(review, item, decision="rejected")


def wait(review: Review, item: str) -> Review:
    """Take a decision back."""
    return _with(review, item, decision="waiting")


def optional(review: Review, item: str, value: bool) -> Review:
    """Say whether a statement may as well be left out."""
    return _with(review, item, optional=bool(value))


def note(review: Review, item: str, text: str) -> Review:
    """Keep the reviewer's own words."""
    if len(text) > LONGEST_NOTE:
        raise UsageError(f"the note has {len(text)} characters, and {LONGEST_NOTE} are the most")
    return _with(review, item, note=text.strip())


def change(review: Review, item: str, field: str, value: object) -> Review:
    """Set kind, attitude or negation."""
    if not any(type(value) is type(each) and value == each for each in _VALUES.get(field, ())):
        raise UsageError(f"{field!r} cannot be {value!r}")
    return _stated(review, item, **{field: value})


def cue(review: Review, item: str, span: Sequence[int] | None) -> Review:
    """Set the words that attribute the content, or none."""
    return _stated(review, item, cue=None if span is None else _cue(review, span))


def when(review: Review, item: str, span: Sequence[int] | None, date: str | None = None) -> Review:
    """Set the time of the speaking, or none; a date that is not given is reckoned from the words."""
    if span is None:
        return _stated(review, item, when=None)
    said = _text_span(review, span)
    day = date_meant(said.text, review.document.published) if date is None else _date(date)
    return _stated(review, item, when=When(**said.model_dump(), date=day))


def swap(review: Review, item: str) -> Review:
    """Take the second reviewer's version of a statement, and keep this one in its place."""
    now = review.item(item)
    if now.other is None:
        raise UsageError("no second reviewer has another version of this statement")
    return _with(_stated(review, item), item, statement=now.other, other=now.statement)


def nobody(review: Review, item: str, role: str) -> Review:
    """Empty a role: speaker, addressee or medium."""
    return _stated(review, item, **{_role(role): None})


def person(review: Review, item: str, role: str, entity: str) -> Review:
    """Put somebody whom the article names into a role; the mention there stays as it is."""
    known = review.people().get(entity)
    if known is None:
        raise UsageError(f"nobody {entity!r} in {review.document.id}; load the page again")
    before: Entity | None = getattr(review.item(item).statement, _role(role))
    return _stated(review, item, **{role: _entity(role, before.mention if before else None, known, before)})


def mention(review: Review, item: str, role: str, span: Sequence[int]) -> Review:
    """Put the words of a span into a role: somebody known by them, a pronoun of who was there, or somebody new."""
    said, before = _text_span(review, span), getattr(review.item(item).statement, _role(role))
    known = before if pronoun(said.text) else _called(review, said.text) or _somebody_new(review, said)
    return _stated(review, item, **{role: _entity(role, said, known, before)})


def entity_type(review: Review, item: str, role: str, value: str) -> Review:
    """Say what is in a role: a person, an organization, a document ..."""
    entity: Entity | None = getattr(review.item(item).statement, _role(role))
    if entity is None or value not in get_args(EntityType):
        raise UsageError(f"{value!r} cannot be the type of a {role} that is {entity}")
    return _stated(review, item, **{role: entity.model_copy(update={"type": value})})


def content(review: Review, item: str, spans: Sequence[Sequence[int]]) -> Review:
    """Set the pieces of the content; the kind follows where it was that of the words before."""
    changed = review.item(item).statement
    return _stated(review, item, **_said(review, spans, changed, item))


def split(review: Review, item: str, at: int) -> Review:
    """Make two statements of one: what is said before a code point, and what is said from there on."""
    whole = review.item(item)
    pieces = [(span.start, span.end) for span in whole.statement.content.spans]
    first = [(start, min(end, at)) for start, end in pieces if start < at]
    second = [(max(start, at), end) for start, end in pieces if end > at]
    if not _has_words(review, first) or not _has_words(review, second):
        raise UsageError(f"{at} is not between words of the statement; choose a word inside of it")
    rest = _said(review, second, whole.statement)
    added = Item(_new_key(review), "added", None, whole.statement.model_copy(update=rest))
    return _stated(review.with_items([added]), item, **_said(review, first, whole.statement, item))


def merge(review: Review, item: str, other: str) -> Review:
    """Make one statement of two; the other one, where the extractor gave it, counts as rejected."""
    into, gone = review.item(item), review.item(other)
    if into is gone:
        raise UsageError("a statement cannot be merged with itself")
    spans = [*into.statement.content.spans, *gone.statement.content.spans]
    pieces = _joined(review, sorted((span.start, span.end) for span in spans))
    told = gone.note or f"merged with the statement at {into.statement.content.spans[0].start}"
    kept = () if gone.given is None else (replace(gone, decision="rejected", note=told),)
    merged = review.with_items(kept, without=[other])
    return _stated(merged, item, **_said(merged, pieces, into.statement, item))


def add(review: Review, spans: Sequence[Sequence[int]]) -> Review:
    """Add a statement that was missed; who said it, and by which word, is to be set next."""
    pieces = _pieces(review, spans)
    place = pieces[0].start
    paragraphs = [paragraph.span.start for paragraph in review.document.paragraphs]
    bare = Statement(
        id="",
        kind="indirect",
        attitude="statement",
        negated=False,
        content=Content(text="", spans=()),
        **dict.fromkeys(("cue", "speaker", "addressee", "medium", "when")),  # type: ignore[arg-type]  # all None
        confidence=1.0,
        provenance=Provenance(
            document=DocumentInfo.model_validate(review.document, from_attributes=True),
            paragraph=max(bisect_right(paragraphs, place) - 1, 0),
            sentence=max(bisect_right(review.sentences, place) - 1, 0),
            rule=BY_HAND,
            extractor=review.extractor,
        ),
    )
    added = bare.model_copy(update=_said(review, spans, None))
    return review.with_items([Item(_new_key(review), "added", None, added)])


ACTIONS: Mapping[str, Callable[..., Review]] = {
    act.__name__: act
    for act in (
        *(accept, reject, wait, optional, note, swap, change, cue, when, nobody, person, mention, entity_type),
        *(content, split, merge, add),
    )
}


def _with(review: Review, key: str, **fields: Any) -> Review:
    return review.with_items([replace(review.item(key), **fields)])


def _stated(review: Review, key: str, **fields: Any) -> Review:
    """Return a review with other fields in one statement, which is no longer rejected."""
    item = review.item(key)
    decision = "waiting" if item.decision == "rejected" else item.decision
    return _with(review, key, statement=item.statement.model_copy(update=fields), decision=decision)


def _role(role: str) -> str:
    if role not in ENTITY_ROLES:
        raise UsageError(f"{role!r} is no role; there are {', '.join(ENTITY_ROLES)}")
    return role


def _span(review: Review, pair: Sequence[int]) -> Span:
    """Return a checked span without white space at its edges."""
    text = review.document.text
    match pair:
        case [int(start), int(end)] if 0 <= start < end <= len(text):
            span = trimmed(text, Span(start, end))
        case _:
            raise UsageError(f"{pair!r} is no span of the text, which has {len(text)} characters")
    if not _WORD.search(span.of(text)):
        raise UsageError(f"there is no word from {pair[0]} to {pair[1]}; select words")
    return span


def _text_span(review: Review, pair: Sequence[int]) -> TextSpan:
    span = _span(review, pair)
    return TextSpan(start=span.start, end=span.end, text=span.of(review.document.text))


def _cue(review: Review, pair: Sequence[int]) -> Cue:
    said = _text_span(review, pair)
    known = (each.statement.cue for each in review.items)
    same = (each.lemma for each in known if each and each.text.casefold() == said.text.casefold())
    return Cue(**said.model_dump(), lemma=next(same, said.text.casefold()))


def _date(given: str) -> str:
    with suppress(ValueError):
        if _DATE.fullmatch(given) and date.fromisoformat(given + "0000-01-01"[len(given) :]):
            return given
    raise UsageError(f"{given!r} is no date; write it like 2023-03-16, 2023-03 or 2023")


def _entity(role: str, said: TextSpan | None, known: Entity | None, before: Entity | None) -> Entity:
    """Return who is in a role by a mention; what is known of somebody else there before is left behind."""
    same = known is not None and before is not None and known.entity == before.entity
    name = known.name if known else None
    fields: dict[str, Any] = {
        "mention": said,
        "name": name,
        "entity": known.entity if known else None,
        "type": known.type if known else "unknown",
        "role": before.role if same and before else None,
        "represents": known.represents if known else None,
        "anonymity": before.anonymity if same and before else None,
        "resolved_by": "name" if name else "unresolved",
        "confidence": 1.0 if name else 0.0,
    }
    return Medium(**fields, inherited=False) if role == "medium" else Entity(**fields)


def _called(review: Review, words: str) -> Entity | None:
    """Return who is called so in the article, by a name or else by another mention."""
    called = " ".join(words.split()).casefold()
    people = review.people()
    for known in people.values():
        if called in {str(known.name).casefold(), known.mention.text.casefold() if known.mention else None}:
            return known
    for item in review.items:
        for role in ENTITY_ROLES:
            entity: Entity | None = getattr(item.statement, role)
            if entity and entity.entity in people and entity.mention and entity.mention.text.casefold() == called:
                return people[entity.entity]
    return None


def _somebody_new(review: Review, said: TextSpan) -> Entity:
    number = max((int(each[1:]) for each in review.entity_ids()), default=0) + 1
    name = without_article(review.document.text, Span(said.start, said.end)) or said.text
    nothing: dict[str, Any] = dict.fromkeys(("mention", "role", "represents", "anonymity"))
    return Entity(**nothing, name=name, entity=f"e{number}", type="unknown", resolved_by="name", confidence=1.0)


def _pieces(review: Review, spans: Sequence[Sequence[int]]) -> list[Span]:
    """Return the checked pieces of a content, without quotation marks around one."""
    if not 0 < len(spans) <= MOST_PIECES:
        raise UsageError(f"a content has 1 to {MOST_PIECES} pieces, not {len(spans)}")
    pieces = sorted(_without_marks(review, _span(review, pair)) for pair in spans)
    if any(one.overlaps(following) for one, following in pairwise(pieces)):
        raise UsageError("pieces of a content overlap")
    return pieces


def _without_marks(review: Review, span: Span) -> Span:
    """Return the words of a span that is a whole quotation with its marks."""
    return next((inner for outer, inner in review.quotations if outer == span), span)


def _said(
    review: Review, spans: Sequence[Sequence[int]], before: Statement | None, key: str | None = None
) -> dict[str, Any]:
    """Return the fields that follow from the pieces of a content: id, content and kind."""
    pieces, text = _pieces(review, spans), review.document.text
    places = [(piece.start, piece.end) for piece in pieces]
    for item in review.items:
        same = [(span.start, span.end) for span in item.statement.content.spans] == places
        if same and item.key != key and item.decision != "rejected":
            raise UsageError(f"there is a statement with these words already, at {places[0][0]}; change that one")
    parts = tuple(TextSpan(start=piece.start, end=piece.end, text=piece.of(text)) for piece in pieces)
    kind = _kind(review, places)
    if before is not None and before.kind != _kind(review, [(s.start, s.end) for s in before.content.spans]):
        kind = before.kind  # as the extractor or the reviewer knows better than the marks show
    content = Content(text=joined(text, pieces), spans=parts)
    return {"id": statement_id(review.document, pieces), "content": content, "kind": kind}


def _kind(review: Review, pieces: Sequence[tuple[int, int]]) -> Kind:
    """Return whether all, none or a part of the words are in quotation marks."""
    text = review.document.text
    quoted = [
        any(inner.start <= at < inner.end for _, inner in review.quotations)
        for first, last in pieces
        for at in (found.start() + first for found in re.finditer(r"\w+", text[first:last]))
    ]
    return "direct" if all(quoted) else "mixed" if any(quoted) else "indirect"


def _has_words(review: Review, pieces: Sequence[tuple[int, int]]) -> bool:
    return any(_WORD.search(review.document.text[start:end]) for start, end in pieces)


def _joined(review: Review, pieces: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return pieces in text order, those as one that overlap or have no word of the same paragraph between them."""
    whole: list[tuple[int, int]] = []
    for start, end in pieces:
        between = review.document.text[whole[-1][1] : start] if whole else "\n"
        if whole and not _WORD.search(between) and "\n" not in between:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return whole


def _new_key(review: Review) -> str:
    numbers = [int(each.key[1:]) for each in review.items if _ADDED.fullmatch(each.key)]
    return f"a{max(numbers, default=0) + 1}"
