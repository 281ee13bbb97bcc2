"""A page to look at: articles with their statements marked, as one HTML file.

The page asks nothing from outside: styles, script and data are inside of it,
and its content security policy forbids the browser to load anything else. All
text of an article is shown as text, whatever markup it holds.
"""

from __future__ import annotations

from quotes.view.analysis import examine
from quotes.view.citation import citation
from quotes.view.page import Article, Explanations, render_page
from quotes.view.segments import Mark, Segment, marks_of, paragraph_segments
from quotes.view.speakers import UNNAMED, Cast, cast_of

__all__ = [
    "UNNAMED",
    "Article",
    "Cast",
    "Explanations",
    "Mark",
    "Segment",
    "cast_of",
    "citation",
    "examine",
    "marks_of",
    "paragraph_segments",
    "render_page",
]
