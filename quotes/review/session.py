"""Several reviews that one person works on, and what is made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from quotes.errors import QuotesError, UsageError
from quotes.review.desk import Change, Desk, desks_below
from quotes.review.export import write_corpus, write_fixture
from quotes.review.summary import Summary, summarise


class Session:
    """The reviews of some articles below a folder; threads may share one.

    Args:
        folder: Where the reviews are.
        desks: Those of this session, in the order of the articles.
    """

    def __init__(self, folder: Path, desks: Sequence[Desk]) -> None:
        self.folder, self.desks = folder, tuple(desks)
        self._unwritten = set(self.desks)
        self._lock = Lock()

    def act(self, article: int, revision: int, action: Mapping[str, Any]) -> Change:
        """Do an action in one of the articles; see `quotes.review.Desk.act`."""
        with self._lock:
            if not 0 <= article < len(self.desks):
                raise UsageError(f"no article {article}; there are {len(self.desks)}")
            change = self.desks[article].act(revision, action)
            self._unwritten.add(self.desks[article])
            return change

    def export(self) -> tuple[list[Path], list[str]]:
        """Write fixtures and corpus; return the files of the session, and why others could not be written."""
        problems: list[str] = []
        files: list[Path] = []
        with self._lock:
            for desk in sorted(self._unwritten, key=lambda each: each.folder):
                try:
                    files.append(write_fixture(desk))
                    self._unwritten.discard(desk)
                except QuotesError as error:
                    problems.append(str(error))
            try:
                corpus = write_corpus(self.folder, desks_below(self.folder))
                files += [] if corpus is None else [corpus]
            except QuotesError as error:
                problems.append(str(error))
        return files, problems

    def summary(self) -> Summary:
        """Return what the reviews of the session say of the extractor."""
        with self._lock:
            return summarise(desk.review for desk in self.desks)

    def close(self) -> None:
        """Let others open the reviews."""
        for desk in self.desks:
            desk.close()
