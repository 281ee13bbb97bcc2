"""What ``quotes review`` does with a sample: the statements to judge, and the precision of the archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.cli.messages import visible, warn
from quotes.cli.outputs import console_on, write_record
from quotes.cli.tally import counted
from quotes.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from quotes.models import Statement
    from quotes.review import Desk, Share
    from quotes.sampling import Precision
    from quotes.sampling.precision import Estimate

WIDTH = 100
"""Columns where the output is no terminal."""
REST = "all others"
UNKNOWN = "(unknown)"


def drawn_statements(sample: Path | None) -> Mapping[str, list[Statement]]:
    """Return the statements of a sample by the hashes of their texts; none without one."""
    from quotes.io.saved import read_statements

    drawn: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in read_statements(sample) if sample else ():
        drawn[statement.provenance.document.sha256].append(statement)
    return drawn


def asked_keys(drawn: Mapping[str, Sequence[Statement]], desks: Iterable[Desk]) -> dict[str, set[str]]:
    """Return the keys of what is to be judged, by the hashes of the texts.

    Raises:
        UsageError: A review was begun without the sample.
    """
    asked = {text: {each.id for each in statements} for text, statements in drawn.items()}
    opened = {desk.review.document.sha256: desk for desk in desks}
    for text, keys in asked.items():
        desk = opened.get(text)
        if desk and keys - {item.key for item in desk.review.items}:
            raise UsageError(
                f"the review in {desk.folder} was begun without this sample; name another folder with --expected"
            )
    absent = sum(len(keys) for text, keys in asked.items() if text not in opened)
    if absent:
        warn(f"the articles of {counted(absent, 'statement')} of the sample are not among the texts")
    return asked


def print_precision(folder: Path, sample: Path, *, as_json: bool) -> None:
    """Print what the judgement of a sample says of its archive, by stratum and as a whole."""
    from quotes.io.saved import read_statements
    from quotes.sampling import precision_of_sample, read_design
    from quotes.sampling.design import design_path
    from quotes.validation import find_fixtures, read_fixture

    design = read_design(design_path(sample))
    fixtures = [read_fixture(each) for each in find_fixtures(folder)]
    found = precision_of_sample(list(read_statements(sample)), design, fixtures)
    if as_json:
        write_record(asdict(found))
        return
    console = console_on(None, WIDTH)
    console.print(_table(found))
    left = found.drawn - found.judged
    waiting = f"; {left:,} wait, or are optional." if left else "."
    drawn = f"{counted(found.drawn, 'statement')} drawn from {found.statements:,}"
    console.print(f"{found.judged:,} of {drawn} are judged{waiting}")
    if found.judged and found.covered < 1:
        console.print(f"The last line speaks of {found.covered:.1%} of the archive: nothing is judged in other strata.")


def _table(found: Precision) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in found.by or ("",):
        table.add_column(name)
    for name in ("statements", "drawn", "judged", "right", "precision", "95 %", "exact"):
        table.add_column(name, justify="right")
    empty = len(found.by or ("",)) - 1
    for each in found.strata if found.by else ():
        values = (REST, *[""] * empty) if each.values is None else (visible(value or UNKNOWN) for value in each.values)
        counts = (each.statements, each.drawn, each.precision.of, each.precision.right)
        table.add_row(*values, *(f"{number:,}" for number in counts), *_shares(each.precision, each.exact))
    right = sum(each.precision.right for each in found.strata)
    counts = (found.statements, found.drawn, found.judged, right)
    whole = ("the archive", *[""] * empty, *(f"{number:,}" for number in counts))
    table.add_section()
    table.add_row(*whole, *_shares(found.precision, found.exact), style="bold")
    return table


def _shares(precision: Share | Estimate, exact: Share | Estimate) -> tuple[str, str, str]:
    if precision.share is None or exact.share is None:
        return "–", "–", "–"
    return f"{precision.share:.1%}", f"{precision.low:.1%} to {precision.high:.1%}", f"{exact.share:.1%}"
