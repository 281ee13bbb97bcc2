"""The whole way from text to statements."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from itertools import tee
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, overload

from quotes.candidates import Article, Candidate, Extent, find_candidates
from quotes.coref import resolve
from quotes.encoding.encoder import CPU, Encoded, Encoder, load_encoder
from quotes.errors import UsageError
from quotes.models import Attitude, ExtractorInfo, Statement, Statements
from quotes.roles import with_roles
from quotes.scoring.features import features_of
from quotes.scoring.scorer import Scorer, load_scorer
from quotes.scoring.selection import balanced, preferred, select
from quotes.scoring.speakers import with_likeliest_speakers
from quotes.statements import build_statements, with_original_offsets, with_times
from quotes.syntax.parse import Parse
from quotes.syntax.pipeline import DEFAULT_MODEL, Pipeline, checked_pipeline, load_pipeline, parse_documents
from quotes.syntax.trace import Trace
from quotes.text.document import Document, as_read, check_text, make_document, read_document
from quotes.text.language import is_english
from quotes.text.quotations import find_quotations
from quotes.text.reading import Reading, reading_of
from quotes.text.spans import Span

logger = logging.getLogger("quotes")
logger.addHandler(logging.NullHandler())  # a program that wants to hear of it says so
_loading = threading.Lock()
ATTITUDES: tuple[str, ...] = get_args(Attitude)
NAME = "quotes"
Context = TypeVar("Context")


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document with everything that was weighed and found in it.

    Attributes:
        article: The document as it is read, its parse and quotations.
        candidates: What the constructions propose and the scorer looks at.
        probabilities: Of each candidate.
        chosen: Those that were kept, complete with roles and identities, in text order.
        statements: One for each choice, in the same order, of any attitude, with
            offsets of the text as it was given.
        reading: How its places and those of the text as it was given belong together.
        encoded: The document as the encoder has read it, None without one.
    """

    article: Article
    candidates: tuple[Candidate, ...]
    probabilities: tuple[float, ...]
    chosen: tuple[Candidate, ...]
    statements: tuple[Statement, ...]
    reading: Reading
    encoded: Encoded | None = None


