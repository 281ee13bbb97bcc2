"""The seam: a record batch of documents in, a record batch of statements out.

Everything that scales calls this one function: the worker processes, Ray,
Spark's ``mapInArrow``, DuckDB, or a loop of your own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from quotes.corpus.arrow import DOCUMENT_COLUMNS, no_statements, statement_schema
from quotes.corpus.settings import DocumentExtractor, Settings, load_extractor
from quotes.errors import DataError, QuotesError
from quotes.text.document import make_document

if TYPE_CHECKING:
    import pyarrow as pa

    OnBad = Callable[["BadDocument"], None]


@dataclass(frozen=True, slots=True)
class BadDocument:
    """A document that gave no statements because something is wrong with it.

    Attributes:
        position: Its row in the batch.
        id: Its id, None when it has none.
        path: Its file, None when it has none.
        reason: What went wrong.
    """

    position: int
    id: str | None
    path: str | None
    reason: str


def statements_of_batch(
    documents: pa.RecordBatch,
    extractor: DocumentExtractor | Settings,
    *,
    on_bad: OnBad | None = None,
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
        DataError: There is no column ``text``; or a document is bad and
            ``on_bad`` is None.
    """
    import pyarrow as pa

    if isinstance(extractor, Settings):
        extractor = load_extractor(extractor)
    schema = statement_schema()
    found: list[pa.RecordBatch] = []
    for position, record in enumerate(_records(documents)):
        try:
            found.append(pa.RecordBatch.from_pylist(_rows(record, extractor), schema=schema))
        except Exception as error:  # whatever it is, one bad document must not cost the others
            bad = BadDocument(position, _text(record["id"]), _text(record["path"]), describe(error))
            if on_bad is None:
                name = bad.id or f"row {position} of the batch"
                raise DataError(f"document {name}: {bad.reason}") from error
            on_bad(bad)
    return pa.concat_batches(found) if found else no_statements()


def statements_of_batches(
    batches: Iterable[pa.RecordBatch],
    extractor: DocumentExtractor | Settings,
    *,
    on_bad: OnBad | None = None,
) -> Iterator[pa.RecordBatch]:
    """Yield the statements of each of many batches; see `statements_of_batch`."""
    for batch in batches:
        yield statements_of_batch(batch, extractor, on_bad=on_bad)


def describe(error: BaseException) -> str:
    """Return one line on an error for the errors file."""
    reason = " ".join(str(error).split())
    return reason if isinstance(error, QuotesError) else f"{type(error).__name__}: {reason or 'no message'}"


def _records(documents: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    names = documents.schema.names
    if "text" not in names:
        raise DataError(
            f"no column 'text' in the batch of documents (it has: {', '.join(names) or 'none'}); rename the "
            "column that holds the text"
        )
    nothing = [None] * documents.num_rows
    columns = [documents.column(name).to_pylist() if name in names else nothing for name in DOCUMENT_COLUMNS]
    for values in zip(*columns, strict=True):
        yield dict(zip(DOCUMENT_COLUMNS, values, strict=True))


def _rows(record: dict[str, Any], extractor: DocumentExtractor) -> list[dict[str, object]]:
    text = record["text"]
    if not isinstance(text, str):
        raise DataError(
            "it has no text" if text is None else f"its text is {type(text).__name__}, not a string"
        )
    published = record["published"]
    document = make_document(
        text,
        document_id=_text(record["id"]),
        path=_text(record["path"]),
        published=published if isinstance(published, date) else _text(published),
        publisher=_text(record["publisher"]),
        title=_text(record["title"]),
    )
    return [statement.model_dump() for statement in extractor.extract_document(document)]


def _text(value: object) -> str | None:
    """Return a value as text; an empty one, as CSV exports have it, is an unknown one."""
    return None if value is None or value == "" else str(value)
