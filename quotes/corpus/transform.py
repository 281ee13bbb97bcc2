"""The transform: a record batch of documents in, a record batch of statements out.

Everything that scales calls this one function: the worker processes, Ray,
Spark's ``mapInArrow``, DuckDB, or a loop of your own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, TypeVar

from quotes.corpus.arrow import DOCUMENT_COLUMNS, document_schema, joined, python_rows, statement_schema
from quotes.corpus.records import BadDocument, Batch, BatchResult, InputDocument, PackedFile, known, refuse_unreadable
from quotes.corpus.settings import DocumentExtractor, Settings, load_extractor
from quotes.corpus.unpacking import unpacked
from quotes.errors import DataError
from quotes.models import Statement
from quotes.text.document import Document, make_document, with_original
from quotes.text.language import is_english
from quotes.workers import Result, describe

if TYPE_CHECKING:
    import pyarrow as pa

    OnBad = Callable[[BadDocument], None]

Given = TypeVar("Given")
NOT_ENGLISH = "it does not read as English, the only language that is read; do not trust what was found in it"


def statements_of_batch(
    documents: pa.RecordBatch, extractor: DocumentExtractor | Settings, *, on_bad: OnBad | None = None
) -> pa.RecordBatch:
    """Return the statements of a batch of documents.

    Each document is read alone: how an archive is cut into batches cannot
    change what is found.

    Args:
        documents: Columns ``text`` and, where there are such, ``id``,
            ``published`` (a date, a timestamp, or ISO text), ``publisher``,
            ``title`` and ``path``; other columns are left alone.
        extractor: An extractor, or the settings of one, which is then loaded
            once in this process.
        on_bad: Called with each document that has no text, a wrong date, or
            makes the extractor fail; the batch goes on without it.

    Returns:
        One row a statement, in the order of documents and then of the text;
        its schema is `statement_schema`.

    Raises:
        DataError: There is no column ``text``, or a column twice; or a document is bad and
            ``on_bad`` is None.
    """
    if isinstance(extractor, Settings):
        extractor = load_extractor(extractor)
    records = _records(documents)
    made = [_attempt(_document, record) for record in records]
    outcomes = _outcomes(extractor, [each for each in made if isinstance(each, Document)])
    found: list[pa.RecordBatch] = []
    for position, (record, document) in enumerate(zip(records, made, strict=True)):
        outcome = next(outcomes) if isinstance(document, Document) else document
        rows = outcome if isinstance(outcome, Exception) else _attempt(_rows, outcome)
        if not isinstance(rows, Exception):
            found.append(rows)
            continue
        bad = BadDocument(position, known(record.get("id")), known(record.get("path")), describe(rows))
        if on_bad is None:
            raise DataError(f"document {bad.id or f'row {position} of the batch'}: {bad.reason}") from rows
        on_bad(bad)
    return joined(found)


def extract_batch(batch: Batch, extractor: DocumentExtractor) -> BatchResult:
    """Return what a batch of an archive gives: what engines have their workers do."""
    import pyarrow as pa

    contents = {at: unpacked(each) if isinstance(each, PackedFile) else each for at, each in enumerate(batch.documents)}
    bad = [replace(each, position=at) for at, each in contents.items() if isinstance(each, BadDocument)]
    rows = {at: asdict(each) for at, each in contents.items() if isinstance(each, InputDocument)}
    documents = pa.RecordBatch.from_pylist(list(rows.values()), schema=document_schema())
    positions = list(rows)
    statements = statements_of_batch(
        documents, extractor, on_bad=lambda each: bad.append(replace(each, position=positions[each.position]))
    )
    bad += _doubtful(contents, {each.position for each in bad})
    bad.sort(key=lambda each: each.position)
    return BatchResult(batch.number, len(contents), batch.size, statements, tuple(bad))


def _doubtful(contents: Mapping[int, InputDocument | BadDocument], bad: Collection[int]) -> Iterator[BadDocument]:
    """Yield the documents that do not read as English: what is found in them is kept, since the test can be wrong."""
    for at, content in contents.items():
        if at not in bad and isinstance(content, InputDocument) and not is_english(content.text):
            yield BadDocument(at, content.id, content.path, NOT_ENGLISH, kept=True)


def statements_of_batches(
    batches: Iterable[pa.RecordBatch], extractor: DocumentExtractor | Settings, *, on_bad: OnBad | None = None
) -> Iterator[pa.RecordBatch]:
    """Yield the statements of each of many batches; see `statements_of_batch`."""
    for batch in batches:
        yield statements_of_batch(batch, extractor, on_bad=on_bad)


def _records(documents: pa.RecordBatch) -> list[dict[str, Any]]:
    names = documents.schema.names
    if "text" not in names:
        raise DataError(
            f"no column 'text' in the batch of documents (it has: {', '.join(names) or 'none'}); rename the "
            "column that holds the text"
        )
    return python_rows(documents, {name: name for name in DOCUMENT_COLUMNS if name in names})


def _document(record: dict[str, Any]) -> Document:
    refuse_unreadable(record)
    text = record["text"]
    if text is None:
        raise DataError("it has no text")
    if not isinstance(text, str):
        raise DataError(f"its text is {type(text).__name__}, not a string")
    about = {key: known(value) for key, value in record.items() if key not in ("id", "text")}
    original = about.pop("original", None)
    document = make_document(text, document_id=known(record.get("id")), **about)
    return document if original is None else with_original(document, original)


def _outcomes(extractor: DocumentExtractor, documents: Sequence[Document]) -> Iterator[Sequence[Statement] | Exception]:
    """Yield the statements of each document, or the error that it makes, alone or among others."""
    from quotes.extractor import Extractor

    done = 0
    while done < len(documents):
        if type(extractor) is Extractor:  # one of a user's own may do something else in `extract_document`
            try:
                for statements in extractor.pipe(documents[done:]):
                    yield statements
                    done += 1
                return
            except MemoryError:
                raise
            except Exception:  # which document makes it is seen when it is alone
                pass
        yield _attempt(extractor.extract_document, documents[done])
        done += 1


def _rows(statements: Sequence[Statement]) -> pa.RecordBatch:
    import pyarrow as pa

    return pa.RecordBatch.from_pylist([each.model_dump() for each in statements], schema=statement_schema())


def _attempt(function: Callable[[Given], Result], given: Given) -> Result | Exception:
    """Return what a function returns or raises: one bad document must not cost the others.

    Without memory nothing else would work either, and more documents than one may be to blame.
    """
    try:
        return function(given)
    except MemoryError:
        raise
    except Exception as error:
        return error
