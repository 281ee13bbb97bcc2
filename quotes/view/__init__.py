"""A page to look at: articles with their statements marked, as one HTML file.

The page asks nothing from outside: styles, script and data are part of it, and
its content security policy forbids the browser to load anything else. All text
of an article is shown as text, whatever markup it holds.
"""

from __future__ import annotations

from quotes.view.details import citation, quotation
from quotes.view.page import Article, Explanations, examine, render_page

__all__ = ["Article", "Explanations", "citation", "examine", "quotation", "render_page"]