class Extractor:
    """Finds attributed statements in English news text.

    Threads may share one, and forked processes one that was made before.

    Args:
        model: Installed spaCy pipeline, or the folder of one; it needs a tagger
            and a parser.
        nlp: A pipeline that is loaded already, instead of a model. What it has read before has
            taught it words, so only one that has read nothing gives always the same.
        attitudes: Attitudes to give; "all" for every one.
        min_confidence: Least confidence of a statement, 0 to 1.
        scorer: What decides; the weights that ship with the package when None.
        quality: Which of those that ship: "fast", or "best", which needs the extra ``encoder``.
        provider: Execution provider of ONNX Runtime that the encoder runs on, such as "cuda"; the CPU when None.

    Raises:
        UsageError: An unknown attitude or quality, a confidence outside 0 to 1, a provider without an encoder, or an
            argument of another type.
        ModelError: The pipeline is missing or lacks a component, or the provider does not exist here.
    """

    def __init__(
        self,
        model: str | None = None,
        *,
        nlp: Pipeline | None = None,
        attitudes: Collection[str] | str = ("statement",),
        min_confidence: float = 0.0,
        scorer: Scorer | None = None,
        quality: str = "fast",
        provider: str | None = None,
    ) -> None:
        self.attitudes = chosen_attitudes(attitudes)
        self.min_confidence = checked_confidence(min_confidence)
        if not isinstance(scorer, Scorer | None):
            raise UsageError(f"the scorer is {type(scorer).__name__}; quotes.scoring.scorer.load_scorer gives one")
        self._nlp = _pipeline(model, nlp)
        self.scorer = load_scorer(quality=quality) if scorer is None else scorer
        if provider is not None and self.scorer.encoder is None:
            raise UsageError(f"provider {provider!r} is for the encoder: choose the quality 'best' too, or no provider")
        self.encoder = load_encoder(self.scorer.encoder, provider or CPU) if self.scorer.encoder else None

    def extract(
        self,
        text: str,
        *,
        document_id: str | None = None,
        published: date | str | None = None,
        publisher: str | None = None,
        title: str | None = None,
    ) -> list[Statement]:
        """Return the statements of one text, ordered by position.

        Args:
            text: The text; offsets in the result are its code points.
            document_id: Name in the provenance; made from the text when None.
            published: Day of publication, or an ISO date; read from the text
                where it is plain when None.
            publisher: Who published it; read from the text where plain when None.
            title: Its headline; read from the text where plain when None.

        Raises:
            UsageError: ``published`` is no ISO date, or the text no string.
        """
        document = make_document(text, document_id=document_id, published=published, publisher=publisher, title=title)
        return self.extract_document(document)

    def extract_document(self, document: Document) -> list[Statement]:
        """Return the statements of a document, ordered by position."""
        return next(self.pipe((document,)))

    def extract_file(
        self,
        path: Path | str,
        *,
        encoding: str = "utf-8",
        published: date | str | None = None,
        publisher: str | None = None,
        title: str | None = None,
    ) -> list[Statement]:
        """Return the statements of a text file, ordered by position; see `quotes.read_document`.

        Raises:
            InputError: The file cannot be read as text.
            UsageError: ``published`` is no ISO date, or there is no such encoding.
        """
        known = {"published": published, "publisher": publisher, "title": title}
        return self.extract_document(read_document(path, encoding=encoding, **known))  # type: ignore[arg-type]

    @overload
    def pipe(
        self, texts_or_documents: Iterable[str | Document], *, batch_size: int = 64, as_tuples: Literal[False] = False
    ) -> Iterator[list[Statement]]: ...

    @overload
    def pipe(
        self,
        texts_or_documents: Iterable[tuple[str | Document, Context]],
        *,
        batch_size: int = 64,
        as_tuples: Literal[True],
    ) -> Iterator[tuple[list[Statement], Context]]: ...

    def pipe(
        self, texts_or_documents: Iterable[Any], *, batch_size: int = 64, as_tuples: bool = False
    ) -> Iterator[Any]:
        """Yield the statements of each of many texts, in order.

        Args:
            texts_or_documents: Texts, or documents from `quotes.read_document`; a few
                are read ahead, so that short ones are parsed together.
            batch_size: Paragraphs that the pipeline parses at once.
            as_tuples: Whether pairs of a text or document and anything are given, such as a row's
                number; its statements are then yielded in a pair with the same.

        Raises:
            UsageError: One of them is neither; the message names its index.
        """
        if isinstance(texts_or_documents, str | bytes) or not isinstance(texts_or_documents, Iterable):
            raise UsageError("pipe takes a list of texts or documents; for a single text there is 'extract'")
        if not isinstance(batch_size, int) or batch_size < 1:
            raise UsageError(f"batch_size is {batch_size!r}, and a whole number from 1 on is needed")
        if as_tuples:
            pairs, ahead = tee(_pairs(texts_or_documents))
            found = self.pipe((each for each, _ in ahead), batch_size=batch_size)
            yield from ((statements, context) for statements, (_, context) in zip(found, pairs, strict=True))
            return
        for analysis in self._analyses(_documents(texts_or_documents), batch_size):
            yield Statements(filter(self.wants, analysis.statements))

    def analyse(self, document: Document, *, trace: bool = False) -> Analysis:
        """Return everything that was weighed and found in a document, whatever its attitude.

        With a trace the stages note why they decided as they did, for `quotes.explanation`.
        """
        return next(self._analyses(_documents((document,)), trace=trace))

    def wants(self, statement: Statement) -> bool:
        """Return whether a statement is of the attitudes and the confidence asked for."""
        return statement.attitude in self.attitudes and statement.confidence >= self.min_confidence

    def _analyses(
        self, documents: Iterable[Document], batch_size: int = 64, *, trace: bool = False
    ) -> Iterator[Analysis]:
        originals, ahead = tee(documents)
        parses = parse_documents(self._nlp, map(as_read, ahead), batch_size=batch_size)
        for (document, parse), original in zip(parses, originals, strict=True):
            yield self._analysis(original, document, parse, trace=trace)

    def _analysis(self, original: Document, document: Document, parse: Parse, *, trace: bool) -> Analysis:
        if not is_english(original.text):
            logger.warning("%s does not read as English, the only language that is read", original.id)
        reading = reading_of(original.text)
        notes = Trace(offset=lambda place: reading.original(Span(place, place)).start) if trace else None
        analysis = analyse_parse(document, parse, self.scorer, notes, self.encoder)
        counts = len(analysis.statements), len(analysis.candidates)
        logger.debug("%s: %d statements of any attitude, from %d candidates", original.id, *counts)
        if reading.text == original.text and not original.timings:
            return analysis
        statements = analysis.statements
        if reading.text != original.text:
            statements = tuple(with_original_offsets(each, original, reading) for each in statements)
        statements = tuple(with_times(each, original) for each in statements)
        return replace(analysis, statements=statements, reading=reading)


def _pipeline(model: str | None, nlp: Pipeline | None) -> Pipeline:
    if nlp is not None:
        if model is not None:
            raise UsageError("a model and nlp; give one of them")
        return checked_pipeline(nlp)
    if not isinstance(model, str | None):
        raise UsageError(f"the model is {type(model).__name__}, and the name or the folder of a pipeline is needed")
    return load_pipeline(DEFAULT_MODEL if model is None else model)


def _documents(given: Iterable[str | Document]) -> Iterator[Document]:
    for index, each in enumerate(given):
        if not isinstance(each, Document):
            check_text(each, f"what is at index {index}, where a document or a text should be,")
        yield each if isinstance(each, Document) else make_document(each)


