"""Draws statements of an archive, the same ones however its files and rows are ordered."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import heappop, heappush
from pathlib import Path
from typing import Any

from quotes.errors import DataError, UsageError
from quotes.io.records import restored_statement
from quotes.models import Statement
from quotes.sampling.design import Design, Stratum, Values, allocation, sort_key, values_of
from quotes.sampling.reading import Record, fetched, rows

Place = tuple[int, int]
"""A file, and where in it a statement is."""


def draw(paths: Sequence[Path], number: int, by: Sequence[str] = (), seed: int = 0) -> tuple[Design, list[Statement]]:
    """Draw statements at random from each stratum of what was saved.

    Each statement has a random number that follows from the seed and from what it is, its document and its id; of each
    stratum those with the lowest ones are drawn (bottom-k sampling, which gives every subset of a size the same
    chance). Never more than ((number + 1) / 2) squared numbers are held.

    Args:
        paths: Files of statements: JSON, JSON Lines, Parquet or DuckDB.
        number: How many; all where there are no more.
        by: Fields of `FIELDS` that make the strata.
        seed: Another one draws others.

    Returns:
        How they were drawn, and the statements by document and position.

    Raises:
        UsageError: There are more strata than statements to draw, a file is given twice, or there is nothing to draw.
        InputError: A file cannot be read.
        DataError: A file holds something else than statements.
    """
    if len({path.resolve() for path in paths}) < len(paths):
        raise UsageError("a file is given twice; give each once, or its statements count twice")
    sizes, lowest = _gone_through(paths, number, by, seed)
    strata = sorted(sizes, key=sort_key)
    if not strata:
        raise UsageError("there is no statement to draw from; give what 'quotes extract' or 'quotes corpus' wrote")
    given = allocation([sizes[values] for values in strata], number)
    design = Design(tuple(by), seed, tuple(Stratum(v, sizes[v], n) for v, n in zip(strata, given, strict=True)))
    places: defaultdict[int, list[int]] = defaultdict(list)
    for stratum in design.strata:
        for _, (file, place) in sorted(lowest[stratum.values], reverse=True)[: stratum.drawn]:
            places[file].append(place)
    drawn = [
        restored_statement(record, str(paths[file]))
        for file, inside in places.items()
        for record in fetched(paths[file], sorted(inside))
    ]
    return design, sorted(drawn, key=_position)


def _gone_through(
    paths: Sequence[Path], number: int, by: Sequence[str], seed: int
) -> tuple[Counter[Values], dict[Values, list[tuple[int, Place]]]]:
    """Return the size of each stratum, and its statements with the lowest random numbers, which are negated."""
    sizes: Counter[Values] = Counter()
    lowest: defaultdict[Values, list[tuple[int, Place]]] = defaultdict(list)
    for file, path in enumerate(paths):
        for place, record in rows(path):
            try:
                values, chance = values_of(record, by), _random(record, seed)
            except (KeyError, TypeError) as error:
                raise DataError(
                    f"{path}: holds something else than statements; give what 'quotes extract' wrote"
                ) from error
            sizes[values] += 1
            if len(sizes) > number:
                raise UsageError(
                    f"--by {','.join(by)} gives more strata than the {number} statements to draw, and each "
                    "needs one; draw more with -n, or name fewer fields"
                )
            held = lowest[values]
            heappush(held, (-chance, (file, place)))
            while len(held) > number - len(sizes) + 1:  # each other stratum gives one at least
                heappop(held)
    return sizes, lowest


def _random(record: Record, seed: int) -> int:
    document: Any = record["provenance"]["document"]
    name = "\n".join((str(seed), document["sha256"], document["id"], record["id"]))
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def _position(statement: Statement) -> tuple[str, str, int, str]:
    document = statement.provenance.document
    return document.id, document.sha256, statement.content.spans[0].start, statement.id
