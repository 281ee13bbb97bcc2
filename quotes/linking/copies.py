"""Wire copy: documents whose statements are nearly the same word for word are copies of one report.

Documents are compared by MinHash (Broder, "On the resemblance and containment of documents", 1997) over the runs of
three words in their statements, the text itself not being at hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from quotes.linking.reports import Report, reports_of
from quotes.verification.words import words_of

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

Original = tuple[int, str]
"""The day of publication of a document, and its key."""


class CopyFinder:
    """Takes the documents of an archive one by one, and holds 128 numbers of each."""

    def __init__(self) -> None:
        from rensa import RMinHashLSH

        self._index = RMinHashLSH(threshold=COPIES_FROM, num_perm=_HASHES, num_bands=_BANDS)
        self._documents: list[tuple[Original, object]] = []
        self._parents: list[int] = []

    def add(self, key: str, published: int | None, contents: Iterable[str]) -> None:
        """Take a document by the contents of its statements, in the order of the text."""
        from rensa import RMinHash

        forms = [form for content in contents for form in words_of(content).forms]
        runs = {" ".join(forms[at : at + _SHINGLE]) for at in range(len(forms) - _SHINGLE + 1)}
        if len(runs) < LEAST_RUNS:
            return
        digest = RMinHash(_HASHES, _SEED)
        digest.update(sorted(runs))
        number = len(self._documents)
        self._documents.append(((_UNDATED if published is None else published, key), digest))
        self._parents.append(number)
        for other in sorted(self._index.query(digest)):
            if digest.jaccard(self._documents[other][1]) >= COPIES_FROM:
                self._parents[self._root(number)] = self._root(other)
        self._index.insert(number, digest)

    def originals(self) -> dict[str, str]:
        """Return for each copy the document that it is a copy of: the earliest of all that are alike."""
        alike: defaultdict[int, list[Original]] = defaultdict(list)
        for number, (original, _) in enumerate(self._documents):
            alike[self._root(number)].append(original)
        return {key: min(group)[1] for group in alike.values() for _, key in group if key != min(group)[1]}

    def _root(self, number: int) -> int:
        while self._parents[number] != number:
            number = self._parents[number]
        return number


def without_copies(documents: Iterable[Sequence[Statement]]) -> list[Sequence[Statement]]:
    """Return the statements of each document that is no copy of another one, in their order."""
    kept = [list(statements) for statements in documents]
    reports = reports_of([statement.model_dump() for statements in kept for statement in statements])
    copies = copies_among(reports)
    keys = {report.statement: report.place.key for report in reports}
    return [statements for statements in kept if not statements or keys[statements[0].id] not in copies]


def copies_among(reports: Iterable[Report]) -> Mapping[str, str]:
    """Return for each document of some reports that is a copy the document that it is a copy of, by their keys."""
    finder = CopyFinder()
    by_document: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_document[report.place.key].append(report)
    for key, own in by_document.items():
        ordered = sorted(own, key=lambda each: each.place.start)
        finder.add(key, own[0].place.published, [each.text for each in ordered])
    return finder.originals()
