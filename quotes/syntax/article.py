"""What every stage takes: a document with its parse and its quotations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quotes.syntax.mention import Range
from quotes.syntax.parse import Parse
from quotes.syntax.trace import Trace
from quotes.text.document import Document
from quotes.text.quotations import Quotation


@dataclass(frozen=True, slots=True)
class Article:
    """A document, its parse and where its quotations are in it.

    Attributes:
        document: The document.
        parse: Its parse.
        quotations: Its quotations.
        quotation_at: For each token the outermost quotation around it, -1 outside.
        quotation_tokens: First and last word of each quotation, None for one
            without a word.
        carried_on: For a quotation the one that carries it on in the next paragraph.
        trace: Collects the reasons for decisions, None where nobody asks.
    """

    document: Document
    parse: Parse
    quotations: Sequence[Quotation]
    quotation_at: Sequence[int]
    quotation_tokens: Sequence[Range | None]
    carried_on: Mapping[int, int]
    trace: Trace | None = None

    @classmethod
    def of(
        cls, document: Document, parse: Parse, quotations: Sequence[Quotation], trace: Trace | None = None
    ) -> Article:
        """Find the tokens of each quotation."""
        at = [-1] * len(parse)
        for index, quotation in enumerate(quotations):
            if quotation.depth == 0:
                inside = parse.tokens_in(quotation.inner)
                at[inside.start : inside.stop] = [index] * len(inside)
        ranges = [parse.range_of(quotation.inner) for quotation in quotations]
        carried_on = {q.continues: index for index, q in enumerate(quotations) if q.continues is not None}
        return cls(document, parse, quotations, at, ranges, carried_on, trace)

    def is_quoted(self, token: int) -> bool:
        """Return whether a token is inside quotation marks."""
        return self.quotation_at[token] >= 0

    def all_quoted(self, tokens: Iterable[int]) -> bool:
        """Return whether all tokens are inside quotation marks; those of nothing are."""
        return all(map(self.is_quoted, tokens))

    def quotation_range(self, token: int) -> Range | None:
        """Return the first and last token of the outermost quotation around a token, None outside."""
        index = self.quotation_at[token]
        return self.quotation_tokens[index] if index >= 0 else None

    def quotation_pieces(self, quotation: int) -> tuple[Range, ...]:
        """Return the first and last word of a quotation and of each that carries it on, one pair a paragraph."""
        chain = [quotation]
        while chain[-1] in self.carried_on:
            chain.append(self.carried_on[chain[-1]])
        return tuple([words for i in chain if (words := self.quotation_tokens[i]) is not None])
