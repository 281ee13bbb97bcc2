"""Joins likely pairs into families, conservatively: what two families have in common must speak for the whole of both.

Two groups are joined when their pairs are likely on average and none of them is in conflict. A chain of pairs, each
likely, does not make its ends one utterance. Two reports of one document that each are part of what a third report has
as one are of its family, and say nothing about each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import combinations
from typing import NamedTuple

JOINED_FROM = 0.75
"""Mean probability of the pairs of two groups from which they are joined."""
UNCOMPARED = 0.2
"""What a pair counts that was never compared."""

OPEN = 0.5
"""What a pair counts that tells neither for nor against."""
TWO_THINGS = 0.1
"""Most probability of a pair of one document that is open: two things said, unless both are parts of what a report in
another document has as one."""

Edges = Mapping[tuple[int, int], float]
"""The probability of pairs, smaller number first; 0 for a pair in conflict."""
_Beside = Mapping[int, Mapping[int, float]]


class _Link(NamedTuple):
    """Two groups: the probabilities of their pairs, of how many, how many more are open, and any in conflict."""

    value: float
    compared: int
    open: int
    barred: bool

    def mean(self, size: int) -> float:
        """Return the mean probability of the pairs of two groups, given how many there are."""
        if self.barred or self.open == size:
            return 0.0
        return (self.value + UNCOMPARED * (size - self.open - self.compared) + OPEN * self.open) / size


def clusters(edges: Edges, joined_from: float = JOINED_FROM, documents: Sequence[Hashable] = ()) -> list[list[int]]:
    """Return the groups of two and more, each sorted, by their first.

    Args:
        edges: All pairs compared, those in conflict with 0.
        joined_from: Mean probability from which groups are joined.
        documents: The document of each; without them each has its own.
    """
    beside: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), value in edges.items():
        beside[one][other] = beside[other][one] = value
    groups = [group for part in _parts(beside, joined_from) for group in _grouped(part, beside, joined_from, documents)]
    return sorted(sorted(group) for group in groups if len(group) > 1)


def is_open(value: float | None, *, same_document: bool) -> bool:
    """Return whether a pair, given its probability if it was compared, tells neither for nor against its group."""
    return same_document and (value is None or 0.0 < value <= TWO_THINGS)


def _parts(beside: _Beside, joined_from: float) -> Iterator[list[int]]:
    """Yield the parts of two and more that are connected by likely pairs."""
    seen: set[int] = set()
    for start in sorted(beside):
        if start in seen:
            continue
        seen.add(start)
        part = [start]
        for node in part:
            new = [other for other, value in beside[node].items() if value >= joined_from and other not in seen]
            seen.update(new)
            part.extend(new)
        if len(part) > 1:
            yield part


def _links(part: Sequence[int], beside: _Beside, documents: Sequence[Hashable]) -> dict[int, dict[int, _Link]]:
    """Return what any two of a part have in common, of those that were compared or are of one document."""
    inside = set(part)
    links = {
        node: {other: _Link(value, 1, 0, value == 0.0) for other, value in beside[node].items() if other in inside}
        for node in part
    }
    here: defaultdict[Hashable, list[int]] = defaultdict(list)
    for node in part if len(documents) else ():
        here[documents[node]].append(node)
    for own in here.values():
        for one, other in combinations(own, 2):
            if is_open(beside[one].get(other), same_document=True):
                links[one][other] = links[other][one] = _Link(0.0, 0, 1, barred=False)
    return links


def _grouped(
    part: Sequence[int], beside: _Beside, joined_from: float, documents: Sequence[Hashable]
) -> list[list[int]]:
    """Return the groups of one connected part, the most likely joined first."""
    groups = {node: [node] for node in part}
    links = _links(part, beside, documents)
    queue = [(-link.mean(1), one, other) for one in part for other, link in links[one].items() if one < other]
    heapify(queue)
    while queue:
        negative, one, other = heappop(queue)
        if -negative < joined_from:
            break
        if one not in groups or other not in groups or other not in links[one]:
            continue
        size = len(groups[one]) * len(groups[other])
        if links[one][other].mean(size) != -negative:  # an old entry: one of the two has grown since
            continue
        groups[one] += groups.pop(other)
        _merge(links, one, other)
        for third, link in links[one].items():
            mean = link.mean(len(groups[one]) * len(groups[third]))
            heappush(queue, (-mean, min(one, third), max(one, third)))
    return list(groups.values())


def _merge(links: dict[int, dict[int, _Link]], one: int, other: int) -> None:
    """Give a group the links of another that it has taken in."""
    del links[one][other]
    for third, link in links.pop(other).items():
        if third != one:
            more = links[one].get(third, _Link(0.0, 0, 0, barred=False))
            both = _Link(
                link.value + more.value,
                link.compared + more.compared,
                link.open + more.open,
                link.barred or more.barred,
            )
            links[one][third] = links[third][one] = both
            del links[third][other]
