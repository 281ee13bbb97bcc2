"""The output contract, schema version 2, as pydantic models.

Offsets are code points of the text exactly as the caller gave it, half-open:
``text[start:end]`` equals the span's ``text``.
"""

from __future__ import annotations

import datetime
import textwrap
from html import escape
from typing import Annotated, Any, Literal, SupportsIndex, overload

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeInt,
    SerializerFunctionWrapHandler,
    model_serializer,
)

from quotes.colours import COLOURS, ranked

SCHEMA_VERSION = 2
UNNAMED = "Speaker not named"
_SHOWN = 60
"""Characters of a content in the line that represents its statement."""
_CARDS = 200
"""Statements of a list that a notebook shows."""
_GREY = "light-dark(#57534c,#b3afa6)"
_LINES = {"direct": "solid", "mixed": "dashed", "indirect": "dotted"}
"""The line under the words in a notebook."""

Kind = Literal["direct", "indirect", "mixed"]
Attitude = Literal["statement", "belief", "intention", "decree", "perception"]
EntityType = Literal["person", "organization", "place", "document", "group", "unknown"]
ResolvedBy = Literal["name", "alias", "title", "description", "pronoun", "continuation", "turn", "unresolved"]
Probability = Annotated[float, Field(ge=0.0, le=1.0)]
EntityId = Annotated[str, Field(pattern=r"^e[1-9][0-9]*$")]
PartialDate = Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")]


_FIELDS = "\n\nFields:\n"


def _without_fields(schema: dict[str, Any]) -> None:
    """Leave out of a model's description what the schema says of its fields anyway."""
    schema["description"] = schema["description"].partition(_FIELDS)[0]


class Contract(BaseModel):
    """Base of every output model: immutable, no unknown fields."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, json_schema_extra=_without_fields
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Let ``help`` say what each field is."""
        about = (f"    {name}: {field.description}" for name, field in cls.model_fields.items())
        cls.__doc__ = f"{cls.__doc__}{_FIELDS}" + "\n".join(about)


class TextSpan(Contract):
    """A stretch of the document."""

    start: NonNegativeInt
    """First code point."""
    end: NonNegativeInt
    """One past the last code point."""
    text: str
    """The text between the two."""


class Content(Contract):
    """The words said."""

    text: str
    """The pieces joined by ' … '."""
    spans: tuple[TextSpan, ...]
    """The pieces in text order, without outer quotation marks, "that", cue and speaker."""


class Cue(TextSpan):
    """The word or phrase that attributes the content."""

    lemma: str
    """Lemma of the cue's head: "say" for "has also said"."""


class When(TextSpan):
    """When the words were said."""

    date: PartialDate | None
    """The day (2023-03-16), month (2018-10) or year (2015) meant; null where nobody can tell."""


class Entity(Contract):
    """Who speaks or is spoken to."""

    mention: TextSpan | None
    """The expression beside the cue."""
    name: str | None
    """Best name in the document; null for a pronoun that stays unresolved."""
    entity: EntityId | None
    """The same for all mentions of one person or body in the document ("e1"); null when unresolved."""
    type: EntityType
    """What it is; a group is several people without a body of their own ("residents")."""
    role: TextSpan | None
    """Office or description of somebody named, as written beside a name: "Syrian President"."""
    represents: str | None
    """The organisation that a spokesperson speaks for."""
    anonymity: TextSpan | None
    """Why the text gives no name: "who asked not to be named because ..."."""
    resolved_by: ResolvedBy
    """How the mention got its name; by description for one never named, unresolved where nobody was found."""
    confidence: Probability
    """Probability that the name is right; 0 without a name."""

    def __repr__(self) -> str:
        """Return what fits on a line: ``<Entity person 'Ann Kord' e1>``."""
        called = self.name or (self.mention.text if self.mention else None)
        return f"<{type(self).__name__} {self.type} {called!r} {self.entity or 'unresolved'}>"

    __str__ = __repr__


