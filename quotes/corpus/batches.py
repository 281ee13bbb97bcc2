"""Cuts an archive into numbered batches, the same ones in every run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from quotes.corpus.arrow import document_schema
from quotes.corpus.readers import Archive
from quotes.corpus.records import InputDocument, Unreadable
from quotes.corpus.transform import BadDocument

if TYPE_CHECKING:
    import pyarrow as pa

BATCH_DOCUMENTS = 32
"""Documents of a batch; about a second of work, and what a kill can cost."""
BATCH_CHARACTERS = 400_000
"""Code points at which a batch is full before it has all its documents."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some documents in a row.

    Attributes:
        number: Its place in the archive, from 0.
        documents: What could be read, each with its place in the batch.
        unreadable: What could not, with its place in the batch.
        size: Bytes of the archive that it takes, for the progress bar.
    """

    number: int
    documents: tuple[tuple[int, InputDocument], ...]
    unreadable: tuple[BadDocument, ...]
    size: float

    def __len__(self) -> int:
        return len(self.documents) + len(self.unreadable)

    def arrow(self) -> pa.RecordBatch:
        """Return the documents that could be read as a record batch."""
        import pyarrow as pa

        rows = [asdict(document) for _, document in self.documents]
        return pa.RecordBatch.from_pylist(rows, schema=document_schema())

    def in_place(self, bad: BadDocument) -> BadDocument:
        """Return a bad document of `arrow` with its place in the batch."""
        return BadDocument(self.documents[bad.position][0], bad.id, bad.path, bad.reason)


def batches(archive: Archive, documents: int = BATCH_DOCUMENTS) -> Iterator[Batch]:
    """Yield the batches of an archive.

    Args:
        archive: What to read.
        documents: Most documents of a batch.
    """
    items: list[InputDocument | Unreadable] = []
    number, characters, size = 0, 0, 0.0
    for entry in archive.entries():
        length = len(entry.item.text) if isinstance(entry.item, InputDocument) else 0
        if items and (len(items) >= documents or characters + length > BATCH_CHARACTERS):
            yield _batch(number, items, size)
            items, number, characters, size = [], number + 1, 0, 0.0
        items.append(entry.item)
        characters += length
        size += entry.size
    if items:
        yield _batch(number, items, size)


def _batch(number: int, items: list[InputDocument | Unreadable], size: float) -> Batch:
    return Batch(
        number=number,
        documents=tuple((i, item) for i, item in enumerate(items) if isinstance(item, InputDocument)),
        unreadable=tuple(
            BadDocument(i, item.id, item.path, item.reason)
            for i, item in enumerate(items)
            if isinstance(item, Unreadable)
        ),
        size=size,
    )
