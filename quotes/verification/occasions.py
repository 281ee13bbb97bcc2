"""Whether an article's own words point to another occasion than the source's.

A speaker may say the same words twice. That the source has them is then no proof that the article has
them from there: the day, the kind of occasion and the place that the article names are compared with
those of the source, where both are known.
"""

from __future__ import annotations

import re
from calendar import day_name
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from quotes.lexicon import table, words
from quotes.models import Statement
from quotes.roles.dates import date_meant
from quotes.syntax.time_expressions import month_numbers, time_expressions
from quotes.text.frontmatter import full_date
from quotes.text.spans import Span
from quotes.verification.pieces import ArticleText
from quotes.verification.sources import Source

_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+|\n")
_PLACE = r"(?:[Tt]he )?((?:[A-Z][\w'’-]+)(?: (?:[A-Z][\w'’-]+|of|the|and|de))*)"
_AT_PLACE = re.compile(rf"\b(?:in|at|outside|near) {_PLACE}")
_LONG_PAST = 10
"""Days after which a report without a word on when is hardly still about the same occasion."""
_NEAR = 3
"""Paragraphs back in which a day may be named for what follows."""
_BACK = re.compile(r"(?i:(?:earlier |later |late |early )?(last week|this week|last month|this month))")
_DAYS_BACK = {"this week": (0, 7), "last week": (1, 14), "this month": (0, 31), "last month": (1, 62)}
"""How many days before the publication an expression can mean."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Another occasion that an article names.

    Attributes:
        words: The words that name it, in places of the article's text as it is read; None where the article was
            published before the source's day.
    """

    words: Span | None


@dataclass(frozen=True)
class Narrative:
    """What an article itself tells, without what it quotes.

    Attributes:
        article: The article.
    """

    article: ArticleText

    @cached_property
    def text(self) -> str:
        """The article as it is read, with white space for what is in quotation marks."""
        told = list(self.article.reading.text)
        for span in self.article.quotations:
            told[span.start : span.end] = " " * len(span)
        return "".join(told)

    @cached_property
    def times(self) -> list[Span]:
        """The expressions of time."""
        months = (found.span() for found in _in_month().finditer(self.text))
        return [Span(*found) for found in (*time_expressions(self.text), *months)]

    @cached_property
    def published(self) -> date | None:
        """The day of publication, as the article or the name of its file tells."""
        return self.article.document.published or full_date(self.article.document.id)

    def other_occasion(self, statement: Statement, source: Source) -> Occasion | None:
        """Return the occasion that the article names for a statement where it cannot be the source's."""
        spans = [self.article.reading.read(Span(span.start, span.end)) for span in statement.content.spans]
        said = Span(spans[0].start, spans[-1].end)
        if source.held and self.published and self.published < source.held:
            return Occasion(None)
        found = self._other_day(statement, said, source.held) if source.held else None
        return found or self._other_kind(said, source) or self._other_place(said, source)

    def goes_on(self, one: Statement, other: Statement) -> bool:
        """Return whether a quotation goes on from another after its cue, as a sentence of its own."""
        if one.kind != "direct" or other.kind != "direct" or other.cue is not None:
            return False
        read = self.article.reading.read
        end, start = one.content.spans[-1], other.content.spans[0]
        between = Span(read(Span(end.start, end.end)).end, read(Span(start.start, start.end)).start).of(self.text)
        plain = between.strip("\"'“”‘’«» \n")
        return bool(one.cue) and "\n" not in between and len(_SENTENCE_END.findall(plain + " ")) <= 1

    def _other_day(self, statement: Statement, said: Span, held: date) -> Occasion | None:
        """Return the expression that says when, where it means another day than the source's.

        That of the cue's own clause counts, else the nearest one in the sentence, else one shortly before it in
        a sentence about the same speaker, or, in a report long after the source's day, anywhere before. But an
        article that names the source's day somewhere is about that, until a sentence says otherwise.
        """
        if statement.when is not None:
            own = self.article.reading.read(Span(statement.when.start, statement.when.end))
            if (agrees := self._agrees(own, held)) is not None:
                return None if agrees else Occasion(own)
        sentence = self._sentence(said)
        past = self.published is not None and (self.published - held).days > _LONG_PAST
        named = any(self._agrees(span, held) for span in self.times)
        before = (span for span in self.times if span.end <= sentence.end)
        for span in sorted(before, key=lambda each: _distance(each, said)):
            agrees = self._agrees(span, held)
            inside = sentence.contains(span)
            if agrees or (agrees is None and inside):
                return None
            if agrees is not None and (inside or past or self._is_of_speaker(span, said, statement)):
                return None if named and not inside else Occasion(span)
        return None

    def _is_of_speaker(self, time: Span, said: Span, statement: Statement) -> bool:
        """Return whether an expression shortly before tells when the speaker spoke: "In an August speech, Hale ..."."""
        sentence = self._sentence(time)
        told = sentence.of(self.text)
        name = statement.speaker.name if statement.speaker else None
        if not name or self.text.count("\n\n", time.end, said.start) > _NEAR or name.split()[-1] not in told:
            return False
        spoke = any(word.lower() in words("plain_cues") for word in told.split())
        return spoke or _kinds().search(told) is not None

    def _agrees(self, span: Span, held: date) -> bool | None:
        """Return whether an expression can mean a day, None where it means no known one."""
        written = " ".join(span.of(self.text).split())
        if self.published is not None and (back := _BACK.fullmatch(written)):
            first, last = _DAYS_BACK[back[1].lower()]
            return first <= (self.published - held).days <= last
        meant = date_meant(written, self.published)
        if meant is not None:  # a year is too wide to agree, and in most sentences about something else
            return None if len(meant) == len("2016") else held.isoformat().startswith(meant)
        words = written.replace("’", "'").split()
        weekday = next((word for word in day_name if any(each.startswith(word) for each in words)), None)
        if weekday is not None:
            return weekday == day_name[held.weekday()]
        month = next((month_numbers()[word] for word in words if word in month_numbers()), None)
        return None if month is None else month == held.month

    def _other_kind(self, said: Span, source: Source) -> Occasion | None:
        """Return the noun of the sentence that says on what occasion, where the source is of another kind."""
        own = {_kind(found) for found in _kinds().finditer(source.opening)}
        sentence = self._sentence(said)
        told = list(_on_occasion().finditer(self.text, sentence.start, sentence.end))
        if not own or not told or own & {_kind(found, "noun") for found in told}:
            return None
        return Occasion(Span(*told[0].span("noun")))

    def _other_place(self, said: Span, source: Source) -> Occasion | None:
        """Return the place that the sentence names for its occasion, where the source's opening names another."""
        sentence = self._sentence(said)
        if _on_occasion().search(self.text, sentence.start, sentence.end) is None:
            return None
        told = [found for found in _AT_PLACE.finditer(self.text, sentence.start, sentence.end) if _is_place(found[1])]
        own = [found[1] for found in _AT_PLACE.finditer(source.opening) if _is_place(found[1])]
        if not told or not own or any(found[1] in source.opening for found in told):
            return None
        return Occasion(Span(*told[0].span()))

    def _sentence(self, said: Span) -> Span:
        """Return from the start of the sentence that some words begin in to the end of the one they end in."""
        starts = [found.end() for found in _SENTENCE_END.finditer(self.text, 0, said.start)]
        end = _SENTENCE_END.search(self.text, max(said.end - 1, said.start))
        return Span(starts[-1] if starts else 0, end.start() if end else len(self.text))


