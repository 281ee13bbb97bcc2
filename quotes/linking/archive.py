"""Links an archive of any size: statements in a DuckDB file, blocks of days one after the other, resumable.

What is held at once is a block of reports and those shortly before it, the pairs that were found likely, as three
columns of numbers, and 128 numbers of each document. A killed run goes on with the blocks it had done, and what it
writes is the same byte for byte.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from quotes import __version__
from quotes.corpus.checkpoint import DATABASE, WorkFolder, digest_of_folder
from quotes.corpus.records import BatchResult
from quotes.errors import OutputError
from quotes.extras import require
from quotes.io.json import json_text, parsed_json
from quotes.linking.blocks import Block, cut
from quotes.linking.clusters import JOINED_FROM, clusters
from quotes.linking.copies import CopyFinder
from quotes.linking.families import edges_within, family
from quotes.linking.pairs import BlockComparer, Edges
from quotes.linking.parts import Part
from quotes.linking.people import Bearers, People, bearers_among
from quotes.linking.reports import Report, reports_of
from quotes.linking.terms import Rarity, rarity_of, stems
from quotes.models import Family
from quotes.verification.words import words_of

Record = Mapping[str, Any]

_MEMORY = "1GB"
_ROWS = 2000
_ORDER = "day, document, first, last, id"


@dataclass(frozen=True, slots=True)
class LinkRun:
    """All that linking an archive is told.

    Attributes:
        records: Gives the fields of all statements, the same ones each time it is called.
        output: The file that is written, beside which the work folder is.
        people: The people that the caller knows.
        min_confidence: Mean probability of its pairs from which a family is given.
        made_from: What tells this input from another, as JSON values.
        restart: Whether to throw away the unfinished work of an earlier run.
        engine: Where blocks are compared: "local", in this process, or "ray", in workers of a Ray cluster.
        workers: Workers of the cluster.
        ray_address: Its address; None starts one on this machine.
    """

    records: Callable[[], Iterable[Record]]
    output: Path
    people: People
    min_confidence: float = JOINED_FROM
    made_from: Mapping[str, object] | None = None
    restart: bool = False
    engine: str = "local"
    workers: int = 1
    ray_address: str | None = None


def linked_archive(run: LinkRun, on_block: Callable[[int, int], None] | None = None) -> Iterator[Family]:
    """Yield the families of an archive, by their first reports; ``on_block`` is told how many reports are done, of all.

    Raises:
        UsageError: An extra is not installed, or unfinished work of another command is in the way.
        OutputError: The work folder cannot be written.
    """
    require("pyarrow", "corpus", "linking an archive")
    require("duckdb", "corpus", "linking an archive")
    if run.engine == "ray":
        require("ray", "ray", "the engine 'ray'")
    folder = WorkFolder(run.output.with_name(f"{run.output.name}.work"))
    code = digest_of_folder(Path(__file__).parents[1])  # a version alone may have been edited
    made_from = {"quotes": [__version__, code], "people": run.people.rows, **(run.made_from or {})}
    with folder.opened(made_from, restart=run.restart):
        with closing(_Store(folder.path / DATABASE, run.records(), run.people)) as store:
            done = _Blocks(store, folder, run, on_block or (lambda *_: None))
            yield from _families(store, done.edges(), run)
        folder.remove()


class _Store:
    """The statements of an archive in order, in a database file."""

    def __init__(self, path: Path, records: Iterable[Record], people: People) -> None:
        import duckdb

        self._people = people
        self._path = path
        self._remove()  # that of a run that was killed
        self._database = duckdb.connect(str(path), config={"threads": 1, "memory_limit": _MEMORY})
        self._database.execute(
            "CREATE TABLE arrived (day INTEGER, document VARCHAR, first BIGINT, last BIGINT, id VARCHAR, "
            "path VARCHAR, arrival BIGINT, record VARCHAR)"
        )
        held: list[tuple[object, ...]] = []
        for arrival, record in enumerate(records):
            held.append(_row(record, arrival))
            if len(held) == _ROWS:
                self._take(held)
                held = []
        self._take(held)
        self._database.execute(
            f"CREATE TABLE ordered AS SELECT row_number() OVER (ORDER BY {_ORDER}) - 1 AS place, day, document, "
            "arrival, record FROM (SELECT DISTINCT ON (id, document, path) * FROM arrived ORDER BY arrival)"
        )
        self._database.execute("DROP TABLE arrived")
        self._database.execute("CREATE INDEX places ON ordered (place)")
        self._bearers: Bearers = bearers_among(self._speakers())
        self.rarity, self.copies = self._counted()

    def _take(self, rows: list[tuple[object, ...]]) -> None:
        import pyarrow as pa

        if rows:
            names = ("day", "document", "first", "last", "id", "path", "arrival", "record")
            columns = zip(*rows, strict=True)
            self._database.register("arriving", pa.table(dict(zip(names, map(list, columns), strict=True))))
            self._database.execute("INSERT INTO arrived SELECT * FROM arriving")
            self._database.unregister("arriving")

    def documents(self) -> Any:
        """Return a number for the document of each statement, in order."""
        query = "SELECT hash(document) AS document FROM ordered ORDER BY place"
        return self._database.execute(query).fetchnumpy()["document"]

    def reports(self, first: int, end: int) -> list[Report]:
        """Return the reports of whole documents, those from one place to before another."""
        return self.part(first, end).reports(first, end)

    def part(self, first: int, end: int) -> Part:
        """Return the statements from one place to before another, to be made reports elsewhere."""
        query = "SELECT record FROM ordered WHERE place >= ? AND place < ? ORDER BY place"
        records = [record for (record,) in self._database.execute(query, [first, end]).fetchall()]
        return Part(first, records, self._people.ids, self._bearers, self.rarity)

    def members(self, places: Sequence[int]) -> tuple[list[Report], list[Record]]:
        """Return some reports, their surroundings left out, and their statements."""
        query = "SELECT record FROM ordered WHERE place IN (SELECT unnest(?)) ORDER BY place"
        records = [parsed_json(record) for (record,) in self._database.execute(query, [list(places)]).fetchall()]
        return reports_of(records, self._people.ids, self._bearers), records

    def _speakers(self) -> Iterator[Record | None]:
        cursor = self._database.cursor().execute("SELECT record->'speaker' FROM ordered")
        for batch in iter(lambda: cursor.fetchmany(_ROWS), []):
            yield from (parsed_json(speaker) for (speaker,) in batch)

    def _counted(self) -> tuple[Rarity, Mapping[str, str]]:
        """Look at every document once: how many have each term, and which are copies."""
        finder = CopyFinder()

        def terms() -> Iterator[set[str]]:
            query = "SELECT day, document, record, arrival FROM ordered ORDER BY place"
            cursor = self._database.cursor().execute(query)
            rows = (row for batch in iter(lambda: cursor.fetchmany(_ROWS), []) for row in batch)
            for (day, document), own in groupby(rows, key=lambda row: row[:2]):
                *_, found, arrivals = zip(*own, strict=True)
                records = list(map(parsed_json, found))
                contents = [words_of(record["content"]["text"]) for record in records]
                media = [record["medium"]["name"] for record in records if record["medium"]]
                publisher = records[0]["provenance"]["document"]["publisher"]
                finder.add(document, min(arrivals), day or None, contents, publisher, media)
                yield {term for words in contents for term in stems(words.forms)}

        return rarity_of(terms()), finder.originals()

    def close(self) -> None:
        """Close the database, and remove its files."""
        self._database.close()
        self._remove()

    def _remove(self) -> None:
        for ending in ("", ".wal"):
            Path(f"{self._path}{ending}").unlink(missing_ok=True)
        shutil.rmtree(f"{self._path}.tmp", ignore_errors=True)  # what did not fit into memory


def _row(record: Record, arrival: int) -> tuple[object, ...]:
    document, spans = record["provenance"]["document"], record["content"]["spans"]
    published = document["published"]
    day = published.toordinal() if published else 0
    key = f"{document['id']} {document['sha256']}"
    return day, key, spans[0]["start"], spans[-1]["end"], record["id"], document["path"], arrival, json_text(record)


class _Blocks:
    """Finishes the blocks of an archive that are not finished yet."""

    def __init__(self, store: _Store, folder: WorkFolder, run: LinkRun, report: Callable[[int, int], None]) -> None:
        self._store, self._folder, self._run, self._report = store, folder, run, report
        self._documents = store.documents()
        self._blocks = list(cut(self._documents))

    def edges(self) -> dict[tuple[int, int], float]:
        """Return the pairs that may matter: those among reports that likely pairs connect."""
        self._finish()
        size, least = len(self._documents), self._run.min_confidence
        likely = [(ones[sure], others[sure]) for ones, others, p in self._finished() if (sure := p >= least).any()]
        part = _parts(size, [pair for each in likely for pair in zip(*(c.tolist() for c in each), strict=True)])
        found: dict[tuple[int, int], float] = {}
        for ones, others, probabilities in self._finished():
            matters = part[ones] == part[others]
            pairs = zip(ones[matters].tolist(), others[matters].tolist(), strict=True)
            found.update(zip(pairs, probabilities[matters].tolist(), strict=True))
        return found

    def _finish(self) -> None:
        """Do the blocks that no earlier run has done."""
        import pyarrow as pa

        todo = [number for number in range(len(self._blocks)) if self._read(number) is None]
        done = len(self._documents) - sum(self._blocks[number].size for number in todo)
        for number, edges in _compared([(number, self._blocks[number]) for number in todo], self._store, self._run):
            size = self._blocks[number].size
            batch = pa.record_batch(dict(zip(Edges._fields, edges, strict=True)))
            self._folder.write(BatchResult(number, size, 0.0, batch, ()), self._digest(number))
            done += size
            self._report(done, len(self._documents))

    def _finished(self) -> Iterator[Edges]:
        """Yield what each block gave: they are read again, since all of them together may be large."""
        for number in range(len(self._blocks)):
            result = self._read(number)
            if result is None:
                raise OutputError(f"{self._folder.path} was changed while it was in use; give the same command again")
            yield Edges(*(result.statements.column(name).to_numpy() for name in Edges._fields))

    def _read(self, number: int) -> BatchResult | None:
        return self._folder.read(number, self._digest(number))

    def _digest(self, number: int) -> str:
        return "-".join(map(str, self._blocks[number]))


def _compared(todo: Sequence[tuple[int, Block]], store: _Store, run: LinkRun) -> Iterator[tuple[int, Edges]]:
    """Yield the number of each block, as it gets done, and the pairs that it adds."""
    if run.engine == "ray":
        from quotes.linking.ray_engine import compared

        yield from compared(todo, store.part, run.workers, run.ray_address)
        return
    comparer = BlockComparer(store.rarity, store.reports)
    for number, block in todo:
        yield number, comparer.edges(block)


def _parts(number: int, pairs: Iterable[tuple[int, int]]) -> Any:
    """Return for each place the least place that pairs connect it to."""
    parents = list(range(number))

    def root(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    for one, other in pairs:
        first, second = root(one), root(other)
        parents[max(first, second)] = min(first, second)
    return np.array([root(place) for place in range(number)], dtype=np.int64)


def _families(store: _Store, edges: Mapping[tuple[int, int], float], run: LinkRun) -> Iterator[Family]:
    documents = store.documents()
    for group in clusters(edges, run.min_confidence, documents):
        reports, records = store.members(group)
        yield family(reports, records, edges_within(edges, group, documents), store.copies, run.people)
