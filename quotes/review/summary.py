"""How right the extractor was in what was reviewed, and so how far to trust what was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from quotes.review.items import FIELDS, Item, Review

Z = 1.959964
"""Standard deviations of a normal distribution within which 95 % of it are."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some are right, and between which shares the truth is with 95 % probability.

    The interval is Wilson's, which holds for few and for shares near 1 too; it takes the
    statements as drawn independently. All three shares are None where there is nothing to count.
    """

    right: int
    of: int
    share: float | None
    low: float | None
    high: float | None

    @classmethod
    def counted(cls, right: int, of: int) -> Share:
        """Return a share with its interval.

        >>> Share.counted(8, 10)
        Share(right=8, of=10, share=0.8, low=0.4902, high=0.9433)
        """
        if not of:
            return cls(0, 0, None, None, None)
        low, high = wilson(right / of, of)
        return cls(right, of, round(right / of, 4), round(low, 4), round(high, 4))


def wilson(share: float, of: float) -> tuple[float, float]:
    """Return between which shares the truth is with 95 % probability, by Wilson's score interval (1927).

    Args:
        share: Seen among those counted, 0 to 1.
        of: How many were counted, or as many as they are worth.
    """
    weight = Z * Z / of
    middle = (share + weight / 2) / (1 + weight)
    reach = Z * sqrt(share * (1 - share) / of + weight / (4 * of)) / (1 + weight)
    return max(middle - reach, 0.0), min(middle + reach, 1.0)


@dataclass(frozen=True, slots=True)
class RuleSummary:
    """What became of the statements that one rule found.

    Attributes:
        precision: Accepted, as they were or corrected.
        exact: Accepted as they were.
        corrected: How many were corrected, by field.
    """

    precision: Share
    exact: Share
    corrected: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Summary:
    """What reviews say of the extractor. Statements that are optional count nowhere but there.

    Attributes:
        articles: Number of reviews.
        complete: Of them, those in which everything is decided.
        extracted: Statements that the extractor gave.
        waiting: Of them, those that are not decided.
        optional: Of them, those that may as well be left out.
        added: Statements that it did not give: added, or accepted from the candidates; of complete reviews or not.
        precision: Of those decided, the accepted ones, corrected or not.
        exact: Of those decided, the ones accepted as they were.
        recall: In complete reviews, of all accepted statements the ones that the extractor gave.
        fields: Of those accepted, the ones that were right in a field.
        rules: By rule, the most common first.
    """

    articles: int
    complete: int
    extracted: int
    waiting: int
    optional: int
    added: int
    precision: Share
    exact: Share
    recall: Share
    fields: Mapping[str, Share]
    rules: Mapping[str, RuleSummary]


def summarise(reviews: Iterable[Review]) -> Summary:
    """Return what reviews say of the extractor that gave the statements."""
    every = list(reviews)
    whole = [review for review in every if review.is_complete()]
    extracted = [item for review in every for item in review.items if item.origin == "extracted"]
    counted = [item for item in extracted if item.decision != "waiting" and not item.optional]
    right = [item for item in counted if item.decision == "accepted"]
    rules = Counter(item.given.provenance.rule for item in counted if item.given)
    accepted = [i for r in whole for i in r.items if i.decision == "accepted" and not i.optional]
    return Summary(
        articles=len(every),
        complete=len(whole),
        extracted=len(extracted),
        waiting=sum(item.decision == "waiting" for item in extracted),
        optional=sum(item.decision != "waiting" and item.optional for item in extracted),
        added=sum(_is_added(item) for review in every for item in review.items),
        precision=Share.counted(len(right), len(counted)),
        exact=Share.counted(sum(not item.corrected for item in right), len(counted)),
        recall=Share.counted(sum(item.origin == "extracted" for item in accepted), len(accepted)),
        fields={
            field: Share.counted(sum(field not in item.corrected for item in right), len(right)) for field in FIELDS
        },
        rules={
            rule: _of_rule([item for item in counted if item.given and item.given.provenance.rule == rule])
            for rule, _ in sorted(rules.items(), key=lambda pair: (-pair[1], pair[0]))
        },
    )


def _is_added(item: Item) -> bool:
    return item.origin != "extracted" and item.decision == "accepted" and not item.optional


def _of_rule(counted: list[Item]) -> RuleSummary:
    right = [item for item in counted if item.decision == "accepted"]
    fields = Counter(field for item in right for field in item.corrected)
    return RuleSummary(
        precision=Share.counted(len(right), len(counted)),
        exact=Share.counted(sum(not item.corrected for item in right), len(counted)),
        corrected={field: fields[field] for field in FIELDS if fields[field]},
    )
