"""Extras stay extras: a plain install brings none of their packages, and plain use loads none."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
BROUGHT_ANYWAY = {
    "scikit-learn": "textacy needs it",
    "httpx": "spaCy needs weasel, which needs it",
}
"""Packages of extras that a dependency needs for itself, and why."""


def names(requirements: list[str], project: str = PROJECT["name"]) -> set[str]:
    """The packages that requirements name, but for the project itself and what is not for this machine."""
    read = [Requirement(each) for each in requirements]
    wanted = {canonicalize_name(each.name) for each in read if not each.marker or each.marker.evaluate({"extra": ""})}
    return wanted - {project}


def plain_install() -> set[str]:
    """Every package that the project's own dependencies bring, and theirs."""
    found: set[str] = set()
    open_ends = names(PROJECT["dependencies"])
    while open_ends:
        name = open_ends.pop()
        found.add(name)
        try:
            open_ends |= names(requires(name) or []) - found
        except PackageNotFoundError:  # one for another system or another version of Python
            continue
    return found


def test_a_plain_install_brings_no_extra() -> None:
    """No package of an extra is among the dependencies, nor among what they need."""
    of_extras = set().union(*(names(requirements) for requirements in EXTRAS.values()))
    assert {"fastapi", "uvicorn", "pyarrow", "duckdb", "ray", "playwright", "sphinx", "pytest"} <= of_extras
    plain = plain_install()
    assert {"spacy", "thinc", "pydantic"} <= plain
    assert of_extras & plain == set(BROUGHT_ANYWAY) & plain


def test_plain_use_loads_no_extra(tmp_path: Path) -> None:
    """Extracting, in every format, and viewing load no package of an extra."""
    (tmp_path / "a.txt").write_text("Ann Kord said that the bridge would close.", "utf-8")
    code = (
        "import sys\n"
        "from quotes.cli.application import run\n"
        "for form in ('json', 'csv', 'webannotation', 'tei'):\n"
        "    assert run(['extract', 'a.txt', '--format', form, '-o', 'out.' + form]) == 0\n"
        "assert run(['extract', 'a.txt', '--format', 'brat', '-o', 'brat']) == 0\n"
        "assert run(['view', 'a.txt', '-o', 'page.html']) == 0\n"
        "print('loaded:', *sys.modules)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(re.search(r"loaded: (.*)", done.stdout)[1].split())
    assert "spacy" in loaded
    modules = {
        "fastapi",
        "uvicorn",
        "starlette",
        "pyarrow",
        "duckdb",
        "ray",
        "sphinx",
        "playwright",
        "pytest",
        "trafilatura",
        "lxml",
        "mammoth",
        "pdfminer",
    }
    assert modules & loaded == set()
