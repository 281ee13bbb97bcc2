"""Several reviews that one person works on, and what is made of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from quotes.errors import QuotesError, UsageError
from quotes.review.desk import Change, Desk, desks_below
from quotes.review.export import write_corpus, write_fixture
from quotes.review.items import Item, Review
from quotes.review.summary import Summary, summarise


class Session:
    """The reviews of some articles below a folder; threads may share one.

    Args:
        folder: Where the reviews are.
        desks: Those of this session, in the order of the articles.
        asked: By the hash of a text, the keys of the statements that are asked for; all when None.
    """

    def __init__(self, folder: Path, desks: Sequence[Desk], asked: Mapping[str, Collection[str]] | None = None) -> None:
        self.folder, self.desks, self._asked = folder, tuple(desks), asked
        self._unwritten = set(self.desks)
        self._lock, self._exporting = Lock(), Lock()

    def items(self, desk: Desk) -> list[Item]:
        """Return what is asked for in one of the reviews, and what the reviewer has added."""
        if self._asked is None:
            return list(desk.review.items)
        keys = self._asked.get(desk.review.document.sha256, ())
        return [item for item in desk.review.items if item.key in keys or item.origin == "added"]

    def act(self, article: int, revision: int, action: Mapping[str, Any]) -> Change:
        """Do an action in one of the articles; see `quotes.review.Desk.act`."""
        with self._lock:
            if not 0 <= article < len(self.desks):
                raise UsageError(f"no article {article}; there are {len(self.desks)}")
            change = self.desks[article].act(revision, action)
            self._unwritten.add(self.desks[article])
            return change

    def export(self) -> tuple[list[Path], list[str]]:
        """Write fixtures and corpus; return the files of the session, and why others could not be written.

        Nobody waits for it who does something meanwhile: what is written is how things were when it began.
        """
        problems: list[str] = []
        files: list[Path] = []
        with self._exporting:
            with self._lock:
                unwritten, self._unwritten = self._unwritten, set()
                now = {desk: desk.review for desk in self.desks}
            for desk in sorted(unwritten, key=lambda each: each.folder):
                try:
                    files.append(write_fixture(desk.folder, now[desk], desk.begun))
                except QuotesError as error:
                    problems.append(str(error))
                    self._unwritten.add(desk)
            try:
                corpus = write_corpus(self.folder, {**self._others(), **{d.folder.name: now[d] for d in self.desks}})
                files += [] if corpus is None else [corpus]
            except QuotesError as error:
                problems.append(str(error))
        return files, problems

    def _others(self) -> dict[str, Review]:
        """Return the reviews of the folder that are not of this session, as they are on the disk."""
        own = {desk.folder for desk in self.desks}
        return {desk.folder.name: desk.review for desk in desks_below(self.folder, without=own)}

    def summary(self) -> Summary:
        """Return what the reviews of the session say of the extractor."""
        with self._lock:
            return summarise(desk.review for desk in self.desks)

    def close(self) -> None:
        """Let others open the reviews."""
        for desk in self.desks:
            desk.close()
