"""The plain records that the stages after the parse hand to each other.

Frames propose candidates, the scorer and the selection choose among them, the
roles fill in who said it to whom and when, identity gives mentions a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from quotes.spans import Span


class Mention(NamedTuple):
    """A stretch of text that refers to somebody or something.

    Attributes:
        span: Code points of the mention, without a comma-set apposition.
        head: Index, in the parse, of the token that heads the mention.
    """

    span: Span
    head: int


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """When something was said.

    Attributes:
        span: Code points of the expression ("on Thursday" gives "Thursday").
        date: The day it means, None where the document's own date is unknown
            or the expression names no single day.
    """

    span: Span
    date: date | None


class Candidate(NamedTuple):
    """A possible attribution that a frame proposes.

    Attributes:
        frame: Name of the construction; the statement's rule.
        cue: Token indices of the cue phrase in order ("did", "not", "say");
            empty for a quotation or a turn without a cue.
        cue_head: Token that carries the cue's meaning, None without a cue.
        content: The words said, in text order, quotation marks and "that" left out.
        speaker: Mention of the speaker beside the cue, None when there is none.
        argument: Token that heads the content, None for bare quotations.
    """

    frame: str
    cue: tuple[int, ...]
    cue_head: int | None
    content: tuple[Span, ...]
    speaker: Mention | None
    argument: int | None = None


class Attribution(NamedTuple):
    """A chosen candidate with its roles; names come later, from identity.

    Attributes:
        candidate: The candidate that was chosen.
        probability: Of the candidate being an attribution, 0 to 1.
        attitude: statement, belief, intention, decree or perception.
        negated: Whether the speaker denied it or did not say it.
        speaker: Mention of the speaker beside the cue, None without one.
        addressee: Mention of who was spoken to, None when nobody is named.
        medium: Mention of what carried the words, None when nothing is named.
        when: Time of the speaking, None when not expressed beside the cue.
        continues: Index (in the document's list of attributions) of the
            attribution whose speaker goes on, None where this one has its own.
        turn: Whether this is a turn of a transcript or interview, attributed
            by its label.
    """

    candidate: Candidate
    probability: float
    attitude: str
    negated: bool
    speaker: Mention | None
    addressee: Mention | None
    medium: Mention | None
    when: TimeExpression | None
    continues: int | None
    turn: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """Who or what a mention is.

    Attributes:
        name: Best (fullest) name in the document; for somebody never named the
            mention without its article; None for a pronoun nobody resolves.
        type: person, organization, place, document, group or unknown.
        represents: Organisation that a spokesperson speaks for, else None.
        resolved_by: name, alias, title, pronoun, continuation, turn or unresolved.
    """

    name: str | None
    type: str
    represents: str | None
    resolved_by: str


@dataclass(frozen=True, slots=True)
class Identified:
    """The identities behind one attribution's mentions; None where there is none.

    A medium that was carried over from an earlier attribution has its mention
    there: ``medium_mention`` and ``inherited`` say so.
    """

    speaker: Identity | None
    addressee: Identity | None
    medium: Identity | None
    medium_mention: Mention | None = None
    inherited: bool = False
