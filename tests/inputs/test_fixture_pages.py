"""The articles of the fixtures as pages: what is found in them is what is found in the plain texts."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.text.document import read_document
from tests.inputs.pages import TEMPLATES

if TYPE_CHECKING:
    from quotes.extractor import Extractor
    from quotes.text.document import Document

pytest.importorskip("trafilatura", reason="needs the extra 'web'")

FIXTURES = Path(__file__).parents[2] / "fixtures"
ARTICLES = sorted(FIXTURES.glob("*/article.txt"))
LEAST = 0.97
"""Share of the statements of the plain texts, with the same words and speaker, that a template must give."""


def found(extractor: Extractor, document: Document) -> Counter[tuple[str, str | None]]:
    """The contents and speakers of a document, in any white space."""
    return Counter(
        (" ".join(each.content.text.split()), each.speaker.name if each.speaker else None)
        for each in extractor.extract_document(document)
    )


@pytest.fixture(scope="module")
def plain(extractor: Extractor) -> dict[Path, Counter[tuple[str, str | None]]]:
    """What is found in each plain text."""
    return {path: found(extractor, read_document(path)) for path in ARTICLES}


@pytest.mark.parametrize("template", TEMPLATES)
def test_pages_give_what_plain_texts_give(
    template: str, tmp_path: Path, extractor: Extractor, plain: dict[Path, Counter[tuple[str, str | None]]]
) -> None:
    """At least 97 % of the statements come back from each template, and next to nothing else."""
    same = extra = 0
    for path, wanted in plain.items():
        about = json.loads(path.with_name("metadata.json").read_text("utf-8"))
        lines = [line.strip() for line in path.read_text("utf-8").split("\n") if line.strip()]
        title = about.get("title") or lines[0]
        page = tmp_path / f"{path.parent.name}.html"
        page.write_text(TEMPLATES[template](title, lines[1:] if lines[0] == title else lines), "utf-8")
        document = read_document(page, publisher=about.get("publisher"), published=about.get("published"))
        assert document.title == title
        got = found(extractor, document)
        same += (got & wanted).total()
        extra += (got - wanted).total()
    total = sum(each.total() for each in plain.values())
    assert same >= LEAST * total, f"{same} of {total}"
    assert extra <= (1 - LEAST) * total, f"{extra} that the plain texts do not give"
