"""The bodies of requests and of refusals, as the service describes them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag

from quotes.models import Attitude
from quotes.server.jobs import Extraction, Source

MOST_DOCUMENTS = 1000


def _is_a_day(text: str) -> str:
    date.fromisoformat(text)
    return text


Day = Annotated[
    str,
    Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"format": "date"}),
    AfterValidator(_is_a_day),
]


class Text(BaseModel):
    """A text and what is known about it."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    text: str
    """The text; offsets in the answer are its code points."""
    document_id: str | None = None
    """Name in the provenance; made from the text when null."""
    published: Day | None = None
    """Day of publication; read from the text where it is plain when null."""
    publisher: str | None = None
    """Who published it; read from the text where it is plain when null."""
    title: str | None = None
    """Its headline; read from the text where it is plain when null."""

    def source(self) -> Source:
        """Return the text as workers take it."""
        return Source(self.text, self.document_id, self.published, self.publisher, self.title)


class Wanted(BaseModel):
    """Which statements are wanted."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    attitudes: Literal["all"] | Annotated[list[Attitude], Field(min_length=1)] = ["statement"]
    """Attitudes to give."""
    min_confidence: Annotated[float, Field(ge=0, le=1, strict=True)] = 0.0
    """Least confidence of a statement."""

    def chosen(self) -> frozenset[str]:
        """Return the attitudes as workers take them: empty for all."""
        return frozenset() if self.attitudes == "all" else frozenset(self.attitudes)


class TextRequest(Text, Wanted):
    """One text."""

    def extraction(self) -> Extraction:
        """Return the work it asks for."""
        return Extraction((self.source(),), self.chosen(), self.min_confidence)


class BatchRequest(Wanted):
    """Several texts, answered by one array, as the command line does."""

    documents: Annotated[list[Text], Field(min_length=1, max_length=MOST_DOCUMENTS)]
    """The texts."""

    def extraction(self) -> Extraction:
        """Return the work it asks for."""
        return Extraction(tuple(each.source() for each in self.documents), self.chosen(), self.min_confidence)


def _form(body: object) -> str:
    """Return which form a body has, so that what is wrong with it is told of that form alone."""
    batch = "documents" in body if isinstance(body, dict) else isinstance(body, BatchRequest)
    return "batch" if batch else "single"


AnyRequest = Annotated[
    Annotated[TextRequest, Tag("single")] | Annotated[BatchRequest, Tag("batch")], Discriminator(_form)
]
"""One text, or several."""


class Problem(BaseModel):
    """Why there is no answer."""

    detail: str


class Health(BaseModel):
    """That the service is there."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    status: Literal["ok"]
    version: str
    workers: int
    """Processes that take texts."""
    ready: int
    """Of these, how many run now; one that was stopped is being started again."""
    waiting: int
    """Requests that wait for one of them."""
