"""Who is quoted in some documents: how often, in how many words, through which media."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from quotes.lexicon.entries import word_class
from quotes.models import Entity, Kind, Statement

_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")

WORDS_OF_EXAMPLE = 20
"""Length of the example that is looked for."""

SpeakerKey = tuple[str | None, str, str | None]
"""Name in lower case, type, and for a speaker without a name of their own the entity of which document."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a statement is: its document's path (or id), and its first piece's paragraph and code point."""

    document: str
    paragraph: int
    start: int


@dataclass(frozen=True, slots=True)
class QuotedSpeaker:
    """Somebody who is quoted, and how much.

    Attributes:
        name: Best name, the most common way of writing it; None for all statements
            without a speaker, or whose speaker stayed unresolved.
        type: person, organization, place, document, group or unknown.
        roles: Offices and descriptions beside the name, the most common first.
        represents: Organisations spoken for, the most common first.
        statements: Number of statements.
        kinds: Number of direct, indirect and mixed ones, in this order.
        words: Words in their contents; a statement inside another counts in both.
        media: Names of the media, the most common first.
        documents: Paths (or ids) of the documents, in order.
        first: The first statement.
        last: The last statement, in the order of documents and positions.
        example: Words of theirs on one line: in quotation marks the quotation that comes nearest
            to twenty words, without any quotation the statement that does.
    """

    name: str | None
    type: str
    roles: tuple[str, ...]
    represents: tuple[str, ...]
    statements: int
    kinds: Mapping[str, int]
    words: int
    media: tuple[str, ...]
    documents: tuple[str, ...]
    first: Position
    last: Position
    example: str


def speakers(documents: Iterable[Sequence[Statement]]) -> tuple[QuotedSpeaker, ...]:
    """Return who is quoted in some documents, merged over all of them.

    Within a document statements belong together by the entity that coreference made
    of their speakers. Over documents two names are one speaker when they differ
    in nothing but case and space and the type is the same: "Ann Kord" of one
    text is "Ann Kord" of the next, but a text that never says more than "Kord"
    stays apart. Somebody who has no name of their own ("the minister", "two
    officials") is a speaker of that document only. Statements without a name for their
    speaker are counted together, at the end; those with most statements come first, then the
    earliest.
    """
    said: defaultdict[SpeakerKey, list[Statement]] = defaultdict(list)
    for number, statements in enumerate(documents):
        for statement in statements:
            said[speaker_key(statement.speaker, number)].append(statement)
    found = [_quoted(type_, own) for (_, type_, _), own in said.items()]
    # Sorting is stable: among equals the one met first stays first.
    return tuple(sorted(found, key=lambda each: (each.name is None, -each.statements)))


def speakers_by_document(documents: Iterable[Sequence[Statement]]) -> tuple[QuotedSpeaker, ...]:
    """Return the `speakers` of each document, document by document, nothing merged over documents."""
    return tuple(speaker for statements in documents for speaker in speakers((statements,)))


def speaker_key(speaker: Entity | None, document: int) -> SpeakerKey:
    """Return what the statements of one speaker have in common; ``document`` is the number of their document."""
    if speaker is None or speaker.name is None:
        return None, "unknown", None
    name = " ".join(speaker.name.split())
    return name.casefold(), speaker.type, None if is_proper(name) else f"{document} {speaker.entity}"


def is_proper(name: str) -> bool:
    """Return whether a name names the same one in every document.

    "Bank of England" and "Yusuf al-Hadi" do; "minister" and "Harbour Board
    spokesman" may mean somebody else in the next text.
    """
    last = name.rpartition(" ")[2]
    labels = word_class("interview_question") | word_class("interview_answer")
    return last != last.lower() and name.casefold() not in labels


def _quoted(type_: str, said: Sequence[Statement]) -> QuotedSpeaker:
    kinds = Counter(statement.kind for statement in said)
    whom = [statement.speaker for statement in said if statement.speaker]
    positions = [_position(statement) for statement in said]
    return QuotedSpeaker(
        name=next(iter(_by_frequency(speaker.name for speaker in whom)), None),
        type=type_,
        roles=_by_frequency(speaker.role.text for speaker in whom if speaker.role),
        represents=_by_frequency(speaker.represents for speaker in whom),
        statements=len(said),
        kinds={kind: kinds[kind] for kind in get_args(Kind)},
        words=sum(len(_WORD.findall(piece.text)) for each in said for piece in each.content.spans),
        media=_by_frequency(statement.medium.name for statement in said if statement.medium),
        documents=tuple(dict.fromkeys(position.document for position in positions)),
        first=positions[0],
        last=positions[-1],
        example=_example(said),
    )


def _example(said: Sequence[Statement]) -> str:
    """Return words that show how somebody speaks; the earliest of those that do it equally well."""
    quoted = [each for each in said if each.kind == "direct"]
    shown = min(quoted or said, key=lambda each: abs(len(each.content.text.split()) - WORDS_OF_EXAMPLE))
    text = " ".join(shown.content.text.split())
    return f"“{text}”" if quoted else text


def _position(statement: Statement) -> Position:
    document = statement.provenance.document
    # The path, because files in different folders may share an id.
    name = document.id if document.path is None else document.path
    return Position(name, statement.provenance.paragraph, statement.content.spans[0].start)


def _by_frequency(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(name for name, _ in Counter(names).most_common() if name is not None)
