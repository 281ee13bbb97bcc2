"""Prints articles with their statements in colour, and a table of them by speaker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count, groupby
from typing import TYPE_CHECKING, TextIO

from quotes.cli.messages import visible
from quotes.cli.outputs import console_on
from quotes.view import Article
from quotes.view.details import title_of
from quotes.view.segments import CONTENT, Segment, marks_of, paragraph_segments
from quotes.view.speakers import Speakers, speaker_name

if TYPE_CHECKING:
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
_WHITE_SPACE = str.maketrans(dict.fromkeys("\n\r\t\v\f", " "))


def print_articles(articles: Sequence[Article], stream: TextIO) -> None:
    """Print articles, each with its table of statements by speaker.

    Where the output has no colours, brackets show where a statement begins and ends.
    """
    from rich.rule import Rule
    from rich.text import Text

    console = console_on(stream, WIDTH)
    speakers = Speakers(statement for article in articles for statement in article.statements)
    numbers = count(1)
    for article in articles:
        document = article.document
        numbered = {next(numbers): statement for statement in article.statements}
        facts = [title_of(document), document.publisher, document.published]
        console.print(Rule(Text(visible(" · ".join(str(fact) for fact in facts if fact)), "bold")))
        console.print()
        spans = (each.span for each in document.paragraphs)
        segments = paragraph_segments(marks_of(numbered.items()), spans, document.text)
        for paragraph, inside in zip(document.paragraphs, segments, strict=True):
            text = Text()
            for segment in inside:
                _append(text, document.text, segment, numbered, speakers, brackets=not console.color_system)
            text.stylize_before({"headline": "bold", "boilerplate": "dim"}.get(paragraph.kind, ""))
            console.print(text)
            console.print()
        console.print(_table(numbered, speakers) if numbered else "No statement was found.\n")


def _append(
    to: Text, text: str, segment: Segment, numbered: Mapping[int, Statement], speakers: Speakers, *, brackets: bool
) -> None:
    """Append a segment in the styles of its innermost mark, and the numbers that follow it."""
    contents = [mark.span for mark in segment.marks if mark.role == CONTENT] if brackets else []
    to.append("[" * sum(span.start == segment.span.start for span in contents))
    style = ""
    for mark in segment.marks[-1:]:
        statement = numbered[mark.statements[0]]
        role_style = "bold reverse" if mark.role == "speaker" else "italic"
        style = LINES[statement.kind] if mark.role == CONTENT else role_style
        colour = speakers.colour(statement)
        style += "" if colour is None else f" {COLOURS[colour]}"
    to.append(_one_line(segment.span.of(text)), style)
    to.append("]" * sum(span.end == segment.span.end for span in contents))
    for mark in sorted(segment.ends, key=lambda mark: len(mark.span)):  # the inner statement's comes first
        to.append(f" {mark.statements[0]}", "dim")


def _table(numbered: Mapping[int, Statement], speakers: Speakers) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("Speaker", ratio=3)
    table.add_column("#", justify="right")
    table.add_column("Kind")
    table.add_column("Statement", ratio=7)
    table.add_column("Conf.", justify="right")
    by_speaker = sorted(numbered.items(), key=lambda pair: speakers.place(pair[1]))
    for name, own in groupby(by_speaker, key=lambda pair: speaker_name(pair[1])):
        shown = visible(name)
        for number, statement in own:
            colour = speakers.colour(statement)
            table.add_row(
                Text(shown, "bold" if colour is None else f"bold {COLOURS[colour]}"),
                str(number),
                f"{statement.kind}, denied" if statement.negated else statement.kind,
                Text(_one_line(statement.content.text)),
                f"{statement.confidence:.2f}",
            )
            shown = ""
    return table


def _one_line(text: str) -> str:
    """Return a text on one line, edge spaces kept, so that the terminal breaks lines by its own width."""
    return visible(text.translate(_WHITE_SPACE))
