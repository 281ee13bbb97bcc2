"""Frames of a label and a colon: transcript turns and colon headlines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.candidates.candidate import Candidate, Extent
from quotes.candidates.label_speakers import Standing, reads_as_said, standing_of
from quotes.candidates.pieces import trim
from quotes.candidates.sourced_headlines import sourced_headline
from quotes.lexicon import words
from quotes.syntax.mention import Mention, Range
from quotes.syntax.parse import Parse
from quotes.text.document import Document, Paragraph
from quotes.text.spans import Span

LEAST_TURNS = 2
"""Fewest labelled paragraphs that make a text a transcript."""

_PART = r"(?:[A-Z][\w.'’-]*|de|van|von|der|al|bin|of|the|\([^)\n]{1,40}\))"
_COLON = r"(?:[ \t]*\([^)\n]{1,60}\))?[ \t]*:[ \t]+(?=\S)"
_LABEL = re.compile(rf"[\"“]?(?P<label>[A-Z][\w.'’-]*(?:[ \t]+{_PART}){{0,6}}){_COLON}")
_OFFICE = re.compile(rf"(?P<label>[A-Z][\w.'’-]*(?:[ \t]+[\w.'’-]+){{1,5}}){_COLON}")
"""In a headline an office may be in lower case, as in "Bank boss: ..."."""
_STAGE_DIRECTION = re.compile(r"(?:\[[^\]\n]{1,80}\]|\([^)\n]{1,80}\))[ \t]*")
_SENTENCE_END = re.compile(r"[.!?…—–-][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A paragraph with a label: its place, the label's match, and how surely that is a speaker's."""

    place: int
    paragraph: Paragraph
    match: re.Match[str]
    standing: Standing
    content: range

    @property
    def label(self) -> str:
        """The label as written."""
        return self.match["label"]


def label_frames(document: Document, parse: Parse) -> Iterator[Candidate]:
    """Propose transcript turns and colon headlines.

    "KESTREL: [Where was the van when you left?]" in a text with several such
    labels is a turn; "Minister: [No new levy before spring]" as a headline is
    one too; "Parking: six crowns a day" is neither.

    Args:
        document: The document.
        parse: Its parse.
    """
    found = [(i, p, label_of(document.text, p)) for i, p in enumerate(document.paragraphs)]
    labelled = [_labelled(parse, i, p, match) for i, p, match in found if match is not None]
    turns = turns_of(document, parse, labelled)
    for order, turn in enumerate(turns):
        after = turns[order + 1].place if order + 1 < len(turns) else turn.place + 1
        rest = [p for p in document.paragraphs[turn.place + 1 : after] if _goes_on(document, p)]
        yield from _proposal(parse, document, "turn", turn, (turn.paragraph, *rest))
    for each in labelled:
        headline = each.paragraph.kind == "headline" or (not turns and _is_short(document, each.paragraph))
        if headline and reads_as_said(parse, each.content, each.standing):
            yield from _proposal(parse, document, "colon_headline", each, (each.paragraph,))
    spoken = {each.place for each in labelled if each.standing is Standing.SURELY}
    for place, paragraph in enumerate(document.paragraphs):
        short = paragraph.kind == "headline" or (not turns and _is_short(document, paragraph))
        if short and place not in spoken:
            yield from sourced_headline(parse, paragraph)


def label_of(text: str, paragraph: Paragraph) -> re.Match[str] | None:
    """Return the match of what may be a speaker's label at the start of a paragraph, None without one."""
    found = _LABEL.match(text, paragraph.body.start, paragraph.body.end)
    if found is None and paragraph.kind == "headline":
        found = _OFFICE.match(text, paragraph.body.start, paragraph.body.end)
    return found


def turns_of(document: Document, parse: Parse, labelled: Sequence[_Labelled]) -> list[_Labelled]:
    """Return the paragraphs that are turns: their labels are repeated, or name speakers in most of the text.

    The labels of results, opening hours and recipes repeat none and name nobody.
    """
    text = [each for each in labelled if each.paragraph.kind == "text"]
    times = Counter(each.label for each in text)
    repeated = {each.label for each in text if times[each.label] > 1 and _is_speech(document, parse, each)}
    turns = [
        each
        for each in text
        if each.label in repeated
        or (each.standing is Standing.SURELY and reads_as_said(parse, each.content, each.standing))
        or (each.standing is Standing.PERHAPS and _is_speech(document, parse, each))
    ]
    paragraphs = sum(p.kind == "text" for p in document.paragraphs)
    if len(turns) < LEAST_TURNS or not (repeated or 2 * len(turns) > paragraphs):
        return []
    return turns


def _is_speech(document: Document, parse: Parse, each: _Labelled) -> bool:
    """Return whether a paragraph's words end as a sentence does, and its label is no topic."""
    named = each.standing is not Standing.NOBODY or each.label.lower() not in words("topic_labels")
    ends = _SENTENCE_END.search(each.paragraph.body.of(document.text)) is not None
    return named and ends and reads_as_said(parse, each.content, Standing.SURELY)


def _goes_on(document: Document, paragraph: Paragraph) -> bool:
    """Return whether a paragraph without a label belongs to the turn before it ("[Applause]" does not)."""
    body = paragraph.body.of(document.text)
    direction = _STAGE_DIRECTION.match(body)
    return paragraph.kind == "text" and (direction is None or direction.end() < len(body))


def _labelled(parse: Parse, place: int, paragraph: Paragraph, match: re.Match[str]) -> _Labelled:
    standing = standing_of(parse, Span(*match.span("label")))
    content = parse.tokens_in(Span(match.end(), max(match.end(), paragraph.body.end)))
    return _Labelled(place, paragraph, match, standing, content)


def _is_short(document: Document, paragraph: Paragraph) -> bool:
    body = paragraph.body.of(document.text)
    return len(body) <= 150 and body[-1:] not in ".!?\"”'’"


def _proposal(
    parse: Parse, document: Document, frame: str, labelled: _Labelled, block: Sequence[Paragraph]
) -> Iterator[Candidate]:
    text, match = document.text, labelled.match
    start = match.end()
    direction = _STAGE_DIRECTION.match(text, start, block[0].body.end)
    if direction is not None:
        start = direction.end()
    spans = [Span(start, block[0].body.end), *(p.body for p in block[1:])]
    pieces = []
    for span in spans:
        inside = parse.tokens_in(span) if span.start < span.end else range(0)
        if inside and (piece := _piece(parse, inside, frame)) is not None:
            pieces.append(piece)
    label = parse.tokens_in(Span(*match.span("label")))
    if pieces and label:
        speaker = Mention(Span(*match.span("label")), label[-1])
        yield Candidate(frame, (), None, None, (Extent("label", tuple(pieces)),), speaker)


def _piece(parse: Parse, inside: range, frame: str) -> Range | None:
    """Return the words of a paragraph; a turn keeps its marks and its "And", which are part of it."""
    piece = trim(parse, (inside[0], inside[-1]))
    if piece is None or frame != "turn":
        return piece
    first = next(t for t in inside if parse.pos[t] not in ("PUNCT", "SPACE"))
    return first, inside[-1]
