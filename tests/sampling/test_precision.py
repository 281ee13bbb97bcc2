"""What a judged sample says of its archive."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import DataError
from quotes.review.summary import Share
from quotes.sampling import Design, Stratum, precision_of_sample, stratified
from quotes.sampling.precision import Estimate
from quotes.text.document import make_document
from quotes.validation.expectations import expectations_of
from quotes.validation.fixtures import Fixture
from tests.conftest import make_statement

ARTICLE = "Said one two. Said three four. Said five six. Said seven eight.\n"


def fixture(statements: list[dict[str, object]], extra: tuple[str, ...] = ()) -> Fixture:
    """What a reviewer expects of the article."""
    document = make_document(ARTICLE, document_id="a")
    extras = [{**expected(said), "xfail": "no statement"} for said in extra]
    record = {"statements": statements, "extra_allowed": extras}
    return Fixture("a", document, expectations_of(record, "a", ARTICLE))


def expected(said: str, **fields: object) -> dict[str, object]:
    """An expected statement with these words."""
    at = ARTICLE.index(said)
    return {"content": {"spans": [{"start": at, "end": at + len(said), "text": said}]}, **fields}


def found(said: str, kind: str = "indirect") -> object:
    """A drawn statement with these words."""
    base = make_statement(said, at=ARTICLE.index(said), document="a", id=said, kind=kind)
    info = base.provenance.document.model_copy(update={"sha256": make_document(ARTICLE).sha256})
    return base.model_copy(update={"provenance": base.provenance.model_copy(update={"document": info})})


DESIGN = Design(("kind",), 0, (Stratum(("direct",), 900, 2), Stratum(("indirect",), 100, 2)))


def test_a_sample_by_hand() -> None:
    """Of 900 direct ones one of two is right, of 100 indirect ones both, one of them by the wrong speaker."""
    sample = [found("one two", "direct"), found("three four", "direct"), found("five six"), found("seven eight")]
    judged = fixture(
        [
            expected("one two", kind="direct"),
            expected("five six", speaker={"name": "Bo Lind", "entity": "e1"}),
            expected("seven eight", speaker={"name": "Ann Kord", "entity": "e2"}),
        ],
        extra=("three four",),
    )
    result = precision_of_sample(sample, DESIGN, [judged])
    assert (result.statements, result.drawn, result.judged, result.covered) == (1000, 4, 4, 1.0)
    # 0.9 * 1/2 + 0.1 * 2/2, and 0.9 * 1/2 + 0.1 * 1/2; worth 1 / (0.81 / 2 + 0.01 / 2) = 2.439 judgements
    assert result.precision == Estimate(0.55, 0.1291, 0.9097)
    assert result.exact.share == 0.5
    assert [(each.precision.right, each.precision.of, each.exact.right) for each in result.strata] == [
        (1, 2, 1),
        (2, 2, 1),
    ]


def test_what_nobody_judged() -> None:
    """Optional statements and articles without a fixture count nowhere; their stratum is not covered."""
    sample = [found("one two", "direct"), found("five six"), found("seven eight")]
    judged = fixture([expected("one two", optional=True), expected("five six")])
    result = precision_of_sample(sample, DESIGN, [judged])
    assert (result.judged, result.covered) == (2, 0.1)
    assert result.precision.share == 0.5
    nothing = precision_of_sample(sample, DESIGN, [])
    assert (nothing.judged, nothing.precision) == (0, Estimate(None, None, None))


def test_copies_of_one_article() -> None:
    """A statement that was drawn from two copies of an article is judged in both by what is expected of their text."""
    one = found("five six")
    info = one.provenance.document.model_copy(update={"id": "copy"})
    copy = one.model_copy(update={"provenance": one.provenance.model_copy(update={"document": info})})
    result = precision_of_sample([one, copy], DESIGN, [fixture([expected("five six")])])
    assert (result.judged, result.precision.share) == (2, 1.0)


def test_a_design_of_another_sample() -> None:
    """A statement of no stratum is an error, no zero."""
    with pytest.raises(DataError, match="of no stratum"):
        precision_of_sample([found("one two", "mixed")], DESIGN, [])


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 50), st.integers(0, 50)), min_size=1))
def test_any_estimate(given_: list[tuple[int, int, int]]) -> None:
    """The estimate lies within its interval, and that within 0 and 1; one stratum alone has its own share."""
    strata = [(size, Share.counted(right, right + wrong)) for size, right, wrong in given_]
    result = stratified(strata)
    if all(not share.of for _, share in strata):
        assert result.share is None
        return
    assert 0 <= result.low <= result.share + 1e-4
    assert result.share - 1e-4 <= result.high <= 1
    known = [each for each in strata if each[1].of]
    if len(known) == 1:
        assert (result.share, result.low, result.high) == (known[0][1].share, known[0][1].low, known[0][1].high)


@pytest.mark.parametrize("truth", [(0.95, 0.9, 0.7), (0.8, 0.8, 0.8), (0.99, 0.97, 0.5)])
def test_the_interval_holds(truth: tuple[float, ...]) -> None:
    """Of 2,000 samples of 100 from three strata at least 93 of 100 intervals have the truth in them."""
    sizes, drawn, chance = (700, 250, 50), (70, 25, 5), random.Random(1)
    whole = sum(size / 1000 * share for size, share in zip(sizes, truth, strict=True))
    hits = 0
    for _ in range(2000):
        rights = [sum(chance.random() < share for _ in range(n)) for share, n in zip(truth, drawn, strict=True)]
        shares = [Share.counted(right, n) for right, n in zip(rights, drawn, strict=True)]
        result = stratified(list(zip(sizes, shares, strict=True)))
        hits += result.low <= whole <= result.high
    assert hits >= 0.93 * 2000
