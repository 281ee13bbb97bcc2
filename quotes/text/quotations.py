"""Pairs quotation marks of every style into quotations.

Each paragraph is paired on its own, so that a lost or stray mark costs at most
its paragraph; afterwards quotations that run over several paragraphs (opened
again in each, closed in the last) are chained.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from quotes.text.document import Paragraph
from quotes.text.marks import Family, Mark
from quotes.text.pairing import SENTENCE_END, OpenMark, Pairing, end_before_cue
from quotes.text.spans import Span, trimmed

DEEPEST = 3
"""Levels of nesting that are reported."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """The text between a pair of quotation marks in one paragraph.

    Attributes:
        outer: With the marks. A missing mark (a paragraph that the quotation
            runs on from or into, or a lost mark) adds nothing at that end.
        inner: Without the marks and without white space at the ends.
        paragraph: Index of the paragraph.
        depth: 0 for an outermost quotation, 1 for one inside another, ...
        closed: Whether a closing mark was found in the paragraph.
        continues: Index in the document's tuple of quotations of the one that
            this quotation carries on from an earlier paragraph (the mark was
            reopened, the earlier one not closed), None otherwise.
    """

    outer: Span
    inner: Span
    paragraph: int
    depth: int
    closed: bool
    continues: int | None


def find_quotations(text: str, paragraphs: Sequence[Paragraph]) -> tuple[Quotation, ...]:
    """Find everything in quotation marks.

    Measurements (6'2", a 12" hinge), apostrophes and boilerplate are left out;
    whether a quotation is speech, a title or irony is not asked here.

    Returns:
        The quotations in order of their starts, an outer one before its inner
        ones, three levels deep at most.
    """
    readable = [i for i, p in enumerate(paragraphs) if p.kind != "boilerplate" and len(p.body)]
    pairings = [Pairing(text, paragraphs[i].body) for i in readable]
    quotations: list[Quotation] = []
    carried: tuple[int, Family] | None = None
    for index, marks, following in zip_longest(readable, pairings, pairings[1:]):
        found = _Paragraph(text, paragraphs[index].body, index, marks, following)
        own, runs_on = found.quotations(carried)
        carried = None if runs_on is None else (len(quotations) + runs_on[0], runs_on[1])
        quotations.extend(own)
    return tuple(quotations)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Turns the pairs and the unclosed marks of one paragraph into quotations."""

    text: str
    body: Span
    index: int
    paired: Pairing
    following: Pairing | None

    def quotations(self, carried: tuple[int, Family] | None) -> tuple[list[Quotation], tuple[int, Family] | None]:
        """Return the paragraph's quotations, and index and family of the one that runs on into the next.

        Carried is the index and family of the quotation that runs on into this one.
        """
        found = [self._quotation(Span(a, d), Span(b, c), closed=True) for a, b, c, d in self.paired.pairs]
        stray = self.paired.first_stray
        if carried and stray and stray.family is carried[1] and stray.span.end < self.body.end:
            # A line break inside a quotation: the next line ends it, without opening
            # again, before its cue ('Nobody told us," she said.').
            inner = Span(self.body.start, stray.span.start)
            found.append(self._quotation(Span(inner.start, stray.span.end), inner, closed=True))
        last = self._unclosed(found)
        found = _nested([q for q in found if len(q.inner)])
        if carried and found and self._goes_on(found[0], carried[1], stray):
            found[0] = replace(found[0], continues=carried[0])
        if last is None:
            return found, None
        runs_on = next((i for i, q in enumerate(found) if q.outer.start == last.mark.span.start), None)
        return found, None if runs_on is None else (runs_on, last.mark.family)

    def _goes_on(self, first: Quotation, family: Family, stray: Mark | None) -> bool:
        opener = self.paired.opener
        if opener is not None:
            return opener.family is family and first.outer.start == opener.span.start
        return stray is not None and stray.family is family and first.outer.start == self.body.start

    def _quotation(self, outer: Span, inner: Span, *, closed: bool) -> Quotation:
        return Quotation(outer, trimmed(self.text, inner), self.index, 0, closed, None)

    def _unclosed(self, found: list[Quotation]) -> OpenMark | None:
        """Add the quotations whose closing mark was lost; return the one that reaches the end."""
        waiting = self._worth_keeping()
        # “Yes” inside an unclosed " is nested in it; only its own shape begins another.
        shapes = {waiting[0].mark.glyph[0]} if waiting else set()
        waiting = [w for w in waiting if w.mark.glyph[0] in shapes]
        openings = sorted(
            [w.mark.span.start for w in waiting] + [q.outer.start for q in found if self.text[q.outer.start] in shapes]
        )
        for opened in waiting:
            after = bisect_right(openings, opened.mark.span.start)
            end = self._end_of_unclosed(opened, openings[after] if after < len(openings) else self.body.end)
            outer = Span(opened.mark.span.start, end)
            found.append(self._quotation(outer, Span(opened.end, end), closed=False))
            if end == self.body.end:
                return opened
        return None

    def _worth_keeping(self) -> list[OpenMark]:
        """Return the unclosed marks that begin a quotation; most unclosed ' are apostrophes."""
        certain = [w for w in self.paired.unclosed if w.mark.family is not Family.SINGLE]
        single = None if certain else next(filter(self._is_introduced, self.paired.unclosed), None)
        if single is None:
            return certain
        if self._reopened(Family.SINGLE) or end_before_cue(self.text, single.end, self.body.end) is not None:
            return [single]
        return []

    def _is_introduced(self, waiting: OpenMark) -> bool:
        """Return whether a mark is where a quotation begins: He said: 'We ..."""
        lead = self.text[max(self.body.start, waiting.mark.span.start - 2) : waiting.mark.span.start].strip()
        return (not lead or lead[-1] in ",:") and self.text[waiting.end : waiting.end + 1].isupper()

    def _reopened(self, family: Family) -> bool:
        opener = self.following.opener if self.following else None
        return opener is not None and opener.family is family

    def _end_of_unclosed(self, opened: OpenMark, limit: int) -> int:
        """Return where a quotation ends whose closing mark was lost.

        Before a plain cue (", said X."), else, where another quotation begins or
        the words are a mere part of a sentence, with the sentence; else with the
        paragraph. A quotation that the next paragraph reopens was not lost at all.
        """
        start = opened.end
        cue = end_before_cue(self.text, start, limit)
        reopened = limit == self.body.end and self._reopened(opened.mark.family)
        if cue is not None and not (reopened and SENTENCE_END.search(self.text, cue, limit)):
            return cue
        if reopened or (limit == self.body.end and not self.text[start : start + 1].islower()):
            return limit
        ends = (m.end() for m in SENTENCE_END.finditer(self.text, start, limit))
        if limit == self.body.end:
            return next(ends, limit)
        end = max(ends, default=limit)
        return end if end < limit else trimmed(self.text, Span(start, limit)).end or limit


def _nested(quotations: list[Quotation]) -> list[Quotation]:
    """Return the quotations in order with their depths, without the too deep ones."""
    placed: list[Quotation] = []
    around: list[int] = []
    for quotation in sorted(quotations, key=lambda q: (q.outer.start, -q.outer.end)):
        while around and around[-1] <= quotation.outer.start:
            around.pop()
        if len(around) < DEEPEST:
            placed.append(replace(quotation, depth=len(around)))
        around.append(quotation.outer.end)
    return placed
