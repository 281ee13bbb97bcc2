"""The bodies of requests and of refusals, as the service describes them, and what workers do with them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag, TypeAdapter, ValidationError

from quotes.errors import QuotesError, UsageError
from quotes.models import Attitude

if TYPE_CHECKING:
    from quotes.extractor import Extractor
    from quotes.models import Verification
    from quotes.text.document import Document
    from quotes.verification import Verifier

MOST_DOCUMENTS = 1000
LONGEST_NAME = 1000
"""Code points of a document's id, publisher or title; each statement of the answer repeats them."""
LONGEST_ANSWER = 20_000_000
"""Code points of an answer."""
MOST_TOLD = 10
"""Faults of a body that its refusal names."""
HOME = "/"
"""Address of the page to paste an article into."""
FILE = "/file"
"""Address that takes a file and answers with the texts in it, for the two pages."""
CHECK = "/check"
"""Address of the page to paste an article and its sources into."""


def _is_a_day(text: str) -> str:
    date.fromisoformat(text)
    return text


Day = Annotated[
    str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"format": "date"}), AfterValidator(_is_a_day)
]


Name = Annotated[str, Field(max_length=LONGEST_NAME)]


class AnswerTooLargeError(QuotesError):
    """What was found is more than an answer may hold."""


class Text(BaseModel):
    """A text and what is known about it."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    text: str
    """The text; offsets in the answer are its code points."""
    document_id: Name | None = None
    """Name in the provenance; made from the text when null."""
    published: Day | None = None
    """Day of publication; read from the text when null."""
    publisher: Name | None = None
    """Who published it; read from the text when null."""
    title: Name | None = None
    """Its headline; read from the text when null."""

    def document(self) -> Document:
        """Return the document that the text makes."""
        from quotes.text.document import make_document

        known = self.model_dump(include={"document_id", "published", "publisher", "title"})
        return make_document(self.text, **known)

    def page(self, extractor: Extractor) -> str:
        """Return the page that shows the text with its statements."""
        from quotes.view import Article, examine, render_page

        article, explanations = examine(self.document(), extractor)
        said = tuple(each for each in article.statements if each.attitude == "statement")
        return _bounded(render_page([Article(article.document, said)], explanations, home=HOME, check=CHECK))


class Pasted(Text):
    """A text from a form, perhaps one that was taken out of a file before."""

    original: str | None = None
    """What it was taken out of, as `file_texts` told; the form leaves it out once the text has been changed."""

    def document(self) -> Document:
        """Return the document that the text makes."""
        from quotes.text.document import with_original

        document = super().document()
        return with_original(document, self.original) if self.original else document


def file_texts(data: bytes, name: str, most: int, _extractor: Extractor) -> str:
    """Return the texts in a file of any kind that can be read, as JSON, with what the file says about them.

    Args:
        data: All of the file.
        name: Its name.
        most: Bytes that a text may have, by which unpacked documents are measured.

    Raises:
        QuotesError: It holds no text that can be read, or a library for its kind is missing; the message names a way.
        AnswerTooLargeError: It holds too much.
    """
    from quotes.inputs.kinds import texts_of
    from quotes.io.json import json_text
    from quotes.text.document import documents_of, original_to_json

    found = documents_of(texts_of(data, name, where=name, max_bytes=most), document_id=PurePath(name).stem)
    fields = ("id", "text", "title", "publisher", "published")
    return _bounded(
        json_text(
            [{**{key: getattr(each, key) for key in fields}, "original": original_to_json(each)} for each in found]
        )
    )


class Wanted(BaseModel):
    """Which statements are wanted."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    attitudes: Literal["all"] | Annotated[list[Attitude], Field(min_length=1, max_length=len(get_args(Attitude)))] = [
        "statement"
    ]
    """Attitudes to give."""
    min_confidence: Annotated[float, Field(ge=0, le=1, strict=True)] = 0.0
    """Least confidence of a statement."""

    def _extracted(self, texts: Iterable[Text], extractor: Extractor) -> str:
        """Return the statements of texts as the JSON array that the command line writes."""
        from quotes.io.json import statements_to_json

        return _bounded(
            statements_to_json(
                statement
                for statements in extractor.pipe(text.document() for text in texts)
                for statement in statements
                if (self.attitudes == "all" or statement.attitude in self.attitudes)
                and statement.confidence >= self.min_confidence
            )
        )


