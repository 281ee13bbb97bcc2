"""Finds surnames that taggers take for something else: "Amy Church said. Church added ...", "Okafor nodded"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from quotes.lexicon import words
from quotes.lexicon.entries import (
    WEEKDAYS_AND_MONTHS,
    country,
    first_name_gender,
    honorific,
    noun,
    word_class,
)
from quotes.text.normalization import CAPITAL, normalized
from quotes.text.spans import Span

_WORD_BEFORE = re.compile(r"(?:^|(?<=\s)|(?<=[^\w\s]))([\w.’'-]+)\s+$")
_SPEAKS_ON = re.compile(r"\s*[,;:)’'”]|\s+[a-z]{4}")
"""What goes on after a name in prose, hardly after a headline's verb and noun ("Mayor Backs Church")."""
_PERSONAL = re.compile(r",\s(?:\d\d,|who\b)")
_BEFORE_APPOSITION = re.compile(r"([\w-]+),\s$")
_HYPHENED = re.compile(r"\b[A-ZÀ-Þ](?:\w|['’]\w)+(-[A-ZÀ-Þ])\w+\b(?!-)")
_DOUBLE = re.compile(rf"\b[A-ZÀ-Þ][a-zà-þ]+ {_HYPHENED.pattern}".replace("(-", "(?:-"))
_NEARBY = 40
"""Code points around a word within which the words beside it are looked for."""


@cache
def _pattern() -> re.Pattern[str]:
    every = "|".join(sorted(map(str.capitalize, words("surname_words"))))
    # "House of Commons" and "Press Gazette" are no people; "Grace House MP" is one.
    alone = rf"(?:{every})(?![\w-])(?!\s+of\s(?!the\b))(?!\s+(?:[A-Z][a-z]|\d|&))"
    return re.compile(rf"(?<![\w-])(?:{alone}|(?:{every.upper()})(?=:))")


@cache
def _particles() -> re.Pattern[str]:
    return re.compile(rf"\b(?:(?:{'|'.join(sorted(words('name_particles')))}) )+(?=[A-ZÀ-Þ])")


@cache
def _full_name() -> re.Pattern[str]:
    particles = rf"(?:(?:{'|'.join(sorted(words('name_particles')))})[ -])*"
    word = rf"(?:Ó )?{CAPITAL}(?:[^\W\d_]|['’](?={CAPITAL}))+"
    surname = rf"(?P<particles>{particles})(?P<surname>{word}(?:-{CAPITAL}[^\W\d_]+)*)(?![\w-])"
    # Looked ahead at: "Ana Maria Lopez" has two pairs.
    return re.compile(rf"(?<![\w-])(?=(?P<first>{CAPITAL}[\w'’]+)(?: {CAPITAL}\.)* {surname})")


@lru_cache(maxsize=8)
def surname_starts(text: str) -> frozenset[int]:
    """Return where the words of a text start that look like other words and are surnames.

    A word is a surname where it follows a first name or a courtesy title, and then, alone, in the
    rest of the text: "Felix March", "March said", but "in March", "the Post", "High Court".
    """
    matches = _pattern().finditer(text)
    found = [(match.start(), match[0].capitalize(), _word_before(text, match.start())) for match in matches]
    speaking = {each[1] for each in found if _speaks(text, *each)}
    full = {
        start: word
        for start, word, before in found
        if _opens_name(text, start, word, before)
        or _follows_unlisted(text, start, word, before, speaks=word in speaking)
    }
    named = frozenset(full.values())
    alone = [start for start, word, before in found if word in named and _is_alone(text, start, word, before)]
    return frozenset((*full, *alone))


def with_joined_surnames(text: str, piece: str, offset: int) -> str:
    """Return a piece of a text, of the same length, in which surnames of several parts read like one.

    Taggers trained on news take "van den Berg" for two names and "Adeyemi-Clark" for three words.
    """
    kept, end = [], 0
    for start, joined in _joined_surnames(text):
        if end <= start - offset <= len(piece) - len(joined):
            kept += [piece[end : start - offset], joined]
            end = start - offset + len(joined)
    return "".join((*kept, piece[end:]))


@lru_cache(maxsize=8)
def _joined_surnames(text: str) -> tuple[tuple[int, str], ...]:
    """Return, by their places, what to read for the parts of surnames that are one name."""
    found = {match.start(): match[0].title() for match in _particles().finditer(text)}
    named = (name.split() for name in _DOUBLE.findall(text))
    doubled = {name.lower() for first, name in named if first_name_gender(first) and not name.isupper()}  # no AFL-CIO
    for match in _HYPHENED.finditer(text):
        if match[0].lower() in doubled:
            # "Adeyemieclark": one word, as everyday surnames are
            found[match.start(1)] = "E" + match[1][1] if match[0].isupper() else "e" + match[1][1].lower()
    return tuple(sorted(found.items()))


