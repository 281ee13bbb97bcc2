"""Line ends: every stage sees line feeds, every offset that is given out is true to the text.

The same article must give the same statements whether its lines end as on Unix
(LF), Windows (CRLF) or an old Mac (CR). The stages therefore read the text with
line feeds; where the text had CRLF, places are counted back at the very end.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from quotes.text.spans import Span

_CRLF = re.compile("\r\n")


@dataclass(frozen=True, slots=True)
class LineEnds:
    """A text with line feeds, and how its places and those of the original belong together.

    Attributes:
        text: The text with a line feed for every line end.
        breaks: Places, in the original, of each CRLF.
        feeds: Places, in ``text``, of the line feeds that stand for them.
    """

    text: str
    breaks: tuple[int, ...]
    feeds: tuple[int, ...]

    def original(self, span: Span) -> Span:
        """Return a span of ``text`` as a span of the original."""
        start, end = (place + bisect_left(self.feeds, place) for place in (span.start, span.end))
        return Span(start, end)

    def unified(self, span: Span) -> Span:
        """Return a span of the original as a span of ``text``."""
        start, end = (place - bisect_left(self.breaks, place) for place in (span.start, span.end))
        return Span(start, end)


def unify(text: str) -> LineEnds:
    r"""Return a text with line feeds only.

    >>> unify("One\r\ntwo\rthree").text
    'One\ntwo\nthree'
    >>> unify("One\r\ntwo").original(Span(4, 7))
    Span(start=5, end=8)
    """
    if "\r" not in text:
        return LineEnds(text, (), ())
    breaks = tuple(found.start() for found in _CRLF.finditer(text))
    feeds = tuple(place - number for number, place in enumerate(breaks))
    return LineEnds(text.replace("\r\n", "\n").replace("\r", "\n"), breaks, feeds)
