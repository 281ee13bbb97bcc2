"""The day, month or year that a time expression means, seen from the day of publication."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from quotes.syntax.time_expressions import holiday_days, month_numbers, named

_WRITTEN_DAY = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)? (?:of )?([A-Z][a-z]+)\.?|([A-Z][a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?)(?!\d)"
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_MONTH = re.compile(r"(?:(?i:early|late|this) |mid-)?([A-Z][a-z]+)\.?(?:,? ((?:19|20)\d\d)| of (last|this) year)?")
_DAYS_BACK = (
    r"(?:(?:earlier|later|early|late) )?(?:today|tonight)\b|this (?:morning|afternoon|evening)",
    r"(?:(?:earlier|late|early) )?yesterday\b|last night",
    r"the day before yesterday$",
)
"""How expressions begin that mean the day of publication, the day before it, and the one before that."""
_DAYS_AGO = re.compile(
    r"(?:\d{1,2}|a|one|two|three|four|five|six|seven|eight|nine|ten) days? ago|(?:a|one) week ago", re.IGNORECASE
)


@lru_cache(maxsize=512)
def date_meant(expression: str, published: date | None) -> str | None:
    """Return the day, month or year that an expression names, in ISO form, None where it names no single one.

    Only expressions of known shapes are computed, so nothing is invented for "last week" or
    "last October".

    It is never later than the publication unless its year is written; without a day of
    publication only what has its year is known.

    >>> date_meant("Wednesday evening", date(2023, 3, 16))
    '2023-03-15'
    >>> date_meant("last week", date(2023, 3, 16)) is None
    True
    >>> date_meant("October 2018", None), date_meant("October", date(2023, 3, 16))
    ('2018-10', '2022-10')
    >>> date_meant("2015", None)
    '2015'
    >>> date_meant("New Year's Eve", date(2023, 3, 16))
    '2022-12-31'
    """
    if _YEAR.fullmatch(expression):
        return expression
    found = _MONTH.fullmatch(expression)
    if found is not None and found[1] in month_numbers():
        return _in_month(month_numbers()[found[1]], found[2], found[3] == "last", published)
    day = _day_meant(expression, published)
    return None if day is None else day.isoformat()


def _in_month(month: int, year: str | None, last_year: bool, published: date | None) -> str | None:
    """Return a month of the year that is written, else the latest one that is not in the future."""
    if year is None and published is not None:
        year = str(published.year - (last_year or month > published.month))
    return None if year is None else f"{year}-{month:02}"


def _day_meant(expression: str, published: date | None) -> date | None:
    for name, of_every_year in holiday_days().items():
        if expression.replace("’", "'").startswith(name):
            return of_every_year and _on_date(*of_every_year, expression, published)
    if (written := _WRITTEN_DAY.search(expression)) and (written[2] or written[3]) in month_numbers():
        month = month_numbers()[written[2] or written[3]]
        return _on_date(month, int(written[1] or written[4]), expression, published)
    return None if published is None else _reckoned(expression, published)


def _reckoned(expression: str, published: date) -> date | None:
    """Return the day that an expression without a date means, counted from the publication."""
    for days, pattern in enumerate(_DAYS_BACK):
        if re.match(pattern, expression, re.IGNORECASE):
            return published - timedelta(days=days)
    if _DAYS_AGO.fullmatch(expression):
        return _computed(expression, published)
    weekday = next((w for w in named("weekday") if w in expression), None)
    if weekday is None or expression.lower().startswith(("the following", "the previous")):
        return None
    # A bare weekday on that same weekday is the day itself: "said Thursday" in Thursday's paper.
    base = published if expression.lower().startswith("last") else published + timedelta(days=1)
    return _computed(weekday, base)


def _on_date(month: int, number: int, expression: str, published: date | None) -> date | None:
    """Return a day in the year that is written, else in the latest one in which it is not in the future."""
    year = _YEAR.search(expression)
    published_years = [] if published is None else [published.year, published.year - 1]
    years = published_years if year is None else [int(year[0])]
    for each in years:
        with suppress(ValueError):  # there is no such day
            day = date(each, month, number)
            if year is not None or published is None or day <= published:
                return day
    return None


def _computed(expression: str, base: date) -> date | None:
    from dateparser import parse

    settings = {"PREFER_DATES_FROM": "past", "RELATIVE_BASE": datetime.combine(base, time())}
    found = parse(expression, languages=["en"], settings=settings)
    return found.date() if found is not None else None
