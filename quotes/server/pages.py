"""The pages to paste or drop an article into, with or without its sources, and the forms that they send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException

from quotes.server.requests import CHECK, FILE, HOME, LONGEST_NAME, Pasted, Text, VerifyRequest
from quotes.view.page import asset, content_policy, environment

PACKAGE = "quotes.server"
SOURCE_BOXES = 5
"""Sources that can be pasted beside an article; over HTTP there may be more."""
MOST_FIELDS = 2 * SOURCE_BOXES + 10


EXAMPLES = {"ferry": "a news report", "agency": "an agency report", "interview": "an interview"}
"""Texts to try the page with: the names of their files, and what they are."""


def paste_page(
    max_bytes: int, source: Text | None = None, *, speed: float | None = None, problem: str | None = None
) -> str:
    """Return the page, perhaps with a text that is filled in already and what was wrong with it.

    With the speed of the last long text, in bytes a second, the page can tell how long the next one takes.
    """
    source = source or Pasted(text="")
    return _page("paste.html.j2", max_bytes, problem, source=source, other=CHECK, speed=speed, examples=EXAMPLES)


def example(name: str) -> Pasted:
    """Return one of the `EXAMPLES`; no text for another name."""
    return Pasted(text=asset(f"example-{name}.txt", PACKAGE) if name in EXAMPLES else "")


def check_page(max_bytes: int, pasted: VerifyRequest | None = None, *, problem: str | None = None) -> str:
    """Return the page to paste an article and its sources into, perhaps filled in already."""
    return _page("check.html.j2", max_bytes, problem, source=pasted or empty_check(), other=HOME, boxes=SOURCE_BOXES)


def _page(name: str, max_bytes: int, problem: str | None, **values: object) -> str:
    style, script = asset("page.css") + asset("paste.css", PACKAGE), asset("common.js") + asset("paste.js", PACKAGE)
    policy = f"{content_policy(style, script, forms=True)}; connect-src 'self'"
    template = environment().from_string(asset(name, PACKAGE))
    return template.render(
        problem=problem, max_bytes=max_bytes, file=FILE, style=style, script=script, policy=policy, **values
    )


def empty_check() -> VerifyRequest:
    """Return an article without text and without sources, as the empty page has it."""
    return VerifyRequest.model_construct(text="", published=None, publisher=None, title=None, sources=[])


def form_source(body: bytes, most: int) -> Pasted:
    """Return the text of an ``application/x-www-form-urlencoded`` form, with its line ends as they were.

    Raises:
        HTTPException: What the client is to be told of a wrong form, or of a text of too many bytes.
    """
    fields = _fields(body)
    source, original = _article(fields, most), fields.get("original", [""])[0]
    if not source.text.strip():
        raise HTTPException(422, "there is no text in it; paste an article")
    if len(original) > most:
        raise HTTPException(413, f"what is known of its file is larger than {most} bytes; paste the text alone")
    return Pasted.model_construct(**source.model_dump(), original=original or None)


def form_check(body: bytes, most: int) -> tuple[VerifyRequest, bool]:
    """Return an article with its sources from a form, and whether there is a source; one without text is none.

    Raises:
        HTTPException: What the client is to be told of a wrong form, or of texts of too many bytes.
    """
    fields = _fields(body)
    article = _article(fields, most)
    texts, titles = fields.get("source", []), fields.get("source_title", [])
    given = [(text, title) for text, title in zip_longest(texts, titles, fillvalue="") if text.strip()]
    if sum(len(text.encode("utf-8")) for text in (article.text, *texts)) > most:
        raise HTTPException(413, f"the texts together are larger than {most} bytes; paste less of them at once")
    if any(len(title) > LONGEST_NAME for title in titles):
        raise HTTPException(422, f"a source's name may have {LONGEST_NAME} characters")
    sources = [
        Text.model_construct(text=text, document_id=title.strip() or f"source-{number}")
        for number, (text, title) in enumerate(given, 1)
    ]
    pasted = VerifyRequest.model_construct(**article.model_dump(), sources=sources)
    return pasted, bool(sources) and bool(article.text.strip())


def _fields(body: bytes) -> dict[str, list[str]]:
    try:
        fields = parse_qs(body.decode("ascii"), errors="strict", max_num_fields=MOST_FIELDS, keep_blank_values=True)
    except ValueError as error:
        raise HTTPException(422, "this is not a form in UTF-8") from error
    return {name: [value.replace("\r\n", "\n") for value in values] for name, values in fields.items()}


def _article(fields: Mapping[str, Sequence[str]], most: int) -> Text:
    names = ("text", "published", "publisher", "title")
    text, published, publisher, title = (fields.get(name, [""])[0] for name in names)
    if len(text.encode("utf-8")) > most:
        raise HTTPException(413, f"the text is larger than {most} bytes; paste less of it at once")
    if max(map(len, (published, publisher, title))) > LONGEST_NAME:
        raise HTTPException(422, f"day, publisher and title may have {LONGEST_NAME} characters each")
    return Text.model_construct(  # what is wrong with the day is said by the worker
        text=text, published=published or None, publisher=publisher or None, title=title or None
    )
