"""What frames and features look at: the parse with its quotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.document import Document
from quotes.frames.proposal import Range
from quotes.marks import Quotation
from quotes.parse import Parse


@dataclass(frozen=True, slots=True)
class Setting:
    """A document's parse and where its quotations stand in it.

    Attributes:
        document: The document.
        parse: Its parse.
        quotations: Its quotations.
        quotation_at: For each token the outermost quotation around it, -1 outside.
        quotation_tokens: First and last word of each quotation, None for one
            without a word.
    """

    document: Document
    parse: Parse
    quotations: Sequence[Quotation]
    quotation_at: Sequence[int]
    quotation_tokens: Sequence[Range | None]


def setting_of(document: Document, parse: Parse, quotations: Sequence[Quotation]) -> Setting:
    """Find the tokens of each quotation.

    Args:
        document: The document.
        parse: Its parse.
        quotations: Its quotations.
    """
    at = [-1] * len(parse)
    ranges: list[Range | None] = []
    for index, quotation in enumerate(quotations):
        inside = parse.tokens_in(quotation.inner)
        worded = any(parse.pos[t] not in ("PUNCT", "SPACE") for t in inside)
        ranges.append((inside[0], inside[-1]) if worded else None)
        if quotation.depth == 0:
            for token in inside:
                at[token] = index
    return Setting(document, parse, quotations, at, ranges)