def _pairs(given: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    for index, each in enumerate(given):
        if not isinstance(each, tuple | list) or len(each) != 2:
            raise UsageError(f"as_tuples takes pairs of a text and anything; at index {index} is {type(each).__name__}")
        yield each[0], each[1]


def extract(
    text: str,
    *,
    document_id: str | None = None,
    published: date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    attitudes: Collection[str] | str = ("statement",),
) -> list[Statement]:
    """Return the attributed statements of one text, of these attitudes ("all" for every one).

    See `Extractor.extract`; the pipeline is loaded at the first call.
    """
    extractor = _shared(attitudes)
    return extractor.extract(text, document_id=document_id, published=published, publisher=publisher, title=title)


def extract_file(
    path: Path | str,
    *,
    encoding: str = "utf-8",
    published: date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    attitudes: Collection[str] | str = ("statement",),
) -> list[Statement]:
    """Return the attributed statements of one text file, as `extract` does; see `Extractor.extract_file`."""
    extractor = _shared(attitudes)
    return extractor.extract_file(path, encoding=encoding, published=published, publisher=publisher, title=title)


def _shared(attitudes: Collection[str] | str) -> Extractor:
    wanted = chosen_attitudes(attitudes)
    with _loading:  # threads that come first at the same time share one
        return _default(wanted)


def analyse_parse(
    document: Document, parse: Parse, scorer: Scorer, trace: Trace | None = None, encoder: Encoder | None = None
) -> Analysis:
    """Analyse a document that is parsed already; the offsets are those of its text, whatever its line ends.

    In the trace, if there is one, the stages say why they decided as they did.
    """
    encoded = encoder.read(parse) if encoder else None
    with garbage_collection_paused():
        quotations = find_quotations(document.text, document.paragraphs)
        article = Article.of(document, parse, quotations, trace)
        candidates = find_candidates(article)
        probabilities = _probabilities(article, candidates, scorer, encoded)

        def read(some: Sequence[Candidate]) -> list[Extent]:
            return preferred(article, some, partial(scorer.preferences, encoded=encoded))

        chosen = select(article, candidates, probabilities, read, scorer.threshold)
        found = [with_roles(article, each) for each in with_likeliest_speakers(article, chosen, encoded)]
        complete = resolve(article, found)
        made_by = extractor_info(parse.model, parse.model_version)
        statements = build_statements(article, complete, made_by, scorer.confidence)
    own = Reading(document.text)
    return Analysis(article, candidates, tuple(probabilities), complete, tuple(statements), own, encoded)


def _probabilities(
    article: Article, candidates: Sequence[Candidate], scorer: Scorer, encoded: Encoded | None
) -> list[float]:
    features = (features_of(article, each) for each in candidates)
    if encoded is None:
        return scorer.probabilities(article, candidates, features)  # too many features to keep
    kept = list(features)
    ours = scorer.probabilities(article, candidates, kept, encoded)
    return balanced(article, candidates, ours, load_scorer().probabilities(article, candidates, kept))


@contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """Let no search for circular garbage start inside the block.

    The stages after the parse make some ten thousand small objects a document and
    next to no cycles. Each few thousand of them would have the collector walk
    through everything alive, the pipeline included: a sixth of these stages' time.
    Memory is still freed by reference counts, and a collector that was off stays off.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def chosen_attitudes(wanted: Collection[str] | str) -> frozenset[str]:
    """Return the attitudes that a list, a text with commas, or "all" names.

    Raises:
        UsageError: One of them does not exist, or none is named.
    """
    names = wanted.split(",") if isinstance(wanted, str) else wanted
    if not isinstance(names, Collection) or not all(isinstance(name, str) for name in names):
        raise UsageError(f"attitudes: {wanted!r} is no list of names; choose from all, {', '.join(ATTITUDES)}")
    named = frozenset(name.strip().lower() for name in names) - {""}
    if named == {"all"}:
        return frozenset(ATTITUDES)
    unknown = sorted(named - set(ATTITUDES))
    if unknown or not named:
        what = f"no attitude {', '.join(map(repr, unknown))}" if unknown else "no attitude given"
        raise UsageError(f"{what}; choose from all, {', '.join(ATTITUDES)}")
    return named


def checked_confidence(least: float) -> float:
    """Return a minimum confidence if it is one.

    Raises:
        UsageError: It is outside 0 to 1.
    """
    if not isinstance(least, int | float) or not 0.0 <= least <= 1.0:
        raise UsageError(f"the minimum confidence {least} is not between 0 and 1; give 0.5, for example")
    return least


@lru_cache(maxsize=8)
def extractor_info(model: str, version: str) -> ExtractorInfo:
    """Return what a statement says of the program and the pipeline that found it."""
    from quotes import __version__

    return ExtractorInfo(name=NAME, version=__version__, model=model, model_version=version)


@lru_cache(maxsize=8)
def _default(attitudes: frozenset[str]) -> Extractor:
    return Extractor(attitudes=attitudes)
