"""What extraction costs, compared with the bare pipeline on the same texts in the same run."""

from __future__ import annotations

import os
import platform
import re
import statistics
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from quotes.extractor import Extractor, analyse_parse
from quotes.syntax.pipeline import DEFAULT_MODEL, load_pipeline, parse_document
from quotes.text.document import Document, make_document
from quotes.text.normalization import normalized

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from quotes.models import Statement
    from quotes.syntax.parse import Parse

Item = TypeVar("Item")

CHUNK = 32
"""Texts timed in turn by everything that is timed: what slows the machine down then hits all alike."""
GROWTH_SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000)
"""Code points of the texts of the growth table."""
_SHORT_RUN = 1.0
"""Seconds below which a measurement is repeated."""

SAMPLE = (
    "The harbour of Selmar will be closed to large ships from Monday, the port authority said.\n\n"
    "“We cannot let a tanker into the basin while the wall is cracked,” Mira Tolvane, who heads the "
    "authority, told the Coast Ledger. “It would be irresponsible.”\n\n"
    "Fishing boats are not affected. Their owners had asked for compensation in March, and the ministry "
    "denied that a decision had been taken.\n\n"
    "According to a report of the engineers, the first crack was seen in winter. It was a metre long then. "
    "Divers measured it again in April and found that it had doubled.\n\n"
    "Tolvane added that repairs would take until autumn, and that nobody knew yet who would pay.\n\n"
)
"""Text of the project's own for when none is given."""


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds for the same texts; the fastest of the rounds.

    Attributes:
        bare_texts: spaCy's pipeline with all its components over whole texts.
        bare_paragraphs: The same over the paragraphs, as extraction cuts them.
        extraction: From text to statements.
        parse: Of that, up to the parse.
        after_parse: Of that, the stages after the parse.
        textacy: textacy's direct quotations on the parse of ``bare_texts``.
    """

    bare_texts: float
    bare_paragraphs: float
    extraction: float
    parse: float
    after_parse: float
    textacy: float

    @property
    def bare(self) -> float:
        """The bare pipeline in the way that is the faster one."""
        return min(self.bare_texts, self.bare_paragraphs)

    @property
    def ratio(self) -> float:
        """Whole extraction in parts of the bare pipeline."""
        return self.extraction / self.bare


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What one run has measured, and on what.

    Attributes:
        components: Of the bare pipeline.
        bare_products: Library that multiplies the matrices of the bare pipeline.
        extraction_products: Library that multiplies those of extraction.
        words: White-space separated words in the texts.
        peak_memory: Most memory that the process has held, in bytes; None
            where the system does not tell.
    """

    processor: str
    model: str
    components: tuple[str, ...]
    bare_products: str
    extraction_products: str
    texts: int
    words: int
    statements: int
    rounds: int
    timings: Timings
    peak_memory: int | None


@dataclass(frozen=True, slots=True)
class Cost:
    """What one text costs: seconds of its extraction, and of the bare pipeline over its paragraphs."""

    name: str
    characters: int
    words: int
    seconds: float
    bare: float
    statements: int


def benchmark(
    texts: Sequence[str],
    model: str = DEFAULT_MODEL,
    rounds: int = 3,
    quality: str = "fast",
    provider: str | None = None,
) -> Benchmark:
    """Time extraction and the bare pipeline over texts, of which there is at least one.

    Raises:
        ModelError: The pipeline is missing or lacks a component.
    """
    extractor = Extractor(model, quality=quality, provider=provider)
    own = load_pipeline(model)  # the very one that the extractor uses
    bare = _bare_pipeline(model, max(map(len, texts)))
    documents = [make_document(text.replace("\r\n", "\n").replace("\r", "\n")) for text in texts]
    _timings(bare, own, extractor, documents[:2])  # the first use of anything loads something
    measured = [astuple(_timings(bare, own, extractor, documents)) for _ in range(rounds)]
    return Benchmark(
        processor=_processor(),
        model=f"{bare.lang}_{bare.meta['name']} {bare.meta['version']}",
        components=tuple(bare.pipe_names),
        bare_products=_matrix_library(bare),
        extraction_products=_matrix_library(own),
        texts=len(texts),
        words=sum(len(text.split()) for text in texts),
        statements=sum(map(len, extractor.pipe(documents))),
        rounds=rounds,
        timings=Timings(*map(min, zip(*measured, strict=True))),
        peak_memory=peak_memory(),
    )


