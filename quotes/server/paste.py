"""The page to paste or drop an article into."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from quotes.server.jobs import Source
from quotes.server.limits import Limits
from quotes.view.page import asset, content_policy, environment

if TYPE_CHECKING:
    from jinja2 import Template

PACKAGE = "quotes.server"


def paste_page(limits: Limits, source: Source | None = None, *, problem: str | None = None) -> str:
    """Return the page.

    Args:
        limits: How much text it takes.
        source: What is filled in already.
        problem: What was wrong with it.
    """
    style, script = asset("page.css") + asset("paste.css", PACKAGE), asset("paste.js", PACKAGE)
    policy = content_policy(style, script).replace("form-action 'none'", "form-action 'self'")
    return _template().render(
        source=source or Source(""),
        problem=problem,
        max_bytes=limits.max_bytes,
        style=style,
        script=script,
        policy=policy,
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    return environment().from_string(asset("paste.html.j2", PACKAGE))
