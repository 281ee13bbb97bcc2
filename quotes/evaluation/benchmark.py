"""What extraction costs, compared with the bare pipeline on the same texts in the same run."""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
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

Result = TypeVar("Result")

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


def benchmark(texts: Sequence[str], model: str = DEFAULT_MODEL, rounds: int = 3) -> Benchmark:
    """Time extraction and the bare pipeline over texts, of which there is at least one.

    Raises:
        ModelError: The pipeline is missing or lacks a component.
    """
    extractor = Extractor(model)
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


def growth(
    text: str = SAMPLE, model: str = DEFAULT_MODEL, sizes: Sequence[int] = GROWTH_SIZES
) -> Iterator[Cost]:
    """Yield what a text costs when it is repeated, paragraph by paragraph, up to each size in code points."""
    extractor, bare = Extractor(model), _bare_pipeline(model, max(sizes))
    extractor.extract(text[:2000])
    unit = text.strip() + "\n\n"
    for size in sizes:
        grown = (unit * (size // len(unit) + 1))[:size]
        yield _cost(f"{size:,} characters", grown, extractor, bare)


def adversarial(model: str = DEFAULT_MODEL) -> Iterator[Cost]:
    """Yield what texts cost that were written to make a program slow."""
    extractor, bare = Extractor(model), _bare_pipeline(model, 1_000_000)
    extractor.extract(SAMPLE)
    for name, text in adversarial_texts().items():
        yield _cost(name, text, extractor, bare)


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
    name = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    for line in cpuinfo.read_text("utf-8").splitlines() if cpuinfo.is_file() else ():
        if line.startswith("model name"):
            name = line.partition(":")[2].strip()
            break
    return f"{name}, {os.cpu_count()} cores"


def _matrix_library(nlp: Language) -> str:
    """Return what multiplies a pipeline's matrices, such as "OpenBLAS 0.3.31 (numpy)" or "BLIS 1.3.4"."""
    from thinc.api import NumpyOps
    from threadpoolctl import threadpool_info

    models = (getattr(component, "model", None) for _, component in nlp.pipeline)
    ops = next((model.ops for model in models if model is not None), None)
    if ops is None or type(ops) is not NumpyOps:  # Apple's library is a subclass
        return getattr(ops, "name", "none")
    if ops.use_blis:
        return f"BLIS {version('blis')}"
    for library in threadpool_info():
        if library["user_api"] == "blas" and "numpy" in library["filepath"]:
            return f"{library['internal_api']} {library['version']} (numpy)"
    return "numpy"


def _bare_pipeline(model: str, longest: int) -> Language:
    """Load the pipeline as anybody would, with all its components."""
    import spacy

    nlp = spacy.load(model)
    nlp.max_length = max(nlp.max_length, longest + 1)
    return nlp


def _timings(bare: Language, own: Language, extractor: Extractor, documents: Sequence[Document]) -> Timings:
    chunks = (documents[start : start + CHUNK] for start in range(0, len(documents), CHUNK))
    seconds = zip(*(_chunk(bare, own, extractor, chunk) for chunk in chunks), strict=True)
    return Timings(*map(sum, seconds))


def _chunk(
    bare: Language, own: Language, extractor: Extractor, documents: Sequence[Document]
) -> Iterator[float]:
    """Yield seconds in the order of `Timings`."""
    texts = [normalized(document.text) for document in documents]
    paragraphs = [paragraph for document in documents for paragraph in _paragraphs(document)]
    seconds, docs = _timed(lambda: list(bare.pipe(texts)))
    yield seconds
    yield _timed(lambda: list(bare.pipe(paragraphs, batch_size=64)))[0]
    yield _timed(lambda: list(extractor.pipe(document.text for document in documents)))[0]
    seconds, parses = _timed(lambda: [(each, parse_document(own, each)) for each in documents])
    yield seconds
    yield _timed(lambda: sum(len(analyse_parse(*parsed, extractor.scorer)[2]) for parsed in parses))[0]
    yield _timed(lambda: [_textacy(doc) for doc in docs])[0]


def _textacy(doc: Doc) -> int:
    from textacy.extract.triples import direct_quotations

    try:
        return sum(1 for _ in direct_quotations(doc))
    except ValueError:  # it refuses a text with an odd number of quotation marks
        return 0


def _cost(name: str, text: str, extractor: Extractor, bare: Language) -> Cost:
    taken: list[float] = []
    while not taken or (sum(taken) < _SHORT_RUN and len(taken) < 9):
        seconds, statements = _timed(lambda: extractor.extract(text))
        taken.append(seconds)
    paragraphs = _paragraphs(make_document(text))
    bare_seconds, _ = _timed(lambda: sum(1 for _ in bare.pipe(paragraphs, batch_size=64)))
    return Cost(name, len(text), len(text.split()), statistics.median(taken), bare_seconds, len(statements))


def _paragraphs(document: Document) -> list[str]:
    return [normalized(paragraph.body.of(document.text)) for paragraph in document.paragraphs]


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result
