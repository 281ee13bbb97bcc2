"""Joins likely pairs into families, conservatively: what two families have in common must speak for the whole of both.

Two groups are joined when their pairs are likely on average and none of them is in conflict. A chain of pairs, each
likely, does not make its ends one utterance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from heapq import heapify, heappop, heappush

JOINED_FROM = 0.75
"""Mean probability of the pairs of two groups from which they are joined."""
UNCOMPARED = 0.2
"""What a pair counts that was never compared."""

Edges = Mapping[tuple[int, int], float]
"""The probability of pairs, smaller number first; 0 for a pair in conflict."""


def clusters(edges: Edges, joined_from: float = JOINED_FROM) -> list[list[int]]:
    """Return the groups of two and more, each sorted, by their first.

    Args:
        edges: All pairs compared, those in conflict with 0.
        joined_from: Mean probability from which groups are joined.
    """
    beside: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), value in edges.items():
        beside[one][other] = beside[other][one] = value
    groups = [group for part in _parts(beside, joined_from) for group in _grouped(part, beside, joined_from)]
    return sorted(sorted(group) for group in groups if len(group) > 1)


def _parts(beside: Mapping[int, Mapping[int, float]], joined_from: float) -> Iterator[list[int]]:
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


def _grouped(part: list[int], beside: Mapping[int, Mapping[int, float]], joined_from: float) -> list[list[int]]:
    """Return the groups of one connected part, the most likely joined first."""
    groups = {node: [node] for node in part}
    inside = set(part)
    links = {  # sum of the probabilities, how many there are, and whether any pair is in conflict
        node: {other: (value, 1, value == 0.0) for other, value in beside[node].items() if other in inside}
        for node in part
    }
    queue = [(-_mean(link, 1), one, other) for one in part for other, link in links[one].items() if one < other]
    heapify(queue)
    while queue:
        negative, one, other = heappop(queue)
        if -negative < joined_from:
            break
        if one not in groups or other not in groups or other not in links[one]:
            continue
        size = len(groups[one]) * len(groups[other])
        if _mean(links[one][other], size) != -negative:  # an old entry: one of the two has grown since
            continue
        groups[one] += groups.pop(other)
        _merge(links, one, other)
        for third, link in links[one].items():
            mean = _mean(link, len(groups[one]) * len(groups[third]))
            heappush(queue, (-mean, min(one, third), max(one, third)))
    return list(groups.values())


def _merge(links: dict[int, dict[int, tuple[float, int, bool]]], one: int, other: int) -> None:
    """Give a group the links of another that it has taken in."""
    del links[one][other]
    for third, (value, count, barred) in links.pop(other).items():
        if third != one:
            more, number, is_barred = links[one].get(third, (0.0, 0, False))
            links[one][third] = links[third][one] = (value + more, count + number, barred or is_barred)
            del links[third][other]


def _mean(link: tuple[float, int, bool], size: int) -> float:
    value, count, barred = link
    return 0.0 if barred else (value + UNCOMPARED * (size - count)) / size
