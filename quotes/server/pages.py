"""The page to paste or drop an article into, and the form that it sends."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.exceptions import HTTPException

from quotes.server.requests import LONGEST_NAME, Text
from quotes.view.page import asset, content_policy, environment

PACKAGE = "quotes.server"


def paste_page(max_bytes: int, source: Text | None = None, *, problem: str | None = None) -> str:
    """Return the page, perhaps with a text that is filled in already and what was wrong with it."""
    style, script = asset("page.css") + asset("paste.css", PACKAGE), asset("paste.js", PACKAGE)
    policy = content_policy(style, script).replace("form-action 'none'", "form-action 'self'")
    template = environment().from_string(asset("paste.html.j2", PACKAGE))
    return template.render(
        source=source or Text(text=""), problem=problem, max_bytes=max_bytes, style=style, script=script, policy=policy
    )


def form_source(body: bytes, most: int) -> Text:
    """Return the text of an ``application/x-www-form-urlencoded`` form, with its line ends as they were.

    Raises:
        HTTPException: What the client is to be told of a wrong form, or of a text of too many bytes.
    """
    try:
        fields = parse_qs(body.decode("ascii"), errors="strict", max_num_fields=10)
    except ValueError as error:
        raise HTTPException(422, "this is not a form in UTF-8") from error
    names = ("text", "published", "publisher", "title")
    text, published, publisher, title = (fields.get(name, [""])[0].replace("\r\n", "\n") for name in names)
    if len(text.encode("utf-8")) > most:
        raise HTTPException(413, f"the text is larger than {most} bytes; paste less of it at once")
    if max(map(len, (published, publisher, title))) > LONGEST_NAME:
        raise HTTPException(422, f"day, publisher and title may have {LONGEST_NAME} characters each")
    source = Text.model_construct(  # what is wrong with the day is said by the worker
        text=text, published=published or None, publisher=publisher or None, title=title or None
    )
    if not text.strip():
        raise HTTPException(422, "there is no text in it; paste an article")
    return source
