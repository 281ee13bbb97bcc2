"""Statements in words for a person: who, what, to whom and through what, when."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotes.models import Entity, Statement

UNNAMED = "(not named)"
SURE_FROM = 0.7
"""Confidence below which a statement is marked with a question mark."""


def one_line(text: str) -> str:
    r"""Return a text without its line breaks.

    >>> one_line("the bridge\n is closed")
    'the bridge is closed'
    """
    return " ".join(text.split())


def called(entity: Entity | None) -> str:
    """Return the name of somebody, else the words that stand for them; empty for nobody."""
    if entity is None:
        return ""
    return one_line(entity.name or (entity.mention.text if entity.mention else ""))


def who(statement: Statement) -> str:
    """Return the speaker's name, or `UNNAMED`."""
    return called(statement.speaker) or UNNAMED


def about_speaker(statement: Statement) -> str:
    """Return what the text says of the speaker beside the name: the role, and who is spoken for."""
    speaker = statement.speaker
    if speaker is None:
        return ""
    role = one_line(speaker.role.text) if speaker.role else ""
    represents = f"for {speaker.represents}" if speaker.represents else ""
    return ", ".join(filter(None, (role, represents)))


def said(statement: Statement) -> str:
    """Return the content in full; in quotation marks if all of it was quoted, and with what was made of it.

    A statement that the speaker denied begins with "(denied)", a belief with "(belief)".
    """
    text = one_line(statement.content.text)
    marked = f"“{text}”" if statement.kind == "direct" else text
    notes = [statement.attitude] * (statement.attitude != "statement") + ["denied"] * statement.negated
    doubt = " (?)" if statement.confidence < SURE_FROM else ""
    return f"({', '.join(notes)}) {marked}{doubt}" if notes else f"{marked}{doubt}"


def channel(statement: Statement) -> str:
    """Return to whom it was said and through what: "to councillors, through Radio Harbour"."""
    parts = (("to", statement.addressee), ("through", statement.medium))
    return ", ".join(f"{word} {called(entity)}" for word, entity in parts if called(entity))


def when(statement: Statement) -> str:
    """Return the date of the speaking, else the words for it; empty where the text does not tell."""
    if statement.when is None:
        return ""
    return statement.when.date or one_line(statement.when.text)
