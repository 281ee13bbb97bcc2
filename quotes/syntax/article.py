"""What every stage takes: a document with its parse and its quotations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotes.syntax.cues import is_saying
from quotes.syntax.mention import Range
from quotes.syntax.parse import Parse
from quotes.syntax.sight import FirstSight
from quotes.syntax.trace import Trace
from quotes.text.document import Document
from quotes.text.quotations import Quotation

_CLAUSES_SAID = frozenset({"clausal_complement", "noun_clause"})
"""Always proposed where the word list knows the cue: corpora hold few "assurance that ..."."""
Headed = tuple[str, int]
"""The frame of a candidate and the token that heads its content."""


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
        sight: What refuses most candidates before they are made, None for nothing.
        trace: Collects the reasons for decisions, None where nobody asks.
    """

    document: Document
    parse: Parse
    quotations: Sequence[Quotation]
    quotation_at: Sequence[int]
    quotation_tokens: Sequence[Range | None]
    sight: FirstSight | None = None
    trace: Trace | None = None

    @classmethod
    def of(
        cls,
        document: Document,
        parse: Parse,
        quotations: Sequence[Quotation],
        sight: FirstSight | None = None,
    ) -> Article:
        """Find the tokens of each quotation.

        Args:
            document: The document.
            parse: Its parse.
            quotations: Its quotations.
            sight: What refuses most candidates before they are made, None for nothing.
        """
        at = [-1] * len(parse)
        for index, quotation in enumerate(quotations):
            if quotation.depth == 0:
                inside = parse.tokens_in(quotation.inner)
                at[inside.start : inside.stop] = [index] * len(inside)
        ranges = [parse.range_of(quotation.inner) for quotation in quotations]
        return cls(document, parse, quotations, at, ranges, sight)

    def is_quoted(self, token: int) -> bool:
        """Return whether a token is inside quotation marks."""
        return self.quotation_at[token] >= 0

    def all_quoted(self, tokens: Iterable[int]) -> bool:
        """Return whether all tokens are inside quotation marks; those of nothing are."""
        return all(self.quotation_at[token] >= 0 for token in tokens)

    def same_quotation(self, token: int, other: int) -> bool:
        """Return whether two tokens are in one outermost quotation, or both outside of all."""
        return self.quotation_at[token] == self.quotation_at[other]

    def quotation_range(self, token: int) -> Range | None:
        """Return the first and last token of the outermost quotation around a token, None outside."""
        index = self.quotation_at[token]
        return self.quotation_tokens[index] if index >= 0 else None

    def quotations_in(self, first: int, last: int) -> list[int]:
        """Return the outermost quotations that hold tokens of a range, in text order."""
        return sorted(set(self.quotation_at[first : last + 1]) - {-1})

    def is_worth(self, frame: str, cue: int, *, has_speaker: bool | None = True) -> bool:
        """Return whether a candidate whose content no word heads is worth being made.

        Args:
            frame: Name of the construction.
            cue: The cue word.
            has_speaker: Whether somebody stands beside the cue, None where that is not known yet.
        """
        if self.sight is None:
            return True
        contents = ((frame, None),)
        (odds,) = self.sight.log_odds_of(self.parse, self.quotation_at, cue, contents, has_speaker)
        return odds >= self.sight.least

    def worth(self, cue: int, contents: list[Headed]) -> list[Headed]:
        """Return which candidates of a cue are worth being made, with or without somebody beside it.

        Args:
            cue: The cue word.
            contents: The frame of each candidate, and the token that heads its content.
        """
        if self.sight is None or not contents:
            return contents
        odds = self.sight.log_odds_of(self.parse, self.quotation_at, cue, contents, None)
        return self._passed(cue, contents, odds)

    def still_worth(self, cue: int, contents: list[Headed], *, has_speaker: bool) -> list[Headed]:
        """Return which of some candidates that `worth` keeps are worth being made.

        Args:
            cue: The cue word.
            contents: The frame of each candidate, and the token that heads its content.
            has_speaker: Whether somebody stands beside the cue.
        """
        if self.sight is None or not any(self.sight.doubts(f, has_speaker=has_speaker) for f, _ in contents):
            return contents
        odds = self.sight.log_odds_of(self.parse, self.quotation_at, cue, contents, has_speaker)
        return self._passed(cue, contents, odds)

    def _passed(self, cue: int, contents: list[Headed], odds: Sequence[float]) -> list[Headed]:
        assert self.sight is not None
        return [
            content
            for content, each in zip(contents, odds, strict=True)
            if each >= self.sight.least or (content[0] in _CLAUSES_SAID and is_saying(self.parse, cue))
        ]


article_of = Article.of
"""An older name."""
