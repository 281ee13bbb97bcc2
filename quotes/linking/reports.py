"""What linking needs to know of a statement."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from quotes.lexicon.entries import word_class
from quotes.linking.people import Bearers, Person, person_of
from quotes.linking.terms import stem, stems
from quotes.text.spans import Span
from quotes.verification.words import Words, words_of

_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|''((?:[^']|'(?!'))+)''|(?<!\w)[‘']((?:[^'’‘]|['’](?=\w))+)['’](?!\w)")
_SURROUNDING = 3
"""Sentences before and after a statement whose statements are looked at too."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report stands.

    Attributes:
        document: Id of the document.
        key: Id of the document and digest of its text: two documents may have the one or the other in common.
        publisher: Who published it.
        published: Day of publication as an ordinal, None when unknown.
        sentence: Sentence that the words begin in.
        start: First code point of the words.
        end: One past the last.
    """

    document: str
    key: str
    publisher: str | None
    published: int | None
    sentence: int
    start: int
    end: int


@dataclass(frozen=True)
class Report:
    """One statement, made ready for comparing.

    Attributes:
        statement: Its id.
        kind: direct, indirect or mixed.
        attitude: statement, belief, intention, decree or perception.
        denies: Whether its words are denied, or hold a negation, an odd number of times.
        text: Its words as written.
        spoken: The day they were said as an ordinal; None unless the text tells it.
        partial: The month or year they were said in ("2018-10"), None unless the text tells just that.
        speaker: Who said them, None where nobody knows.
        medium: Name of what carried them, None when unknown.
        addressee: Name of who was spoken to, None when unknown.
        place: Where they stand.
        cue: Stem of what attributes them, "" without one.
        certainty: How sure the extractor was of the statement and of who made it, whichever is less.
        carrier: What carried them, as it is compared with another.
        hearer: Who was spoken to, likewise.
        surroundings: Stems of the statements around it in the document.
    """

    statement: str
    kind: str
    attitude: str
    denies: bool
    text: str
    spoken: int | None
    partial: str | None
    speaker: Person | None
    medium: str | None
    addressee: str | None
    place: Place
    cue: str = ""
    certainty: float = 1.0
    carrier: Person | None = None
    hearer: Person | None = None
    surroundings: frozenset[str] = field(default=frozenset(), compare=False)

    @cached_property
    def words(self) -> Words:
        """The words, in one spelling."""
        return words_of(self.text)

    @cached_property
    def terms(self) -> Counter[str]:
        """Stems of the words that are no function words, and how often each is there."""
        return Counter(stems(self.words.forms))

    @cached_property
    def fragments(self) -> tuple[tuple[str, ...], ...]:
        """Forms of the words of each piece in quotation marks."""
        words = self.words
        return tuple(tuple(words.forms[w] for w in words.within(span)) for span in self.quoted_spans)

    @cached_property
    def quoted_spans(self) -> tuple[Span, ...]:
        """Where in the text the pieces in quotation marks are."""
        if self.kind == "direct":
            return (Span(0, len(self.text)),)
        if self.kind == "indirect":
            return ()
        found = ((match, match.lastindex or 0) for match in _QUOTED.finditer(self.text))
        return tuple(Span(*match.span(group)) for match, group in found)

    @cached_property
    def quoted_terms(self) -> frozenset[str]:
        """Stems of the words in quotation marks."""
        return frozenset(term for fragment in self.fragments for term in stems(fragment))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers in it, in figures; "one" is hardly ever meant as a number."""
        return frozenset(form for form in self.words.forms if form[0].isdigit() and form != "1")

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems of the words with a capital, but for the first word."""
        words = self.words
        return frozenset(
            stem(form)
            for index, form in enumerate(words.forms)
            if index and len(form) > 1 and words.written(index)[0].isupper() and stem(form)
        )

    @property
    def day(self) -> int | None:
        """The day they were said as far as anybody can tell: that of publication where the text does not."""
        return self.place.published if self.spoken is None else self.spoken


def reports_of(
    records: Sequence[Mapping[str, Any]], people: Mapping[str, str] | None = None, bearers: Bearers | None = None
) -> list[Report]:
    """Return the reports that statements are, in their order, each with what surrounds it.

    Args:
        records: Fields of the statements, as `Statement.model_dump` or a table gives them; all those
            of a document.
        people: The id of each name that the caller knows, by `quotes.linking.people.name_key`.
        bearers: Whom a surname alone means, in all documents.
    """
    reports = [_report(record, people or {}, bearers or {}) for record in records]
    by_document: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_document[report.place.key].append(report)
    for own in by_document.values():
        own.sort(key=lambda each: (each.place.sentence, each.place.start))
        for index, report in enumerate(own):
            near = (*_near(report, own[:index][::-1]), *_near(report, own[index + 1 :]))
            object.__setattr__(report, "surroundings", frozenset(term for each in near for term in each.terms))
    return reports


def _near(report: Report, others: Sequence[Report]) -> list[Report]:
    near = []
    for other in others:
        if abs(other.place.sentence - report.place.sentence) > _SURROUNDING:
            break
        near.append(other)
    return near


def _report(record: Mapping[str, Any], people: Mapping[str, str], bearers: Bearers) -> Report:
    document, when = record["provenance"]["document"], record["when"]
    text, spans = record["content"]["text"], record["content"]["spans"]
    said = when["date"] if when else None
    published = document["published"]
    if isinstance(published, str):
        published = date.fromisoformat(published)
    is_day = said is not None and len(said) == len("2023-03-16")
    words = words_of(text)
    denials = sum(form in word_class("negator") or form.endswith("n't") for form in words.forms)
    report = Report(
        statement=record["id"],
        kind=record["kind"],
        attitude=record["attitude"],
        denies=(denials + bool(record["negated"])) % 2 == 1,
        text=text,
        spoken=_ordinal(said) if said and is_day else None,
        partial=None if is_day else said,
        speaker=person_of(record["speaker"], people, bearers),
        medium=record["medium"]["name"] if record["medium"] else None,
        addressee=record["addressee"]["name"] if record["addressee"] else None,
        carrier=person_of(record["medium"], {}),
        hearer=person_of(record["addressee"], people, bearers),
        cue=stem(record["cue"]["lemma"]) if record["cue"] else "",
        certainty=min(record["confidence"], record["speaker"]["confidence"] if record["speaker"] else 1.0),
        place=Place(
            document=document["id"],
            key=f"{document['id']} {document['sha256']}",
            publisher=document["publisher"],
            published=published.toordinal() if published else None,
            sentence=record["provenance"]["sentence"],
            start=spans[0]["start"],
            end=spans[-1]["end"],
        ),
    )
    report.__dict__["words"] = words  # as the cached property would make it again
    return report


def _ordinal(day: str) -> int | None:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:  # 2023-02-30
        return None
