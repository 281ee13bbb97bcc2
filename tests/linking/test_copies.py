"""Wire copy: which documents are copies, and of which."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from quotes.io.families import families_text
from quotes.linking import link
from quotes.linking.archive import LinkRun, linked_archive
from quotes.linking.copies import without_copies
from quotes.linking.people import People
from quotes.models import Statement
from tests.linking.reports_of_a_visit import DREDGING, FERRY, said

THINGS = (
    DREDGING,
    FERRY,
    "the mill on Varn street burned down in the night of Sunday",
    "nobody in the parish was hurt by falling beams",
)


def article(document: str, **fields: Any) -> list[Statement]:
    """An article that reports everything that was said, in the same words as the others."""
    return [said(thing, document=document, at=100 * i, sentence=i, **fields) for i, thing in enumerate(THINGS)]


def originals(*articles: list[Statement]) -> dict[str, str | None]:
    """For each document what it is a copy of, in the families of some articles."""
    families = link(each for own in articles for each in own)
    assert len(families) == len(THINGS)
    return {member.document: member.copy_of for family in families for member in family.members}


def test_the_earliest_is_the_report() -> None:
    """Whatever its name and its place in the input."""
    late, early = article("bay", published="2024-09-04"), article("tide", published="2024-09-03")
    assert originals(late, early) == {"bay": "tide", "tide": None}


def test_an_undated_copy_is_no_report() -> None:
    """Where another one has a day."""
    assert originals(article("bay", published=None), article("tide")) == {"bay": "tide", "tide": None}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_of_one_day_the_source_is_the_report(order: tuple[int, ...]) -> None:
    """The one whose publisher the others name as what carried the words."""
    articles = [article("bay"), article("tide", medium="Wire"), article("wire", publisher="Skarholm Wire")]
    assert originals(*(articles[at] for at in order)) == {"bay": "wire", "tide": "wire", "wire": None}


def test_a_publisher_that_names_itself_is_no_source() -> None:
    """An article that an outlet says it was told is no more the first than others."""
    assert originals(article("tide"), article("bay", medium="Bay")) == {"tide": None, "bay": "tide"}


@pytest.mark.parametrize("names", [("tide", "bay", "echo"), ("echo", "tide", "bay")])
def test_of_equal_ones_the_first_of_the_input_is_the_report(names: tuple[str, ...], tmp_path: Any) -> None:
    """Not the first of the alphabet; also in an archive."""
    statements = [each for name in names for each in article(name)]
    families = link(statements)
    assert {m.copy_of for f in families for m in f.members} == {names[0], None}
    run = LinkRun(lambda: (each.model_dump() for each in statements), tmp_path / "families.json", People())
    assert families_text(linked_archive(run)) == families_text(families)


def test_copies_are_left_out() -> None:
    """Each with all of its statements, the others in their order; two documents of one text have the same ids."""
    brief = [said("the museum needs a new roof", document="echo")]
    wire, bay = article("wire"), article("bay", published="2024-09-04")
    twin = [each.model_copy(update={"id": own.id}) for each, own in zip(article("twin"), wire, strict=True)]
    assert without_copies([bay, brief, wire, twin]) == [brief, wire]
