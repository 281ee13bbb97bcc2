"""Compares two outputs: what a new version of quotes, another model or another setting changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotes.io.json import statement_record
from quotes.validation.comparison import Difference
from quotes.validation.matching import Said, matched

if TYPE_CHECKING:
    from quotes.models import Statement

_NOT_COMPARED = frozenset(("id", "schema_version", "entity", "extractor", "path", "sha256"))
"""What follows from other fields, is a number within one output, or says where an output was made."""
_PLACES = frozenset(("start", "end", "spans", "paragraph", "sentence"))
"""Compared only where the text is the same."""
_DIGITS = 2
"""Decimals of a confidence that count."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A statement of both outputs, and the fields that differ."""

    old: Statement
    new: Statement
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two outputs, each part in the order of its output.

    Attributes:
        added: Statements of the new output alone.
        removed: Statements of the old output alone.
        changed: Statements of both whose fields differ.
        same: Number of statements that are the same in both.
    """

    added: tuple[Statement, ...]
    removed: tuple[Statement, ...]
    changed: tuple[Changed, ...]
    same: int

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.removed or self.changed)


def changes(old: Sequence[Statement], new: Sequence[Statement]) -> Changes:
    """Return what differs between two outputs.

    Statements of one text belong together by the words of their contents, as `quotes.validation.matching`
    pairs them. Texts are the same if their hashes are, else if their ids are.
    """
    texts = {each.provenance.document.sha256 for each in old} & {each.provenance.document.sha256 for each in new}
    pairs = matched([_said(each, texts) for each in old], [_said(each, texts) for each in new])
    both = [(old[one], new[other]) for one, other in sorted(pairs.items())]
    changed = [Changed(one, other, tuple(_differences(one, other))) for one, other in both]
    differing = tuple(each for each in changed if each.differences)
    found = set(pairs.values())
    return Changes(
        added=tuple(each for index, each in enumerate(new) if index not in found),
        removed=tuple(each for index, each in enumerate(old) if index not in pairs),
        changed=differing,
        same=len(changed) - len(differing),
    )


def _said(statement: Statement, texts: set[str]) -> Said:
    document, spans = statement.provenance.document, statement.content.spans
    key = document.sha256 if document.sha256 in texts else document.id
    return Said(tuple(span.text for span in spans), spans[0].start if spans else None, key)


def _differences(old: Statement, new: Statement) -> Iterator[Difference]:
    same_text = old.provenance.document.sha256 == new.provenance.document.sha256
    left_out = _NOT_COMPARED if same_text else _NOT_COMPARED | _PLACES
    yield from _compared(statement_record(old), statement_record(new), left_out, "")


def _compared(old: dict[str, Any], new: dict[str, Any], left_out: frozenset[str], where: str) -> Iterator[Difference]:
    for key in (key for key in old if key not in left_out):
        one, other, field = old[key], new[key], f"{where}{key}"
        if key == "confidence":
            one, other = round(one, _DIGITS), round(other, _DIGITS)
        if isinstance(one, dict) and isinstance(other, dict):
            yield from _compared(one, other, left_out, f"{field}.")
        elif one != other:
            yield Difference(field, one, other)
