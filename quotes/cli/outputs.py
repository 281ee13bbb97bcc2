"""Where output goes: standard output, a file that is replaced in one step, or a new folder."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from quotes.cli.messages import warn
from quotes.errors import OutputError, UsageError
from quotes.files import is_special, permissions, replaced, unfinished, unwritable

if TYPE_CHECKING:
    from rich.console import Console

Form = TypeVar("Form", bound=StrEnum)
ELSEWHERE = {
    ".html": "'quotes view' writes pages",
    ".htm": "'quotes view' writes pages",
    ".parquet": "'quotes corpus' writes Parquet",
    ".duckdb": "'quotes corpus' writes DuckDB",
    ".xlsx": "a spreadsheet opens CSV: let the name end in .csv",
    ".xls": "a spreadsheet opens CSV: let the name end in .csv",
    ".pdf": "'quotes view' writes pages that a browser prints",
    ".docx": "let the name end in .txt",
}
"""Suffixes under which nobody would look for JSON, and what helps."""


class PageForm(StrEnum):
    """A form of what can be a page too."""

    JSON = "json"
    CSV = "csv"
    HTML = "html"
    TABLE = "table"


PAGE_SUFFIXES = {
    ".json": (PageForm.JSON,),
    ".csv": (PageForm.CSV,),
    ".html": (PageForm.HTML,),
    ".htm": (PageForm.HTML,),
    ".txt": (PageForm.TABLE, PageForm.JSON, PageForm.CSV),
}
"""What a file of a suffix may hold, the usual form first."""


def chosen_form(
    given: Form | None,
    output: Path | None,
    suffixes: Mapping[str, Collection[Form]],
    *,
    standard: Form,
    terminal: Form,
) -> Form:
    """Return the form of the output: the one given, else that of the file's suffix, else a standard one.

    Args:
        given: What ``--format`` says, if anything.
        output: The file; standard output when None or "-".
        suffixes: What a file of a suffix may hold, the usual form first.
        standard: Where the suffix says nothing, or the output is piped.
        terminal: Where the output goes to a terminal.

    Raises:
        UsageError: The suffix belongs to another form than the one given, or to nothing that is written.
    """
    if output is None or str(output) == "-":
        return given or (terminal if sys.stdout is not None and sys.stdout.isatty() else standard)
    suffix = output.suffix.lower()
    fitting = suffixes.get(suffix)
    if fitting is None:
        if suffix in ELSEWHERE:
            raise UsageError(f"no {suffix} file can be written here ({output}); {ELSEWHERE[suffix]}")
        return given or standard
    if given is not None and given not in fitting:
        (usual, *_) = fitting
        raise UsageError(f"--format {given} clashes with {output}, whose suffix means {usual}; change one of the two")
    return given or next(iter(fitting))


@contextmanager
def output_stream(path: Path | None) -> Iterator[TextIO]:
    """Open a file, or standard output for None and "-", before any work: a bad path must cost nothing.

    The stream writes UTF-8 and leaves newlines as they are. A file takes its
    place only when everything went well: what was there before is there until
    then, whatever happens.
    """
    if path is None or str(path) == "-":
        yield _standard_output()
    elif is_special(path):  # /dev/null, a named pipe: nothing there to replace
        try:
            stream = path.open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise unwritable(path, error) from error
        with stream:
            yield stream
    else:
        with replaced(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream


def _standard_output() -> TextIO:
    if sys.stdout is None:
        raise OutputError("standard output is closed; give a file with -o")
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:  # JSON is UTF-8 whatever the locale says
        reconfigure(encoding="utf-8", errors="strict", newline="\n")
    return sys.stdout


@contextmanager
def output_folder(path: Path | None, form: str) -> Iterator[Path]:
    """Make a new folder for output of several files, or fill an empty one, when everything went well.

    Annotations are often corrected by hand, so none are ever replaced. What is
    yielded is a folder beside it to write in, which takes its place at the end.
    """
    if path is None or str(path) == "-":
        raise UsageError(f"--format {form} writes several files; give a new or an empty folder with -o")
    target = path.resolve()
    if target.exists() and not target.is_dir():
        raise UsageError(f"{path} is no folder; --format {form} needs a new or an empty folder with -o")
    try:
        if target.is_dir() and any(target.iterdir()):
            raise UsageError(f"the folder {path} is not empty; give a new or an empty one with -o")
    except OSError as error:
        raise unwritable(path, error) from error
    with unfinished(target, folder=True) as temporary:
        yield temporary
        try:
            temporary.chmod(permissions(target, 0o777))
            if target.is_dir():
                target.rmdir()
            temporary.rename(target)
        except OSError as error:
            raise unwritable(path, error) from error


def check_opening(wanted: bool, output: Path | None, *, is_page: bool) -> None:
    """Raise a `UsageError`, before the work, where ``--open`` is given and no page will be there to open."""
    if wanted and (not is_page or output is None or str(output) == "-"):
        raise UsageError("--open shows a page, and none is written; give an HTML file with -o, such as page.html")


def open_in_browser(page: Path) -> None:
    """Show a page in the browser of whoever is at the machine; a warning where there is none."""
    import webbrowser

    try:
        opened = webbrowser.open(page.resolve().as_uri())
    except (webbrowser.Error, OSError):
        opened = False
    if not opened:
        warn(f"no browser could be opened; open {page} in one yourself")


def write_record(record: object, stream: TextIO | None = None) -> None:
    """Write a JSON value, for a program that reads it, to standard output unless a stream is given."""
    from quotes.io.json import json_text

    (stream or _standard_output()).write(json_text(record, indent=2) + "\n")


def console_on(stream: TextIO | None, width: int | None) -> Console:
    """Return a console on a stream, standard output when None, that prints text as it is given.

    It has ``width`` columns where the stream is no terminal.
    """
    from rich.console import Console

    file = stream or _standard_output()
    return Console(file=file, width=None if file.isatty() else width, highlight=False, markup=False, emoji=False)
