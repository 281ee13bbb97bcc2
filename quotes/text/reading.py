"""The text as every stage reads it; every offset that is given out is true to the text as it came.

The same article must give the same statements whether its lines end as on Unix or on Windows, are wrapped
or not, and whatever stands between its words: no-break and thin spaces, soft hyphens, marks of Markdown,
footnotes, tags. The stages therefore read a copy in which all that is plain prose, paragraph by line, and
places are counted back at the very end.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from quotes.lexicon import table
from quotes.text.layout import paragraph_spans
from quotes.text.spans import Span

Edit = tuple[int, int, str]
"""Where something is replaced, and by what."""

_ODD_SPACES = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD = re.compile(
    f"\r\n|[\r\u2028\u2029]|[{_ODD_SPACES}]|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_ENTITY = r"&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[\da-fA-F]{2,4});"
_TAG = r"<(?P<closes>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>[ \t\n/.][^<>]{0,500})?>"
_HTML = re.compile(
    rf"<!--.{{0,5000}}?-->|<(script|style)\b.{{0,5000}}?</\1\s*>|{_ENTITY}|{_TAG}", re.DOTALL | re.IGNORECASE
)
_CAPTION_TIMES = re.compile(r"\AWEBVTT[^\n]*\n|^(?:\d+\n)?(?:\d\d:)?\d\d:\d\d[.,]\d{3} --> [^\n]*\n", re.MULTILINE)
_URL = r"\((?:https?://|www\.|mailto:|[/#])[^()\s]*(?:\s\"[^\"\n]*\")?\)"
_MARKDOWN = re.compile(
    rf"^ *(?:[*•+-]|\d+\.) +\[[^][\n]+\]{_URL} *$"  # an entry of a list of links
    rf"|!\[[^][\n]*\]{_URL}"
    rf"|\[(?=[^][\n]{{1,200}}\]{_URL})|(?<=[^\s\[])\]{_URL}"
    r"|(?:(?<=[\w.,;:!?…\"'”’»)\]])\[(?:\d{1,3}|note \d{1,2}|citation needed)\])+|(?<=[.,\"”’])[¹²³⁰⁴-⁹]+",
    re.MULTILINE,
)
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=[^\s*])(?:[^*\n]{0,300}[^\s*])\1(?![\w*])"
    r"|(?<![\w_])(_{1,3})(?=[^\s_])(?:[^_\n]{0,300}[^\s_])\2(?![\w_])"
)
_LINE_MARK = re.compile(
    r"^ *(?:(?P<quote>>[> ]*(?=\S))|(?P<heading>#{1,6}(?= \S))|(?P<bullet>[»›](?= [^\n«‹]*$)))", re.MULTILINE
)
"""A quoted line of a mail, a heading, a bullet that looks like a quotation mark."""
_GLUED = re.compile(r"“[^“”\n]*[,.!?…](?P<space>(?: (?=”[a-z]))?)”(?=\w)")
"""A closing mark that touches the word after it: "fine,”Crane said", "fine, ”he said"."""
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
_BREAK = re.compile(r"\s*\n\s*")
_HYPHEN = re.compile(r"\w-\Z")


@dataclass(frozen=True, slots=True)
class _Step:
    """Pieces of a text and of the one it was made from, in order.

    Attributes:
        places: Where each piece begins in the new text.
        starts: Where each piece begins in the old one.
        lengths: How long each is in the new one.
        ends: Where each ends in the old one.
    """

    places: tuple[int, ...]
    starts: tuple[int, ...]
    lengths: tuple[int, ...]
    ends: tuple[int, ...]

    def back(self, span: Span) -> Span:
        first = max(bisect_right(self.places, span.start) - 1, 0)
        last = max(bisect_left(self.places, span.end) - 1, 0)
        start = self.starts[first] + (span.start - self.places[first]) * self._is_kept(first)
        end = self.starts[last] + span.end - self.places[last] if self._is_kept(last) else self.ends[last]
        return Span(start, max(start, end))

    def forth(self, span: Span) -> Span:
        first = max(bisect_right(self.starts, span.start) - 1, 0)
        last = max(bisect_left(self.starts, span.end) - 1, 0)
        inside = (span.start - self.starts[first]) * self._is_kept(first)
        start = self.places[first] + (self.lengths[first] if span.start >= self.ends[first] else inside)
        whole = span.end >= self.ends[last] or not self._is_kept(last)
        end = self.places[last] + (self.lengths[last] if whole else span.end - self.starts[last])
        return Span(start, max(start, end))

    def _is_kept(self, piece: int) -> bool:
        return self.ends[piece] - self.starts[piece] == self.lengths[piece]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is read, and how its places and those of the original belong together.

    Attributes:
        text: The text with a line for each paragraph.
        steps: What was replaced on the way, the first step first.
    """

    text: str
    steps: tuple[_Step, ...] = ()

    def original(self, span: Span) -> Span:
        """Return a span of ``text`` as a span of the original."""
        for step in reversed(self.steps):
            span = step.back(span)
        return span

    def read(self, span: Span) -> Span:
        """Return a span of the original as a span of ``text``."""
        for step in self.steps:
            span = step.forth(span)
        return span


