"""How far two reviewers agree on the statements of the same articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quotes.errors import DataError
from quotes.validation.comparison import Difference, Mismatch, bare_content, bare_name
from quotes.validation.expectations import ENTITIES, ExpectedStatement
from quotes.validation.fixtures import Fixture
from quotes.validation.matching import matched

NOBODY = "(nobody)"
UNNAMED = "(not named)"
Label = Hashable


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """How far two agree on one field of the statements that both have and for which both give it.

    Attributes:
        compared: How many there are.
        same: How many have it the same.
        kappa: Agreement beyond chance; None for contents, which are no categories, and where chance leaves nothing.
    """

    compared: int
    same: int
    kappa: float | None


@dataclass(frozen=True, slots=True)
class ArticleAgreement:
    """Where two reviewers of one article differ.

    Attributes:
        name: Of the article.
        common: Number of statements that both have.
        only_first: Statements that only the first has.
        only_second: Statements that only the second has.
        different: Of the common ones, those with fields that differ, the first's as expected, the second's as found.
    """

    name: str
    common: int
    only_first: tuple[ExpectedStatement, ...]
    only_second: tuple[ExpectedStatement, ...]
    different: tuple[Mismatch, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two reviewers agree.

    Attributes:
        articles: Those that both have, by name.
        missing_first: Names of articles that only the second has.
        missing_second: Names of articles that only the first has.
        f1: Of the statements: twice the common ones over all of both; None without any.
        fields: By name.
    """

    articles: tuple[ArticleAgreement, ...]
    missing_first: tuple[str, ...]
    missing_second: tuple[str, ...]
    f1: float | None
    fields: Mapping[str, FieldAgreement]

    @property
    def complete(self) -> bool:
        """Whether nothing differs."""
        return not (
            self.missing_first
            or self.missing_second
            or any(each.only_first or each.only_second or each.different for each in self.articles)
        )


def agreement(first: Mapping[str, Fixture], second: Mapping[str, Fixture]) -> Agreement:
    """Compare the fixtures of two reviewers, each by the name of its article.

    Statements belong together by their words, as `quotes.validation.matching` pairs them. What one of the two says is
    optional, as what is not judged yet is, counts on neither side.

    Raises:
        DataError: Articles of one name have different texts.
    """
    articles, labels = [], []
    for name in sorted(first.keys() & second.keys()):
        one, other = first[name], second[name]
        if one.document.sha256 != other.document.sha256:
            raise DataError(f"{name}: the two articles of this name are not the same text")
        article, pairs = _article(name, one.expectations.statements, other.expectations.statements)
        articles.append(article)
        labels += [labels_of(*pair) for pair in pairs]
    common = sum(each.common for each in articles)
    alone = sum(len(each.only_first) + len(each.only_second) for each in articles)
    return Agreement(
        articles=tuple(articles),
        missing_first=tuple(sorted(second.keys() - first.keys())),
        missing_second=tuple(sorted(first.keys() - second.keys())),
        f1=2 * common / (2 * common + alone) if common or alone else None,
        fields={field: _of_field([each[field] for each in labels if field in each], field) for field in LABELS},
    )


def kappa(pairs: Sequence[tuple[Label, Label]]) -> float | None:
    """Return Cohen's kappa (A coefficient of agreement for nominal scales, 1960) of pairs of labels.

    It is (observed - chance) / (1 - chance), chance being how often two would agree who use each label as often
    as these two do, and independently. None where chance alone makes them agree always, or there is no pair.

    >>> kappa([("a", "a"), ("a", "a"), ("b", "b"), ("a", "b")])
    0.5
    """
    number = len(pairs)
    one, other = Counter(label for label, _ in pairs), Counter(label for _, label in pairs)
    by_chance = sum(count * other[label] for label, count in one.items())
    if by_chance == number * number:
        return None
    observed = number * sum(label == same for label, same in pairs)
    return round((observed - by_chance) / (number * number - by_chance), 4)


def labels_of(one: ExpectedStatement, other: ExpectedStatement) -> dict[str, tuple[Label, Label]]:
    """Return what two say of a statement, for each field that both give; of several accepted names one that fits."""
    labels = {}
    for field, label in LABELS.items():
        if field in one.fields and field in other.fields:
            mine, yours = one.fields[field], other.fields[field]
            fitting = sorted(_names(mine) & _names(yours)) if field in ENTITIES else []
            labels[field] = (fitting[0],) * 2 if fitting else (label(mine), label(yours))
    return labels


def _value(value: Any) -> Label:
    return value if isinstance(value, Hashable) else repr(value)


def _content(value: Any) -> Label:
    return tuple(bare_content(span["text"]) for span in value["spans"])


def _cue(value: Any) -> Label:
    return NOBODY if value is None else str(value.get("text", value.get("lemma"))).casefold()


def _names(value: Any) -> set[str]:
    """Return the names that are accepted of somebody, without case and article."""
    if value is None:
        return set()
    names = value.get("names", [])
    given = [value.get("name"), *(names if isinstance(names, list) else [names])]
    return {bare_name(name) for name in given if isinstance(name, str)}


def _somebody(value: Any) -> Label:
    return NOBODY if value is None else min(_names(value), default=UNNAMED)


def _when(value: Any) -> Label:
    return NOBODY if value is None else value.get("date") or value.get("text")


LABELS: Mapping[str, Callable[[Any], Label]] = {
    "content": _content,
    **dict.fromkeys(("kind", "attitude", "negated"), _value),
    "cue": _cue,
    **dict.fromkeys(ENTITIES, _somebody),
    "when": _when,
}
"""What two reviewers are compared on, and how each field is read as a category."""


def _of_field(labels: Sequence[tuple[Label, Label]], field: str) -> FieldAgreement:
    same = sum(one == other for one, other in labels)
    return FieldAgreement(len(labels), same, None if field == "content" else kappa(labels))


def _article(
    name: str, first: Sequence[ExpectedStatement], second: Sequence[ExpectedStatement]
) -> tuple[ArticleAgreement, list[tuple[ExpectedStatement, ExpectedStatement]]]:
    """Return where two differ on an article, and the pairs of statements that both have."""
    found = matched([each.said for each in first], [each.said for each in second])
    pairs = [(first[one], second[other]) for one, other in sorted(found.items())]
    common = [pair for pair in pairs if not any(each.optional for each in pair)]
    paired = set(found.values())
    article = ArticleAgreement(
        name,
        len(common),
        tuple(each for index, each in enumerate(first) if index not in found and not each.optional),
        tuple(each for index, each in enumerate(second) if index not in paired and not each.optional),
        tuple(_different(common)),
    )
    return article, common


def _different(pairs: Iterable[tuple[ExpectedStatement, ExpectedStatement]]) -> Iterator[Mismatch]:
    for one, other in pairs:
        differences = tuple(
            Difference(field, _shown(one.fields[field]), _shown(other.fields[field]))
            for field, (mine, yours) in labels_of(one, other).items()
            if mine != yours
        )
        if differences:
            yield Mismatch(one, other.fields, differences)


def _shown(value: Any) -> Any:
    """Return what a person wants to see of a field: of a content the words, of somebody the name."""
    if not isinstance(value, Mapping):
        return value
    if "spans" in value:
        return [span["text"] for span in value["spans"]]
    mention = value.get("mention") or {}
    return next(filter(None, (value.get(key) for key in ("name", "names", "date", "text"))), mention.get("text"))
