"""One HTML page of articles and their statements."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from itertools import chain, count
from typing import TYPE_CHECKING

from quotes.explanation import Explainer
from quotes.extractor import Extractor
from quotes.io.json import json_text
from quotes.io.records import SYMBOLS
from quotes.lexicon import table
from quotes.models import Statement
from quotes.text.document import Document, Paragraph
from quotes.text.spans import Span
from quotes.view.details import citation, detail_lines
from quotes.view.segments import CONTENT, Mark, Segment, marks_of, nesting, paragraph_segments
from quotes.view.speakers import COLOURS, UNNAMED, Speakers, speaker_name

if TYPE_CHECKING:
    from jinja2 import Environment

Explanations = Mapping[str, Mapping[str, str]]
"""For a statement's id the reasons why it is as it is, by what they explain."""

DEEPEST = 3
"""Steps by which an underline is lowered at most, however deeply statements are nested."""

_IN_SCRIPT = re.compile("[<>&\u2028\u2029]")
_SHOWN_AS = {**SYMBOLS, 0x0D: 0x0D, **dict.fromkeys((*range(0x80, 0xA0), 0xFFFE, 0xFFFF), 0xFFFD)}


@dataclass(frozen=True, slots=True)
class Article:
    """A document with its statements, in text order."""

    document: Document
    statements: Sequence[Statement]


def examine(document: Document, extractor: Extractor) -> tuple[Article, Explanations]:
    """Return a document with the statements of an extractor, and why each of them is as it is."""
    analysis = extractor.analyse(document, trace=True)
    reasons = {each.statement_id or "": each.reasons for each in Explainer(analysis, extractor).statements()}
    return Article(document, tuple(filter(extractor.wants, analysis.statements))), reasons


def render_page(
    articles: Iterable[Article], explanations: Explanations | None = None, *, home: str | None = None
) -> str:
    """Return a page that shows articles with their statements marked, and why each is as it is.

    It is a whole HTML document that needs nothing from outside and can always be encoded as UTF-8;
    ``home`` is the address of a page to go back to, for a page that a service sends.
    """
    given = list(articles)
    speakers = Speakers(statement for article in given for statement in article.statements)
    numbers = count(1)
    numbered = [[(next(numbers), each) for each in article.statements] for article in given]
    every = list(chain.from_iterable(numbered))
    rules = (f".c{i}{{--hue:light-dark({light},{dark})}}\n" for i, (light, dark) in enumerate(COLOURS))
    style, script = asset("page.css") + "".join(rules), asset("page.js")
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            articles=[_shown(each, own, speakers) for each, own in zip(given, numbered, strict=True)],
            speakers=speakers,
            numbered=every,
            data=script_json([_record(each, speakers, explanations or {}) for _, each in every]),
            style=style,
            script=script,
            policy=content_policy(style, script),
            home=home,
        )
    )


def visible(text: str) -> str:
    r"""Return a text with what HTML cannot hold shown in its place, one character for one.

    A control character is shown by its symbol ("␀"); a lone surrogate, which no
    UTF-8 file can hold, by the replacement character.

    >>> visible("a\x00b\ud800")
    'a␀b\ufffd'
    """
    return text.translate(_SHOWN_AS)


def script_json(value: object) -> str:
    r"""Return a value as JSON that cannot end the script element that holds it.

    >>> print(script_json("</script><!--\u2028"))
    "\u003c/script\u003e\u003c!--\u2028"
    """
    return _IN_SCRIPT.sub(lambda found: f"\\u{ord(found.group()):04x}", json_text(value))


def content_policy(style: str, script: str) -> str:
    """Return a content security policy that allows this style and script, and nothing else."""
    allowed = (b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode() for text in (style, script))
    sources = "style-src 'sha256-{}'; script-src 'sha256-{}'".format(*allowed)
    return f"default-src 'none'; {sources}; base-uri 'none'; form-action 'none'"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the template environment: everything put into a template is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("quotes.view")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {"visible": visible, "speaker": speaker_name, "day": _day}
    return made