@lru_cache(maxsize=16)
def reading_of(text: str) -> Reading:
    r"""Return a text as it is read.

    >>> reading_of("One\r\n\r\ntwo\u00a0three,[1] *four*").text
    'One\n\ntwo three, four'
    >>> reading_of("One\r\ntwo").original(Span(4, 7))
    Span(start=5, end=8)
    """
    reading = Reading(text)
    for find in (
        _caption_times,
        _markup,
        _odd_characters,
        _marks,
        _emphasis,
        _wide_spaces,
        _glued_marks,
        _wrapped_lines,
    ):
        reading = _edited(reading, find(reading.text))
    return reading


def _edited(reading: Reading, edits: Iterable[Edit]) -> Reading:
    """Return a reading after further replacements, which are in order and do not overlap."""
    old, pieces = reading.text, [(0, 0, 0, 0)]
    parts: list[str] = []
    done = kept = length = 0
    for start, end, new in edits:
        parts += old[done:start], new
        if len(new) != end - start:  # else every place stays where it is
            pieces.append((length, kept, start - kept, start))
            length += start - kept
            pieces.append((length, start, len(new), end))
            length += len(new)
            kept = end
        done = end
    if not done:
        return reading
    text = "".join((*parts, old[done:]))
    if not kept:
        return Reading(text, reading.steps)
    pieces.append((length, kept, len(old) - kept, len(old)))
    places, starts, lengths, ends = zip(*[piece for piece in pieces if piece[2]] or pieces[:1], strict=True)
    return Reading(text, (*reading.steps, _Step(places, starts, lengths, ends)))


def _caption_times(text: str) -> Iterator[Edit]:
    if " --> " in text:
        for found in _CAPTION_TIMES.finditer(text):
            yield *found.span(), ""


def _markup(text: str) -> Iterator[Edit]:
    """Read tags of HTML and of captions as layout, and entities as what they mean.

    "<p>", "<br>" break a line, "<v Ann Kord>" is a label, "<5>" is nothing of the kind.
    """
    if "<" not in text and "&" not in text:
        return
    for found in _HTML.finditer(text):
        start, end = found.span()
        tag, rest = (found["tag"] or "").lower(), found["rest"] or ""
        kind = table("html_tags").get(tag)
        if tag == "v" and not found["closes"] and rest.strip():
            name = end - 1 - len(rest.lstrip())
            yield start, name, ""
            yield end - 1, end, ": "
        elif kind is not None or (tag == "v" and found["closes"]):
            yield start, end, {"block": "\n\n", "break": "\n"}.get(kind[0] if kind else "", "")
        elif not tag:
            meant = unescape(found.group()) if found.group()[0] == "&" else ""
            if len(meant) < 2:
                yield start, end, meant


def _odd_characters(text: str) -> Iterator[Edit]:
    """Read every line end as a line feed, every odd space as a space, and nothing that is not seen."""
    for found in _ODD.finditer(text):
        odd = found.group()
        yield *found.span(), "\n" if odd[0] in "\r\u2028\u2029" else " " if odd.isspace() else ""


def _marks(text: str) -> Iterator[Edit]:
    """Leave out links, footnote marks, and signs at the start of lines."""
    for found in _MARKDOWN.finditer(text):
        yield *found.span(), ""


def _emphasis(text: str) -> Iterator[Edit]:
    edits: list[Edit] = []
    for found in _EMPHASIS.finditer(text):
        width = len(found[1] or found[2])
        edits += (found.start(), found.start() + width, ""), (found.end() - width, found.end(), "")
    for found in _LINE_MARK.finditer(text):
        place = found.span(found.lastgroup or 0)
        edits.append((*place, "•" if found["bullet"] else " " * (place[1] - place[0])))
    yield from sorted(edits)


def _wide_spaces(text: str) -> Iterator[Edit]:
    for found in _SPACES.finditer(text):
        yield *found.span(), " "


def _glued_marks(text: str) -> Iterator[Edit]:
    for found in _GLUED.finditer(text):
        yield *found.span("space"), ""
        yield found.end(), found.end(), " "


def _wrapped_lines(text: str) -> Iterator[Edit]:
    """Read a paragraph of wrapped lines as one line."""
    for span in paragraph_spans(text):
        for found in _BREAK.finditer(text, span.start, span.end):
            broken = _HYPHEN.search(text, max(span.start, found.start() - 2), found.start())
            yield *found.span(), "" if broken and text[found.end()].isalnum() else " "
