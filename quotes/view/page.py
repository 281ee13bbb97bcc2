"""One HTML page of articles and their statements."""

from __future__ import annotations

import hashlib
import re
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from importlib.resources import files
from io import StringIO
from itertools import count
from typing import TYPE_CHECKING

from quotes.explanation import Explainer
from quotes.extractor import Extractor
from quotes.io import write_csv, write_json, write_markdown
from quotes.io.json import json_text
from quotes.models import Statement
from quotes.text.document import Document
from quotes.view.blocks import DEEPEST, Block, ShownMark, blocks, visible, with_headline
from quotes.view.details import citation, day, detail_lines, quotation, title_of, why_speaker
from quotes.view.segments import CONTENT, Mark, marks_of, nesting
from quotes.view.speakers import COLOURS, UNNAMED, Speakers, speaker_name

if TYPE_CHECKING:
    from jinja2 import Environment

Explanations = Mapping[str, Mapping[str, str]]
"""For a statement's id the reasons why it is as it is, by what they explain."""

SPEAKERS_AT_ONCE = 10
"""Speakers whose filters are shown; those of the others unfold."""
_IN_SCRIPT = re.compile("[<>&\u2028\u2029]")
_CARD = re.compile('<li class="card [^>]*data-card="([0-9]+)" data-id="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Article:
    """A document with its statements, in text order."""

    document: Document
    statements: Sequence[Statement]


def examine(
    document: Document, extractor: Extractor, wanted: Callable[[Statement], bool] | None = None
) -> tuple[Article, Explanations]:
    """Return a document with the statements of an extractor that are wanted, and why each of them is as it is."""
    analysis = extractor.analyse(document, trace=True)
    reasons = {each.statement_id or "": each.reasons for each in Explainer(analysis, extractor).statements()}
    return Article(document, tuple(filter(wanted, filter(extractor.wants, analysis.statements)))), reasons


def render_page(
    articles: Iterable[Article],
    explanations: Explanations | None = None,
    *,
    home: str | None = None,
    check: str | None = None,
) -> str:
    """Return a page that shows articles with their statements marked, and why each is as it is.

    It is a whole HTML document that needs nothing from outside and can always be encoded as UTF-8;
    for a page that a service sends, ``home`` is the address of a page to go back to, and ``check``
    that of a form that takes the first article, to compare it with sources.
    """
    given = list(articles)
    speakers = Speakers(statement for article in given for statement in article.statements)
    numbers = count(1)
    numbered = [[(next(numbers), each) for each in article.statements] for article in given]
    style, script = asset("page.css") + colour_rules(), asset("theme.js") + asset("common.js") + asset("page.js")
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            articles=[_shown(each, own, speakers) for each, own in zip(given, numbered, strict=True)],
            speakers=speakers,
            at_once=SPEAKERS_AT_ONCE,
            total=sum(map(len, numbered)),
            data=packed(_data(given, explanations or {})),
            style=style,
            script=script,
            policy=content_policy(style, script, forms=check is not None),
            home=home,
            check=check,
        )
    )


def statements_on(page: str) -> dict[str, int]:
    """Return the numbers that a page of `render_page` gives to statements, by their ids; none for another page."""
    return {unescape(key): int(number) for number, key in _CARD.findall(page)}


def colour_rules() -> str:
    """Return the style rules of the speakers' colours."""
    return "".join(f".c{i}{{--hue:light-dark({light},{dark})}}\n" for i, (light, dark) in enumerate(COLOURS))


def script_json(value: object) -> str:
    r"""Return a value as JSON that cannot end the script element that holds it.

    >>> print(script_json("</script><!--\u2028"))
    "\u003c/script\u003e\u003c!--\u2028"
    """
    return _IN_SCRIPT.sub(lambda found: f"\\u{ord(found.group()):04x}", json_text(value))


def packed(value: object) -> str:
    """Return a value as compressed JSON in Base64, which is a tenth as long and cannot end an element."""
    return b64encode(zlib.compress(json_text(value).encode("utf-8"))).decode("ascii")


def content_policy(style: str, script: str, *, forms: bool = False) -> str:
    """Return a content security policy that allows this style and script, forms to a service of one's own, no more."""
    allowed = (b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode() for text in (style, script))
    sources = "style-src 'sha256-{}'; script-src 'sha256-{}'".format(*allowed)
    own = "'self'" if forms else "'none'"
    return f"default-src 'none'; {sources}; base-uri 'none'; form-action {own}"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the template environment: everything put into a template is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("quotes.view")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {"visible": visible, "speaker": speaker_name, "day": day}
    return made


@lru_cache(maxsize=16)
def asset(name: str, package: str = "quotes.view") -> str:
    """Return the text of a style sheet or script that ships with the package."""
    return (files(package) / "templates" / name).read_text("utf-8")


def _shown(article: Article, numbered: Sequence[tuple[int, Statement]], speakers: Speakers) -> dict[str, object]:
    """Return an article as the template writes it."""
    document = article.document
    headline, others = with_headline(document, list(_blocks(document, numbered, speakers)))
    return {
        "document": document,
        "title": title_of(document),
        "headline": headline,
        "blocks": others,
        "numbered": numbered,
        "speakers": len({speaker_name(s) for s in article.statements} - {UNNAMED}),
    }


def _blocks(document: Document, numbered: Sequence[tuple[int, Statement]], speakers: Speakers) -> Iterator[Block]:
    statements = dict(numbered)
    marks = marks_of(numbered)
    levels = nesting(marks)

    def shown_mark(mark: Mark, start: int) -> ShownMark:
        number = mark.statements[0]
        statement = statements[number]
        hue = speakers.hue(statement)
        numbers = " ".join(map(str, mark.statements))
        if mark.role != CONTENT:
            return ShownMark(f"r {mark.role} {hue}", numbers)
        is_start = mark.piece == 0 and start == mark.span.start
        classes = f"q {statement.kind} {hue} l{min(levels[number], DEEPEST)}"
        return ShownMark(classes, numbers, f"place-{number}" if is_start else None)

    pieces = {number: len(statement.content.spans) for number, statement in numbered}
    return blocks(document, marks, pieces, shown_mark)


def _data(articles: Sequence[Article], explanations: Explanations) -> dict[str, object]:
    """Return what the page's script needs beside the page itself: panels, and what can be copied and exported."""
    return {
        "csv": _written(write_csv, Article(articles[0].document, ())) if articles else "",
        "statements": [
            _record(article, number, statement, explanations.get(statement.id, {}))
            for number, article in enumerate(articles)
            for statement in article.statements
        ],
    }


def _record(article: Article, number: int, statement: Statement, reasons: Mapping[str, str]) -> dict[str, object]:
    alone = Article(article.document, (statement,))
    heading, _, row = _written(write_markdown, alone)[:-1].rpartition("\n")
    return {
        "article": number,
        "because": visible(why_speaker(statement)),
        "lines": [[label, visible(text)] for label, text in detail_lines(statement)],
        "why": [[label, visible(text)] for label, text in reasons.items()],
        "quotation": visible(quotation(statement)),
        "citation": visible(citation(statement, title_of(article.document))),
        "json": _written(write_json, alone).removeprefix("[\n  ").removesuffix("\n]\n"),
        "csv": _written(write_csv, alone).partition("\r\n")[2],
        "heading": heading,
        "markdown": row,
    }


def _written(write: Callable[..., None], article: Article) -> str:
    """Return what a writer of `quotes.io` makes of an article, so that what the page exports is what it writes."""
    stream = StringIO(newline="")
    write([(article.document, article.statements)], stream)
    return stream.getvalue()
