"""Word lists, kept as data: one ``.tsv`` file each in ``lexicon/<language>/``.

A file starts with comment lines (``#``) that say where the words come from,
what belongs in the list and what does not. Each other line is one entry:
tab-separated fields, the key first, sorted by key.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import MappingProxyType

from quotes.errors import DataError


@cache
def table(name: str) -> MappingProxyType[str, tuple[str, ...]]:
    """Return the entries of the word list ``name``.tsv in file order: key to the fields after it.

    Raises:
        DataError: There is no such list.
    """
    try:
        lines = (files(__name__) / "en" / f"{name}.tsv").read_text("utf-8").splitlines()
    except FileNotFoundError as error:
        raise DataError(f"no word list {name!r} for language 'en'; reinstall quotes-attribution") from error
    entries: dict[str, tuple[str, ...]] = {}
    for line in lines:
        if line and not line.startswith("#"):
            key, *fields = line.split("\t")
            entries[key] = tuple(fields)
    return MappingProxyType(entries)


@cache
def words(name: str) -> frozenset[str]:
    """Return only the keys of a word list; see `table`."""
    return frozenset(table(name))
