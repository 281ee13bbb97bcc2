"""The page to paste or drop an article into, and the form that it sends."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException

from quotes.errors import QuotesError
from quotes.server.requests import Text
from quotes.view.page import asset, content_policy, environment

if TYPE_CHECKING:
    from jinja2 import Template

PACKAGE = "quotes.server"


def paste_page(max_bytes: int, source: Text | None = None, *, problem: str | None = None) -> str:
    """Return the page.

    Args:
        max_bytes: How much text it takes.
        source: What is filled in already.
        problem: What was wrong with it.
    """
    style, script = asset("page.css") + asset("paste.css", PACKAGE), asset("paste.js", PACKAGE)
    policy = content_policy(style, script).replace("form-action 'none'", "form-action 'self'")
    return _template().render(
        source=source or Text(text=""),
        problem=problem,
        max_bytes=max_bytes,
        style=style,
        script=script,
        policy=policy,
    )


def form_source(body: bytes, most: int) -> Text:
    """Return the text of a form, with line ends as they were before the browser made a form of it.

    Args:
        body: The form, as ``application/x-www-form-urlencoded``.
        most: Bytes that the text may have.

    Raises:
        HTTPException: What the client is to be told of a wrong form.
    """
    try:
        fields = parse_qs(body.decode("ascii"), errors="strict", max_num_fields=10)
    except ValueError as error:
        raise HTTPException(422, "this is not a form in UTF-8") from error
    names = ("text", "published", "publisher", "title")
    text, published, publisher, title = (fields.get(name, [""])[0].replace("\r\n", "\n") for name in names)
    if len(text.encode("utf-8")) > most:
        raise HTTPException(413, f"the text is larger than {most} bytes; paste less of it at once")
    source = Text.model_construct(  # what is wrong with the day is said below
        text=text, published=published or None, publisher=publisher or None, title=title or None
    )
    if not text.strip():
        raise HTTPException(422, "there is no text in it; paste an article")
    try:
        source.document()
    except QuotesError as error:
        raise HTTPException(422, str(error)) from error
    return source


@lru_cache(maxsize=1)
def _template() -> Template:
    return environment().from_string(asset("paste.html.j2", PACKAGE))