class Medium(Entity):
    """What carried the words to the reader."""

    inherited: bool
    """Whether it is carried over from an earlier statement of the same speaker."""


class Original(Contract):
    """The file that a text was taken out of."""

    format: Literal["html", "markdown", "docx", "pdf", "vtt", "srt", "eml", "json"]
    """What kind of file it is, as its content shows."""
    tool: str
    """What took the text out of it, with its version: "trafilatura 2.3.1"."""
    sha256: str
    """Of the file's bytes, in lower-case hexadecimal."""
    author: str | None
    """Who wrote it, as the file says."""
    url: str | None
    """Where a page says that it lives."""


class Times(Contract):
    """When words of subtitles are shown, in seconds from the beginning."""

    start: Annotated[float, Field(ge=0.0)]
    """When the subtitle with the first word begins."""
    end: Annotated[float, Field(ge=0.0)]
    """When the subtitle with the last word ends."""


class _Optional(Contract):
    """A model with a field that came after readers of this version were written: left out where there is nothing."""

    @model_serializer(mode="wrap")
    def _without_absent(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        record: dict[str, Any] = handler(self)
        absent = [name for name, about in type(self).model_fields.items() if about.default is None]
        return {key: value for key, value in record.items() if key not in absent or value is not None}


class DocumentInfo(_Optional):
    """Where a statement was found."""

    id: str
    """File name without its suffix, or the caller's own id."""
    path: str | None
    """The file as it was named to quotes; null for a text that came without one."""
    sha256: str
    """Of the text encoded as UTF-8, in lower-case hexadecimal."""
    title: str | None
    """Its headline, as given or as the text has it."""
    publisher: str | None
    """Who published it, as given or as the text has it."""
    published: datetime.date | None
    """Day of publication, as given or as the text has it."""
    original: Original | None = None
    """The file that the text was taken out of; absent where the text is the file itself."""


class ExtractorInfo(Contract):
    """What found it."""

    name: str
    """Always "quotes"."""
    version: str
    """Version of the package."""
    model: str
    """Name of the spaCy pipeline."""
    model_version: str
    """Version of the spaCy pipeline."""


class Provenance(_Optional):
    """What a person needs to check a statement."""

    document: DocumentInfo
    """The text it was found in."""
    paragraph: NonNegativeInt
    """Paragraph of the first content span, counted from 0 over non-blank paragraphs."""
    sentence: NonNegativeInt
    """Sentence of the first content span, counted from 0 over the document."""
    rule: str
    """Name of the construction that found it."""
    extractor: ExtractorInfo
    """The program and the pipeline that found it."""
    times: Times | None = None
    """When the content is heard, where the text comes from subtitles; absent elsewhere."""


class Statement(Contract):
    """One attributed statement."""

    schema_version: Literal[2] = 2
    """Version of this form; it changes when the meaning of a field does."""
    id: str
    """Stable: the same text and the same spans give the same id."""
    kind: Kind
    """Whether all of the content, none of it, or a part is in quotation marks."""
    attitude: Attitude
    """What the cue makes of the content; only statements (said, denied, urged) are given unless asked for."""
    negated: bool
    """Whether the speaker denied the content or did not say it."""
    content: Content
    """The words said."""
    cue: Cue | None
    """What attributes them; null for a quotation without a cue of its own."""
    speaker: Entity | None
    """Who said them; null where nobody is named."""
    addressee: Entity | None
    """Who was spoken to; a news outlet that was told is the medium."""
    medium: Medium | None
    """What brought the words to the reader: an interview, a statement, a post, an agency, an outlet."""
    when: When | None
    """When they were said; null where the text does not tell."""
    confidence: Probability
    """Probability that this is an attribution."""
    provenance: Provenance
    """Where it was found, by what, and by which rule."""

    @property
    def speaker_name(self) -> str | None:
        """The speaker's best name; None where there is no speaker, or none with a name."""
        return self.speaker.name if self.speaker else None

    def __repr__(self) -> str:
        """Return what fits on a line: ``<Statement direct at 1 by 'Ann Kord': 'The bridge stays closed …' 0.98>``."""
        denied = ", denied," if self.negated else ""
        said = textwrap.shorten(self.content.text, _SHOWN, placeholder=" …")
        start = self.content.spans[0].start if self.content.spans else 0
        return f"<Statement {self.kind}{denied} at {start} by {self.speaker_name!r}: {said!r} {self.confidence:.2f}>"

    __str__ = __repr__

    def _repr_html_(self, hue: str = _GREY) -> str:
        """Return it for a notebook: who, to whom and through what, when, and the words, with a bar of a CSS colour."""
        said = escape(self.content.text)
        words = f"“{said}”" if self.kind == "direct" else said
        roles = (("to", self.addressee), ("through", self.medium))
        facts = [f"{word} {each.name or (each.mention.text if each.mention else '?')}" for word, each in roles if each]
        facts += [self.when.date or self.when.text] if self.when else []
        facts += ["denied"] * self.negated + [self.kind, f"confidence {self.confidence:.2f}"]
        return (
            f'<div style="border-left:.25em solid {hue};padding-left:.75em;margin:0 0 .75em">'
            f"<b>{escape(self.speaker_name or UNNAMED)}</b> <small>{escape(' · '.join(facts))}</small>"
            f'<div style="white-space:pre-line;text-decoration:underline {_LINES[self.kind]} {hue};'
            f'text-underline-offset:.25em">{words}</div></div>'
        )


class Statements(list[Statement]):
    """A list of statements; a notebook shows it as the page does, the colour says whose words they are."""

    @overload
    def __getitem__(self, index: SupportsIndex) -> Statement: ...

    @overload
    def __getitem__(self, index: slice) -> Statements: ...

    def __getitem__(self, index: SupportsIndex | slice) -> Statement | Statements:
        """Return one statement, or a part of the list, which a notebook shows in the same way."""
        return Statements(super().__getitem__(index)) if isinstance(index, slice) else super().__getitem__(index)

    def _repr_html_(self) -> str:
        """Return how many there are, by whom, and the first ones."""
        speakers = ranked((each.speaker_name or UNNAMED for each in self), UNNAMED)
        hues = {
            name: _GREY if colour is None else f"light-dark({','.join(COLOURS[colour])})"
            for name, _, colour in speakers
        }
        named = sum(name != UNNAMED for name in hues)
        counts = f"{len(self):,} statement{'s' * (len(self) != 1)}"
        counts += f" by {named:,} speaker{'s' * (named != 1)}" * bool(named)
        cards = "".join(each._repr_html_(hues[each.speaker_name or UNNAMED]) for each in self[:_CARDS])
        more = f"<p>… and {len(self) - _CARDS:,} more</p>" if len(self) > _CARDS else ""
        return f'<div style="max-width:46em"><p><small>{counts}</small></p>{cards}{more}</div>'


Verdict = Literal["verbatim", "trimmed", "altered", "spliced", "not_found"]
DifferenceKind = Literal["dropped", "added", "changed", "moved"]
Concern = Literal["negation", "condition", "quantity", "name"]
NoteKind = Literal[
    "too_short",
    "inserted",
    "marked_omission",
    "unmarked_omission",
    "between_pieces",
    "cut_clause",
    "several_places",
    "other_speaker",
    "other_occasion",
    "other_language",
    "no_text",
]


class Passage(Contract):
    """Words of one source, spoken by one speaker, that a statement was compared with."""

    document: DocumentInfo
    """The source; all passages and differences of a verification are of the same one."""
    speaker: str | None
    """Who says them, as the source's turns name the speaker; null in a source without turns."""
    spans: tuple[TextSpan, ...]
    """Where they are in the source, in the order of the quotation."""


class Difference(Contract):
    """Words that the article and the source do not share."""

    kind: DifferenceKind
    """Dropped: only the source has them; added: only the article; changed: others; moved: elsewhere in the passage."""
    article: TextSpan | None
    """The words in the article; null for dropped ones."""
    source: TextSpan | None
    """The words in the source; null for added ones."""
    concerns: Concern | None
    """What the difference adds, takes away or changes: a negation, a condition or hedge, a quantity, a name."""


class Note(Contract):
    """What a reader of a verdict should know beside it."""

    kind: NoteKind
    """What it is about; each kind is explained in the documentation of verification."""
    article: TextSpan | None
    """The words of the article that it is about, if any."""
    source: TextSpan | None
    """The words of the source that it is about, if any."""
    words: NonNegativeInt | None
    """How many words of the source an omission leaves out; null for other kinds."""
    concerns: Concern | None
    """What the words left out bear on, as for a difference."""


class Verification(Contract):
    """A statement compared with the sources."""

    statement: Statement
    """What the article reports."""
    verdict: Verdict | None
    """How the quoted words compare; null for indirect speech and where no source has English text."""
    passages: tuple[Passage, ...]
    """The passage found, one entry a turn; the nearest one where the words were not found or are indirect speech."""
    differences: tuple[Difference, ...]
    """What differs between the words of the article and the passage, in the order of the article."""
    notes: tuple[Note, ...]
    """What else a reader should know, in the order of the kinds in the schema."""
    other_speaker: bool
    """Whether the source gives the passage to somebody else than the article does."""
    occasion_differs: bool
    """Whether the article's own words point to another occasion than the source's date or title."""
    score: Probability
    """Share of the statement's words, weighted by how rare they are, that the passage has in order."""


Relation = Literal["verbatim", "trimmed", "altered", "paraphrase"]


class FamilySpeaker(Contract):
    """Who made an utterance, over all its reports."""

    name: str | None
    """The name in the table of people, else the fullest in the reports; null where no report names anybody."""
    names: tuple[str, ...]
    """The names in the reports, the most common first."""
    person: dict[str, str] | None
    """The row of the table of people that this is, every column by its name; null where there is none."""


class Occasion(Contract):
    """When and where an utterance was made, as far as its reports tell."""

    date: PartialDate | None
    """The day, month or year."""
    medium: str | None
    """What carried it to the readers: the interview, the statement, the post, the outlet."""
    addressee: str | None
    """Who was spoken to."""


class Member(Contract):
    """One report of an utterance."""

    statement: str
    """Id of the statement."""
    document: str
    """Id of the document it is found in."""
    publisher: str | None
    """Who published that document."""
    published: datetime.date | None
    """When that document was published."""
    kind: Kind
    """Whether all of the content, none of it, or a part is in quotation marks."""
    relation: Relation
    """What the report makes of the family's wording: repeats, trims, alters or paraphrases it."""
    differences: tuple[Difference, ...]
    """Where its quoted words differ from the family's wording; none for a paraphrase."""
    source: str | None
    """The member whose publisher this report names as its medium; null where it names none of them."""
    copy_of: str | None
    """Id of the document that this report's document is a copy of (wire copy); null for a report of its own."""
    confidence: Probability
    """Probability that it reports this utterance."""


class Family(Contract):
    """The reports of one utterance: one speaker, one occasion, one thing said."""

    schema_version: Literal[2] = 2
    """Version of this form; it changes when the meaning of a field does."""
    id: str
    """Stable: the same members give the same id."""
    speaker: FamilySpeaker
    """Who spoke."""
    occasion: Occasion
    """When and where."""
    wording: str | None
    """The fullest wording in quotation marks; null where all reports are paraphrases."""
    wording_of: str | None
    """The member that has this wording, to which the differences of the others refer."""
    first: str
    """The earliest member."""
    members: Annotated[tuple[Member, ...], Field(min_length=2)]
    """The reports, by date of publication, then document and position."""
    confidence: Probability
    """Probability that all members report this utterance."""
