"""Draws statements of an archive, the same ones however its files and rows are ordered."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from heapq import heappush, heappushpop
from pathlib import Path
from typing import Any, TypeVar

from quotes.errors import DataError, UsageError
from quotes.io.records import restored_statement
from quotes.models import Statement
from quotes.sampling.design import Design, Values, designed, values_of
from quotes.sampling.reading import Record, fetched, rows

Place = tuple[int, int]
"""A file, and where in it a statement is."""
Found = TypeVar("Found")


def draw(paths: Sequence[Path], number: int, by: Sequence[str] = (), seed: int = 0) -> tuple[Design, list[Statement]]:
    """Draw statements at random from each stratum of what was saved.

    Each statement has a random number that follows from the seed and from what it is, its document and its id; of each
    stratum those with the lowest ones are drawn (bottom-k sampling, which gives every subset of a size the same
    chance). The files are gone through twice, and nothing is held but the sizes of the strata and what is drawn.

    Args:
        paths: Files of statements: JSON, JSON Lines, Parquet or DuckDB.
        number: How many; all where there are no more.
        by: Fields of `FIELDS` that make the strata; see `designed` where these are many.
        seed: Another one draws others.

    Returns:
        How they were drawn, and the statements by document and position.

    Raises:
        UsageError: A file is given twice, or there is nothing to draw.
        InputError: A file cannot be read.
        DataError: A file holds something else than statements.
    """
    if len({path.resolve() for path in paths}) < len(paths):
        raise UsageError("a file is given twice; give each once, or its statements count twice")
    sizes: Counter[Values] = Counter(values for _, values in _each(paths, lambda record: values_of(record, by)))
    if not sizes:
        raise UsageError("there is no statement to draw from; give what 'quotes extract' or 'quotes corpus' wrote")
    design = designed(sizes, number, by, seed)
    places: defaultdict[int, list[int]] = defaultdict(list)
    for file, place in _lowest(paths, design):
        places[file].append(place)
    drawn = [
        restored_statement(record, str(paths[file]))
        for file, inside in places.items()
        for record in fetched(paths[file], sorted(inside))
    ]
    return design, sorted(drawn, key=_position)


def _lowest(paths: Sequence[Path], design: Design) -> Iterator[Place]:
    """Yield where the statements with the lowest random numbers of each stratum are."""
    wanted = {each.values: each.drawn for each in design.strata}
    held: dict[Values | None, list[tuple[int, Place]]] = {values: [] for values in wanted}
    for place, (values, number) in _each(paths, lambda record: (values_of(record, design.by), _random(record, design))):
        stratum = values if values in wanted else None
        chance = (-number, place)  # a heap gives its least away, which is the greatest number
        if len(held[stratum]) < wanted[stratum]:
            heappush(held[stratum], chance)
        else:
            heappushpop(held[stratum], chance)
    for heap in held.values():
        yield from (place for _, place in heap)


def _each(paths: Sequence[Path], of: Callable[[Record], Found]) -> Iterator[tuple[Place, Found]]:
    """Yield where each statement is, with what is made of its record."""
    for file, path in enumerate(paths):
        for place, record in rows(path):
            try:
                found = of(record)
            except (KeyError, TypeError) as error:
                raise DataError(f"{path}: not only statements in it; give what 'quotes extract' wrote") from error
            yield (file, place), found


def _random(record: Record, design: Design) -> int:
    document: Any = record["provenance"]["document"]
    name = "\n".join((str(design.seed), document["sha256"], document["id"], record["id"]))
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def _position(statement: Statement) -> tuple[str, str, int, str]:
    document = statement.provenance.document
    return document.id, document.sha256, statement.content.spans[0].start, statement.id
