"""Links an archive of any size: statements in a DuckDB file, blocks of days one after the other, resumable.

What is held at once is a block of reports and those shortly before it, the pairs that were found likely, as three
columns of numbers, and 128 numbers of each document. A killed run goes on with the blocks it had done, and what it
writes is the same byte for byte.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from quotes import __version__
from quotes.corpus.checkpoint import WorkFolder
from quotes.corpus.records import BatchResult
from quotes.extras import require
from quotes.io.json import json_text, parsed_json
from quotes.linking.blocks import Block, cut
from quotes.linking.clusters import JOINED_FROM, clusters
from quotes.linking.copies import CopyFinder
from quotes.linking.families import edges_within, family
from quotes.linking.model import load_model
from quotes.linking.pairs import edges_of
from quotes.linking.people import Bearers, People, bearers_among
from quotes.linking.reports import Report, reports_of
from quotes.linking.terms import Rarity, rarity_of, stems
from quotes.linking.window import Window
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
    """

    records: Callable[[], Iterable[Record]]
    output: Path
    people: People
    min_confidence: float = JOINED_FROM
    made_from: Mapping[str, object] | None = None
    restart: bool = False


def linked_archive(run: LinkRun, on_block: Callable[[int, int], None] | None = None) -> Iterator[Family]:
    """Yield the families of an archive, by their first reports; ``on_block`` is told how many reports are done, of all.

    Raises:
        UsageError: An extra is not installed, or unfinished work of another command is in the way.
        OutputError: The work folder cannot be written.
    """
    require("pyarrow", "corpus", "linking an archive")
    require("duckdb", "corpus", "linking an archive")
    folder = WorkFolder(run.output.with_name(f"{run.output.name}.work"))
    made_from = {"version": __version__, "people": run.people.rows, **(run.made_from or {})}
    with (
        folder.opened(made_from, restart=run.restart),
        tempfile.TemporaryDirectory(prefix="quotes-link-") as place,
        closing(_Store(Path(place) / "statements.duckdb", run.records(), run.people)) as store,
    ):
        done = _Blocks(store, folder, on_block or (lambda *_: None))
        yield from _families(store, done.edges(run.min_confidence), run)
        folder.remove()


class _Store:
    """The statements of an archive in order, in a database file."""

    def __init__(self, path: Path, records: Iterable[Record], people: People) -> None:
        import duckdb

        self._people = people
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

    def places(self) -> list[tuple[int, str]]:
        """Return day and document of each statement, in order."""
        found: list[tuple[int, str]] = self._database.execute(
            "SELECT day, document FROM ordered ORDER BY place"
        ).fetchall()
        return found

    def reports(self, first: int, end: int) -> list[Report]:
        """Return the reports of whole documents, those from one place to before another."""
        return reports_of(self._records("place >= ? AND place < ?", [first, end]), self._people.ids, self._bearers)

    def members(self, places: Sequence[int]) -> tuple[list[Report], list[Record]]:
        """Return some reports, their surroundings left out, and their statements."""
        records = self._records("place IN (SELECT unnest(?))", [list(places)])
        return reports_of(records, self._people.ids, self._bearers), records

    def _records(self, condition: str, values: list[object]) -> list[Record]:
        query = f"SELECT record FROM ordered WHERE {condition} ORDER BY place"
        return [parsed_json(record) for (record,) in self._database.execute(query, values).fetchall()]

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
        """Close the database."""
        self._database.close()


def _row(record: Record, arrival: int) -> tuple[object, ...]:
    document, spans = record["provenance"]["document"], record["content"]["spans"]
    published = document["published"]
    day = published.toordinal() if published else 0
    key = f"{document['id']} {document['sha256']}"
    return day, key, spans[0]["start"], spans[-1]["end"], record["id"], document["path"], arrival, json_text(record)


class _Blocks:
    """Finishes the blocks of an archive that are not finished yet."""

    def __init__(self, store: _Store, folder: WorkFolder, report: Callable[[int, int], None]) -> None:
        self._store, self._folder, self._report = store, folder, report
        self._window: Window | None = None
        self._start = self._end = 0

    def edges(self, least: float) -> dict[tuple[int, int], float]:
        """Return the pairs that may matter: those among reports that pairs of at least some probability connect."""
        places = self._store.places()
        found = [self._finished(number, block, len(places)) for number, block in enumerate(cut(places))]
        columns = [np.concatenate(each) for each in zip(*found, strict=True)] if found else [np.zeros(0)] * 3
        likely = columns[2] >= least
        part = _parts(len(places), columns[0][likely].tolist(), columns[1][likely].tolist())
        matters = (part[columns[0]] == part[columns[1]]) if found else likely
        one, other, probability = (column[matters].tolist() for column in columns)
        return dict(zip(zip(one, other, strict=True), probability, strict=True))

    def _finished(self, number: int, block: Block, total: int) -> tuple[Any, Any, Any]:
        digest = "-".join(map(str, block))
        result = self._folder.read(number, digest)
        if result is None:
            result = BatchResult(number, block.end - block.start, 0.0, self._compared(block), ())
            self._folder.write(result, digest)
        self._report(block.end, total)
        one, other, probability = (result.statements.column(place).to_numpy() for place in range(3))
        return one, other, probability

    def _compared(self, block: Block) -> Any:
        import pyarrow as pa

        if self._window is None or self._end != block.start:  # what is before it was compared by an earlier run
            self._window, self._start = Window(self._store.rarity, self._store.rarity.terms), block.window
            self._window.move(0, self._store.reports(block.window, block.start))
        self._window.move(block.window - self._start, self._store.reports(block.start, block.end))
        self._start, self._end = block.window, block.end
        ones, others, probabilities = edges_of(self._window, load_model())
        columns = {"one": ones + block.window, "other": others + block.window, "probability": probabilities}
        return pa.record_batch(columns)


def _parts(number: int, ones: Sequence[int], others: Sequence[int]) -> Any:
    """Return for each place the least place that pairs connect it to."""
    parents = list(range(number))

    def root(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    for one, other in zip(ones, others, strict=True):
        first, second = root(one), root(other)
        parents[max(first, second)] = min(first, second)
    return np.array([root(place) for place in range(number)], dtype=np.int64)


def _families(store: _Store, edges: Mapping[tuple[int, int], float], run: LinkRun) -> Iterator[Family]:
    for group in clusters(edges, run.min_confidence):
        reports, records = store.members(group)
        yield family(reports, records, edges_within(edges, group), store.copies, run.people)