@lru_cache(maxsize=8)
def surnames_to_replace(text: str, known: frozenset[str]) -> tuple[Span, ...]:
    """Return where the surnames of a text are that a pipeline would not take for one, in order.

    They are words of other things ("Amy Church") and, after a first name, words that the pipeline does not
    know; then also alone ("Okafor said"), and with the letters after them ("Ada Okafor KC").

    Args:
        text: The whole text of an article.
        known: Words with a capital that the pipeline knows.
    """
    found = {start: match.end() for start in surname_starts(text) if (match := _pattern().match(text, start))}
    rare = {name for name in _named_in_full(text) if " " in name or "-" in name or normalized(name) not in known}
    if rare:
        either = "|".join(re.escape(each) for name in sorted(rare) for each in (name, name.upper()))
        inverted = {cue.title() for cue in words("plain_cues")}  # "Said Okafor, ..." has no first name
        letters = "|".join(map(re.escape, sorted(word_class("letters_after_name"))))
        for match in re.finditer(rf"(?<![\w-])(?:{either})(?!\w|-{CAPITAL})(?:\s(?:{letters})(?!\w))?", text):
            if _word_before(text, match.start()) not in inverted:
                found[match.start()] = match.end()
    return tuple(Span(*each) for each in sorted(found.items()))


def _named_in_full(text: str) -> Iterator[str]:
    """Yield the surnames that follow a first name, with their particles ("van den Berg")."""
    for match in _full_name().finditer(text):
        first, particles, surname = match["first"], match["particles"], match["surname"]
        if first_name_gender(first) is None or first.isupper() or surname.isupper():
            continue
        if particles or first_name_gender(surname) is None:
            yield particles + surname


def _word_before(text: str, start: int) -> str:
    """Return the word right before a place on its line, "" after a mark or a line break."""
    found = _WORD_BEFORE.search(text[max(0, start - _NEARBY) : start])
    word = found[1] if found is not None and "\n" not in found[0] else ""
    # "They left Kest. Church said", but "Dr. Church" and "Amy B. Church"
    return "" if word[2:].endswith(".") and honorific(word) is None else word


def _opens_name(text: str, start: int, word: str, before: str) -> bool:
    """Return whether the word before a surname is a first name, an initial after one, or a courtesy title."""
    if not before[:1].isupper() or before.lower() in WEEKDAYS_AND_MONTHS:
        return False
    title = honorific(before)
    if title is not None and title.office == "-":
        return True
    further = _word_before(text, text.rindex(before, 0, start))
    gender, end = first_name_gender(before), start + len(word)
    if len(before.rstrip(".")) == 1:
        return first_name_gender(further) is not None
    if text.startswith(" of the", end):
        return gender in ("m", "f")  # "Nell Court of the Review"
    return gender is not None and further.lower() not in word_class("building_opener")


def _follows_unlisted(text: str, start: int, word: str, before: str, *, speaks: bool) -> bool:
    """Return whether a word follows a first name that no list knows.

    After an office ("Mayor Tilde Church said"), before an age or "who", or where the bare word
    speaks too ("Tilde Church ... Church said").
    """
    if not before[1:].islower() or not before[0].isupper() or noun(before) or country(before):
        return False
    at, end = text.rindex(before, 0, start), start + len(word)
    apposed = _BEFORE_APPOSITION.search(text[max(0, at - _NEARBY) : at]) if text[end : end + 1] == "," else None
    further = apposed[1] if apposed is not None else _word_before(text, at)
    if further.lower() in word_class("name_determiner") or text.startswith(" of the", end):
        return False
    office = noun(further.lower()) or noun(further.lower().removesuffix("s"))
    titled = honorific(further) is not None or (office is not None and office.type == "person")
    return speaks or bool(_PERSONAL.match(text, end) or (titled and _SPEAKS_ON.match(text, end)))


def _speaks(text: str, start: int, word: str, before: str) -> bool:
    """Return whether a word is alone before a verb of speech, as a body's seldom is ("Church said")."""
    verb = text[start + len(word) :][:_NEARBY].split(maxsplit=1)[:1]
    return bool(verb) and verb[0].rstrip(".,:") in words("plain_cues") and _is_alone(text, start, word, before)


def _is_alone(text: str, start: int, word: str, before: str) -> bool:
    """Return whether a word that is somebody's surname means that person here, no body and no month."""
    small = before.lower()
    if text.startswith(word.upper(), start):
        return small not in word_class("name_determiner")  # "CHAIR COURT:", but "THE COURT:"
    if text.startswith(" of", start + len(word)):
        return False
    if word.lower() in WEEKDAYS_AND_MONTHS:
        after = text[start + len(word) :][:_NEARBY].split(maxsplit=1)[:1]
        if small in word_class("month_opener") or small.isdigit() or small[:-2].isdigit():
            return False
        if after and after[0].lower() in word_class("wishing_may_subject"):
            return False
    if small in word_class("name_determiner") or small in word_class("building_opener"):
        return False
    capital = before[:1].isupper()
    return not capital or small in word_class("sentence_opener") or small in WEEKDAYS_AND_MONTHS
