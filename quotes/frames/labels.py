"""Frames of a label and a colon: transcript turns and colon headlines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quotes.attributions import Mention
from quotes.document import Document, Paragraph
from quotes.frames.pieces import trim
from quotes.frames.proposal import Proposal, Variant
from quotes.parse import Parse
from quotes.spans import Span

LEAST_TURNS = 2
"""Fewest labelled paragraphs that make a text a transcript."""

_LABEL = re.compile(
    r"[\"“]?(?P<label>(?:Q|A|[A-Z][\w.'’-]*(?:[ \t]+(?:[A-Z][\w.'’-]*|de|van|von|der|al|bin|of|the|\([^)\n]{1,40}\))){0,6}))"
    r"(?:[ \t]*\([^)\n]{1,60}\))?[ \t]*:[ \t]+(?=\S)"
)
_STAGE_DIRECTION = re.compile(r"(?:\[[^\]\n]{1,80}\]|\([^)\n]{1,80}\))[ \t]*")
_NOT_A_SPEAKER = re.compile(
    r"(?i)(?:note|photo|image|picture|video|source|updated?|published|read more|related|share|correction|caption|"
    r"credit|copyright|subscribe|contact|follow|watch|listen|also|editor'?s note|disclaimer|tags?|topics?|by|"
    r"breaking|exclusive|analysis|opinion|live|poll|review|interview|transcript|factbox|explainer|date|time|"
    r"location|where|when|what|why|how|who|ps|nb|p\.s\.|abstract|full text)\.?$"
)


def label_frames(document: Document, parse: Parse) -> Iterator[Proposal]:
    """Propose transcript turns and colon headlines.

    "KESTREL: [Where was the van when you left?]" in a text with several such
    labels is a turn; "Minister: [No new levy before spring]" as a headline is
    one too; "Note: prices may rise" is neither.

    Args:
        document: The document.
        parse: Its parse.
    """
    labelled = [(i, p, m) for i, p in enumerate(document.paragraphs) if (m := label_of(document.text, p)) is not None]
    turns = [(i, p, m) for i, p, m in labelled if p.kind == "text"]
    # A transcript repeats its labels or consists mostly of them; a list of
    # addresses ("Monday: rain") repeats none and stands in running text.
    transcript = is_transcript([m.group("label") for _, _, m in turns], sum(p.kind == "text" for p in document.paragraphs))
    for place, (index, paragraph, match) in enumerate(labelled):
        if paragraph.kind == "headline" or not transcript:
            if paragraph.kind == "headline" or _is_short(document, paragraph):
                yield from _labelled(parse, document, "colon_headline", match, (paragraph,))
            continue
        after = labelled[place + 1][0] if place + 1 < len(labelled) else len(document.paragraphs)
        rest = [p for p in document.paragraphs[index + 1 : after] if p.kind == "text"]
        block = (paragraph, *rest) if place + 1 < len(labelled) else (paragraph,)
        yield from _labelled(parse, document, "turn", match, block)


def label_of(text: str, paragraph: Paragraph) -> re.Match[str] | None:
    """Return the match of a speaker's label at the start of a paragraph, None without one."""
    match = _LABEL.match(text, paragraph.body.start, paragraph.body.end)
    if match is None or _NOT_A_SPEAKER.match(match.group("label")):
        return None
    return match


def is_transcript(labels: Sequence[str], paragraphs: int) -> bool:
    """Return whether labelled paragraphs are turns: repeated, or more than half of the text."""
    if len(labels) < LEAST_TURNS:
        return False
    return len(set(labels)) < len(labels) or 2 * len(labels) > paragraphs


def _is_short(document: Document, paragraph: Paragraph) -> bool:
    body = paragraph.body.of(document.text)
    return len(body) <= 150 and body[-1:] not in ".!?\"”'’"


def _labelled(
    parse: Parse, document: Document, frame: str, match: re.Match[str], block: Sequence[Paragraph]
) -> Iterator[Proposal]:
    text = document.text
    start = match.end()
    direction = _STAGE_DIRECTION.match(text, start, block[0].body.end)
    if direction is not None:
        start = direction.end()
    spans = [Span(start, block[0].body.end), *(p.body for p in block[1:])]
    pieces = []
    for span in spans:
        inside = parse.tokens_in(span) if span.start < span.end else range(0)
        if inside and (piece := trim(parse, (inside[0], inside[-1]))) is not None:
            # A turn keeps its final full stop: it is part of what was said.
            pieces.append((piece[0], inside[-1]) if frame == "turn" else piece)
    label = parse.tokens_in(Span(*match.span("label")))
    if pieces and label:
        speaker = Mention(Span(*match.span("label")), label[-1])
        yield Proposal(frame, (), None, None, (Variant("label", tuple(pieces)),), speaker)