def _distance(span: Span, said: Span) -> int:
    """Return how far an expression is from some words; after them, only the rest of the sentence is looked at."""
    return max(said.start - span.end, span.start - said.end, 0)


def _kind(found: re.Match[str], group: str | int = 0) -> str:
    noun = found[group].lower().replace("-", " ").rstrip("s")
    return table("occasions").get(noun, table("occasions").get(found[group].lower(), ("",)))[0]


def _is_place(name: str) -> bool:
    """Return whether a name after "in" or "at" is none of a day or a month."""
    first = name.split(maxsplit=1)[0]
    return first not in month_numbers() and first not in day_name


@cache
def _kinds() -> re.Pattern[str]:
    nouns = sorted(table("occasions"), key=len, reverse=True)
    either = "|".join(re.escape(noun).replace(r"\ ", "[ -]") for noun in nouns)
    return re.compile(rf"(?:{either})s?(?![a-z])", re.IGNORECASE)


@cache
def _on_occasion() -> re.Pattern[str]:
    """Return the pattern of an occasion after its preposition: "during a Friday evening rally"."""
    before = r"(?:in|at|during|on|via|by|through|from|with)"
    return re.compile(
        rf"\b{before} (?:an?|the|his|her|their|its|this|that)? ?(?:[\w'’-]+ ){{0,4}}?(?P<noun>{_kinds().pattern})",
        re.IGNORECASE,
    )


@cache
def _in_month() -> re.Pattern[str]:
    """Return the pattern of a month before its noun: "an August speech"."""
    months = "|".join(sorted(month_numbers(), key=len, reverse=True))
    return re.compile(
        rf"(?:(?<=\b[Aa] )|(?<=\b[Aa]n )|(?<=\b[Tt]he )|(?<=\b[Hh]is )|(?<=\b[Hh]er ))(?:{months})(?= [a-z])"
    )
