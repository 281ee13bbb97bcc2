"""Prints articles with their statements in colour, and a table of them by speaker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

from quotes.cli.messages import visible
from quotes.cli.outputs import console_on
from quotes.view import Article
from quotes.view.segments import CONTENT, Segment, document_segments, marks_of
from quotes.view.speakers import Speakers, speaker_name

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
_WHITE_SPACE = str.maketrans(dict.fromkeys("\n\r\t\v\f", " "))


def print_articles(articles: Sequence[Article], stream: TextIO) -> None:
    """Print articles, each with its table of statements by speaker.

    Where the output has no colours, brackets show where a statement begins and ends.
    """
    console = console_on(stream, WIDTH)
    speakers = Speakers(statement for article in articles for statement in article.statements)
    number = 1
    for article in articles:
        numbered = dict(enumerate(article.statements, number))
        number += len(numbered)
        _print_article(console, article, numbered, speakers)


def _print_article(
    console: Console, article: Article, numbered: Mapping[int, Statement], speakers: Speakers
) -> None:
    from rich.rule import Rule
    from rich.text import Text

    document = article.document
    facts = [document.title or document.id, document.publisher, document.published]
    console.print(Rule(Text(visible(" · ".join(str(fact) for fact in facts if fact)), "bold")))
    console.print()
    segments = document_segments(document, marks_of(numbered.items()))
    for paragraph, inside in zip(document.paragraphs, segments, strict=True):
        text = _paragraph(document.text, inside, numbered, speakers, brackets=console.color_system is None)
        text.stylize_before({"headline": "bold", "boilerplate": "dim"}.get(paragraph.kind, ""))
        console.print(text)
        console.print()
    console.print(_table(numbered, speakers) if numbered else "No statement was found.\n")


def _paragraph(
    text: str,
    segments: Sequence[Segment],
    numbered: Mapping[int, Statement],
    speakers: Speakers,
    *,
    brackets: bool,
) -> Text:
    from rich.text import Text

    made = Text()
    for segment in segments:
        if brackets:
            contents = (mark for mark in segment.marks if mark.role == CONTENT)
            made.append("[" * sum(mark.span.start == segment.span.start for mark in contents))
        made.append(_one_line(segment.span.of(text)), " ".join(_styles(segment, numbered, speakers)))
        for mark in sorted(segment.ends, key=lambda mark: len(mark.span)):  # the inner bracket closes first
            made.append(f" {mark.statements[0]}{']' if brackets else ''}", "dim")
    return made


def _styles(segment: Segment, numbered: Mapping[int, Statement], speakers: Speakers) -> Iterator[str]:
    """Yield the styles of the innermost mark, none without one."""
    if not segment.marks:
        return
    mark = segment.marks[-1]
    statement = numbered[mark.statements[0]]
    if mark.role == CONTENT:
        yield LINES[statement.kind]
    else:
        yield "bold reverse" if mark.role == "speaker" else "italic"
    colour = speakers.colour(statement)
    if colour is not None:
        yield COLOURS[colour]


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
    before = None
    for number, statement in sorted(numbered.items(), key=lambda pair: (speakers.place(pair[1]), pair[0])):
        name, colour = speaker_name(statement), speakers.colour(statement)
        table.add_row(
            Text(
                "" if name == before else visible(name),
                "bold" if colour is None else f"bold {COLOURS[colour]}",
            ),
            str(number),
            f"{statement.kind}, denied" if statement.negated else statement.kind,
            Text(_one_line(statement.content.text)),
            f"{statement.confidence:.2f}",
        )
        before = name
    return table


def _one_line(text: str) -> str:
    """Return a text on one line, edge spaces kept, so that the terminal breaks lines by its own width."""
    return visible(text.translate(_WHITE_SPACE))
