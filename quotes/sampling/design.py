"""Which strata an archive has, and how many statements of each are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from quotes.errors import DataError, UsageError
from quotes.files import replaced
from quotes.io.json import json_text
from quotes.io.saved import read_json

FIELDS: Mapping[str, tuple[str, ...]] = {
    "publisher": ("provenance", "document", "publisher"),
    "kind": ("kind",),
    "attitude": ("attitude",),
    "rule": ("provenance", "rule"),
    "document": ("provenance", "document", "id"),
}
"""What strata can be made of: where a statement has it."""
ALIASES = {"outlet": "publisher"}
SUFFIX = ".design.json"
Values = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Stratum:
    """Statements that have the same values of the fields.

    Attributes:
        values: Of the design's fields, in their order, each None where the archive does not tell; None for the stratum
            of all small ones together.
        statements: How many there are in the archive.
        drawn: How many of them are in the sample.
    """

    values: Values | None
    statements: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Design:
    """How a sample was drawn.

    Attributes:
        by: The fields that make the strata; without any all of the archive is one.
        seed: What chose among the statements of a stratum.
        strata: Sorted by their values, the one of all small ones last.
    """

    by: tuple[str, ...]
    seed: int
    strata: tuple[Stratum, ...]

    @property
    def statements(self) -> int:
        """Number of statements of the archive."""
        return sum(each.statements for each in self.strata)

    def stratum_of(self, record: Mapping[str, Any]) -> Values | None:
        """Return the values of the stratum that a statement's record is in."""
        values = values_of(record, self.by)
        return values if any(each.values == values for each in self.strata) else None

    @property
    def drawn(self) -> int:
        """Number of statements of the sample."""
        return sum(each.drawn for each in self.strata)


def chosen_fields(names: str) -> tuple[str, ...]:
    """Return the fields of a list such as "outlet,kind".

    Raises:
        UsageError: One is unknown, or there twice.
    """
    given = [name.strip() for name in names.split(",") if name.strip()]
    fields = tuple(ALIASES.get(name, name) for name in given)
    for name, field in zip(given, fields, strict=True):
        if field not in FIELDS:
            raise UsageError(f"--by {name!r} makes no strata; choose from {', '.join((*FIELDS, *ALIASES))}")
    if len(set(fields)) < len(fields):
        raise UsageError(f"--by {names!r} names a field twice; give each once")
    return fields


def values_of(record: Mapping[str, Any], by: Sequence[str]) -> Values:
    """Return what a statement's record has in some fields."""
    values = []
    for field in by:
        value: Any = record
        for key in FIELDS[field]:
            value = value[key]
        values.append(value)
    return tuple(values)


def designed(sizes: Mapping[Values, int], number: int, by: Sequence[str], seed: int) -> Design:
    """Return how a number of statements is drawn from strata of these sizes.

    Where there are more strata than statements, those whose quota is below one make a stratum together.
    """
    total = sum(sizes.values())
    small = {values for values, size in sizes.items() if len(sizes) > number and size * number < total}
    kept = sorted(sizes.keys() - small, key=lambda values: tuple(value or "" for value in values))
    strata = [(values, sizes[values]) for values in kept]
    pooled = [(None, sum(sizes[values] for values in small))] if small else []
    together: list[tuple[Values | None, int]] = [*strata, *pooled]
    given = allocation([size for _, size in together], number)
    return Design(tuple(by), seed, tuple(Stratum(*each, drawn) for each, drawn in zip(together, given, strict=True)))


def allocation(sizes: Sequence[int], number: int) -> list[int]:
    """Return how many of a number of statements each stratum gives: in proportion to its size, at least one.

    Proportional allocation (Cochran, Sampling Techniques, 3rd ed. 1977, ch. 5), with quotas made whole by the
    largest remainders (the method of Hamilton: Balinski and Young, Fair Representation, 2nd ed. 2001); of equal
    remainders the larger stratum's comes first, then the one given first. A stratum whose quota is below one gives
    one, and the quotas of the others are taken of what is left.

    Args:
        sizes: Of the strata, each at least 1.
        number: At least as many as there are strata; never more are given than there are.

    >>> allocation([70, 20, 9, 1], 10)
    [6, 2, 1, 1]
    """
    ones: set[int] = set()
    while True:
        others = [index for index in range(len(sizes)) if index not in ones]
        total = sum(sizes[index] for index in others)
        left = min(number - len(ones), total)
        small = {index for index in others if sizes[index] * left < total}
        if not small:
            break
        ones |= small
    given = [1] * len(sizes)
    for index in others:
        given[index] = sizes[index] * left // total
    rest = left - sum(given[index] for index in others)
    by_remainder = sorted(others, key=lambda index: (-(sizes[index] * left % total), -sizes[index], index))
    for index in by_remainder[:rest]:
        given[index] += 1
    return given


def design_path(sample: Path) -> Path:
    """Return where the design of a sample is kept."""
    return sample.with_name(sample.name + SUFFIX)


def write_design(design: Design, path: Path) -> None:
    """Write a design as JSON."""
    with replaced(path) as temporary:
        temporary.write_text(json_text(asdict(design), indent=1) + "\n", "utf-8", newline="\n")


def read_design(path: Path) -> Design:
    """Read a design that `write_design` wrote.

    Raises:
        InputError: The file cannot be read.
        DataError: It holds something else.
    """
    record: Any = read_json(path)
    try:
        strata = tuple(
            Stratum(
                None if each["values"] is None else tuple(each["values"]), int(each["statements"]), int(each["drawn"])
            )
            for each in record["strata"]
        )
        design = Design(chosen_fields(",".join(record["by"])), int(record["seed"]), strata)
    except (KeyError, TypeError, ValueError, UsageError) as error:
        raise DataError(f"{path}: no design of a sample ({error!r}); 'quotes sample' writes one") from error
    return design
