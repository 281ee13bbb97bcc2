"""The wheel: everything that the package needs, nothing else, and a description that an index can show."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

pytest.importorskip("hatchling", reason="hatchling is not installed (extra 'test')")

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (path,) = folder.glob("*.whl")
    return ZipFile(path)


def test_the_wheel_is_the_package(wheel: ZipFile) -> None:
    """Every file of the package is in it, word lists and weights too, and nothing from beside the package."""
    kept = (path for path in (ROOT / "quotes").rglob("*") if path.is_file() and path.suffix not in (".pyc", ".pyo"))
    expected = {path.relative_to(ROOT).as_posix() for path in kept}
    found = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert found == expected
    assert {"quotes/py.typed", "quotes/lexicon/en/cues.tsv", "quotes/scoring/weights/en.tsv"} <= found


def test_the_description_stands_alone(wheel: ZipFile) -> None:
    """No picture and no link in it leads to a file, which an index does not have; what the links say is kept."""
    (name,) = (each for each in wheel.namelist() if each.endswith(".dist-info/METADATA"))
    metadata = Parser().parsestr(wheel.read(name).decode("utf-8"))
    description = metadata.get_payload()
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert not re.search(r"<img|<picture|!\[", description)
    assert {
        target for target in re.findall(r"\]\(([^)]*)\)", description) if not target.startswith("https://")
    } == set()
    assert description.lstrip().startswith("# quotes")
    assert "- Tutorial: from nothing to an answer in ten minutes" in description
    assert len(description) > 0.9 * len((ROOT / "README.md").read_text("utf-8")) - 1000


def test_extras_are_for_users() -> None:
    """Whoever develops has one extra for tests and one for everything, which is the group of the same name."""
    extras = PROJECT["project"]["optional-dependencies"]
    assert {"test", "dev"} <= extras.keys()
    assert not {"docs", "browser", "service"} & extras.keys()
    assert PROJECT["dependency-groups"] == {"dev": [f"{PROJECT['project']['name']}[dev]"]}
