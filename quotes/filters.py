"""Which statements somebody wants: by speaker, kind, words and date.

>>> from quotes.filters import StatementFilter
>>> wanted = StatementFilter(speakers=("Kord",), since="2024-01")
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from quotes.models import Entity, Statement
from quotes.speakers import is_proper


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """What a statement must be like; calling it says whether one is. What is left empty is not asked.

    Attributes:
        speakers: Names, each in full or in part ("Kord" for Ann Kord), whole words, in any case and
            with or without accents; one of them must be the speaker's.
        kinds: One of them must be the statement's.
        contains: Texts, in any case and spacing; the content must have one of them.
        since: Day, month or year in ISO form. Counted is the day on which the words were said,
            or else of publication; a statement without either is not wanted.
        until: The same for the last day, month or year.
        named_only: Whether the speaker must have a name of their own: "Ann Kord", not "the minister".
    """

    speakers: Collection[str] = ()
    kinds: Collection[str] = ()
    contains: Collection[str] = ()
    since: str | None = None
    until: str | None = None
    named_only: bool = False

    def __call__(self, statement: Statement) -> bool:
        """Return whether a statement is wanted."""
        return (
            (not self.kinds or statement.kind in self.kinds)
            and (not self.speakers or any(_is_called(statement.speaker, name) for name in self.speakers))
            and (not self.contains or any(_folded(text) in _folded(statement.content.text) for text in self.contains))
            and (not self.named_only or _has_name(statement.speaker))
            and self._is_in_time(statement)
        )

    def _is_in_time(self, statement: Statement) -> bool:
        if self.since is None and self.until is None:
            return True
        date = _date(statement)
        if date is None:
            return False
        # A month counts as a whole: what is shorter decides how much of the two is compared.
        return (self.since is None or date[: len(self.since)] >= self.since[: len(date)]) and (
            self.until is None or date[: len(self.until)] <= self.until[: len(date)]
        )


def _date(statement: Statement) -> str | None:
    if statement.when is not None and statement.when.date is not None:
        return statement.when.date
    published = statement.provenance.document.published
    return None if published is None else published.isoformat()


def _is_called(speaker: Entity | None, name: str) -> bool:
    if speaker is None:
        return False
    mention = speaker.mention.text if speaker.mention else ""
    return f" {_folded(name)} " in f" {_folded(speaker.name or mention)} "


def _has_name(speaker: Entity | None) -> bool:
    return speaker is not None and speaker.name is not None and is_proper(" ".join(speaker.name.split()))


def _folded(text: str) -> str:
    r"""Return a text without case, accents, and differences of spacing and of quotation marks.

    >>> _folded("Zoë’s\n Bridge")
    "zoe's bridge"
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(bare.replace("’", "'").replace("‘", "'").split())
