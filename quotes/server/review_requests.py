"""What a page of reviews asks for, and what it is answered."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from quotes.models import Attitude, EntityType, Kind
from quotes.review.actions import LONGEST_NOTE, MOST_PIECES


def _whole(value: object) -> object:
    """Return 3.0 as 3: JSON has one kind of numbers."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Place = Annotated[int, Field(ge=0, le=2**53), BeforeValidator(_whole)]
SpanPair = Annotated[list[Place], Field(min_length=2, max_length=2)]
"""Code points of the article: [start, end)."""
Spans = Annotated[list[SpanPair], Field(min_length=1, max_length=MOST_PIECES)]
Key = Annotated[str, Field(min_length=1, max_length=64)]
Role = Literal["speaker", "addressee", "medium"]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _OnItem(_Body):
    item: Key


class _OnRole(_OnItem):
    role: Role


class Decide(_OnItem):
    """Accept a statement as it is, reject it, let it wait again, or take the other reviewer's version."""

    do: Literal["accept", "reject", "wait", "swap"]


class SetOptional(_OnItem):
    """Say whether it may as well be left out."""

    do: Literal["optional"]
    value: bool


class WriteNote(_OnItem):
    """Keep a note."""

    do: Literal["note"]
    text: Annotated[str, Field(max_length=LONGEST_NOTE)]


class SetField(_OnItem):
    """Set kind, attitude or negation."""

    do: Literal["change"]
    field: Literal["kind", "attitude", "negated"]
    value: Kind | Attitude | bool


class SetCue(_OnItem):
    """Set the cue."""

    do: Literal["cue"]
    span: SpanPair | None


class SetTime(_OnItem):
    """Set the time of the speaking."""

    do: Literal["when"]
    span: SpanPair | None
    date: Annotated[str, Field(max_length=10)] | None = None


class EmptyRole(_OnRole):
    """Say that nobody is in a role."""

    do: Literal["nobody"]


class PickPerson(_OnRole):
    """Put somebody known into a role."""

    do: Literal["person"]
    entity: Annotated[str, Field(pattern=r"^e[1-9][0-9]{0,9}$")]


class SelectMention(_OnRole):
    """Put words into a role."""

    do: Literal["mention"]
    span: SpanPair


class SetType(_OnRole):
    """Say what is in a role."""

    do: Literal["entity_type"]
    value: EntityType


class SetContent(_OnItem):
    """Set the pieces of the content."""

    do: Literal["content"]
    spans: Spans


class Split(_OnItem):
    """Make two of one."""

    do: Literal["split"]
    at: Place


class Merge(_OnItem):
    """Make one of two."""

    do: Literal["merge"]
    other: Key


class Add(_Body):
    """Add a missing statement."""

    do: Literal["add"]
    spans: Spans


class Undo(_Body):
    """Undo the last action."""

    do: Literal["undo"]


AnyAction = Annotated[
    Decide
    | SetOptional
    | WriteNote
    | SetField
    | SetCue
    | SetTime
    | EmptyRole
    | PickPerson
    | SelectMention
    | SetType
    | SetContent
    | Split
    | Merge
    | Add
    | Undo,
    Field(discriminator="do"),
]


class ActionRequest(_Body):
    """An action in one article."""

    model_config = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)

    article: Place
    """Its number, from 0."""
    revision: Place
    """The revision that the page shows; a later one of the service refuses the action."""
    action: AnyAction


class ActionAnswer(BaseModel):
    """What an action has done."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    revision: int
    """The article's revision after it."""
    items: list[dict[str, Any]]
    """Statements that are new or other than before."""
    removed: list[str]
    """Keys of those that are there no more."""
    people: list[dict[str, Any]]
    """Who is named in the article by now."""


class Written(BaseModel):
    """What was exported."""

    files: list[str]
    problems: list[str]


class Refusal(BaseModel):
    """Why an action was not done."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    detail: str
    revision: int | None = None
    """The article's present revision, where that is why."""