class TextRequest(Text, Wanted):
    """One text."""

    def extraction(self, extractor: Extractor) -> str:
        """Return the statements of the text as JSON."""
        return self._extracted((self,), extractor)


class BatchRequest(Wanted):
    """Several texts, answered by one array, as the command line does."""

    documents: Annotated[list[Text], Field(min_length=1, max_length=MOST_DOCUMENTS)]
    """The texts."""

    def extraction(self, extractor: Extractor) -> str:
        """Return the statements of all texts as JSON."""
        return self._extracted(self.documents, extractor)


class VerifyRequest(Text):
    """An article and what its quotations are compared with."""

    sources: Annotated[list[Text], Field(min_length=1, max_length=MOST_DOCUMENTS)]
    """Transcripts, releases, other reports; ``document_id`` and ``title`` name them in the answer."""

    def verification(self, extractor: Extractor) -> str:
        """Return the verifications as the JSON array that the command line writes."""
        from quotes.io.verifications import verifications_to_json

        return _bounded(verifications_to_json(self._compared(extractor)[1]))

    def page(self, extractor: Extractor) -> str:
        """Return the page that shows the article beside its sources."""
        from quotes.view.verified import Checked, render_verified

        verifier, found = self._compared(extractor)
        sources = [source.document for source in verifier.sources]
        return _bounded(render_verified([Checked(self.document(), found)], sources, home=CHECK))

    def _compared(self, extractor: Extractor) -> tuple[Verifier, list[Verification]]:
        from quotes.verification import Verifier, statements_of

        document, verifier = self.document(), Verifier([source.document() for source in self.sources])
        return verifier, verifier.verify(statements_of(document, extractor), document)


def _form(body: object) -> str:
    """Return which form a body has, so that what is wrong with it is told of that form alone."""
    batch = "documents" in body if isinstance(body, dict) else isinstance(body, BatchRequest)
    return "batch" if batch else "single"


AnyRequest = Annotated[
    Annotated[TextRequest, Tag("single")] | Annotated[BatchRequest, Tag("batch")], Discriminator(_form)
]
"""One text, or several."""
_ANY_REQUEST: TypeAdapter[TextRequest | BatchRequest] = TypeAdapter(AnyRequest)


_VERIFY_REQUEST = TypeAdapter(VerifyRequest)
Request = TypeVar("Request")


def extraction(body: bytes, extractor: Extractor) -> str:
    """Return what a body asks for, as JSON; a worker reads it, since reading takes the longer the larger it is.

    Raises:
        UsageError: The body is not as described: where it is wrong, never what was there.
        AnswerTooLargeError: The answer is.
    """
    return _request(_ANY_REQUEST, body).extraction(extractor)


def verification(body: bytes, extractor: Extractor) -> str:
    """Return the comparison that a body asks for, as JSON; as `extraction`."""
    return _request(_VERIFY_REQUEST, body).verification(extractor)


def _request(form: TypeAdapter[Request], body: bytes) -> Request:
    try:
        return form.validate_python(json.loads(body))
    except ValidationError as error:
        raise UsageError(_faults(error)) from None
    except (ValueError, RecursionError):
        raise UsageError("body: this is no JSON") from None


def body_schemas() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the JSON schemas of the bodies of `extraction` and `verification`, with their parts under ``$defs``."""
    template = "#/components/schemas/{model}"
    extract, verify = (form.json_schema(ref_template=template) for form in (_ANY_REQUEST, _VERIFY_REQUEST))
    return extract, verify


def _faults(error: ValidationError) -> str:
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    told = dict.fromkeys(f"{'.'.join(map(str, ('body', *each['loc'])))[:200]}: {each['msg']}" for each in faults)
    more = [f"and {len(told) - MOST_TOLD} more"] if len(told) > MOST_TOLD else []
    return "; ".join([*list(told)[:MOST_TOLD], *more])


def _bounded(answer: str) -> str:
    if len(answer) > LONGEST_ANSWER:
        raise AnswerTooLargeError(
            f"the answer would be longer than {LONGEST_ANSWER} characters; send less text at once"
        )
    return answer


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
