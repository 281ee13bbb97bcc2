"""Tells boilerplate (bylines, share bars, captions, labels) from article text.

Every test here is narrow on purpose: a line of boilerplate that stays costs
little, a sentence of the article that is taken for boilerplate is lost.
"""

from __future__ import annotations

import re

from quotes.lexicon import table, words

LONGEST = 600
"""No line of boilerplate is longer, in code points (a list of reporters may be long)."""

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LINKING = ("more from ", "more on ", "more about ", "read more ", "also in ", "also on ", "elsewhere on ")
"""Openings of labels that go on with a name: "More from Harbour FM: Ferry stays in port"."""
_EDGES = " \t\u00a0\"'“”‘’.,:;…·•|*-–—_!>»<«()[]#"

_NAME = r"[A-ZÀ-Þ][\w.'’-]*"
_BYLINE = re.compile(
    rf"(?:By|BY|BYLINE:?|Byline:?|Words by|Text by|Written by)\s+"
    rf"{_NAME}(?:\s(?:{_NAME}|de|da|van|von|der|al|bin)){{1,4}}(?=[\s,.|]|$)"
)
_BYLINE_OUTLET = re.compile(rf"(?:By|BY)\s+{_NAME}(?:\s[\w.'’-]+){{0,5}}\s*[|•·]\s*\S.*")
_BYLINE_PIECE = re.compile(rf"{_NAME}|\d[\d:.,]*|[ap]\.?m\.?|@\w+|\S+@\S+|\W+")
_ADDRESS_PIECE = re.compile(rf"{_NAME}|@\S+|\S+[@/.]\S+|\d[\d.,:]*|\W+|of|the|and|for")
_SEPARATORS = re.compile(r"[\s,;/&|•·—–()]+")
_CREDITS = re.compile(
    r"\W{0,2}(?:(?:Additional |With )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Tt]ranslation)|"
    r"(?:Reported|Written|Edited|Compiled|Translated))\s(?:and \w+ )?by\s[A-ZÀ-Þ].*"
)
_CAPTION_CREDIT = re.compile(r".*\((?:[A-Z][\w.'’-]+\s){1,3}?[A-Z][\w.'’-]+ ?/ ?[A-Z][\w /.&-]{1,40}\)\W{0,2}")
_AGENCY_SLASH = re.compile(r".*[(|]\s*(?P<agency>[A-Z][\w ]{1,20}?)\s?/[^()/]{2,40}(?:/[^()]{2,30})?\)?\W{0,2}")
_COPYRIGHT = re.compile(
    r"(?:©|\([cC]\)\s?(?:\d{4}|Copyright)|Copyright\s.{0,12}(?:\d{4}|©)|All rights reserved\b).*", re.IGNORECASE
)
_COUNT = re.compile(
    r"\d[\d,.]*\s?[kK]?\s(?:comments?|shares?|likes?|views?|repl(?:y|ies)|reactions?|retweets?|"
    r"min(?:ute)?s?(?:\sread)?)\W*",
    re.IGNORECASE,
)
_FOLLOW = re.compile(
    r"\W?Follow\s(?:@|us\b|me\b|.{1,90}\son\s(?:Twitter|Facebook|Instagram|X|Threads|LinkedIn)\b|.{1,40}@).*"
)
_POINTER = re.compile(
    r"\W{0,2}(?:Read|See|Watch|Hear|View|Listen\sto|Click|Find|Check\sout)\s.{0,110}?"
    r"\b(?:here|below|above|on\sYouTube)\W*(?:\]\W*)?"
)
_READ_REST = re.compile(r"\W?(?:Read|See|Continue\sreading|Watch)\s(?:the|its)\s(?:rest|full|whole|entire)\b.{0,140}")
_CALL = re.compile(
    r"\W?(?:(?:Sign\sup|Subscribe|Register|Click\shere|Tap\shere)\s(?:to|for|here|now|today|and)\b|"
    r"(?:Download|Get)\sour\b.{0,40}\bapp\b|Like\sus\son\b|Join\sour\b.{0,40}\b(?:channel|newsletter|group)\b|"
    r"Do\syou\ssupport\b.{0,60}\bLike\sthe\spage\b|Support\sour\sjournalism\b|Got\sa\stip\b).{0,220}"
)
_BRACKETED = re.compile(
    r"[\[(]\s*(?:(?:BEGIN|END|Begin|End)\s)?(?:h/t|VIDEO|Video|PHOTO|Photo|IMAGE|Image|Photos?|Picture|File\sphoto|"
    r"Gallery|Embed|CROSSTALK|Crosstalk)\b[^\])]*[\])]\W*"
)
_MARKUP = re.compile(r"[.#@]?[\w-]+(?:\s[.#]?[\w-]+){0,3}\s?\{.{0,80}|-?[a-z][a-z-]+:\s?[\w#%.\s-]{1,40};|<[^<>]+>\W*")
_CLOCK = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)?|\d{4}(?:-\d\d-\d\d)?|\d{1,2}[:.h]\d\d(?:[:.]\d\d)?|"
    r"[ap]\.?m\.?|\d+(?::\d\d)?[ap]m)",
    re.IGNORECASE,
)