def growth(text: str = SAMPLE, model: str = DEFAULT_MODEL, sizes: Sequence[int] = GROWTH_SIZES) -> Iterator[Cost]:
    """Yield what a text costs when it is repeated, paragraph by paragraph, up to each size in code points."""
    unit = text.strip() + "\n\n"
    grown = {f"{size:,} characters": (unit * (size // len(unit) + 1))[:size] for size in sizes}
    return _costs(grown, text[:2000], model)


def adversarial(model: str = DEFAULT_MODEL) -> Iterator[Cost]:
    """Yield what `adversarial_texts` cost."""
    return _costs(adversarial_texts(), SAMPLE, model)


def adversarial_texts() -> dict[str, str]:
    """Return texts that were written to make a program slow."""
    clause = "the harbour master said that the wall was cracked, and "
    return {
        "10,000 stray quotation marks in a row": '"' * 10_000,
        "10,000 stray quotation marks between words": 'said " ' * 10_000,
        "10,000 opening marks, a paragraph each": "“The wall is cracked\n\n" * 10_000,
        "10,000 nested brackets": "(" * 10_000 + "the wall is cracked, she said" + ")" * 10_000,
        "one sentence of 200,000 characters": (clause * (200_000 // len(clause) + 1))[:199_999] + ".",
        "200,000 letters without a space": "a" * 200_000,
    }


def peak_memory() -> int | None:
    """Return the most memory that this process has held, in bytes; None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    named = re.search(r"(?m)^model name\s*:(.*)", cpuinfo.read_text("utf-8")) if cpuinfo.is_file() else None
    name = named[1].strip() if named else platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores"


def _matrix_library(nlp: Language) -> str:
    """Return what multiplies a pipeline's matrices, such as "OpenBLAS 0.3.31 (numpy)" or "BLIS 1.3.4"."""
    from thinc.api import NumpyOps
    from threadpoolctl import threadpool_info

    ops = next(component.model.ops for _, component in nlp.pipeline if hasattr(component, "model"))
    if type(ops) is not NumpyOps:  # Apple's library is a subclass
        return str(ops.name)
    if ops.use_blis:
        return f"BLIS {version('blis')}"
    for library in threadpool_info():
        if library["user_api"] == "blas" and "numpy" in library["filepath"]:
            return f"{library['internal_api']} {library['version']} (numpy)"
    return "numpy"


def _bare_pipeline(model: str, longest: int) -> Language:
    """Load the pipeline with all its components."""
    import spacy

    nlp = spacy.load(model)
    nlp.max_length = max(nlp.max_length, longest + 1)
    return nlp


def _timings(bare: Language, own: Language, extractor: Extractor, documents: Sequence[Document]) -> Timings:
    chunks = (documents[start : start + CHUNK] for start in range(0, len(documents), CHUNK))
    seconds = zip(*(_chunk(bare, own, extractor, chunk) for chunk in chunks), strict=True)
    return Timings(*map(sum, seconds))


def _chunk(bare: Language, own: Language, extractor: Extractor, documents: Sequence[Document]) -> Iterator[float]:
    """Yield seconds in the order of `Timings`."""
    paragraphs = [paragraph for document in documents for paragraph in _paragraphs(document)]
    docs: list[Doc] = []
    parses: list[Parse] = []
    analyse = partial(analyse_parse, scorer=extractor.scorer, encoder=extractor.encoder)
    yield _seconds(bare.pipe([normalized(document.text) for document in documents]), docs)
    yield _seconds(bare.pipe(paragraphs, batch_size=64))
    yield _seconds(extractor.pipe(document.text for document in documents))
    yield _seconds((parse_document(own, document) for document in documents), parses)
    yield _seconds(map(analyse, documents, parses))
    yield _seconds(map(_textacy, docs))


def _textacy(doc: Doc) -> None:
    from textacy.extract.triples import direct_quotations

    with suppress(ValueError):  # it refuses a text with an odd number of quotation marks
        deque(direct_quotations(doc), maxlen=0)


def _costs(texts: Mapping[str, str], first: str, model: str) -> Iterator[Cost]:
    """Yield what texts cost, by name; a first use of the extractor, which loads something, is not timed."""
    extractor, bare = Extractor(model), _bare_pipeline(model, max(map(len, texts.values())))
    extractor.extract(first)
    for name, text in texts.items():
        taken: list[float] = []
        while not taken or (sum(taken) < _SHORT_RUN and len(taken) < 9):
            found: list[list[Statement]] = []
            taken.append(_seconds(map(extractor.extract, [text]), found))
        bare_seconds = _seconds(bare.pipe(_paragraphs(make_document(text)), batch_size=64))
        words, seconds = len(text.split()), statistics.median(taken)
        yield Cost(name, len(text), words, seconds, bare_seconds, len(found[0]))


def _paragraphs(document: Document) -> list[str]:
    return [normalized(paragraph.body.of(document.text)) for paragraph in document.paragraphs]


def _seconds(work: Iterable[Item], results: list[Item] | None = None) -> float:
    """Return how long it takes to run through an iterator, and keep what it yields where that is asked."""
    begun = time.perf_counter()
    if results is None:
        deque(work, maxlen=0)
    else:
        results.extend(work)
    return time.perf_counter() - begun
