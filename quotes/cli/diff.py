"""``quotes diff``: what changed between two outputs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotes.cli import exit_codes, options
from quotes.cli.messages import visible
from quotes.cli.outputs import console_on, write_record
from quotes.cli.tally import counted
from quotes.io.readable import said, who

if TYPE_CHECKING:
    from rich.table import Table

    from quotes.models import Statement
    from quotes.validation import Changed, Changes

EXAMPLE = "Example: quotes diff before.json after.json"
WIDTH = 120
"""Columns where the output is no terminal."""
STYLES = {"added": "green4", "removed": "dark_orange3", "changed": "dodger_blue1"}


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Statements that 'quotes extract' wrote before.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Statements of the same texts, written later.")],
    *,
    as_json: options.JsonOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing; the exit code tells.")] = False,
) -> int:
    """Show what changed between two outputs.

    Lists the statements that a new version or setting adds, removes or changes; the exit code is then 1.
    """
    from quotes.io.saved import read_statements
    from quotes.validation import changes

    before, after = (list(read_statements(path)) for path in (old, new))
    found = changes(before, after)
    code = exit_codes.DIFFERENCES if found.any else exit_codes.OK
    if quiet:
        return code
    if as_json:
        write_record(_record(found))
    else:
        console = console_on(None, WIDTH)
        made_by = [", ".join(sorted({_extractor(each) for each in each_output})) for each_output in (before, after)]
        if made_by[0] != made_by[1] and all(made_by):
            console.print(f"Old: {made_by[0]}\nNew: {made_by[1]}")
        if found.any:
            console.print(_table(found))
        numbers = ((found.added, "added"), (found.removed, "removed"), (found.changed, "changed"))
        counts = ", ".join(f"{len(each):,} {name}" for each, name in numbers)
        console.print(f"{counted(found.same, 'statement')} unchanged, {counts}.")
    return code


def _extractor(statement: Statement) -> str:
    made_by = statement.provenance.extractor
    return f"{made_by.name} {made_by.version} with {made_by.model} {made_by.model_version}"


def _rows(found: Changes) -> Iterator[tuple[str, Statement, str]]:
    """Yield what became of each statement that differs, with the fields that changed, a line each."""
    yield from (("removed", each, "") for each in found.removed)
    yield from (("added", each, "") for each in found.added)
    for each in found.changed:
        lines = (f"{part.field}: {_shown(part.expected)} → {_shown(part.got)}" for part in each.differences)
        yield "changed", each.new, "\n".join(map(visible, lines))


def _shown(value: Any) -> str:
    """Return a value for a person: of somebody the name, of a stretch of text its words."""
    from quotes.io.json import json_text

    if isinstance(value, dict):
        value = value.get("name") or value.get("text") or (value.get("mention") or {}).get("text")
    if isinstance(value, list):
        value = " … ".join(f"{span['start']}-{span['end']}" for span in value)
    return value if isinstance(value, str) else "none" if value is None else json_text(value)


def _table(found: Changes) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True, leading=1)
    table.add_column("Change", no_wrap=True)
    table.add_column("Text", ratio=2, overflow="fold")
    table.add_column("Who", ratio=3)
    table.add_column("What", ratio=9)
    # The texts in the order in which they come first; in each, by position.
    order: dict[str, int] = {}
    rows = list(_rows(found))
    for _, statement, _ in rows:
        order.setdefault(statement.provenance.document.id, len(order))
    rows.sort(key=lambda row: (order[row[1].provenance.document.id], row[1].content.spans[0].start))
    for change, statement, fields in rows:
        what = Text.assemble(visible(said(statement)), (f"\n{fields}" if fields else "", STYLES["changed"]))
        name = visible(statement.provenance.document.id)
        table.add_row(Text(change, STYLES[change]), Text(name), Text(visible(who(statement))), what)
    return table


def _record(found: Changes) -> dict[str, object]:
    from quotes.io.json import statement_record

    def changed(each: Changed) -> dict[str, object]:
        differences = [{"field": part.field, "old": part.expected, "new": part.got} for part in each.differences]
        return {"old": statement_record(each.old), "new": statement_record(each.new), "differences": differences}

    return {
        "same": found.same,
        "added": list(map(statement_record, found.added)),
        "removed": list(map(statement_record, found.removed)),
        "changed": list(map(changed, found.changed)),
    }
