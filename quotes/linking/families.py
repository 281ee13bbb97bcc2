"""Makes families of reports: the records of the contract."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, groupby
from typing import Any

from quotes.linking.blocks import blocks, ordered
from quotes.linking.clusters import JOINED_FROM, UNCOMPARED, Edges, clusters, is_open
from quotes.linking.copies import copies_among
from quotes.linking.pairs import BlockComparer
from quotes.linking.people import People, bearers_among, name_words, same_outlet
from quotes.linking.reports import Report, reports_of
from quotes.linking.terms import rarity_of
from quotes.linking.wordings import fullest, related
from quotes.models import Difference, Family, FamilySpeaker, Member, Occasion, Relation, Statement

Record = Mapping[str, Any]


def link(
    statements: Iterable[Statement],
    *,
    people: Iterable[Mapping[str, str]] = (),
    min_confidence: float = JOINED_FROM,
) -> list[Family]:
    """Return which statements report the same utterances, by their first reports.

    Args:
        statements: All those found in some documents.
        people: Rows of a table of people: ``name``, if known ``aliases`` (separated by ";") and ``id``, and others.
        min_confidence: Mean probability of its pairs from which a family is given.

    Raises:
        UsageError: A person has no name, or one name is that of two.
    """
    return linked([each.model_dump() for each in statements], People(people), min_confidence)


def linked(records: Iterable[Record], people: People, min_confidence: float) -> list[Family]:
    """Return the families of statements given by their fields; see `link`."""
    once: dict[tuple[object, ...], Record] = {}
    for record in records:
        once.setdefault(_identity(record), record)
    records = list(once.values())
    reports = reports_of(records, people.ids, bearers_among(record["speaker"] for record in records))
    copies = copies_among(reports)
    order = ordered(reports)
    records, reports = [records[at] for at in order], [reports[at] for at in order]
    if not reports:
        return []
    edges: dict[tuple[int, int], float] = {}
    comparer = BlockComparer(rarity_of(_documents(reports)), lambda first, end: reports[first:end])
    for block in blocks(reports):
        ones, others, probabilities = comparer.edges(block)
        pairs = zip(ones.tolist(), others.tolist(), strict=True)
        edges.update(zip(pairs, probabilities.tolist(), strict=True))
    documents = [report.place.key for report in reports]
    groups = clusters(edges, min_confidence, documents)
    within = [edges_within(edges, group, documents) for group in groups]
    return [
        family([reports[at] for at in group], [records[at] for at in group], own, copies, people)
        for group, own in zip(groups, within, strict=True)
    ]


def _documents(reports: Iterable[Report]) -> Iterator[list[str]]:
    """Yield the terms of each document of reports that are in order."""
    for _, own in groupby(reports, key=lambda each: each.place.key):
        yield [term for report in own for term in report.terms]


def edges_within(edges: Edges, group: Sequence[int], documents: Sequence[Hashable]) -> dict[tuple[int, int], float]:
    """Return the pairs inside a group that tell something, numbered by the place in it."""
    found = {}
    for (at, one), (place, other) in combinations(enumerate(group), 2):
        value = edges.get((one, other))
        if not is_open(value, same_document=documents[one] == documents[other]):
            found[at, place] = UNCOMPARED if value is None else value
    return found


def family(
    reports: Sequence[Report], records: Sequence[Record], pairs: Edges, copies: Mapping[str, str], people: People
) -> Family:
    """Return the record of a family.

    Args:
        reports: Its members, in order.
        records: Their statements.
        pairs: The probability of the pairs of them that tell something, by their places.
        copies: For each document that is a copy the key of the one it is a copy of.
        people: The people that the caller knows.
    """
    wording = fullest(reports)
    beside: list[list[float]] = [[] for _ in reports]
    for pair, value in pairs.items():
        for at in pair:
            beside[at].append(value)
    members = [_member(at, reports, records, wording, _mean(beside[at]), copies) for at in range(len(reports))]
    identity = hashlib.sha256(" ".join(sorted(each.statement for each in members)).encode()).hexdigest()[:16]
    return Family(
        id=identity,
        speaker=_speaker(reports, people),
        occasion=_occasion(reports, records),
        wording=None if wording is None else _wording(reports[wording]),
        wording_of=None if wording is None else reports[wording].statement,
        first=reports[0].statement,
        members=tuple(members),
        confidence=_mean(pairs.values()),
    )


def _member(
    at: int,
    reports: Sequence[Report],
    records: Sequence[Record],
    wording: int | None,
    confidence: float,
    copies: Mapping[str, str],
) -> Member:
    report, document = reports[at], records[at]["provenance"]["document"]
    relation: Relation = "paraphrase"
    changes: tuple[Difference, ...] = ()
    if wording is not None:
        relation, changes = related(report, records[at], reports[wording], records[wording])
    original = copies.get(report.place.key)
    return Member(
        statement=report.statement,
        document=report.place.document,
        publisher=report.place.publisher,
        published=document["published"],
        kind=report.kind,  # type: ignore[arg-type]  # checked by pydantic
        relation=relation,
        differences=changes,
        source=_source(report, reports),
        copy_of=None if original is None else original.rpartition(" ")[0],
        confidence=confidence,
    )


def _source(report: Report, reports: Sequence[Report]) -> str | None:
    """Return the member whose publisher a report names as its medium, the earliest one.

    None where that may be one of two outlets, or where all that they published came later.
    """
    named = [each for each in reports if same_outlet(report.medium, each.place.publisher)]
    if len({name_words(each.place.publisher or "") for each in named}) != 1:
        return None
    others = (each for each in named if each.place.key != report.place.key and not _is_later(each, report))
    return next((each.statement for each in others), None)


def _is_later(one: Report, other: Report) -> bool:
    days = one.place.published, other.place.published
    return days[0] is not None and days[1] is not None and days[0] > days[1]


def _speaker(reports: Sequence[Report], people: People) -> FamilySpeaker:
    speakers = [report.speaker for report in reports if report.speaker]
    names = Counter(speaker.name for speaker in speakers)
    proper = Counter({speaker.name: len(speaker.words) for speaker in speakers if speaker.is_named})
    best = max(proper or names, key=lambda name: (proper[name], names[name]), default=None)
    person = people.of_id(_most_common(speaker.id for speaker in speakers))
    best = (person or {}).get("name") or best
    return FamilySpeaker(name=best, names=tuple(name for name, _ in names.most_common()), person=person)


def _occasion(reports: Sequence[Report], records: Sequence[Record]) -> Occasion:
    """Return what most members tell of it; the first day of publication where none tells the day."""
    told = [record["when"]["date"] for record in records if record["when"] and record["when"]["date"]]
    published = [report.place.published for report in reports if report.place.published is not None]
    day = _most_common(told) or (date.fromordinal(min(published)).isoformat() if published else None)
    media, addressees = ([getattr(report, role) for report in reports] for role in ("medium", "addressee"))
    return Occasion(date=day, medium=_most_common(media), addressee=_most_common(addressees))


def _most_common(values: Iterable[str | None]) -> str | None:
    return next((value for value, _ in Counter(filter(None, values)).most_common(1)), None)


def _wording(report: Report) -> str:
    if report.kind == "direct":
        return report.text
    return " … ".join(span.of(report.text) for span in report.quoted_spans)


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return round(sum(found) / len(found), 4)


def _identity(record: Record) -> tuple[object, ...]:
    document = record["provenance"]["document"]
    return record["id"], document["id"], document["path"]
