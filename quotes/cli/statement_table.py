"""Prints statements as tables for a person: who, what, to whom and through what, when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

from quotes.cli.messages import visible
from quotes.cli.outputs import console_on
from quotes.cli.tally import Tally
from quotes.io.readable import SURE_FROM, UNNAMED, about_speaker, channel, said, when, who

if TYPE_CHECKING:
    from rich.table import Table

    from quotes.models import Statement
    from quotes.text.document import Document

WIDTH = 120
"""Columns where the output is no terminal."""


def print_statements(extracted: Iterable[tuple[Document, list[Statement]]], stream: TextIO) -> None:
    """Print a table for each document as it arrives, and at the end how many statements there are."""
    from rich.rule import Rule
    from rich.text import Text

    console = console_on(stream, WIDTH)
    tally = Tally()
    doubtful = False
    for document, statements in tally.counted(extracted, silent=True):
        facts = [document.title or document.id, document.publisher, document.published]
        heading = Text(visible(" · ".join(str(fact) for fact in facts if fact)), "bold")
        console.print(Rule(heading, align="left", style="dim"))
        console.print(_table(statements) if statements else "No statement was found.\n")
        doubtful = doubtful or any(each.confidence < SURE_FROM for each in statements)
    hint = f" (?) marks those that are less than {SURE_FROM:.0%} sure." if doubtful else ""
    console.print(Text(f"{tally}.{hint}" if tally.texts else "No statement was found.", "dim"))


def _table(statements: Sequence[Statement]) -> Table:
    """Return the table of one document, without the columns in which nothing would stand."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from quotes.cli.terminal_view import COLOURS
    from quotes.view.speakers import Speakers

    speakers = Speakers(statements)
    with_channel, with_when = any(map(channel, statements)), any(map(when, statements))
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True, leading=1)
    table.add_column("Who", ratio=4)
    table.add_column("What", ratio=11)
    if with_channel:
        table.add_column("To, through", ratio=4)
    if with_when:
        table.add_column("When", max_width=10)
    for statement in statements:
        colour = speakers.colour(statement)
        hue = "" if colour is None else COLOURS[colour]
        name = Text(visible(who(statement)), "dim" if who(statement) == UNNAMED else f"bold {hue}")
        about = visible(about_speaker(statement))
        cells = [Text.assemble(name, (f"\n{about}" if about else "", "dim")), Text(visible(said(statement)), hue)]
        cells += [Text(visible(channel(statement)))] * with_channel + [Text(visible(when(statement)))] * with_when
        table.add_row(*cells)
    return table
