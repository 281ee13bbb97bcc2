"""Floors under the quality of what is found: no change may bring it below them.

A single case that fails is told by the tests of fixtures and rules; these say
how much is right altogether, cases marked as failing included.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.name_confidence import judged
from quotes.evaluation import evaluate, read_corpus
from quotes.evaluation.floors import parsed_floors, shortfalls
from quotes.evaluation.report import calibration
from quotes.io.json import statement_record
from quotes.scoring.names import SURE
from quotes.text.document import make_document
from quotes.validation import find_fixtures, read_fixture, validate_fixture
from quotes.validation.matching import Said, matched
from tests.test_rules import CASES, faults_of, field_faults, found_in

if TYPE_CHECKING:
    from quotes.extractor import Extractor

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SEEDS, DEV = SHARED / "seeds" / "cases.jsonl", SHARED / "polnear" / "dev.jsonl"
WITH_NAMES = (
    SHARED / "wild" / "wild_open.jsonl",
    *(SHARED / "challenge" / name for name in ("cases.jsonl", "reports.jsonl")),
    ROOT / "fixtures",
)
SURE_NAMES, SURE_NAMES_RIGHT, NAMES_OFF = 0.7, 0.975, 0.05
FIXTURES_RIGHT = 0.77
RULES_RIGHT = 0.88
DEV_FLOORS = ("quotes=73", "quotes_with_source=66", "direct.recall=92")


def test_fixtures(extractor: Extractor) -> None:
    """Of the statements that the fixtures expect, most come out as expected."""
    results = [validate_fixture(read_fixture(each), extractor) for each in find_fixtures(ROOT / "fixtures")]
    expected = sum(each.expected for each in results)
    right = sum(each.right for each in results)
    assert right / expected >= FIXTURES_RIGHT, f"{right} of {expected} statements are right"


def test_rules(extractor: Extractor) -> None:
    """Of the statements that the rule cases expect, most come out as expected."""
    answers = [right for case in CASES for right in rightness(case.fields, extractor)]
    assert sum(answers) / len(answers) >= RULES_RIGHT, f"{sum(answers)} of {len(answers)} are right"


def rightness(case: Mapping[str, Any], extractor: Extractor) -> Iterator[bool]:
    """Yield for each required statement of a case whether it was found with all its fields."""
    found = found_in(case, extractor)
    pieces = [[span["text"] for span in record["content"]["spans"]] for record in found]
    expected = case["statements"]
    pairs = matched(
        [Said(tuple(each["content"]), rank=int(each.get("optional", False))) for each in expected],
        [Said(tuple(texts)) for texts in pieces],
    )
    for index, each in enumerate(expected):
        if not each.get("optional"):
            yield index in pairs and not list(field_faults(each, found[pairs[index]]))


@pytest.mark.skipif(not SEEDS.is_file(), reason="the seed articles are not next to this checkout")
def test_seed_articles(extractor: Extractor) -> None:
    """In the two articles that the software was first wanted for all is found, and nothing else.

    Who said it, to whom and through what have to be right; where exactly a
    content or a mention ends is what the other floors measure.
    """
    cases = [json.loads(line) for line in SEEDS.read_text("utf-8").splitlines()]
    for case in cases:
        found = extractor.extract(case["text"], published=case["published"])
        expected = {"statements": [without_edges(each) for each in case["statements"]]}
        faults = faults_of(expected, [statement_record(each) for each in found])
        assert [fault for fault in faults if fault.field != "content"] == []


def without_edges(expected: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out how the speaker is mentioned, and whether a medium that is not there was inherited."""
    ignored = {"speaker"} if expected["medium"] else {"speaker", "medium_inherited"}
    return {key: value for key, value in expected.items() if key not in ignored}


@pytest.mark.skipif(not DEV.is_file(), reason="the development corpus is not next to this checkout")
def test_development_corpus(extractor: Extractor) -> None:
    """On news that the weights were not learned from, no figure falls below its floor."""
    from quotes.extractor import Extractor as Everything

    articles = read_corpus(DEV)
    everything = Everything(attitudes="all", scorer=extractor.scorer)
    documents = [make_document(a.text, document_id=a.doc_id, published=a.published) for a in articles]
    found = dict(zip((a.doc_id for a in articles), everything.pipe(documents), strict=True))
    report = evaluate(articles, found)
    missed = shortfalls(report, parsed_floors(DEV_FLOORS, with_roles=False))
    assert not missed, "; ".join(missed)


@pytest.mark.skipif(
    not all(each.exists() for each in WITH_NAMES), reason="annotated names are not next to this checkout"
)
def test_confidence_of_names(extractor: Extractor) -> None:
    """Of speakers' names most are sure, the sure ones are right, and a confidence is the share that is right."""
    names = [name for path in WITH_NAMES for name in judged(path, extractor) if name.role == "speaker"]
    sure = [name.right for name in names if name.confidence >= SURE]
    measured = calibration([(name.confidence, name.right) for name in names])
    assert measured is not None
    assert measured.expected_error <= NAMES_OFF
    assert len(sure) >= SURE_NAMES * len(names), f"only {len(sure)} of {len(names)} names are sure"
    assert sum(sure) >= SURE_NAMES_RIGHT * len(sure), f"{sum(sure)} of {len(sure)} sure names are right"
