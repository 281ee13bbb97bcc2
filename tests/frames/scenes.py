"""Settings from hand-built parses, and proposals as readable text."""

from __future__ import annotations

from collections.abc import Iterable

from quotes.document import make_document
from quotes.frames import Proposal, Setting, Variant, propose, setting_of
from quotes.marks import find_quotations
from quotes.parse import Parse
from tests.builders import parse_from_rows


def scene(rows: str, *, paragraphs: tuple[int, ...] | None = None) -> Setting:
    """The setting of a hand-built parse, its quotation marks paired."""
    parse = parse_from_rows(rows, paragraphs=paragraphs)
    document = make_document(parse.text)
    return setting_of(document, parse, find_quotations(document.text, document.paragraphs))


def words(parse: Parse, tokens: Iterable[int]) -> str:
    """Some tokens, with a space between."""
    return " ".join(parse.words[t] for t in tokens)


def text_of(parse: Parse, variant: Variant) -> str:
    """A reading as text; pieces are parted by a bar."""
    return " | ".join(words(parse, range(first, last + 1)) for first, last in variant.pieces)


def speaker_of(parse: Parse, proposal: Proposal) -> str | None:
    """The mention of a proposal's speaker."""
    return None if proposal.speaker is None else proposal.speaker.span.of(parse.text)


def proposed(rows: str, frame: str) -> list[tuple[str, str | None, str]]:
    """Cue, speaker and plainest content of the proposals of one frame."""
    setting = scene(rows)
    parse = setting.parse
    return [
        (words(parse, each.cue), speaker_of(parse, each), text_of(parse, each.variants[0]))
        for each in propose(setting)
        if each.frame == frame
    ]


def only(rows: str, frame: str) -> tuple[Setting, Proposal]:
    """The only proposal of a frame, with its setting."""
    setting = scene(rows)
    (proposal,) = [each for each in propose(setting) if each.frame == frame]
    return setting, proposal
