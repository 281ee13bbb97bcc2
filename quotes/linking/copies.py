"""Wire copy: documents whose statements are nearly the same word for word are copies of one report.

Documents are compared by MinHash (Broder, "On the resemblance and containment of documents", 1997) over the runs of
three words in their statements, the text itself not being at hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from quotes.linking.people import same_outlet
from quotes.linking.reports import Report, reports_of
from quotes.verification.words import Words

if TYPE_CHECKING:
    from quotes.models import Statement

COPIES_FROM = 0.6
"""Share of all their runs of words that two documents have in common from which they are copies."""
LEAST_RUNS = 20
"""Runs of words of a document below which it is no copy of anything: two briefs may share their one quotation."""
_SHINGLE = 3
_HASHES = 128
_BANDS = 32
_SEED = 42
_UNDATED = 1 << 30


class _Document(NamedTuple):
    published: int
    place: int
    key: str
    publisher: str | None
    media: frozenset[str]
    digest: Any


class CopyFinder:
    """Takes the documents of an archive one by one, and holds 128 numbers of each."""

    def __init__(self) -> None:
        from rensa import RMinHashLSH

        self._index = RMinHashLSH(threshold=COPIES_FROM, num_perm=_HASHES, num_bands=_BANDS)
        self._documents: list[_Document] = []
        self._parents: list[int] = []

    def add(
        self,
        key: str,
        place: int,
        published: int | None,
        contents: Iterable[Words],
        publisher: str | None = None,
        media: Iterable[str | None] = (),
    ) -> None:
        """Take a document.

        Args:
            key: What tells it from all others.
            place: Its place in the order of the input.
            published: Day of publication as an ordinal.
            contents: The words of its statements, in the order of the text.
            publisher: Who published it.
            media: Whom its statements name as what carried their words.
        """
        from rensa import RMinHash

        forms = [form for words in contents for form in words.forms]
        runs = {" ".join(forms[at : at + _SHINGLE]) for at in range(len(forms) - _SHINGLE + 1)}
        if len(runs) < LEAST_RUNS:
            return
        digest = RMinHash(_HASHES, _SEED)
        digest.update(sorted(runs))
        number = len(self._documents)
        day = _UNDATED if published is None else published
        self._documents.append(_Document(day, place, key, publisher, frozenset(filter(None, media)), digest))
        self._parents.append(number)
        for other in sorted(self._index.query(digest)):
            if digest.jaccard(self._documents[other].digest) >= COPIES_FROM:
                self._parents[self._root(number)] = self._root(other)
        self._index.insert(number, digest)

    def originals(self) -> dict[str, str]:
        """Return for each copy the document that it is a copy of.

        That is the earliest of all that are alike; of several of one day the one whose publisher most of the others
        name as what carried the words, as an agency; of equal ones the first of the input.
        """
        alike: defaultdict[int, list[_Document]] = defaultdict(list)
        for number, document in enumerate(self._documents):
            alike[self._root(number)].append(document)
        found = {}
        for group in alike.values():
            earliest = min(each.published for each in group)
            first = [each for each in group if each.published == earliest]
            original = min(first, key=lambda each: (-_named_by(each, group), each.place))
            found.update({each.key: original.key for each in group if each is not original})
        return found

    def _root(self, number: int) -> int:
        while self._parents[number] != number:
            number = self._parents[number]
        return number


def _named_by(document: _Document, group: Iterable[_Document]) -> int:
    """Return how many documents name the publisher of one as their medium."""
    others = (each for each in group if each is not document)
    return sum(any(same_outlet(medium, document.publisher) for medium in each.media) for each in others)


def without_copies(documents: Iterable[Sequence[Statement]]) -> list[Sequence[Statement]]:
    """Return the statements of each document that is no copy of another one, in their order."""
    kept = [list(statements) for statements in documents]
    reports = [reports_of([statement.model_dump() for statement in statements]) for statements in kept]
    copies = copies_among(report for own in reports for report in own)
    return [own for own, made in zip(kept, reports, strict=True) if not made or made[0].place.key not in copies]


def copies_among(reports: Iterable[Report]) -> Mapping[str, str]:
    """Return for each document of some reports that is a copy the document that it is a copy of, by their keys."""
    finder = CopyFinder()
    by_document: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_document[report.place.key].append(report)
    for number, (key, own) in enumerate(by_document.items()):
        in_order = sorted(own, key=lambda each: each.place.start)
        place = own[0].place
        words, media = ([report.words for report in in_order], [report.medium for report in in_order])
        finder.add(key, number, place.published, words, place.publisher, media)
    return finder.originals()
