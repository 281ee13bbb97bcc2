"""What a worker is asked to do, and how it does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotes.extractor import Extractor
    from quotes.text.document import Document

HOME = "/"
"""Address of the page to paste an article into."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text and what the caller says about it; see `quotes.Extractor.extract`."""

    text: str
    document_id: str | None = None
    published: str | None = None
    publisher: str | None = None
    title: str | None = None

    def document(self) -> Document:
        """Return the document that the text makes."""
        from quotes.text.document import make_document

        return make_document(
            self.text,
            document_id=self.document_id,
            published=self.published,
            publisher=self.publisher,
            title=self.title,
        )


@dataclass(frozen=True, slots=True)
class Extraction:
    """Texts whose statements are wanted as the JSON that the command line writes.

    Attributes:
        sources: The texts.
        attitudes: Attitudes to give; empty for all of them.
        min_confidence: Least confidence of a statement.
    """

    sources: tuple[Source, ...]
    attitudes: frozenset[str] = frozenset({"statement"})
    min_confidence: float = 0.0

    def perform(self, extractor: Extractor) -> str:
        """Return the statements of all texts as one JSON array."""
        from quotes.io.json import statements_to_json

        found = (each for source in self.sources for each in extractor.extract_document(source.document()))
        return statements_to_json(
            each
            for each in found
            if (not self.attitudes or each.attitude in self.attitudes)
            and each.confidence >= self.min_confidence
        )


@dataclass(frozen=True, slots=True)
class PageView:
    """A text that is wanted as a page to look at."""

    source: Source

    def perform(self, extractor: Extractor) -> str:
        """Return the page."""
        from quotes.view import Article, examine, render_page

        article, explanations = examine(self.source.document(), extractor)
        said = tuple(each for each in article.statements if each.attitude == "statement")
        return render_page([Article(article.document, said)], explanations, home=HOME)


Job = Extraction | PageView


def load_extractor(model: str | None = None) -> Extractor:
    """Return the extractor of a worker, with the default pipeline when the model is None.

    It gives every attitude, so that a request can choose.
    """
    from quotes.extractor import Extractor
    from quotes.syntax.pipeline import DEFAULT_MODEL

    return Extractor(model or DEFAULT_MODEL, attitudes="all")