@lru_cache(maxsize=8)
def asset(name: str, package: str = "quotes.view") -> str:
    """Return the text of a style sheet or script that ships with the package."""
    return (files(package) / "templates" / name).read_text("utf-8")


def _day(day: date | None) -> str:
    """Return a day as newspapers print it, whatever the locale: "12 September 2024"."""
    if day is None:
        return ""
    names = (name for name, (number, *_) in table("months").items() if int(number) == day.month)
    return f"{day.day} {max(names, key=len).capitalize()} {day.year}"


def _shown(article: Article, numbered: Sequence[tuple[int, Statement]], speakers: Speakers) -> dict[str, object]:
    """Return an article as the template writes it; its headline, if the text has one, is the title."""
    document = article.document
    blocks = list(_blocks(document, numbered, speakers))
    kinds = [paragraph.kind for paragraph in document.paragraphs]
    first = next((place for place, kind in enumerate(kinds) if kind != "boilerplate"), 0)
    # The headline is part of the text and may hold statements: it is shown once, as the title.
    headline = blocks.pop(first) if kinds[first : first + 1] == ["headline"] else None
    return {
        "document": document,
        "title": document.title or document.id,
        "headline": headline,
        "blocks": blocks,
        "statements": article.statements,
        "speakers": len({speaker_name(s) for s in article.statements} - {UNNAMED}),
    }


def _blocks(
    document: Document, numbered: Sequence[tuple[int, Statement]], speakers: Speakers
) -> Iterator[dict[str, object]]:
    """Yield each paragraph as runs: its text cut at each boundary of a mark.

    A run has its marks, outermost first, as (CSS classes, statement numbers, target id), and of each
    content that ends with it (number, piece, number of pieces).
    """
    statements = dict(numbered)
    marks = marks_of(numbered)
    levels = nesting(marks)
    pieces = {number: len(statement.content.spans) for number, statement in numbered}

    def shown_mark(mark: Mark, start: int) -> tuple[str, str, str | None]:
        number = mark.statements[0]
        statement = statements[number]
        hue = speakers.hue(statement)
        numbers = " ".join(map(str, mark.statements))
        if mark.role != CONTENT:
            return f"r {mark.role} {hue}", numbers, None
        is_start = mark.piece == 0 and start == mark.span.start
        classes = f"q {statement.kind} {hue} l{min(levels[number], DEEPEST)}"
        return classes, numbers, f"place-{number}" if is_start else None

    def runs(paragraph: Paragraph, segment: Segment) -> Iterator[dict[str, object]]:
        span, at = segment.span, paragraph.body.start
        # An unmarked segment is split where the dateline ends: "LONDON (Reuters) – | Ann Kord said ...".
        if paragraph.kind == "text" and not segment.marks and span.start < at <= span.end:
            dateline = visible(document.text[span.start : at])
            yield {"text": dateline, "marks": [("front", "", None)], "ends": []}
            span = Span(at, span.end)
        yield {
            "text": visible(span.of(document.text)),
            "marks": [shown_mark(mark, span.start) for mark in segment.marks],
            "ends": [(m.statements[0], m.piece, pieces[m.statements[0]]) for m in segment.ends],
        }

    segments = paragraph_segments(marks, (paragraph.span for paragraph in document.paragraphs))
    for paragraph, inside in zip(document.paragraphs, segments, strict=True):
        yield {"kind": paragraph.kind, "runs": [run for each in inside for run in runs(paragraph, each)]}


def _record(statement: Statement, speakers: Speakers, explanations: Explanations) -> dict[str, object]:
    """Return what the page's script needs of a statement."""
    return {
        "kind": statement.kind,
        "speaker": speakers.place(statement),
        "confidence": statement.confidence,
        "lines": [[label, visible(text)] for label, text in detail_lines(statement)],
        "why": [[label, visible(text)] for label, text in explanations.get(statement.id, {}).items()],
        "citation": visible(citation(statement)),
    }
