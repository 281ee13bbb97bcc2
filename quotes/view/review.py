"""The page on which a person puts right what was found: it asks the service that sent it, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, get_args

from quotes.models import Attitude, Entity, EntityType, Kind, TextSpan
from quotes.view.blocks import visible
from quotes.view.page import asset, content_policy, environment, script_json

if TYPE_CHECKING:
    from quotes.review import Item, Review, Session


def render_review(session: Session, order: str = "confidence") -> str:
    """Return the page of a session, a whole HTML document.

    Args:
        session: The reviews.
        order: In which order the page goes on from statement to statement: confidence, the least
            certain first, or position.
    """
    style = asset("page.css") + asset("review.css")
    script = asset("theme.js") + asset("review.js")
    policy = f"{content_policy(style, script)}; connect-src 'self'"
    values = {"kinds": get_args(Kind), "attitudes": get_args(Attitude), "types": get_args(EntityType)}
    return (
        environment()
        .get_template("review.html.j2")
        .render(
            style=style,
            script=script,
            policy=policy,
            order=order,
            folder=str(session.folder),
            data=script_json({"articles": review_records(session), **values}),
            **values,
        )
    )


def review_records(session: Session) -> list[dict[str, Any]]:
    """Return what the page needs of each article: its text, its statements, and who is named in it."""
    return [
        {
            "revision": desk.revision,
            "items": [item_record(item) for item in session.items(desk)],
            "people": people_records(desk.review),
            **_text_record(desk.review),
        }
        for desk in session.desks
    ]


def _text_record(review: Review) -> dict[str, Any]:
    document = review.document
    known = (document.publisher, document.published.isoformat() if document.published else None)
    return {
        "title": visible(document.title or document.id),
        "about": visible(" · ".join(filter(None, known))),
        "text": visible(document.text),
        "paragraphs": [[each.span.start, each.span.end, each.kind] for each in document.paragraphs],
    }


def item_record(item: Item) -> dict[str, Any]:
    """Return what the page needs of a statement; words are looked up in the text by their places."""
    statement = item.statement
    return {
        "key": item.key,
        "origin": item.origin,
        "decision": item.decision,
        "optional": item.optional,
        "note": item.note,
        "why": visible(item.why),
        "other": item.other is not None,
        "corrected": item.corrected,
        "uncertainty": round(item.uncertainty, 4),
        "confidence": (item.given or statement).confidence,
        "rule": visible(statement.provenance.rule.replace("_", " ")),
        "kind": statement.kind,
        "attitude": statement.attitude,
        "negated": statement.negated,
        "content": [_place(span) for span in statement.content.spans],
        "cue": _place(statement.cue),
        "when": statement.when and {"span": _place(statement.when), "date": statement.when.date},
        **{role: _entity(getattr(statement, role)) for role in ("speaker", "addressee", "medium")},
    }


def people_records(review: Review) -> list[dict[str, Any]]:
    """Return who is named in an article, to choose from."""
    return list(_people(review))


def _people(review: Review) -> Iterator[dict[str, Any]]:
    for key, entity in review.people().items():
        yield {"entity": key, "name": visible(entity.name or ""), "type": entity.type}


def _entity(entity: Entity | None) -> dict[str, Any] | None:
    if entity is None:
        return None
    name = None if entity.name is None else visible(entity.name)
    return {"name": name, "entity": entity.entity, "type": entity.type, "span": _place(entity.mention)}


def _place(span: TextSpan | None) -> tuple[int, int] | None:
    return None if span is None else (span.start, span.end)
