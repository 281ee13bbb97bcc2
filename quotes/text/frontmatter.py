"""Reads what comes before a story's first words: datelines, agencies, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from quotes.lexicon import table, words

_LONGEST = 160
"""No dateline is longer, in code points."""

_DASH = r"(?:\s*(?:[—–―‒]|--+)\s*|\s+[-_]+\s*|(?<=\))\s*[-_:]\s+)"
_PLACE = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’/-]+(?:\s(?:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’/-]+|de|of|la|al)){0,3}"
_MIXED_PLACE = r"[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){0,2}"
_REGION = r"(?:,\s(?:[A-Z][\w.'’-]*)(?:\s[A-Z][\w.'’-]*){0,2}){0,2}?"
_AGENCY = r"\s*\((?P<agency>[A-Z][\w&.'’ /-]{0,40})\)"
_SLASHED = r"\.?\s*/(?P<slashed>[A-Z][\w&. -]{1,30})/\.?"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a paragraph begins with before its article text.

    Attributes:
        length: Code points before the article text; 0 for none.
        publisher: Agency or publisher named there, None without one.
        published: Date named there, None unless day, month and year are.
    """

    length: int
    publisher: str | None
    published: date | None


NOTHING = FrontMatter(0, None, None)


def front_matter(paragraph: str) -> FrontMatter:
    """Read a dateline or a date and publisher at the start of a paragraph.

    "THRELBY, May 2 (Norrland Wire) – Engineers ..." has the agency "Norrland
    Wire", "16 Mar 2023; MEMO: The minister ..." the publisher and the date.
    """
    head = paragraph[:_LONGEST]
    dated = _dated_publisher().match(head)
    if dated is not None:
        publisher = dated["publisher"] or dated["publisher_first"]
        return FrontMatter(dated.end(), publisher, full_date(dated["date"] or dated["date_last"]))
    for pattern in _datelines():
        found = pattern.match(head)
        if found is not None and _begins_article(paragraph, found.end()):
            return _dateline(paragraph, found)
    return NOTHING


def full_date(expression: str) -> date | None:
    """Return the first date that names day, month and year and exists, as in "Published: 3 May 2024".

    The date may also be "March 16, 2023" or "2023-03-16".
    """
    found = _date().search(expression)
    if found is None:
        return None
    part = {name.rstrip("_12"): value for name, value in found.groupdict().items() if value}
    name = part["month"].lower()
    month = int(name if name.isdigit() else table("months")[name][0])
    try:
        return date(int(part["year"]), month, int(part["day"]))
    except ValueError:
        return None


def _dateline(paragraph: str, found: re.Match[str]) -> FrontMatter:
    groups = found.groupdict()
    agency = groups.get("agency") or groups.get("slashed")
    dated = groups.get("day") or groups.get("region")
    if agency is not None and not _is_agency(agency, place=groups["place"]):
        return NOTHING
    if agency is None and not dated and not _is_bare_place(paragraph, found):
        return NOTHING
    return FrontMatter(found.end(), agency.strip() if agency else None, full_date(groups.get("day") or ""))


def _is_agency(name: str, *, place: str) -> bool:
    """Return whether the brackets of a dateline hold an agency.

    After a place in capitals whatever is no party ("R-Texas") counts; in
    "Ada Quill (Labour) — Elected 2019" only a known agency or a press word would.
    """
    if re.match(r"[A-Z]{1,3}-[A-Z]", name):
        return False
    known = words("news_agencies")
    lowered = name.lower().strip()
    return place.isupper() or lowered in known or lowered.rsplit(None, 1)[-1] in known


def _is_bare_place(paragraph: str, found: re.Match[str]) -> bool:
    """Return whether capitals before a dash are a place alone ("BRUSSELS — Ministers met").

    "NATO — Europe's shield since the war — said" has a second dash before a
    word in lower case, so that the first one opens an insertion.
    """
    place = found["place"]
    if len(place) < 4 or set(re.split(r"[\s/.'’-]+", place.lower())) & words("kicker_words"):
        return False
    sentence = paragraph[found.end() : found.end() + 300].split(". ", 1)[0]
    dash = found.group()[len(place) :].strip()
    return not dash or re.search(rf"\s?{re.escape(dash)}\s?[a-z]", sentence) is None


def _begins_article(paragraph: str, at: int) -> bool:
    """Return whether article text follows: a capital, a figure or an opening mark."""
    first = paragraph[at : at + 1]
    return first.isupper() or first.isdigit() or first in tuple("\"'“‘«„`$£€[(…")


@cache
def _month() -> str:
    return "|".join(sorted(map(re.escape, table("months")), key=len, reverse=True))


@cache
def _date() -> re.Pattern[str]:
    """Return the pattern of a date with day, month and year, in any of three orders."""
    nth = "(?:st|nd|rd|th)?"
    return re.compile(
        rf"(?<!\d)(?:(?P<day>\d{{1,2}}){nth}\s(?P<month>{_month()})\b\.?,?\s(?P<year>\d{{4}})"
        rf"|(?P<month_1>{_month()})\b\.?\s(?P<day_1>\d{{1,2}}){nth},?\s(?P<year_1>\d{{4}})"
        r"|(?P<year_2>\d{4})-(?P<month_2>\d{2})-(?P<day_2>\d{2}))(?!\d)",
        re.IGNORECASE,
    )


@cache
def _dated_publisher() -> re.Pattern[str]:
    publisher = r"[A-Z][\w&.'’]*(?:\s[A-Z][\w&.'’]*){0,4}"
    month = rf"(?:{_month()})\b\.?"
    day = rf"\d{{1,2}}\s{month},?\s\d{{4}}|{month}\s\d{{1,2}},?\s\d{{4}}|\d{{4}}-\d\d-\d\d"
    return re.compile(
        rf"[\[(]?(?:(?P<date>(?i:{day}))\s*[;|/,–—-]\s*(?P<publisher>{publisher})"
        rf"|(?P<publisher_first>{publisher})\s*[;|/,–—-]\s*(?P<date_last>(?i:{day})))[\])]?\s*[:;–—-]\s+(?=\S)"
    )


@cache
def _datelines() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of datelines, the ones with a place in capitals first."""
    month = rf"(?i:{_month()})\b\.?"
    day = rf"(?P<day>(?:{month}\s\d{{1,2}}|\d{{1,2}}\s{month})(?:,?\s\d{{4}})?)"
    weekday = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?"
    place = rf"(?P<place>{_PLACE})(?P<region>{_REGION})"
    return (
        re.compile(rf"{place}(?:,\s{weekday}{day})?(?:{_AGENCY}|{_SLASHED})?{_DASH}"),
        re.compile(rf"{place}(?:,\s{weekday}{day})?{_SLASHED}\s+"),
        re.compile(rf"(?P<place>{_MIXED_PLACE})(?P<region>{_REGION})(?:,\s{weekday}{day})?{_AGENCY}{_DASH}"),
        re.compile(rf"(?P<place>)(?:{weekday}{day})?{_AGENCY}{_DASH}"),
    )
