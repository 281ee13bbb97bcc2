"""Begins a review: what an extractor finds in an article, and what it nearly took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quotes.coref import resolve
from quotes.explanation import Explainer
from quotes.extractor import Analysis, Extractor, extractor_info
from quotes.models import Entity, Statement
from quotes.review.items import ENTITY_ROLES, Item, Review
from quotes.roles import with_roles
from quotes.statements import build_statements, with_original_offsets
from quotes.text.document import Document


def begin(document: Document, extractor: Extractor) -> Review:
    """Return the review of an article in which everything waits: what the extractor gives, and candidates.

    Candidates are statements of attitudes that were not asked for, and what reached half of its threshold.
    """
    analysis = extractor.analyse(document, trace=True)
    explainer = Explainer(analysis, extractor)
    article, reading = analysis.article, analysis.reading
    why = {each.statement_id: f"Speaker: {each.reasons['Speaker']}" for each in explainer.statements()}
    given = [each for each in analysis.statements if extractor.wants(each)]
    items = {each.id: Item(each.id, "extracted", each, each, why=why[each.id]) for each in given}
    for candidate, reason in _candidates(document, analysis, explainer):
        items.setdefault(
            candidate.id, Item(candidate.id, "candidate", candidate, candidate, why=f"Not taken: {reason}")
        )
    first_words = (article.parse.span(first, first) for first, _ in article.parse.sentence_bounds)
    review = Review(
        document=document,
        items=(),
        sentences=tuple(reading.original(word).start for word in first_words),
        quotations=tuple((reading.original(each.outer), reading.original(each.inner)) for each in article.quotations),
        extractor=extractor_info(article.parse.model, article.parse.model_version),
    )
    return review.with_items(items.values())


def with_given(review: Review, statements: Sequence[Statement]) -> Review:
    """Return a review in which these statements are the ones that were extracted, whatever is found now."""
    known = {item.key: item for item in review.items}
    new = (known.get(each.id, Item(each.id, "extracted", each, each)) for each in statements)
    given = zip(statements, new, strict=True)
    return review.with_items(replace(item, origin="extracted", given=each, statement=each) for each, item in given)


def _candidates(document: Document, analysis: Analysis, explainer: Explainer) -> Iterator[tuple[Statement, str]]:
    """Yield what was not given and may be a statement all the same, and why it was not."""
    for statement in analysis.statements:
        if not explainer.extractor.wants(statement):
            yield statement, explainer.left_out(statement)
    article, reading = analysis.article, analysis.reading
    close = [(choice, each) for choice, each in explainer.near_choices() if choice.tokens]
    close.sort(key=lambda pair: pair[1].start)
    complete = resolve(article, [with_roles(article, choice) for choice, _ in close])
    made = build_statements(article, complete, extractor_info(article.parse.model, article.parse.model_version))
    if reading.text != document.text:
        made = [with_original_offsets(each, document, reading) for each in made]
    for statement, (_, explanation) in zip(_with_entities(made, analysis.statements), close, strict=True):
        yield statement, explanation.reasons.get("Lost", "")


def _with_entities(made: Sequence[Statement], found: Sequence[Statement]) -> Iterator[Statement]:
    """Yield statements whose entities have the ids that the same names have in others, or new ones."""
    named: dict[str | None, str] = {}
    for entity in _entities(found):
        named.setdefault(entity.name, str(entity.entity))
    last = max((int(str(each.entity)[1:]) for each in _entities(found)), default=0)
    own: dict[str, str] = {}
    for statement in made:
        fields = {}
        for role in ENTITY_ROLES:
            entity = getattr(statement, role)
            if entity and entity.entity:
                new = own.setdefault(entity.entity, f"e{last + 1 + len(own)}")
                fields[role] = entity.model_copy(update={"entity": named.get(entity.name, new)})
        yield statement.model_copy(update=fields)


def _entities(statements: Sequence[Statement]) -> Iterator[Entity]:
    for statement in statements:
        for role in ENTITY_ROLES:
            entity: Entity | None = getattr(statement, role)
            if entity and entity.entity:
                yield entity
