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
def table(name: str, language: str = "en") -> MappingProxyType[str, tuple[str, ...]]:
    """Load a word list.

    Args:
        name: File name without ``.tsv``.
        language: Folder of the language.

    Returns:
        The entries in file order: key to the fields behind it (none: an empty tuple).

    Raises:
        DataError: There is no such list.
    """
    path = files(__name__) / language / f"{name}.tsv"
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError as error:
        raise DataError(
            f"no word list {name!r} for language {language!r}; reinstall quotes-attribution"
        ) from error
    entries: dict[str, tuple[str, ...]] = {}
    for line in lines:
        if line and not line.startswith("#"):
            key, *fields = line.split("\t")
            entries[key] = tuple(fields)
    return MappingProxyType(entries)


@cache
def words(name: str, language: str = "en") -> frozenset[str]:
    """Return only the keys of a word list.

    Raises:
        DataError: There is no such list.
    """
    return frozenset(table(name, language))
