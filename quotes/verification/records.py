"""Puts a comparison into the record of the contract, with places of the texts as they were given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import get_args

from quotes.models import (
    Concern,
    Difference,
    DifferenceKind,
    DocumentInfo,
    Note,
    NoteKind,
    Passage,
    TextSpan,
    Verdict,
    Verification,
)
from quotes.text.spans import Span, trimmed
from quotes.verification.comparison import Comparison, Gap, segments
from quotes.verification.matching import Match
from quotes.verification.occasions import Occasion
from quotes.verification.pieces import ArticleText, Reported
from quotes.verification.sources import Source
from quotes.verification.words import Words

_TOO_SHORT = 2
"""Words that many people say: two are not enough to know whose they are."""
_ORDER: tuple[NoteKind, ...] = get_args(NoteKind)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the record of one statement.

    Attributes:
        article: The article.
        reported: The statement with its pieces.
    """

    article: ArticleText
    reported: Reported

    def unread(self, lacks: set[NoteKind]) -> Verification:
        """Return the record for sources without any English text."""
        return self._record(None, notes=[_note(kind) for kind in sorted(lacks, key=_ORDER.index)])

    def not_found(self, match: Match | None) -> Verification:
        """Return the record for words that no source has; of indirect speech, without a verdict."""
        quoted = self.reported.is_quoted
        short = [_note("too_short")] if quoted and self._is_short() else []
        return self._record("not_found" if quoted else None, match, notes=short)

    def found(self, comparison: Comparison, occasion: Occasion | None) -> Verification:
        """Return the record for words that were found, with where the article says they were said otherwise."""
        notes = [*self._notes(comparison), *([self._occasion(occasion)] if occasion else [])]
        match = comparison.match
        return Verification(
            statement=self.reported.statement,
            verdict=comparison.verdict,
            passages=_passages(match.source, comparison.stretches),
            differences=tuple(self._differences(comparison)),
            notes=tuple(sorted(notes, key=lambda note: _ORDER.index(note.kind))),
            other_speaker=match.says is False,
            occasion_differs=occasion is not None,
            score=round(match.score, 4),
        )

    def _record(self, verdict: Verdict | None, match: Match | None = None, *, notes: list[Note]) -> Verification:
        passages: tuple[Passage, ...] = ()
        if match is not None:
            stretches = [part for each in match.found for part in segments(each)]
            passages = _passages(match.source, [max(stretches, key=match.source.worth)])
        return Verification(
            statement=self.reported.statement,
            verdict=verdict,
            passages=passages,
            differences=(),
            notes=tuple(notes),
            other_speaker=False,
            occasion_differs=False,
            score=0.0 if match is None else round(match.score, 4),
        )

    def _differences(self, comparison: Comparison) -> Iterator[Difference]:
        """Yield the differences in the order of the article, with what is lost between two pieces."""
        source = comparison.source
        found: list[tuple[int, DifferenceKind, TextSpan | None, range, Concern | None]] = []
        for index, each in comparison.differing:
            words = _words(comparison.match, index)
            own = self._in_article(words, each.quotation) if each.quotation else None
            place = words.starts[min(each.quotation.start, len(words) - 1)]
            found.append((place, each.kind, own, each.source, each.concerns))
        found += [
            (gap.place.start, "dropped", None, gap.source, gap.concerns)
            for gap in comparison.gaps
            if gap.at_cue and not gap.is_far
        ]
        for _, kind, article, other, concerns in sorted(found, key=lambda each: each[0]):
            span = _in_source(source, other) if other else None
            yield Difference(kind=kind, article=article, source=span, concerns=concerns)

    def _notes(self, comparison: Comparison) -> Iterator[Note]:
        match, source = comparison.match, comparison.source
        plain = not match.rivals and (match.says is True or not source.turns)
        if self._is_short() and not plain:
            yield _note("too_short")
        yield from self._insertions(comparison)
        yield from (self._omission(comparison, gap) for gap in comparison.gaps)
        for cut in comparison.cuts():
            yield _note("cut_clause", source=_in_source(source, cut.source), concerns=cut.concerns)
        if match.rivals:
            yield _note("several_places")
        if match.says is False:
            yield self._other_speaker(comparison)

    def _insertions(self, comparison: Comparison) -> Iterator[Note]:
        """Yield the words in brackets, with those of the source in whose place they are."""
        for alignment in filter(None, comparison.match.alignments):
            for step in alignment.steps:
                own = [word for word in step.quotation if word in alignment.words.inserted]
                if own and step.kind != "equal":
                    whole = len(own) == len(step.quotation) and len(step.source) > 0
                    yield _note(
                        "inserted",
                        article=self._in_article(alignment.words, range(own[0], own[-1] + 1)),
                        source=_in_source(comparison.source, step.source) if whole else None,
                    )

    def _omission(self, comparison: Comparison, gap: Gap) -> Note:
        kind: NoteKind = "between_pieces" if gap.at_cue else "marked_omission" if gap.marked else "unmarked_omission"
        return _note(
            kind,
            article=self._article_span(trimmed(self.article.reading.text, gap.place)),
            source=_in_source(comparison.source, gap.source) if gap.source else None,
            words=gap.lost if gap.source else None,
            concerns=gap.concerns,
        )

    def _other_speaker(self, comparison: Comparison) -> Note:
        speaker, source = self.reported.statement.speaker, comparison.source
        turn = source.turn_at(comparison.stretches[0].start)
        return _note(
            "other_speaker",
            article=speaker.mention if speaker else None,
            source=None if turn is None else _span(source.document.text, source.reading.original(turn.name)),
        )

    def _occasion(self, occasion: Occasion) -> Note:
        return _note("other_occasion", article=self._article_span(occasion.words) if occasion.words else None)

    def _is_short(self) -> bool:
        return sum(map(len, self.reported.pieces)) <= _TOO_SHORT

    def _in_article(self, words: Words, stretch: range) -> TextSpan:
        return self._article_span(words.span(stretch))

    def _article_span(self, span: Span) -> TextSpan:
        """Return a place of the article as it is read as one of the article as it was given."""
        return _span(self.article.document.text, self.article.reading.original(span))


def _words(match: Match, piece: int) -> Words:
    """Return the words of a piece as they were compared."""
    alignment = match.alignments[piece]
    return match.pieces[piece] if alignment is None else alignment.words


def _passages(source: Source, stretches: list[range]) -> tuple[Passage, ...]:
    """Return stretches of a source, an entry for each run of them by one speaker."""
    info = DocumentInfo.model_validate(source.document, from_attributes=True)
    return tuple(
        Passage(document=info, speaker=speaker, spans=tuple(_in_source(source, part) for part in parts))
        for speaker, parts in groupby(stretches, key=lambda part: source.speaker_at(part.start))
    )


def _in_source(source: Source, words: range) -> TextSpan:
    return _span(source.document.text, source.span(words))


def _span(text: str, span: Span) -> TextSpan:
    return TextSpan(start=span.start, end=span.end, text=span.of(text))


def _note(
    kind: NoteKind,
    *,
    article: TextSpan | None = None,
    source: TextSpan | None = None,
    words: int | None = None,
    concerns: Concern | None = None,
) -> Note:
    return Note(kind=kind, article=article, source=source, words=words, concerns=concerns)
