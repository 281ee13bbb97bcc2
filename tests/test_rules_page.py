"""docs/rules.md has a section for every rule, and its examples come out as it says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.candidates.pieces import content_of
from quotes.text.document import make_document

if TYPE_CHECKING:
    from quotes.extractor import Extractor

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "rules.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
MARKS = re.compile(r"[\[\]<>]")
EDGES = " \t\n.,;:!?“”\"'"

NAMING = {"_RULE_OF", "rule", "TURN", "FLOATING", "BLOCK", "PREPOSITIONAL_RULE"}
"""What names of rules are assigned to."""
MAKING = {"Candidate", "Candidate.without_cue", "_contents", "_labelled"}
"""What they are given to."""

rules = pytest.mark.parametrize("rule", sorted(SECTIONS))


@pytest.fixture(scope="module")
def everything() -> Extractor:
    """An extractor that gives every attitude."""
    from quotes.extractor import Extractor

    return Extractor(attitudes="all")


def example(rule: str, label: str) -> str | None:
    """Return the text under "Found:" (or another label) in a rule's section, None without one."""
    found = re.search(rf"^{label}\b[^\n]*:\n\n```text\n(.*?)\n```", SECTIONS[rule], re.MULTILINE | re.DOTALL)
    return found and found[1]


def content(marked: str) -> list[str]:
    """Return what is in brackets."""
    return [piece.strip(EDGES) for piece in re.findall(r"\[(.*?)\]", marked, re.DOTALL)]


def cue(marked: str) -> str | None:
    """Return what is in angle brackets, None without them."""
    found = re.search(r"<(.*?)>", marked)
    return found and found[1]


def rule_names() -> Iterator[str]:
    """Yield every name that the code of the constructions gives to a candidate."""
    for path in (ROOT / "quotes" / "candidates").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in NAMING:
                yield from texts(node.value.values if isinstance(node.value, ast.Dict) else [node.value])
            elif isinstance(node, ast.Call) and ast.unparse(node.func) in MAKING:
                yield from texts(node.args)


def texts(nodes: list[ast.expr]) -> Iterator[str]:
    """Yield the texts that expressions may be, both branches of a conditional one."""
    for node in nodes:
        if isinstance(node, ast.IfExp):
            yield from texts([node.body, node.orelse])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_every_rule_has_its_section_and_its_row() -> None:
    """The names in the code, the sections and the rows of the table are the same."""
    assert set(rule_names()) == set(SECTIONS)
    assert re.findall(r"^\| \[`(\w+)`\]\(#(\w+)\) \|", PAGE, re.MULTILINE) == [(name, name) for name in SECTIONS]


@rules
def test_example_is_found_by_its_rule(rule: str, everything: Extractor) -> None:
    """The marked example comes out by its rule, with the content and the cue that are marked."""
    marked = example(rule, "Found")
    if marked is None:
        assert example(rule, "Candidate")
        return
    found = [each for each in everything.extract(MARKS.sub("", marked)) if each.provenance.rule == rule]
    contents = [[span.text.strip(EDGES) for span in each.content.spans] for each in found]
    assert content(marked) in contents
    statement = found[contents.index(content(marked))]
    assert (statement.cue and statement.cue.text) == cue(marked)


@rules
def test_example_is_a_candidate(rule: str, everything: Extractor) -> None:
    """An example that is no statement is still a candidate of its rule with the marked content."""
    marked = example(rule, "Candidate")
    if marked is None:
        assert example(rule, "Found")
        return
    analysis = everything.analyse(make_document(MARKS.sub("", marked)))
    contents = [
        [span.of(analysis.article.document.text).strip(EDGES) for span in content_of(analysis.article, extent.pieces)]
        for candidate in analysis.candidates
        if candidate.rule == rule
        for extent in candidate.extents
    ]
    assert content(marked) in contents


@rules
def test_counter_example_is_not_found(rule: str, everything: Extractor) -> None:
    """No statement comes of the counter-example by this rule."""
    text = example(rule, "Not found")
    assert text is not None
    assert rule not in [each.provenance.rule for each in everything.extract(text)]
