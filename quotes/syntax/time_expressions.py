"""The shapes of English time expressions, built once from the word list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from quotes.lexicon import table
from quotes.lexicon.entries import time_kind, word_class
from quotes.syntax.parse import Parse


def named(kind: str) -> dict[str, tuple[str, ...]]:
    """Return the words of one kind (weekday, month, part, unit, season, holiday) and their further fields."""
    return {word: fields[1:] for word, fields in table("times").items() if fields[0] == kind}


def is_time_word(parse: Parse, token: int) -> bool:
    """Return whether a token alone names a day or a part of one ("today", "Thursday").

    A weekday inside a longer name ("the Sunday Times", "Sunday's Observer") does not.
    """
    if time_kind(parse.lower(token)) == "day":
        return True
    in_name = parse.deps[token] in ("compound", "poss") and parse.pos[parse.heads[token]] == "PROPN"
    return time_kind(parse.words[token]) in ("weekday", "part") and not in_name


@cache
def month_numbers() -> dict[str, int]:
    """Return the number of each month, full names and abbreviations."""
    return {word: int(number) for word, (number, *_) in named("month").items()}


@cache
def holiday_days() -> dict[str, tuple[int, int] | None]:
    """Return month and day of each holiday, None for one that moves or differs between countries."""
    days = {word: day[0] if day else None for word, day in named("holiday").items()}
    return {word: (int(day[:2]), int(day[3:])) if day else None for word, day in days.items()}


def is_in_holiday(parse: Parse, token: int) -> bool:
    """Return whether a token is part of a day's name after "on" ("On New Year's Eve Ann Kord said")."""
    if parse.words[token] not in _holiday_words():
        return False
    first, last = parse.sentence_of(token)
    found = _on_holiday().finditer(parse.text, parse.starts[first], parse.ends[last - 1])
    return any(match.start() <= parse.starts[token] < match.end() for match in found)


@cache
def _on_holiday() -> re.Pattern[str]:
    holidays = _either(tuple(named("holiday"))).replace("'", "['’]")
    return re.compile(rf"(?<=[Oo]n ){holidays}\b")


@cache
def _holiday_words() -> frozenset[str]:
    return frozenset(word for name in named("holiday") for word in re.split(r"[ ’]|(?=')", name)) | {"’s"}


def time_expressions(text: str) -> list[tuple[int, int]]:
    """Return start and end of the expressions that can tell when something was said."""
    return [match.span() for match in _time_pattern().finditer(text)]


@cache
def _time_pattern() -> re.Pattern[str]:
    """Return the pattern of the expressions that can tell when something was said.

    It knows shapes, not sentences: bare month names and years only count after
    "in", so that "May" and "1951" elsewhere stay what they are.
    """
    weekday = _either(named("weekday"))
    # A full stop after "Sept" belongs to it, after "August" it ends the sentence.
    short = tuple(m for m in named("month") if len(m) <= 4 and m not in ("May", "June", "July"))
    month = rf"(?:{_either(m for m in named('month') if m not in short)}|{_either(short)}\.?)"
    part, unit, season = (_either(named(kind)) for kind in ("part", "unit", "season"))
    day, year = r"\d{1,2}(?:st|nd|rd|th)?", r"(?:19|20)\d\d"
    calendar = rf"(?:{month} {day}(?:,? {year})?|{day} (?:of )?{month}(?:,? {year})?)(?!\d)"
    number = rf"(?i:\d+|an?|{_either(word_class('number_word'))}|several|a few|some|a couple of)"
    shapes = (
        (
            r"(?:(?i:early|late|earlier|last|this|the previous|the following) )?"
            rf"{weekday}(?! (?!{month})[A-Z])"
            rf"(?: {part})?(?:,? {calendar})?"
        ),
        calendar,
        rf"(?i:early|late|mid-|last|this) ?{month}(?:,? {year})?",
        rf"(?<=[Ii]n ){month}(?:,? {year}| of (?:last|this) year)?",
        rf"{month},? {year}",
        rf"(?i:(?:earlier|later|early|late) )?(?i:today|yesterday|tonight)(?: {part})?",
        (
            rf"(?i:(?:earlier|later|late|early) )?"
            r"(?i:this|last|that|the same|the following|the next|the previous) "
            rf"(?:{part}|{unit}|{season})(?!\w)"
        ),
        rf"(?i:more than |about |nearly |almost )?{number} {unit}s? (?:ago|earlier|later|before)",
        r"[Tt]he (?:day|week|month|year|morning|night) (?:before|after)(?= *(?:[,.;:]|$))",
        rf"(?<=[Ii]n ){year}(?!\d)",
        r"[Tt]he day before yesterday",
        rf"{_on_holiday().pattern}(?:,? {year})?",
    )
    return re.compile(r"(?<![\w-])(?:" + "|".join(shapes) + r")(?![\w-])")


def _either(choices: Iterable[str]) -> str:
    """Return the pattern of any of these, longer ones first; by first letters, which is found faster."""
    by_letter: dict[str, list[str]] = {}
    for choice in sorted(choices, key=len, reverse=True):
        by_letter.setdefault(choice[0], []).append(re.escape(choice[1:]))
    return "(?:" + "|".join(f"{re.escape(c)}(?:{'|'.join(rest)})" for c, rest in by_letter.items()) + ")"
