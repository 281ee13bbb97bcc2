"""Words as they are compared: in one spelling, with the places where they are written.

Case, punctuation, typography and spelling make no difference between a quotation and its source, so
every word has a form that is the same for all its spellings: "OK" and "okay", "Sen." and "Senator",
"eighty-four" and "84", "$5m" and "five million dollars".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import TypeAlias

from quotes.lexicon import table
from quotes.text.spans import Span

_WORD = re.compile(
    r"[$£€¥](?=\d)|%|&"
    r"|(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![\w]))?"  # U.S., O.K.
    r"|\d+(?:[.,]\d+)*(?:st|nd|rd|th|s|bn|tn|mn|m|k)?(?![^\W_])"
    r"|['’]?[^\W_]+(?:['’][^\W_]+)*"
)
_OMISSION = re.compile(r"\[\s*(?:…|\.{2,})\s*\]|…|\.{3,}|(?:\.\s){2,}\.|\*\s?\*\s?\*")
_INSERTION = re.compile(r"\[(?!\s*(?:…|\.{2,}))[^\[\]\n]{1,200}\]")
_FIGURE = re.compile(r"(\d+(?:[.,]\d+)*)(st|nd|rd|th|s|bn|tn|mn|m|k)?")
_BETWEEN = re.compile(r"[ \t\u00a0\n]+|-")
"""What may be between the words of a number."""
_MOST_DIGITS = 30
_TENS = ("teen", "ten")
_BEFORE_AND = ("hundred", "scale")
_BEFORE = {
    "unit": ("", "ten", *_BEFORE_AND),
    "teen": ("", *_BEFORE_AND),
    "ten": ("", *_BEFORE_AND),
    "ordinal": ("", "ten", *_BEFORE_AND),
    "hundred": ("article", "unit", "teen", "figure"),
    "scale": ("article", "unit", "teen", "ten", "hundred", "figure"),
}
"""What each kind of number word may follow; "" where it begins a number."""
_Written: TypeAlias = tuple[str, Span]
"""A form and where it is written."""
_CURRENCIES = {"$": "dollars", "£": "pounds", "€": "euros", "¥": "yen"}
_SIGNS = {"%": "percent", "&": "and"}


@dataclass(frozen=True)
class Words:
    """The words of a text, or of pieces of it, in order.

    Attributes:
        text: The text that the places are of.
        forms: What each word is compared as.
        starts: Its first code point.
        ends: One past its last; "$5m" is two words with the same place.
        inserted: Words in square brackets, which a writer added for the reader.
        omissions: Words before which a mark says that others are left out; the number of
            words for a mark at the end.
    """

    text: str
    forms: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    inserted: frozenset[int] = frozenset()
    omissions: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.forms)

    def span(self, words: range) -> Span:
        """Return the code points from the first to the last of some words (at least one)."""
        return Span(self.starts[words.start], self.ends[words.stop - 1])

    def written(self, word: int) -> str:
        """Return a word as the text has it."""
        return self.text[self.starts[word] : self.ends[word]]

    def within(self, span: Span) -> range:
        """Return the words that lie in a span."""
        return range(bisect_left(self.starts, span.start), bisect_right(self.ends, span.end))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Return where each form is, in order."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, form in enumerate(self.forms):
            found[form].append(place)
        return dict(found)


def words_of(text: str, spans: Iterable[Span] | None = None) -> Words:
    """Return the words in some spans of a text, in order; in all of it when None.

    >>> words_of("Eighty-four e-mails, O.K.?").forms
    ('84', 'e', 'mails', 'ok')
    >>> words_of("$1.5bn [a year] ... or 5%").forms
    ('1500000000', 'dollars', 'a', 'year', 'or', '5', 'percent')
    """
    forms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    inserted: set[int] = set()
    omissions: set[int] = set()
    for span in [Span(0, len(text))] if spans is None else spans:
        first = len(forms)
        for form, place in _numbered(text, list(_written(text, span))):
            forms.append(form)
            starts.append(place.start)
            ends.append(place.end)
        own = starts[first:]
        for found in _INSERTION.finditer(text, span.start, span.end):
            inserted.update(range(first + bisect_left(own, found.start()), first + bisect_left(own, found.end())))
        omissions.update(
            first + bisect_left(own, found.start()) for found in _OMISSION.finditer(text, span.start, span.end)
        )
    return Words(text, tuple(forms), tuple(starts), tuple(ends), frozenset(inserted), frozenset(omissions))


def expanded(form: str) -> tuple[str, ...]:
    """Return the words that a contraction stands for, any other form itself.

    >>> expanded("don't"), expanded("we'll"), expanded("plan")
    (('do', 'not'), ('we', 'will'), ('plan',))
    """
    known = table("contractions")
    if form in known:
        return tuple(known[form][0].split())
    for ending in ("n't", form[form.rfind("'") :]):
        if ending in known and len(ending) < len(form) and form.endswith(ending):
            return (form[: -len(ending)], *known[ending][0].split())
    return (form,)


def _written(text: str, span: Span) -> Iterator[_Written]:
    for found in _WORD.finditer(text, span.start, span.end):
        yield _form(found[0]), Span(found.start(), found.end())


@lru_cache(maxsize=65536)
def _form(written: str) -> str:
    """Return what a word, sign or figure is compared as; a figure keeps its letters for `_numbered`."""
    if written in _CURRENCIES or written[0].isdigit():
        return written.replace(",", "")
    if written in _SIGNS:
        return _SIGNS[written]
    plain = written.replace("’", "'")
    variants, stems = _spellings()
    if "." in plain:
        dotted = plain.removesuffix(".")
        return variants.get(dotted) or variants.get(dotted.lower()) or dotted.replace(".", "").lower()
    if plain in variants:
        return variants[plain]
    lowered = plain.lower()
    if lowered.startswith("'") and lowered not in table("contractions"):
        lowered = lowered[1:]
    if lowered in variants:
        return variants[lowered]
    stem = stems.match(lowered)
    return variants[stem[0] + "*"] + lowered[stem.end() :] if stem else lowered


@cache
def _spellings() -> tuple[dict[str, str], re.Pattern[str]]:
    variants = {spelling: fields[0] for spelling, fields in table("spelling_variants").items()}
    stems = sorted((each[:-1] for each in variants if each.endswith("*")), key=len, reverse=True)
    return variants, re.compile("|".join(stems))


def _numbered(text: str, words: Sequence[_Written]) -> Iterator[_Written]:
    """Yield words with each number in figures, whatever it is written in; a currency follows its number."""
    place = 0
    while place < len(words):
        form, span = words[place]
        currency = _CURRENCIES.get(form)
        number, end = _number_at(text, words, place + (currency is not None))
        if not number:
            yield form, span
            place += 1
            continue
        whole = Span(span.start, words[end - 1][1].end)
        yield number, whole
        if currency is not None:
            yield currency, whole
        place = end


def _number_at(text: str, words: Sequence[_Written], first: int) -> tuple[str, int]:
    """Return the number that begins at a word, in figures, and the word after it; "" where none begins."""
    number = _Number()
    place = end = first
    while place < len(words):
        form, span = words[place]
        if place > first and _BETWEEN.fullmatch(text, words[place - 1][1].end, span.start) is None:
            break
        if form in ("a", "an") and place == first:
            number.begin_with_article()
        elif form == "and" and number.last in _BEFORE_AND:
            pass
        elif number.take(form):
            end = place + 1
        else:
            break
        place += 1
    return (number.form(), end) if end > first else ("", first)


@dataclass
class _Number:
    """A number as it is read word by word."""

    total: Decimal = Decimal(0)
    current: Decimal = Decimal(0)
    last: str = ""
    ending: str = ""

    def begin_with_article(self) -> None:
        """Read "a" as one, before "hundred" or a scale."""
        self.current, self.last = Decimal(1), "article"

    def take(self, form: str) -> bool:
        """Go on with a word or figure; return whether it belongs to the number."""
        figure = _FIGURE.fullmatch(form)
        if figure is not None:
            return self._take_figure(figure)
        kind, value = table("number_words").get(form, ("", ""))
        if not self._allows(kind):
            return False
        if kind == "scale":
            self.total, self.current = self.total + self.current * Decimal(value), Decimal(0)
        elif kind == "hundred" or (kind in _TENS and self.last in _TENS):  # nineteen eighty-four is a year
            self.current = self.current * 100 + (0 if kind == "hundred" else Decimal(value))
        else:
            self.current += Decimal(value)
            self.ending = "th" if kind == "ordinal" else ""
        self.last = kind
        return True

    def form(self) -> str:
        """Return the number in figures."""
        value = self.total + self.current
        return f"{value.normalize():f}{self.ending}"

    def _allows(self, kind: str) -> bool:
        if kind in _TENS and self.last in _TENS:
            return 13 <= self.current <= 20
        return self.last in _BEFORE.get(kind, ())

    def _take_figure(self, figure: re.Match[str]) -> bool:
        digits, ending = figure[1], figure[2] or ""
        if self.last or digits.count(".") > 1 or len(digits) > _MOST_DIGITS:
            return False
        self.current, self.last = Decimal(digits), "figure"
        if ending in table("number_words"):
            self.current *= Decimal(table("number_words")[ending][1])
            self.last = "ended"
        elif ending:
            self.ending, self.last = "s" if ending == "s" else "th", "ended"
        return True
