"""What a review leaves: fixtures that are checked as they are, a corpus, and a summary."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotes.errors import OutputError
from quotes.evaluation import evaluate, read_corpus
from quotes.extractor import Extractor
from quotes.review import Desk, Share, begin, desks_below, open_desk, summarise, write_corpus, write_fixture
from quotes.review.items import FIELDS
from quotes.text.document import make_document, read_document
from quotes.validation import Comparison, compare, read_fixture, validate_fixture
from tests.browsers import ROOT
from tests.review.builders import begun, place
from tests.view.builders import library

REVIEW = begun(library(), candidates=1)
STAYS, HAD_TOLD, LEAKING, IT_WAS_NOT, NO_CHOICE = (item.key for item in REVIEW.items)
"""The last one is a candidate."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A review that is begun in a new folder."""
    made = open_desk(tmp_path, REVIEW.document, lambda _: REVIEW)
    yield made
    made.close()


def act(desk: Desk, **action: object) -> None:
    """Do an action."""
    desk.act(desk.revision, action)


def checked(desk: Desk) -> Comparison:
    """Export a review and compare what the extractor gave with it, as ``quotes validate`` does."""
    write_fixture(desk.folder, desk.review, desk.begun)
    given = [item.statement for item in desk.begun.items if item.origin == "extracted"]
    return compare("library", given, read_fixture(desk.folder).expectations)


def test_nothing_reviewed_yet(desk: Desk) -> None:
    """What waits is optional: there is nothing to check, and nothing is wrong."""
    found = checked(desk)
    assert (found.passed, found.expected) == (True, 0)


def test_every_kind_of_correction(desk: Desk) -> None:
    """Where the extractor gave something else a mark says so, field by field; the rest is checked."""
    review = desk.review
    act(desk, do="change", item=STAYS, field="kind", value="mixed")
    act(desk, do="mention", item=HAD_TOLD, role="speaker", span=place(review, "Kord", 100))
    act(desk, do="cue", item=HAD_TOLD, span=None)
    act(desk, do="note", item=HAD_TOLD, text="hard to say")
    act(desk, do="content", item=LEAKING, spans=[place(review, "the roof was")])
    act(desk, do="reject", item=IT_WAS_NOT)
    for key in (STAYS, HAD_TOLD, LEAKING, NO_CHOICE):
        act(desk, do="accept", item=key)
    act(desk, do="add", spans=[place(review, "Minister says library stays open")])
    act(desk, do="accept", item="a1")
    found = checked(desk)
    assert (found.passed, found.expected, found.right) == (True, 5, 0)
    marks = {(each.field, each.reason) for each in found.expected_failures}
    assert {field for field, _ in marks} == {
        *("kind", "speaker.mention", "speaker.name", "cue", "content", "extra", "found"),
    }
    assert ("kind", 'the extractor gives "indirect"') in marks
    assert ("cue", "hard to say") in marks


def test_a_better_extractor_is_told(desk: Desk) -> None:
    """When the extractor gives what was corrected, the mark has to go: the check fails."""
    act(desk, do="change", item=STAYS, field="kind", value="mixed")
    act(desk, do="accept", item=STAYS)
    write_fixture(desk.folder, desk.review, desk.begun)
    better = [item.statement for item in desk.review.items if item.origin == "extracted"]
    found = compare("library", better, read_fixture(desk.folder).expectations)
    assert [each.field for each in found.now_passing] == ["kind"]


def test_a_change_by_hand_is_not_overwritten(desk: Desk) -> None:
    """Files that somebody has changed since are left as they are."""
    act(desk, do="accept", item=STAYS)
    path = write_fixture(desk.folder, desk.review, desk.begun)
    assert write_fixture(desk.folder, desk.review, desk.begun) == path
    record = json.loads(path.read_text("utf-8"))
    record["statements"][0]["negated"] = True
    path.write_text(json.dumps(record), "utf-8")
    with pytest.raises(OutputError, match="is left as it is"):
        write_fixture(desk.folder, desk.review, desk.begun)
    assert json.loads(path.read_text("utf-8")) == record


def test_a_corpus_of_what_is_complete(desk: Desk) -> None:
    """Only an article in which everything is decided is a line of the corpus; candidates may wait."""
    parent = desk.folder.parent
    assert write_corpus(parent, {desk.folder.name: desk.review}) is None
    for key in (STAYS, HAD_TOLD, LEAKING):
        act(desk, do="accept", item=key)
    act(desk, do="reject", item=IT_WAS_NOT)
    path = write_corpus(parent, {desk.folder.name: desk.review})
    (article,) = read_corpus(path)
    assert (article.doc_id, article.text) == ("library", desk.review.document.text)
    assert len(article.relations) == 3
    first = article.relations[0]
    assert [span.of(article.text) for span in first.content] == ["The library", "would stay open"]
    assert [span.of(article.text) for span in (*first.source, *first.cue)] == ["Ann Kord", "said"]
    assert first.content[1].start == place(desk.review, "would stay open")[0]
    act(desk, do="wait", item=STAYS)
    assert write_corpus(parent, {desk.folder.name: desk.review}).read_text("utf-8") == ""
    path.write_text('{"doc_id": "mine", "text": "", "attributions": []}\n', "utf-8")
    with pytest.raises(OutputError, match="is left as it is"):
        write_corpus(parent, {desk.folder.name: desk.review})


