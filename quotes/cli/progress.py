"""Progress bars on standard error, shown only to a person who watches a terminal."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.cli.messages import is_quiet

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import ProgressColumn

    from quotes.corpus.run import Progress


def bar_wanted(*, output_is_file: bool) -> bool:
    """Return whether a bar would be seen and would not run into the output itself."""
    if is_quiet() or sys.stderr is None or not sys.stderr.isatty():
        return False
    return output_is_file or not sys.stdout.isatty()


def _bar(*columns: ProgressColumn) -> Bar:
    from rich.console import Console
    from rich.progress import Progress

    return Progress(
        *columns,
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,  # it carries the statements: the bar must never take it over
        speed_estimate_period=math.inf,
    )


@contextmanager
def progress_bar(total: int, *, output_is_file: bool) -> Iterator[Callable[[str], None]]:
    """Show a bar while texts are worked on; with a single one it only shows that work goes on.

    What is yielded is to be called with the name of each text when its work begins.
    """
    if not bar_wanted(output_is_file=output_is_file):
        yield lambda _name: None
        return
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with _bar(*columns) as bar:
        task = bar.add_task("", total=total if total > 1 else None)
        done = count()

        def begin(name: str) -> None:
            bar.update(task, completed=next(done), description=escape(Path(name).name[-40:]))

        yield begin


@contextmanager
def archive_bar(size: Callable[[], int]) -> Iterator[Callable[[Progress], None] | None]:
    """Show how much of an archive is done, at what rate, and how long the rest will take.

    What an earlier run has done counts for the bar, but not for the rate. What is yielded is to be
    called for each batch; it is None where nobody would see the bar.
    """
    if not bar_wanted(output_is_file=True):
        yield None
        return
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with _bar(*columns) as bar:
        bar.add_task("starting", total=size())
        (task,) = bar.tasks
        documents = done_here = 0

        def show(progress: Progress) -> None:
            nonlocal documents, done_here
            documents += progress.documents
            if progress.resumed:
                bar.reset(task.id, completed=round(task.completed + progress.size))
            else:
                done_here += progress.documents
                bar.advance(task.id, progress.size)
            rate = f", {done_here / task.elapsed:.1f}/s" if done_here and task.elapsed else ""
            bar.update(task.id, description=f"{documents} documents{rate}")

        yield show
