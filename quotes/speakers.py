"""Says who is quoted in some documents: how often, in how many words, through what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from quotes.models import Entity, Statement

KINDS = ("direct", "indirect", "mixed")
LABELS = frozenset({"q", "a", "question", "answer"})
"""Labels of turns that name a part in the conversation, not a person."""
_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")

_Key = tuple[str | None, str, str | None]
"""Name in lower case, type, and the document for whoever is one only there."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a statement stands.

    Attributes:
        document: Path of its document, its id where it has none.
        paragraph: Paragraph of its first piece, counted from 0.
        start: First code point of its first piece.
    """

    document: str
    paragraph: int
    start: int


@dataclass(frozen=True, slots=True)
class QuotedSpeaker:
    """Somebody who is quoted, and how much.

    Attributes:
        name: Best name, the commonest way of writing it; None for all statements
            without a speaker, or whose speaker stayed unresolved.
        type: person, organization, place, document, group or unknown.
        represents: Organisations spoken for, the commonest first.
        statements: Number of statements.
        kinds: Number of direct, indirect and mixed ones, in this order.
        words: Words in their contents; a statement inside another counts in both.
        media: Names of what carried them, the commonest first.
        documents: Paths (or ids) of the documents, in order.
        first: The first statement.
        last: The last statement, in the order of documents and positions.
    """

    name: str | None
    type: str
    represents: tuple[str, ...]
    statements: int
    kinds: Mapping[str, int]
    words: int
    media: tuple[str, ...]
    documents: tuple[str, ...]
    first: Position
    last: Position


@dataclass(slots=True)
class _Tally:
    """What is counted of one speaker while statements come in."""

    names: Counter[str] = field(default_factory=Counter)
    represents: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    media: Counter[str] = field(default_factory=Counter)
    documents: dict[str, None] = field(default_factory=dict)
    words: int = 0
    first: Position | None = None
    last: Position | None = None

    def add(self, statement: Statement) -> None:
        speaker, medium = statement.speaker, statement.medium
        if speaker is not None and speaker.name is not None:
            self.names[speaker.name] += 1
        if speaker is not None and speaker.represents is not None:
            self.represents[speaker.represents] += 1
        if medium is not None and medium.name is not None:
            self.media[medium.name] += 1
        self.kinds[statement.kind] += 1
        self.words += sum(1 for piece in statement.content.spans for _ in _WORD.finditer(piece.text))
        self.last = _position(statement)
        self.first = self.first or self.last
        self.documents.setdefault(self.last.document)


def speakers(documents: Iterable[Sequence[Statement]]) -> tuple[QuotedSpeaker, ...]:
    """Return who is quoted in some documents, merged over all of them.

    Within a document statements belong together by the name that identity gave
    their speakers. Over documents two names are one speaker when they differ
    in nothing but case and space and the type is the same: "Ann Kord" of one
    text is "Ann Kord" of the next, but a text that never says more than "Kord"
    stays apart. Somebody who has no name of their own ("the minister", "two
    officials") is one speaker a document. Statements without a name for their
    speaker are one entry, at the end.

    Args:
        documents: The statements of each document, in text order.

    Returns:
        Speakers, those with most statements first, then by first position.
    """
    return _sorted(_tallied(documents).items())


def speakers_by_document(documents: Iterable[Sequence[Statement]]) -> tuple[QuotedSpeaker, ...]:
    """Return who is quoted in each document, nothing merged over documents.

    Args:
        documents: The statements of each document, in text order.

    Returns:
        Speakers, document by document, in each those with most statements first.
    """
    return tuple(speaker for statements in documents for speaker in speakers((statements,)))


def _tallied(documents: Iterable[Sequence[Statement]]) -> dict[_Key, _Tally]:
    tallies: dict[_Key, _Tally] = {}
    for number, statements in enumerate(documents):
        for statement in statements:
            key = _key(statement.speaker, number)
            tallies.setdefault(key, _Tally()).add(statement)
    return tallies


def _key(speaker: Entity | None, document: int) -> _Key:
    if speaker is None or speaker.name is None:
        return None, "unknown", None
    name = " ".join(speaker.name.split())
    return name.casefold(), speaker.type, None if _is_proper(name) else str(document)


def _is_proper(name: str) -> bool:
    """Return whether a name names the same one in every document.

    "Bank of England" and "Yusuf al-Hadi" do; "minister" and "Harbour Board
    spokesman" may mean somebody else in the next text.
    """
    last = name.rpartition(" ")[2]
    return last != last.lower() and name.casefold() not in LABELS


def _sorted(tallies: Iterable[tuple[_Key, _Tally]]) -> tuple[QuotedSpeaker, ...]:
    every = [_speaker(key, tally) for key, tally in tallies]
    # Sorting is stable: among equals the first one met, which stands first, stays first.
    return tuple(sorted(every, key=lambda each: (each.name is None, -each.statements)))


def _speaker(key: _Key, tally: _Tally) -> QuotedSpeaker:
    assert tally.first is not None
    assert tally.last is not None
    return QuotedSpeaker(
        name=next(_commonest(tally.names), None),
        type=key[1],
        represents=tuple(_commonest(tally.represents)),
        statements=tally.kinds.total(),
        kinds={kind: tally.kinds[kind] for kind in KINDS},
        words=tally.words,
        media=tuple(_commonest(tally.media)),
        documents=tuple(tally.documents),
        first=tally.first,
        last=tally.last,
    )


def _commonest(names: Counter[str]) -> Iterator[str]:
    return (name for name, _ in names.most_common())


def _position(statement: Statement) -> Position:
    provenance, document = statement.provenance, statement.provenance.document
    # The path, because files in different folders may share an id.
    name = document.id if document.path is None else document.path
    return Position(name, provenance.paragraph, statement.content.spans[0].start)
