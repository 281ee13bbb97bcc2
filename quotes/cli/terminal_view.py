"""Prints articles with their statements in colour, and a table of them by speaker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

from quotes.view import Article, Cast, Segment, cast_of, marks_of, paragraph_segments
from quotes.view.segments import CONTENT
from quotes.view.speakers import speaker_name

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from quotes.models import Statement

WIDTH = 100
"""Columns where the output is no terminal."""
COLOURS = (
    "dodger_blue1",
    "dark_orange3",
    "green4",
    "magenta3",
    "dark_goldenrod",
    "slate_blue1",
    "deep_pink2",
    "turquoise4",
)
"""As many colours as the page has, of those 256 that can be read on white and on black."""
LINES = {"direct": "bold", "mixed": "bold underline", "indirect": "underline"}
"""How the kinds look, so that they can be told apart without colour."""


def print_articles(articles: Sequence[Article], stream: TextIO) -> None:
    """Print articles, each with its table of statements by speaker.

    Where the output has no colours, brackets show where a statement begins and ends.

    Args:
        articles: In the order they are to have.
        stream: Where to print.
    """
    from rich.console import Console

    width = None if stream.isatty() else WIDTH
    console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
    cast = cast_of(statement for article in articles for statement in article.statements)
    number = 1
    for article in articles:
        numbered = dict(enumerate(article.statements, number))
        number += len(numbered)
        _print_article(console, article, numbered, cast)


def _print_article(console: Console, article: Article, numbered: Mapping[int, Statement], cast: Cast) -> None:
    from rich.rule import Rule
    from rich.text import Text

    document = article.document
    facts = [document.title or document.id, document.publisher, document.published]
    console.print(Rule(Text(_plain(" · ".join(str(fact) for fact in facts if fact)), "bold")))
    console.print()
    spans = [paragraph.span for paragraph in document.paragraphs]
    for paragraph, segments in zip(
        document.paragraphs, paragraph_segments(marks_of(numbered.items()), spans), strict=True
    ):
        text = _paragraph(document.text, segments, numbered, cast, brackets=console.color_system is None)
        text.stylize_before({"headline": "bold", "boilerplate": "dim"}.get(paragraph.kind, ""))
        console.print(text)
        console.print()
    console.print(_table(numbered, cast) if numbered else "No statement was found.\n")


def _paragraph(
    text: str, segments: Sequence[Segment], numbered: Mapping[int, Statement], cast: Cast, *, brackets: bool
) -> Text:
    from rich.text import Text

    made = Text()
    for segment in segments:
        contents = [mark for mark in segment.marks if mark.role == CONTENT]
        if brackets:
            begun = sum(mark.span.start == segment.span.start for mark in contents)
            made.append("[" * begun)
        made.append(_one_line(segment.span.of(text)), " ".join(_styles(segment, numbered, cast)))
        for mark in sorted(segment.ends, key=lambda mark: len(mark.span)):  # the inner bracket closes first
            made.append(f" {mark.statements[0]}]" if brackets else f" {mark.statements[0]}", "dim")
    return made


def _styles(segment: Segment, numbered: Mapping[int, Statement], cast: Cast) -> Iterator[str]:
    """Yield the styles of the innermost mark, none without one."""
    if not segment.marks:
        return
    mark = segment.marks[-1]
    statement = numbered[mark.statements[0]]
    if mark.role == CONTENT:
        yield LINES[statement.kind]
    elif mark.role == "speaker":
        yield "bold reverse"
    else:
        yield "italic"
    colour = cast.colour(statement)
    if colour is not None:
        yield COLOURS[colour]


def _table(numbered: Mapping[int, Statement], cast: Cast) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("Speaker", ratio=3)
    table.add_column("#", justify="right")
    table.add_column("Kind")
    table.add_column("Statement", ratio=7)
    table.add_column("Conf.", justify="right")
    ordered = sorted(numbered.items(), key=lambda pair: (cast.place(pair[1]), pair[0]))
    before = None
    for number, statement in ordered:
        name = speaker_name(statement)
        colour = cast.colour(statement)
        style = "bold" if colour is None else f"bold {COLOURS[colour]}"
        table.add_row(
            Text("" if name == before else _plain(name), style),
            str(number),
            f"{statement.kind}, denied" if statement.negated else statement.kind,
            Text(_one_line(statement.content.text)),
            f"{statement.confidence:.2f}",
        )
        before = name
    return table


def _one_line(text: str) -> str:
    """Return a text on one line, edge spaces kept, so that the terminal breaks lines by its own width."""
    return _plain("".join(" " if c in "\n\r\t\v\f" else c for c in text))


def _plain(text: str) -> str:
    # A control character of the article must not reach the terminal.
    return "".join(c if c.isprintable() or c == " " else c.encode("unicode_escape").decode() for c in text)
