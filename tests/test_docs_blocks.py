"""Every block of code of the documentation is run or compared: none goes unseen."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests import docs_examples
from tests.docs_blocks import ROOT, Block, blocks
from tests.docs_checks import CHECKS

ALL = blocks()

ELSEWHERE = {
    ("shell", "*"): "tests/test_docs_commands.py",
    ("console", "*"): "tests/test_docs_examples.py",
    ("pycon", "*"): "tests/test_docs_examples.py",
    ("json", "README.md"): "tests/test_docs_examples.py",
    ("text", "docs/options.md"): "tests/test_docs_examples.py",
    ("text", "docs/rules.md"): "tests/test_rules_page.py",
    ("text", "docs/corpus.md"): "tests/corpus/test_corpus_arrow.py",
    ("python", "docs/corpus.md"): "tests/corpus/test_corpus_docs.py",
    ("sql", "docs/querying.md"): "tests/corpus/test_corpus_docs.py",
}
"""Blocks (language, page) that another test runs."""


def language(block: Block) -> str:
    """The language of a block; a Python session is one whatever its fence says."""
    return "pycon" if block.language == "python" and ">>> " in block.text else block.language


def elsewhere(block: Block) -> str | None:
    """The test that runs a block, where it is not one of these."""
    found = [test for (kind, page), test in ELSEWHERE.items() if kind == language(block) and fnmatch(block.page, page)]
    return found[0] if found else None


@pytest.mark.parametrize("block", ALL, ids=str)
def test_something_runs_it(block: Block) -> None:
    """A block is of a language and on a page for which there is a check, or a test that is named."""
    here = [kind for kind, page in CHECKS if kind == language(block) and fnmatch(block.page, page)]
    test = elsewhere(block)
    assert here or test, f"{block}: no test runs this block; give it one in tests/docs_checks.py"
    if test == "tests/test_docs_examples.py":
        assert ROOT / block.page in docs_examples.PAGES
    elif test and block.language != "shell":
        assert Path(block.page).name in (ROOT / test).read_text("utf-8")


def test_no_check_is_idle() -> None:
    """Each kind that is named here or elsewhere occurs in the documentation."""
    kinds = [*CHECKS, *ELSEWHERE]
    idle = [
        (kind, page)
        for kind, page in kinds
        if not any(language(block) == kind and fnmatch(block.page, page) for block in ALL)
    ]
    assert idle == []


def of(kind: str, page: str) -> list[Block]:
    """The blocks of a language on some pages that are run here."""
    return [b for b in ALL if language(b) == kind and fnmatch(b.page, page) and elsewhere(b) is None]


RUN_HERE = [(block, check) for (kind, page), check in CHECKS.items() for block in of(kind, page)]


@pytest.mark.parametrize(("block", "check"), RUN_HERE, ids=lambda value: str(value) if isinstance(value, Block) else "")
def test_blocks_are_right(block: Block, check: Callable[[Block], None], docs_folder: Path) -> None:
    """A block that is no command does what its page says, in a folder with the files that it names."""
    check(block)
