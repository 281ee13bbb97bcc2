"""An archive that was indexed once, in which the documents that share words with a quotation are looked up.

The index is one SQLite file with a full-text table (FTS5, ranked by BM25) and the documents themselves,
so that nothing has to be read again. It is made anew when its archive has changed.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from quotes.corpus.readers import Archive
from quotes.corpus.records import BadDocument, InputDocument
from quotes.errors import DataError, InputError, UsageError
from quotes.files import kind_of, replaced
from quotes.text.document import Document, make_document

SUFFIX = ".quotes-index"
"""Of an index beside its archive: news.jsonl.quotes-index."""
_VERSION = "1"
_FOUND = 6
"""Documents that are looked at for one quotation."""
_MOST_RUNS = 6
_RARE_WORDS = 6
"""Runs and words of a quotation that are looked up: the rarest say where it is, the others only cost time."""
_COMMON = 0.05
"""Share of the documents from which a word says too little for what it costs to look it up."""
_KEPT = 512
"""Documents that are kept in memory."""
_WORD = re.compile(r"\w+")
_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT, path TEXT, title TEXT, publisher TEXT, published TEXT,
                        text TEXT);
CREATE VIRTUAL TABLE words USING fts5 (text, content='documents', content_rowid='number',
                                       tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab ('words', 'row');
CREATE TABLE frequencies (word TEXT PRIMARY KEY, documents INTEGER) WITHOUT ROWID;
"""


class Indexed(NamedTuple):
    """How many documents went into an index, and which were bad and left out."""

    documents: int
    bad: tuple[BadDocument, ...]


class ArchiveIndex:
    """The documents of an archive, looked up by their words.

    Args:
        path: The index.

    Raises:
        InputError: There is no such file.
        DataError: It is no index of this version.
    """

    def __init__(self, path: Path) -> None:
        if kind_of(path) != "file":
            raise InputError(f"no such file: {path}; make an index with 'quotes index'")
        self.path = path
        self._database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        try:
            self.facts = dict(self._database.execute("SELECT name, value FROM facts"))
        except sqlite3.DatabaseError as error:
            self.close()
            raise DataError(f"{path}: is no index; make one with 'quotes index'") from error
        if self.facts.get("version") != _VERSION:
            self.close()
            raise DataError(f"{path}: is an index of another version of quotes; make it again with 'quotes index'")
        self._document = lru_cache(_KEPT)(self._read)

    def __len__(self) -> int:
        return int(self.facts["documents"])

    def close(self) -> None:
        """Close the file; nothing can be looked up any more."""
        self._database.close()

    def documents_with(self, words: str) -> Iterator[Document]:
        """Yield the documents that have runs of three of the words, else those that share most of the rarer ones."""
        plain = [_plain(word) for word in _WORD.findall(words)]
        known = {word: number for word in dict.fromkeys(plain) if (number := self._documents_of(word))}
        found = self._matching(_runs(plain, known)) or self._matching(_rarest(known, len(self)))
        yield from map(self._document, found)

    def _matching(self, queries: Sequence[str]) -> list[int]:
        """Return the documents that match any of some queries, the best ones first."""
        rows = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank, rowid LIMIT ?"
        found = self._database.execute(rows, (" OR ".join(queries), _FOUND)) if queries else ()
        return [number for (number,) in found]

    def _documents_of(self, word: str) -> int:
        """Return how many documents have a word."""
        row = self._database.execute("SELECT documents FROM frequencies WHERE word = ?", (word,)).fetchone()
        return 0 if row is None else int(row[0])

    def _read(self, number: int) -> Document:
        row = "SELECT id, path, title, publisher, published, text FROM documents WHERE number = ?"
        name, path, title, publisher, published, text = self._database.execute(row, (number,)).fetchone()
        try:
            return make_document(
                text, document_id=name, path=path, title=title, publisher=publisher, published=published
            )
        except UsageError:  # an odd date must not cost the document
            return make_document(text, document_id=name, path=path, title=title, publisher=publisher)


def build_index(archive: Archive, path: Path, progress: Callable[[float], None] | None = None) -> Indexed:
    """Index an archive; an index that is there is replaced when the new one is whole.

    Args:
        archive: What is indexed.
        path: The index to write.
        progress: Called with the bytes of the archive that were read since the last call.

    Raises:
        InputError: The archive cannot be read.
        OutputError: The index cannot be written.
    """
    archive.check()
    bad: list[BadDocument] = []
    count = 0
    with replaced(path) as temporary, closing(sqlite3.connect(temporary)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        for record in archive.records():
            if isinstance(record.content, BadDocument):
                bad.append(record.content)
            elif isinstance(record.content, InputDocument):
                count += 1
                _insert(database, count, record.content)
            if progress is not None:
                progress(record.size)
        facts = {"version": _VERSION, "documents": str(count), "archive": fingerprint(archive)}
        database.executemany("INSERT INTO facts VALUES (?, ?)", facts.items())
        database.commit()
        database.execute("INSERT INTO words (words) VALUES ('optimize')")
        # the vocabulary counts the documents of a word anew each time it is asked
        database.execute("INSERT INTO frequencies SELECT term, doc FROM vocabulary")
        database.commit()
    return Indexed(count, tuple(bad))


def index_beside(archive: Archive, progress: Callable[[float], None] | None = None) -> ArchiveIndex:
    """Return the index beside an archive of one file, made first where it is not there or the archive has changed.

    Raises:
        InputError: The archive cannot be read.
        OutputError: The index cannot be written.
    """
    path = Path(archive.inputs[0])
    beside = path.with_name(path.name + SUFFIX)
    if kind_of(beside):
        try:
            index = ArchiveIndex(beside)
        except DataError:  # of an earlier version
            index = None
        if index is not None and index.facts.get("archive") == fingerprint(archive):
            return index
        if index is not None:
            index.close()  # Windows replaces no open file
    build_index(archive, beside, progress)
    return ArchiveIndex(beside)


def fingerprint(archive: Archive) -> str:
    """Return what tells an archive from a changed one: names, sizes and times of its files, and the columns read."""
    files = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in archive.files()]
    return repr((files, archive.columns, archive.encoding))


def _insert(database: sqlite3.Connection, number: int, document: InputDocument) -> None:
    name = f"{Path(document.path or '').name}:{number}" if document.id is None else document.id
    row = (number, name, document.path, document.title, document.publisher, document.published, document.text)
    database.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    database.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, document.text))


def _runs(words: Sequence[str], known: Mapping[str, int]) -> list[str]:
    """Return queries for the runs of three words that have the rarest words, none of which overlap."""
    starts = [at for at in range(len(words) - 2) if all(word in known for word in words[at : at + 3])]
    chosen: list[int] = []
    for at in sorted(starts, key=lambda at: (min(known[word] for word in words[at : at + 3]), at)):
        if len(chosen) < _MOST_RUNS and all(abs(at - other) > 2 for other in chosen):
            chosen.append(at)
    return [f'"{" ".join(words[at : at + 3])}"' for at in chosen]


def _rarest(known: Mapping[str, int], documents: int) -> list[str]:
    """Return queries for the words that the fewest documents have, without those that very many have."""
    ordered = sorted(known, key=lambda word: (known[word], word))[:_RARE_WORDS]
    rare = [word for word in ordered if known[word] <= _COMMON * documents]
    return [f'"{word}"' for word in rare or ordered[:1]]


def _plain(word: str) -> str:
    """Return a word as the index has it: in lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
