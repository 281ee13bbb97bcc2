"""Turns of transcripts: the labels that name who speaks, and what is between the words spoken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from quotes.lexicon import words
from quotes.text.document import Document
from quotes.text.normalization import CAPITAL
from quotes.text.spans import Span

LEAST_TURNS = 2
"""Fewest labelled paragraphs that make a text a transcript."""

_PART = rf"(?:{CAPITAL}[\w.'’-]*|de|van|von|der|al|bin|of|the|\([^)\n]{{1,40}}\))"
COLON = r"(?:[ \t]*\([^)\n]{1,60}\))?[ \t]*:(?:\*\*)?(?:[ \t\u00a0]+(?=\S)|$)"
"""White space after the colon includes the no-break space of web transcripts."""
_BEFORE_LABEL = r"(?:[•·*–-][ \t]+|[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?[ \t]+|\*\*)*[\"“]?"
"""A bullet, a time stamp, bold marks."""
LABEL = re.compile(rf"{_BEFORE_LABEL}(?P<label>{CAPITAL}[\w.'’-]*(?:[ \t]+{_PART}){{0,6}}){COLON}")
_ANY_WORDS = rf"(?P<label>{CAPITAL}[\w.'’-]*(?:[ \t]+[\w.'’-]+){{0,6}})(?:,[^:\n]{{1,40}})?"
_DOTTED = r"(?P<dotted>(?:(?:Mr|Mrs|Ms|Dr)\. )?[A-Z][A-Z'’-]+(?: [A-Z][A-Z'’-]+)*)\.[ \t]+(?=\S)"
_IN_BRACKETS = rf"\[(?P<bracketed>{CAPITAL}[^]\n:]{{1,40}})\]:?[ \t]+(?=\S)"
_WITH_TIME = rf"(?P<timed>{CAPITAL}[\w.'’-]*(?:[ \t]+{_PART}){{0,4}})[ \t]+[(\[]?\d{{1,2}}:\d\d(?::\d\d)?[)\]]?$"
LABEL_OF_TRANSCRIPT = re.compile(
    rf"{_BEFORE_LABEL}(?:{_ANY_WORDS}{COLON}|(?P<part>[QA])\.[ \t]+|{_DOTTED}|{_IN_BRACKETS}|{_WITH_TIME})"
)
"""In a transcript any words may be a label: "Man in the audience:", "Ines Prado, mayor:", "Q.", "Mr. HALE."."""
STAGE_DIRECTION = re.compile(r"(?:\[[^\]\n]{1,80}\]|\([^)\n]{1,80}\))[ \t]*")
INTERJECTION = re.compile(
    r"[\[(](?:[^\])\n]{0,20}\b)?(?:applause|cross-?talk|inaudible|laughs|laughter|off-?mic|pause)\b[^\])\n]*[\])]",
    re.IGNORECASE,
)
_BETWEEN_WORDS = re.compile(r"(?m)^[ \t]*[\[(][^\])\n]{1,80}[\])][ \t]*$|\([A-Z][A-Z ,.;–—-]{2,60}\)")
"""A line in brackets, or capitals in them: "(APPLAUSE)", "[Reads from the letter]"."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says until the next one does.

    Attributes:
        speaker: The label without its colon.
        name: Its code points.
        label: Those of all that is before the words.
        end: Where the next turn or the text ends.
    """

    speaker: str
    name: Span
    label: Span
    end: int


def turns_of(document: Document) -> list[Turn]:
    """Return the turns of a transcript in order, none of a text that is no transcript.

    This is a quick look at labels alone, for texts too long to be parsed. Those count that are
    repeated or in capitals, where two of them are the same or most paragraphs have one.
    """
    text = document.text
    found = [turn for paragraph in document.paragraphs if (turn := _turn(text, paragraph.span)) is not None]
    told = Counter(turn.speaker for turn in found)
    sure = [turn for turn in found if told[turn.speaker] > 1 or turn.speaker.isupper()]
    speakers = {turn.speaker for turn in sure}
    alone = len(sure) == 1 and document.paragraphs[0].span.start == sure[0].label.start
    most_of_text = 2 * len(sure) >= len(document.paragraphs)
    if not alone and (len(sure) < LEAST_TURNS or not (len(sure) > len(speakers) or most_of_text)):
        return []
    capitals = 2 * sum(turn.speaker.isupper() for turn in sure) > len(sure)
    # in an exchange, somebody may speak only once
    turns = found if not capitals and 2 * len(found) >= len(document.paragraphs) else sure
    ends = [*(turn.label.start for turn in turns[1:]), len(text)]
    return [replace(turn, end=end) for turn, end in zip(turns, ends, strict=True)]


def unspoken(text: str) -> Iterator[Span]:
    """Yield what a transcript has between the words: "(APPLAUSE)", "[laughter]", a line in brackets."""
    for pattern in (INTERJECTION, _BETWEEN_WORDS):
        yield from (Span(*found.span()) for found in pattern.finditer(text))


def _turn(text: str, paragraph: Span) -> Turn | None:
    """Return the turn that a paragraph opens, None without a label that can name a speaker."""
    found = LABEL_OF_TRANSCRIPT.match(text, paragraph.start, paragraph.end)
    if found is None:
        return None
    name = Span(*found.span(found.lastgroup or "label"))
    speaker = name.of(text)
    small = [word for word in speaker.split() if word.islower()]
    if speaker.lower() in words("topic_labels") or not words("label_particles").issuperset(small):
        return None
    return Turn(speaker, name, Span(paragraph.start, found.end()), paragraph.end)
