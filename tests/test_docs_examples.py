"""What the documentation shows is what comes out."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from quotes.syntax.pipeline import load_pipeline
from tests.docs_examples import (
    CONSOLE,
    FIGURES,
    FIRST_STATEMENT,
    MADE_FROM_CODE,
    PAGES,
    ROOT,
    lasting,
    made_from_code,
    refreshed,
)
from tests.reference_pages import GENERATED


def having(*signs: str) -> list[Path]:
    """Return the pages that hold one of these texts."""
    return [page for page in PAGES if any(sign in page.read_text("utf-8") for sign in signs)]


@pytest.mark.parametrize("page", having("```console", "<!-- figures", "```json"), ids=lambda page: page.name)
def test_outputs_are_as_shown(page: Path) -> None:
    """Commands print what stands behind them, but for numbers that change with each training run."""
    text = page.read_text("utf-8")
    assert lasting(refreshed(text)) == lasting(text)


def test_the_table_of_the_weights_is_exact() -> None:
    """The model card has the figures of the weights file that ships, to the last digit."""
    card = (ROOT / "docs" / "model-card.md").read_text("utf-8")
    assert FIGURES.findall(refreshed(card)) == FIGURES.findall(card) != []


@pytest.mark.parametrize("page", having("<!-- generated"), ids=lambda page: page.name)
def test_reference_is_made_from_the_code(page: Path) -> None:
    """Fields, options and word lists are those of the code, to the letter."""
    text = page.read_text("utf-8")
    assert made_from_code(text) == text


def test_every_generated_part_has_its_page() -> None:
    """Each part that is made from the code stands in one page."""
    found = [part["name"] for page in PAGES for part in MADE_FROM_CODE.finditer(page.read_text("utf-8"))]
    assert sorted(found) == sorted(GENERATED)


@pytest.mark.parametrize("page", having(">>> "), ids=lambda page: page.name)
def test_python_examples_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python sessions of a page give what it says they give."""
    load_pipeline.cache_clear()  # a page may save a pipeline under a name that another test has loaded
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert (failed, tried > 0) == (0, True)


def test_every_form_of_output_is_there() -> None:
    """There are console blocks, a table of figures and a first statement to compare."""
    everything = "\n".join(page.read_text("utf-8") for page in PAGES)
    assert len(CONSOLE.findall(everything)) >= 4
    assert FIGURES.search(everything)
    assert FIRST_STATEMENT.search(everything)
