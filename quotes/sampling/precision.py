"""What the judgement of a sample says of the archive that it was drawn from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quotes.errors import DataError
from quotes.io.json import statement_record
from quotes.models import Statement
from quotes.review.summary import Share, wilson
from quotes.sampling.design import Design, Values
from quotes.validation.comparison import field_differences
from quotes.validation.expectations import Expectations
from quotes.validation.fixtures import Fixture
from quotes.validation.matching import Said, matched


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reviewer says of one statement: whether it is one, and whether all fields that were judged are right."""

    right: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class StratumPrecision:
    """What was judged of one stratum.

    Attributes:
        values: Of the design's fields; None for all small strata together.
        statements: How many the archive has.
        drawn: How many the sample has.
        precision: Of those judged, the ones that are statements.
        exact: Of those judged, the ones that are right in every field.
    """

    values: Values | None
    statements: int
    drawn: int
    precision: Share
    exact: Share


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of the archive's statements, and where it is with 95 % probability; None without a judgement."""

    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Precision:
    """What a sample says of the archive.

    Attributes:
        by: Fields that make the strata.
        statements: Of the archive.
        drawn: Of them, those in the sample.
        judged: Of those, the judged ones.
        covered: Share of the archive's statements whose stratum has a judged one; the estimates hold for those.
        precision: Share of statements that are some.
        exact: Share of those that are right in every field too.
        strata: Each by itself.
    """

    by: tuple[str, ...]
    statements: int
    drawn: int
    judged: int
    covered: float
    precision: Estimate
    exact: Estimate
    strata: tuple[StratumPrecision, ...]


def precision_of_sample(sample: Sequence[Statement], design: Design, fixtures: Iterable[Fixture]) -> Precision:
    """Return how right the statements of an archive are, from what is expected of the articles of a sample.

    A drawn statement is right where its article's fixture expects it, and wrong where it does not, or names it as
    a known extra. What is optional there is not judged, nor is an article without a fixture.

    Raises:
        DataError: The sample is not the one of the design.
    """
    expected = {each.document.sha256: each.expectations for each in fixtures}
    by_document: defaultdict[tuple[str, str], list[Statement]] = defaultdict(list)  # copies have one text
    judged: dict[Values | None, list[Judgement]] = {each.values: [] for each in design.strata}
    for statement in sample:
        document = statement.provenance.document
        by_document[document.id, document.sha256].append(statement)
    for (_, text), statements in by_document.items():
        for statement, judgement in _judged(statements, expected.get(text)):
            values = design.stratum_of(statement.model_dump())
            if values not in judged:
                raise DataError(
                    f"statement {statement.id} is of no stratum of the design; the two are of other samples"
                )
            judged[values] += [judgement] if judgement else []
    strata = tuple(
        StratumPrecision(
            each.values,
            each.statements,
            each.drawn,
            Share.counted(sum(one.right for one in judged[each.values]), len(judged[each.values])),
            Share.counted(sum(one.exact for one in judged[each.values]), len(judged[each.values])),
        )
        for each in design.strata
    )
    known = sum(each.statements for each in strata if each.precision.of)
    return Precision(
        by=design.by,
        statements=design.statements,
        drawn=design.drawn,
        judged=sum(each.precision.of for each in strata),
        covered=known / design.statements,
        precision=stratified([(each.statements, each.precision) for each in strata]),
        exact=stratified([(each.statements, each.exact) for each in strata]),
        strata=strata,
    )


def stratified(strata: Sequence[tuple[int, Share]]) -> Estimate:
    """Return the share of a whole from those of its strata, each with its size.

    The share is the mean of the strata's, weighted by their sizes (Cochran, Sampling Techniques, 3rd ed. 1977, ch. 5
    and 5A). Its interval is Wilson's for the effective number of judgements, 1 / sum(weight² / judgements) (Kish,
    Survey Sampling, 1965): it holds where a stratum has a single one, and where all are right. That makes it rather
    too wide than too narrow: neither the gain by the strata nor that most of a small archive was seen is counted.
    Strata without a judgement are left out.

    >>> stratified([(900, Share.counted(9, 10)), (100, Share.counted(1, 2))])
    Estimate(share=0.86, low=0.5759, high=0.9653)
    """
    known = [(size, each) for size, each in strata if each.of]
    total = sum(size for size, _ in known)
    if not total:
        return Estimate(None, None, None)
    share = sum(size / total * each.right / each.of for size, each in known)
    effective = 1 / sum((size / total) ** 2 / each.of for size, each in known)
    low, high = wilson(share, effective)
    return Estimate(round(share, 4), round(low, 4), round(high, 4))


def _judged(
    statements: Sequence[Statement], expectations: Expectations | None
) -> Iterator[tuple[Statement, Judgement | None]]:
    """Yield the statements of a text with what a reviewer says of each; None where nothing is said."""
    known = (*expectations.statements, *expectations.extra_allowed) if expectations else ()
    wanted = len(expectations.statements) if expectations else 0
    pairs = matched([each.said for each in known], [_said(each) for each in statements])
    answered = {found: index for index, found in pairs.items()}
    for found, statement in enumerate(statements):
        index = answered.get(found)
        if expectations is None or (index is not None and known[index].optional):
            yield statement, None
        elif index is None or index >= wanted:
            yield statement, Judgement(right=False, exact=False)
        else:
            differences = field_differences(known[index].fields, statement_record(statement))
            # Who is the same in other statements cannot be told from a few of them.
            exact = all(each.field.endswith(".entity") for each in differences)
            yield statement, Judgement(right=True, exact=exact)


def _said(statement: Statement) -> Said:
    spans = statement.content.spans
    return Said(tuple(span.text for span in spans), spans[0].start)
