"""The one record that every stage after the parse completes: a candidate attribution."""

from __future__ import annotations

from typing import NamedTuple

from quotes.syntax.mention import Mention, Range
from quotes.text.spans import Span

TURN = "turn"
"""Rule of a transcript's turn: its label names the speaker."""
BLOCK = "block_quotation"
"""Rule of paragraphs without quotation marks that a cue and a colon announce."""
FLOATING = "floating_quotation"
"""Rule of a quotation without a cue of its own."""


class Extent(NamedTuple):
    """One choice of where the content begins and ends.

    Attributes:
        name: How it was made ("subtree", "onward", ...).
        pieces: Token ranges of the content, in text order.
    """

    name: str
    pieces: tuple[Range, ...]


class TimeExpression(NamedTuple):
    """When something was said.

    Attributes:
        span: Code points of the expression ("on Thursday" gives "Thursday").
        date: The day, month or year it means, in ISO form; None where the document's own
            date is unknown or the expression names no single one.
    """

    span: Span
    date: str | None


class Resolution(NamedTuple):
    """How a mention got its name: what the confidence of the name is judged by.

    Attributes:
        step: Name of the step that answered ("name", "pronoun", "own_words").
        distance: Sentences back to the expression of the same person or body before, 0 without one.
        rivals: Others that a pronoun or a description could have meant as well.
        full: Whether the document has a name of several words.
    """

    step: str = ""
    distance: int = 0
    rivals: int = 0
    full: bool = False


class Identity(NamedTuple):
    """Who or what a mention is.

    Attributes:
        name: Best (fullest) name in the document; for somebody never named the
            mention without its article; None for a pronoun nobody resolves.
        type: person, organization, place, document, group or unknown.
        represents: Organisation that a spokesperson speaks for, else None.
        resolved_by: name, alias, title, description (never named), pronoun, continuation,
            turn or unresolved.
        entity: The same for all mentions of one in the document: number of the referent, or
            a name that no referent has; None for nobody.
        role: Where the text says what somebody named is, None without such words.
        anonymity: Where it says why it gives no name, None where it does not.
        resolution: How the name was found.
    """

    name: str | None
    type: str
    represents: str | None
    resolved_by: str
    entity: int | str | None = None
    role: Span | None = None
    anonymity: Span | None = None
    resolution: Resolution = Resolution()


class Candidate(NamedTuple):
    """A possible attribution.

    A construction gives the first seven fields; scoring, selection, roles and
    coreference each return a copy with theirs filled in.

    Attributes:
        rule: Name of the construction; the statement's rule.
        cue: Tokens of the cue phrase in order ("did", "not", "say"); empty for a
            quotation or a turn without a cue.
        cue_head: Token with the cue's meaning, None without a cue.
        argument: Token that heads the content, None for a bare quotation.
        extents: Where the content may begin and end, the subtree of the argument first; never empty.
        speaker: Mention beside the cue, None without one.
        quotation: Index of the quotation that the content is, None for clauses.
        probability: Of being an attribution, 0 to 1.
        extent: The chosen extent.
        tokens: Words of the content in that extent.
        continues: Index, among the chosen candidates of the document, of the one whose
            speaker goes on; None where this one has its own.
        content: The words said, in text order, outer quotation marks and "that" left out.
        attitude: statement, belief, intention, decree or perception.
        negated: Whether the speaker denied it or did not say it.
        addressee: Mention of who was spoken to, None when nobody is named.
        medium: Mention of what carried the words, None when nothing is named.
        when: Time of the speaking, None when not expressed beside the cue.
        speaker_identity: Who the speaker is, None without one.
        addressee_identity: Who the addressee is, None without one.
        medium_identity: What the medium is, None without one.
        medium_inherited: Whether the medium, with its mention, is that of an earlier statement.
    """

    rule: str
    cue: tuple[int, ...]
    cue_head: int | None
    argument: int | None
    extents: tuple[Extent, ...]
    speaker: Mention | None
    quotation: int | None = None
    probability: float = 0.0
    extent: Extent | None = None
    tokens: frozenset[int] = frozenset()
    continues: int | None = None
    content: tuple[Span, ...] = ()
    attitude: str = "statement"
    negated: bool = False
    addressee: Mention | None = None
    medium: Mention | None = None
    when: TimeExpression | None = None
    speaker_identity: Identity | None = None
    addressee_identity: Identity | None = None
    medium_identity: Identity | None = None
    medium_inherited: bool = False

    @classmethod
    def without_cue(
        cls, rule: str, extent: Extent, speaker: Mention | None = None, quotation: int | None = None
    ) -> Candidate:
        """Return an attribution that its place shows: by a label, a signature, or the quotation before it."""
        return cls(rule, (), None, None, (extent,), speaker, quotation)

    @property
    def key(self) -> tuple[object, ...]:
        """What tells a candidate from others, whatever later stages have filled in."""
        return (*self[:4], self.extents, self.quotation)

    @property
    def is_verbatim(self) -> bool:
        """Whether the words are a speaker's own without quotation marks around them: a turn, a block quotation."""
        return self.rule in (TURN, BLOCK)

    @property
    def is_turn(self) -> bool:
        """Whether this is a turn of a transcript or interview, attributed by its label."""
        return self.rule == TURN

    @property
    def pieces(self) -> tuple[Range, ...]:
        """Token ranges of the content: of the chosen extent, else of the first."""
        return (self.extent or self.extents[0]).pieces