ARTICLES = ("disaster-ferry-capsize", "state-visit-curly-marks", "transcript-harbor-commission")


@pytest.mark.parametrize("name", ARTICLES)
def test_all_accepted_is_all_right(name: str, extractor: Extractor, tmp_path: Path) -> None:
    """With every statement accepted as it is the fixture has no mark, and the corpus no error."""
    document = read_document(ROOT / "fixtures" / name / "article.txt", published="2024-03-19", title="Given")
    desk = open_desk(tmp_path, document, lambda each: begin(each, extractor))
    extracted = [item for item in desk.review.items if item.origin == "extracted"]
    for item in extracted:
        act(desk, do="accept", item=item.key)
    write_fixture(desk.folder, desk.review, desk.begun)
    found = validate_fixture(read_fixture(desk.folder), extractor)
    assert (found.passed, found.right, found.expected_failures) == (True, len(extracted), ())
    corpus = read_corpus(write_corpus(tmp_path, {desk.folder.name: desk.review}))
    given = [item.statement for item in extracted]
    report = evaluate(corpus, {corpus[0].doc_id: given})
    cued = any(relation.cue for relation in corpus[0].relations)
    assert (report.quotes.f1.value, report.quotes_with_source.f1.value, report.cue_accuracy.value) == (1, 1, cued)
    desk.close()


@pytest.mark.parametrize(("name", "has_candidates"), [*zip(ARTICLES, (True, True, False), strict=True)])
def test_candidates_are_statements(name: str, has_candidates: bool, extractor: Extractor) -> None:
    """What was nearly taken has exact offsets, the people of the article, and a reason; nothing is offered twice."""
    document = read_document(ROOT / "fixtures" / name / "article.txt")
    review = begin(document, extractor)
    origins = Counter(item.origin for item in review.items)
    assert (origins["candidate"] > 0) == has_candidates
    assert len({item.key for item in review.items}) == len(review.items)
    for item in review.items:
        statement = item.statement
        for span in statement.content.spans:
            assert document.text[span.start : span.end] == span.text
        assert item.why or item.origin == "extracted"
    given = {i.statement.id for i in review.items if i.origin == "extracted"}
    assert given == {each.id for each in extractor.extract_document(document)}


def test_a_text_whose_reading_differs(extractor: Extractor) -> None:
    """Offsets are those of the text as it is, where the stages read another one."""
    text = "“The pier is\u00a0shut,”\r\nAnn Kord said on Friday.\r\n\r\nShe believes that\r\nthe pier is old.\r\n"
    review = begin(make_document(text, document_id="pier"), extractor)
    assert review.items
    for item in review.items:
        for span in item.statement.content.spans:
            assert text[span.start : span.end] == span.text
    outer, inner = review.quotations[0]
    assert (outer.of(text), inner.of(text)) == ("“The pier is\u00a0shut,”", "The pier is\u00a0shut,")
    assert review.sentences[0] in {0, 1}


def test_summary(desk: Desk) -> None:
    """Precision, recall and corrections are counted from the decisions, each with its interval."""
    act(desk, do="change", item=STAYS, field="kind", value="mixed")
    for key in (STAYS, HAD_TOLD, NO_CHOICE):
        act(desk, do="accept", item=key)
    act(desk, do="reject", item=LEAKING)
    found = summarise([desk.review])
    assert (found.articles, found.complete, found.extracted, found.waiting, found.added) == (1, 0, 4, 1, 1)
    assert found.precision == Share.counted(2, 3)
    assert found.exact == Share.counted(1, 3)
    assert found.recall == Share(0, 0, None, None, None)
    assert {field: share.right for field, share in found.fields.items()} == {**dict.fromkeys(FIELDS, 2), "kind": 1}
    assert list(found.rules) == ["clausal_complement"]
    assert found.rules["clausal_complement"].corrected == {"kind": 1}
    act(desk, do="accept", item=IT_WAS_NOT)
    act(desk, do="optional", item=IT_WAS_NOT, value=True)
    found = summarise(each.review for each in desks_below(desk.folder.parent))
    assert (found.complete, found.optional, found.precision.of) == (1, 1, 3)
    assert found.recall == Share.counted(2, 3)


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (92, 100, 0.8501, 0.9590), (1, 1, 0.2065, 1.0)],
)
def test_wilson(right: int, of: int, low: float, high: float) -> None:
    """The interval is Wilson's, as tables give it."""
    share = Share.counted(right, of)
    assert (share.low, share.high) == pytest.approx((low, high), abs=1e-4)
