"""Puts articles and their statements together to one HTML page."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from quotes.models import Statement
from quotes.text.document import Document, Paragraph
from quotes.text.spans import Span
from quotes.view.citation import citation
from quotes.view.details import detail_lines
from quotes.view.escaping import script_json, visible
from quotes.view.segments import CONTENT, Mark, Segment, marks_of, nesting, paragraph_segments
from quotes.view.speakers import COLOURS, Cast, cast_of, speaker_name

if TYPE_CHECKING:
    from jinja2 import Environment

Explanations = Mapping[str, Sequence[tuple[str, float]]]
"""For a statement's id the features that decided, each with its weight, the weightiest first."""

DEEPEST = 3
"""Steps by which an underline is lowered at most, however deep statements stand in each other."""

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Article:
    """A document with its statements.

    Attributes:
        document: The document.
        statements: Its statements, in text order.
    """

    document: Document
    statements: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Run:
    """A segment as the template writes it.

    Attributes:
        text: What is shown.
        marks: CSS classes, statement numbers and target id of each mark, outermost first.
        ends: (number, piece, number of pieces) of the contents that end here.
    """

    text: str
    marks: tuple[tuple[str, str, str | None], ...]
    ends: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as the template writes it: its kind, what stands before its body, its runs."""

    kind: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article as the template writes it."""

    number: int
    document: Document
    title: str
    headline: Block | None
    blocks: tuple[Block, ...]
    statements: tuple[tuple[int, Statement], ...]
    speakers: int


def render_page(
    articles: Iterable[Article],
    explanations: Explanations | None = None,
    *,
    home: str | None = None,
) -> str:
    """Return a page that shows articles with their statements marked.

    Args:
        articles: In the order they are to have on the page.
        explanations: The features that decided on each statement, where known.
        home: Address of a page to go back to, for a page that a service sends.

    Returns:
        A whole HTML document that needs nothing from outside; it can always be
        encoded as UTF-8.
    """
    shown = list(articles)
    cast = cast_of(statement for article in shown for statement in article.statements)
    sheets = tuple(_sheets(shown, cast))
    numbered = [pair for sheet in sheets for pair in sheet.statements]
    style, script = asset("page.css") + _colour_rules(), asset("page.js")
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            sheets=sheets,
            cast=cast,
            numbered=numbered,
            data=script_json([_record(s, cast, explanations or {}) for _, s in numbered]),
            style=style,
            script=script,
            policy=content_policy(style, script),
            home=home,
        )
    )


def content_policy(style: str, script: str) -> str:
    """Return a content security policy that allows this style and script, and nothing else."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the template environment: everything put into a template is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("quotes.view"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"visible": visible, "speaker": speaker_name, "day": _day}
    return made


@lru_cache(maxsize=8)
def asset(name: str, package: str = "quotes.view") -> str:
    """Return the text of a style sheet or script that ships with the package."""
    return (files(package) / "templates" / name).read_text("utf-8")


def _day(day: date | None) -> str:
    """Return a day as newspapers print it, whatever the locale: "12 September 2024"."""
    return "" if day is None else f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _digest(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _colour_rules() -> str:
    rules = (f".c{i}{{--hue:light-dark({light},{dark})}}" for i, (light, dark) in enumerate(COLOURS))
    return "\n".join(rules) + "\n"


def _sheets(articles: Sequence[Article], cast: Cast) -> Iterator[Sheet]:
    number = 1
    for place, article in enumerate(articles):
        numbered = tuple(enumerate(article.statements, number))
        number += len(numbered)
        blocks = list(_blocks(article.document, numbered, cast))
        document = article.document
        first = next((i for i, p in enumerate(document.paragraphs) if p.kind != "boilerplate"), None)
        headline = None
        # The headline is part of the text and may hold statements: it is shown once, as the title.
        if first is not None and document.paragraphs[first].kind == "headline":
            headline = blocks.pop(first)
        yield Sheet(
            number=place + 1,
            document=document,
            title=document.title or document.id,
            headline=headline,
            blocks=tuple(blocks),
            statements=numbered,
            speakers=len({speaker_name(s) for s in article.statements if s.speaker and s.speaker.name}),
        )


def _blocks(document: Document, numbered: Sequence[tuple[int, Statement]], cast: Cast) -> Iterator[Block]:
    marks = marks_of(numbered)
    levels = nesting(marks)
    statements = dict(numbered)
    spans = [paragraph.span for paragraph in document.paragraphs]
    for paragraph, segments in zip(document.paragraphs, paragraph_segments(marks, spans), strict=True):
        runs: list[Run] = []
        for segment in segments:
            front, body = _front_and_body(document, paragraph, segment)
            if front:
                runs.append(Run(visible(front), (("front", "", None),), ()))
            marked = tuple(_classes(mark, segment, statements, levels, cast) for mark in segment.marks)
            ends = tuple(_end(mark, statements) for mark in segment.ends)
            runs.append(Run(visible(body), marked, ends))
        yield Block(paragraph.kind, tuple(runs))


def _end(mark: Mark, statements: Mapping[int, Statement]) -> tuple[int, int, int]:
    number = mark.statements[0]
    return number, mark.piece, len(statements[number].content.spans)


def _front_and_body(document: Document, paragraph: Paragraph, segment: Segment) -> tuple[str, str]:
    """Split an unmarked segment where the dateline ends: "LONDON (Reuters) – | Ann Kord said ..."."""
    at = paragraph.body.start
    if paragraph.kind != "text" or segment.marks or not segment.span.start < at <= segment.span.end:
        return "", segment.span.of(document.text)
    return Span(segment.span.start, at).of(document.text), Span(at, segment.span.end).of(document.text)


def _classes(
    mark: Mark, segment: Segment, statements: Mapping[int, Statement], levels: Mapping[int, int], cast: Cast
) -> tuple[str, str, str | None]:
    """Return the CSS classes of a mark, its statements' numbers, and its id where it can be jumped to."""
    number = mark.statements[0]
    statement = statements[number]
    colour = cast.colour(statement)
    hue = "unnamed" if colour is None else f"c{colour}"
    numbers = " ".join(map(str, mark.statements))
    if mark.role != CONTENT:
        return f"r {mark.role} {hue}", numbers, None
    level = min(levels[number], DEEPEST)
    target = f"place-{number}" if mark.piece == 0 and segment.span.start == mark.span.start else None
    return f"q {statement.kind} {hue} l{level}", numbers, target


def _record(statement: Statement, cast: Cast, explanations: Explanations) -> dict[str, object]:
    """Return what the page's script needs of a statement."""
    return {
        "kind": statement.kind,
        "speaker": cast.place(statement),
        "confidence": statement.confidence,
        "lines": [[label, visible(text)] for label, text in detail_lines(statement)],
        "features": [[name, round(weight, 4)] for name, weight in explanations.get(statement.id, ())],
        "citation": visible(citation(statement)),
    }
