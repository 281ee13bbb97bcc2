"""How far two reviewers agree, as a table with what they differ in, and as JSON values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.cli.messages import is_quiet, visible
from quotes.cli.outputs import console_on
from quotes.cli.tally import counted
from quotes.io.json import json_text

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from quotes.validation import Agreement, ArticleAgreement

WIDTH = 100
"""Columns where the output is no terminal."""


def print_agreement(found: Agreement, first: Path, second: Path) -> None:
    """Print the differences of each article, and unless nobody wants to know the figures."""
    from rich.text import Text

    console = console_on(None, WIDTH)
    for names, lacking in ((found.missing_first, first), (found.missing_second, second)):
        for name in names:
            console.print(Text(visible(f"{name}: not in {lacking}"), "bold red"), soft_wrap=True)
    for article in found.articles:
        for line in _lines(article, first, second):
            console.print(line, soft_wrap=True)
    if is_quiet():
        return
    common = sum(each.common for each in found.articles)
    alone = [sum(len(getattr(each, key)) for each in found.articles) for key in ("only_first", "only_second")]
    f1 = "" if found.f1 is None else f": F1 {found.f1:.3f}"
    only = f"{alone[0]:,} only in {first}, {alone[1]:,} only in {second}"
    console.print(
        visible(f"{counted(len(found.articles), 'article')}, {counted(common, 'statement')} in both, {only}{f1}"),
        soft_wrap=True,
    )
    console.print(_table(found))


def _table(found: Agreement) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Field")
    for title in ("Compared", "Same", "Share", "Kappa"):
        table.add_column(title, justify="right")
    for field, each in found.fields.items():
        share = f"{each.same / each.compared:.1%}" if each.compared else "–"
        beyond_chance = "–" if each.kappa is None else f"{each.kappa:.2f}"
        table.add_row(field, f"{each.compared:,}", f"{each.same:,}", share, beyond_chance)
    return table


def _lines(article: ArticleAgreement, first: Path, second: Path) -> Iterator[Text]:
    """Yield the lines that show what two differ in."""
    from rich.text import Text

    def line(text: str, style: str = "") -> Text:
        return Text(visible(text), style)

    if not (article.only_first or article.only_second or article.different):
        return
    yield line(f"{article.name}:", "bold")
    for statements, folder in ((article.only_first, first), (article.only_second, second)):
        for each in statements:
            yield line(f"  only in {folder}  {each.label()}", "red")
    for mismatch in article.different:
        yield line(f"  different  {mismatch.expected.label()}", "yellow")
        for part in mismatch.differences:
            yield line(f"      {part.field}")
            yield line(f"          {first}  {json_text(part.expected)}", "green")
            yield line(f"          {second}  {json_text(part.got)}", "magenta")


def agreement_record(found: Agreement) -> dict[str, object]:
    """Return how far two agree as JSON values."""
    return {
        "agreed": found.complete,
        "f1": None if found.f1 is None else round(found.f1, 4),
        "missing_first": found.missing_first,
        "missing_second": found.missing_second,
        "fields": {field: asdict(each) for field, each in found.fields.items()},
        "articles": [
            {
                "name": article.name,
                "common": article.common,
                "only_first": [each.fields for each in article.only_first],
                "only_second": [each.fields for each in article.only_second],
                "different": [
                    {
                        "first": each.expected.fields,
                        "second": each.found,
                        "differences": [
                            {"field": part.field, "first": part.expected, "second": part.got}
                            for part in each.differences
                        ],
                    }
                    for each in article.different
                ],
            }
            for article in found.articles
        ],
    }
