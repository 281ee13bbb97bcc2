"""What a worker needs to know to make its extractor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Protocol, cast

from quotes.errors import ModelError, QuotesError, UsageError
from quotes.models import Statement
from quotes.syntax.pipeline import DEFAULT_MODEL
from quotes.text.document import Document
from quotes.workers import describe

DEFAULT_FACTORY = "quotes.corpus.settings:make_extractor"


class DocumentExtractor(Protocol):
    """What the corpus run asks of an extractor; `quotes.Extractor` is one."""

    def extract_document(self, document: Document) -> Sequence[Statement]:
        """Return the statements of a document, ordered by position."""
        ...


@dataclass(frozen=True, slots=True)
class Settings:
    """How statements are found; small, hashable, and sent to every worker.

    Attributes:
        model: Installed spaCy pipeline, or the folder of one.
        attitudes: Attitudes to give, or "all".
        min_confidence: Least confidence, 0 to 1.
        quality: "fast", or "best", which needs the extra ``encoder``.
        provider: Execution provider of ONNX Runtime that the encoder runs on; the CPU when None.
        factory: "module:function" that takes these settings and returns the
            extractor; it is called once in each worker process. Give one of
            your own to use other weights, or to try a pipeline of corpora
            without the model.
    """

    model: str = DEFAULT_MODEL
    attitudes: str | tuple[str, ...] = ("statement",)
    min_confidence: float = 0.0
    quality: str = "fast"
    provider: str | None = None
    factory: str = DEFAULT_FACTORY


def make_extractor(settings: Settings) -> DocumentExtractor:
    """Return the extractor of the package: the default factory."""
    from quotes.extractor import Extractor

    return Extractor(
        settings.model,
        attitudes=settings.attitudes,
        min_confidence=settings.min_confidence,
        quality=settings.quality,
        provider=settings.provider,
    )


@lru_cache(maxsize=2)
def load_extractor(settings: Settings) -> DocumentExtractor:
    """Return the extractor for settings, made once in a process.

    Raises:
        UsageError: The factory does not exist, or a setting makes no sense.
        ModelError: The pipeline is missing or lacks a component, or the factory fails.
    """
    module, _, name = settings.factory.partition(":")
    try:
        factory = getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise UsageError(
            f"no extractor factory {settings.factory!r}: {error}; write it as 'module:function'"
        ) from error
    try:
        return cast(DocumentExtractor, factory(settings))
    except QuotesError:
        raise
    except Exception as error:  # whatever a factory does, the run says it in one line
        raise ModelError(f"{settings.factory} cannot make an extractor: {describe(error)}") from error