_PATTERNS = (_CREDITS, _COPYRIGHT, _COUNT, _FOLLOW, _POINTER, _READ_REST, _CALL, _BRACKETED, _MARKUP)


def is_boilerplate(line: str) -> bool:
    """Return whether a paragraph belongs to the page and not to the article.

    >>> is_boilerplate("By Ada Quill and Ben Orr | Northern Echo | Updated 14:10")
    True
    >>> is_boilerplate("By Monday morning, the minister said, the road was clear.")
    False
    """
    if len(line) > LONGEST:
        return False
    tests = (_is_label, _is_labelled, _is_share_bar, _is_byline, _is_time_line, _is_photo_credit)
    return any(test(line) for test in tests) or any(pattern.fullmatch(line) for pattern in _PATTERNS)


def _is_label(line: str) -> bool:
    """Return whether the line is nothing but a known label ("Advertisement", "FULL TEXT.")."""
    label = line.strip(_EDGES).lower().replace("’", "'")
    return not any(c.isalnum() for c in line) or label in words("boilerplate_labels")


def _is_labelled(line: str) -> bool:
    """Return whether the line begins with a known label and a colon ("Read more: ...")."""
    label, colon, rest = line.partition(":")
    if not colon or len(label) > 30 or (rest and rest[0] == "/"):
        return False
    label = label.strip(" \t\u00a0([").lower().replace("’", "'")
    if label.startswith(_LINKING):
        return True
    fields = table("boilerplate_openers").get(label)
    return fields is not None and (not fields or all(map(_ADDRESS_PIECE.fullmatch, rest.split())))


def _is_share_bar(line: str) -> bool:
    """Return whether the line names ways to share, and nothing else."""
    found = [w.lower() for w in _WORD.findall(line)]
    roles = table("share_words")
    return len(found) <= 14 and all(w in roles for w in found) and any("way" in roles[w] for w in found)


def _is_byline(line: str) -> bool:
    if not line.startswith(("By", "BY", "Words", "Text", "Written")) or len(line) > 200:
        return False
    found = _BYLINE.match(line)
    if found is not None:
        roles = words("byline_words")
        pieces = [p for p in _SEPARATORS.split(line[found.end() :]) if p]
        if all(_BYLINE_PIECE.fullmatch(p) or p.strip(".:") in roles for p in pieces):
            return True
    return _BYLINE_OUTLET.fullmatch(line) is not None


def _is_time_line(line: str) -> bool:
    """Return whether the line is a date or time, perhaps after "Updated" or "Published"."""
    if len(line) > 120 or not any(c.isdigit() for c in line):
        return False
    known = words("time_line_words")
    pieces = re.split(r"[\s,;|()·•–—/]+|:\s|:$", line)
    return all(_CLOCK.fullmatch(p) or p.lower().strip(".:") in known for p in pieces if p.strip(".-"))


def _is_photo_credit(line: str) -> bool:
    """Return whether the line is a photographer's or an agency's credit, or a caption with one."""
    if line.startswith(('"', "“", "'", "‘")) or len(line) > 400:
        return False
    agencies = words("photo_agencies")
    pieces = [p.strip(_EDGES).lower() for p in re.split(r"/|\svia\s|\|", line)]
    if (len(line) < 80 and len(pieces) > 1 and pieces[-1] in agencies) or agencies.issuperset(pieces):
        return True
    slashed = _AGENCY_SLASH.fullmatch(line)
    return bool(_CAPTION_CREDIT.fullmatch(line) or (slashed and slashed["agency"].lower() in agencies))
