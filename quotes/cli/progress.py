"""A progress bar on standard error, shown only to a person who watches a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def bar_wanted(*, output_is_file: bool) -> bool:
    """Return whether a bar would be seen and would not run into the output itself."""
    if sys.stderr is None or not sys.stderr.isatty():
        return False
    return output_is_file or not sys.stdout.isatty()


@contextmanager
def progress_bar(total: int, *, wanted: bool) -> Iterator[Callable[[str], None]]:
    """Show a bar while texts are worked on.

    Args:
        total: Number of texts; with a single one the bar only shows that work goes on.
        wanted: False shows nothing.

    Yields:
        A function to call with the name of each text when its work begins.
    """
    if not wanted:
        yield lambda _name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    # Standard output carries the statements: the bar must never take it over.
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("", total=total if total > 1 else None)
        begun = 0

        def begin(name: str) -> None:
            nonlocal begun
            bar.update(task, completed=begun, description=name.rpartition("/")[2][-40:].replace("[", r"\["))
            begun += 1

        yield begin
