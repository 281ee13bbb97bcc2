"""Prints verified articles as tables, each quotation with what its source has instead in colour."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from quotes.cli.messages import visible
from quotes.cli.outputs import console_on

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from quotes.models import Verification
    from quotes.text.document import Document

WIDTH = 120
"""Columns where the output is no terminal."""
COLOURS = {"verbatim": "green4", "trimmed": "dark_goldenrod", "altered": "dark_orange3", "spliced": "magenta3"}
"""Of those that can be read on white and on black; what was not found has none."""
PARTS = {"article": ("bold dark_orange3", "{+", "+}"), "source": ("strike dodger_blue1", "[-", "-]")}
"""Style of words that only one side has, and their marks where the output has no colours, as wdiff has them."""


def print_verifications(checked: Iterable[tuple[Document, list[Verification]]], stream: TextIO) -> None:
    """Print each article's quotations with verdicts, differences and sources, then how many have which verdict."""
    from rich.rule import Rule
    from rich.text import Text

    console = console_on(stream, WIDTH)
    plain = not console.color_system
    for document, verifications in checked:
        console.print(Rule(Text(visible(document.title or document.id), "bold")))
        console.print(_table(verifications, plain=plain) if verifications else "No quotation was found.\n")
        console.print(_summary(verifications) + "\n")
    console.print("Words in the article alone: ", *_legend("article", plain=plain), end="  ")
    console.print("in the source alone: ", *_legend("source", plain=plain))


def _table(verifications: Iterable[Verification], *, plain: bool) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("Verdict", no_wrap=True)
    table.add_column("Speaker", ratio=2)
    table.add_column("Quotation, with the source's words", ratio=7)
    table.add_column("Source", ratio=3, overflow="fold")
    table.add_column("Notes", ratio=4)
    for each in verifications:
        name = each.verdict.replace("_", " ") if each.verdict else "reported"
        speaker = each.statement.speaker.name if each.statement.speaker else None
        table.add_row(
            Text(name, COLOURS.get(each.verdict or "", "dim" if each.verdict is None else "bold")),
            Text(visible(speaker or "")),
            _quotation(each, plain=plain),
            Text(visible(_source(each))),
            Text(visible("; ".join(_notes(each)))),
        )
    return table


def _quotation(each: Verification, *, plain: bool) -> Text:
    from rich.text import Text

    from quotes.verification.wording import compared

    text = Text()
    for part in compared(each):
        style, opens, closes = PARTS.get(part.kind, ("", "", ""))
        shown = visible(part.text.replace("\n", " "))
        if opens and not text.plain.endswith(" "):
            text.append(" ")
        elif not opens and text.plain.endswith(("]", " ")) and shown.startswith(" "):
            shown = shown[text.plain.endswith(" ") :]
        text.append(f"{opens}{shown}{closes}" if plain else shown, style)
        if part.kind == "source":
            text.append(" ")
    return text


def _source(each: Verification) -> str:
    if not each.passages:
        return ""
    first = each.passages[0]
    place = f"{first.document.id}:{first.spans[0].start}"
    return f"{first.speaker}, {place}" if first.speaker else place


def _notes(each: Verification) -> Iterable[str]:
    from quotes.verification.wording import note_text

    if each.verdict in (None, "not_found") and each.passages:
        yield f"nearest passage, {each.score:.2f} alike"
    yield from (f"concerns a {part.concerns}" for part in each.differences if part.concerns)
    yield from map(note_text, each.notes)


def _legend(kind: str, *, plain: bool) -> tuple[Text, ...]:
    from rich.text import Text

    style, opens, closes = PARTS[kind]
    return (Text(f"{opens}words{closes}" if plain else "words", style),)


def _summary(verifications: Iterable[Verification]) -> str:
    """Return how many quotations have which verdict, in the order of the verdicts."""
    from quotes.verification.wording import VERDICTS

    verdicts = [each.verdict for each in verifications]
    counted = [f"{verdicts.count(name)} {name.replace('_', ' ')}" for name in VERDICTS if name in verdicts]
    return ", ".join(counted)
