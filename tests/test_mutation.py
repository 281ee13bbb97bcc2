"""The benchmark that breaks the rules and counts what the tests notice."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from benchmarks import mutation
from benchmarks.mutation import Mutant, mutants_of, put_in_place, sampled

SOURCE = """
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_KNOWN = frozenset({"say", "tell"})
_MORE = _KNOWN | {"ask"}


@cache
def knows(word: str, *, strict: bool = True) -> bool:
    if not word:
        return False
    assert len(word) < 99
    return word in _MORE and 1 < len(word)
"""


def shown(source: str) -> list[str]:
    """The changes of a source, in a word each."""
    return [each.shown for each in mutants_of("a.py", source.encode())]


def test_every_kind_of_change() -> None:
    """Elements go; operators, conditions, numbers and answers change; assertions stay as they are."""
    assert shown(SOURCE) == [
        "- 'say'",
        "- 'tell'",
        "- 'ask'",
        "- True  + False",
        "- not word  + False",
        "- not word  + word",
        "- False  + True",
        "- word in _MORE and 1 < len(word)  + True",
        "- word in _MORE and 1 < len(word)  + False",
        "- word in _MORE and 1 < len(word)  + word in _MORE or 1 < len(word)",
        "- word in _MORE and 1 < len(word)  + 1 < len(word)",
        "- word in _MORE and 1 < len(word)  + word in _MORE",
        "- word in _MORE  + word not in _MORE",
        "- 1 < len(word)  + 1 <= len(word)",
        "- 1  + 2",
        "- 1  + 0",
    ]


def test_where_a_change_is() -> None:
    """A change knows its function and lines, and the names that depend on one outside of functions."""
    first, *_, last = mutants_of("a.py", SOURCE.encode())
    assert (first.function, first.names, first.line) == ("", {"_KNOWN", "_MORE"}, 8)
    assert (last.function, last.returns, last.lines) == ("knows", "bool", range(17, 18))


def test_a_change_takes_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever holds a function, cached or not, has the changed one, and changed names are there too."""
    (tmp_path / "broken_rules.py").write_text(SOURCE, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(mutation, "ROOT", tmp_path)
    module = importlib.import_module("broken_rules")
    monkeypatch.delitem(sys.modules, "broken_rules")
    monkeypatch.setitem(sys.modules, "broken_rules", module)
    held = module.knows
    changes: dict[str, Mutant] = {
        each.shown: each for each in mutants_of("broken_rules.py", SOURCE.encode()) if each.edit[2]
    }
    assert (held("say"), held("")) == (True, False)
    put_in_place(changes["- 'say'"])
    held.cache_clear()
    assert (held("say"), held("tell")) == (False, True)
    put_in_place(changes["- False  + True"])
    held.cache_clear()
    assert (held("say"), held("")) == (False, True)


def test_each_package_has_its_share() -> None:
    """A sample is spread over the packages by their size, and the same seed draws the same one."""
    some = {name: list(mutants_of(f"{name}.py", SOURCE.encode() * size)) for name, size in {"a": 1, "b": 3}.items()}
    drawn = sampled(some, 20, 1)
    assert [sum(each.path == path for each in drawn) for path in ("a.py", "b.py")] == [5, 15]
    assert drawn == sampled(some, 20, 1)
    assert drawn != sampled(some, 20, 2)
