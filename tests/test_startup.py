"""What starting costs: nothing heavy is loaded before it is needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = ("spacy", "textacy", "numpy", "pydantic", "dateparser", "pycountry", "nameparser", "sklearn", "scipy")
LIMIT = 0.3
"""Seconds of the processor that ``quotes --help`` takes; twice what it takes on a usual one."""


def python(code: str) -> str:
    """Run code in a new interpreter and return what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, timeout=60, env=environment, text=True
    )
    return run.stdout


@pytest.mark.parametrize("start", ["import quotes", "import quotes.cli.application"])
def test_starting_loads_nothing_heavy(start: str) -> None:
    """Importing the package or its commands loads none of the heavy libraries."""
    loaded = python(f"import sys\n{start}\nprint(*sys.modules)").split()
    assert not set(HEAVY) & set(loaded)


def test_help_answers_in_time() -> None:
    """The help costs little; the best of three counts, since files may have to come from the disk."""
    resource = pytest.importorskip("resource")
    taken = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        python("from quotes.cli import main\nmain(['--help'])")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    assert min(taken) < LIMIT


def test_every_public_name_is_there() -> None:
    """Each name in __all__ can be used, is listed by dir(), and comes from where its documentation says."""
    import quotes

    for name in quotes.__all__:
        assert getattr(quotes, name) is not None, name
        assert name in dir(quotes)


def test_a_name_that_is_not_there() -> None:
    """A name that does not exist is an AttributeError, as in any module."""
    import quotes

    with pytest.raises(AttributeError, match="no attribute 'extarct'"):
        _ = quotes.extarct
